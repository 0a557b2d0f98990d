// guest: asks the server for tickets (POST /v1/guest) over a few kept-alive connections.
//
// Owner: one loop's thread. Memory: one buffer pair a line. A request is either answered through
// one of the two callbacks, or the desk is closed; callbacks may ask again.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "net/loop.h"
#include "swarm/target.h"

struct guest_desk;

struct guest_refusal {
    int status; // 0: the connection failed
    uint32_t retry_after_s;
    struct error why;
};

struct guest_desk_settings {
    struct loop *loop;
    const struct target *target;
    const char *world;
    uint32_t lines; // requests in flight at once
    // `path` and `ticket` are valid during the call; neither holds anything that could not stand in
    // a URL.
    void (*on_ticket)(void *context, uint32_t number, const char *path, const char *ticket);
    void (*on_refused)(void *context, uint32_t number, const struct guest_refusal *refusal);
    void *context;
};

struct guest_desk *guest_desk_create(const struct guest_desk_settings *settings);
void guest_desk_destroy(struct guest_desk *desk);

// Asks for person `number`; false when all lines are busy.
MUST_CHECK bool guest_desk_ask(struct guest_desk *desk, uint32_t number, uint32_t look,
                               uint64_t now_us);
// Gives up what has waited too long. Call a few times a second.
void guest_desk_expire(struct guest_desk *desk, uint64_t now_us);

// Reads the answer to POST /v1/guest: exposed for its test. `ticket` and `path` are cut to their
// arrays' size by refusing what does not fit.
enum { GUEST_TICKET_BYTES_MAX = 1024, GUEST_PATH_BYTES_MAX = 64 };
MUST_CHECK bool guest_answer_read(const char *body, size_t size, char path[GUEST_PATH_BYTES_MAX],
                                  char ticket[GUEST_TICKET_BYTES_MAX], struct error *err);
