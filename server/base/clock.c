#include "base/clock.h"

#include <time.h>

#include "base/assert.h"

static uint64_t system_monotonic_us(void *context)
{
    struct timespec now;
    ASSERT(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static uint64_t system_wall_ms(void *context)
{
    struct timespec now;
    ASSERT(clock_gettime(CLOCK_REALTIME, &now) == 0);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

const struct clock clock_system = {
    .monotonic_us = system_monotonic_us,
    .wall_ms = system_wall_ms,
};

static uint64_t fake_monotonic_us(void *context)
{
    return ((const struct clock_fake *)context)->monotonic_us;
}

static uint64_t fake_wall_ms(void *context)
{
    return ((const struct clock_fake *)context)->wall_ms;
}

struct clock clock_fake_as_clock(struct clock_fake *fake)
{
    return (struct clock){
        .monotonic_us = fake_monotonic_us,
        .wall_ms = fake_wall_ms,
        .context = fake,
    };
}

void clock_fake_advance_us(struct clock_fake *fake, uint64_t us)
{
    // Whole milliseconds are counted from the sum, so that many small steps do not lose any.
    uint64_t before_ms = fake->monotonic_us / 1000;
    fake->monotonic_us += us;
    fake->wall_ms += fake->monotonic_us / 1000 - before_ms;
}
