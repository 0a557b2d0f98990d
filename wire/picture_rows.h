// picture_rows: the inside of a picture, and what happens to single rows. For wire/ only.
//
// Every row is in one list: that of the cell that claims it, or the unclaimed ones, oldest first.
#pragma once

#include "wire/picture.h"
#include "wire/picture_index.h"

struct picture {
    struct picture_rows rows;
    uint32_t capacity, count;

    // By row, beside the public arrays.
    uint64_t *who;             // entity index: the low 16 bits of the id
    uint64_t *place;           // key << 16 | slot, while claimed
    uint32_t *next, *previous; // in the row's list
    uint32_t *unclaimed_since; // tick

    struct row_table by_who, by_place;
    struct picture_cell *cells;
    uint32_t cell_count;
    struct row_list unclaimed;

    bool begun; // a frame was taken in since the reset
    uint32_t tick, epoch_tick;
    float now; // ticks after the epoch
    float hold_ticks[WIRE_LEVELS];

    uint32_t anomalies, membership_version;
    uint32_t dirty_first, dirty_last;
};

// The row at a place, or ROW_NONE.
uint32_t row_at(const struct picture *picture, uint32_t key, uint32_t slot);
// The row of an entity's index, whatever its generation, or ROW_NONE.
uint32_t row_of_index(const struct picture *picture, uint32_t id);
// A new row, unclaimed, shown at `state`. ROW_NONE when all are in use.
uint32_t row_add(struct picture *picture, uint32_t id, const struct wire_state *state);
void row_claim(struct picture *picture, uint32_t row, struct picture_cell *cell, uint32_t slot);
void row_release(struct picture *picture, uint32_t row);
// The last row takes its number.
void row_drop(struct picture *picture, uint32_t row);
void row_describe(struct picture *picture, uint32_t row, const struct wire_identity *identity);
// News of the row's entity: starts a segment unless it says the same place again.
void row_tell(struct picture *picture, uint32_t row, const struct wire_state *state,
              enum wire_level level);

void rows_touch_all(struct picture *picture);
