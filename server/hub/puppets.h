// puppets: people in an instance whom no connection moves: somebody outside of the hub says where
// they are. No rule binds them but that they stand on the ground.
//
// Owner: the tick thread. Memory: all of it at creation, by index. Their indices [1, index_end)
// are set apart from those of the roster, so that a puppet's id is its puppeteer's to choose.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/instance.h"

struct puppet {
    uint32_t id; // 0: nobody
    uint8_t kind;
    uint32_t look;
    struct wire_state state;
    char name[HUB_NAME_BYTES];
};

struct puppets {
    uint32_t index_end; // 0: none
    uint32_t count;
    struct puppet *by_index;
};

void puppets_init(struct puppets *puppets, uint32_t index_end);
void puppets_done(struct puppets *puppets);

static inline bool puppets_own_index(const struct puppets *puppets, uint32_t index)
{
    return index < puppets->index_end;
}

// The place of an id's index, whoever is there; the index must be the puppets' own.
struct puppet *puppets_place(const struct puppets *puppets, uint32_t id);
// NULL when nobody of this id is here.
const struct puppet *puppets_find(const struct puppets *puppets, uint32_t id);
// The first whose index is after this one; NULL when there is none.
const struct puppet *puppets_after(const struct puppets *puppets, uint32_t index);
