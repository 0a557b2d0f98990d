// dice: repeatable chance for wire/'s tests (xorshift64*). For tests only.
#pragma once

#include <stdint.h>

struct dice {
    uint64_t state; // never 0
};

static inline uint32_t dice_next(struct dice *dice)
{
    dice->state ^= dice->state >> 12;
    dice->state ^= dice->state << 25;
    dice->state ^= dice->state >> 27;
    return (uint32_t)((dice->state * 0x2545f4914f6cdd1dull) >> 32);
}

// In [0, bound).
static inline uint32_t dice_below(struct dice *dice, uint32_t bound)
{
    return (uint32_t)(((uint64_t)dice_next(dice) * bound) >> 32);
}

static inline int32_t dice_between(struct dice *dice, int32_t least, int32_t most)
{
    return least + (int32_t)dice_below(dice, (uint32_t)(most - least) + 1);
}
