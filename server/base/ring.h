// ring: a single-producer, single-consumer queue of equal items, wait-free on both sides.
//
// One thread pushes, one (other) thread pops. `head` is written with release by the producer and
// read with acquire by the consumer; `tail` the other way round: so an item's bytes are seen before
// its index, and its place is not reused before it was read.
#pragma once

#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct ring {
    alignas(64) _Atomic uint32_t head; // next to write; the producer's
    alignas(64) _Atomic uint32_t tail; // next to read; the consumer's
    alignas(64) uint32_t mask;
    uint32_t item_bytes;
    uint8_t *items;
};

// `capacity` must be a power of two.
void ring_init(struct ring *ring, uint32_t capacity, uint32_t item_bytes);
void ring_done(struct ring *ring);
// Copies the item in; false when the ring is full: nothing happened.
MUST_CHECK bool ring_push(struct ring *ring, const void *item);
// Copies the oldest item out; false when the ring is empty.
MUST_CHECK bool ring_pop(struct ring *ring, void *out);
// How many items wait: exact on either side's own thread only as a lower or upper bound.
uint32_t ring_count(const struct ring *ring);
