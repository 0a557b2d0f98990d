// block_pool: arrays of slots that a cell and the frames made of it share.
//
// Owner: the tick thread; counts are plain numbers, since frames come back to it before they are
// let go. Readers on other threads hold a frame, and the frame holds the block. A block with more
// than one holder is never written. Memory: blocks are kept by size, a power of two, and used
// again; once the crowd's shape is steady nothing is allocated.
#pragma once

#include <stdint.h>

#include "wire/codec.h"

enum { BLOCK_SLOTS_MIN = 8, BLOCK_SIZES = 14 }; // 8 .. 65536 slots

struct slot_block {
    struct slot_block *next_free, *next_made;
    uint32_t holders;
    uint32_t capacity;
    struct wire_slot slots[];
};

struct block_pool {
    struct slot_block *free[BLOCK_SIZES];
    struct slot_block *made; // every block there is
    uint32_t made_count, out_count;
};

void block_pool_init(struct block_pool *pool);
// Frees every block, also those that are out.
void block_pool_done(struct block_pool *pool);

// A block for at least `slot_count` slots, held once; its slots hold nothing of meaning.
struct slot_block *block_take(struct block_pool *pool, uint32_t slot_count);
struct slot_block *block_ref(struct slot_block *block);
void block_unref(struct block_pool *pool, struct slot_block *block); // takes NULL
