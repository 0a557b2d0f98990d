// upgrade: the client's half of the WebSocket opening handshake (RFC 6455, section 4.1). Pure.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/random.h"

enum { UPGRADE_KEY_BYTES = 25 }; // 16 bytes in base64, and the end

enum upgrade_result { UPGRADE_MORE, UPGRADE_DONE, UPGRADE_REFUSED };

struct upgrade_refusal {
    int status; // 0: what came is not an answer
    uint32_t retry_after_s;
};

// Appends the request. The key need not be secret, only new.
void upgrade_request_write(const char *authority, const char *path, const char *ticket,
                           struct random *random, char key[UPGRADE_KEY_BYTES], struct buffer *out);

// *head_size: where the server's first WebSocket bytes begin. `err` and *refusal are for
// UPGRADE_REFUSED.
enum upgrade_result upgrade_answer_read(const char *bytes, size_t size, const char *key,
                                        size_t *head_size, struct upgrade_refusal *refusal,
                                        struct error *err);
