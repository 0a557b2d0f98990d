#include "wire/codec.h"

// The bits of `value` moved to the even places.
static uint32_t spread(uint32_t value)
{
    value = (value | value << 8) & 0x00ff00ff;
    value = (value | value << 4) & 0x0f0f0f0f;
    value = (value | value << 2) & 0x33333333;
    return (value | value << 1) & 0x55555555;
}

// The reverse: the bits at the even places, put together.
static uint32_t gather(uint32_t value)
{
    value &= 0x55555555;
    value = (value | value >> 1) & 0x33333333;
    value = (value | value >> 2) & 0x0f0f0f0f;
    value = (value | value >> 4) & 0x00ff00ff;
    return (value | value >> 8) & 0x0000ffff;
}

bool wire_key_is_valid(uint32_t key)
{
    if (key == 0)
        return false;
    unsigned top = 31 - (unsigned)__builtin_clz(key);
    return top % 2 == 0 && top / 2 <= WIRE_DEPTH_MAX;
}

unsigned wire_key_depth(uint32_t key)
{
    return (31 - (unsigned)__builtin_clz(key)) / 2;
}

struct wire_cell wire_key_cell(uint32_t key)
{
    unsigned depth = wire_key_depth(key);
    unsigned exponent = WIRE_GROUND_EXPONENT - depth;
    uint32_t morton = key - ((uint32_t)1 << 2 * depth);
    return (struct wire_cell){
        .x_cm = (int32_t)(gather(morton) << exponent) + WIRE_COORDINATE_MIN_CM,
        .z_cm = (int32_t)(gather(morton >> 1) << exponent) + WIRE_COORDINATE_MIN_CM,
        .exponent = (uint8_t)exponent,
    };
}

uint32_t wire_key_at(int32_t x_cm, int32_t z_cm, unsigned depth)
{
    unsigned exponent = WIRE_GROUND_EXPONENT - depth;
    uint32_t column = (uint32_t)(x_cm - WIRE_COORDINATE_MIN_CM) >> exponent;
    uint32_t row = (uint32_t)(z_cm - WIRE_COORDINATE_MIN_CM) >> exponent;
    return (uint32_t)1 << 2 * depth | spread(column) | spread(row) << 1;
}
