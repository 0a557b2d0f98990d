#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

enum { CAPACITY_LEAST = 64 };

void buffer_done(struct buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct buffer){0};
}

uint8_t *buffer_reserve(struct buffer *buffer, size_t more)
{
    ASSERT(buffer->size <= buffer->capacity);
    if (more > PTRDIFF_MAX - buffer->size)
        assert_memory_failed(more);
    size_t needed = buffer->size + more;
    if (needed > buffer->capacity || !buffer->bytes) {
        size_t capacity = buffer->capacity ? buffer->capacity : CAPACITY_LEAST;
        while (capacity < needed)
            capacity = capacity > PTRDIFF_MAX / 2 ? needed : capacity * 2;
        uint8_t *bytes = realloc(buffer->bytes, capacity);
        if (!bytes)
            assert_memory_failed(capacity);
        buffer->bytes = bytes;
        buffer->capacity = capacity;
    }
    return buffer->bytes + buffer->size;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t size)
{
    if (size == 0)
        return;
    memcpy(buffer_reserve(buffer, size), bytes, size);
    buffer->size += size;
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
    ASSERT(format != NULL);
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    ASSERT(length >= 0);
    uint8_t *end = buffer_reserve(buffer, (size_t)length + 1);
    vsnprintf((char *)end, (size_t)length + 1, format, again);
    va_end(again);
    buffer->size += (size_t)length;
}

void buffer_consume(struct buffer *buffer, size_t size)
{
    ASSERT(size <= buffer->size);
    if (size == 0)
        return;
    buffer->size -= size;
    memmove(buffer->bytes, buffer->bytes + size, buffer->size);
}

void buffer_trim(struct buffer *buffer, size_t keep)
{
    if (buffer->size == 0 && buffer->capacity > keep)
        buffer_done(buffer);
}
