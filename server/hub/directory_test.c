// The choice of an instance for newcomers.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hub/directory.h"

static struct directory directory;

static uint32_t choose(uint64_t second)
{
    uint32_t number = 0;
    struct error err;
    return directory_choose(&directory, 0, second * 1000000, &number, &err) ? number : 0;
}

static void people_are_brought_together_in_the_fullest_that_has_room(void **state)
{
    directory_init(&directory, 10);
    directory_publish(&directory, 1, 3);
    directory_publish(&directory, 2, 7);
    directory_publish(&directory, 3, 10);
    assert_int_equal(choose(100), 2);
}

static void a_rush_does_not_overfill_before_anyone_arrived(void **state)
{
    directory_init(&directory, 10);
    for (int i = 0; i < 10; i++)
        assert_int_equal(choose(100), 1);
    assert_int_equal(choose(100), 2);
}

static void those_who_arrived_are_not_counted_twice(void **state)
{
    directory_init(&directory, 10);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(choose(100), 1);
        directory_arrived(&directory, 1);
    }
    directory_publish(&directory, 1, 5);
    for (int i = 0; i < 5; i++)
        assert_int_equal(choose(101), 1);
    assert_int_equal(choose(101), 2);
}

static void a_promise_is_forgotten_after_a_minute(void **state)
{
    directory_init(&directory, 1);
    assert_int_equal(choose(100), 1);
    assert_int_equal(choose(130), 2);
    assert_int_equal(choose(161), 1);
}

static void a_full_or_impossible_instance_that_is_asked_for_is_refused(void **state)
{
    directory_init(&directory, 2);
    directory_publish(&directory, 4, 2);
    uint32_t number = 77;
    struct error err;
    assert_false(directory_choose(&directory, 4, 1, &number, &err));
    assert_int_equal(err.code, ERR_LIMIT);
    assert_false(directory_choose(&directory, 65, 1, &number, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_int_equal(number, 77);
    assert_true(directory_choose(&directory, 5, 1, &number, &err));
    assert_int_equal(number, 5);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_brought_together_in_the_fullest_that_has_room),
        cmocka_unit_test(a_rush_does_not_overfill_before_anyone_arrived),
        cmocka_unit_test(those_who_arrived_are_not_counted_twice),
        cmocka_unit_test(a_promise_is_forgotten_after_a_minute),
        cmocka_unit_test(a_full_or_impossible_instance_that_is_asked_for_is_refused),
    };
    return cmocka_run_group_tests_name("directory", tests, NULL, NULL);
}
