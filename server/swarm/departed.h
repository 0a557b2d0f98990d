// departed: who is gone, and when, so that a picture that still shows them can be told from one
// that may. Pure.
//
// Owner: a scene. Memory: one table of fixed size, from the heap at the first departure. An id's
// low 16 bits are unique at any one time, so that whoever departed last stands for all before.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "wire/codec.h"

enum { DEPARTED_ROWS = 65536 };

struct departed_row {
    uint32_t id, instance; // id 0: nobody
    bool left;             // said goodbye; else the connection was cut, and the entity lingers
    uint64_t gone_us;
};

struct departed {
    struct departed_row *rows; // NULL: nobody departed yet
};

void departed_done(struct departed *departed);
void departed_add(struct departed *departed, uint32_t instance, uint32_t id, bool left,
                  uint64_t now_us);

// Whether the server may still show them: for 30 s after a cut (docs/protocol.md, section 5.2), and
// for a moment after a goodbye.
bool departed_may_linger(const struct departed_row *row, uint64_t now_us);
