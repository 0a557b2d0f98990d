// pulse: the server's longest tick, as frames show it: how long the next tick's number let wait for
// it. Pure.
//
// The server counts ticks and skips none, so a tick that took long shows as a wait. What a frame's
// way and the wait for its reader took is in it too: it is an upper bound.
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct pulse {
    bool known;
    uint32_t instance, tick; // the newest seen; ticks of another instance are not compared
    uint64_t at_us, longest_us;
};

// A frame of this tick came. Only waits for ticks that came at or after `since_us` and before
// `until_us` count.
void pulse_feel(struct pulse *pulse, uint32_t instance, uint32_t tick, uint64_t now_us,
                uint64_t since_us, uint64_t until_us);
// Connections were lost: what is felt next may be another server, whose ticks are not compared.
void pulse_part(struct pulse *pulse);
