// viewer_cache: what the viewers of a shard share while they compose: whole cells encoded once a
// tick, and scratch space of the one message being written. For viewer*.c only.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "hub/frame.h"

struct cached_section {
    uint32_t epoch; // as the cache's: valid
    uint32_t offset, size;
};

struct viewer_cache {
    const struct frame *frame; // whose cells are cached
    uint32_t tick;
    uint32_t epoch; // never 0
    struct buffer bytes;
    struct cached_section sections[WIRE_LEVELS][FRAME_CELLS_MAX];

    // Cells that the message will hold whole, all zero between messages.
    uint8_t want[FRAME_CELLS_MAX]; // 0, or WANT_SET | level | WANT_FRESH: the client lacks it
    uint32_t want_count;
    uint16_t wants[FRAME_CELLS_MAX]; // in the order of wanting; one given up has want 0

    // Of the choice of levels.
    uint8_t wish[FRAME_CELLS_MAX];     // 0, or 1 + level; all zero between choices
    uint32_t nearest[FRAME_CELLS_MAX]; // a heap of distance << NEAREST_CELL_BITS | cell
};

enum {
    WANT_LEVEL_MASK = 3,
    WANT_SET = 4,
    WANT_FRESH = 8,
    NEAREST_CELL_BITS = 11,
};

_Static_assert(FRAME_CELLS_MAX <= 1 << NEAREST_CELL_BITS,
               "a cell's index fits beside its distance");

// Forgets what was made of another frame.
void viewer_cache_enter(struct viewer_cache *cache, const struct frame *frame);
// Appends the whole cell.
void viewer_cache_append_full(struct viewer_cache *cache, const struct frame *frame, uint32_t cell,
                              enum wire_level level, struct buffer *out);
