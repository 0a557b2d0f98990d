#include "net/websocket.h"

#include <string.h>

#include "base/assert.h"
#include "net/utf8.h"

// A frame (RFC 6455 section 5.2):
//
//   byte 0  FIN | RSV1 RSV2 RSV3 | opcode (4 bits)
//   byte 1  MASK | length (7 bits): 126 says that 2 bytes of length follow, 127 that 8 do
//   mask    4 bytes when MASK is set: client to server always, server to client never
//   payload
//
// Everything that can be refused is refused from the first bytes that show it: two for flags and
// opcode, the length's bytes for the size. So a peer never makes us wait for (or hold) what we
// would not take.

enum { OP_CONTINUATION = 0, CONTROL_PAYLOAD_MAX = 125, TRIM_ABOVE_BYTES = 4096 };

struct frame_header {
    bool final, masked;
    uint8_t opcode;
    uint64_t payload_size;
    size_t header_size;
    uint8_t mask[4];
};

void websocket_reader_init(struct websocket_reader *reader, enum websocket_role role,
                           uint32_t message_bytes_max)
{
    *reader = (struct websocket_reader){.role = role, .message_bytes_max = message_bytes_max};
}

void websocket_reader_done(struct websocket_reader *reader)
{
    buffer_done(&reader->message);
}

static struct websocket_event violation(struct websocket_reader *reader, uint16_t code,
                                        const char *reason)
{
    reader->failed = true;
    return (struct websocket_event){
        .kind = WEBSOCKET_VIOLATION, .close_code = code, .reason = reason};
}

static bool is_control(uint8_t opcode)
{
    return opcode >= WEBSOCKET_OP_CLOSE;
}

// What is wrong with the first two bytes; NULL: nothing.
static const char *fault_of_flags(const struct websocket_reader *reader,
                                  const struct frame_header *header, uint8_t first, uint8_t length7)
{
    if (first & 0x70)
        return "reserved bits are set, and no extension was agreed";
    if (header->masked != (reader->role == WEBSOCKET_SERVER))
        return header->masked ? "a server must not mask" : "a client must mask";
    switch (header->opcode) {
    case OP_CONTINUATION:
        return reader->message_opcode ? NULL : "a continuation of nothing";
    case WEBSOCKET_OP_TEXT:
    case WEBSOCKET_OP_BINARY:
        return reader->message_opcode ? "a new message inside a fragmented one" : NULL;
    case WEBSOCKET_OP_CLOSE:
    case WEBSOCKET_OP_PING:
    case WEBSOCKET_OP_PONG:
        if (!header->final)
            return "a fragmented control frame";
        return length7 > CONTROL_PAYLOAD_MAX ? "a control frame over 125 bytes" : NULL;
    default:
        return "an unknown opcode";
    }
}

static uint64_t big_endian_read(const uint8_t *bytes, size_t size)
{
    uint64_t value = 0;
    for (size_t i = 0; i < size; i++)
        value = value << 8 | bytes[i];
    return value;
}

// What is wrong with the length; NULL: nothing. Lengths must be in their shortest form
// (section 5.2).
static const char *fault_of_length(uint8_t length7, uint64_t length)
{
    if (length7 == 126 && length < 126)
        return "a length that is not in its shortest form";
    if (length7 == 127 && length >> 63)
        return "a length over 2^63";
    if (length7 == 127 && length < 65536)
        return "a length that is not in its shortest form";
    return NULL;
}

enum header_result { HEADER_MORE, HEADER_OK, HEADER_BAD };

static enum header_result header_read(struct websocket_reader *reader, const uint8_t *bytes,
                                      size_t size, struct frame_header *out,
                                      struct websocket_event *bad)
{
    if (size < 2)
        return HEADER_MORE;
    uint8_t length7 = bytes[1] & 0x7f;
    *out = (struct frame_header){.final = bytes[0] & 0x80,
                                 .masked = bytes[1] & 0x80,
                                 .opcode = bytes[0] & 0x0f,
                                 .payload_size = length7,
                                 .header_size = 2};
    const char *fault = fault_of_flags(reader, out, bytes[0], length7);
    if (!fault && length7 >= 126) {
        size_t length_bytes = length7 == 126 ? 2 : 8;
        if (size < 2 + length_bytes)
            return HEADER_MORE;
        out->payload_size = big_endian_read(bytes + 2, length_bytes);
        out->header_size += length_bytes;
        fault = fault_of_length(length7, out->payload_size);
    }
    if (fault) {
        *bad = violation(reader, 1002, fault);
        return HEADER_BAD;
    }
    uint64_t room = reader->message_bytes_max - (reader->message_opcode ? reader->message.size : 0);
    if (!is_control(out->opcode) && out->payload_size > room) {
        *bad = violation(reader, 1009, "a message over the limit");
        return HEADER_BAD;
    }
    if (out->masked) {
        if (size < out->header_size + 4)
            return HEADER_MORE;
        memcpy(out->mask, bytes + out->header_size, 4);
        out->header_size += 4;
    }
    return HEADER_OK;
}

// Section 7.4: what may stand on the wire. 1004 to 1006 and 1015 never may; 1012 to 1014 are
// IANA's.
static bool is_close_code(uint16_t code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
           (code >= 3000 && code <= 4999);
}

static struct websocket_event close_event(struct websocket_reader *reader, const uint8_t *payload,
                                          size_t size)
{
    if (size == 0)
        return (struct websocket_event){
            .kind = WEBSOCKET_CLOSE, .payload = payload, .close_code = 1000};
    if (size == 1)
        return violation(reader, 1002, "a close code of one byte");
    uint16_t code = (uint16_t)big_endian_read(payload, 2);
    if (!is_close_code(code))
        return violation(reader, 1002, "a close code that may not be sent");
    if (utf8_follow(UTF8_BOUNDARY, payload + 2, size - 2) != UTF8_BOUNDARY)
        return violation(reader, 1007, "a close reason that is not UTF-8");
    return (struct websocket_event){
        .kind = WEBSOCKET_CLOSE, .payload = payload + 2, .size = size - 2, .close_code = code};
}

static struct websocket_event control_event(struct websocket_reader *reader, uint8_t opcode,
                                            const uint8_t *payload, size_t size)
{
    if (opcode == WEBSOCKET_OP_CLOSE)
        return close_event(reader, payload, size);
    return (struct websocket_event){.kind = opcode == WEBSOCKET_OP_PING ? WEBSOCKET_PING
                                                                        : WEBSOCKET_PONG,
                                    .payload = payload,
                                    .size = size};
}

// A whole data frame: a message, a part of one, or the end of one.
static struct websocket_event data_event(struct websocket_reader *reader,
                                         const struct frame_header *header, const uint8_t *payload,
                                         size_t size)
{
    bool joined = header->opcode == OP_CONTINUATION;
    if (!joined) {
        reader->message_opcode = header->opcode;
        reader->utf8_state = UTF8_BOUNDARY;
    }
    bool text = reader->message_opcode == WEBSOCKET_OP_TEXT;
    if (text) {
        reader->utf8_state = utf8_follow(reader->utf8_state, payload, size);
        bool cut = header->final && reader->utf8_state != UTF8_BOUNDARY;
        if (reader->utf8_state == UTF8_BROKEN || cut)
            return violation(reader, 1007, "text that is not UTF-8");
    }
    if (joined || !header->final) {
        buffer_append(&reader->message, payload, size);
        if (!header->final)
            return (struct websocket_event){.kind = WEBSOCKET_NEED_MORE};
        if (reader->message.size > 0)
            payload = reader->message.bytes;
        size = reader->message.size;
    }
    reader->message_opcode = 0;
    return (struct websocket_event){
        .kind = text ? WEBSOCKET_TEXT : WEBSOCKET_BINARY, .payload = payload, .size = size};
}

// The last call's message was fragmented and whole: it has been seen by now.
static void message_forget(struct websocket_reader *reader)
{
    if (reader->message_opcode == 0 && reader->message.size > 0) {
        reader->message.size = 0;
        buffer_trim(&reader->message, TRIM_ABOVE_BYTES);
    }
}

struct websocket_event websocket_read(struct websocket_reader *reader, uint8_t *bytes, size_t size,
                                      size_t *taken)
{
    *taken = 0;
    if (reader->failed)
        return violation(reader, 1002, "the connection has failed already");
    message_forget(reader);

    struct frame_header header;
    struct websocket_event event = {.kind = WEBSOCKET_NEED_MORE};
    enum header_result result = header_read(reader, bytes, size, &header, &event);
    if (result != HEADER_OK || size - header.header_size < header.payload_size)
        return event;

    uint8_t *payload = bytes + header.header_size;
    size_t payload_size = (size_t)header.payload_size;
    if (header.masked)
        websocket_mask(payload, payload_size, header.mask);
    event = is_control(header.opcode) ? control_event(reader, header.opcode, payload, payload_size)
                                      : data_event(reader, &header, payload, payload_size);
    if (event.kind != WEBSOCKET_VIOLATION)
        *taken = header.header_size + payload_size;
    return event;
}
