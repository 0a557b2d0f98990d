#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hub/pace.h"

enum { SPEED = 600, SECOND = 1000000, TICK = SECOND / 20 };

static struct wire_state at(int32_t x_cm, int16_t y_cm, int32_t z_cm)
{
    return (struct wire_state){.x_cm = x_cm, .y_cm = y_cm, .z_cm = z_cm};
}

static bool walk(struct pace *pace, struct wire_state *from, int32_t dx_cm, int16_t dy_cm)
{
    struct wire_state to = at(from->x_cm + dx_cm, (int16_t)(from->y_cm + dy_cm), from->z_cm);
    if (!pace_take_way(pace, from, &to))
        return false;
    *from = to;
    return true;
}

static void walking_at_the_greatest_speed_is_never_refused(void **state)
{
    struct pace pace;
    uint64_t now_us = 5 * SECOND;
    pace_init(&pace, SPEED, now_us);
    struct wire_state place = at(0, 0, 0);
    for (int i = 0; i < 20 * 60; i++) {
        now_us += TICK;
        pace_refill(&pace, SPEED, now_us);
        assert_true(walk(&pace, &place, SPEED / 20, 0));
    }
    assert_int_equal(place.x_cm, 60 * SPEED);
}

static void moves_that_come_in_bunches_pass(void **state)
{
    struct pace pace;
    uint64_t now_us = SECOND;
    pace_init(&pace, SPEED, now_us);
    struct wire_state place = at(0, 0, 0);
    for (int bunch = 0; bunch < 30; bunch++) {
        now_us += SECOND; // nothing for a second, then all of it
        pace_refill(&pace, SPEED, now_us);
        for (int i = 0; i < 20; i++) {
            assert_true(walk(&pace, &place, SPEED / 20, 0));
        }
    }
}

static void speeding_for_long_is_refused(void **state)
{
    struct pace pace;
    uint64_t now_us = SECOND;
    pace_init(&pace, SPEED, now_us);
    struct wire_state place = at(0, 0, 0);
    uint32_t refused = 0;
    for (int i = 0; i < 20 * 10; i++) {
        now_us += TICK;
        pace_refill(&pace, SPEED, now_us);
        refused += !walk(&pace, &place, SPEED * 3 / 2 / 20, 0);
    }
    assert_true(refused > 20);
    // Ten seconds at a tenth more, and what a second of rest allows.
    assert_true(place.x_cm <= SPEED * 11 / 10 * 11 + PACE_SLACK_CM);
}

static void a_way_farther_than_a_second_allows_is_refused_and_costs_nothing(void **state)
{
    struct pace pace;
    pace_init(&pace, SPEED, 0);
    struct wire_state place = at(0, 0, 0);
    int32_t most = SPEED * 11 / 10 + PACE_SLACK_CM;
    assert_false(walk(&pace, &place, most + 1, 0));
    assert_true(walk(&pace, &place, most, 0));
    assert_false(walk(&pace, &place, 1, 0));
}

static void rising_has_its_own_budget_three_times_as_large(void **state)
{
    struct pace pace;
    pace_init(&pace, SPEED, 0);
    struct wire_state place = at(0, 0, 0);
    int16_t most = 3 * (SPEED * 11 / 10 + PACE_SLACK_CM);
    assert_false(walk(&pace, &place, 0, (int16_t)(most + 1)));
    assert_true(walk(&pace, &place, 100, most));
    assert_false(walk(&pace, &place, 0, -1));
    assert_true(walk(&pace, &place, 100, 0));
}

static void a_clock_that_goes_back_earns_nothing(void **state)
{
    struct pace pace;
    pace_init(&pace, SPEED, 10 * SECOND);
    struct wire_state place = at(0, 0, 0);
    assert_true(walk(&pace, &place, SPEED, 0));
    struct pace before = pace;
    pace_refill(&pace, SPEED, 9 * SECOND);
    assert_memory_equal(&pace, &before, sizeof pace);
}

static void sequences_up_to_the_corrected_one_are_stale_also_across_the_wrap(void **state)
{
    struct pace pace;
    pace_init(&pace, SPEED, 0);
    assert_false(pace_is_stale(&pace, 9));
    pace_correct(&pace, 65534);
    assert_true(pace_is_stale(&pace, 65534));
    assert_true(pace_is_stale(&pace, 65000));
    assert_false(pace_is_stale(&pace, 3)); // 65535, 0, 1, 2 were lost: 3 is after
    pace_correct(&pace, 65534);
    pace_forget_sequence(&pace);
    assert_false(pace_is_stale(&pace, 65533));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walking_at_the_greatest_speed_is_never_refused),
        cmocka_unit_test(moves_that_come_in_bunches_pass),
        cmocka_unit_test(speeding_for_long_is_refused),
        cmocka_unit_test(a_way_farther_than_a_second_allows_is_refused_and_costs_nothing),
        cmocka_unit_test(rising_has_its_own_budget_three_times_as_large),
        cmocka_unit_test(a_clock_that_goes_back_earns_nothing),
        cmocka_unit_test(sequences_up_to_the_corrected_one_are_stale_also_across_the_wrap),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("hub/pace", tests, NULL, NULL);
}
