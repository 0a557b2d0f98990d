// totals: what all troops have counted so far, added up.
#pragma once

#include <stdint.h>

#include "swarm/scene.h"
#include "swarm/troop.h"

struct totals {
    uint32_t people[PERSON_STATES];
    uint32_t away, welcomed, rate_refusals, corrections, errors;
    uint64_t last_welcome_us, last_news_us;
    uint64_t frames, bytes, updates, moves;
    uint32_t joins, leaves, cuts;
    uint32_t drops, returned, resumed, returned_anew;
    uint64_t first_drop_us, last_return_us; // 0: there was none
    uint32_t burdens_came, burdens_came_back, burdens_there, thrown_out[BURDEN_KINDS];
    uint64_t hostile_bytes, bytes_most;
};

// From any thread, at any time.
struct totals totals_of(const struct troop *troops, uint32_t count);

// People on their way in, or waiting to set out.
uint32_t totals_to_come(const struct totals *totals);
