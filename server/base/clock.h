// clock: time as a parameter, so that the hub, tickets and limits run in simulation.
//
// Monotonic time is for durations and deadlines; wall time (Unix) only for what leaves the process:
// tickets, logs, chat. Any thread may read the system clock; a fake is its test's own.
#pragma once

#include <stdint.h>

struct clock {
    uint64_t (*monotonic_us)(void *context);
    uint64_t (*wall_ms)(void *context);
    void *context;
};

extern const struct clock clock_system;

static inline uint64_t clock_now_us(const struct clock *clock)
{
    return clock->monotonic_us(clock->context);
}

static inline uint64_t clock_wall_ms(const struct clock *clock)
{
    return clock->wall_ms(clock->context);
}

// A clock for tests and simulation: it stands still until it is moved.
struct clock_fake {
    uint64_t monotonic_us, wall_ms;
};

struct clock clock_fake_as_clock(struct clock_fake *fake);
void clock_fake_advance_us(struct clock_fake *fake, uint64_t us);
