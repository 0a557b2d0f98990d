#include "swarm/latency.h"

#include <math.h>

enum { SUB_BITS = 5 }; // 32 buckets to a doubling

static uint32_t bucket_of(uint64_t us)
{
    if (us < 1u << SUB_BITS)
        return (uint32_t)us;
    unsigned exponent = 63 - (unsigned)__builtin_clzll(us);
    uint32_t within = (uint32_t)(us >> (exponent - SUB_BITS)) - (1u << SUB_BITS);
    uint32_t bucket = ((exponent - SUB_BITS + 1) << SUB_BITS) + within;
    return bucket < LATENCY_BUCKETS ? bucket : LATENCY_BUCKETS - 1;
}

// The middle of the values that the bucket holds.
static double bucket_us(uint32_t bucket)
{
    if (bucket < 1u << SUB_BITS)
        return bucket;
    unsigned shift = (bucket >> SUB_BITS) - 1;
    uint64_t least = (uint64_t)((bucket & ((1u << SUB_BITS) - 1)) + (1u << SUB_BITS)) << shift;
    return (double)least + (double)((UINT64_C(1) << shift) - 1) / 2;
}

void latency_add(struct latency *latency, uint64_t us)
{
    latency->count++;
    latency->buckets[bucket_of(us)]++;
    if (us > latency->max_us)
        latency->max_us = us;
}

void latency_merge(struct latency *into, const struct latency *from)
{
    into->count += from->count;
    if (from->max_us > into->max_us)
        into->max_us = from->max_us;
    for (uint32_t i = 0; i < LATENCY_BUCKETS; i++)
        into->buckets[i] += from->buckets[i];
}

double latency_quantile_ms(const struct latency *latency, double quantile)
{
    if (latency->count == 0)
        return 0;
    uint64_t wanted = (uint64_t)ceil(quantile * (double)latency->count);
    if (wanted < 1)
        wanted = 1;
    uint64_t passed = 0;
    for (uint32_t i = 0; i < LATENCY_BUCKETS; i++) {
        passed += latency->buckets[i];
        if (passed >= wanted)
            return fmin(bucket_us(i), (double)latency->max_us) / 1000;
    }
    return (double)latency->max_us / 1000;
}
