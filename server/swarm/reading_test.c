#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "swarm/reading.h"

static uint8_t bytes[1024];
static size_t size;
static struct wire_slot slots[2];
static struct reading reading;

static int set_up(void **state)
{
    memset(slots, 0, sizeof slots);
    for (int i = 0; i < 2; i++)
        slots[i] = (struct wire_slot){.use = WIRE_SLOT_TAKEN,
                                      .identity.id = (uint32_t)i + 1,
                                      .changed_tick = 5,
                                      .state = {.x_cm = i * 10, .z_cm = 7}};
    wire_frame_header_write(0, 1, bytes);
    size = WIRE_FRAME_HEADER_BYTES;
    size += wire_full_write(1, WIRE_NEAR, 9, slots, 2, bytes + size);
    return 0;
}

static int tear_down(void **state)
{
    reading_done(&reading);
    return 0;
}

// A section whose bytes may be spoiled: they are those of `bytes`.
static struct wire_section section(void)
{
    struct wire_frame frame;
    struct wire_section out;
    assert_int_equal(wire_frame_read(bytes, size, &frame), WIRE_DONE);
    assert_int_equal(wire_section_read(&frame, &out), WIRE_DONE);
    return out;
}

static void the_same_bytes_are_decoded_once_and_counted_each_time(void **state)
{
    struct wire_section given = section();
    uint32_t changes = 0;
    for (int i = 0; i < 3; i++)
        assert_int_equal(reading_take(&reading, &given, &changes), WIRE_DONE);
    assert_int_equal(changes, 6);
    assert_int_equal(reading.decoded, 1);
}

static void any_other_bytes_are_decoded(void **state)
{
    uint32_t changes = 0;
    struct wire_section given = section();
    assert_int_equal(reading_take(&reading, &given, &changes), WIRE_DONE);
    slots[1].state.z_cm++;
    size_t end = WIRE_FRAME_HEADER_BYTES +
                 wire_full_write(1, WIRE_NEAR, 9, slots, 2, bytes + WIRE_FRAME_HEADER_BYTES);
    assert_int_equal(end, size);
    given = section();
    assert_int_equal(reading_take(&reading, &given, &changes), WIRE_DONE);
    assert_int_equal(reading.decoded, 2);
}

static void a_spoiled_copy_is_refused_every_time(void **state)
{
    uint32_t changes = 0;
    struct wire_section given = section();
    assert_int_equal(reading_take(&reading, &given, &changes), WIRE_DONE);
    bytes[size - 1] |= 0x80; // one of the zeros behind the last record
    given = section();
    assert_int_equal(reading_take(&reading, &given, &changes), WIRE_BAD);
    assert_int_equal(reading_take(&reading, &given, &changes), WIRE_BAD);
    assert_int_equal(changes, 2);
    assert_int_equal(reading.decoded, 3);
}

static void the_same_bytes_of_another_kind_are_another_body(void **state)
{
    uint32_t changes = 0;
    struct wire_section given = section();
    assert_int_equal(reading_take(&reading, &given, &changes), WIRE_DONE);
    given.level = WIRE_FAR; // narrower fields: records end elsewhere, and not with zeros
    assert_int_equal(reading_take(&reading, &given, &changes), WIRE_BAD);
    given = section();
    given.op = WIRE_DELTA;
    reading_take(&reading, &given, &changes);
    assert_int_equal(reading.decoded, 3);
}

static void a_cell_that_is_gone_tells_nothing(void **state)
{
    uint32_t changes = 0;
    struct wire_section gone = {.op = WIRE_GONE, .key = 1};
    assert_int_equal(reading_take(&reading, &gone, &changes), WIRE_DONE);
    assert_int_equal(changes, 0);
    assert_int_equal(reading.decoded, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_bytes_are_decoded_once_and_counted_each_time,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(any_other_bytes_are_decoded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_spoiled_copy_is_refused_every_time, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_bytes_of_another_kind_are_another_body, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_cell_that_is_gone_tells_nothing, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/reading", tests, NULL, NULL);
}
