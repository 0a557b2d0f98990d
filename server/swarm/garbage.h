// garbage: what hostile people send: everything that a server must refuse, and more than it should
// take. Pure.
//
// Owner: one hostile person; the flood is shared and read-only.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/random.h"

enum garbage_kind {
    GARBAGE_STATE,     // binary messages that are no moves, or that nobody could have made
    GARBAGE_EVENTS,    // texts that are no events
    GARBAGE_FRAMING,   // what RFC 6455 forbids
    GARBAGE_FRAGMENTS, // messages in pieces of a byte that do not end
    GARBAGE_DRIBBLE,   // a message of which a byte comes now and then
    GARBAGE_FLOOD,     // moves, as fast as the socket takes them
    GARBAGE_KINDS,
};

struct garbage {
    enum garbage_kind kind;
    uint32_t step;     // how many times it was written since it came in
    size_t flood_next; // where in the flood's bytes it is
};

void garbage_begin(struct garbage *garbage, enum garbage_kind kind);

// Appends what comes next. Not for GARBAGE_FLOOD.
void garbage_write(struct garbage *garbage, struct random *random, struct buffer *out);

// Appends a block of whole frames to send over and over. They are masked with zeros, so that the
// same bytes do for all.
void garbage_flood_write(struct random *random, struct buffer *out);
