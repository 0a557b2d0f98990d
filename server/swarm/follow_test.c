#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "swarm/follow.h"

static uint8_t bytes[4096];
static size_t size;
static struct wire_slot slots[2];
static struct reading reading;

static void frame_begin(uint8_t flags)
{
    wire_frame_header_write(flags, 1, bytes);
    size = WIRE_FRAME_HEADER_BYTES;
}

static void add_full(uint32_t key, enum wire_level level, uint8_t sequence)
{
    size += wire_full_write(key, level, sequence, slots, 2, bytes + size);
}

static void add_delta(uint32_t key, enum wire_level level, uint8_t sequence)
{
    size_t more = wire_delta_write(key, level, sequence, 4, 5, slots, 2, bytes + size);
    assert_true(more > 0);
    size += more;
}

static enum wire_result take(struct follow *follow, uint32_t *changes)
{
    return follow_apply(follow, &reading, bytes, size, changes);
}

static int set_up(void **state)
{
    static struct follow follow;
    follow = (struct follow){0};
    memset(slots, 0, sizeof slots);
    for (int i = 0; i < 2; i++)
        slots[i] = (struct wire_slot){.use = WIRE_SLOT_TAKEN,
                                      .identity.id = (uint32_t)i + 1,
                                      .changed_tick = 5,
                                      .state = {.x_cm = i * 10, .z_cm = 7}};
    *state = &follow;
    return 0;
}

static int tear_down(void **state)
{
    follow_done(*state);
    reading_done(&reading);
    return 0;
}

static void deltas_follow_the_whole_cell(void **state)
{
    uint32_t changes;
    frame_begin(WIRE_FRAME_RESET);
    add_full(1, WIRE_NEAR, 254);
    assert_int_equal(take(*state, &changes), WIRE_DONE);
    assert_int_equal(changes, 2);
    for (int sequence = 255; sequence < 260; sequence++) {
        frame_begin(0);
        add_delta(1, WIRE_NEAR, (uint8_t)sequence);
        assert_int_equal(take(*state, &changes), WIRE_DONE);
        assert_int_equal(changes, 2);
    }
}

static void a_lost_delta_is_noticed(void **state)
{
    uint32_t changes;
    frame_begin(WIRE_FRAME_RESET);
    add_full(1, WIRE_NEAR, 3);
    assert_int_equal(take(*state, &changes), WIRE_DONE);
    frame_begin(0);
    add_delta(1, WIRE_NEAR, 5);
    assert_int_equal(take(*state, &changes), WIRE_BAD);
}

static void deltas_of_another_level_or_an_unknown_cell_are_passed_over(void **state)
{
    uint32_t changes;
    frame_begin(WIRE_FRAME_RESET);
    add_full(1, WIRE_NEAR, 3);
    add_delta(1, WIRE_FAR, 200);
    add_delta(wire_key_at(0, 0, 3), WIRE_NEAR, 77);
    assert_int_equal(take(*state, &changes), WIRE_DONE);
    assert_int_equal(follow_find(*state, 1)->sequence, 3);
    assert_null(follow_find(*state, wire_key_at(0, 0, 3)));
}

static void a_cell_that_is_gone_is_forgotten(void **state)
{
    uint32_t changes;
    frame_begin(WIRE_FRAME_RESET);
    add_full(1, WIRE_NEAR, 3);
    size += wire_gone_write(1, bytes + size);
    assert_int_equal(take(*state, &changes), WIRE_DONE);
    assert_null(follow_find(*state, 1));
}

static void a_reset_forgets_everything(void **state)
{
    uint32_t changes;
    frame_begin(WIRE_FRAME_RESET);
    add_full(1, WIRE_NEAR, 3);
    assert_int_equal(take(*state, &changes), WIRE_DONE);
    frame_begin(WIRE_FRAME_RESET);
    assert_int_equal(take(*state, &changes), WIRE_DONE);
    assert_null(follow_find(*state, 1));
}

static void what_is_not_a_frame_is_bad(void **state)
{
    uint32_t changes;
    frame_begin(WIRE_FRAME_RESET);
    add_full(1, WIRE_NEAR, 3);
    size--;
    assert_int_equal(take(*state, &changes), WIRE_BAD);
    size = 2;
    assert_int_equal(take(*state, &changes), WIRE_BAD);
}

// Against a plain list of who is in: the table must neither lose nor keep anything.
static void many_cells_come_and_go(void **state)
{
    struct follow *follow = *state;
    static uint8_t known[2048];
    uint32_t changes, step = 1;
    memset(known, 0, sizeof known);
    memset(slots, 0, sizeof slots);
    for (int round = 0; round < 6000; round++) {
        step = step * 1103515245 + 12345;
        uint32_t index = step >> 16 & 1023, key = 1024 + index;
        frame_begin(0);
        if (known[index] && step & 1) {
            size += wire_gone_write(key, bytes + size);
            known[index] = 0;
        } else {
            add_full(key, WIRE_MIDDLE, (uint8_t)round);
            known[index] = 1;
        }
        assert_int_equal(take(follow, &changes), WIRE_DONE);
    }
    uint32_t count = 0;
    for (uint32_t index = 0; index < 1024; index++) {
        count += known[index];
        assert_int_equal(follow_find(follow, 1024 + index) != NULL, known[index]);
    }
    assert_int_equal(follow->count, count);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(deltas_follow_the_whole_cell, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_lost_delta_is_noticed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(deltas_of_another_level_or_an_unknown_cell_are_passed_over,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cell_that_is_gone_is_forgotten, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_reset_forgets_everything, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_a_frame_is_bad, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_cells_come_and_go, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/follow", tests, NULL, NULL);
}
