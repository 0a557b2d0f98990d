#include "replay/reel.h"

#include "base/assert.h"

struct reel *reel_create(struct buffer bytes, uint64_t sealed_us)
{
    ASSERT(bytes.size >= STRETCH_HEAD_BYTES);
    struct reel *reel = calloc(1, sizeof *reel);
    ASSERT(reel);
    // What a buffer grew by and did not use would count against the window's bound.
    uint8_t *fitted = realloc(bytes.bytes, bytes.size);
    ASSERT(fitted);
    atomic_init(&reel->holders, 1);
    reel->sealed_us = sealed_us;
    reel->bytes = (struct buffer){.bytes = fitted, .size = bytes.size, .capacity = bytes.size};
    reel->head = stretch_head_read(fitted);
    return reel;
}

struct reel *reel_ref(struct reel *reel)
{
    atomic_fetch_add_explicit(&reel->holders, 1, memory_order_relaxed);
    return reel;
}

void reel_unref(struct reel *reel)
{
    if (!reel || atomic_fetch_sub_explicit(&reel->holders, 1, memory_order_acq_rel) > 1)
        return;
    buffer_done(&reel->bytes);
    free(reel);
}
