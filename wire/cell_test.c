#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wire/codec.h"
#include "wire/dice.h"

static void the_root_is_the_whole_ground(void **state)
{
    (void)state;
    struct wire_cell root = wire_key_cell(1);
    assert_int_equal(root.x_cm, WIRE_COORDINATE_MIN_CM);
    assert_int_equal(root.z_cm, WIRE_COORDINATE_MIN_CM);
    assert_int_equal(root.exponent, WIRE_GROUND_EXPONENT);
    assert_int_equal(wire_key_depth(1), 0);
}

static void a_key_is_valid_when_its_top_bit_tells_a_depth(void **state)
{
    (void)state;
    for (uint32_t key = 0; key < 1u << 24; key++) {
        bool valid = false;
        for (unsigned depth = 0; depth <= WIRE_DEPTH_MAX; depth++)
            valid |= key >> 2 * depth == 1;
        if (wire_key_is_valid(key) != valid)
            fail_msg("key %u", key);
    }
    assert_false(wire_key_is_valid(UINT32_MAX));
}

static void children_are_quarters_of_their_parent(void **state)
{
    (void)state;
    for (uint32_t key = 1; key < 1u << 2 * 5; key++) {
        if (!wire_key_is_valid(key))
            continue;
        struct wire_cell parent = wire_key_cell(key);
        for (uint32_t quarter = 0; quarter < 4; quarter++) {
            struct wire_cell child = wire_key_cell(4 * key + quarter);
            assert_int_equal(child.exponent, parent.exponent - 1);
            assert_int_equal(child.x_cm, parent.x_cm + (int32_t)((quarter & 1) << child.exponent));
            assert_int_equal(child.z_cm, parent.z_cm + (int32_t)((quarter >> 1) << child.exponent));
        }
    }
}

static void the_key_at_a_point_is_of_a_cell_that_holds_it(void **state)
{
    (void)state;
    struct dice dice = {.state = 11};
    for (int i = 0; i < 50000; i++) {
        int32_t x_cm = dice_between(&dice, WIRE_COORDINATE_MIN_CM, WIRE_COORDINATE_MAX_CM);
        int32_t z_cm = dice_between(&dice, WIRE_COORDINATE_MIN_CM, WIRE_COORDINATE_MAX_CM);
        unsigned depth = dice_below(&dice, WIRE_DEPTH_MAX + 1);
        uint32_t key = wire_key_at(x_cm, z_cm, depth);
        assert_true(wire_key_is_valid(key));
        assert_int_equal(wire_key_depth(key), depth);
        struct wire_cell cell = wire_key_cell(key);
        assert_int_equal(cell.exponent, WIRE_GROUND_EXPONENT - depth);
        assert_in_range(x_cm - cell.x_cm, 0, (1 << cell.exponent) - 1);
        assert_in_range(z_cm - cell.z_cm, 0, (1 << cell.exponent) - 1);
    }
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_root_is_the_whole_ground),
        cmocka_unit_test(a_key_is_valid_when_its_top_bit_tells_a_depth),
        cmocka_unit_test(children_are_quarters_of_their_parent),
        cmocka_unit_test(the_key_at_a_point_is_of_a_cell_that_holds_it),
    };
    return cmocka_run_group_tests_name("wire/cell", tests, NULL, NULL);
}
