// crowd_watcher: some of a simulated crowd hold a viewer and a picture, and check each message and
// what the picture shows then. For tests alone.
#pragma once

#include "hub/crowd_fixture.h"
#include "wire/picture.h"

enum {
    WATCHERS_MAX = 24,
    SETTLE_TICKS = 160,
    // Who stalls for longer is dropped, and comes back with nothing.
    STALL_BORNE_TICKS = 2 * VIEWER_HISTORY_TICKS - 4,
};

// A cell that a client holds, as the protocol's page has it kept.
struct held_cell {
    uint32_t key;
    uint8_t level, sequence;
};

struct watcher {
    struct held_cell held[FRAME_CELLS_MAX];
    uint32_t held_count;
    struct person *person;
    struct viewer_settings settings;
    struct viewer *viewer;
    struct picture *picture;
    void *block;
    bool is_prompt; // reads at every tick, and its picture is compared with the truth then
    uint32_t stall_ticks, stalled_ticks;
    uint64_t bytes;
    uint32_t messages, resets;
};

struct audience {
    struct crowd *crowd;
    struct viewer_cache *cache;
    struct watcher watchers[WATCHERS_MAX];
    uint32_t count;
    uint32_t dropped;  // watchers that stalled too long
    uint64_t compared; // rows of prompt pictures
};

// The crowd is the audience's from now on.
struct audience *audience_create(struct crowd *crowd);
void audience_destroy(struct audience *audience);

// `count` watchers more, each the eyes of somebody else.
void audience_add(struct audience *audience, uint32_t count, uint32_t bytes_per_second,
                  bool is_prompt);

// The crowd acts, ticks, and is watched, `ticks` times; watchers that are not prompt stall, and ask
// for resets.
void audience_run(struct audience *audience, uint32_t ticks, bool busy);
// Nobody acts. Long enough for every level to speak twice, and for pictures to give up whom nobody
// claims.
void audience_settle(struct audience *audience);
// One tick in which nobody acts.
void audience_idle(struct audience *audience, bool stalls);

// Every picture shows the truth, now that nobody moves.
void audience_check(struct audience *audience);
