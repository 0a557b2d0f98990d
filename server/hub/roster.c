#include "hub/roster.h"

#include "base/assert.h"

void roster_init(struct roster *roster, uint32_t capacity, uint32_t index_first)
{
    if (index_first == 0)
        index_first = 1; // 0 is nobody
    // Three resting indices for each person: a whole crowd may be replaced three times a minute.
    uint64_t wanted = index_first - 1 + (uint64_t)capacity * 4 + 256;
    uint32_t by_person = 64;
    while (by_person < capacity * 2)
        by_person *= 2;
    *roster = (struct roster){
        .capacity = capacity,
        .index_first = index_first,
        .index_count = index_first,
        .index_max = wanted < ROSTER_INDEX_MAX ? (uint32_t)wanted : ROSTER_INDEX_MAX,
        .by_person_mask = by_person - 1,
    };
    roster->rest_capacity = roster->index_max + 1;
    roster->entities = calloc(roster->index_max + 1, sizeof *roster->entities);
    roster->resting = calloc(roster->rest_capacity, sizeof *roster->resting);
    roster->by_person = calloc(by_person, sizeof *roster->by_person);
    ASSERT(roster->entities && roster->resting && roster->by_person);
}

void roster_done(struct roster *roster)
{
    free(roster->entities);
    free(roster->resting);
    free(roster->by_person);
    *roster = (struct roster){0};
}

// --- by person -----------------------------------------------------------------------------------

// A person's number is random already, and signed: whoever comes cannot choose it.
static uint32_t person_home(const struct roster *roster, const uint8_t person[16])
{
    uint64_t halves[2];
    memcpy(halves, person, sizeof halves);
    uint64_t mixed = (halves[0] ^ (halves[1] >> 7)) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(mixed >> 32) & roster->by_person_mask;
}

// Where the person is, or the empty place where it would be.
static uint32_t person_slot(const struct roster *roster, const uint8_t person[16])
{
    uint32_t at = person_home(roster, person);
    while (roster->by_person[at] &&
           memcmp(roster->entities[roster->by_person[at]].person, person, 16) != 0)
        at = (at + 1) & roster->by_person_mask;
    return at;
}

// Closes the gap at `at`: whoever behind it could not stand nearer to home moves up.
static void person_forget(struct roster *roster, uint32_t at)
{
    uint32_t mask = roster->by_person_mask;
    for (uint32_t next = (at + 1) & mask; roster->by_person[next]; next = (next + 1) & mask) {
        uint32_t home = person_home(roster, roster->entities[roster->by_person[next]].person);
        if (((next - home) & mask) < ((next - at) & mask))
            continue;
        roster->by_person[at] = roster->by_person[next];
        at = next;
    }
    roster->by_person[at] = 0;
}

// --- the line of lingerers -----------------------------------------------------------------------

static void line_leave(struct roster *roster, struct entity *entity)
{
    struct entity *all = roster->entities;
    if (entity->older_gone)
        all[entity->older_gone].newer_gone = entity->newer_gone;
    else
        roster->oldest_gone = entity->newer_gone;
    if (entity->newer_gone)
        all[entity->newer_gone].older_gone = entity->older_gone;
    else
        roster->newest_gone = entity->older_gone;
    entity->older_gone = entity->newer_gone = 0;
}

void roster_linger(struct roster *roster, struct entity *entity, uint64_t gone_us)
{
    ASSERT(entity->connection != 0);
    uint16_t index = (uint16_t)entity_index(entity);
    entity->connection = 0;
    const struct entity *last = &roster->entities[roster->newest_gone];
    entity->gone_us = roster->newest_gone && last->gone_us > gone_us ? last->gone_us : gone_us;
    entity->older_gone = roster->newest_gone;
    entity->newer_gone = 0;
    if (roster->newest_gone)
        roster->entities[roster->newest_gone].newer_gone = index;
    else
        roster->oldest_gone = index;
    roster->newest_gone = index;
}

void roster_connect(struct roster *roster, struct entity *entity, uint64_t connection)
{
    ASSERT(connection != 0);
    if (entity->connection == 0)
        line_leave(roster, entity);
    entity->connection = connection;
}

struct entity *roster_oldest_gone(const struct roster *roster)
{
    return roster->oldest_gone ? &roster->entities[roster->oldest_gone] : NULL;
}

// --- coming and going ----------------------------------------------------------------------------

// 0 when every index is taken or resting.
static uint32_t index_take(struct roster *roster, uint32_t tick)
{
    const struct resting *oldest = &roster->resting[roster->rest_head];
    if (roster->rest_count && tick - oldest->tick >= ROSTER_REST_TICKS) {
        roster->rest_head = (roster->rest_head + 1) % roster->rest_capacity;
        roster->rest_count--;
        return oldest->index;
    }
    return roster->index_count <= roster->index_max ? roster->index_count++ : 0;
}

struct entity *roster_add(struct roster *roster, const uint8_t person[16], uint64_t connection,
                          uint32_t tick)
{
    ASSERT(connection != 0);
    if (roster->population == roster->capacity)
        return NULL;
    uint32_t index = index_take(roster, tick);
    if (index == 0)
        return NULL;
    struct entity *entity = &roster->entities[index];
    ASSERT(entity->id == 0);
    uint8_t generation = (uint8_t)(entity->generation + 1);
    *entity = (struct entity){
        .id = index | (uint32_t)generation << 16,
        .generation = generation,
        .connection = connection,
    };
    uint32_t at = person_slot(roster, person);
    ASSERT(roster->by_person[at] == 0);
    memcpy(entity->person, person, sizeof entity->person);
    roster->by_person[at] = (uint16_t)index;
    roster->population++;
    return entity;
}

void roster_remove(struct roster *roster, struct entity *entity, uint32_t tick)
{
    uint16_t index = (uint16_t)entity_index(entity);
    if (entity->connection == 0)
        line_leave(roster, entity);
    person_forget(roster, person_slot(roster, entity->person));
    entity->id = 0;
    entity->connection = 0;
    ASSERT(roster->rest_count < roster->rest_capacity);
    uint32_t at = (roster->rest_head + roster->rest_count++) % roster->rest_capacity;
    roster->resting[at] = (struct resting){.index = index, .tick = tick};
    roster->population--;
}

struct entity *roster_find(const struct roster *roster, uint32_t id)
{
    uint32_t index = id & UINT16_MAX;
    if (id == 0 || index >= roster->index_count || roster->entities[index].id != id)
        return NULL;
    return &roster->entities[index];
}

struct entity *roster_find_person(const struct roster *roster, const uint8_t person[16])
{
    uint16_t index = roster->by_person[person_slot(roster, person)];
    return index ? &roster->entities[index] : NULL;
}

static uint32_t line_verify(const struct roster *roster)
{
    uint32_t count = 0;
    uint16_t older = 0;
    for (uint16_t at = roster->oldest_gone; at; at = roster->entities[at].newer_gone) {
        const struct entity *entity = &roster->entities[at];
        ASSERT(entity->id != 0 && entity->connection == 0);
        ASSERT(entity->older_gone == older);
        ASSERT(!older || roster->entities[older].gone_us <= entity->gone_us);
        older = at;
        count++;
    }
    ASSERT(roster->newest_gone == older);
    return count;
}

void roster_verify(const struct roster *roster)
{
    uint32_t here = 0, lingering = 0;
    for (uint32_t i = roster->index_first; i < roster->index_count; i++) {
        const struct entity *entity = &roster->entities[i];
        if (entity->id == 0)
            continue;
        ASSERT(entity_index(entity) == i);
        ASSERT(roster_find_person(roster, entity->person) == entity);
        here++;
        lingering += entity->connection == 0;
    }
    ASSERT(here == roster->population && here <= roster->capacity);
    ASSERT(line_verify(roster) == lingering);
    ASSERT(roster->index_count == roster->index_first + here + roster->rest_count);
}
