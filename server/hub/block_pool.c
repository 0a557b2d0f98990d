#include "hub/block_pool.h"

#include "base/assert.h"

static unsigned size_class(uint32_t slot_count)
{
    unsigned size = 0;
    while (((uint32_t)BLOCK_SLOTS_MIN << size) < slot_count)
        size++;
    ASSERT(size < BLOCK_SIZES);
    return size;
}

void block_pool_init(struct block_pool *pool)
{
    *pool = (struct block_pool){0};
}

void block_pool_done(struct block_pool *pool)
{
    for (struct slot_block *block = pool->made, *next; block; block = next) {
        next = block->next_made;
        free(block);
    }
    *pool = (struct block_pool){0};
}

static struct slot_block *block_make(struct block_pool *pool, uint32_t capacity)
{
    size_t bytes = sizeof(struct slot_block) + capacity * sizeof(struct wire_slot);
    struct slot_block *block = calloc(1, bytes);
    ASSERT(block);
    block->capacity = capacity;
    block->next_made = pool->made;
    pool->made = block;
    pool->made_count++;
    return block;
}

struct slot_block *block_take(struct block_pool *pool, uint32_t slot_count)
{
    unsigned size = size_class(slot_count);
    struct slot_block *block = pool->free[size];
    if (block)
        pool->free[size] = block->next_free;
    else
        block = block_make(pool, (uint32_t)BLOCK_SLOTS_MIN << size);
    ASSERT(block->holders == 0);
    block->holders = 1;
    block->next_free = NULL;
    pool->out_count++;
    return block;
}

struct slot_block *block_ref(struct slot_block *block)
{
    ASSERT(block->holders > 0);
    block->holders++;
    return block;
}

void block_unref(struct block_pool *pool, struct slot_block *block)
{
    if (!block)
        return;
    ASSERT(block->holders > 0);
    if (--block->holders > 0)
        return;
    unsigned size = size_class(block->capacity);
    block->next_free = pool->free[size];
    pool->free[size] = block;
    pool->out_count--;
}
