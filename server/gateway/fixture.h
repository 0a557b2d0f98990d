// fixture: a gateway over the built-in worlds and a hub that does as it is told, for tests. Made
// anew for each test by fixture_set_up() as its state.
#pragma once

#include "gateway/made_up_http.h"
#include "services/world/shelf.h"

#define OPERATOR_TOKEN "correct-horse-battery"

// Remembers what it was asked.
struct tame_hub {
    enum error_code refusal; // ERR_NONE: admits
    bool kick_works;
    char world[80], name[140], reason[200];
    uint32_t look, instance, entity, spawn;
    int asked;
};

struct fixture {
    struct tame_hub hub;
    struct clock_fake time;
    struct clock clock;
    struct world_shelf *shelf;
    struct gateway_settings settings;
    struct gateway *gateway;
};

int fixture_set_up(void **state);
int fixture_tear_down(void **state);
// Makes the gateway again, as the settings are now, and ready.
void open_gateway(struct fixture *fixture);

void answer(struct fixture *fixture, struct made_up *made);
// A browser's GET.
void get(struct fixture *fixture, struct made_up *made, const char *path);
// A POST of JSON.
void post(struct fixture *fixture, struct made_up *made, const char *path, const char *body);
void assert_problem(struct made_up *made, int status, const char *code, const char *detail);
