// How often one connection may say each kind of thing.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hub/allowance.h"

enum { SECOND = 1000000 };

static int take_all(struct allowance *allowance, enum allowance_kind kind, uint64_t now_us)
{
    int taken = 0;
    while (taken < 1000 && allowance_take(allowance, kind, now_us))
        taken++;
    return taken;
}

static void five_chats_at_once_pass_and_then_one_a_second(void **state)
{
    struct allowance allowance;
    allowance_init(&allowance, 100 * SECOND);
    assert_int_equal(take_all(&allowance, ALLOW_CHAT, 100 * SECOND), 5);
    assert_int_equal(take_all(&allowance, ALLOW_CHAT, 100 * SECOND + SECOND / 2), 0);
    assert_int_equal(take_all(&allowance, ALLOW_CHAT, 101 * SECOND + 1000), 1);
    assert_int_equal(take_all(&allowance, ALLOW_CHAT, 161 * SECOND), 5);
}

static void one_kind_does_not_use_up_another(void **state)
{
    struct allowance allowance;
    allowance_init(&allowance, 0);
    take_all(&allowance, ALLOW_CHAT, 0);
    assert_true(allowance_take(&allowance, ALLOW_EMOTE, 0));
    assert_true(allowance_take(&allowance, ALLOW_PING, 0));
}

static void twenty_errors_are_borne_and_the_next_is_not(void **state)
{
    struct allowance allowance;
    allowance_init(&allowance, 0);
    assert_int_equal(take_all(&allowance, ALLOW_ERROR, 0), 20);
}

static void thirty_moves_at_once_pass_and_then_twenty_five_a_second(void **state)
{
    struct allowance allowance;
    allowance_init(&allowance, 0);
    assert_int_equal(take_all(&allowance, ALLOW_MOVE, 0), 30);
    int taken = 0;
    for (int ms = 1; ms <= 60000; ms++)
        taken += allowance_take(&allowance, ALLOW_MOVE, (uint64_t)ms * 1000);
    assert_in_range(taken, 60 * 25 - 1, 60 * 25);
}

static void twenty_moves_a_second_always_pass_also_in_bunches(void **state)
{
    struct allowance allowance;
    allowance_init(&allowance, 0);
    for (uint64_t tick = 0; tick < 20 * 60; tick++)
        assert_true(allowance_take(&allowance, ALLOW_MOVE, tick * SECOND / 20));
    for (uint64_t second = 61; second < 120; second++)
        for (int i = 0; i < 20; i++)
            assert_true(allowance_take(&allowance, ALLOW_MOVE, second * SECOND));
}

static void two_hundred_frames_a_second_are_borne_and_more_for_five_seconds(void **state)
{
    struct allowance allowance;
    allowance_init(&allowance, 0);
    for (uint64_t ms = 0; ms < 60000; ms += 5)
        assert_true(allowance_take(&allowance, ALLOW_FRAME, ms * 1000));
    allowance_init(&allowance, 0);
    uint64_t ms = 0; // twice as many
    while (allowance_take(&allowance, ALLOW_FRAME, ms * 1000) &&
           allowance_take(&allowance, ALLOW_FRAME, ms * 1000))
        ms += 5;
    assert_in_range(ms, 4900, 5100);
}

static void a_clock_that_goes_back_earns_nothing(void **state)
{
    struct allowance allowance;
    allowance_init(&allowance, 100 * SECOND);
    assert_int_equal(take_all(&allowance, ALLOW_CHAT, 100 * SECOND), 5);
    assert_int_equal(take_all(&allowance, ALLOW_CHAT, 90 * SECOND), 0);
    assert_int_equal(take_all(&allowance, ALLOW_CHAT, 100 * SECOND), 0);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_chats_at_once_pass_and_then_one_a_second),
        cmocka_unit_test(one_kind_does_not_use_up_another),
        cmocka_unit_test(twenty_errors_are_borne_and_the_next_is_not),
        cmocka_unit_test(thirty_moves_at_once_pass_and_then_twenty_five_a_second),
        cmocka_unit_test(twenty_moves_a_second_always_pass_also_in_bunches),
        cmocka_unit_test(two_hundred_frames_a_second_are_borne_and_more_for_five_seconds),
        cmocka_unit_test(a_clock_that_goes_back_earns_nothing),
    };
    return cmocka_run_group_tests_name("allowance", tests, NULL, NULL);
}
