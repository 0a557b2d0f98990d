// arena: memory that dies together (a request, a tick, a start-up).
//
// Owner: one thread at a time. Chunks grow as needed; reset keeps them for reuse. The free tail is
// poisoned under AddressSanitizer.
#pragma once

#include <stdarg.h>
#include <stddef.h>

#include "base/error.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *first, *current;
    size_t chunk_bytes; // size of the next chunk
    size_t used_bytes;  // handed out since the last reset
};

void arena_init(struct arena *arena, size_t chunk_bytes);
void arena_done(struct arena *arena);
// All that was handed out is gone; the memory is kept.
void arena_reset(struct arena *arena);

// 16-byte aligned, zeroed. Aborts when memory is out: for sizes that we choose.
void *arena_alloc(struct arena *arena, size_t bytes);
// NULL when memory is out: for sizes that a peer chose (after its limit).
MUST_CHECK void *arena_try_alloc(struct arena *arena, size_t bytes);
char *arena_strndup(struct arena *arena, const char *text, size_t bytes);
char *arena_printf(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
