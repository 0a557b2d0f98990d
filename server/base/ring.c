#include "base/ring.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

void ring_init(struct ring *ring, uint32_t capacity, uint32_t item_bytes)
{
    ASSERT(capacity > 0);
    ASSERT((capacity & (capacity - 1)) == 0);
    ASSERT(item_bytes > 0);
    atomic_init(&ring->head, 0);
    atomic_init(&ring->tail, 0);
    ring->mask = capacity - 1;
    ring->item_bytes = item_bytes;
    ring->items = calloc(capacity, item_bytes);
    if (!ring->items)
        assert_memory_failed((size_t)capacity * item_bytes);
}

void ring_done(struct ring *ring)
{
    free(ring->items);
    ring->items = NULL;
}

static uint8_t *place(const struct ring *ring, uint32_t index)
{
    return ring->items + (size_t)(index & ring->mask) * ring->item_bytes;
}

bool ring_push(struct ring *ring, const void *item)
{
    uint32_t head = atomic_load_explicit(&ring->head, memory_order_relaxed);
    // Pairs with the release in ring_pop: the place was read before we write it again.
    uint32_t tail = atomic_load_explicit(&ring->tail, memory_order_acquire);
    if (head - tail > ring->mask)
        return false;
    memcpy(place(ring, head), item, ring->item_bytes);
    atomic_store_explicit(&ring->head, head + 1, memory_order_release);
    return true;
}

bool ring_pop(struct ring *ring, void *out)
{
    uint32_t tail = atomic_load_explicit(&ring->tail, memory_order_relaxed);
    // Pairs with the release in ring_push: the item's bytes are there when its index is.
    uint32_t head = atomic_load_explicit(&ring->head, memory_order_acquire);
    if (head == tail)
        return false;
    memcpy(out, place(ring, tail), ring->item_bytes);
    atomic_store_explicit(&ring->tail, tail + 1, memory_order_release);
    return true;
}

uint32_t ring_count(const struct ring *ring)
{
    // Tail first: the head can only have moved on since, so the difference is never negative. It
    // can exceed the capacity when both moved between the two reads.
    uint32_t tail = atomic_load_explicit(&ring->tail, memory_order_acquire);
    uint32_t count = atomic_load_explicit(&ring->head, memory_order_acquire) - tail;
    return count > ring->mask + 1 ? ring->mask + 1 : count;
}
