#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
// cmocka wants those before it
#include <cmocka.h>
#include <jansson.h>

#include "gateway/fixture.h"

static void a_guest_gets_a_ticket(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made;
    post(fixture, &made, "/v1/guest",
         "{\"world\":\"plaza\",\"name\":\"  Ada\\t Lovelace \",\"look\":4294967295,\"more\":[1]}");
    assert_int_equal(made.response.status, 201);
    assert_string_equal(made_up_text(&made),
                        "{\"ticket\":\"a.ticket\",\"instance\":7,\"realtime\":\"/v1/realtime\","
                        "\"expires_in\":60,\"world\":{\"id\":\"plaza\",\"name\":\"Plaza\","
                        "\"url\":\"/v1/worlds/plaza\"}}");
    assert_string_equal(made_up_answered(&made, "Content-Type"), "application/json");
    assert_string_equal(made_up_answered(&made, "Cache-Control"), "no-store");
    assert_string_equal(fixture->hub.name, "Ada Lovelace");
    assert_int_equal(fixture->hub.look, UINT32_MAX);
    assert_int_equal(fixture->hub.instance, 0);
    assert_int_equal(fixture->hub.spawn, 0);
    made_up_done(&made);
}

static void a_guest_may_name_the_instance_and_where_to_arrive(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made;
    post(fixture, &made, "/v1/guest",
         "{\"world\":\"garden\",\"name\":\"A\",\"instance\":2,\"spawn\":0}");
    assert_int_equal(made.response.status, 201);
    assert_int_equal(fixture->hub.instance, 2);
    assert_int_equal(fixture->hub.spawn, 1);
    assert_string_equal(fixture->hub.world, "garden");
    made_up_done(&made);
}

static void each_wrong_member_of_a_guest_is_told(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *body;
        int status;
        const char *code, *detail;
    } cases[] = {
        {"{\"name\":\"A\"}", 400, "INVALID", "world must be a world's id"},
        {"{\"world\":5,\"name\":\"A\"}", 400, "INVALID", "world must be a world's id"},
        {"{\"world\":\"nope\",\"name\":\"A\"}", 404, "NOT_FOUND", "there is no world \"nope\""},
        {"{\"world\":\"plaza\"}", 400, "INVALID", "name must be a string"},
        {"{\"world\":\"plaza\",\"name\":\"A\",\"look\":-1}", 400, "INVALID",
         "look must be a whole number from 0 to 4294967295"},
        {"{\"world\":\"plaza\",\"name\":\"A\",\"look\":4294967296}", 400, "INVALID",
         "look must be a whole number from 0 to 4294967295"},
        {"{\"world\":\"plaza\",\"name\":\"A\",\"look\":1.5}", 400, "INVALID",
         "look must be a whole number from 0 to 4294967295"},
        {"{\"world\":\"plaza\",\"name\":\"A\",\"instance\":0}", 400, "INVALID",
         "instance must be a whole number from 1 to 4294967295"},
        {"{\"world\":\"plaza\",\"name\":\"A\",\"spawn\":64}", 400, "INVALID",
         "spawn must be a whole number from 0 to 63"},
        {"[]", 400, "INVALID", "the body must be one JSON object"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made_up made;
        post(fixture, &made, "/v1/guest", cases[i].body);
        assert_problem(&made, cases[i].status, cases[i].code, cases[i].detail);
        made_up_done(&made);
    }
    assert_int_equal(fixture->hub.asked, 0);
}

static void what_is_left_of_a_name_decides(void **state)
{
    struct fixture *fixture = *state;
    static const char *const bodies[] = {
        "{\"world\":\"plaza\",\"name\":\" \\u202e \"}",
        "{\"world\":\"plaza\",\"name\":\"123456789012345678901234567890123\"}",
        "{\"world\":\"plaza\",\"name\":\"A\",\"name\":\"B\"}",
        "{\"world\":\"plaza\",\"name\":\"A\"} x",
        "",
    };
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct made_up made;
        post(fixture, &made, "/v1/guest", bodies[i]);
        assert_int_equal(made.response.status, 400);
        assert_non_null(strstr(made_up_text(&made), "\"code\":\"INVALID\""));
        made_up_done(&made);
    }
    assert_int_equal(fixture->hub.asked, 0);
}

static void a_body_that_is_not_called_json_is_415(void **state)
{
    struct fixture *fixture = *state;
    static const char *const types[] = {NULL, "text/plain", "application/jsonp"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct made_up made;
        made_up_init(&made, "POST", "/v1/guest");
        if (types[i])
            made_up_header(&made, "Content-Type", types[i]);
        made.request.body = (const uint8_t *)"{}";
        made.request.body_size = 2;
        answer(fixture, &made);
        assert_problem(&made, 415, "INVALID", "Content-Type must be application/json");
        made_up_done(&made);
    }
    struct made_up made;
    made_up_init(&made, "POST", "/v1/guest");
    made_up_header(&made, "Content-Type", "Application/JSON; charset=utf-8");
    made.request.body = (const uint8_t *)"{}";
    made.request.body_size = 2;
    answer(fixture, &made);
    assert_int_equal(made.response.status, 400);
    made_up_done(&made);
}

static void a_full_world_is_503_with_a_time(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made;
    fixture->hub.refusal = ERR_LIMIT;
    post(fixture, &made, "/v1/guest", "{\"world\":\"plaza\",\"name\":\"A\"}");
    assert_problem(&made, 503, "LIMIT", "all instances are full");
    assert_string_equal(made_up_answered(&made, "Retry-After"), "5");
    made_up_done(&made);
}

static void guests_of_one_address_are_limited(void **state)
{
    struct fixture *fixture = *state;
    static const char body[] = "{\"world\":\"plaza\",\"name\":\"A\"}";
    struct made_up made;
    fixture->settings.guests_per_minute = 6;
    fixture->settings.guests_burst = 2;
    open_gateway(fixture);
    for (int i = 0; i < 2; i++) {
        post(fixture, &made, "/v1/guest", body);
        assert_int_equal(made.response.status, 201);
        made_up_done(&made);
    }
    post(fixture, &made, "/v1/guest", body);
    assert_problem(&made, 429, "RATE_LIMITED",
                   "too many visits from your address: try again in 10 s");
    assert_string_equal(made_up_answered(&made, "Retry-After"), "10");
    made_up_done(&made);
    // A body that is wrong costs nothing, and time heals.
    clock_fake_advance_us(&fixture->time, 10000000);
    post(fixture, &made, "/v1/guest", "{}");
    assert_int_equal(made.response.status, 400);
    made_up_done(&made);
    post(fixture, &made, "/v1/guest", body);
    assert_int_equal(made.response.status, 201);
    made_up_done(&made);
}

static void requests_of_one_address_are_limited(void **state)
{
    struct fixture *fixture = *state;
    struct address one = {.bytes = {[10] = 0xFF, [11] = 0xFF, [15] = 1}}, other = one;
    other.bytes[15] = 2;
    fixture->settings.requests_per_s = 1;
    fixture->settings.requests_burst = 2;
    open_gateway(fixture);
    assert_true(gateway_admit(fixture->gateway, &one));
    assert_true(gateway_admit(fixture->gateway, &one));
    assert_false(gateway_admit(fixture->gateway, &one));
    assert_true(gateway_admit(fixture->gateway, &other));
    fixture->settings.requests_per_s = 0;
    open_gateway(fixture);
    for (int i = 0; i < 100; i++)
        assert_true(gateway_admit(fixture->gateway, &one));
}

static void only_posts_have_a_body(void **state)
{
    struct fixture *fixture = *state;
    void *gateway = fixture->gateway;
    assert_int_equal(gateway_body_bytes_max(gateway, "POST", "/v1/guest"), 4096);
    assert_int_equal(gateway_body_bytes_max(gateway, "POST", "/v1/worlds/plaza/instances/1/kick"),
                     4096);
    assert_int_equal(gateway_body_bytes_max(gateway, "GET", "/v1/worlds"), 0);
    assert_int_equal(gateway_body_bytes_max(gateway, "POST", "/v1/worlds"), 0);
    assert_int_equal(gateway_body_bytes_max(gateway, "PUT", "/nowhere"), 0);
}

static void worlds_are_listed_with_their_people(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made;
    get(fixture, &made, "/v1/worlds");
    assert_int_equal(made.response.status, 200);
    json_t *list = json_loads(made_up_text(&made), 0, NULL);
    assert_int_equal(json_array_size(list), 3);
    const json_t *plaza = json_array_get(list, 2);
    assert_string_equal(json_string_value(json_object_get(plaza, "id")), "plaza");
    assert_string_equal(json_string_value(json_object_get(plaza, "name")), "Plaza");
    assert_int_equal(json_integer_value(json_object_get(plaza, "people")), 3);
    json_decref(list);
    made_up_done(&made);
}

static void a_world_is_its_document_until_it_is_known(void **state)
{
    struct fixture *fixture = *state;
    const struct world_document *plaza = world_shelf_find(fixture->shelf, "plaza");
    struct made_up made;
    get(fixture, &made, "/v1/worlds/plaza");
    assert_int_equal(made.response.status, 200);
    assert_int_equal(made.response.body_size, plaza->json_size);
    assert_string_equal(made_up_answered(&made, "ETag"), plaza->etag);
    assert_string_equal(made_up_answered(&made, "Cache-Control"), "no-cache");
    made_up_done(&made);

    made_up_init(&made, "GET", "/v1/worlds/plaza");
    made_up_header(&made, "If-None-Match", plaza->etag);
    answer(fixture, &made);
    assert_int_equal(made.response.status, 304);
    made_up_done(&made);

    made_up_init(&made, "GET", "/v1/worlds/plaza");
    made_up_header(&made, "Accept-Encoding", "gzip");
    answer(fixture, &made);
    assert_string_equal(made_up_answered(&made, "Content-Encoding"), "gzip");
    assert_true(made.response.body_size < plaza->json_size);
    assert_memory_equal(made.response.body, "\x1f\x8b", 2);
    made_up_done(&made);

    get(fixture, &made, "/v1/worlds/nope");
    assert_problem(&made, 404, "NOT_FOUND", "there is no such world");
    made_up_done(&made);
}

static void ask_to_kick(struct fixture *fixture, struct made_up *made, const char *path,
                        const char *authorization, const char *body)
{
    made_up_init(made, "POST", path);
    made_up_json(made, body);
    if (authorization)
        made_up_header(made, "Authorization", authorization);
    answer(fixture, made);
}

static void kicking_does_not_exist_without_an_operator(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made;
    ask_to_kick(fixture, &made, "/v1/worlds/plaza/instances/1/kick", "Bearer ", "{\"id\":1}");
    assert_problem(&made, 404, "NOT_FOUND", "this server has no operator's token set");
    made_up_done(&made);
}

static void only_the_operator_kicks(void **state)
{
    struct fixture *fixture = *state;
    static const char path[] = "/v1/worlds/plaza/instances/3/kick";
    static const char *const wrong[] = {NULL, "Bearer wrong", "Basic correct-horse-battery",
                                        "Bearer correct-horse-batterx",
                                        "Bearer correct-horse-battery2"};
    struct made_up made;
    fixture->settings.operator_token = OPERATOR_TOKEN;
    fixture->hub.kick_works = true;
    open_gateway(fixture);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        ask_to_kick(fixture, &made, path, wrong[i], "{\"id\":9}");
        assert_problem(&made, 401, "UNAUTHENTICATED", "this needs the operator's token");
        assert_string_equal(made_up_answered(&made, "WWW-Authenticate"), "Bearer");
        made_up_done(&made);
    }
    assert_int_equal(fixture->hub.entity, 0);
    ask_to_kick(fixture, &made, path, "Bearer correct-horse-battery",
                "{\"id\":9,\"reason\":\" spam\\n \"}");
    assert_int_equal(made.response.status, 202);
    assert_int_equal(fixture->hub.entity, 9);
    assert_int_equal(fixture->hub.instance, 3);
    assert_string_equal(fixture->hub.reason, "spam");
    made_up_done(&made);
}

static void a_kick_that_cannot_be_is_told(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *path, *body;
        int status;
    } cases[] = {
        {"/v1/worlds/nope/instances/1/kick", "{\"id\":9}", 404},
        {"/v1/worlds/plaza/instances/0/kick", "{\"id\":9}", 404},
        {"/v1/worlds/plaza/instances/1x/kick", "{\"id\":9}", 404},
        {"/v1/worlds/plaza/instances/4294967297/kick", "{\"id\":9}", 404},
        {"/v1/worlds/plaza/instances/1/kick", "{}", 400},
        {"/v1/worlds/plaza/instances/1/kick", "{\"id\":16777216}", 400},
        {"/v1/worlds/plaza/instances/1/kick", "{\"id\":\"9\"}", 400},
        {"/v1/worlds/plaza/instances/1/kick", "{\"id\":9,\"reason\":5}", 400},
        {"/v1/worlds/plaza/instances/1/kick", "{\"id\":9}", 503}, // the hub's queue is full
    };
    fixture->settings.operator_token = OPERATOR_TOKEN;
    open_gateway(fixture);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made_up made;
        ask_to_kick(fixture, &made, cases[i].path, "Bearer correct-horse-battery", cases[i].body);
        assert_int_equal(made.response.status, cases[i].status);
        made_up_done(&made);
    }
}

static void readiness_goes_from_starting_to_ready_to_draining(void **state)
{
    struct fixture *fixture = *state;
    struct error err;
    struct made_up made;
    gateway_destroy(fixture->gateway);
    fixture->gateway = gateway_create(&fixture->settings, &err);
    static const char *const expected[] = {"{\"status\":\"starting\"}", "{\"status\":\"ready\"}",
                                           "{\"status\":\"draining\"}"};
    for (int i = 0; i < 3; i++) {
        if (i > 0)
            gateway_set_ready(fixture->gateway, i == 1);
        get(fixture, &made, "/health/ready");
        assert_string_equal(made_up_text(&made), expected[i]);
        assert_int_equal(made.response.status, i == 1 ? 200 : 503);
        made_up_done(&made);
        get(fixture, &made, "/health/live");
        assert_int_equal(made.response.status, 200);
        made_up_done(&made);
    }
    post(fixture, &made, "/v1/guest", "{\"world\":\"plaza\",\"name\":\"A\"}");
    assert_problem(&made, 503, "UNAVAILABLE", "the server is starting or going: try again soon");
    made_up_done(&made);
    assert_int_equal(fixture->hub.asked, 0);
}

static void realtime_on_a_connection_that_was_used_is_sent_to_a_new_one(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made;
    get(fixture, &made, "/v1/realtime");
    assert_string_equal(made_up_answered(&made, "Connection"), "close");
    assert_problem(&made, 421, "INVALID",
                   "the realtime begins a connection: ask for it as the first thing on a new one");
    made_up_done(&made);
}

static void metrics_are_open_until_there_is_an_operator(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made;
    get(fixture, &made, "/metrics");
    assert_int_equal(made.response.status, 200);
    assert_non_null(strstr(made_up_text(&made), "flux_guests_total "));
    assert_non_null(strstr(made_up_text(&made), "flux_limit_refused_total{limit=\"guests\"} "));
    made_up_done(&made);

    fixture->settings.operator_token = OPERATOR_TOKEN;
    open_gateway(fixture);
    get(fixture, &made, "/metrics");
    assert_int_equal(made.response.status, 401);
    made_up_done(&made);
    made_up_init(&made, "GET", "/metrics");
    made_up_header(&made, "Authorization", "bearer correct-horse-battery");
    answer(fixture, &made);
    assert_int_equal(made.response.status, 200);
    made_up_done(&made);
    made_up_init(&made, "GET", "/metrics");
    memcpy(made.request.peer.bytes + 12, (uint8_t[]){127, 0, 0, 1}, 4);
    answer(fixture, &made);
    assert_int_equal(made.response.status, 200);
    made_up_done(&made);
}

static void settings_that_cannot_be_are_named(void **state)
{
    struct fixture *fixture = *state;
    static const char *const origins[] = {"https://x.example/path"};
    struct gateway_settings settings = fixture->settings;
    struct error err;
    settings.public_url = "flux.example";
    assert_null(gateway_create(&settings, &err));
    assert_string_equal(err.text, "the public URL must be like https://flux.example, with no path: "
                                  "\"flux.example\"");
    settings = fixture->settings;
    settings.allowed_origins = origins;
    settings.allowed_origin_count = 1;
    assert_null(gateway_create(&settings, &err));
    assert_int_equal(err.code, ERR_INVALID);
    settings = fixture->settings;
    settings.operator_token = "short";
    assert_null(gateway_create(&settings, &err));
    assert_string_equal(err.text, "the operator's token must have at least 16 characters");
    settings = fixture->settings;
    settings.guests_burst = 0;
    assert_null(gateway_create(&settings, &err));
    assert_int_equal(err.code, ERR_INVALID);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    gateway_register_metrics();
#define FACT(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        FACT(a_guest_gets_a_ticket),
        FACT(a_guest_may_name_the_instance_and_where_to_arrive),
        FACT(each_wrong_member_of_a_guest_is_told),
        FACT(what_is_left_of_a_name_decides),
        FACT(a_body_that_is_not_called_json_is_415),
        FACT(a_full_world_is_503_with_a_time),
        FACT(guests_of_one_address_are_limited),
        FACT(requests_of_one_address_are_limited),
        FACT(only_posts_have_a_body),
        FACT(worlds_are_listed_with_their_people),
        FACT(a_world_is_its_document_until_it_is_known),
        FACT(kicking_does_not_exist_without_an_operator),
        FACT(only_the_operator_kicks),
        FACT(a_kick_that_cannot_be_is_told),
        FACT(readiness_goes_from_starting_to_ready_to_draining),
        FACT(realtime_on_a_connection_that_was_used_is_sent_to_a_new_one),
        FACT(metrics_are_open_until_there_is_an_operator),
        FACT(settings_that_cannot_be_are_named),
    };
    return cmocka_run_group_tests_name("gateway/gateway", tests, NULL, NULL);
}
