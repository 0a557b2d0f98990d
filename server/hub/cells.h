// cells: the ground of an instance as an adaptive quadtree, and who stands in which of its slots.
//
//   node ----------- internal: four child nodes          cell (a leaf): slots [0, slot_count)
//    +-- node        leaf: the index of its cell   --->   taken | moved on | left | never used
//
// All leaves together always cover the ground, empty ones too. An entity stands in exactly one slot
// of one leaf and keeps the slot while it stays. Leaves with more than CELL_SPLIT_ABOVE people
// become four; four leaves of one parent become one when together they held fewer than
// CELL_MERGE_BELOW for a second.
//
// Owner: the tick thread. Memory: one block at creation, and slots from a pool of blocks that
// frames share (block_pool.h). Nothing here fails: at FRAME_CELLS_MAX cells just grow fuller
// instead of splitting.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/block_pool.h"
#include "hub/frame.h"

enum {
    CELL_SPLIT_ABOVE = 32,
    CELL_MERGE_BELOW = 16,
    CELL_MERGE_TICKS = 20,
    // How long news of a newcomer says who it is: every level speaks within.
    CELL_DESCRIBED_TICKS = 64,
    // An entity that was on its way for so long, always gone before its cell spoke at the far
    // level, says again who it is, and the cell it comes to speaks at once: clients are about to
    // give it up (PICTURE_ORPHAN_TICKS), and it may stay in the one it leaves for a turn besides.
    CELL_UNHEARD_TICKS = 32,
    NODES_MAX = (4 * FRAME_CELLS_MAX - 1) / 3 + 4,
    NODE_NONE = UINT16_MAX,
};

struct cell {
    uint32_t key; // 0: the index is free
    uint16_t generation;
    uint16_t node;
    uint32_t population;
    uint32_t slot_count;
    uint32_t free_from; // no slot below may be given out
    struct slot_block *block;
    uint32_t changed_tick;
    uint32_t since[WIRE_LEVELS]; // the tick of the level's last turn, or of the cell's making
    uint8_t sequence[WIRE_LEVELS];
    uint8_t phase;   // spreads the turns of the slower levels over the ticks
    bool far_wanted; // somebody came who was long unheard: the far turn comes at this tick
};

struct cell_node {
    uint16_t cell;     // CELL_NONE: internal
    uint16_t children; // the first of four nodes
    bool used, calm;
    uint32_t calm_since; // while calm: the tick since when four leaf children hold few enough
};

struct freed_index {
    uint16_t index;
    uint32_t tick;
};

struct cells {
    struct block_pool blocks;
    uint32_t cell_count; // indices [0, cell_count) were ever used
    uint32_t population;
    uint32_t place_count, places_capacity;
    struct frame_place *places; // by entity index
    uint32_t *heard; // by entity index: the tick when a cell last spoke of it at the far level

    uint32_t split_count; // of this tick
    uint32_t freed_head, freed_count;
    uint32_t node_count;
    uint16_t free_quads; // the first of four free nodes, linked by .children; NODE_NONE ends

    struct cell cell[FRAME_CELLS_MAX];
    struct frame_box boxes[FRAME_CELLS_MAX];
    struct cell_node nodes[NODES_MAX];
    struct frame_split splits[FRAME_CELLS_MAX];
    struct freed_index freed[FRAME_CELLS_MAX]; // a ring: oldest first
};

// Ticks wrap; so they are compared as serial numbers.
static inline bool tick_is_after(uint32_t tick, uint32_t other)
{
    return (int32_t)(tick - other) > 0;
}

// One empty cell, as of `tick`. Entity indices are below `places_capacity`.
struct cells *cells_create(uint32_t places_capacity, uint32_t tick);
void cells_destroy(struct cells *cells);

// A newcomer takes a slot. Its index (the low 16 bits of the id) stands nowhere yet.
void cells_put(struct cells *cells, const struct wire_identity *identity,
               const struct wire_state *state, uint32_t tick);
// Stands there now: in the same cell, or it moves on to another.
void cells_move(struct cells *cells, uint32_t index, const struct wire_state *state, uint32_t tick);
// Its look is another: everyone is told who it is again.
void cells_describe(struct cells *cells, uint32_t index, uint32_t look, uint32_t tick);
void cells_remove(struct cells *cells, uint32_t index, uint32_t tick);

// Splits and merges as needed, and lists in `splits` what it did.
void cells_reshape(struct cells *cells, uint32_t tick);

// Whether it is the cell's turn at the level.
bool cell_is_due(const struct cell *cell, enum wire_level level, uint32_t tick);
// The level's turn is over: what happened through `tick` has been told.
void cells_told(struct cells *cells, uint32_t cell, enum wire_level level, uint32_t tick);

// The index of the leaf that holds a point of the ground.
uint16_t cells_at(const struct cells *cells, int32_t x_cm, int32_t z_cm);
const struct wire_slot *cells_slots(const struct cell *cell); // never NULL
static inline bool cells_has(const struct cells *cells, uint32_t index)
{
    return index < cells->place_count && cells->places[index].cell != CELL_NONE;
}

// Calls back for each entity within the circle, as cells know it; a radius below 0: for all.
void cells_each_within(const struct cells *cells, int32_t x_cm, int32_t z_cm, int32_t radius_cm,
                       void (*on_entity)(void *context, uint32_t id), void *context);

void cells_verify(const struct cells *cells);
