#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wire/codec.h"
#include "wire/dice.h"

static void assert_moves_equal(const struct wire_move *a, const struct wire_move *b)
{
    assert_int_equal(a->sequence, b->sequence);
    assert_int_equal(a->state.x_cm, b->state.x_cm);
    assert_int_equal(a->state.y_cm, b->state.y_cm);
    assert_int_equal(a->state.z_cm, b->state.z_cm);
    assert_int_equal(a->state.yaw, b->state.yaw);
    assert_int_equal(a->state.pose, b->state.pose);
    assert_int_equal(a->state.flags, b->state.flags);
}

static struct wire_move some_move(struct dice *dice)
{
    return (struct wire_move){
        .sequence = (uint16_t)dice_next(dice),
        .state = {.x_cm = dice_between(dice, WIRE_COORDINATE_MIN_CM, WIRE_COORDINATE_MAX_CM),
                  .z_cm = dice_between(dice, WIRE_COORDINATE_MIN_CM, WIRE_COORDINATE_MAX_CM),
                  .y_cm = (int16_t)dice_next(dice),
                  .yaw = (uint8_t)dice_next(dice),
                  .pose = (uint8_t)dice_below(dice, WIRE_POSES),
                  .flags = (uint8_t)dice_next(dice)},
    };
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct dice dice = {.state = 7};
    for (int i = 0; i < 20000; i++) {
        struct wire_move move = some_move(&dice), read;
        uint8_t bytes[WIRE_MOVE_BYTES];
        wire_move_write(&move, bytes);
        assert_int_equal(wire_move_read(bytes, sizeof bytes, &read), WIRE_DONE);
        assert_moves_equal(&move, &read);
    }
}

static void every_other_size_is_refused(void **state)
{
    (void)state;
    struct wire_move move = {.sequence = 1}, read;
    uint8_t bytes[WIRE_MOVE_BYTES + 1] = {0};
    wire_move_write(&move, bytes);
    for (size_t size = 0; size <= sizeof bytes; size++) {
        uint8_t *exact = malloc(size ? size : 1);
        assert_non_null(exact);
        memcpy(exact, bytes, size);
        assert_int_equal(wire_move_read(exact, size, &read),
                         size == WIRE_MOVE_BYTES ? WIRE_DONE : WIRE_BAD);
        free(exact);
    }
}

// Writes the move, and tells whether it is read again.
static bool is_taken(const struct wire_move *move)
{
    uint8_t bytes[WIRE_MOVE_BYTES];
    struct wire_move read;
    wire_move_write(move, bytes);
    return wire_move_read(bytes, sizeof bytes, &read) == WIRE_DONE;
}

static void a_place_beside_the_ground_is_refused(void **state)
{
    (void)state;
    struct wire_move move = {.state = {.x_cm = WIRE_COORDINATE_MAX_CM}};
    assert_true(is_taken(&move));
    move.state.x_cm++;
    assert_false(is_taken(&move));
    move.state.x_cm = WIRE_COORDINATE_MIN_CM;
    assert_true(is_taken(&move));
    move.state.x_cm--;
    assert_false(is_taken(&move));
    move.state = (struct wire_state){.z_cm = WIRE_COORDINATE_MIN_CM - 1};
    assert_false(is_taken(&move));
    move.state.z_cm = WIRE_COORDINATE_MAX_CM + 1;
    assert_false(is_taken(&move));
}

static void an_unknown_pose_or_kind_is_refused(void **state)
{
    (void)state;
    uint8_t bytes[WIRE_MOVE_BYTES];
    struct wire_move move = {.state = {.pose = WIRE_POSES - 1}}, read;
    wire_move_write(&move, bytes);
    assert_int_equal(wire_move_read(bytes, sizeof bytes, &read), WIRE_DONE);
    bytes[12] = WIRE_POSES;
    assert_int_equal(wire_move_read(bytes, sizeof bytes, &read), WIRE_BAD);
    bytes[12] = 0;
    bytes[0] = WIRE_KIND_FRAME;
    assert_int_equal(wire_move_read(bytes, sizeof bytes, &read), WIRE_BAD);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(every_other_size_is_refused),
        cmocka_unit_test(a_place_beside_the_ground_is_refused),
        cmocka_unit_test(an_unknown_pose_or_kind_is_refused),
    };
    return cmocka_run_group_tests_name("wire/move", tests, NULL, NULL);
}
