// follow: the least that a client must know to tell whether frames are whole and in order: the
// level and sequence of every cell it was given. Pure.
//
// Less than a tenth of a picture's memory: this is how ten thousand clients all check what they
// get. Owner: one client. Memory: one table from the heap that doubles as cells come.
#pragma once

#include <stdint.h>

#include "swarm/reading.h"
#include "wire/codec.h"

struct follow_cell {
    uint32_t key; // 0: free
    uint8_t level, sequence;
};

struct follow {
    struct follow_cell *cells; // open addressing, a power of two
    uint32_t capacity, count;
};

void follow_done(struct follow *follow);
void follow_reset(struct follow *follow);

// Reads a frame to its end. WIRE_BAD: it is not valid, or a delta does not follow the last one of
// its cell. *changes: how many entities it spoke of.
enum wire_result follow_apply(struct follow *follow, struct reading *reading, const uint8_t *bytes,
                              size_t size, uint32_t *changes);

// NULL when the cell is not known.
const struct follow_cell *follow_find(const struct follow *follow, uint32_t key);
