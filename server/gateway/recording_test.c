// What may be asked of the recorder and of a replay over HTTP: who may, and what is refused. That
// recordings come out right is the recorder's test, and tests/integration's.
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
// cmocka wants those before it
#include <cmocka.h>
#include <jansson.h>
#include <unistd.h>

#include "gateway/fixture.h"
#include "hub/instance.h"
#include "replay/fixture.h"
#include "replay/player.h"
#include "replay/recorder.h"

#define RECORDING "/v1/worlds/plaza/instances/3/recording"
#define BEARER "Bearer " OPERATOR_TOKEN

struct rig {
    struct fixture *fixture;
    char folder[64];
    struct recorder *recorder;
    struct fixture_file file;
    struct recording recording;
    struct player *player;
};

static bool find_world(void *context, const char *id, struct recorder_world *out)
{
    return false;
}

static int rig_make(void **state)
{
    struct rig *rig = calloc(1, sizeof *rig);
    void *fixture;
    struct error err;
    fixture_set_up(&fixture);
    rig->fixture = fixture;
    *state = rig;
    snprintf(rig->folder, sizeof rig->folder, "/tmp/flux-gateway-XXXXXX");
    assert_non_null(mkdtemp(rig->folder));
    rig->recorder = recorder_create(&(struct recorder_settings){.folder = rig->folder,
                                                                .window_minutes = 1,
                                                                .window_bytes_max = 1 << 20,
                                                                .folder_bytes_max = 1 << 30,
                                                                .clock = &clock_system,
                                                                .find_world = find_world},
                                    &err);
    assert_non_null(rig->recorder);
    fixture_file_make(&rig->file);
    assert_true(recording_open(&rig->recording, rig->file.path, &err));
    rig->player = player_create(&rig->recording, &(struct player_settings){.speed_milli = 1000});
    return 0;
}

static int rig_remove(void **state)
{
    struct rig *rig = *state;
    void *fixture = rig->fixture;
    fixture_tear_down(&fixture);
    player_destroy(rig->player);
    recording_close(&rig->recording);
    fixture_file_remove(&rig->file);
    recorder_destroy(rig->recorder);
    assert_int_equal(rmdir(rig->folder), 0);
    free(rig);
    return 0;
}

static void with_recorder(struct rig *rig)
{
    rig->fixture->settings.operator_token = OPERATOR_TOKEN;
    rig->fixture->settings.recorder = rig->recorder;
    open_gateway(rig->fixture);
}

static void with_player(struct rig *rig, const char *token)
{
    rig->fixture->settings.operator_token = token;
    rig->fixture->settings.player = rig->player;
    open_gateway(rig->fixture);
}

static void ask(struct rig *rig, struct made_up *made, const char *method, const char *path,
                const char *authorization, const char *body)
{
    made_up_init(made, method, path);
    if (body)
        made_up_json(made, body);
    if (authorization)
        made_up_header(made, "Authorization", authorization);
    answer(rig->fixture, made);
}

static json_t *answered(struct made_up *made)
{
    json_t *json = json_loads(made_up_text(made), 0, NULL);
    assert_non_null(json);
    return json;
}

static int status_of(struct rig *rig, const char *method, const char *path,
                     const char *authorization, const char *body)
{
    struct made_up made;
    ask(rig, &made, method, path, authorization, body);
    int status = made.response.status;
    made_up_done(&made);
    return status;
}

static void assert_all(struct rig *rig, const char *authorization, int status)
{
    assert_int_equal(status_of(rig, "POST", RECORDING, authorization, "{\"name\":\"a\"}"), status);
    assert_int_equal(status_of(rig, "GET", "/v1/recordings", authorization, NULL), status);
    assert_int_equal(status_of(rig, "POST", "/v1/recordings/a/stop", authorization, "{}"), status);
}

// --- recording -----------------------------------------------------------------------------------

static void without_an_operator_there_are_no_recordings(void **state)
{
    struct rig *rig = *state;
    rig->fixture->settings.recorder = rig->recorder;
    open_gateway(rig->fixture);
    assert_all(rig, NULL, 404);
    assert_all(rig, BEARER, 404);
}

static void only_the_operator_may_record(void **state)
{
    struct rig *rig = *state;
    with_recorder(rig);
    assert_all(rig, NULL, 401);
    assert_all(rig, "Bearer correct-horse-batterx", 401);
}

static void a_server_without_a_recorder_says_so(void **state)
{
    struct rig *rig = *state;
    struct made_up made;
    rig->fixture->settings.operator_token = OPERATOR_TOKEN;
    open_gateway(rig->fixture);
    assert_all(rig, BEARER, 404);
    ask(rig, &made, "GET", "/v1/recordings", BEARER, NULL);
    assert_problem(&made, 404, "NOT_FOUND", "this server records nothing");
    made_up_done(&made);
}

static void each_wrong_order_to_record_is_told(void **state)
{
    struct rig *rig = *state;
    static const struct {
        const char *path, *body;
        int status;
        const char *code, *detail;
    } cases[] = {
        {RECORDING, "{}", 400, "INVALID", "name must be a string"},
        {RECORDING, "{\"name\":7}", 400, "INVALID", "name must be a string"},
        {RECORDING, "{\"name\":\"../a\"}", 400, "INVALID",
         "name must have 1 to 64 of a-z, 0-9, - and _"},
        {RECORDING, "{\"name\":\"\"}", 400, "INVALID",
         "name must have 1 to 64 of a-z, 0-9, - and _"},
        {RECORDING, "{\"name\":\"a\",\"continue\":1}", 400, "INVALID",
         "continue must be true or false"},
        {RECORDING, "{\"name\":\"a\"}", 404, "NOT_FOUND", "nobody is in instance 3 of \"plaza\""},
        {"/v1/worlds/plaza/instances/x/recording", "{\"name\":\"a\"}", 404, "NOT_FOUND",
         "there is no such instance"},
        {"/v1/worlds/plaza/instances/99999999999/recording", "{\"name\":\"a\"}", 404, "NOT_FOUND",
         "there is no such instance"},
        {"/v1/recordings/a/stop", "{}", 404, "NOT_FOUND", "no recording \"a\" goes on"},
    };
    with_recorder(rig);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made_up made;
        ask(rig, &made, "POST", cases[i].path, BEARER, cases[i].body);
        assert_problem(&made, cases[i].status, cases[i].code, cases[i].detail);
        made_up_done(&made);
    }
}

static void the_list_tells_the_files_and_the_bound(void **state)
{
    struct rig *rig = *state;
    struct made_up made;
    with_recorder(rig);
    ask(rig, &made, "GET", "/v1/recordings", BEARER, NULL);
    assert_int_equal(made.response.status, 200);
    assert_string_equal(made_up_text(&made),
                        "{\"remembered\":[],\"files\":[],\"bytes\":0,\"bytes_max\":1073741824}");
    made_up_done(&made);
}

// --- replay --------------------------------------------------------------------------------------

static void a_server_that_plays_nothing_says_so(void **state)
{
    struct rig *rig = *state;
    assert_int_equal(status_of(rig, "GET", "/v1/replay", NULL, NULL), 404);
    assert_int_equal(status_of(rig, "PUT", "/v1/replay", NULL, "{}"), 404);
}

static void a_replay_tells_where_it_stands(void **state)
{
    struct rig *rig = *state;
    struct made_up made;
    with_player(rig, NULL);
    ask(rig, &made, "GET", "/v1/replay", NULL, NULL);
    assert_int_equal(made.response.status, 200);
    json_t *json = answered(&made);
    assert_int_equal(json_object_size(json), 8);
    assert_float_equal(json_real_value(json_object_get(json, "at")), 0, 1e-9);
    assert_float_equal(json_real_value(json_object_get(json, "duration")), 4.95, 1e-9);
    assert_float_equal(json_real_value(json_object_get(json, "speed")), 1, 1e-9);
    assert_true(json_is_false(json_object_get(json, "paused")));
    assert_string_equal(json_string_value(json_object_get(json, "world")), "plaza");
    assert_int_equal(json_integer_value(json_object_get(json, "instance")), 3);
    assert_int_equal(json_integer_value(json_object_get(json, "time")), HUB_TICK_MS);
    assert_string_equal(json_string_value(json_object_get(json, "trouble")), "");
    json_decref(json);
    made_up_done(&made);
}

static void a_replay_goes_where_it_is_told(void **state)
{
    struct rig *rig = *state;
    struct made_up made;
    with_player(rig, NULL);
    ask(rig, &made, "PUT", "/v1/replay", NULL, "{\"at\":2.5,\"speed\":0.5,\"paused\":true}");
    assert_int_equal(made.response.status, 200);
    json_t *json = answered(&made);
    assert_float_equal(json_real_value(json_object_get(json, "at")), 2.5, 1e-9);
    assert_float_equal(json_real_value(json_object_get(json, "speed")), 0.5, 1e-9);
    assert_true(json_is_true(json_object_get(json, "paused")));
    assert_int_equal(json_integer_value(json_object_get(json, "time")), 50 + 2500);
    json_decref(json);
    made_up_done(&made);
    // What is not named stays.
    ask(rig, &made, "PUT", "/v1/replay", NULL, "{\"paused\":false}");
    json = answered(&made);
    assert_float_equal(json_real_value(json_object_get(json, "at")), 2.5, 1e-9);
    assert_true(json_is_false(json_object_get(json, "paused")));
    json_decref(json);
    made_up_done(&made);
}

static void each_wrong_order_to_a_replay_is_told_and_changes_nothing(void **state)
{
    struct rig *rig = *state;
    static const struct {
        const char *body, *detail;
    } cases[] = {
        {"{\"at\":-1,\"paused\":true}", "at must be a number from 0 to 5"},
        {"{\"at\":5.01}", "at must be a number from 0 to 5"},
        {"{\"at\":\"1\"}", "at must be a number from 0 to 5"},
        {"{\"at\":1,\"speed\":9}", "speed must be a number from 0.25 to 8"},
        {"{\"at\":1,\"speed\":0}", "speed must be a number from 0.25 to 8"},
        {"{\"at\":1,\"speed\":null}", "speed must be a number from 0.25 to 8"},
        {"{\"at\":1,\"paused\":1}", "paused must be true or false"},
    };
    with_player(rig, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made_up made;
        struct player_status status;
        ask(rig, &made, "PUT", "/v1/replay", NULL, cases[i].body);
        assert_problem(&made, 400, "INVALID", cases[i].detail);
        made_up_done(&made);
        player_status(rig->player, &status);
        assert_int_equal(status.tick, 0);
        assert_false(status.paused);
    }
}

static void with_a_token_all_may_look_and_only_the_operator_steers(void **state)
{
    struct rig *rig = *state;
    with_player(rig, OPERATOR_TOKEN);
    assert_int_equal(status_of(rig, "GET", "/v1/replay", NULL, NULL), 200);
    assert_int_equal(status_of(rig, "PUT", "/v1/replay", NULL, "{\"at\":1}"), 401);
    assert_int_equal(status_of(rig, "PUT", "/v1/replay", BEARER, "{\"at\":1}"), 200);
}

static void the_list_of_worlds_tells_a_replay(void **state)
{
    struct rig *rig = *state;
    struct made_up made;
    open_gateway(rig->fixture);
    get(rig->fixture, &made, "/v1/worlds");
    assert_null(strstr(made_up_text(&made), "replay"));
    made_up_done(&made);
    with_player(rig, NULL);
    get(rig->fixture, &made, "/v1/worlds");
    assert_non_null(strstr(made_up_text(&made), "\"replay\":true"));
    made_up_done(&made);
}

int main(void)
{
#define FACT(name) cmocka_unit_test_setup_teardown(name, rig_make, rig_remove)
    const struct CMUnitTest tests[] = {
        FACT(without_an_operator_there_are_no_recordings),
        FACT(only_the_operator_may_record),
        FACT(a_server_without_a_recorder_says_so),
        FACT(each_wrong_order_to_record_is_told),
        FACT(the_list_tells_the_files_and_the_bound),
        FACT(a_server_that_plays_nothing_says_so),
        FACT(a_replay_tells_where_it_stands),
        FACT(a_replay_goes_where_it_is_told),
        FACT(each_wrong_order_to_a_replay_is_told_and_changes_nothing),
        FACT(with_a_token_all_may_look_and_only_the_operator_steers),
        FACT(the_list_of_worlds_tells_a_replay),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("gateway/recording", tests, NULL, NULL);
}
