#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

// clang tells by __has_feature, gcc by a macro.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#endif

#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#define POISON(start, bytes) ASAN_POISON_MEMORY_REGION(start, bytes)
#define UNPOISON(start, bytes) ASAN_UNPOISON_MEMORY_REGION(start, bytes)
#else
#define POISON(start, bytes) ((void)(start), (void)(bytes))
#define UNPOISON(start, bytes) ((void)(start), (void)(bytes))
#endif

enum { ALIGNMENT = 16, CHUNK_BYTES_LEAST = 256, CHUNK_BYTES_GROWN = 1 << 20 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t used, capacity;
    _Alignas(ALIGNMENT) uint8_t bytes[];
};

void arena_init(struct arena *arena, size_t chunk_bytes)
{
    ASSERT(chunk_bytes > 0);
    *arena = (struct arena){
        .chunk_bytes = chunk_bytes < CHUNK_BYTES_LEAST ? CHUNK_BYTES_LEAST : chunk_bytes,
    };
}

void arena_done(struct arena *arena)
{
    struct arena_chunk *chunk = arena->first;
    while (chunk) {
        struct arena_chunk *next = chunk->next;
        UNPOISON(chunk->bytes, chunk->capacity);
        free(chunk);
        chunk = next;
    }
    *arena = (struct arena){0};
}

void arena_reset(struct arena *arena)
{
    for (struct arena_chunk *chunk = arena->first; chunk; chunk = chunk->next) {
        chunk->used = 0;
        POISON(chunk->bytes, chunk->capacity);
    }
    arena->current = arena->first;
    arena->used_bytes = 0;
}

static struct arena_chunk *chunk_add(struct arena *arena, size_t bytes)
{
    size_t capacity = bytes > arena->chunk_bytes ? bytes : arena->chunk_bytes;
    struct arena_chunk *chunk = malloc(sizeof(*chunk) + capacity);
    if (!chunk)
        return NULL;
    chunk->used = 0;
    chunk->capacity = capacity;
    POISON(chunk->bytes, capacity);

    // Behind the current one, so that what follows it after a reset is still found.
    struct arena_chunk **link = arena->current ? &arena->current->next : &arena->first;
    chunk->next = *link;
    *link = chunk;
    if (arena->chunk_bytes < CHUNK_BYTES_GROWN)
        arena->chunk_bytes *= 2;
    return chunk;
}

static struct arena_chunk *chunk_with_room(struct arena *arena, size_t bytes)
{
    struct arena_chunk *chunk = arena->current ? arena->current : arena->first;
    while (chunk && chunk->capacity - chunk->used < bytes) {
        arena->current = chunk;
        chunk = chunk->next;
    }
    return chunk ? chunk : chunk_add(arena, bytes);
}

void *arena_try_alloc(struct arena *arena, size_t bytes)
{
    ASSERT(arena->chunk_bytes > 0);
    if (bytes > PTRDIFF_MAX / 2)
        return NULL;
    // Nothing asked for still gets a place of its own.
    size_t rounded = ((bytes ? bytes : 1) + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    struct arena_chunk *chunk = chunk_with_room(arena, rounded);
    if (!chunk)
        return NULL;

    uint8_t *start = chunk->bytes + chunk->used;
    UNPOISON(start, bytes);
    memset(start, 0, bytes);
    chunk->used += rounded;
    arena->current = chunk;
    arena->used_bytes += rounded;
    return start;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
    void *start = arena_try_alloc(arena, bytes);
    if (!start)
        assert_memory_failed(bytes);
    return start;
}

char *arena_strndup(struct arena *arena, const char *text, size_t bytes)
{
    size_t length = strnlen(text, bytes);
    char *copy = arena_alloc(arena, length + 1);
    memcpy(copy, text, length);
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    ASSERT(format != NULL);
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    ASSERT(length >= 0);
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}
