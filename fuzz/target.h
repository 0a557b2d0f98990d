// target: what every fuzz target needs. libFuzzer calls LLVMFuzzerTestOneInput; fuzz/replay.c does
// for files.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// The property that the target is about does not hold.
#define TARGET_CHECK(expression)                                                                   \
    do {                                                                                           \
        if (!(expression)) {                                                                       \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #expression);               \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

// A copy in a block of exactly its size, so that reading one byte too many traps. The caller frees
// it.
static inline uint8_t *target_copy(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    if (!copy)
        abort();
    if (size)
        memcpy(copy, data, size);
    return copy;
}
