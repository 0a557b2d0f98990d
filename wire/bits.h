// bits: fields of up to 56 bits, packed from the least significant bit of each byte upwards.
//
// Both ends move whole 64-bit words: the writer keeps fewer than 8 bits pending and stores eight
// bytes at a time, of which only the full ones count; the reader loads eight bytes wherever eight
// are left. Bytes are put together by shifts, which compilers turn into one load or store.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    BITS_FIELD_MAX = 56,
    BITS_WRITE_SLACK = 8, // bytes past the last one that a writer may overwrite
};

static inline uint64_t bits_load64(const uint8_t *at)
{
    return (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 | (uint64_t)at[3] << 24 |
           (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 | (uint64_t)at[6] << 48 |
           (uint64_t)at[7] << 56;
}

static inline void bits_store64(uint8_t *at, uint64_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
    at[2] = (uint8_t)(value >> 16);
    at[3] = (uint8_t)(value >> 24);
    at[4] = (uint8_t)(value >> 32);
    at[5] = (uint8_t)(value >> 40);
    at[6] = (uint8_t)(value >> 48);
    at[7] = (uint8_t)(value >> 56);
}

static inline uint64_t bits_mask(unsigned count)
{
    return ((uint64_t)1 << count) - 1; // count <= 63
}

struct bits_writer {
    uint8_t *at;
    uint64_t pending;
    unsigned pending_bits; // below 8
};

// `value` has no bits above `count`, which is at most BITS_FIELD_MAX.
static inline void bits_put(struct bits_writer *writer, uint64_t value, unsigned count)
{
    uint64_t word = writer->pending | value << writer->pending_bits;
    unsigned have = writer->pending_bits + count;
    bits_store64(writer->at, word);
    writer->at += have >> 3;
    writer->pending = word >> (have & ~7u);
    writer->pending_bits = have & 7;
}

static inline void bits_put_zeros(struct bits_writer *writer, uint32_t count)
{
    for (; count > BITS_FIELD_MAX; count -= BITS_FIELD_MAX)
        bits_put(writer, 0, BITS_FIELD_MAX);
    bits_put(writer, 0, count);
}

// Fills the last byte with zeros; returns the end.
static inline uint8_t *bits_finish(struct bits_writer *writer)
{
    if (writer->pending_bits)
        *writer->at++ = (uint8_t)writer->pending;
    writer->pending_bits = 0;
    return writer->at;
}

struct bits_reader {
    const uint8_t *bytes;
    size_t size; // bytes, at most SIZE_MAX / 8
    size_t bit;  // the next one
};

static inline size_t bits_left(const struct bits_reader *reader)
{
    return reader->size * 8 - reader->bit;
}

// The word at the reader's bit where fewer than eight bytes are left; what is past the end are
// zeros. Apart, so that what is common stays short wherever it is inlined.
static __attribute__((noinline, unused)) uint64_t bits_peek_last(const uint8_t *bytes, size_t size,
                                                                 size_t bit)
{
    uint64_t word = 0;
    unsigned shift = 0;
    for (size_t at = bit >> 3; at < size; at++, shift += 8)
        word |= (uint64_t)bytes[at] << shift;
    return word >> (bit & 7);
}

// The next bits, 57 or more of them.
static inline uint64_t bits_peek(const struct bits_reader *reader)
{
    size_t at = reader->bit >> 3;
    if (reader->size >= 8 && at <= reader->size - 8)
        return bits_load64(reader->bytes + at) >> (reader->bit & 7);
    return bits_peek_last(reader->bytes, reader->size, reader->bit);
}

// False, and nothing taken, when fewer than `count` (at most BITS_FIELD_MAX) are left.
static inline bool bits_take(struct bits_reader *reader, unsigned count, uint64_t *out)
{
    if (count > bits_left(reader))
        return false;
    *out = bits_peek(reader) & bits_mask(count);
    reader->bit += count;
    return true;
}

// Whether what was taken ends in the last byte and the rest of that byte is zeros.
static inline bool bits_are_done(const struct bits_reader *reader)
{
    return bits_left(reader) < 8 && bits_peek(reader) == 0;
}
