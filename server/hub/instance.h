// instance: one copy of a world with people in it: the rules of the crowd, with no socket, thread
// or wall clock. What comes in are joins, moves and words; what comes out are frames and notices.
//
// Owner: one tick thread (or a test). Memory: sized by `capacity` at creation; ticks use pools that
// grow to a steady state. Time is the tick count and the microseconds that the caller states;
// randomness is seeded: the same calls give the same frames.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "hub/frame.h"

enum {
    HUB_TICK_MS = 50,
    HUB_NAME_BYTES = 132, // 32 code points of 4 bytes, and the end
    HUB_RESUME_MS = 30000,
};

struct instance_spawn {
    int32_t x_cm, z_cm;
    int16_t y_cm;
    uint8_t yaw;
    int32_t radius_cm; // people are scattered within
    bool portal;       // only for who asks for it
};

struct instance_settings {
    uint32_t number;
    uint32_t capacity;                                    // people, lingering ones included
    int32_t least_x_cm, least_z_cm, most_x_cm, most_z_cm; // the world's bounds
    int16_t least_y_cm, most_y_cm;
    uint32_t speed_max_cm_s; // horizontal; vertical is 3 times that
    int32_t earshot_cm;
    const struct instance_spawn *spawns; // copied
    uint32_t spawn_count;                // at least 1
    uint32_t puppet_index_end;           // indices [1, this) are puppets'; 0: there are none
    uint64_t seed;
};

// Whom a notice is for, or a call is about: an entity that is connected or lingering.
typedef struct {
    uint32_t value; // as on the wire, 24 bits; 0 is nobody
} entity_id;

struct instance_join {
    uint8_t person[16]; // who this is, from the ticket: the same person resumes the same entity
    char name[HUB_NAME_BYTES];
    uint32_t look;
    uint32_t spawn; // 1 and its place in the world's list; 0, or one that is not there: any
    bool placed;    // start at `place`, from a place token, instead of at a spawn
    struct wire_state place;
    uint64_t connection; // the caller's handle; handed back in notices
};

struct instance_joined {
    entity_id entity;
    bool resumed;
    uint64_t replaced_connection; // a connection that this one takes the place of; 0: none
    struct wire_state place;
    uint32_t tick;
};

struct instance;
struct instance *instance_create(const struct instance_settings *settings);
void instance_destroy(struct instance *instance);

// ERR_LIMIT when it is full. A person who is here already (lingering or connected) is resumed.
MUST_CHECK bool instance_join(struct instance *instance, const struct instance_join *join,
                              uint64_t now_us, struct instance_joined *out, struct error *err);
// The connection is lost: the entity stays for HUB_RESUME_MS. Ignored unless `connection` is still
// its own.
void instance_linger(struct instance *instance, entity_id entity, uint64_t connection,
                     uint64_t now_us);
// The entity goes now.
void instance_leave(struct instance *instance, entity_id entity);

enum instance_move_result { MOVE_ACCEPTED, MOVE_STALE, MOVE_CORRECTED };

// Takes a move in if it could have happened. MOVE_CORRECTED: the entity stays; *at is where.
enum instance_move_result instance_move(struct instance *instance, entity_id entity,
                                        const struct wire_move *move, uint64_t now_us,
                                        struct wire_state *at);

// Ends the tick: expires lingerers, splits and merges cells, encodes what changed. The frame is
// valid until instance_return_frame() was called for it; frames are returned in any order.
const struct frame *instance_tick(struct instance *instance, uint64_t now_us);
void instance_return_frame(struct instance *instance, const struct frame *frame);

// A puppet stands where it is told, before each tick anew if need be: it has no connection, and no
// rule of the crowd binds it. Its id is the caller's to choose, its index below
// `puppet_index_end`; a puppet with another id of that index goes.
struct instance_puppet {
    struct wire_identity identity;
    struct wire_state state;
    const char *name;
};

void instance_show_puppet(struct instance *instance, const struct instance_puppet *puppet);
void instance_drop_puppet(struct instance *instance, entity_id puppet);
// The puppet whose index comes next after that of `id` (0: the first); 0 when there is none.
entity_id instance_next_puppet(const struct instance *instance, entity_id id);
uint32_t instance_puppet_count(const struct instance *instance);

uint32_t instance_population(const struct instance *instance); // connected and lingering
uint32_t instance_tick_number(const struct instance *instance);
const struct instance_settings *instance_settings_of(const struct instance *instance);

// A person as others may know them. What it points to is borrowed until the next call that changes
// it.
struct instance_person {
    entity_id entity;
    const char *name;
    uint32_t look;
    struct wire_state state;
    uint64_t connection; // 0: lingering, or a puppet
    const uint8_t *person;
};

bool instance_find(const struct instance *instance, entity_id entity, struct instance_person *out);
// Name and look; NULL or a look equal to the old one leaves it. The new look is told to everyone.
void instance_set_profile(struct instance *instance, entity_id entity, const char *name,
                          const uint32_t *look);

// Calls back with the connection of everyone connected within `radius_cm` of the point, as of the
// last tick; of all when it is below 0. The callback must not change the instance.
void instance_each_within(struct instance *instance, int32_t x_cm, int32_t z_cm, int32_t radius_cm,
                          void (*on_connection)(void *context, uint64_t connection,
                                                entity_id entity),
                          void *context);

// Asserts every invariant: each entity in exactly one cell, slots and indices agree, counts add up.
void instance_verify(const struct instance *instance);
