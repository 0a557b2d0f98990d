#include "hub/frame_pool.h"

#include "base/assert.h"
#include "base/buffer.h"

struct pooled_frame {
    struct frame frame; // first: it is what readers know
    struct pooled_frame *next_free, *next_made;
    bool out;
    struct buffer bytes; // the sections, level by level
    uint32_t places_capacity;
    struct frame_place *places;
    struct slot_block *blocks[FRAME_CELLS_MAX]; // held while the frame is out
    struct frame_cell cells[FRAME_CELLS_MAX];
    struct frame_box boxes[FRAME_CELLS_MAX];
    struct frame_split splits[FRAME_CELLS_MAX];
    uint16_t far_cells[FRAME_CELLS_MAX];
    uint32_t offset[WIRE_LEVELS]
                   [FRAME_CELLS_MAX]; // of a section in `bytes`, which moves as it grows
};

void frame_pool_init(struct frame_pool *pool)
{
    *pool = (struct frame_pool){0};
}

void frame_pool_done(struct frame_pool *pool)
{
    for (struct pooled_frame *page = pool->made, *next; page; page = next) {
        next = page->next_made;
        buffer_done(&page->bytes);
        free(page->places);
        free(page);
    }
    *pool = (struct frame_pool){0};
}

static struct pooled_frame *page_take(struct frame_pool *pool)
{
    struct pooled_frame *page = pool->free;
    if (page) {
        pool->free = page->next_free;
    } else {
        page = calloc(1, sizeof *page);
        ASSERT(page);
        page->next_made = pool->made;
        pool->made = page;
        pool->made_count++;
    }
    ASSERT(!page->out);
    page->out = true;
    page->bytes.size = 0;
    pool->out_count++;
    return page;
}

void frame_pool_return(struct frame_pool *pool, struct cells *cells, const struct frame *frame)
{
    struct pooled_frame *page = (struct pooled_frame *)frame;
    ASSERT(page->out);
    for (uint32_t i = 0; i < page->frame.cell_count; i++) {
        block_unref(&cells->blocks, page->blocks[i]);
        page->blocks[i] = NULL;
    }
    page->out = false;
    page->next_free = pool->free;
    pool->free = page;
    pool->out_count--;
}

static void cell_show(struct pooled_frame *page, uint32_t index, const struct cell *cell)
{
    page->blocks[index] = cell->key && cell->block ? block_ref(cell->block) : NULL;
    page->cells[index] = (struct frame_cell){
        .key = cell->key,
        .generation = cell->generation,
        .slot_count = (uint16_t)cell->slot_count,
        .population = (uint16_t)cell->population,
        .slots = cells_slots(cell),
    };
}

static void places_show(struct pooled_frame *page, const struct cells *cells)
{
    if (page->places_capacity < cells->place_count) {
        free(page->places);
        page->places_capacity = cells->places_capacity;
        page->places = calloc(page->places_capacity, sizeof *page->places);
        ASSERT(page->places);
    }
    if (cells->place_count)
        memcpy(page->places, cells->places, cells->place_count * sizeof *page->places);
}

static void section_encode(struct pooled_frame *page, struct cells *cells, uint32_t index,
                           enum wire_level level, uint32_t tick)
{
    struct cell *cell = &cells->cell[index];
    struct frame_cell *shown = &page->cells[index];
    uint32_t since = cell->since[level];
    if (!tick_is_after(cell->changed_tick, since))
        return;
    uint8_t *out = buffer_reserve(&page->bytes, wire_section_bytes_max(shown->slot_count));
    size_t size = wire_delta_write(cell->key, level, (uint8_t)(cell->sequence[level] + 1), since,
                                   tick, shown->slots, shown->slot_count, out);
    if (size == 0)
        return;
    page->offset[level][index] = (uint32_t)page->bytes.size;
    page->bytes.size += size;
    shown->delta_bytes[level] = (uint32_t)size;
    cell->sequence[level]++;
    if (level == WIRE_FAR)
        page->far_cells[page->frame.far_count++] = (uint16_t)index;
}

static void level_encode(struct pooled_frame *page, struct cells *cells, enum wire_level level,
                         uint32_t tick)
{
    for (uint32_t i = 0; i < page->frame.cell_count; i++) {
        const struct cell *cell = &cells->cell[i];
        if (!cell->key || !cell_is_due(cell, level, tick))
            continue;
        section_encode(page, cells, i, level, tick);
        cells_told(cells, i, level, tick);
    }
}

// The bytes stand still now.
static void sections_point(struct pooled_frame *page, const struct cells *cells)
{
    for (uint32_t i = 0; i < page->frame.cell_count; i++) {
        struct frame_cell *shown = &page->cells[i];
        for (int level = 0; level < WIRE_LEVELS; level++) {
            shown->sequence[level] = cells->cell[i].sequence[level];
            if (shown->delta_bytes[level])
                shown->delta[level] = page->bytes.bytes + page->offset[level][i];
        }
    }
}

const struct frame *frame_pool_make(struct frame_pool *pool, struct cells *cells, uint32_t instance,
                                    uint32_t tick)
{
    struct pooled_frame *page = page_take(pool);
    page->frame = (struct frame){
        .instance = instance,
        .tick = tick,
        .population = cells->population,
        .cell_count = cells->cell_count,
        .cells = page->cells,
        .boxes = page->boxes,
        .place_count = cells->place_count,
        .splits = page->splits,
        .split_count = cells->split_count,
        .far_cells = page->far_cells,
    };
    for (uint32_t i = 0; i < cells->cell_count; i++)
        cell_show(page, i, &cells->cell[i]);
    places_show(page, cells);
    page->frame.places = page->places;
    memcpy(page->boxes, cells->boxes, cells->cell_count * sizeof page->boxes[0]);
    memcpy(page->splits, cells->splits, cells->split_count * sizeof page->splits[0]);
    // Level by level, so that the sections of a level lie side by side.
    for (int level = 0; level < WIRE_LEVELS; level++)
        level_encode(page, cells, (enum wire_level)level, tick);
    sections_point(page, cells);
    page->frame.has_news = page->bytes.size > 0 || cells->split_count > 0;
    return &page->frame;
}
