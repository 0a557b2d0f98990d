// A player moves an instance's puppets tick by tick, without a hub; its loader is a real thread.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <time.h>

#include "replay/fixture.h"
#include "replay/player.h"

enum { PATIENCE = 5000, SAID_BYTES = 256 };

struct show {
    struct fixture_file file;
    struct recording recording;
    struct player *player;
    struct instance *instance;
    uint64_t now_us;
    uint32_t speaker, said_count;
    char said[SAID_BYTES];
};

static void on_said(const struct hub_scene *scene, entity_id puppet, bool to_all, const char *text)
{
    struct show *show = scene->context;
    assert_false(to_all);
    show->speaker = puppet.value;
    show->said_count++;
    snprintf(show->said, sizeof show->said, "%s", text);
}

static void tick(struct show *show)
{
    show->now_us += HUB_TICK_MS * 1000;
    struct hub_scene scene = {
        .instance = show->instance, .now_us = show->now_us, .say = on_said, .context = show};
    const struct hub_puppeteer *puppeteer = player_puppeteer(show->player);
    puppeteer->before_tick(puppeteer->context, &scene);
    const struct frame *frame = instance_tick(show->instance, show->now_us);
    instance_verify(show->instance);
    instance_return_frame(show->instance, frame);
}

static uint32_t standing(const struct show *show)
{
    struct player_status status;
    player_status(show->player, &status);
    return status.tick;
}

// Where the recorded Ada stands, in steps; -1: nowhere.
static int ada_at(const struct show *show)
{
    struct instance_person person;
    if (!instance_find(show->instance, (entity_id){show->file.ada}, &person))
        return -1;
    assert_string_equal(person.name, "Ada");
    assert_int_equal(person.state.x_cm % FIXTURE_STEP_CM, 0);
    return person.state.x_cm / FIXTURE_STEP_CM;
}

static bool ben_is_here(const struct show *show)
{
    struct instance_person person;
    return instance_find(show->instance, (entity_id){show->file.ben}, &person);
}

// The loader works in its own time: ticks pass, and everyone stands still, until it is there.
static void tick_until(struct show *show, int step)
{
    for (int i = 0; i < PATIENCE && ada_at(show) != step; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        tick(show);
    }
    assert_int_equal(ada_at(show), step);
}

static void steer(struct show *show, struct player_order order)
{
    player_steer(show->player, &order);
}

static void jump(struct show *show, uint32_t to)
{
    steer(show,
          (struct player_order){.has_tick = true, .tick = to, .has_paused = true, .paused = true});
    tick_until(show, (int)to);
    steer(show, (struct player_order){.has_paused = true});
}

static void play(struct show *show, struct player_settings settings)
{
    static const struct instance_spawn spawn;
    struct error err;
    show->player = player_create(&show->recording, &settings);
    assert_true(player_start(show->player, &err));
    show->instance =
        instance_create(&(struct instance_settings){.number = 1,
                                                    .capacity = 10,
                                                    .least_x_cm = -10000,
                                                    .least_z_cm = -10000,
                                                    .most_x_cm = 10000,
                                                    .most_z_cm = 10000,
                                                    .most_y_cm = 1000,
                                                    .speed_max_cm_s = 600,
                                                    .earshot_cm = 2000,
                                                    .spawns = &spawn,
                                                    .spawn_count = 1,
                                                    .puppet_index_end = show->recording.index_end});
}

static int show_open(void **state)
{
    struct show *show = calloc(1, sizeof *show);
    struct error err = {0};
    fixture_file_make(&show->file);
    assert_true(recording_open(&show->recording, show->file.path, &err));
    assert_int_equal(show->recording.ticks, FIXTURE_TICKS);
    assert_int_equal(show->recording.count, 2);
    *state = show;
    return 0;
}

static int show_close(void **state)
{
    struct show *show = *state;
    instance_destroy(show->instance);
    player_destroy(show->player);
    recording_close(&show->recording);
    fixture_file_remove(&show->file);
    free(show);
    return 0;
}

// --- facts ---------------------------------------------------------------------------------------

static void each_tick_shows_the_next_and_those_who_were_there(void **state)
{
    struct show *show = *state;
    play(show, (struct player_settings){.speed_milli = 1000});
    tick_until(show, 0);
    for (int step = 0; step < FIXTURE_TICKS; step++) {
        tick_until(show, step);
        assert_int_equal(standing(show), step);
        assert_int_equal(ben_is_here(show), step >= FIXTURE_BEN_COMES && step < FIXTURE_BEN_GOES);
    }
}

static void within_a_stretch_no_tick_is_waited_for(void **state)
{
    struct show *show = *state;
    play(show, (struct player_settings){.speed_milli = 1000});
    tick_until(show, 0);
    for (int step = 1; step < FIXTURE_SECOND_STRETCH; step++) {
        tick(show);
        assert_int_equal(ada_at(show), step);
    }
}

static void the_speed_is_ticks_for_each_tick(void **state)
{
    struct show *show = *state;
    play(show, (struct player_settings){.speed_milli = 4000});
    tick_until(show, 0);
    for (int step = 4; step < FIXTURE_SECOND_STRETCH; step += 4) {
        tick(show);
        assert_int_equal(ada_at(show), step);
    }
    jump(show, 8);
    steer(show, (struct player_order){.has_speed = true, .speed_milli = 500});
    for (int i = 1; i <= 20; i++) {
        tick(show);
        assert_int_equal(ada_at(show), 8 + i / 2);
    }
}

static void a_jump_shows_that_tick_whichever_way_it_goes(void **state)
{
    struct show *show = *state;
    static const uint32_t ticks[] = {70, 10, 99, 0, 61, 60, 59, 5};
    play(show, (struct player_settings){.speed_milli = 1000});
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++) {
        jump(show, ticks[i]);
        assert_int_equal(ben_is_here(show),
                         ticks[i] >= FIXTURE_BEN_COMES && ticks[i] < FIXTURE_BEN_GOES);
    }
}

static void what_is_asked_counts_as_done_and_past_the_end_is_the_end(void **state)
{
    struct show *show = *state;
    struct player_status status;
    play(show, (struct player_settings){.speed_milli = 1000});
    steer(show, (struct player_order){.has_tick = true,
                                      .tick = 100000,
                                      .has_speed = true,
                                      .speed_milli = 2000,
                                      .has_paused = true,
                                      .paused = true});
    player_status(show->player, &status);
    assert_int_equal(status.tick, FIXTURE_TICKS - 1);
    assert_int_equal(status.ticks, FIXTURE_TICKS);
    assert_int_equal(status.speed_milli, 2000);
    assert_true(status.paused);
    assert_int_equal(status.wall_ms, FIXTURE_TICKS * HUB_TICK_MS);
}

static void a_pause_holds_everyone_where_they_are(void **state)
{
    struct show *show = *state;
    play(show, (struct player_settings){.speed_milli = 1000, .at_tick = 50});
    tick_until(show, 50);
    steer(show, (struct player_order){.has_paused = true, .paused = true});
    for (int i = 0; i < 5; i++) {
        tick(show);
        assert_int_equal(ada_at(show), 50);
    }
    assert_true(ben_is_here(show));
}

static void at_the_end_time_stands_still(void **state)
{
    struct show *show = *state;
    play(show, (struct player_settings){.speed_milli = 1000, .at_tick = 1000});
    tick_until(show, FIXTURE_TICKS - 1);
    for (int i = 0; i < 5; i++)
        tick(show);
    assert_int_equal(ada_at(show), FIXTURE_TICKS - 1);
}

static void a_loop_begins_again(void **state)
{
    struct show *show = *state;
    play(show,
         (struct player_settings){.speed_milli = 1000, .loop = true, .at_tick = FIXTURE_TICKS - 1});
    tick_until(show, FIXTURE_TICKS - 1);
    tick_until(show, 0);
    tick_until(show, 1);
}

static void words_are_told_in_their_tick_and_not_by_a_jump(void **state)
{
    struct show *show = *state;
    play(show, (struct player_settings){.speed_milli = 1000});
    jump(show, FIXTURE_WORDS + 20);
    jump(show, FIXTURE_WORDS - 1);
    assert_int_equal(show->said_count, 0);
    tick(show);
    tick(show);
    assert_int_equal(show->said_count, 1);
    assert_int_equal(show->speaker, show->file.ada);
    assert_non_null(strstr(show->said, "hello"));
    for (int i = 0; i < 5; i++)
        tick(show);
    assert_int_equal(show->said_count, 1);
}

int main(void)
{
#define FACT(name) cmocka_unit_test_setup_teardown(name, show_open, show_close)
    const struct CMUnitTest tests[] = {
        FACT(each_tick_shows_the_next_and_those_who_were_there),
        FACT(within_a_stretch_no_tick_is_waited_for),
        FACT(the_speed_is_ticks_for_each_tick),
        FACT(a_jump_shows_that_tick_whichever_way_it_goes),
        FACT(what_is_asked_counts_as_done_and_past_the_end_is_the_end),
        FACT(a_pause_holds_everyone_where_they_are),
        FACT(at_the_end_time_stands_still),
        FACT(a_loop_begins_again),
        FACT(words_are_told_in_their_tick_and_not_by_a_jump),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("replay/player", tests, NULL, NULL);
}
