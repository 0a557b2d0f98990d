// watch: latency, from a mover's send to the moment a neighbour has decoded it. Pure.
//
// A track remembers the places that a mover sent and when. A sight is one watcher's view of one
// mover: when the watcher's picture shows a place of the track, that move and all before it that
// the watcher had not seen yet are counted: news that was overtaken counts until its successor
// came, so that a stall is not hidden by being skipped. Places are only comparable where they
// arrive exactly: at the near level.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "swarm/latency.h"
#include "wire/picture.h"

enum { TRACK_PLACES = 64 };

struct track {
    uint32_t next, first; // numbers of places: [first, next) are valid, at number % TRACK_PLACES
    struct {
        int32_t x_cm, z_cm;
        uint64_t sent_us;
    } places[TRACK_PLACES];
};

// A place equal to the last one is passed over: seeing it would not say which was seen.
void track_sent(struct track *track, int32_t x_cm, int32_t z_cm, uint64_t now_us);
// The mover was put elsewhere: what it sent may never be seen.
void track_clear(struct track *track);

struct sight {
    uint32_t seen; // numbers below this are known to the watcher
    bool known;    // false: nothing was recognised yet, so the next one only sets `seen`
};

// Of the moves sent at [since, until) adds the latency of those that this place brings news of.
void sight_see(struct sight *sight, const struct track *track, int32_t x_cm, int32_t z_cm,
               uint64_t now_us, uint64_t since_us, uint64_t until_us, struct latency *latency);
// The mover is not shown, or not exactly.
void sight_lose(struct sight *sight);

enum { WATCHED_MAX = 4 };

// Whose moves a person times, in their own instance.
struct watcher {
    struct watched {
        uint32_t mover; // entity id; 0: nobody
        const struct track *track;
        struct sight sight;
    } watched[WATCHED_MAX];
};

// Looks for everyone watched in a picture that has just changed.
void watcher_look(struct watcher *watcher, const struct picture *picture, uint64_t now_us,
                  uint64_t since_us, uint64_t until_us, struct latency *latency);
