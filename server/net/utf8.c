#include "net/utf8.h"

#include <string.h>

#include "base/assert.h"

// The states are RFC 3629's grammar: after a lead byte, which range the next byte must be in, and
// how many plain continuation bytes follow that one.
//
//   state  after        next byte  then
//   1      any          80..BF     boundary
//   2      E1-EC,EE,EF  80..BF     1
//   3      E0           A0..BF     1       (no overlong form)
//   4      ED           80..9F     1       (no surrogate)
//   5      F1-F3        80..BF     2
//   6      F0           90..BF     2       (no overlong form)
//   7      F4           80..8F     2       (nothing above U+10FFFF)

struct utf8_step {
    uint8_t least, most, next;
};

static const struct utf8_step steps[] = {
    [1] = {0x80, 0xbf, UTF8_BOUNDARY},
    [2] = {0x80, 0xbf, 1},
    [3] = {0xa0, 0xbf, 1},
    [4] = {0x80, 0x9f, 1},
    [5] = {0x80, 0xbf, 2},
    [6] = {0x90, 0xbf, 2},
    [7] = {0x80, 0x8f, 2},
};

static uint32_t after_lead(uint8_t byte)
{
    if (byte < 0x80)
        return UTF8_BOUNDARY;
    if (byte < 0xc2) // continuation bytes, and leads of overlong two-byte forms
        return UTF8_BROKEN;
    if (byte < 0xe0)
        return 1;
    if (byte < 0xf0)
        return byte == 0xe0 ? 3 : byte == 0xed ? 4 : 2;
    if (byte < 0xf5)
        return byte == 0xf0 ? 6 : byte == 0xf4 ? 7 : 5;
    return UTF8_BROKEN;
}

static uint32_t follow_byte(uint32_t state, uint8_t byte)
{
    if (state == UTF8_BOUNDARY)
        return after_lead(byte);
    const struct utf8_step *step = &steps[state];
    return byte >= step->least && byte <= step->most ? step->next : UTF8_BROKEN;
}

uint32_t utf8_follow(uint32_t state, const uint8_t *bytes, size_t size)
{
    ASSERT(state <= UTF8_BROKEN);
    for (size_t i = 0; i < size && state != UTF8_BROKEN;) {
        uint64_t eight;
        if (state == UTF8_BOUNDARY && size - i >= sizeof eight) {
            memcpy(&eight, bytes + i, sizeof eight);
            if (!(eight & 0x8080808080808080u)) {
                i += sizeof eight;
                continue;
            }
        }
        state = follow_byte(state, bytes[i++]);
    }
    return state;
}
