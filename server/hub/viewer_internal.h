// What the parts of the viewer share: its state, and how it holds cells. For viewer*.c only.
#pragma once

#include "base/assert.h"
#include "hub/viewer.h"
#include "hub/viewer_cache.h"

enum {
    VIEWER_NEAR_CELLS_MAX = 48,
    VIEWER_MIDDLE_CELLS_MAX = 160,
    VIEWER_CHOICE_TICKS = 10,
    VIEWER_CHOICE_MOVED_CM = 400,
    VIEWER_QUIET_TICKS = 4, // news of middle and far cells wait for so long at most
    VIEWER_LIFE_TICKS = 60, // with nothing to say, a sign of life is sent
    TICKS_PER_SECOND = 20,
    // Steps of saving: 1..3 thin the middle, 4..7 shrink the near; at the last, far cells may be
    // skipped.
    THRIFT_MOST = 7,
    // Held, but deltas are not passed on: it must be given whole before it is spoken of again.
    LEVEL_STALE = WIRE_LEVELS,
};

struct viewer {
    uint32_t entity_id;
    struct viewer_settings settings;
    bool reset_wanted;
    bool near_news; // something near changed since the last message
    uint32_t tick;  // through this one all was sent, or there was nothing to send
    uint32_t sent_tick, checked_tick, scanned_tick;

    uint32_t choice_tick; // when levels are chosen again
    bool stirred;         // something happened since they were chosen
    int32_t x_cm, z_cm, chosen_x_cm, chosen_z_cm;

    int64_t credit_bytes; // what may be sent now; below 0: too much was
    uint32_t credit_tick;
    uint8_t thrift;
    uint32_t thrift_patience_ticks, thrift_changed_tick;

    uint32_t stale_count, stale_cursor;
    uint16_t near_count, middle_count;
    uint16_t near[VIEWER_NEAR_CELLS_MAX], middle[VIEWER_MIDDLE_CELLS_MAX];
    uint8_t levels[FRAME_CELLS_MAX / 4]; // two bits a cell; FAR for an index that is not in use
};

static inline unsigned viewer_level(const struct viewer *viewer, uint32_t cell)
{
    return viewer->levels[cell / 4] >> 2 * (cell % 4) & 3;
}

static inline void viewer_set_level(struct viewer *viewer, uint32_t cell, unsigned level)
{
    unsigned shift = 2 * (cell % 4);
    viewer->levels[cell / 4] =
        (uint8_t)((viewer->levels[cell / 4] & ~(3u << shift)) | level << shift);
}

// The level that the client has the cell at, or will when the message is written.
static inline unsigned viewer_level_to_be(const struct viewer *viewer,
                                          const struct viewer_cache *cache, uint32_t cell)
{
    uint8_t want = cache->want[cell];
    return want ? want & WANT_LEVEL_MASK : viewer_level(viewer, cell);
}

// The message will hold the cell whole at this level. `fresh`: the client has not got the cell.
void viewer_want(struct viewer *viewer, struct viewer_cache *cache, uint32_t cell,
                 enum wire_level level, bool fresh);

// viewer_levels.c
void viewer_find_place(struct viewer *viewer, const struct frame *frame);
// A machine that is short (`stride` above 1) chooses as much less often as it sends.
bool viewer_choice_is_due(const struct viewer *viewer, uint32_t tick, uint32_t stride);
void viewer_choose_levels(struct viewer *viewer, const struct frame *frame,
                          struct viewer_cache *cache);

// viewer_budget.c
void viewer_budget_init(struct viewer *viewer, uint32_t tick);
void viewer_budget_earn(struct viewer *viewer, uint32_t tick);
void viewer_budget_spend(struct viewer *viewer, size_t bytes);
// Saves more when too much was sent, and less when there is plenty for a while.
void viewer_budget_adjust(struct viewer *viewer, uint32_t tick);
uint32_t viewer_budget_near_people(const struct viewer *viewer);
uint32_t viewer_budget_middle_people(const struct viewer *viewer);
// True when nothing else is left to save on.
bool viewer_budget_skips_far(const struct viewer *viewer);
