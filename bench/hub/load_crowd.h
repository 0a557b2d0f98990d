// load_crowd: who is in the room of a run, where they walk, and how long their moves take to be
// seen. The walks are those of `flux swarm --pattern stadium`. No socket in here.
//
// Owner:  the one thread of hub_load.
// Memory: fixed at creation.
#pragma once

#include "bench/hub/record.h"
#include "swarm/crowd.h"
#include "swarm/latency.h"

enum {
    LOAD_CROWD_WATCHERS = 200,
    LOAD_CROWD_FOLLOWED = 4,
    LOAD_CROWD_MOVES = 1 << 18, // remembered; a power of two
    LOAD_CROWD_NEAR_CM = 1000,
};

struct load_move {
    uint32_t number, previous; // previous: of the same person; 0: none
    uint16_t person;
    uint64_t sent_us;
};

// A watcher's mover, and the last of its moves that was seen or need not be.
struct load_followed {
    uint16_t person;
    uint32_t number;
};

struct load_watcher {
    uint32_t person;
    uint32_t count;
    struct load_followed followed[LOAD_CROWD_FOLLOWED];
};

struct load_crowd {
    struct crowd crowd;
    uint32_t people;
    bool grouped; // only who is in the same group of 60 numbers is told of
    struct walker *walkers;
    struct record *records; // the last that each person sent
    uint32_t mover_count;
    uint16_t *movers;
    uint32_t watcher_count;
    struct load_watcher watchers[LOAD_CROWD_WATCHERS];
    int16_t *watcher_of; // person -> index, or -1
    uint32_t next_number;
    struct load_move *moves;
    uint64_t measured_from_us; // moves sent before, or while it is 0, are not counted
    struct latency latency;
};

void load_crowd_init(struct load_crowd *crowd, const struct crowd_settings *settings, bool grouped);
void load_crowd_done(struct load_crowd *crowd);

// One step of this mover; the record to send, whose number is new.
const struct record *load_crowd_step(struct load_crowd *crowd, uint32_t mover, uint64_t now_us);

// The watcher with this index follows the movers that are nearest to it now.
void load_crowd_follow(struct load_crowd *crowd, uint32_t watcher);

// Somebody read of a move. Nothing happens unless a watcher follows who made it. Moves that it
// overtook count as seen now: frames that were left out cannot hide a stall.
void load_crowd_saw(struct load_crowd *crowd, uint32_t watcher, uint32_t number, uint64_t now_us);
