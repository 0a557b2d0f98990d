// answer: an HTTP/1.1 answer as a client reads it: status, the few headers that matter here, and a
// body of stated length. Pure.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ANSWER_HEAD_BYTES_MAX = 16384, ANSWER_BODY_BYTES_MAX = 8 << 20 };

enum answer_result {
    ANSWER_MORE,
    ANSWER_DONE,
    ANSWER_BAD, // not HTTP, too long, or a transfer coding
};

struct answer {
    int status;
    bool keep_alive;
    uint32_t retry_after_s; // 0: not told (or told as a date)
    char accept[32];        // Sec-WebSocket-Accept; "" when absent
    size_t head_size;
    const char *body; // within the bytes read
    size_t body_size;
};

// The head alone: ANSWER_DONE when it is whole, with no body set.
enum answer_result answer_read_head(const char *bytes, size_t size, struct answer *out);

// Looks at what has come so far. `ended`: nothing more will come, which ends a body of no stated
// length. A 101 ends with its head: what follows is another protocol's.
enum answer_result answer_read(const char *bytes, size_t size, bool ended, struct answer *out);
