#include "wire/codec.h"

const uint8_t wire_level_period[WIRE_LEVELS] = {1, 4, 20};
const uint8_t wire_level_exponent[WIRE_LEVELS] = {0, 3, 5};
const uint8_t wire_level_yaw_shift[WIRE_LEVELS] = {0, 2, 4};

// The middle of the unit of 2^exponent that holds `value`, counted from `base`.
static int32_t unit_middle(int32_t value, int32_t base, unsigned exponent)
{
    uint32_t unit = (uint32_t)(value - base) >> exponent << exponent;
    return base + (int32_t)(unit + ((uint32_t)1 << exponent >> 1));
}

struct wire_state wire_state_at_level(const struct wire_state *state, uint32_t key,
                                      enum wire_level level)
{
    struct wire_cell cell = wire_key_cell(key);
    unsigned exponent = wire_level_exponent[level];
    struct wire_state seen = *state;
    seen.x_cm = unit_middle(state->x_cm, cell.x_cm, exponent);
    seen.z_cm = unit_middle(state->z_cm, cell.z_cm, exponent);
    // A section's y_base is a multiple of the unit, and so is INT16_MIN: the units are the same.
    seen.y_cm = (int16_t)unit_middle(state->y_cm, INT16_MIN, exponent);
    seen.yaw = (uint8_t)unit_middle(state->yaw, 0, wire_level_yaw_shift[level]);
    return seen;
}
