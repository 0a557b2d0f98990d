// Which cell is watched at which level. A heap gives the cells from the nearest on, and they are
// near until the people or the distance for that run out, then middle, and what is left is far. So
// that a cell at an edge does not swing, one that is near or middle counts as a little nearer than
// it is, and may overfill its level by a quarter.

#include "hub/viewer_internal.h"

#include <math.h>

void viewer_find_place(struct viewer *viewer, const struct frame *frame)
{
    uint32_t index = viewer->entity_id & UINT16_MAX;
    if (index >= frame->place_count || frame->places[index].cell == CELL_NONE)
        return;
    struct frame_place place = frame->places[index];
    const struct wire_slot *slot = &frame->cells[place.cell].slots[place.slot];
    if (slot->identity.id != viewer->entity_id)
        return;
    viewer->x_cm = slot->state.x_cm;
    viewer->z_cm = slot->state.z_cm;
}

bool viewer_choice_is_due(const struct viewer *viewer, uint32_t tick, uint32_t stride)
{
    // To save bytes is never put off.
    uint32_t delay = viewer->credit_bytes < 0 ? 0 : (stride - 1) * VIEWER_CHOICE_TICKS;
    int64_t dx = (int64_t)viewer->x_cm - viewer->chosen_x_cm;
    int64_t dz = (int64_t)viewer->z_cm - viewer->chosen_z_cm;
    return (int32_t)(tick - viewer->choice_tick - delay) >= 0 ||
           dx * dx + dz * dz > (int64_t)VIEWER_CHOICE_MOVED_CM * VIEWER_CHOICE_MOVED_CM;
}

// --- the heap: smallest first --------------------------------------------------------------------

static void heap_sink(uint32_t *heap, uint32_t count, uint32_t at)
{
    uint32_t item = heap[at];
    for (uint32_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && heap[child + 1] < heap[child])
            child++;
        if (item <= heap[child])
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = item;
}

static void heap_make(uint32_t *heap, uint32_t count)
{
    for (uint32_t at = count / 2; at-- > 0;)
        heap_sink(heap, count, at);
}

static uint32_t heap_pop(uint32_t *heap, uint32_t *count)
{
    uint32_t top = heap[0];
    heap[0] = heap[--*count];
    if (*count)
        heap_sink(heap, *count, 0);
    return top;
}

// --- candidates ----------------------------------------------------------------------------------

static int32_t distance_to_span(int32_t at, int32_t least, int32_t most)
{
    int32_t before = least - at, after = at - most;
    int32_t outside = before > after ? before : after;
    return outside > 0 ? outside : 0;
}

static int32_t larger(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static uint32_t distance_felt(int32_t dx, int32_t dz, unsigned level)
{
    uint32_t distance = (uint32_t)sqrt((double)dx * dx + (double)dz * dz);
    uint32_t eighths = level == WIRE_NEAR ? 6 : level == WIRE_MIDDLE ? 7 : 8;
    uint32_t felt = distance * eighths / 8;
    // Nothing comes before the cell that the viewer stands in.
    return felt == 0 && (dx | dz) != 0 ? 1 : felt;
}

static uint32_t candidates_gather(const struct viewer *viewer, const struct frame *frame,
                                  struct viewer_cache *cache)
{
    // Held cells feel nearer by up to a quarter: look that much further.
    int32_t reach_cm = larger(viewer->settings.near_cm, viewer->settings.middle_cm) / 3 * 4 + 3;
    uint32_t count = 0;
    for (uint32_t cell = 0; cell < frame->cell_count; cell++) {
        const struct frame_box *box = &frame->boxes[cell];
        int32_t dx = distance_to_span(viewer->x_cm, box->least_x_cm, box->most_x_cm);
        int32_t dz = distance_to_span(viewer->z_cm, box->least_z_cm, box->most_z_cm);
        if (dx > reach_cm || dz > reach_cm || box->least_x_cm == FRAME_BOX_NOWHERE_CM)
            continue;
        uint32_t felt = distance_felt(dx, dz, viewer_level_to_be(viewer, cache, cell));
        cache->nearest[count++] = felt << NEAREST_CELL_BITS | cell;
    }
    return count;
}

// --- the choice ----------------------------------------------------------------------------------

// How much of a level is still to be had.
struct quota {
    enum wire_level level;
    uint32_t people, people_max;
    uint32_t cells, cells_max;
    uint32_t reach_cm;
    bool closed; // cells come nearest first: after the first that does not fit, none does
};

static bool quota_take(struct quota *quota, uint32_t distance_cm, uint32_t people, bool held)
{
    uint32_t people_max = held ? quota->people_max + quota->people_max / 4 : quota->people_max;
    bool nearest_of_all = quota->level == WIRE_NEAR && quota->cells == 0;
    if (quota->closed || quota->cells == quota->cells_max || distance_cm > quota->reach_cm ||
        (!nearest_of_all && quota->people + people > people_max)) {
        quota->closed = true;
        return false;
    }
    quota->people += people;
    quota->cells++;
    return true;
}

// Sets cache->wish for every cell that is to be near or middle and lists them in `picks`.
static uint32_t cells_pick(const struct viewer *viewer, const struct frame *frame,
                           struct viewer_cache *cache, uint16_t *picks)
{
    struct quota near = {
        .level = WIRE_NEAR,
        .people_max = viewer_budget_near_people(viewer),
        .cells_max = VIEWER_NEAR_CELLS_MAX,
        .reach_cm = (uint32_t)viewer->settings.near_cm,
    };
    struct quota middle = {
        .level = WIRE_MIDDLE,
        .people_max = viewer_budget_middle_people(viewer),
        .cells_max = VIEWER_MIDDLE_CELLS_MAX,
        .reach_cm = (uint32_t)viewer->settings.middle_cm,
        .closed = viewer_budget_middle_people(viewer) == 0,
    };
    uint32_t left = candidates_gather(viewer, frame, cache), picked = 0;
    heap_make(cache->nearest, left);
    while (left > 0 && !(near.closed && middle.closed)) {
        uint32_t top = heap_pop(cache->nearest, &left);
        uint32_t cell = top & ((1u << NEAREST_CELL_BITS) - 1);
        uint32_t distance_cm = top >> NEAREST_CELL_BITS;
        uint32_t people = frame->cells[cell].population;
        unsigned level = viewer_level_to_be(viewer, cache, cell);
        bool is_near = quota_take(&near, distance_cm, people, level == WIRE_NEAR);
        if (!is_near && !quota_take(&middle, distance_cm, people, level == WIRE_MIDDLE))
            continue;
        cache->wish[cell] = (uint8_t)(1 + (is_near ? WIRE_NEAR : WIRE_MIDDLE));
        picks[picked++] = (uint16_t)cell;
    }
    return picked;
}

static void wish_grant(struct viewer *viewer, struct viewer_cache *cache, uint32_t cell)
{
    unsigned level = cache->wish[cell] ? cache->wish[cell] - 1u : WIRE_FAR;
    if (viewer_level_to_be(viewer, cache, cell) == level)
        return;
    bool fresh = cache->want[cell] & WANT_FRESH;
    viewer_want(viewer, cache, cell, (enum wire_level)level, fresh);
}

void viewer_choose_levels(struct viewer *viewer, const struct frame *frame,
                          struct viewer_cache *cache)
{
    uint16_t picks[VIEWER_NEAR_CELLS_MAX + VIEWER_MIDDLE_CELLS_MAX];
    uint32_t picked = cells_pick(viewer, frame, cache, picks);
    // First who is near or middle and shall not be so any more; from the end, for granting removes.
    for (uint32_t i = viewer->near_count; i-- > 0;)
        wish_grant(viewer, cache, viewer->near[i]);
    for (uint32_t i = viewer->middle_count; i-- > 0;)
        wish_grant(viewer, cache, viewer->middle[i]);
    for (uint32_t i = 0; i < cache->want_count; i++)
        if (cache->want[cache->wants[i]])
            wish_grant(viewer, cache, cache->wants[i]);
    for (uint32_t i = 0; i < picked; i++)
        wish_grant(viewer, cache, picks[i]);
    for (uint32_t i = 0; i < picked; i++)
        cache->wish[picks[i]] = 0;
    viewer->chosen_x_cm = viewer->x_cm;
    viewer->chosen_z_cm = viewer->z_cm;
    viewer->choice_tick = frame->tick + VIEWER_CHOICE_TICKS;
}
