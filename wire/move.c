#include "wire/bytes.h"
#include "wire/codec.h"

enum {
    MOVE_SEQUENCE = 1,
    MOVE_X = 3,
    MOVE_Y = 6,
    MOVE_Z = 8,
    MOVE_YAW = 11,
    MOVE_POSE = 12,
    MOVE_FLAGS = 13,
};

void wire_move_write(const struct wire_move *move, uint8_t out[WIRE_MOVE_BYTES])
{
    out[0] = WIRE_KIND_MOVE;
    bytes_put16(out + MOVE_SEQUENCE, move->sequence);
    bytes_put24(out + MOVE_X, (uint32_t)move->state.x_cm);
    bytes_put16(out + MOVE_Y, (uint32_t)move->state.y_cm);
    bytes_put24(out + MOVE_Z, (uint32_t)move->state.z_cm);
    out[MOVE_YAW] = move->state.yaw;
    out[MOVE_POSE] = move->state.pose;
    out[MOVE_FLAGS] = move->state.flags;
}

static int32_t signed24(uint32_t value)
{
    return (int32_t)(value << 8) >> 8;
}

static bool coordinate_is_valid(int32_t cm)
{
    return cm >= WIRE_COORDINATE_MIN_CM && cm <= WIRE_COORDINATE_MAX_CM;
}

enum wire_result wire_move_read(const uint8_t *bytes, size_t size, struct wire_move *out)
{
    if (size != WIRE_MOVE_BYTES || bytes[0] != WIRE_KIND_MOVE || bytes[MOVE_POSE] >= WIRE_POSES)
        return WIRE_BAD;
    int32_t x_cm = signed24(bytes_get24(bytes + MOVE_X));
    int32_t z_cm = signed24(bytes_get24(bytes + MOVE_Z));
    if (!coordinate_is_valid(x_cm) || !coordinate_is_valid(z_cm))
        return WIRE_BAD;
    *out = (struct wire_move){
        .sequence = (uint16_t)bytes_get16(bytes + MOVE_SEQUENCE),
        .state = {.x_cm = x_cm,
                  .y_cm = (int16_t)bytes_get16(bytes + MOVE_Y),
                  .z_cm = z_cm,
                  .yaw = bytes[MOVE_YAW],
                  .pose = bytes[MOVE_POSE],
                  .flags = bytes[MOVE_FLAGS]},
    };
    return WIRE_DONE;
}
