// format: the numbers of a recording's file, as docs/recording.md states it.
#pragma once

#include <stdint.h>

enum {
    FORMAT_VERSION = 1,
    BLOCK_HEADER_BYTES = 16,
    BLOCK_HEAD = 1,
    BLOCK_STRETCH = 2,
    BLOCK_BYTES_MAX = 64 << 20,
    STRETCH_HEAD_BYTES = 20,
    STRETCH_TICKS_MAX = 1200,
    RECORD_HEAD_BYTES = 9,
    NAME_RECORD_BYTES = 8,  // before the name itself
    WORDS_RECORD_BYTES = 4, // before the event
    WORDS_BYTES_MAX = 8192,
};

#define FORMAT_MAGIC "flxr"

enum record_kind { RECORD_FRAME = 1, RECORD_NAME = 2, RECORD_WORDS = 3, RECORD_WORDS_TO_ALL = 4 };

// What a stretch begins with: some seconds of one instance that need nothing before them.
struct stretch_head {
    uint32_t first_tick, ticks;
    uint32_t index_end; // of every entity's index
    uint64_t begun_wall_ms;
};

static inline void format_put32(uint8_t *at, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        at[i] = (uint8_t)(value >> 8 * i);
}

static inline uint32_t format_get32(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static inline void stretch_head_write(const struct stretch_head *head, uint8_t *out)
{
    format_put32(out, head->first_tick);
    format_put32(out + 4, head->ticks);
    format_put32(out + 8, head->index_end);
    format_put32(out + 12, (uint32_t)head->begun_wall_ms);
    format_put32(out + 16, (uint32_t)(head->begun_wall_ms >> 32));
}

static inline struct stretch_head stretch_head_read(const uint8_t *at)
{
    return (struct stretch_head){
        .first_tick = format_get32(at),
        .ticks = format_get32(at + 4),
        .index_end = format_get32(at + 8),
        .begun_wall_ms = format_get32(at + 12) | (uint64_t)format_get32(at + 16) << 32,
    };
}
