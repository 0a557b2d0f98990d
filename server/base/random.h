// random: seeded randomness for simulation and jitter, and the kernel's for secrets.
//
// struct random is xoshiro256** (Blackman and Vigna, 2018): fast and repeatable, not for secrets.
#pragma once

#include <stddef.h>
#include <stdint.h>

struct random {
    uint64_t state[4];
};

void random_seed(struct random *random, uint64_t seed);
uint64_t random_u64(struct random *random);
// Uniform in [0, bound); bound must not be 0.
uint32_t random_below(struct random *random, uint32_t bound);
// Uniform in [0, 1).
double random_unit(struct random *random);

// From the kernel. Any thread. Aborts if the kernel has none to give, which it always has after
// boot.
void random_secret(void *out, size_t size);
