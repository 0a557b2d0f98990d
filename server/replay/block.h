// block: what a recording's file consists of: a kind, a size, a checksum, and bytes.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "replay/format.h"

struct block {
    uint32_t kind, size, sum;
};

void block_head_write(uint32_t kind, const void *bytes, uint32_t size,
                      uint8_t out[BLOCK_HEADER_BYTES]);
// False: these bytes begin no block.
bool block_head_read(const uint8_t head[BLOCK_HEADER_BYTES], struct block *out);
// Whether the bytes are those that were written.
bool block_is_whole(const struct block *block, const void *bytes);
