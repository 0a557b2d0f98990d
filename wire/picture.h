// picture: what a client knows of its instance: every entity once, kept from the frames it was
// sent.
//
// Freestanding like the codec, and shared by the swarm (which checks it against the truth) and the
// clients (which draw straight from its arrays). One block of memory given by the caller; no
// allocation.
//
// An entity belongs to the cell that claimed it last. A cell that loses it to another cell
// (MOVE_ON) leaves it in place, unclaimed, until another cell claims it: a far cell may speak up to
// a second later. Unclaimed for PICTURE_ORPHAN_TICKS, it is dropped. LEAVE names who left, and
// drops it at once. A delta whose level is not the cell's level, or for a cell that was not given
// whole, is passed over. After RESET, who is not claimed again in that frame is dropped; who is
// keeps its segment.
//
// For drawing, each row holds a segment: where the entity was shown when news came, where it goes,
// and from when to when, in ticks of the server after `epoch_tick`. Whoever draws at tick t shows
// mix(from, to, clamp((t - time[0]) / (time[1] - time[0]), 0, 1)). A segment lasts
// hold_ticks[level], so that far entities, told of once a second, move as smoothly as near ones.
#pragma once

#include "wire/codec.h"

enum {
    PICTURE_ORPHAN_TICKS = 60,
    PICTURE_CELLS_MAX = 4096,
    PICTURE_EPOCH_SPAN_TICKS =
        65536, // rows' times are rebased past this, so that floats stay exact
};

// The arrays have `capacity` rows; rows [0, count) are in use and dense: a row that goes is
// replaced by the last one.
struct picture_rows {
    uint32_t *id;
    uint32_t *look;  // 0 until described
    uint32_t *cell;  // key of the claiming cell, 0: unclaimed
    uint32_t *heard; // tick of the last news
    uint8_t *kind, *pose, *flags, *level;
    int32_t *exact;   // x, y, z in cm as decoded, and yaw in 256ths: four a row
    float *from, *to; // x, y, z in metres, yaw in turns (continuous: to may exceed 1 or be below
                      // 0): four a row
    float *time;      // two a row
};

struct picture; // opaque; sized by picture_bytes

size_t picture_bytes(uint32_t capacity);
// `block` is 16-byte aligned and picture_bytes(capacity) large.
struct picture *picture_init(void *block, uint32_t capacity);
void picture_reset(struct picture *picture);

// How long a segment lasts at each level, in ticks; the default is 2.5, 6 and 24.
void picture_set_hold(struct picture *picture, enum wire_level level, float ticks);

// Takes in one frame. `now_tick` is the reader's own smooth estimate of the server's tick
// (fractional). WIRE_BAD: the frame is not valid, and nothing of it was taken in; or a delta's
// sequence does not follow (something was lost), and all but that cell was. Either way the caller
// must ask for a reset; until it comes, deltas of the cell that lost one are passed over.
enum wire_result picture_apply(struct picture *picture, const uint8_t *bytes, size_t size,
                               double now_tick);

const struct picture_rows *picture_rows(const struct picture *picture);
uint32_t picture_count(const struct picture *picture);
uint32_t picture_tick(const struct picture *picture); // of the last frame
uint32_t picture_epoch_tick(const struct picture *picture);
// The row of an entity, or UINT32_MAX.
uint32_t picture_find(const struct picture *picture, uint32_t id);
uint32_t picture_cell_count(const struct picture *picture);
// Changes that could not be right (an update of an empty slot, more entities than capacity): 0 in
// health.
uint32_t picture_anomalies(const struct picture *picture);
// Rows touched since the last call, as [first, last); empty when first >= last.
void picture_take_dirty(struct picture *picture, uint32_t *first, uint32_t *last);
// Grows whenever some row's entity, kind or look changes: joined, left, moved to another row,
// described. It never falls back, not even at a reset.
uint32_t picture_membership_version(const struct picture *picture);
// Whether every table agrees with every other: slow, for tests and fuzzers.
bool picture_is_sound(const struct picture *picture);
