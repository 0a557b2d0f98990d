#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/buffer.h"

static void appended_bytes_stand_in_order(void **state)
{
    struct buffer buffer = {0};
    for (int i = 0; i < 1000; i++) {
        uint8_t pair[2] = {(uint8_t)i, (uint8_t)(i >> 8)};
        buffer_append(&buffer, pair, sizeof(pair));
    }
    assert_int_equal(buffer.size, 2000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(buffer.bytes[2 * i] | buffer.bytes[2 * i + 1] << 8, i);
    buffer_done(&buffer);
    assert_null(buffer.bytes);
}

static void appending_nothing_to_nothing_is_fine(void **state)
{
    struct buffer buffer = {0};
    buffer_append(&buffer, NULL, 0);
    buffer_consume(&buffer, 0);
    buffer_trim(&buffer, 0);
    assert_int_equal(buffer.size, 0);
    buffer_done(&buffer);
}

static void reserved_room_can_be_written_to_its_last_byte(void **state)
{
    struct buffer buffer = {0};
    buffer_append(&buffer, "ab", 2);
    uint8_t *room = buffer_reserve(&buffer, 777);
    memset(room, 'z', 777);
    buffer.size += 777;
    assert_memory_equal(buffer.bytes, "abzz", 4);
    assert_true(buffer.capacity >= 779);
    buffer_done(&buffer);
}

static void printing_appends_without_the_terminator(void **state)
{
    struct buffer buffer = {0};
    buffer_printf(&buffer, "%s %d;", "tick", 7);
    buffer_printf(&buffer, "%0200d", 1);
    assert_int_equal(buffer.size, 7 + 200);
    assert_memory_equal(buffer.bytes, "tick 7;000", 10);
    assert_int_equal(buffer.bytes[buffer.size - 1], '1');
    buffer_done(&buffer);
}

static void consuming_drops_from_the_front(void **state)
{
    struct buffer buffer = {0};
    buffer_append(&buffer, "abcdef", 6);
    buffer_consume(&buffer, 2);
    assert_int_equal(buffer.size, 4);
    assert_memory_equal(buffer.bytes, "cdef", 4);
    buffer_consume(&buffer, 4);
    assert_int_equal(buffer.size, 0);
    buffer_done(&buffer);
}

static void trimming_frees_only_what_is_empty_and_large(void **state)
{
    struct buffer buffer = {0};
    buffer_append(&buffer, "x", 1);
    buffer_reserve(&buffer, 5000);
    buffer_trim(&buffer, 64);
    assert_non_null(buffer.bytes);
    buffer_consume(&buffer, 1);
    buffer_trim(&buffer, 100000);
    assert_non_null(buffer.bytes);
    buffer_trim(&buffer, 64);
    assert_null(buffer.bytes);
    assert_int_equal(buffer.capacity, 0);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(appended_bytes_stand_in_order),
        cmocka_unit_test(appending_nothing_to_nothing_is_fine),
        cmocka_unit_test(reserved_room_can_be_written_to_its_last_byte),
        cmocka_unit_test(printing_appends_without_the_terminator),
        cmocka_unit_test(consuming_drops_from_the_front),
        cmocka_unit_test(trimming_frees_only_what_is_empty_and_large),
    };
    return cmocka_run_group_tests_name("buffer", tests, NULL, NULL);
}
