// latency: how long something took, counted in buckets of a few per cent. Pure.
//
// Buckets grow with the value: 32 to each doubling, so that a quantile is off by at most 3 % from
// 32 us up (and by 1 us below), whatever the range. Memory is fixed; adding is a few instructions.
#pragma once

#include <stdint.h>

enum { LATENCY_BUCKETS = 32 * 32 };

struct latency {
    uint64_t count, max_us;
    uint32_t buckets[LATENCY_BUCKETS];
};

void latency_add(struct latency *latency, uint64_t us);
void latency_merge(struct latency *into, const struct latency *from);
// The value that the share `quantile` (0 to 1) of all does not exceed; 0 when there are none.
double latency_quantile_ms(const struct latency *latency, double quantile);
