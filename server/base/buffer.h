// buffer: bytes that grow, with an upper bound stated by each writer's caller.
//
// Owner: one thread. The bytes belong to the buffer until buffer_done().
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct buffer {
    uint8_t *bytes;
    size_t size, capacity;
};

void buffer_done(struct buffer *buffer);
// Room for `more` bytes after size. Aborts when memory is out.
uint8_t *buffer_reserve(struct buffer *buffer, size_t more);
void buffer_append(struct buffer *buffer, const void *bytes, size_t size);
void buffer_printf(struct buffer *buffer, const char *format, ...) PRINTF_LIKE(2, 3);
// Drops the first `size` bytes.
void buffer_consume(struct buffer *buffer, size_t size);
// Gives the memory back when it is empty and larger than `keep` bytes.
void buffer_trim(struct buffer *buffer, size_t keep);
