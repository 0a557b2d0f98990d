#include "wire/bytes.h"
#include "wire/section.h"

void wire_frame_header_write(uint8_t flags, uint32_t tick, uint8_t out[WIRE_FRAME_HEADER_BYTES])
{
    out[0] = WIRE_KIND_FRAME;
    out[1] = flags;
    bytes_put32(out + 2, tick);
}

enum wire_result wire_frame_read(const uint8_t *bytes, size_t size, struct wire_frame *out)
{
    if (size < WIRE_FRAME_HEADER_BYTES || bytes[0] != WIRE_KIND_FRAME ||
        (bytes[1] & ~WIRE_FRAME_RESET) != 0)
        return WIRE_BAD;
    *out = (struct wire_frame){
        .flags = bytes[1],
        .tick = bytes_get32(bytes + 2),
        .rest = bytes + WIRE_FRAME_HEADER_BYTES,
        .rest_size = size - WIRE_FRAME_HEADER_BYTES,
    };
    return WIRE_DONE;
}

// A canonical LEB128 number of at most SECTION_LENGTH_BYTES_MAX bytes; returns its bytes, 0: bad.
static size_t length_read(const uint8_t *bytes, size_t size, size_t *out)
{
    size_t value = 0;
    for (size_t i = 0; i < SECTION_LENGTH_BYTES_MAX && i < size; i++) {
        value |= (size_t)(bytes[i] & 0x7f) << (7 * i);
        if (bytes[i] & 0x80)
            continue;
        if (i > 0 && bytes[i] == 0)
            return 0; // a shorter way to say the same
        *out = value;
        return i + 1;
    }
    return 0;
}

enum wire_result wire_section_read(struct wire_frame *frame, struct wire_section *out)
{
    const uint8_t *at = frame->rest;
    size_t left = frame->rest_size;
    if (left < SECTION_GONE_BYTES || at[0] >> (SECTION_LEVEL_BITS + SECTION_OP_BITS) != 0)
        return WIRE_BAD;
    unsigned level = at[0] & 3, op = at[0] >> SECTION_LEVEL_BITS;
    uint32_t key = bytes_get24(at + 1);
    if (level >= WIRE_LEVELS || op > WIRE_GONE || !wire_key_is_valid(key))
        return WIRE_BAD;
    struct wire_section section = {.op = (enum wire_op)op,
                                   .level = (enum wire_level)level,
                                   .key = key,
                                   .body = at + SECTION_GONE_BYTES};
    size_t used = SECTION_GONE_BYTES;
    if (op == WIRE_GONE) {
        if (level != 0)
            return WIRE_BAD;
    } else {
        if (left < SECTION_GONE_BYTES + 1)
            return WIRE_BAD;
        section.sequence = at[used++];
        size_t length_bytes = length_read(at + used, left - used, &section.body_size);
        used += length_bytes;
        if (length_bytes == 0 || section.body_size > left - used)
            return WIRE_BAD;
        section.body = at + used;
        used += section.body_size;
    }
    frame->rest += used;
    frame->rest_size -= used;
    *out = section;
    return WIRE_DONE;
}
