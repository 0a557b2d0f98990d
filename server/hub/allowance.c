#include "hub/allowance.h"

static const struct {
    float per_second, burst;
} rates[ALLOW_KINDS] = {
    [ALLOW_FRAME] = {200, 1000}, [ALLOW_MOVE] = {25, 30},     [ALLOW_CHAT] = {1, 5},
    [ALLOW_EMOTE] = {1, 5},      [ALLOW_PROFILES] = {10, 40}, [ALLOW_PROFILE] = {0.2f, 3},
    [ALLOW_PING] = {2, 10},      [ALLOW_RESYNC] = {1, 3},     [ALLOW_ERROR] = {2, 20},
};

void allowance_init(struct allowance *allowance, uint64_t now_us)
{
    for (int kind = 0; kind < ALLOW_KINDS; kind++)
        allowance->buckets[kind] = (struct bucket){.since_us = now_us, .tokens = rates[kind].burst};
}

bool bucket_take(struct bucket *bucket, float per_second, float burst, uint64_t now_us)
{
    uint64_t elapsed_us = now_us > bucket->since_us ? now_us - bucket->since_us : 0;
    float dripped = (float)elapsed_us * 1e-6f * per_second;
    bucket->since_us += elapsed_us;
    bucket->tokens = bucket->tokens + dripped < burst ? bucket->tokens + dripped : burst;
    if (bucket->tokens < 1)
        return false;
    bucket->tokens -= 1;
    return true;
}

bool allowance_take(struct allowance *allowance, enum allowance_kind kind, uint64_t now_us)
{
    return bucket_take(&allowance->buckets[kind], rates[kind].per_second, rates[kind].burst,
                       now_us);
}
