// reading: bodies that the codec has read to their end, so that the same bytes are not read anew
// for every client. Pure.
//
// A server writes a cell's news once and sends those bytes to all who watch it. Whether a body is
// valid, and how many changes it tells, depend on its op, level, key and bytes and on nothing else:
// one that equals a body read before, byte for byte, is answered for by that. Every other goes
// through the codec, and one that was refused is never remembered.
//
// Owner: one thread. Memory: the last body of each place, from the heap; none per frame once they
// have grown.
#pragma once

#include <stdint.h>

#include "wire/codec.h"

struct reading_place;

struct reading {
    struct reading_place *places; // NULL until the first body
    uint64_t decoded;             // bodies that went through the codec
};

void reading_done(struct reading *reading);

// The section will be taken soon: only a hint to the memory.
void reading_expect(const struct reading *reading, const struct wire_section *section);

// WIRE_BAD: the body is not valid. *changes: how many it tells, added to what is there.
enum wire_result reading_take(struct reading *reading, const struct wire_section *section,
                              uint32_t *changes);
