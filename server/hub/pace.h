// pace: whether a move could have happened: how far a person may have gone. How often moves may
// come is in allowance.h.
//
// Owner: the tick thread, one struct in each entity. No memory of its own. Budgets
// are whole numbers, so that a replay decides the same everywhere.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "wire/codec.h"

// The network bunches moves together: what was not walked in the last second may be walked at once,
// and a tenth more than the greatest speed, so that a client at that speed never runs dry.
enum {
    PACE_SLACK_CM = 50,
    PACE_RISE_FACTOR = 3, // up and down, over the horizontal speed: falls and jumps
};

struct pace {
    int64_t across_ucm, rise_ucm; // what may be walked and climbed now, in millionths of a cm
    uint64_t refilled_us;
    uint16_t corrected_sequence; // moves up to this one are void...
    bool corrected;              // ...while this is set
};

void pace_init(struct pace *pace, uint32_t speed_max_cm_s, uint64_t now_us);
// Earns distance for the time since the last call. A clock that went back earns nothing.
void pace_refill(struct pace *pace, uint32_t speed_max_cm_s, uint64_t now_us);
// True when the sequence is not after that of the last correction. 16-bit serial arithmetic: a
// sequence is after another when it is at most 32,767 ahead. The first that is after ends the
// correction.
bool pace_is_stale(struct pace *pace, uint16_t sequence);
void pace_correct(struct pace *pace, uint16_t sequence);
// A new connection counts its moves anew.
void pace_forget_sequence(struct pace *pace);
// Takes the way out of the budget when there is enough; false changes nothing.
bool pace_take_way(struct pace *pace, const struct wire_state *from, const struct wire_state *to);
