// track: what the recorder knows of one instance: its people's names, the stretch being made, and
// the window of those before it.
//
// Owner: the recorder's thread. Memory: the window is bounded by its caller (track_drop_oldest).
#pragma once

#include <stdbool.h>

#include "replay/names.h"
#include "replay/reel.h"
#include "replay/tape.h"

enum {
    TRACK_STRETCH_TICKS = 200,     // how far back a jump must read, at most: 10 s
    TRACK_STRETCH_BYTES = 8 << 20, // a crowd that says more than this gets shorter stretches
};

struct stored;

struct track {
    bool used, open; // open: the instance is there
    const char *world;
    uint32_t instance;
    struct names names;
    struct tape tape;
    struct reel *first, *last; // the window, oldest first
    size_t reel_bytes;         // of the window
    struct stored *file;       // goes on being written to; NULL: none
};

void track_init(struct track *track, const char *world, uint32_t instance);
void track_done(struct track *track);

// Takes the frame in, beginning a stretch when there is none or a tick is missing. Returns a
// stretch that this ended, held for the caller, or NULL.
struct reel *track_add_frame(struct track *track, const struct frame *frame, uint64_t now_us,
                             uint64_t wall_ms);
// Ends the stretch that is being made; NULL when there is none.
struct reel *track_seal(struct track *track, uint64_t now_us);
// Holds on to it as the window's newest.
void track_remember(struct track *track, struct reel *reel);
void track_drop_oldest(struct track *track);

size_t track_bytes(const struct track *track);   // the stretch being made included
uint32_t track_ticks(const struct track *track); // likewise
