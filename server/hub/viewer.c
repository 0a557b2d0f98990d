// A message is made in three steps. First the ticks since the last message are followed in order:
// cells that split or merged are given up (GONE) and their successors noted as wanted; of all other
// cells the sections of their level are copied. Then, when it is time, levels are chosen anew, and
// cells that change level are noted as wanted. Last, every wanted cell is given whole as it stands
// at the newest tick. So no delta ever follows a whole cell that includes it, and none is missed:
// the next message begins with the tick after.

#include "hub/viewer_internal.h"

void viewer_settings_preset(struct viewer_settings *settings)
{
    *settings = (struct viewer_settings){
        .near_people = 60,
        .middle_people = 400,
        .near_cm = 2400,
        .middle_cm = 8000,
        .bytes_per_second = 64000,
    };
}

struct viewer *viewer_create(uint32_t entity_id, const struct viewer_settings *settings)
{
    struct viewer *viewer = calloc(1, sizeof *viewer);
    ASSERT(viewer);
    viewer->entity_id = entity_id;
    viewer->settings = *settings;
    viewer->reset_wanted = true;
    viewer_budget_init(viewer, 0);
    return viewer;
}

void viewer_destroy(struct viewer *viewer)
{
    free(viewer);
}

void viewer_expect(const struct viewer *viewer)
{
    enum { LINE_BYTES = 64 };
    for (const char *at = (const char *)viewer; at < (const char *)viewer->levels; at += LINE_BYTES)
        __builtin_prefetch(at);
}

void viewer_reset(struct viewer *viewer)
{
    viewer->reset_wanted = true;
}

// --- cells held ----------------------------------------------------------------------------------

static void list_remove(uint16_t *list, uint16_t *count, uint32_t cell)
{
    uint32_t at = 0;
    while (at < *count && list[at] != cell)
        at++;
    ASSERT(at < *count);
    list[at] = list[--*count];
}

// The cell is at no level any more.
static void cell_unlist(struct viewer *viewer, const struct viewer_cache *cache, uint32_t cell)
{
    unsigned level = viewer_level(viewer, cell);
    if (level == WIRE_NEAR)
        list_remove(viewer->near, &viewer->near_count, cell);
    else if (level == WIRE_MIDDLE)
        list_remove(viewer->middle, &viewer->middle_count, cell);
    else if (level == LEVEL_STALE && !cache->want[cell])
        viewer->stale_count--;
    viewer_set_level(viewer, cell, WIRE_FAR);
}

void viewer_want(struct viewer *viewer, struct viewer_cache *cache, uint32_t cell,
                 enum wire_level level, bool fresh)
{
    if (!cache->want[cell]) {
        ASSERT(cache->want_count < FRAME_CELLS_MAX);
        cell_unlist(viewer, cache, cell);
        cache->wants[cache->want_count++] = (uint16_t)cell;
        viewer_set_level(viewer, cell, LEVEL_STALE); // no delta of it until it is given
    }
    cache->want[cell] = (uint8_t)(WANT_SET | (unsigned)level | (fresh ? WANT_FRESH : 0));
}

static void cell_list(struct viewer *viewer, uint32_t cell, enum wire_level *level)
{
    if (*level == WIRE_NEAR && viewer->near_count == VIEWER_NEAR_CELLS_MAX)
        *level = WIRE_MIDDLE;
    if (*level == WIRE_MIDDLE && viewer->middle_count == VIEWER_MIDDLE_CELLS_MAX)
        *level = WIRE_FAR;
    if (*level == WIRE_NEAR)
        viewer->near[viewer->near_count++] = (uint16_t)cell;
    else if (*level == WIRE_MIDDLE)
        viewer->middle[viewer->middle_count++] = (uint16_t)cell;
    viewer_set_level(viewer, cell, *level);
}

static void wanted_give(struct viewer *viewer, const struct frame *frame,
                        struct viewer_cache *cache, struct buffer *out)
{
    for (uint32_t i = 0; i < cache->want_count; i++) {
        uint32_t cell = cache->wants[i];
        uint8_t want = cache->want[cell];
        if (!want)
            continue;
        enum wire_level level = (enum wire_level)(want & WANT_LEVEL_MASK);
        cache->want[cell] = 0;
        cell_list(viewer, cell, &level);
        viewer_cache_append_full(cache, frame, cell, level, out);
    }
    cache->want_count = 0;
}

// --- following splits and merges -----------------------------------------------------------------

// Takes the cell from the client, if it has it, and returns the level that its successors get.
static enum wire_level cell_give_up(struct viewer *viewer, struct viewer_cache *cache,
                                    uint32_t cell, uint32_t key, struct buffer *out)
{
    unsigned level = viewer_level_to_be(viewer, cache, cell);
    if (!(cache->want[cell] & WANT_FRESH))
        out->size += wire_gone_write(key, buffer_reserve(out, 16));
    cell_unlist(viewer, cache, cell);
    cache->want[cell] = 0;
    return level == LEVEL_STALE ? WIRE_FAR : (enum wire_level)level;
}

static void split_follow(struct viewer *viewer, const struct frame_split *split,
                         struct viewer_cache *cache, struct buffer *out)
{
    if (!split->merged) {
        enum wire_level level = cell_give_up(viewer, cache, split->parent, split->parent_key, out);
        for (int i = 0; i < 4; i++)
            viewer_want(viewer, cache, split->children[i], level, true);
        return;
    }
    enum wire_level finest = WIRE_FAR;
    for (uint32_t i = 0; i < 4; i++) {
        enum wire_level level =
            cell_give_up(viewer, cache, split->children[i], 4 * split->parent_key + i, out);
        if (level < finest)
            finest = level;
    }
    viewer_want(viewer, cache, split->parent, finest, true);
}

// --- copying deltas ------------------------------------------------------------------------------

static void listed_copy(const uint16_t *list, uint32_t count, const struct frame *frame,
                        enum wire_level level, struct buffer *out)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct frame_cell *cell = &frame->cells[list[i]];
        ASSERT(cell->key != 0);
        if (cell->delta[level])
            buffer_append(out, cell->delta[level], cell->delta_bytes[level]);
    }
}

// The sections lie one behind the other: all between two cells that are not far are copied at once.
static void far_copy(const struct viewer *viewer, const struct frame *frame, struct buffer *out)
{
    for (uint32_t i = 0; i < frame->far_count; i++) {
        if (viewer_level(viewer, frame->far_cells[i]) != WIRE_FAR)
            continue;
        const uint8_t *from = frame->cells[frame->far_cells[i]].delta[WIRE_FAR];
        while (i + 1 < frame->far_count &&
               viewer_level(viewer, frame->far_cells[i + 1]) == WIRE_FAR)
            i++;
        const struct frame_cell *last = &frame->cells[frame->far_cells[i]];
        const uint8_t *end = last->delta[WIRE_FAR] + last->delta_bytes[WIRE_FAR];
        buffer_append(out, from, (size_t)(end - from));
    }
}

// Over budget: what these cells said is lost on the client until they are given whole.
static void far_skip(struct viewer *viewer, const struct frame *frame)
{
    for (uint32_t i = 0; i < frame->far_count; i++) {
        if (viewer_level(viewer, frame->far_cells[i]) != WIRE_FAR)
            continue;
        viewer_set_level(viewer, frame->far_cells[i], LEVEL_STALE);
        viewer->stale_count++;
    }
}

// Gives skipped cells whole again, in turn, as far as the budget goes.
static void stale_refresh(struct viewer *viewer, const struct frame *frame,
                          struct viewer_cache *cache)
{
    enum { PERSON_BYTES = 14, CELL_BYTES = 12 }; // of a whole far cell, about
    int64_t room = viewer->credit_bytes;
    for (uint32_t i = 0; i < frame->cell_count && viewer->stale_count > 0 && room > 0; i++) {
        viewer->stale_cursor = (viewer->stale_cursor + 1) % frame->cell_count;
        uint32_t cell = viewer->stale_cursor;
        if (viewer_level(viewer, cell) != LEVEL_STALE || cache->want[cell])
            continue;
        room -= CELL_BYTES + PERSON_BYTES * frame->cells[cell].population;
        viewer_want(viewer, cache, cell, WIRE_FAR, false);
    }
}

static void tick_follow(struct viewer *viewer, const struct frame *frame,
                        struct viewer_cache *cache, struct buffer *out)
{
    for (uint32_t i = 0; i < frame->split_count; i++)
        split_follow(viewer, &frame->splits[i], cache, out);
    listed_copy(viewer->near, viewer->near_count, frame, WIRE_NEAR, out);
    listed_copy(viewer->middle, viewer->middle_count, frame, WIRE_MIDDLE, out);
    if (viewer_budget_skips_far(viewer))
        far_skip(viewer, frame);
    else
        far_copy(viewer, frame, out);
}

// --- when to speak -------------------------------------------------------------------------------

static bool splits_touch_near(const struct viewer *viewer, const struct frame *frame)
{
    for (uint32_t i = 0; i < frame->split_count; i++) {
        const struct frame_split *split = &frame->splits[i];
        if (!split->merged && viewer_level(viewer, split->parent) == WIRE_NEAR)
            return true;
        for (int child = 0; split->merged && child < 4; child++)
            if (viewer_level(viewer, split->children[child]) == WIRE_NEAR)
                return true;
    }
    return false;
}

static bool tick_has_near_news(const struct viewer *viewer, const struct frame *frame)
{
    if (splits_touch_near(viewer, frame))
        return true;
    for (uint32_t i = 0; i < viewer->near_count; i++)
        if (frame->cells[viewer->near[i]].delta[WIRE_NEAR])
            return true;
    return false;
}

static void near_news_scan(struct viewer *viewer, const struct frame *const *frames, size_t count)
{
    for (size_t i = 0; i < count && !viewer->near_news; i++) {
        if ((int32_t)(frames[i]->tick - viewer->scanned_tick) <= 0)
            continue;
        viewer->near_news = tick_has_near_news(viewer, frames[i]);
        viewer->scanned_tick = frames[i]->tick;
    }
}

static bool is_time_to_speak(const struct viewer *viewer, uint32_t tick,
                             struct viewer_pressure pressure)
{
    uint32_t stride = pressure.stride < VIEWER_QUIET_TICKS ? pressure.stride : VIEWER_QUIET_TICKS;
    // Whoever was not sent anything for longer has no turn to wait for.
    if (viewer->near_news)
        return (tick + viewer->entity_id) % stride == 0 || tick - viewer->sent_tick > stride;
    return tick - viewer->checked_tick >= VIEWER_QUIET_TICKS;
}

// --- messages ------------------------------------------------------------------------------------

static size_t message_begin(uint8_t flags, uint32_t tick, struct buffer *out)
{
    size_t start = out->size;
    wire_frame_header_write(flags, tick, buffer_reserve(out, WIRE_FRAME_HEADER_BYTES));
    out->size += WIRE_FRAME_HEADER_BYTES;
    return start;
}

static void ticks_done(struct viewer *viewer, uint32_t tick)
{
    viewer->tick = viewer->checked_tick = viewer->scanned_tick = tick;
    viewer->near_news = false;
}

// What is sent to begin with is not charged: it is bounded by the crowd, and comes once.
static size_t reset_compose(struct viewer *viewer, const struct frame *frame,
                            struct viewer_cache *cache, struct buffer *out)
{
    size_t start = message_begin(WIRE_FRAME_RESET, frame->tick, out);
    viewer->reset_wanted = false;
    viewer->near_count = viewer->middle_count = 0;
    viewer->stale_count = 0;
    memset(viewer->levels, WIRE_FAR * 0x55, sizeof viewer->levels);
    viewer->credit_tick = frame->tick;
    for (uint32_t cell = 0; cell < frame->cell_count; cell++)
        if (frame->cells[cell].key)
            viewer_want(viewer, cache, cell, WIRE_FAR, true);
    viewer_find_place(viewer, frame);
    viewer_choose_levels(viewer, frame, cache);
    // Not all who came at once shall choose at once.
    viewer->choice_tick -= viewer->entity_id % VIEWER_CHOICE_TICKS;
    wanted_give(viewer, frame, cache, out);
    ticks_done(viewer, frame->tick);
    viewer->sent_tick = frame->tick;
    return out->size - start;
}

static void choice_make(struct viewer *viewer, const struct frame *frame,
                        struct viewer_cache *cache, struct viewer_pressure pressure)
{
    viewer_find_place(viewer, frame);
    if (!viewer_choice_is_due(viewer, frame->tick, pressure.stride))
        return;
    uint8_t thrift = viewer->thrift;
    viewer_budget_adjust(viewer, frame->tick);
    // Where nothing happened the choice would be the same.
    if (viewer->stirred || viewer->thrift != thrift)
        viewer_choose_levels(viewer, frame, cache);
    else
        viewer->choice_tick = frame->tick + VIEWER_CHOICE_TICKS;
    viewer->stirred = false;
}

static size_t news_compose(struct viewer *viewer, const struct frame *const *frames, size_t count,
                           struct viewer_cache *cache, struct viewer_pressure pressure,
                           struct buffer *out)
{
    const struct frame *newest = frames[count - 1];
    size_t start = message_begin(0, newest->tick, out);
    viewer_budget_earn(viewer, newest->tick);
    for (size_t i = 0; i < count; i++) {
        viewer->stirred |= frames[i]->has_news;
        tick_follow(viewer, frames[i], cache, out);
    }
    choice_make(viewer, newest, cache, pressure);
    if (viewer->stale_count > 0)
        stale_refresh(viewer, newest, cache);
    wanted_give(viewer, newest, cache, out);
    ticks_done(viewer, newest->tick);

    size_t size = out->size - start;
    if (size == WIRE_FRAME_HEADER_BYTES && newest->tick - viewer->sent_tick < VIEWER_LIFE_TICKS) {
        out->size = start;
        return 0;
    }
    viewer->sent_tick = newest->tick;
    viewer_budget_spend(viewer, size);
    return size;
}

bool viewer_needs_everything(const struct viewer *viewer, const struct frame *const *frames,
                             size_t frame_count)
{
    int32_t behind = (int32_t)(frames[frame_count - 1]->tick - viewer->tick);
    return viewer->reset_wanted || behind < 0 || (uint32_t)behind > frame_count;
}

size_t viewer_compose(struct viewer *viewer, const struct frame *const *frames, size_t frame_count,
                      struct viewer_cache *cache, struct viewer_pressure pressure,
                      struct buffer *out)
{
    ASSERT(frame_count > 0 && frame_count <= VIEWER_HISTORY_TICKS);
    const struct frame *newest = frames[frame_count - 1];
    viewer_cache_enter(cache, newest);
    if (viewer_needs_everything(viewer, frames, frame_count))
        return reset_compose(viewer, newest, cache, out);
    uint32_t behind = newest->tick - viewer->tick;
    if (behind == 0)
        return 0;
    frames += frame_count - behind;
    near_news_scan(viewer, frames, behind);
    if (!is_time_to_speak(viewer, newest->tick, pressure))
        return 0;
    return news_compose(viewer, frames, behind, cache, pressure, out);
}
