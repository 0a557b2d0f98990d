// Any bytes are a move in range or refused; a move that is read is written as the same bytes.
#include "fuzz/target.h"
#include "wire/codec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *exact = target_copy(data, size);
    struct wire_move move;
    if (wire_move_read(exact, size, &move) == WIRE_DONE) {
        const struct wire_state *state = &move.state;
        uint8_t anew[WIRE_MOVE_BYTES];
        TARGET_CHECK(state->x_cm >= WIRE_COORDINATE_MIN_CM &&
                     state->x_cm <= WIRE_COORDINATE_MAX_CM);
        TARGET_CHECK(state->z_cm >= WIRE_COORDINATE_MIN_CM &&
                     state->z_cm <= WIRE_COORDINATE_MAX_CM);
        TARGET_CHECK(state->pose < WIRE_POSES);
        wire_move_write(&move, anew);
        TARGET_CHECK(size == sizeof anew && memcmp(anew, exact, size) == 0);
    }
    free(exact);
    return 0;
}
