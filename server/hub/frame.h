// frame: what a tick made of an instance, immutable from the moment it is published.
//
//   tick thread (owner)                         shard threads (readers)
//   instance_tick() -> struct frame  ==ring==>  viewer_compose() reads it for each client
//        ^                                           |
//        +------------------ ring: "done with it" ---+
//
// Nobody counts references across threads: the tick thread counts the shards it gave a frame to,
// and takes it back when all of them have returned it. A cell that did not change shares its slots
// with the frame before.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "wire/codec.h"

enum { FRAME_CELLS_MAX = 2048, CELL_NONE = UINT16_MAX };

struct frame_cell {
    uint32_t key;        // 0: this index is not in use
    uint16_t generation; // grows each time the index is used for another cell
    uint16_t slot_count;
    uint16_t population;
    const struct wire_slot *slots;     // as they stand at this tick, for whole cells
    uint8_t sequence[WIRE_LEVELS];     // of the last delta at each level
    const uint8_t *delta[WIRE_LEVELS]; // this tick's section; NULL: nothing, or not its turn
    uint32_t delta_bytes[WIRE_LEVELS];
};

// Where an entity stands in this frame.
struct frame_place {
    uint16_t cell; // index; CELL_NONE: not here
    uint16_t slot;
};

// The ground that a cell covers, both ends included. An index that is not in use covers nothing:
// its box lies FRAME_BOX_NOWHERE_CM away from every place.
struct frame_box {
    int32_t least_x_cm, least_z_cm, most_x_cm, most_z_cm;
};

enum { FRAME_BOX_NOWHERE_CM = 1 << 24 };

// A cell became four, or four became one, at this tick. Clients that saw the tick before only need
// these. They stand in the order in which they happened: a child may itself be the parent of a
// later one, and is then not among the frame's cells.
struct frame_split {
    uint32_t parent_key;          // the children's are 4 * parent_key + 0 .. 3
    uint16_t parent, children[4]; // cell indices
    uint16_t parent_generation, children_generation[4];
    bool merged; // true: children went and the parent came
};

struct frame {
    uint32_t instance; // number of the instance
    uint32_t tick;
    uint32_t population;
    bool has_news;       // some cell speaks at some level, or was split or merged
    uint32_t cell_count; // indices [0, cell_count) may be in use
    const struct frame_cell *cells;
    const struct frame_box *boxes; // by cell index
    uint32_t place_count;
    const struct frame_place *places; // by entity index (low 16 bits of its id)
    const struct frame_split *splits;
    uint32_t split_count;
    // The cells with news at the far level, in the order in which their sections lie, one right
    // behind the other: whoever wants them all copies them at once.
    const uint16_t *far_cells;
    uint32_t far_count;
};
