#include "gateway/rate.h"

#include <math.h>

#include "base/assert.h"

enum { ROW_SLOTS = 8 };

struct slot {
    uint8_t key[16];
    double tokens;
    uint64_t at_us; // when `tokens` was true; 0: the slot is free
};

struct rate {
    struct rate_settings settings;
    uint32_t row_count; // a power of two
    struct slot *slots;
};

struct rate *rate_create(const struct rate_settings *settings)
{
    ASSERT(settings->per_s > 0);
    ASSERT(settings->burst >= 1);
    struct rate *rate = calloc(1, sizeof *rate);
    ASSERT(rate);
    rate->settings = *settings;
    rate->row_count = 1;
    while (rate->row_count < UINT32_C(1) << 24 &&
           rate->row_count * ROW_SLOTS < settings->addresses_max)
        rate->row_count *= 2;
    rate->slots = calloc((size_t)rate->row_count * ROW_SLOTS, sizeof *rate->slots);
    ASSERT(rate->slots);
    return rate;
}

void rate_destroy(struct rate *rate)
{
    if (!rate)
        return;
    free(rate->slots);
    free(rate);
}

static void make_key(const struct address *peer, uint8_t key[16])
{
    static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    memcpy(key, peer->bytes, 16);
    if (memcmp(key, mapped, sizeof mapped) != 0)
        memset(key + 8, 0, 8);
}

static uint64_t mix(uint64_t x)
{
    x ^= x >> 31;
    x *= UINT64_C(0x9E3779B97F4A7C15);
    x ^= x >> 29;
    x *= UINT64_C(0xBF58476D1CE4E5B9);
    return x ^ (x >> 32);
}

static struct slot *find_row(const struct rate *rate, const uint8_t key[16])
{
    uint64_t halves[2];
    memcpy(halves, key, 16);
    uint64_t hash = mix(mix(halves[0] ^ rate->settings.seed) ^ halves[1]);
    return &rate->slots[(hash & (rate->row_count - 1)) * ROW_SLOTS];
}

static double tokens_now(const struct rate *rate, const struct slot *slot, uint64_t now_us)
{
    if (slot->at_us == 0)
        return rate->settings.burst;
    double passed_s = now_us > slot->at_us ? (double)(now_us - slot->at_us) * 1e-6 : 0;
    return fmin(rate->settings.burst, slot->tokens + passed_s * rate->settings.per_s);
}

// The address's own slot, or the fullest bucket's, emptied for it.
static struct slot *find_slot(const struct rate *rate, const uint8_t key[16], uint64_t now_us)
{
    struct slot *row = find_row(rate, key), *least = &row[0];
    for (int i = 0; i < ROW_SLOTS; i++) {
        if (row[i].at_us != 0 && memcmp(row[i].key, key, 16) == 0)
            return &row[i];
        bool freer = row[i].at_us == 0 && least->at_us != 0;
        if (freer || tokens_now(rate, &row[i], now_us) > tokens_now(rate, least, now_us))
            least = &row[i];
    }
    memcpy(least->key, key, 16);
    least->at_us = 0;
    return least;
}

bool rate_take(struct rate *rate, const struct address *peer, uint64_t now_us,
               uint32_t *retry_after_s)
{
    uint8_t key[16];
    make_key(peer, key);
    struct slot *slot = find_slot(rate, key, now_us);
    slot->tokens = tokens_now(rate, slot, now_us);
    slot->at_us = now_us > 0 ? now_us : 1;
    if (slot->tokens >= 1) {
        slot->tokens -= 1;
        return true;
    }
    *retry_after_s =
        (uint32_t)fmin(86400, fmax(1, ceil((1 - slot->tokens) / rate->settings.per_s)));
    return false;
}
