#include "base/random.h"

#include <errno.h>
#include <sys/random.h>

#include "base/assert.h"

// splitmix64 spreads any seed, 0 too, over the whole state.
void random_seed(struct random *random, uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        uint64_t mixed = seed += 0x9E3779B97F4A7C15u;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
        random->state[i] = mixed ^ (mixed >> 31);
    }
}

static uint64_t rotate_left(uint64_t value, int bits)
{
    return (value << bits) | (value >> (64 - bits));
}

uint64_t random_u64(struct random *random)
{
    uint64_t *state = random->state;
    uint64_t result = rotate_left(state[1] * 5, 7) * 9;
    uint64_t shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotate_left(state[3], 45);
    return result;
}

// Lemire (2019): a multiplication instead of a remainder; the few values that would favour some
// results are drawn again.
uint32_t random_below(struct random *random, uint32_t bound)
{
    ASSERT(bound > 0);
    uint32_t uneven = -bound % bound;
    uint64_t product;
    do {
        product = (random_u64(random) >> 32) * bound;
    } while ((uint32_t)product < uneven);
    return (uint32_t)(product >> 32);
}

double random_unit(struct random *random)
{
    return (double)(random_u64(random) >> 11) * 0x1p-53;
}

void random_secret(void *out, size_t size)
{
    uint8_t *bytes = out;
    while (size > 0) {
        ssize_t got = getrandom(bytes, size, 0);
        if (got < 0 && errno == EINTR)
            continue;
        ASSERT(got > 0);
        bytes += got;
        size -= (size_t)got;
    }
}
