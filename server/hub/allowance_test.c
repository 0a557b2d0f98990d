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

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_chats_at_once_pass_and_then_one_a_second),
        cmocka_unit_test(one_kind_does_not_use_up_another),
        cmocka_unit_test(twenty_errors_are_borne_and_the_next_is_not),
    };
    return cmocka_run_group_tests_name("allowance", tests, NULL, NULL);
}
