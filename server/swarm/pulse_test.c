#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "swarm/pulse.h"

static struct pulse felt(const uint64_t (*ticks)[2], int count)
{
    struct pulse pulse = {0};
    for (int i = 0; i < count; i++)
        pulse_feel(&pulse, 1, (uint32_t)ticks[i][0], ticks[i][1] * 1000, 0, UINT64_MAX);
    return pulse;
}

static void the_longest_wait_for_a_tick_is_kept(void **state)
{
    static const uint64_t ticks[][2] = {{5, 1000}, {6, 1050}, {6, 1090}, {7, 1250}, {8, 1270}};
    assert_int_equal(felt(ticks, 5).longest_us, 200000);
}

static void ticks_without_news_are_no_wait(void **state)
{
    static const uint64_t ticks[][2] = {{5, 1000}, {25, 2010}};
    assert_int_equal(felt(ticks, 2).longest_us, 60000);
}

static void a_server_that_starts_anew_is_no_wait(void **state)
{
    static const uint64_t ticks[][2] = {{90000, 1000}, {5, 9000}, {6, 9050}};
    assert_int_equal(felt(ticks, 3).longest_us, 50000);
}

static void after_a_parting_the_ticks_of_a_young_server_are_not_compared(void **state)
{
    struct pulse pulse = {0};
    pulse_feel(&pulse, 1, 400, 1000000, 0, UINT64_MAX);
    pulse_feel(&pulse, 1, 401, 1070000, 0, UINT64_MAX);
    pulse_part(&pulse);
    pulse_feel(&pulse, 1, 5, 9000000, 0, UINT64_MAX); // fewer ticks before than tell a restart
    pulse_feel(&pulse, 1, 6, 9050000, 0, UINT64_MAX);
    assert_int_equal(pulse.tick, 6);
    assert_int_equal(pulse.longest_us, 70000);
}

static void other_instances_and_other_times_are_passed_over(void **state)
{
    struct pulse pulse = {0};
    pulse_feel(&pulse, 1, 10, 1000, 2000, 900000);
    pulse_feel(&pulse, 2, 11, 200000, 2000, 900000);
    assert_int_equal(pulse.tick, 10);
    pulse_feel(&pulse, 1, 11, 500000, 2000, 900000); // waited since before it counts
    assert_int_equal(pulse.longest_us, 0);
    pulse_feel(&pulse, 1, 12, 560000, 2000, 900000);
    assert_int_equal(pulse.longest_us, 60000);
    pulse_feel(&pulse, 1, 13, 950000, 2000, 900000);
    assert_int_equal(pulse.longest_us, 60000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_longest_wait_for_a_tick_is_kept),
        cmocka_unit_test(ticks_without_news_are_no_wait),
        cmocka_unit_test(a_server_that_starts_anew_is_no_wait),
        cmocka_unit_test(after_a_parting_the_ticks_of_a_young_server_are_not_compared),
        cmocka_unit_test(other_instances_and_other_times_are_passed_over),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/pulse", tests, NULL, NULL);
}
