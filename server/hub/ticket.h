// ticket: a short-lived signed token that lets a hub check a newcomer with no database.
//
// base64url(JSON claims) "." base64url(HMAC-SHA-256 of the first part, first 16 bytes). The same
// form carries tickets (from POST /v1/guest, one minute) and place tokens (sent to connected people
// so that they come back to the same spot, also after a restart; ten minutes).
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "hub/instance.h"

enum {
    TICKET_SECRET_BYTES = 32,
    TICKET_WORLD_BYTES = 65,
    TICKET_TEXT_BYTES_MAX = 1024,
    TICKET_LIFE_MS = 60000,
    TICKET_PLACE_LIFE_MS = 600000,
};

enum ticket_use { TICKET_ENTER, TICKET_RETURN };

struct ticket {
    enum ticket_use use;
    char world[TICKET_WORLD_BYTES];
    uint32_t instance;
    uint8_t person[16];
    char name[HUB_NAME_BYTES];
    uint32_t look;
    uint8_t spawn;           // 1 and its place in the world's list; 0: any
    struct wire_state place; // TICKET_RETURN
    uint64_t expires_wall_ms;
};

// Writes the token and its terminating NUL; returns its length.
size_t ticket_write(const struct ticket *ticket, const uint8_t secret[TICKET_SECRET_BYTES],
                    char out[TICKET_TEXT_BYTES_MAX]);

// ERR_UNAUTHENTICATED for a bad shape, signature, or age: one sentence, without saying more than
// that.
MUST_CHECK bool ticket_read(const char *text, size_t length,
                            const uint8_t secret[TICKET_SECRET_BYTES], uint64_t now_wall_ms,
                            struct ticket *out, struct error *err);
