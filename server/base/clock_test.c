#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"

static void a_fake_clock_stands_still_until_it_is_moved(void **state)
{
    struct clock_fake fake = {.monotonic_us = 5, .wall_ms = 1000};
    struct clock clock = clock_fake_as_clock(&fake);
    assert_int_equal(clock_now_us(&clock), 5);
    assert_int_equal(clock_wall_ms(&clock), 1000);
    clock_fake_advance_us(&fake, 2500);
    assert_int_equal(clock_now_us(&clock), 2505);
    assert_int_equal(clock_wall_ms(&clock), 1002);
}

static void small_steps_lose_no_wall_time(void **state)
{
    struct clock_fake fake = {0};
    for (int i = 0; i < 10000; i++)
        clock_fake_advance_us(&fake, 300);
    assert_int_equal(fake.monotonic_us, 3000000);
    assert_int_equal(fake.wall_ms, 3000);
}

static void the_system_clock_does_not_go_back(void **state)
{
    uint64_t before = clock_now_us(&clock_system);
    for (int i = 0; i < 1000; i++) {
        uint64_t now = clock_now_us(&clock_system);
        assert_true(now >= before);
        before = now;
    }
    // Later than 2020, and in milliseconds: before the year 5138.
    assert_in_range(clock_wall_ms(&clock_system), 1577836800000, 100000000000000);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fake_clock_stands_still_until_it_is_moved),
        cmocka_unit_test(small_steps_lose_no_wall_time),
        cmocka_unit_test(the_system_clock_does_not_go_back),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
