// assert: for our own mistakes. Stays on in release; no peer's bytes may ever trip one.
#pragma once

#include <stddef.h>

void assert_failed(const char *expression, const char *file, int line) __attribute__((noreturn));

// Memory is out for a size that we chose: nothing sensible can follow.
void assert_memory_failed(size_t bytes) __attribute__((noreturn));

#define ASSERT(expression)                                                                         \
    do {                                                                                           \
        if (__builtin_expect(!(expression), 0))                                                    \
            assert_failed(#expression, __FILE__, __LINE__);                                        \
    } while (0)
