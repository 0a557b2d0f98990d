#include "hub/pace.h"

#include <math.h>

enum { US_PER_SECOND = 1000000 };

// Distances in millionths of a cm: so a microsecond at 1 cm/s earns exactly 1.
static int64_t across_most(uint32_t speed_cm_s)
{
    return ((int64_t)speed_cm_s * 11 / 10 + PACE_SLACK_CM) * US_PER_SECOND;
}

static int64_t least_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

void pace_init(struct pace *pace, uint32_t speed_max_cm_s, uint64_t now_us)
{
    *pace = (struct pace){
        .across_ucm = across_most(speed_max_cm_s),
        .rise_ucm = across_most(speed_max_cm_s) * PACE_RISE_FACTOR,
        .refilled_us = now_us,
    };
}

void pace_refill(struct pace *pace, uint32_t speed_max_cm_s, uint64_t now_us)
{
    if (now_us <= pace->refilled_us)
        return;
    uint64_t elapsed_us = now_us - pace->refilled_us;
    if (elapsed_us > 2 * US_PER_SECOND)
        elapsed_us = 2 * US_PER_SECOND; // more than fills both
    pace->refilled_us = now_us;

    int64_t earned = (int64_t)elapsed_us * speed_max_cm_s * 11 / 10;
    int64_t most = across_most(speed_max_cm_s);
    pace->across_ucm = least_of(pace->across_ucm + earned, most);
    pace->rise_ucm = least_of(pace->rise_ucm + earned * PACE_RISE_FACTOR, most * PACE_RISE_FACTOR);
}

bool pace_is_stale(struct pace *pace, uint16_t sequence)
{
    if (!pace->corrected)
        return false;
    if ((int16_t)(uint16_t)(sequence - pace->corrected_sequence) <= 0)
        return true;
    pace->corrected = false;
    return false;
}

void pace_correct(struct pace *pace, uint16_t sequence)
{
    pace->corrected = true;
    pace->corrected_sequence = sequence;
}

void pace_forget_sequence(struct pace *pace)
{
    pace->corrected = false;
}

bool pace_take_way(struct pace *pace, const struct wire_state *from, const struct wire_state *to)
{
    double dx = (double)to->x_cm - from->x_cm;
    double dz = (double)to->z_cm - from->z_cm;
    // sqrt is correctly rounded by IEEE 754, so this too is the same everywhere.
    int64_t across = (int64_t)(sqrt(dx * dx + dz * dz) * US_PER_SECOND);
    int64_t rise = (int64_t)abs((int)to->y_cm - from->y_cm) * US_PER_SECOND;
    if (across > pace->across_ucm || rise > pace->rise_ucm)
        return false;
    pace->across_ucm -= across;
    pace->rise_ucm -= rise;
    return true;
}
