// roster: who is in an instance: identities, names and connections, found by entity and by person.
//
// Owner: the tick thread. Memory: all of it at creation. An entity's index rests for a minute after
// it left, so that late news or questions about it cannot mean another.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/instance.h"
#include "hub/pace.h"

enum {
    ROSTER_REST_TICKS = 60 * 1000 / HUB_TICK_MS,
    ROSTER_INDEX_MAX = UINT16_MAX,
};

struct entity {
    uint32_t id; // 0: nobody
    uint32_t look;
    struct wire_state state; // as accepted; its cell learns of it at the next tick
    bool dirty;              // listed for the next tick
    uint64_t connection;     // 0: lingering
    struct pace pace;
    uint64_t gone_us;                // lingering: when it leaves
    uint16_t newer_gone, older_gone; // lingering: its neighbours in the line, 0 ends
    uint8_t generation;
    uint8_t person[16];
    char name[HUB_NAME_BYTES];
};

struct resting {
    uint16_t index;
    uint32_t tick; // when it was freed
};

struct roster {
    uint32_t population, capacity;
    uint32_t index_first;            // those below are not the roster's; at least 1: 0 is nobody
    uint32_t index_count, index_max; // indices [index_first, index_count) were ever used
    struct entity *entities;         // by index
    uint32_t rest_head, rest_count, rest_capacity;
    struct resting *resting; // a ring of indices to be used again: oldest first
    uint32_t by_person_mask;
    uint16_t *by_person;               // open addressing, entity index or 0
    uint16_t oldest_gone, newest_gone; // the line of lingerers
};

// Uses no index below `index_first`.
void roster_init(struct roster *roster, uint32_t capacity, uint32_t index_first);
void roster_done(struct roster *roster);

// NULL when the instance is full, or every index is resting.
struct entity *roster_add(struct roster *roster, const uint8_t person[16], uint64_t connection,
                          uint32_t tick);
void roster_remove(struct roster *roster, struct entity *entity, uint32_t tick);

struct entity *roster_find(const struct roster *roster, uint32_t id);
struct entity *roster_find_person(const struct roster *roster, const uint8_t person[16]);
static inline uint32_t entity_index(const struct entity *entity)
{
    return entity->id & UINT16_MAX;
}

// The connection is gone; the entity joins the end of the line, and leaves no sooner than those
// before it.
void roster_linger(struct roster *roster, struct entity *entity, uint64_t gone_us);
void roster_connect(struct roster *roster, struct entity *entity, uint64_t connection);
// The lingerer whose time is up first; NULL when there is none.
struct entity *roster_oldest_gone(const struct roster *roster);

void roster_verify(const struct roster *roster);
