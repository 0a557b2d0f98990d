#include <string.h>

#include "base/assert.h"
#include "net/websocket.h"

size_t websocket_header_write(uint8_t out[WEBSOCKET_HEADER_BYTES_MAX], enum websocket_opcode opcode,
                              size_t payload_size, const uint8_t mask[4])
{
    ASSERT(opcode < WEBSOCKET_OP_CLOSE || payload_size <= 125);
    size_t length_bytes = payload_size < 126 ? 0 : payload_size < 65536 ? 2 : 8;
    uint8_t length7 = length_bytes == 0 ? (uint8_t)payload_size : length_bytes == 2 ? 126 : 127;
    out[0] = (uint8_t)(0x80 | opcode);
    out[1] = (uint8_t)((mask ? 0x80 : 0) | length7);
    for (size_t i = 0; i < length_bytes; i++)
        out[2 + i] = (uint8_t)((uint64_t)payload_size >> (8 * (length_bytes - 1 - i)));
    if (!mask)
        return 2 + length_bytes;
    memcpy(out + 2 + length_bytes, mask, 4);
    return 6 + length_bytes;
}

void websocket_mask(uint8_t *bytes, size_t size, const uint8_t mask[4])
{
    uint8_t twice[8];
    memcpy(twice, mask, 4);
    memcpy(twice + 4, mask, 4);
    uint64_t mask64, eight;
    memcpy(&mask64, twice, sizeof mask64);

    size_t i = 0;
    for (; i + sizeof eight <= size; i += sizeof eight) {
        memcpy(&eight, bytes + i, sizeof eight);
        eight ^= mask64;
        memcpy(bytes + i, &eight, sizeof eight);
    }
    for (; i < size; i++)
        bytes[i] ^= mask[i & 3];
}

static void append(struct buffer *out, enum websocket_opcode opcode, const void *payload,
                   size_t size, const uint8_t mask[4])
{
    uint8_t *to = buffer_reserve(out, WEBSOCKET_HEADER_BYTES_MAX + size);
    size_t header_size = websocket_header_write(to, opcode, size, mask);
    if (size > 0)
        memcpy(to + header_size, payload, size);
    if (mask)
        websocket_mask(to + header_size, size, mask);
    out->size += header_size + size;
}

void websocket_append(struct buffer *out, enum websocket_opcode opcode, const void *payload,
                      size_t size)
{
    append(out, opcode, payload, size, NULL);
}

void websocket_append_masked(struct buffer *out, enum websocket_opcode opcode, const void *payload,
                             size_t size, const uint8_t mask[4])
{
    ASSERT(mask);
    append(out, opcode, payload, size, mask);
}

// The longest part of `text` that is at most `bytes_max` and does not end inside a character.
static size_t text_cut(const char *text, size_t bytes_max)
{
    size_t size = strnlen(text, bytes_max + 1);
    if (size <= bytes_max)
        return size;
    size = bytes_max;
    while (size > 0 && ((uint8_t)text[size] & 0xc0) == 0x80)
        size--;
    return size;
}

void websocket_append_close(struct buffer *out, uint16_t code, const char *reason)
{
    uint8_t payload[125] = {(uint8_t)(code >> 8), (uint8_t)code};
    size_t size = reason ? text_cut(reason, sizeof payload - 2) : 0;
    if (size > 0)
        memcpy(payload + 2, reason, size);
    append(out, WEBSOCKET_OP_CLOSE, payload, 2 + size, NULL);
}
