// picture_index: the tables of a picture: rows by name, and cells by key. For wire/ only.
//
// Both are open addressing with linear probing, at most half full, and deletion shifts back what
// follows, so that no lookup ever meets a tombstone.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ROW_NONE = UINT32_MAX };

// Rows found by a name; names[row] is the row's own, and no two rows in the table share one.
struct row_table {
    uint32_t *entries;     // row + 1; 0: free
    const uint64_t *names; // by row
    uint32_t mask;         // entries - 1, entries being a power of two
};

// The entries a table needs for so many rows.
uint32_t row_table_entries(uint32_t row_count_max);
void row_table_clear(struct row_table *table);
uint32_t row_table_find(const struct row_table *table, uint64_t name); // or ROW_NONE
void row_table_add(struct row_table *table, uint32_t row);
void row_table_remove(struct row_table *table, uint32_t row);
// The row `from` goes to the number `to`; called while names[from] and names[to] are both its name.
void row_table_renumber(struct row_table *table, uint32_t from, uint32_t to);

// Rows in order, linked through the picture's next and previous.
struct row_list {
    uint32_t first, last; // ROW_NONE when empty
};

struct picture_cell {
    uint32_t key; // 0: free
    struct row_list rows;
    uint8_t level, sequence;
    bool whole; // given whole, and no delta lost since
};

enum { CELL_TABLE_ENTRIES = 8192 };

// `cells` has CELL_TABLE_ENTRIES entries. A pointer is good until the next removal.
struct picture_cell *cell_table_find(struct picture_cell *cells, uint32_t key); // NULL: not there
// The caller has made sure that the key is not there, and that less than half is in use.
struct picture_cell *cell_table_add(struct picture_cell *cells, uint32_t key);
void cell_table_remove(struct picture_cell *cells, struct picture_cell *cell);
