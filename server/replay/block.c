#include "replay/block.h"

#include <string.h>
#include <zlib.h>

// Over kind, size and bytes: a size that was damaged is found out too.
static uint32_t sum_of(uint32_t kind, uint32_t size, const void *bytes)
{
    uint8_t numbers[8];
    format_put32(numbers, kind);
    format_put32(numbers + 4, size);
    return (uint32_t)crc32(crc32(0, numbers, sizeof numbers), bytes, size);
}

void block_head_write(uint32_t kind, const void *bytes, uint32_t size,
                      uint8_t out[BLOCK_HEADER_BYTES])
{
    memcpy(out, FORMAT_MAGIC, 4);
    format_put32(out + 4, kind);
    format_put32(out + 8, size);
    format_put32(out + 12, sum_of(kind, size, bytes));
}

bool block_head_read(const uint8_t head[BLOCK_HEADER_BYTES], struct block *out)
{
    if (memcmp(head, FORMAT_MAGIC, 4) != 0)
        return false;
    *out = (struct block){.kind = format_get32(head + 4),
                          .size = format_get32(head + 8),
                          .sum = format_get32(head + 12)};
    return out->size > 0 && out->size <= BLOCK_BYTES_MAX;
}

bool block_is_whole(const struct block *block, const void *bytes)
{
    return sum_of(block->kind, block->size, bytes) == block->sum;
}
