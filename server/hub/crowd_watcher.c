#include "hub/crowd_watcher.h"

#include "base/assert.h"
#include "hub/cells.h"
#include "hub/viewer_internal.h"

// --- each message --------------------------------------------------------------------------------

static void near_rows_check(struct crowd *crowd, const struct watcher *watcher)
{
    const struct frame *newest = crowd->history[crowd->history_count - 1];
    const struct picture_rows *rows = picture_rows(watcher->picture);
    for (uint32_t row = 0; row < picture_count(watcher->picture); row++) {
        if (rows->level[row] != WIRE_NEAR || rows->cell[row] == 0)
            continue;
        struct frame_place place = newest->places[rows->id[row] & UINT16_MAX];
        CHECK(crowd, place.cell != CELL_NONE);
        const struct wire_slot *slot = &newest->cells[place.cell].slots[place.slot];
        CHECK(crowd, slot->identity.id == rows->id[row]);
        CHECK(crowd, newest->cells[place.cell].key == rows->cell[row]);
        CHECK(crowd, rows->exact[4 * row] == slot->state.x_cm);
        CHECK(crowd, rows->exact[4 * row + 2] == slot->state.z_cm);
    }
}

static struct held_cell *held_find(struct watcher *watcher, uint32_t key)
{
    for (uint32_t i = 0; i < watcher->held_count; i++)
        if (watcher->held[i].key == key)
            return &watcher->held[i];
    return NULL;
}

// Stricter than a picture, which passes over what it has no use for: nothing useless may be sent.
static void section_check(struct crowd *crowd, struct watcher *watcher,
                          const struct wire_section *section)
{
    struct held_cell *held = held_find(watcher, section->key);
    if (section->op == WIRE_GONE) {
        CHECK(crowd, held);
        *held = watcher->held[--watcher->held_count];
    } else if (section->op == WIRE_DELTA) {
        CHECK(crowd, held && held->level == section->level);
        CHECK(crowd, section->sequence == (uint8_t)(held->sequence + 1));
        held->sequence = section->sequence;
    } else {
        if (!held)
            held = &watcher->held[watcher->held_count++];
        CHECK(crowd, watcher->held_count <= FRAME_CELLS_MAX);
        *held = (struct held_cell){section->key, (uint8_t)section->level, section->sequence};
    }
}

static void message_check(struct crowd *crowd, struct watcher *watcher, const uint8_t *message,
                          size_t size)
{
    struct wire_frame frame;
    struct wire_section section;
    CHECK(crowd, wire_frame_read(message, size, &frame) == WIRE_DONE);
    CHECK(crowd, frame.tick == instance_tick_number(crowd->instance));
    if (frame.flags & WIRE_FRAME_RESET)
        watcher->held_count = 0;
    while (frame.rest_size > 0) {
        CHECK(crowd, wire_section_read(&frame, &section) == WIRE_DONE);
        section_check(crowd, watcher, &section);
    }
    // All ground is held, each piece of it once.
    uint64_t area = 0;
    for (uint32_t i = 0; i < watcher->held_count; i++)
        area += (uint64_t)1 << 2 * wire_key_cell(watcher->held[i].key).exponent;
    CHECK(crowd, area == (uint64_t)1 << 2 * WIRE_GROUND_EXPONENT);
}

static void watcher_read(struct audience *audience, struct watcher *watcher, uint8_t stride)
{
    struct crowd *crowd = audience->crowd;
    struct buffer out = {0};
    struct viewer_pressure pressure = {.stride = stride};
    size_t size = viewer_compose(watcher->viewer, crowd->history, crowd->history_count,
                                 audience->cache, pressure, &out);
    CHECK(crowd, size == out.size);
    if (size > 0) {
        // An exact copy, so that a read past the end is seen.
        uint8_t *message = malloc(size);
        ASSERT(message);
        memcpy(message, out.bytes, size);
        watcher->resets += message[1] & WIRE_FRAME_RESET;
        watcher->messages++;
        message_check(crowd, watcher, message, size);
        watcher->bytes += size;
        double tick = instance_tick_number(crowd->instance);
        CHECK(crowd, picture_apply(watcher->picture, message, size, tick) == WIRE_DONE);
        CHECK(crowd, picture_anomalies(watcher->picture) == 0);
        near_rows_check(crowd, watcher);
        free(message);
    }
    buffer_done(&out);
}

// --- at every tick -------------------------------------------------------------------------------

// The ticks within which each level promises its news: its turn, and that quiet surroundings are
// told of at every 4th tick.
static const uint32_t promised_ticks[WIRE_LEVELS] = {0, 8, 24};

static bool row_shows(const struct picture_rows *rows, uint32_t row, const struct wire_state *state)
{
    struct wire_state seen =
        wire_state_at_level(state, rows->cell[row], (enum wire_level)rows->level[row]);
    return rows->exact[4 * row] == seen.x_cm && rows->exact[4 * row + 1] == seen.y_cm &&
           rows->exact[4 * row + 2] == seen.z_cm && rows->exact[4 * row + 3] == seen.yaw &&
           rows->pose[row] == seen.pose && rows->flags[row] == seen.flags;
}

// What a picture shows is what was true within the promised ticks, at its level's precision.
static bool row_was_true(const struct watcher *watcher, const struct person *person, uint32_t row,
                         uint32_t tick)
{
    const struct picture_rows *rows = picture_rows(watcher->picture);
    uint32_t promised = promised_ticks[rows->level[row]];
    uint32_t here_for = tick - person->came_tick;
    uint32_t back_to = promised < here_for ? promised : here_for;
    for (uint32_t ago = 0; ago <= back_to; ago++)
        if (row_shows(rows, row, &person->past[(tick - ago) % CROWD_PAST_TICKS]))
            return true;
    return false;
}

static void person_compare(struct audience *audience, const struct watcher *watcher,
                           const struct person *person, uint32_t tick)
{
    struct crowd *crowd = audience->crowd;
    uint32_t row = picture_find(watcher->picture, person->entity);
    uint32_t late = promised_ticks[WIRE_FAR];
    if (person->mode == PERSON_AWAY) {
        // Who left on the way between two cells, one of which was merged then, is given up instead
        // of told of: by the first frame after, and that may be a sign of life.
        if (tick - person->went_tick > late + PICTURE_ORPHAN_TICKS + VIEWER_LIFE_TICKS)
            CHECK(crowd, row == UINT32_MAX);
        return;
    }
    if (row == UINT32_MAX) {
        // Who walks on before any cell has spoken of them is told of again after a while.
        CHECK(crowd, tick - person->came_tick <= late + CELL_UNHEARD_TICKS);
        return;
    }
    if (picture_rows(watcher->picture)->cell[row] == 0)
        return; // between two cells: shown where it was
    CHECK(crowd, row_was_true(watcher, person, row, tick));
    audience->compared++;
}

// A share of the people each tick, everybody within COMPARE_TURNS.
enum { COMPARE_TURNS = 8 };

static void picture_compare(struct audience *audience, const struct watcher *watcher)
{
    struct crowd *crowd = audience->crowd;
    uint32_t tick = instance_tick_number(crowd->instance);
    for (uint32_t i = tick % COMPARE_TURNS; i < crowd->people_count; i += COMPARE_TURNS)
        person_compare(audience, watcher, &crowd->people[i], tick);
}

static void watcher_begin(struct watcher *watcher)
{
    watcher->viewer = viewer_create(watcher->person->entity, &watcher->settings);
    watcher->held_count = 0;
    watcher->stall_ticks = watcher->stalled_ticks = 0;
    picture_reset(watcher->picture);
}

// As the shard drops whoever reads too little: the connection is lost, and with it what was sent.
static void watcher_drop(struct audience *audience, struct watcher *watcher)
{
    if (watcher->person->mode == PERSON_HERE)
        person_lose_connection(audience->crowd, watcher->person);
    viewer_destroy(watcher->viewer);
    watcher_begin(watcher);
    audience->dropped++;
}

static void watcher_act(struct audience *audience, struct watcher *watcher, bool stalls)
{
    struct crowd *crowd = audience->crowd;
    if (watcher->is_prompt) {
        watcher_read(audience, watcher, 1);
        picture_compare(audience, watcher);
        return;
    }
    if (watcher->stall_ticks > 0 && stalls) {
        watcher->stall_ticks--;
        if (++watcher->stalled_ticks > STALL_BORNE_TICKS)
            watcher_drop(audience, watcher);
        return;
    }
    watcher->stalled_ticks = 0;
    if (stalls && crowd_chance(crowd, 50000))
        watcher->stall_ticks = 1 + crowd_below(crowd, 2 * VIEWER_HISTORY_TICKS);
    if (stalls && crowd_chance(crowd, 2000))
        viewer_reset(watcher->viewer);
    watcher_read(audience, watcher, stalls ? (uint8_t)(1 << crowd_below(crowd, 3)) : 1);
}

// --- at rest -------------------------------------------------------------------------------------

static uint32_t row_check(struct crowd *crowd, struct watcher *watcher, const struct person *person)
{
    const struct picture_rows *rows = picture_rows(watcher->picture);
    uint32_t row = picture_find(watcher->picture, person->entity);
    CHECK(crowd, row != UINT32_MAX);
    CHECK(crowd, rows->cell[row] != 0);
    CHECK(crowd, row_shows(rows, row, &person->state));
    CHECK(crowd, rows->look[row] == person->look);
    return row;
}

void audience_check(struct audience *audience)
{
    struct crowd *crowd = audience->crowd;
    for (uint32_t w = 0; w < audience->count; w++) {
        struct watcher *watcher = &audience->watchers[w];
        CHECK(crowd, picture_count(watcher->picture) == crowd->present);
        uint32_t by_level[WIRE_LEVELS] = {0};
        for (uint32_t i = 0; i < crowd->people_count; i++) {
            if (crowd->people[i].mode == PERSON_AWAY)
                continue;
            uint32_t row = row_check(crowd, watcher, &crowd->people[i]);
            by_level[picture_rows(watcher->picture)->level[row]]++;
        }
        print_message("# watcher %u: %u near, %u middle, %u far; %u messages, %u resets, %llu B\n",
                      w, by_level[0], by_level[1], by_level[2], watcher->messages, watcher->resets,
                      (unsigned long long)watcher->bytes);
    }
}

// --- the audience --------------------------------------------------------------------------------

struct audience *audience_create(struct crowd *crowd)
{
    struct audience *audience = calloc(1, sizeof *audience);
    ASSERT(audience);
    audience->crowd = crowd;
    audience->cache = viewer_cache_create();
    return audience;
}

void audience_destroy(struct audience *audience)
{
    for (uint32_t i = 0; i < audience->count; i++) {
        viewer_destroy(audience->watchers[i].viewer);
        free(audience->watchers[i].block);
    }
    viewer_cache_destroy(audience->cache);
    crowd_destroy(audience->crowd);
    free(audience);
}

void audience_add(struct audience *audience, uint32_t count, uint32_t bytes_per_second,
                  bool is_prompt)
{
    enum { APART = 7 }; // so that none of them is among those who begin outside
    uint32_t people = audience->crowd->people_count;
    for (uint32_t i = 0; i < count; i++) {
        ASSERT(audience->count < WATCHERS_MAX);
        struct watcher *watcher = &audience->watchers[audience->count];
        watcher->person = &audience->crowd->people[1 + audience->count++ * APART];
        viewer_settings_preset(&watcher->settings);
        watcher->settings.bytes_per_second = bytes_per_second;
        watcher->block = aligned_alloc(16, (picture_bytes(people) + 15) / 16 * 16);
        watcher->picture = picture_init(watcher->block, people);
        watcher->is_prompt = is_prompt;
        watcher_begin(watcher);
    }
}

void audience_idle(struct audience *audience, bool stalls)
{
    crowd_tick(audience->crowd);
    viewer_cache_reset(audience->cache);
    for (uint32_t i = 0; i < audience->count; i++)
        watcher_act(audience, &audience->watchers[i], stalls);
}

void audience_run(struct audience *audience, uint32_t ticks, bool busy)
{
    for (uint32_t tick = 0; tick < ticks; tick++) {
        crowd_act(audience->crowd, busy);
        audience_idle(audience, true);
    }
}

void audience_settle(struct audience *audience)
{
    for (uint32_t tick = 0; tick < SETTLE_TICKS; tick++)
        audience_idle(audience, false);
}
