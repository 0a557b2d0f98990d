#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "swarm/watch.h"

static struct latency see(struct sight *sight, const struct track *track, int32_t x,
                          uint64_t now_us)
{
    struct latency latency = {0};
    sight_see(sight, track, x, 0, now_us, 0, UINT64_MAX, &latency);
    return latency;
}

static void a_seen_move_is_timed_from_its_send(void **state)
{
    struct track track = {0};
    struct sight sight = {0};
    track_sent(&track, 1, 0, 1000);
    see(&sight, &track, 1, 1500);
    track_sent(&track, 2, 0, 100000);
    struct latency latency = see(&sight, &track, 2, 100020);
    assert_int_equal(latency.count, 1);
    assert_int_equal(latency.max_us, 20);
}

static void the_first_sight_says_nothing(void **state)
{
    struct track track = {0};
    struct sight sight = {0};
    track_sent(&track, 1, 0, 1000);
    assert_int_equal(see(&sight, &track, 1, 900000).count, 0);
}

static void a_place_come_back_to_is_the_last_time_there(void **state)
{
    struct track track = {0};
    struct sight sight = {0};
    track_sent(&track, 1, 0, 1000);
    track_sent(&track, 2, 0, 2000);
    track_sent(&track, 1, 0, 3000);
    see(&sight, &track, 1, 3100);
    track_sent(&track, 3, 0, 9000);
    struct latency latency = see(&sight, &track, 3, 9050);
    assert_int_equal(latency.count, 1);
    assert_int_equal(latency.max_us, 50);
}

static void a_place_counts_once(void **state)
{
    struct track track = {0};
    struct sight sight = {.known = true};
    track_sent(&track, 1, 0, 1000);
    assert_int_equal(see(&sight, &track, 1, 1100).count, 1);
    assert_int_equal(see(&sight, &track, 1, 1200).count, 0);
}

static void overtaken_moves_count_until_their_successor_came(void **state)
{
    struct track track = {0};
    struct sight sight = {.known = true};
    track_sent(&track, 1, 0, 1000);
    track_sent(&track, 2, 0, 2000);
    track_sent(&track, 3, 0, 3000);
    struct latency latency = see(&sight, &track, 3, 3010);
    assert_int_equal(latency.count, 3);
    assert_int_equal(latency.max_us, 2010);
}

static void an_unknown_place_is_ignored(void **state)
{
    struct track track = {0};
    struct sight sight = {.known = true};
    track_sent(&track, 1, 0, 1000);
    assert_int_equal(see(&sight, &track, 7, 1100).count, 0);
    assert_int_equal(see(&sight, &track, 1, 1200).count, 1);
}

static void only_moves_of_the_measured_time_count(void **state)
{
    struct track track = {0};
    struct sight sight = {.known = true};
    struct latency latency = {0};
    for (int i = 1; i <= 4; i++)
        track_sent(&track, i, 0, (uint64_t)i * 1000);
    sight_see(&sight, &track, 4, 0, 5000, 2000, 4000, &latency);
    assert_int_equal(latency.count, 2);
    assert_int_equal(latency.max_us, 3000);
}

static void a_lost_sight_starts_anew(void **state)
{
    struct track track = {0};
    struct sight sight = {.known = true};
    track_sent(&track, 1, 0, 1000);
    sight_lose(&sight);
    track_sent(&track, 2, 0, 2000);
    assert_int_equal(see(&sight, &track, 2, 9000).count, 0);
    track_sent(&track, 3, 0, 10000);
    assert_int_equal(see(&sight, &track, 3, 10001).count, 1);
}

static void moves_before_a_correction_are_forgotten(void **state)
{
    struct track track = {0};
    struct sight sight = {.known = true};
    track_sent(&track, 1, 0, 1000);
    track_clear(&track);
    track_sent(&track, 2, 0, 2000);
    struct latency latency = see(&sight, &track, 2, 2010);
    assert_int_equal(latency.count, 1);
    assert_int_equal(latency.max_us, 10);
}

static void standing_still_is_not_a_place(void **state)
{
    struct track track = {0};
    track_sent(&track, 1, 0, 1000);
    track_sent(&track, 1, 0, 2000);
    assert_int_equal(track.next, 1);
}

static void a_long_track_keeps_its_last_places(void **state)
{
    struct track track = {0};
    struct sight sight = {.known = true};
    for (int i = 1; i <= TRACK_PLACES + 10; i++)
        track_sent(&track, i, 0, (uint64_t)i);
    assert_int_equal(see(&sight, &track, TRACK_PLACES + 10, 1000).count, TRACK_PLACES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seen_move_is_timed_from_its_send),
        cmocka_unit_test(the_first_sight_says_nothing),
        cmocka_unit_test(a_place_come_back_to_is_the_last_time_there),
        cmocka_unit_test(a_place_counts_once),
        cmocka_unit_test(overtaken_moves_count_until_their_successor_came),
        cmocka_unit_test(an_unknown_place_is_ignored),
        cmocka_unit_test(only_moves_of_the_measured_time_count),
        cmocka_unit_test(a_lost_sight_starts_anew),
        cmocka_unit_test(moves_before_a_correction_are_forgotten),
        cmocka_unit_test(standing_still_is_not_a_place),
        cmocka_unit_test(a_long_track_keeps_its_last_places),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/watch", tests, NULL, NULL);
}
