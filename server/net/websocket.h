// websocket: RFC 6455 framing, both roles, over bytes that others move. No extensions.
//
// Owner: one connection. The reader unmasks in place, joins fragments (up to `message_bytes_max`),
// checks UTF-8 across fragments, and answers for close codes: any violation is told with the code
// of section 7.4.1.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum websocket_role { WEBSOCKET_SERVER, WEBSOCKET_CLIENT };

enum websocket_event_kind {
    WEBSOCKET_NEED_MORE,
    WEBSOCKET_TEXT,
    WEBSOCKET_BINARY,
    WEBSOCKET_PING,
    WEBSOCKET_PONG,
    WEBSOCKET_CLOSE,     // the peer closes: `close_code` is what to echo, the payload is its reason
    WEBSOCKET_VIOLATION, // close with `close_code`; the reader is of no further use
};

struct websocket_event {
    enum websocket_event_kind kind;
    const uint8_t *payload; // valid until the next call with this reader
    size_t size;
    uint16_t close_code;
    const char *reason; // of a violation: a sentence
};

struct websocket_reader {
    enum websocket_role role;
    uint32_t message_bytes_max;
    struct buffer message;  // of a fragmented message so far
    uint8_t message_opcode; // 0: none is open
    uint32_t utf8_state;    // decoder state across fragments
    bool failed;
};

void websocket_reader_init(struct websocket_reader *reader, enum websocket_role role,
                           uint32_t message_bytes_max);
void websocket_reader_done(struct websocket_reader *reader);

// Looks at [bytes, bytes + size), takes at most one frame off it (*taken) and says what came of it.
// NEED_MORE with *taken > 0 means a fragment was stored: call again. Unmasks in place.
// A frame too large to be allowed is refused from its header alone. Until a frame is whole nothing
// is taken, so the caller needs room for message_bytes_max + WEBSOCKET_HEADER_BYTES_MAX bytes (and
// 125 + 14 at least).
struct websocket_event websocket_read(struct websocket_reader *reader, uint8_t *bytes, size_t size,
                                      size_t *taken);

enum { WEBSOCKET_HEADER_BYTES_MAX = 14 };
enum websocket_opcode {
    WEBSOCKET_OP_TEXT = 1,
    WEBSOCKET_OP_BINARY = 2,
    WEBSOCKET_OP_CLOSE = 8,
    WEBSOCKET_OP_PING = 9,
    WEBSOCKET_OP_PONG = 10
};

// Header of an unfragmented frame; returns its length. `mask` is NULL for servers. The caller masks
// the payload with websocket_mask().
size_t websocket_header_write(uint8_t out[WEBSOCKET_HEADER_BYTES_MAX], enum websocket_opcode opcode,
                              size_t payload_size, const uint8_t mask[4]);
void websocket_mask(uint8_t *bytes, size_t size, const uint8_t mask[4]);

// Appends a whole frame.
void websocket_append(struct buffer *out, enum websocket_opcode opcode, const void *payload,
                      size_t size);
void websocket_append_masked(struct buffer *out, enum websocket_opcode opcode, const void *payload,
                             size_t size, const uint8_t mask[4]);
// A server's close frame. The reason (may be NULL) is cut to what fits, between characters.
void websocket_append_close(struct buffer *out, uint16_t code, const char *reason);

// --- the opening handshake (section 4.2), server side ---
struct websocket_request {
    char target[2048]; // path and query as sent
    char key[32];
    char origin[256], host[256];
    // X-Forwarded-*: to be believed from a trusted proxy alone. The acceptor has applied the first
    // two to stream.peer and stream.secure already.
    char forwarded_for[256], forwarded_proto[16], forwarded_host[256];
    bool offers_protocol, has_flux_protocol;
};

enum websocket_request_result {
    WEBSOCKET_REQUEST_MORE,
    WEBSOCKET_REQUEST_OK,
    WEBSOCKET_REQUEST_BAD
};

enum { WEBSOCKET_REQUEST_BYTES_MAX = 16384 };

// Strict: GET, HTTP/1.1, CRLF, no folding, one Host, version 13, a 16-byte key, Upgrade and
// Connection tokens, no body. *head_size is the request's length; *status and *reason say what to
// answer when BAD.
enum websocket_request_result websocket_request_read(const char *bytes, size_t size,
                                                     struct websocket_request *out,
                                                     size_t *head_size, int *status,
                                                     const char **reason);
void websocket_accept_write(const struct websocket_request *request, struct buffer *out);
// A whole plain HTTP answer (application/problem+json) that ends the connection. `reason` is one
// sentence; what it quotes is escaped.
void websocket_refuse_write(int status, const char *reason, struct buffer *out);
