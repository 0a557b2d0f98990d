#include "swarm/garbage.h"

#include <string.h>

#include "base/assert.h"
#include "net/websocket.h"
#include "wire/codec.h"

enum { FLOOD_MOVES = 3000, PIECES = 50, DRIBBLE_BYTES = 4000, FIN = 0x80, MASKED = 0x80 };

static const uint8_t no_mask[4];

static void binary_append(struct buffer *out, const void *bytes, size_t size)
{
    websocket_append_masked(out, WEBSOCKET_OP_BINARY, bytes, size, no_mask);
}

static void text_append(struct buffer *out, const char *text)
{
    websocket_append_masked(out, WEBSOCKET_OP_TEXT, text, strlen(text), no_mask);
}

static void move_make(struct random *random, uint8_t bytes[WIRE_MOVE_BYTES])
{
    struct wire_move move = {
        .sequence = (uint16_t)random_below(random, 65536),
        .state = {.x_cm = (int32_t)random_below(random, 8000) - 4000,
                  .z_cm = (int32_t)random_below(random, 8000) - 4000,
                  .yaw = (uint8_t)random_below(random, 256)},
    };
    wire_move_write(&move, bytes);
}

static void state_write(uint32_t step, struct random *random, struct buffer *out)
{
    enum { POSE_AT = 12, CODES = 64 };
    uint8_t move[WIRE_MOVE_BYTES + 8] = {0};
    move_make(random, move);
    switch (step % 5) {
    case 0: // too short
        binary_append(out, move, random_below(random, WIRE_MOVE_BYTES - 1) + 1);
        break;
    case 1: // too long
        binary_append(out, move, sizeof move);
        break;
    case 2: // no such pose
        move[POSE_AT] = (uint8_t)(CODES + random_below(random, 256 - CODES));
        binary_append(out, move, WIRE_MOVE_BYTES);
        break;
    case 3: // outside any world
        memset(move + 3, 0x7f, 8);
        binary_append(out, move, WIRE_MOVE_BYTES);
        break;
    default: // of no kind, once the others have been borne for a while
        move[0] = step < 100 ? move[0] : 0xee;
        binary_append(out, move, step < 100 ? WIRE_MOVE_BYTES - 1 : WIRE_MOVE_BYTES);
    }
}

static void nested_append(struct buffer *out)
{
    char text[3001];
    memset(text, '[', sizeof text - 1);
    text[sizeof text - 1] = 0;
    text_append(out, text);
}

static void events_write(uint32_t step, struct random *random, struct buffer *out)
{
    static const char *const texts[] = {
        "",
        "{",
        "null",
        "[{\"t\":\"chat\"}]",
        "{\"t\":7}",
        "{\"t\":\"no such event\",\"x\":1e999}",
        "{\"t\":\"chat\",\"text\":42}",
        "{\"t\":\"profiles\",\"ids\":[-1,99999999999999999999,\"x\"]}",
        "{\"t\":\"emote\",\"emote\":\"../../etc\"}",
        "{\"t\":\"profile\",\"name\":\"\\u0000\\u202e\"}",
    };
    enum { TEXTS = sizeof texts / sizeof texts[0] };
    uint32_t which = random_below(random, TEXTS + 2);
    static const uint8_t not_utf8[] = {'{', '"', 0xc0, 0xaf, 0xff, '"', '}'};
    if (which < TEXTS)
        text_append(out, texts[which]);
    else if (which == TEXTS || step < 100)
        nested_append(out);
    else
        websocket_append_masked(out, WEBSOCKET_OP_TEXT, not_utf8, sizeof not_utf8, no_mask);
}

static void framing_write(uint32_t step, struct random *random, struct buffer *out)
{
    static const uint8_t frames[][14] = {
        {FIN | 0x40 | 2, MASKED | 1, 0, 0, 0, 0, 1},            // a reserved bit
        {FIN | 3, MASKED | 1, 0, 0, 0, 0, 1},                   // a reserved opcode
        {FIN | 2, 1, 1},                                        // not masked
        {FIN | 9, MASKED | 126, 1, 0, 0, 0, 0, 0},              // a ping of 256 bytes
        {9, MASKED | 1, 0, 0, 0, 0, 1},                         // a ping in pieces
        {FIN | 0, MASKED | 1, 0, 0, 0, 0, 1},                   // goes on with nothing
        {FIN | 2, MASKED | 127, 0x7f, 255, 255, 255, 255, 255}, // of 9 exabytes
        {FIN | 2, MASKED | 126, 0x7f, 255, 0, 0, 0, 0},         // of 32 kB
        {FIN | 8, MASKED | 2, 0, 0, 0, 0, 0x03, 0xed},          // closes with 1005
    };
    // Pings first, as many as may be, for the server to answer.
    if (step < 5) {
        for (int i = 0; i < PIECES; i++)
            websocket_append_masked(out, WEBSOCKET_OP_PING, "garbage", 7, no_mask);
        return;
    }
    const uint8_t *frame = frames[random_below(random, sizeof frames / sizeof frames[0])];
    buffer_append(out, frame, sizeof frames[0]);
}

static void fragments_write(uint32_t step, struct buffer *out)
{
    for (int i = 0; i < PIECES; i++) {
        uint8_t first = step == 0 && i == 0 ? WEBSOCKET_OP_TEXT : 0;
        const uint8_t piece[] = {first, MASKED | 1, 0, 0, 0, 0, ' '};
        buffer_append(out, piece, sizeof piece);
    }
}

static void dribble_write(uint32_t step, struct buffer *out)
{
    static const uint8_t head[] = {
        FIN | 2, MASKED | 126, DRIBBLE_BYTES >> 8, DRIBBLE_BYTES & 255, 0, 0, 0, 0};
    if (step % (DRIBBLE_BYTES + sizeof head) < sizeof head)
        buffer_append(out, &head[step % (DRIBBLE_BYTES + sizeof head)], 1);
    else
        buffer_append(out, no_mask, 1);
}

void garbage_begin(struct garbage *garbage, enum garbage_kind kind)
{
    *garbage = (struct garbage){.kind = kind};
}

void garbage_write(struct garbage *garbage, struct random *random, struct buffer *out)
{
    uint32_t step = garbage->step++;
    switch (garbage->kind) {
    case GARBAGE_STATE:
        state_write(step, random, out);
        break;
    case GARBAGE_EVENTS:
        events_write(step, random, out);
        break;
    case GARBAGE_FRAMING:
        framing_write(step, random, out);
        break;
    case GARBAGE_FRAGMENTS:
        fragments_write(step, out);
        break;
    case GARBAGE_DRIBBLE:
        dribble_write(step, out);
        break;
    case GARBAGE_FLOOD:
    case GARBAGE_KINDS:
        ASSERT(!"a flood has its own bytes");
    }
}

void garbage_flood_write(struct random *random, struct buffer *out)
{
    uint8_t move[WIRE_MOVE_BYTES];
    for (int i = 0; i < FLOOD_MOVES; i++) {
        move_make(random, move);
        binary_append(out, move, sizeof move);
    }
}
