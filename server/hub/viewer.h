// viewer: one client's window on its instance: which cells it gets, how finely, what it has seen.
//
// Pure: it reads frames and writes bytes; it knows no socket. Owner: the client's shard thread.
//
// Every cell is watched at some level: near cells until VIEWER_NEAR_PEOPLE are in them (or the near
// distance ends), then middle, then far, so that everyone is known to everyone within a fixed
// budget. Levels are chosen again twice a second and when the client was moved far; splits and
// merges are followed at once. A cell that changes level is sent whole at the new level.
//
// Rate by worth: a message goes out when something near changed, else every 4th tick, else (nothing
// at all to say) every three seconds as a sign of life. Ticks that were held back are sent together
// with the next.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "hub/frame.h"

struct viewer;

// Ticks a viewer may lag before it is given everything anew, which in a crowd of thousands is as
// much as the news of five seconds: what a client missed in 800 ms is cheaper told.
enum { VIEWER_HISTORY_TICKS = 16 };

struct viewer_settings {
    uint32_t near_people, middle_people; // 60, 400
    // 2400, 8000: no cell beyond becomes near or middle; one that is stays so a third further out,
    // and with a quarter more people than its level is to hold.
    int32_t near_cm, middle_cm;
    // 64,000: the budget; past it middle, near and last far cells are thinned. A frame with RESET
    // is not counted: it comes once, and must be whole.
    uint32_t bytes_per_second;
};

void viewer_settings_preset(struct viewer_settings *settings);

// One block of memory, about 1.1 kB, from the heap.
struct viewer *viewer_create(uint32_t entity_id, const struct viewer_settings *settings);
void viewer_destroy(struct viewer *viewer);

// The next message starts with RESET and holds everything: after connecting, skipping, or `resync`.
void viewer_reset(struct viewer *viewer);

// Whether the next message will be a RESET: the viewer was reset, or lags behind the oldest frame.
bool viewer_needs_everything(const struct viewer *viewer, const struct frame *const *frames,
                             size_t frame_count);

struct viewer_pressure {
    // 1: near news leave at every tick; 2 to 4: at every 2nd to 4th, each viewer at ticks of its
    // own, so that as many are sent to in one tick as in another.
    uint8_t stride;
};

// It will compose soon: only a hint to the memory.
void viewer_expect(const struct viewer *viewer);

// Whole-cell encodings made for one viewer serve all viewers of a shard at the same tick.
struct viewer_cache;
struct viewer_cache *viewer_cache_create(void);
void viewer_cache_destroy(struct viewer_cache *cache);
// Between ticks and between instances.
void viewer_cache_reset(struct viewer_cache *cache);

// Appends one WIRE_KIND_FRAME message for the newest of `frames` (oldest first, consecutive ticks
// of one instance, at most VIEWER_HISTORY_TICKS) or nothing when there is nothing worth sending
// yet. Returns the bytes appended.
size_t viewer_compose(struct viewer *viewer, const struct frame *const *frames, size_t frame_count,
                      struct viewer_cache *cache, struct viewer_pressure pressure,
                      struct buffer *out);
