#include "swarm/pulse.h"

enum { TICK_US = 50000, RESTART_TICKS = 1200 };

void pulse_feel(struct pulse *pulse, uint32_t instance, uint32_t tick, uint64_t now_us,
                uint64_t since_us, uint64_t until_us)
{
    if (pulse->known && pulse->instance != instance)
        return;
    int64_t ahead = (int32_t)(tick - pulse->tick);
    bool restarted = ahead > RESTART_TICKS || ahead < -RESTART_TICKS;
    if (pulse->known && ahead <= 0 && !restarted)
        return;
    // Ticks in between had nothing to tell anybody, and their time.
    uint64_t idle_us = (uint64_t)(ahead > 0 ? ahead - 1 : 0) * TICK_US;
    uint64_t waited_us = now_us - pulse->at_us;
    bool counts = pulse->known && !restarted && pulse->at_us >= since_us && now_us < until_us &&
                  waited_us > idle_us;
    if (counts && waited_us - idle_us > pulse->longest_us)
        pulse->longest_us = waited_us - idle_us;
    *pulse = (struct pulse){true, instance, tick, now_us, pulse->longest_us};
}

void pulse_part(struct pulse *pulse)
{
    pulse->known = false;
}
