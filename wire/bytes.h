// bytes: little-endian integers, for wire/ only.
#pragma once

#include <stdint.h>

static inline void bytes_put16(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
}

static inline void bytes_put24(uint8_t *at, uint32_t value)
{
    bytes_put16(at, value);
    at[2] = (uint8_t)(value >> 16);
}

static inline void bytes_put32(uint8_t *at, uint32_t value)
{
    bytes_put24(at, value);
    at[3] = (uint8_t)(value >> 24);
}

static inline uint32_t bytes_get16(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8;
}

static inline uint32_t bytes_get24(const uint8_t *at)
{
    return bytes_get16(at) | (uint32_t)at[2] << 16;
}

static inline uint32_t bytes_get32(const uint8_t *at)
{
    return bytes_get24(at) | (uint32_t)at[3] << 24;
}
