// rate: how often an address may do a thing: a token bucket each, in a table that does not grow.
//
// Owner: one thread. When the table's row for an address is full, the one there that has used least
// of its bucket makes room: whoever is being held back is remembered longest. An IPv6 address
// counts by its /64, which is what one household or machine has.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "net/stream.h"

struct rate;

struct rate_settings {
    double per_s, burst;
    uint32_t addresses_max;
    uint64_t seed; // secret, so that nobody can choose addresses that share a row
};

struct rate *rate_create(const struct rate_settings *settings);
void rate_destroy(struct rate *rate);

// Takes one token. When there is none: false, and *retry_after_s (at least 1) says when there will
// be.
bool rate_take(struct rate *rate, const struct address *peer, uint64_t now_us,
               uint32_t *retry_after_s);
