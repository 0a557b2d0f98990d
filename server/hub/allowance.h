// allowance: how often one connection may say each kind of thing (docs/protocol.md, sections 3, 5.2
// and 5.4).
//
// A token bucket a kind: `per_second` drips in, `burst` fits. Its table is where the rate of moves
// and of chat is stated; the limit on chat to a whole instance is in words.c, because it counts
// everyone's.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum allowance_kind {
    ALLOW_FRAME, // whatever comes, by WebSocket frames: above this a client is closed
    ALLOW_MOVE,
    ALLOW_CHAT,
    ALLOW_EMOTE,
    ALLOW_PROFILES,
    ALLOW_PROFILE,
    ALLOW_PING,
    ALLOW_RESYNC,
    ALLOW_ERROR, // how many refusals one may earn before being closed
    ALLOW_KINDS,
};

struct bucket {
    uint64_t since_us;
    float tokens;
};

struct allowance {
    struct bucket buckets[ALLOW_KINDS];
};

void allowance_init(struct allowance *allowance, uint64_t now_us);
// Takes one token; false when there is none. A clock that goes back earns nothing.
bool allowance_take(struct allowance *allowance, enum allowance_kind kind, uint64_t now_us);

// The same for any rate; used for limits that are not a connection's own.
bool bucket_take(struct bucket *bucket, float per_second, float burst, uint64_t now_us);
