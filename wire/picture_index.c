#include "wire/picture_index.h"

#include "wire/picture.h"

_Static_assert(CELL_TABLE_ENTRIES >= 2 * PICTURE_CELLS_MAX, "at most half full");
_Static_assert((CELL_TABLE_ENTRIES & (CELL_TABLE_ENTRIES - 1)) == 0, "masks need a power of two");

// Spreads names that differ in few bits (Fibonacci hashing).
static uint32_t spread(uint64_t name)
{
    return (uint32_t)(name * 0x9e3779b97f4a7c15u >> 40);
}

uint32_t row_table_entries(uint32_t row_count_max)
{
    uint32_t entries = 16;
    while (entries < 2 * row_count_max)
        entries *= 2;
    return entries;
}

void row_table_clear(struct row_table *table)
{
    for (uint32_t i = 0; i <= table->mask; i++)
        table->entries[i] = 0;
}

static uint32_t row_home(const struct row_table *table, uint32_t row)
{
    return spread(table->names[row]) & table->mask;
}

uint32_t row_table_find(const struct row_table *table, uint64_t name)
{
    for (uint32_t at = spread(name) & table->mask; table->entries[at];
         at = (at + 1) & table->mask) {
        uint32_t row = table->entries[at] - 1;
        if (table->names[row] == name)
            return row;
    }
    return ROW_NONE;
}

// Where the table holds the row, which is in it.
static uint32_t row_entry(const struct row_table *table, uint32_t row)
{
    uint32_t at = row_home(table, row);
    while (table->entries[at] != row + 1)
        at = (at + 1) & table->mask;
    return at;
}

void row_table_add(struct row_table *table, uint32_t row)
{
    uint32_t at = row_home(table, row);
    while (table->entries[at])
        at = (at + 1) & table->mask;
    table->entries[at] = row + 1;
}

// Whether what stands at `at`, with its home at `home`, may move back into the hole.
static bool may_fill(uint32_t hole, uint32_t home, uint32_t at, uint32_t mask)
{
    return ((at - home) & mask) >= ((at - hole) & mask);
}

void row_table_remove(struct row_table *table, uint32_t row)
{
    uint32_t hole = row_entry(table, row);
    uint32_t at = hole;
    while (at = (at + 1) & table->mask, table->entries[at]) {
        if (may_fill(hole, row_home(table, table->entries[at] - 1), at, table->mask)) {
            table->entries[hole] = table->entries[at];
            hole = at;
        }
    }
    table->entries[hole] = 0;
}

void row_table_renumber(struct row_table *table, uint32_t from, uint32_t to)
{
    table->entries[row_entry(table, from)] = to + 1;
}

enum { CELL_MASK = CELL_TABLE_ENTRIES - 1 };

struct picture_cell *cell_table_find(struct picture_cell *cells, uint32_t key)
{
    for (uint32_t at = spread(key) & CELL_MASK; cells[at].key; at = (at + 1) & CELL_MASK) {
        if (cells[at].key == key)
            return &cells[at];
    }
    return NULL;
}

struct picture_cell *cell_table_add(struct picture_cell *cells, uint32_t key)
{
    uint32_t at = spread(key) & CELL_MASK;
    while (cells[at].key)
        at = (at + 1) & CELL_MASK;
    cells[at] = (struct picture_cell){.key = key, .rows = {ROW_NONE, ROW_NONE}};
    return &cells[at];
}

void cell_table_remove(struct picture_cell *cells, struct picture_cell *cell)
{
    uint32_t hole = (uint32_t)(cell - cells);
    uint32_t at = hole;
    while (at = (at + 1) & CELL_MASK, cells[at].key) {
        if (may_fill(hole, spread(cells[at].key) & CELL_MASK, at, CELL_MASK)) {
            cells[hole] = cells[at];
            hole = at;
        }
    }
    cells[hole].key = 0;
}
