// frame_pool: makes a tick's frame of the cells, and takes frames back for the ticks to come.
//
// Owner: the tick thread; a frame's readers may be anywhere, and nothing that it points to changes
// until it is given back. Memory: a frame's arrays and bytes are kept; a frame holds the slots it
// shows (block_pool.h). In a steady state nothing is allocated.
#pragma once

#include "hub/cells.h"
#include "hub/frame.h"

struct pooled_frame;

struct frame_pool {
    struct pooled_frame *free;
    struct pooled_frame *made; // every frame there is
    uint32_t made_count, out_count;
};

void frame_pool_init(struct frame_pool *pool);
// Frees every frame, also those that are out. Before the cells that they show.
void frame_pool_done(struct frame_pool *pool);

// Encodes what changed, tells the cells that it was told, and shows the cells as they stand.
const struct frame *frame_pool_make(struct frame_pool *pool, struct cells *cells, uint32_t instance,
                                    uint32_t tick);
void frame_pool_return(struct frame_pool *pool, struct cells *cells, const struct frame *frame);
