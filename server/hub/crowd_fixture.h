// crowd_fixture: people of a simulated crowd and the instance they are in: they walk, gather,
// spread, join, leave, lose their connection and come back, try to teleport and to speed.
// Everything comes from a seed; FLUX_SEED=n replays one.
//
// For tests alone: what must hold is checked as it happens, and fails with what is needed to
// replay.
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/random.h"
#include "hub/allowance.h"
#include "hub/instance.h"
#include "hub/viewer.h"

enum {
    CROWD_PAST_TICKS = 32, // how long the crowd remembers where each was: a power of two
};

enum person_mode { PERSON_AWAY, PERSON_HERE, PERSON_LOST };

struct person {
    enum person_mode mode;
    uint8_t number[16];
    uint32_t entity;
    uint32_t look;
    uint64_t connection;
    struct allowance allowance; // of the connection, as its shard keeps it
    uint16_t sequence;
    uint32_t back_tick;
    uint32_t came_tick, went_tick;
    struct wire_state state; // as the instance has it
    int32_t goal_x_cm, goal_z_cm;
    struct wire_state past[CROWD_PAST_TICKS]; // by tick: as the instance had it then
};

struct crowd {
    uint64_t seed;
    struct random random;
    struct instance *instance;
    uint64_t now_us;
    uint64_t connections;
    struct person *people;
    uint32_t people_count, present;
    const struct frame *history[VIEWER_HISTORY_TICKS];
    uint32_t history_count;
    uint64_t hash; // of everything that frames said
    uint32_t corrected, dropped, resumed, splits, merges, deepest;
};

// Fails with what is needed to replay.
__attribute__((noreturn)) void crowd_wrong(const struct crowd *crowd, const char *what,
                                           const char *file, int line);
#define CHECK(crowd, expression)                                                                   \
    ((expression) ? (void)0 : crowd_wrong(crowd, #expression, __FILE__, __LINE__))

struct crowd *crowd_create(uint32_t people, uint64_t seed);
void crowd_destroy(struct crowd *crowd);

uint32_t crowd_below(struct crowd *crowd, uint32_t bound);
bool crowd_chance(struct crowd *crowd, uint32_t per_million);

// Everyone does something, or nothing: before each tick. `busy`: most of them walk.
void crowd_act(struct crowd *crowd, bool busy);
// The instance's next tick, with all that must hold after each.
void crowd_tick(struct crowd *crowd);

// Everyone heads for a spot of 10 x 10 m.
void crowd_gather(struct crowd *crowd, int32_t x_cm, int32_t z_cm);
void crowd_spread(struct crowd *crowd);

uint32_t people_lost(const struct crowd *crowd);
void people_come_back(struct crowd *crowd);
void person_lose_connection(struct crowd *crowd, struct person *person);
