#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "swarm/view.h"

enum { CAPACITY = 8, CELL = 1 };

static uint8_t bytes[1024];
static size_t size;
static struct wire_slot slots[2];
static struct reading reading;
static struct view view;

static int set_up(void **state)
{
    memset(slots, 0, sizeof slots);
    for (int i = 0; i < 2; i++)
        slots[i] = (struct wire_slot){.use = WIRE_SLOT_TAKEN,
                                      .identity.id = (uint32_t)i + 1,
                                      .changed_tick = 5,
                                      .state = {.x_cm = i * 10, .z_cm = 7}};
    view = (struct view){0};
    return 0;
}

static int tear_down(void **state)
{
    view_done(&view);
    reading_done(&reading);
    return 0;
}

static enum wire_result take(void)
{
    uint32_t changes;
    return view_take(&view, &reading, bytes, size, &changes);
}

static enum wire_result reset_comes(uint8_t sequence)
{
    wire_frame_header_write(WIRE_FRAME_RESET, 5, bytes);
    size = WIRE_FRAME_HEADER_BYTES;
    size += wire_full_write(CELL, WIRE_NEAR, sequence, slots, 2, bytes + size);
    return take();
}

static enum wire_result delta_comes(uint8_t sequence)
{
    wire_frame_header_write(0, 5, bytes);
    size = WIRE_FRAME_HEADER_BYTES;
    size += wire_delta_write(CELL, WIRE_NEAR, sequence, 4, 5, slots, 2, bytes + size);
    return take();
}

static void a_kept_picture_holds_what_came(void **state)
{
    view_keep_picture(&view, CAPACITY);
    assert_int_equal(reset_comes(1), WIRE_DONE);
    assert_int_equal(delta_comes(2), WIRE_DONE);
    assert_int_equal(picture_count(view.picture), 2);
}

static void a_lent_picture_begins_with_the_next_reset(void **state)
{
    void *block = view_block_create(CAPACITY);
    assert_int_equal(reset_comes(1), WIRE_DONE);
    view_lend(&view, block, CAPACITY);
    assert_int_equal(delta_comes(2), WIRE_DONE);
    assert_false(view.begun);
    assert_int_equal(picture_count(view.picture), 0);
    assert_int_equal(reset_comes(2), WIRE_DONE);
    assert_true(view.begun);
    assert_int_equal(picture_count(view.picture), 2);
    view_take_back(&view);
    assert_int_equal(delta_comes(3), WIRE_DONE);
    free(block);
}

static void a_block_lent_again_remembers_nobody(void **state)
{
    void *block = view_block_create(CAPACITY);
    view_lend(&view, block, CAPACITY);
    assert_int_equal(reset_comes(1), WIRE_DONE);
    view_take_back(&view);
    view_lend(&view, block, CAPACITY);
    assert_int_equal(picture_count(view.picture), 0);
    assert_false(view.begun);
    free(block);
}

// A gap is noticed whether there is a picture or not, and nothing counts until a RESET.
static void a_gap_is_bad_once_and_then_a_reset_is_awaited(void **state)
{
    void *block = view_block_create(CAPACITY);
    for (int lent = 0; lent < 2; lent++) {
        if (lent)
            view_lend(&view, block, CAPACITY);
        assert_int_equal(reset_comes(1), WIRE_DONE);
        assert_int_equal(delta_comes(3), WIRE_BAD);
        assert_false(view.begun);
        assert_int_equal(delta_comes(9), WIRE_DONE);
        assert_int_equal(reset_comes(9), WIRE_DONE);
        assert_int_equal(delta_comes(10), WIRE_DONE);
        assert_int_equal(view.begun, lent);
    }
    free(block);
}

static void what_is_not_a_frame_is_bad(void **state)
{
    size = 3;
    assert_int_equal(take(), WIRE_BAD);
}

static void a_new_connection_begins_with_an_empty_picture(void **state)
{
    view_keep_picture(&view, CAPACITY);
    assert_int_equal(reset_comes(7), WIRE_DONE);
    assert_int_equal(picture_count(view.picture), 2);
    view_restart(&view, CAPACITY);
    assert_int_equal(picture_count(view.picture), 0);
    // A cell of the last connection is not known any more: its delta is passed over.
    assert_int_equal(delta_comes(9), WIRE_DONE);
    assert_int_equal(picture_count(view.picture), 0);
    assert_int_equal(reset_comes(1), WIRE_DONE);
    assert_int_equal(picture_count(view.picture), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_kept_picture_holds_what_came, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_lent_picture_begins_with_the_next_reset, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_block_lent_again_remembers_nobody, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_gap_is_bad_once_and_then_a_reset_is_awaited, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_a_frame_is_bad, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_new_connection_begins_with_an_empty_picture, set_up,
                                        tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/view", tests, NULL, NULL);
}
