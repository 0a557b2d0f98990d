#include "swarm/follow.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

enum { CAPACITY_LEAST = 64, SECTIONS_AHEAD = 16 };

static uint32_t slot_of(const struct follow *follow, uint32_t key)
{
    return (key * 2654435769u >> 7) & (follow->capacity - 1);
}

void follow_done(struct follow *follow)
{
    free(follow->cells);
    *follow = (struct follow){0};
}

void follow_reset(struct follow *follow)
{
    if (follow->count)
        memset(follow->cells, 0, follow->capacity * sizeof *follow->cells);
    follow->count = 0;
}

// The cell, or the free place where it would stand.
static struct follow_cell *cell_at(const struct follow *follow, uint32_t key)
{
    uint32_t at = slot_of(follow, key);
    while (follow->cells[at].key && follow->cells[at].key != key)
        at = (at + 1) & (follow->capacity - 1);
    return &follow->cells[at];
}

const struct follow_cell *follow_find(const struct follow *follow, uint32_t key)
{
    if (follow->count == 0)
        return NULL;
    const struct follow_cell *cell = cell_at(follow, key);
    return cell->key ? cell : NULL;
}

static void grow(struct follow *follow)
{
    struct follow old = *follow;
    follow->capacity = old.capacity ? old.capacity * 2 : CAPACITY_LEAST;
    follow->cells = calloc(follow->capacity, sizeof *follow->cells);
    ASSERT(follow->cells);
    for (uint32_t i = 0; i < old.capacity; i++)
        if (old.cells[i].key)
            *cell_at(follow, old.cells[i].key) = old.cells[i];
    free(old.cells);
}

static void remember(struct follow *follow, const struct wire_section *section)
{
    if ((follow->count + 1) * 4 > follow->capacity * 3)
        grow(follow);
    struct follow_cell *cell = cell_at(follow, section->key);
    follow->count += cell->key == 0;
    *cell = (struct follow_cell){section->key, (uint8_t)section->level, section->sequence};
}

// Closes the gap behind the removed cell, so that no search stops short of what stands after it.
static void forget(struct follow *follow, uint32_t key)
{
    struct follow_cell *cell = follow->count ? cell_at(follow, key) : NULL;
    if (!cell || !cell->key)
        return;
    uint32_t mask = follow->capacity - 1, hole = (uint32_t)(cell - follow->cells);
    for (uint32_t at = (hole + 1) & mask; follow->cells[at].key; at = (at + 1) & mask) {
        uint32_t home = slot_of(follow, follow->cells[at].key);
        if (((at - home) & mask) >= ((at - hole) & mask)) {
            follow->cells[hole] = follow->cells[at];
            hole = at;
        }
    }
    follow->cells[hole].key = 0;
    follow->count--;
}

static enum wire_result section_take(struct follow *follow, const struct wire_section *section)
{
    if (section->op == WIRE_FULL) {
        remember(follow, section);
    } else if (section->op == WIRE_GONE) {
        forget(follow, section->key);
    } else {
        const struct follow_cell *cell = follow_find(follow, section->key);
        if (!cell || cell->level != section->level)
            return WIRE_DONE;
        if (section->sequence != (uint8_t)(cell->sequence + 1))
            return WIRE_BAD;
        remember(follow, section);
    }
    return WIRE_DONE;
}

// The tables of ten thousand clients fit into no cache: what a section will be looked up in is
// asked of the memory some sections ahead.
static void expect(const struct follow *follow, const struct reading *reading,
                   const struct wire_section *section)
{
    if (follow->cells)
        __builtin_prefetch(&follow->cells[slot_of(follow, section->key)]);
    reading_expect(reading, section);
}

enum wire_result follow_apply(struct follow *follow, struct reading *reading, const uint8_t *bytes,
                              size_t size, uint32_t *changes)
{
    struct wire_frame frame;
    *changes = 0;
    if (wire_frame_read(bytes, size, &frame) == WIRE_BAD)
        return WIRE_BAD;
    if (frame.flags & WIRE_FRAME_RESET)
        follow_reset(follow);
    while (frame.rest_size > 0) {
        struct wire_section sections[SECTIONS_AHEAD];
        uint32_t count = 0;
        while (count < SECTIONS_AHEAD && frame.rest_size > 0) {
            if (wire_section_read(&frame, &sections[count]) == WIRE_BAD)
                return WIRE_BAD;
            expect(follow, reading, &sections[count++]);
        }
        for (uint32_t i = 0; i < count; i++)
            if (reading_take(reading, &sections[i], changes) == WIRE_BAD ||
                section_take(follow, &sections[i]) == WIRE_BAD)
                return WIRE_BAD;
    }
    return WIRE_DONE;
}
