// Checks every table of a picture against every other. Slow: for tests and fuzzers.

#include "wire/picture_rows.h"

static bool list_is_sound(const struct picture *picture, const struct row_list *list, uint32_t key,
                          uint32_t *count)
{
    uint32_t before = ROW_NONE;
    for (uint32_t row = list->first; row != ROW_NONE; row = picture->next[row]) {
        if (row >= picture->count || picture->rows.cell[row] != key ||
            picture->previous[row] != before || ++*count > picture->count)
            return false;
        before = row;
    }
    return list->last == before;
}

static bool lists_are_sound(const struct picture *picture)
{
    uint32_t rows = 0, cells = 0;
    if (!list_is_sound(picture, &picture->unclaimed, 0, &rows))
        return false;
    for (uint32_t i = 0; i < CELL_TABLE_ENTRIES; i++) {
        struct picture_cell *cell = &picture->cells[i];
        if (!cell->key)
            continue;
        cells++;
        if (cell_table_find(picture->cells, cell->key) != cell || cell->level >= WIRE_LEVELS ||
            !list_is_sound(picture, &cell->rows, cell->key, &rows))
            return false;
    }
    return rows == picture->count && cells == picture->cell_count;
}

static uint32_t table_count(const struct row_table *table)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i <= table->mask; i++)
        count += table->entries[i] != 0;
    return count;
}

static bool row_is_sound(const struct picture *picture, uint32_t row)
{
    const struct picture_rows *rows = &picture->rows;
    const float *from = rows->from + 4 * (size_t)row, *to = rows->to + 4 * (size_t)row;
    const float *time = rows->time + 2 * (size_t)row;
    if (rows->id[row] == 0 || picture_find(picture, rows->id[row]) != row ||
        picture->who[row] != (rows->id[row] & 0xffff))
        return false;
    uint64_t place = picture->place[row];
    if (rows->cell[row] &&
        (place >> 16 != rows->cell[row] || row_table_find(&picture->by_place, place) != row))
        return false;
    for (int i = 0; i < 3; i++) { // written so that NaN fails
        if (!(from[i] > -2000 && from[i] < 2000 && to[i] > -2000 && to[i] < 2000))
            return false;
    }
    return from[3] > -0.51f && from[3] < 1.51f && to[3] - from[3] < 0.51f &&
           to[3] - from[3] > -0.51f && time[1] > time[0];
}

bool picture_is_sound(const struct picture *picture)
{
    uint32_t claimed = 0;
    if (picture->count > picture->capacity)
        return false;
    for (uint32_t row = 0; row < picture->count; row++) {
        if (!row_is_sound(picture, row))
            return false;
        claimed += picture->rows.cell[row] != 0;
    }
    return lists_are_sound(picture) && table_count(&picture->by_who) == picture->count &&
           table_count(&picture->by_place) == claimed;
}
