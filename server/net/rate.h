// rate: whether something moves at its least speed. Pure.
#pragma once

#include <stdbool.h>
#include <stdint.h>

// Looked at in windows, so that a fast beginning does not buy a long stall.
struct rate {
    uint64_t window_us, window_bytes; // when this window began, and the total then
};

enum { RATE_WINDOW_US = 10000000 };

static inline void rate_begin(struct rate *rate, uint64_t bytes, uint64_t now_us)
{
    *rate = (struct rate){now_us, bytes};
}

// `bytes` is the total by now. True at the end of a window in which less was moved than should have
// been.
static inline bool rate_is_low(struct rate *rate, uint64_t bytes, uint64_t now_us,
                               uint32_t least_bytes_per_s)
{
    uint64_t window_us = now_us - rate->window_us;
    if (window_us < RATE_WINDOW_US)
        return false;
    bool low = (bytes - rate->window_bytes) * 1000000 < window_us * least_bytes_per_s;
    rate_begin(rate, bytes, now_us);
    return low;
}
