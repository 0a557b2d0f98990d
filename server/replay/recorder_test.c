// The recorder with its threads, as the hub and the HTTP thread use it: this thread ticks an
// instance and lends frames through the tap, another gives the operator's orders.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <pthread.h>
#include <time.h>
#include <unistd.h>

#include "hub/tap.h"
#include "replay/fixture.h"
#include "replay/recorder.h"
#include "replay/rerun.h"

enum { STEP_CM = 10, PATIENCE = 10000, FOLDER_MAX = 1 << 28 };

struct rig {
    char folder[64];
    struct recorder *recorder;
    struct instance *instance;
    uint32_t ada;
    uint32_t steps, lent;
    uint64_t now_us;
    _Atomic bool over; // release by the operator's thread, acquire here
};

static bool find_world(void *context, const char *id, struct recorder_world *out)
{
    *out = (struct recorder_world){.document = "{\"id\":\"plaza\"}", .etag = "\"1\""};
    return strcmp(id, "plaza") == 0;
}

static struct tap_news news_of(const struct rig *rig, enum tap_kind kind)
{
    return (struct tap_news){.kind = kind,
                             .instance = 3,
                             .world = "plaza",
                             .tick = instance_tick_number(rig->instance),
                             .entity = {rig->ada}};
}

static void frames_take_back(struct rig *rig)
{
    struct frame_return back;
    while (ring_pop(&recorder_tap(rig->recorder)->returns, &back)) {
        instance_return_frame(rig->instance, back.frame);
        rig->lent--;
    }
}

static void ada_steps(struct rig *rig)
{
    struct wire_state at;
    struct wire_move move = {.sequence = (uint16_t)++rig->steps,
                             .state.x_cm = (int32_t)rig->steps * STEP_CM};
    assert_int_equal(instance_move(rig->instance, (entity_id){rig->ada}, &move, rig->now_us, &at),
                     MOVE_ACCEPTED);
}

static void tick(struct rig *rig)
{
    struct tap *tap = recorder_tap(rig->recorder);
    rig->now_us += HUB_TICK_MS * 1000;
    frames_take_back(rig);
    ada_steps(rig);
    const struct frame *frame = instance_tick(rig->instance, rig->now_us);
    struct tap_news news = news_of(rig, TAP_FRAME);
    news.frame = frame;
    if (tap_wants_frames(tap) && rig->lent < TAP_FRAMES_OUT_MAX && tap_tell(tap, &news))
        rig->lent++;
    else
        instance_return_frame(rig->instance, frame);
    tap->wake(tap->context);
    nanosleep(&(struct timespec){.tv_nsec = 500000}, NULL);
}

static void rig_start(struct rig *rig, uint32_t minutes, bool words)
{
    struct error err;
    rig->recorder = recorder_create(&(struct recorder_settings){.folder = rig->folder,
                                                                .window_minutes = minutes,
                                                                .window_bytes_max = 1 << 24,
                                                                .folder_bytes_max = FOLDER_MAX,
                                                                .words = words,
                                                                .clock = &clock_system,
                                                                .find_world = find_world},
                                    &err);
    assert_non_null(rig->recorder);
    assert_true(recorder_start(rig->recorder, &err));
    tap_tell_name(recorder_tap(rig->recorder), news_of(rig, TAP_NAMED), 5, "Ada");
}

static int rig_make(void **state)
{
    struct rig *rig = calloc(1, sizeof *rig);
    struct instance_joined joined;
    snprintf(rig->folder, sizeof rig->folder, "/tmp/flux-recorder-XXXXXX");
    assert_non_null(mkdtemp(rig->folder));
    rig->instance = fixture_instance();
    struct instance_join join = {.name = "Ada", .look = 5, .connection = 1, .placed = true};
    assert_true(instance_join(rig->instance, &join, rig->now_us, &joined, NULL));
    rig->ada = joined.entity.value;
    *state = rig;
    return 0;
}

static void path_of(const struct rig *rig, const char *name, char out[96])
{
    snprintf(out, 96, "%s/%s.flxr", rig->folder, name);
}

static int rig_remove(void **state)
{
    static const char *const names[] = {"window", "on", "again"};
    struct rig *rig = *state;
    recorder_stop(rig->recorder);
    frames_take_back(rig);
    recorder_destroy(rig->recorder);
    instance_destroy(rig->instance);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[96];
        path_of(rig, names[i], path);
        unlink(path);
    }
    assert_int_equal(rmdir(rig->folder), 0);
    free(rig);
    return 0;
}

static struct stored_report report_of(struct rig *rig, const char *name)
{
    struct stored_report reports[8];
    size_t count = recorder_files(rig->recorder, reports, 8);
    for (size_t i = 0; i < count; i++)
        if (strcmp(reports[i].name, name) == 0)
            return reports[i];
    return (struct stored_report){.state = STORED_OPEN};
}

// Ticks go on meanwhile.
static void wait_written(struct rig *rig, const char *name)
{
    for (int i = 0; i < PATIENCE && report_of(rig, name).state == STORED_OPEN; i++)
        tick(rig);
    assert_string_equal(report_of(rig, name).trouble, "");
    assert_int_equal(report_of(rig, name).state, STORED_DONE);
}

static void wait_remembered(struct rig *rig)
{
    struct recorder_window window;
    for (int i = 0; i < PATIENCE && recorder_windows(rig->recorder, &window, 1) == 0; i++)
        tick(rig);
    assert_int_equal(recorder_windows(rig->recorder, &window, 1), 1);
    assert_string_equal(window.world, "plaza");
    assert_int_equal(window.instance, 3);
}

// Ada went a step a tick, so whatever ticks are missing, she is where the tick says.
static uint32_t assert_walk(const struct rig *rig, const char *name)
{
    char path[96];
    struct error err = {0};
    struct playback_person person;
    path_of(rig, name, path);
    struct rerun *rerun = rerun_open(path, &err);
    assert_non_null(rerun);
    const struct recording *recording = rerun_recording(rerun);
    assert_string_equal(recording->trouble, "");
    for (uint32_t i = 0; i < recording->count; i++) {
        const struct recording_stretch *stretch = &recording->stretches[i];
        for (uint32_t tick = 0; tick < stretch->head.ticks; tick++) {
            assert_true(rerun_show(rerun, stretch->start + tick, &err));
            assert_true(playback_find(rerun_playback(rerun), rig->ada, &person));
            assert_int_equal(person.state.x_cm, (stretch->head.first_tick + tick) * STEP_CM);
            assert_string_equal(person.name, "Ada");
        }
    }
    uint32_t ticks = recording->ticks;
    rerun_close(rerun);
    return ticks;
}

// --- facts ---------------------------------------------------------------------------------------

static void the_window_is_written_as_it_was(void **state)
{
    struct rig *rig = *state;
    struct error err = {0};
    rig_start(rig, 1, false);
    for (int i = 0; i < 450; i++)
        tick(rig);
    wait_remembered(rig);
    assert_true(recorder_keep(rig->recorder, "plaza", 3, "window", false, &err));
    wait_written(rig, "window");
    assert_in_range(assert_walk(rig, "window"), 300, 20000);
}

static void without_a_window_it_begins_when_told_and_ends_when_told(void **state)
{
    struct rig *rig = *state;
    struct error err = {0};
    rig_start(rig, 0, false);
    for (int i = 0; i < 50; i++)
        tick(rig);
    assert_int_equal(rig->lent, 0); // nobody wants frames
    wait_remembered(rig);
    assert_false(recorder_keep(rig->recorder, "plaza", 3, "on", false, &err));
    assert_non_null(strstr(err.text, "--record-minutes"));
    assert_true(recorder_keep(rig->recorder, "plaza", 3, "on", true, &err));
    for (int i = 0; i < 300; i++)
        tick(rig);
    bool finished = false;
    for (int i = 0; i < PATIENCE && !finished; i++) {
        tick(rig);
        finished = recorder_finish(rig->recorder, "on", &err);
    }
    assert_true(finished);
    wait_written(rig, "on");
    assert_walk(rig, "on");
}

static void what_cannot_be_is_refused_and_says_why(void **state)
{
    struct rig *rig = *state;
    struct error err = {0};
    rig_start(rig, 1, false);
    wait_remembered(rig);
    assert_false(recorder_keep(rig->recorder, "plaza", 3, "../up", false, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_false(recorder_keep(rig->recorder, "plaza", 4, "window", false, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_false(recorder_finish(rig->recorder, "window", &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_true(recorder_keep(rig->recorder, "plaza", 3, "window", false, &err));
    wait_written(rig, "window");
    assert_false(recorder_keep(rig->recorder, "plaza", 3, "window", false, &err));
    assert_int_equal(err.code, ERR_CONFLICT);
}

static void a_stop_writes_what_goes_on_to_its_end(void **state)
{
    struct rig *rig = *state;
    struct error err = {0};
    rig_start(rig, 1, false);
    wait_remembered(rig);
    assert_true(recorder_keep(rig->recorder, "plaza", 3, "on", true, &err));
    for (int i = 0; i < 60; i++)
        tick(rig);
    recorder_stop(rig->recorder);
    assert_int_equal(report_of(rig, "on").state, STORED_DONE);
    assert_walk(rig, "on");
}

static void an_order_given_just_before_a_stop_is_carried_out(void **state)
{
    struct rig *rig = *state;
    struct error err = {0};
    rig_start(rig, 1, false);
    wait_remembered(rig);
    assert_true(recorder_keep(rig->recorder, "plaza", 3, "window", false, &err));
    recorder_stop(rig->recorder);
    assert_int_equal(report_of(rig, "window").state, STORED_DONE);
    assert_walk(rig, "window");
}

static void an_instance_that_closes_ends_its_file(void **state)
{
    struct rig *rig = *state;
    struct error err = {0};
    rig_start(rig, 1, false);
    wait_remembered(rig);
    assert_true(recorder_keep(rig->recorder, "plaza", 3, "on", true, &err));
    for (int i = 0; i < 60; i++)
        tick(rig);
    struct recorder_window window = {0};
    for (int i = 0; i < PATIENCE && !window.file[0]; i++) {
        tick(rig);
        recorder_windows(rig->recorder, &window, 1);
    }
    struct tap_news closed = news_of(rig, TAP_CLOSED);
    assert_true(tap_tell(recorder_tap(rig->recorder), &closed));
    wait_written(rig, "on");
    assert_walk(rig, "on");
}

static void *operate(void *argument)
{
    struct rig *rig = argument;
    struct error err;
    struct recorder_window windows[4];
    struct stored_report reports[8];
    bool kept = false, stopped = false;
    for (int i = 0; i < PATIENCE && !stopped; i++) {
        kept = kept || recorder_keep(rig->recorder, "plaza", 3, "again", true, &err);
        stopped = recorder_windows(rig->recorder, windows, 4) > 0 && windows[0].ticks > 100 &&
                  recorder_finish(rig->recorder, "again", &err);
        recorder_files(rig->recorder, reports, 8);
        recorder_folder_bytes(rig->recorder);
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    atomic_store_explicit(&rig->over, true, memory_order_release);
    return NULL;
}

static void the_operator_asks_while_it_records(void **state)
{
    struct rig *rig = *state;
    pthread_t operator;
    rig_start(rig, 1, true);
    assert_int_equal(pthread_create(&operator, NULL, operate, rig), 0);
    for (int i = 0; i < PATIENCE && !atomic_load_explicit(&rig->over, memory_order_acquire); i++) {
        tick(rig);
        tap_tell_words(recorder_tap(rig->recorder), news_of(rig, TAP_SAID), true,
                       "{\"t\":\"chat\"}");
    }
    pthread_join(operator, NULL);
    wait_written(rig, "again");
    assert_walk(rig, "again");
}

int main(void)
{
#define FACT(name) cmocka_unit_test_setup_teardown(name, rig_make, rig_remove)
    const struct CMUnitTest tests[] = {
        FACT(the_window_is_written_as_it_was),
        FACT(without_a_window_it_begins_when_told_and_ends_when_told),
        FACT(what_cannot_be_is_refused_and_says_why),
        FACT(a_stop_writes_what_goes_on_to_its_end),
        FACT(an_order_given_just_before_a_stop_is_carried_out),
        FACT(an_instance_that_closes_ends_its_file),
        FACT(the_operator_asks_while_it_records),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("replay/recorder", tests, NULL, NULL);
}
