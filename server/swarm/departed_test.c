#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "swarm/departed.h"

enum { SECOND_US = 1000000 };

static void who_cut_the_connection_may_linger_longer_than_who_left(void **state)
{
    struct departed departed = {0};
    departed_add(&departed, 3, 0x10001, true, SECOND_US);
    departed_add(&departed, 3, 0x10002, false, SECOND_US);
    const struct departed_row *left = &departed.rows[1], *cut = &departed.rows[2];
    assert_int_equal(left->id, 0x10001);
    assert_int_equal(cut->instance, 3);
    assert_true(departed_may_linger(left, 2 * SECOND_US));
    assert_false(departed_may_linger(left, 5 * SECOND_US));
    assert_true(departed_may_linger(cut, 31 * SECOND_US));
    assert_false(departed_may_linger(cut, (uint64_t)40 * SECOND_US));
    departed_done(&departed);
    assert_null(departed.rows);
}

static void the_last_who_had_an_index_stands_for_it(void **state)
{
    struct departed departed = {0};
    departed_add(&departed, 3, 0x10001, true, SECOND_US);
    departed_add(&departed, 3, 0x20001, true, 2 * SECOND_US);
    assert_int_equal(departed.rows[1].id, 0x20001);
    departed_done(&departed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_cut_the_connection_may_linger_longer_than_who_left),
        cmocka_unit_test(the_last_who_had_an_index_stands_for_it),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/departed", tests, NULL, NULL);
}
