#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
// cmocka wants those before it
#include <cmocka.h>
#include <jansson.h>

#include "gateway/asset.h"
#include "gateway/fixture.h"

static bool tame_admit(void *context, const struct gateway_guest *guest,
                       struct gateway_admission *out, struct error *err)
{
    struct tame_hub *hub = context;
    hub->asked++;
    snprintf(hub->world, sizeof hub->world, "%s", guest->world);
    snprintf(hub->name, sizeof hub->name, "%s", guest->name);
    hub->look = guest->look;
    hub->instance = guest->instance;
    hub->spawn = guest->spawn;
    if (hub->refusal != ERR_NONE)
        return fail(err, hub->refusal, "all instances are full");
    snprintf(out->ticket, sizeof out->ticket, "a.ticket");
    out->instance = guest->instance ? guest->instance : 7;
    out->expires_in_s = 60;
    return true;
}

static uint32_t tame_people(void *context, const char *world)
{
    return strcmp(world, "plaza") == 0 ? 3 : 0;
}

static bool tame_kick(void *context, const char *world, uint32_t instance, uint32_t entity,
                      const char *reason)
{
    struct tame_hub *hub = context;
    snprintf(hub->world, sizeof hub->world, "%s", world);
    snprintf(hub->reason, sizeof hub->reason, "%s", reason);
    hub->instance = instance;
    hub->entity = entity;
    return hub->kick_works;
}

static const char index_html[] = "<!doctype html><html><head><meta charset=\"utf-8\">"
                                 "<title>Old</title></head><body>shell</body></html>";
static const struct asset client[] = {
    {"/assets/app-12345678.js", "text/javascript", true, {{"code", 4, "\"1\""}}},
    {"/index.html", "text/html", false, {{index_html, sizeof index_html - 1, "\"2\""}}},
    {"/og/plaza.png", "image/png", false, {{"png", 3, "\"3\""}}},
    {"/og/plaza.webp", "image/webp", false, {{"webp", 4, "\"4\""}}},
};

void open_gateway(struct fixture *fixture)
{
    struct error err = {0};
    gateway_destroy(fixture->gateway);
    fixture->gateway = gateway_create(&fixture->settings, &err);
    if (!fixture->gateway)
        print_error("%s\n", err.text);
    assert_non_null(fixture->gateway);
    gateway_set_ready(fixture->gateway, true);
}

int fixture_set_up(void **state)
{
    struct error err;
    struct fixture *fixture = calloc(1, sizeof *fixture);
    *state = fixture;
    fixture->time.monotonic_us = 1000000;
    fixture->clock = clock_fake_as_clock(&fixture->time);
    fixture->shelf = world_shelf_create(NULL, &err);
    gateway_settings_preset(&fixture->settings);
    fixture->settings.hub = (struct gateway_hub){tame_admit, tame_people, tame_kick, &fixture->hub};
    fixture->settings.shelf = fixture->shelf;
    fixture->settings.clock = &fixture->clock;
    fixture->settings.client = client;
    fixture->settings.client_count = sizeof client / sizeof *client;
    open_gateway(fixture);
    return 0;
}

int fixture_tear_down(void **state)
{
    struct fixture *fixture = *state;
    gateway_destroy(fixture->gateway);
    world_shelf_destroy(fixture->shelf);
    free(fixture);
    return 0;
}

void answer(struct fixture *fixture, struct made_up *made)
{
    gateway_on_request(fixture->gateway, &made->request, &made->response);
}

void get(struct fixture *fixture, struct made_up *made, const char *path)
{
    made_up_init(made, "GET", path);
    made_up_header(made, "Accept", "text/html,*/*");
    answer(fixture, made);
}

void post(struct fixture *fixture, struct made_up *made, const char *path, const char *body)
{
    made_up_init(made, "POST", path);
    made_up_json(made, body);
    answer(fixture, made);
}

void assert_problem(struct made_up *made, int status, const char *code, const char *detail)
{
    json_t *problem = json_loads(made_up_text(made), 0, NULL);
    assert_non_null(problem);
    assert_string_equal(json_string_value(json_object_get(problem, "detail")), detail);
    assert_string_equal(json_string_value(json_object_get(problem, "code")), code);
    assert_int_equal(json_integer_value(json_object_get(problem, "status")), status);
    assert_true(json_is_string(json_object_get(problem, "title")));
    assert_int_equal(made->response.status, status);
    assert_string_equal(made_up_answered(made, "Content-Type"), "application/problem+json");
    json_decref(problem);
}
