#include "hub/viewer_cache.h"

#include "base/assert.h"
#include "hub/viewer.h"

struct viewer_cache *viewer_cache_create(void)
{
    struct viewer_cache *cache = calloc(1, sizeof *cache);
    ASSERT(cache);
    cache->epoch = 1;
    return cache;
}

void viewer_cache_destroy(struct viewer_cache *cache)
{
    if (!cache)
        return;
    buffer_done(&cache->bytes);
    free(cache);
}

void viewer_cache_reset(struct viewer_cache *cache)
{
    cache->frame = NULL;
    cache->bytes.size = 0;
    if (++cache->epoch != 0)
        return;
    memset(cache->sections, 0, sizeof cache->sections);
    cache->epoch = 1;
}

void viewer_cache_enter(struct viewer_cache *cache, const struct frame *frame)
{
    ASSERT(cache->want_count == 0);
    if (cache->frame == frame && cache->tick == frame->tick)
        return;
    viewer_cache_reset(cache);
    cache->frame = frame;
    cache->tick = frame->tick;
}

static void section_make(struct viewer_cache *cache, const struct frame_cell *cell,
                         enum wire_level level, struct cached_section *section)
{
    uint8_t *out = buffer_reserve(&cache->bytes, wire_section_bytes_max(cell->slot_count));
    size_t size = wire_full_write(cell->key, level, cell->sequence[level], cell->slots,
                                  cell->slot_count, out);
    *section = (struct cached_section){
        .epoch = cache->epoch,
        .offset = (uint32_t)cache->bytes.size,
        .size = (uint32_t)size,
    };
    cache->bytes.size += size;
}

void viewer_cache_append_full(struct viewer_cache *cache, const struct frame *frame, uint32_t cell,
                              enum wire_level level, struct buffer *out)
{
    ASSERT(cell < frame->cell_count && frame->cells[cell].key != 0);
    struct cached_section *section = &cache->sections[level][cell];
    if (section->epoch != cache->epoch)
        section_make(cache, &frame->cells[cell], level, section);
    buffer_append(out, cache->bytes.bytes + section->offset, section->size);
}
