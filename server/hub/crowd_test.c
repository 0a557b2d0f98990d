// The crowd, simulated: people walk, gather, spread, join, leave, lose their connection and come
// back, try to teleport and to speed; some of them hold a viewer and a picture, read at their own
// pace, and stall. At the end, every picture must show the truth. Everything comes from a seed;
// FLUX_SEED=n replays one.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/assert.h"
#include "base/random.h"
#include "hub/allowance.h"
#include "hub/instance.h"
#include "hub/viewer.h"
#include "wire/picture.h"

enum {
    SPEED_CM_S = 600,
    STEP_CM = SPEED_CM_S * HUB_TICK_MS / 1000,
    WATCHERS_MAX = 24,
    SETTLE_TICKS = 120,
    LINGER_AT_MOST_TICKS = 900, // some come back too late
};

enum person_mode { PERSON_AWAY, PERSON_HERE, PERSON_LOST };

struct person {
    enum person_mode mode;
    uint8_t number[16];
    uint32_t entity;
    uint32_t look;
    uint64_t connection;
    struct allowance allowance; // of the connection, as its shard keeps it
    uint16_t sequence;
    uint32_t back_tick;
    struct wire_state state; // as the instance has it
    int32_t goal_x_cm, goal_z_cm;
};

// A cell that a client holds, as the protocol's page has it kept.
struct held_cell {
    uint32_t key;
    uint8_t level, sequence;
};

struct watcher {
    struct held_cell held[FRAME_CELLS_MAX];
    uint32_t held_count;
    struct viewer *viewer;
    struct picture *picture;
    void *block;
    uint32_t stall_ticks;
    uint64_t bytes;
    uint32_t messages, resets;
};

struct crowd {
    uint64_t seed;
    struct random random;
    struct instance *instance;
    uint64_t now_us;
    uint64_t connections;
    struct person *people;
    uint32_t people_count, present;
    struct watcher watchers[WATCHERS_MAX];
    uint32_t watcher_count;
    struct viewer_cache *cache;
    const struct frame *history[VIEWER_HISTORY_TICKS];
    uint32_t history_count;
    uint64_t hash; // of everything that frames said
    uint32_t corrected, dropped, resumed, splits, merges, deepest;
};

// Fails with what is needed to replay.
#define CHECK(crowd, expression)                                                                   \
    do {                                                                                           \
        if (!(expression)) {                                                                       \
            print_error("seed %llu, tick %u: %s\n", (unsigned long long)(crowd)->seed,             \
                        instance_tick_number((crowd)->instance), #expression);                     \
            _fail(__FILE__, __LINE__);                                                             \
        }                                                                                          \
    } while (0)

static const struct instance_spawn spawns[] = {
    {.x_cm = 0, .z_cm = 0, .radius_cm = 3000},
    {.x_cm = -60000, .z_cm = 40000, .y_cm = 250, .yaw = 64, .radius_cm = 1500},
};

static struct instance *instance_for(uint32_t capacity, uint64_t seed)
{
    struct instance_settings settings = {
        .number = 7,
        .capacity = capacity,
        .least_x_cm = -100000,
        .least_z_cm = -100000,
        .most_x_cm = 100000,
        .most_z_cm = 100000,
        .least_y_cm = -1000,
        .most_y_cm = 10000,
        .speed_max_cm_s = SPEED_CM_S,
        .earshot_cm = 2000,
        .spawns = spawns,
        .spawn_count = 2,
        .seed = seed,
    };
    return instance_create(&settings);
}

// --- people --------------------------------------------------------------------------------------

static uint32_t below(struct crowd *crowd, uint32_t bound)
{
    return random_below(&crowd->random, bound);
}

static bool chance(struct crowd *crowd, uint32_t per_million)
{
    return below(crowd, 1000000) < per_million;
}

static void person_choose_goal(struct crowd *crowd, struct person *person, int32_t spread_cm)
{
    person->goal_x_cm =
        person->state.x_cm + (int32_t)below(crowd, 2 * (uint32_t)spread_cm) - spread_cm;
    person->goal_z_cm =
        person->state.z_cm + (int32_t)below(crowd, 2 * (uint32_t)spread_cm) - spread_cm;
}

static void person_join(struct crowd *crowd, struct person *person)
{
    struct instance_join join = {.connection = ++crowd->connections, .look = person->look};
    memcpy(join.person, person->number, sizeof join.person);
    snprintf(join.name, sizeof join.name, "person %u", (unsigned)(person - crowd->people));
    struct instance_joined joined;
    bool was_known = person->mode == PERSON_LOST;
    CHECK(crowd, instance_join(crowd->instance, &join, crowd->now_us, &joined, NULL));
    CHECK(crowd, was_known || !joined.resumed);
    CHECK(crowd, joined.replaced_connection == 0);
    CHECK(crowd, !joined.resumed || joined.entity.value == person->entity);
    crowd->resumed += joined.resumed;
    crowd->present += !joined.resumed;
    person->connection = join.connection;
    allowance_init(&person->allowance, crowd->now_us);
    person->mode = PERSON_HERE;
    person->entity = joined.entity.value;
    person->state = joined.place;
    person_choose_goal(crowd, person, 3000);
}

static void person_lose_connection(struct crowd *crowd, struct person *person)
{
    instance_linger(crowd->instance, (entity_id){person->entity}, person->connection,
                    crowd->now_us);
    person->mode = PERSON_LOST;
    person->back_tick = instance_tick_number(crowd->instance) + below(crowd, LINGER_AT_MOST_TICKS);
}

static void person_leave(struct crowd *crowd, struct person *person)
{
    instance_leave(crowd->instance, (entity_id){person->entity});
    person->mode = PERSON_AWAY;
    crowd->present--;
}

static bool person_may_send(struct crowd *crowd, struct person *person)
{
    return allowance_take(&person->allowance, ALLOW_MOVE, crowd->now_us);
}

static enum instance_move_result person_send(struct crowd *crowd, struct person *person,
                                             const struct wire_state *state)
{
    struct wire_move move = {.sequence = ++person->sequence, .state = *state};
    struct wire_state at;
    enum instance_move_result result =
        instance_move(crowd->instance, (entity_id){person->entity}, &move, crowd->now_us, &at);
    if (result == MOVE_ACCEPTED)
        person->state = *state;
    if (result == MOVE_CORRECTED)
        CHECK(crowd, at.x_cm == person->state.x_cm && at.z_cm == person->state.z_cm);
    return result;
}

static int32_t step_towards(int32_t from, int32_t to)
{
    int32_t step = STEP_CM * 7 / 10; // on both axes at once this is still no more than the speed
    return to > from + step ? from + step : to < from - step ? from - step : to;
}

static void person_walk(struct crowd *crowd, struct person *person)
{
    struct wire_state next = person->state;
    next.x_cm = step_towards(next.x_cm, person->goal_x_cm);
    next.z_cm = step_towards(next.z_cm, person->goal_z_cm);
    next.x_cm = next.x_cm < -100000 ? -100000 : next.x_cm > 100000 ? 100000 : next.x_cm;
    next.z_cm = next.z_cm < -100000 ? -100000 : next.z_cm > 100000 ? 100000 : next.z_cm;
    next.yaw = (uint8_t)below(crowd, 256);
    next.pose = 1;
    next.flags = (uint8_t)below(crowd, 32);
    next.y_cm = (int16_t)(250 + below(crowd, 40));
    CHECK(crowd, person_may_send(crowd, person));
    CHECK(crowd, person_send(crowd, person, &next) == MOVE_ACCEPTED);
}

static void person_cheat(struct crowd *crowd, struct person *person)
{
    struct wire_state there = person->state;
    there.x_cm += below(crowd, 2) ? 5000 : -5000;
    CHECK(crowd, person_may_send(crowd, person));
    CHECK(crowd, person_send(crowd, person, &there) == MOVE_CORRECTED);
    // What was sent before the correction arrived is void.
    struct wire_move late = {.sequence = person->sequence, .state = person->state};
    CHECK(crowd, instance_move(crowd->instance, (entity_id){person->entity}, &late, crowd->now_us,
                               &there) == MOVE_STALE);
    crowd->corrected++;
}

static void person_spam(struct crowd *crowd, struct person *person)
{
    struct wire_state same = person->state;
    for (int i = 0; i < 40; i++)
        if (person_may_send(crowd, person))
            CHECK(crowd, person_send(crowd, person, &same) == MOVE_ACCEPTED);
        else
            crowd->dropped++;
}

static void person_change_look(struct crowd *crowd, struct person *person)
{
    person->look = below(crowd, UINT32_MAX);
    instance_set_profile(crowd->instance, (entity_id){person->entity}, NULL, &person->look);
}

static void person_act(struct crowd *crowd, struct person *person, bool busy)
{
    if (person->mode == PERSON_AWAY) {
        if (chance(crowd, 5000))
            person_join(crowd, person);
    } else if (person->mode == PERSON_LOST) {
        if (instance_tick_number(crowd->instance) >= person->back_tick)
            person_join(crowd, person);
    } else if (chance(crowd, 400)) {
        person_leave(crowd, person);
    } else if (chance(crowd, 400)) {
        person_lose_connection(crowd, person);
    } else if (chance(crowd, 500)) {
        person_cheat(crowd, person);
    } else if (chance(crowd, 100)) {
        person_spam(crowd, person);
        person->sequence++;
    } else if (chance(crowd, 500)) {
        person_change_look(crowd, person);
    } else if (busy ? chance(crowd, 800000) : chance(crowd, 300000)) {
        if (person->state.x_cm == person->goal_x_cm && person->state.z_cm == person->goal_z_cm)
            person_choose_goal(crowd, person, 1500);
        person_walk(crowd, person);
    }
}

// Lingerers whose time was up left on their own.
static void people_expire(struct crowd *crowd)
{
    for (uint32_t i = 0; i < crowd->people_count; i++) {
        struct person *person = &crowd->people[i];
        struct instance_person found;
        if (person->mode != PERSON_LOST ||
            instance_find(crowd->instance, (entity_id){person->entity}, &found))
            continue;
        person->mode = PERSON_AWAY;
        crowd->present--;
    }
}

// --- watchers ------------------------------------------------------------------------------------

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

static void watcher_read(struct crowd *crowd, struct watcher *watcher, uint8_t stride)
{
    struct buffer out = {0};
    struct viewer_pressure pressure = {.stride = stride};
    size_t size = viewer_compose(watcher->viewer, crowd->history, crowd->history_count,
                                 crowd->cache, pressure, &out);
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

static void watcher_act(struct crowd *crowd, struct watcher *watcher, bool stalls)
{
    if (watcher->stall_ticks > 0 && stalls) {
        watcher->stall_ticks--;
        return;
    }
    if (stalls && chance(crowd, 50000))
        watcher->stall_ticks = 1 + below(crowd, 2 * VIEWER_HISTORY_TICKS);
    if (stalls && chance(crowd, 2000))
        viewer_reset(watcher->viewer);
    watcher_read(crowd, watcher, stalls ? (uint8_t)(1 << below(crowd, 3)) : 1);
}

static void watcher_open(struct crowd *crowd, uint32_t entity, uint32_t bytes_per_second)
{
    struct watcher *watcher = &crowd->watchers[crowd->watcher_count++];
    struct viewer_settings settings;
    viewer_settings_preset(&settings);
    settings.bytes_per_second = bytes_per_second;
    watcher->viewer = viewer_create(entity, &settings);
    watcher->block = aligned_alloc(16, (picture_bytes(crowd->people_count) + 15) / 16 * 16);
    watcher->picture = picture_init(watcher->block, crowd->people_count);
}

static uint32_t row_check(struct crowd *crowd, struct watcher *watcher, const struct person *person)
{
    const struct picture_rows *rows = picture_rows(watcher->picture);
    uint32_t row = picture_find(watcher->picture, person->entity);
    CHECK(crowd, row != UINT32_MAX);
    CHECK(crowd, rows->cell[row] != 0);
    struct wire_state seen =
        wire_state_at_level(&person->state, rows->cell[row], (enum wire_level)rows->level[row]);
    CHECK(crowd, rows->exact[4 * row] == seen.x_cm);
    CHECK(crowd, rows->exact[4 * row + 1] == seen.y_cm);
    CHECK(crowd, rows->exact[4 * row + 2] == seen.z_cm);
    CHECK(crowd, rows->exact[4 * row + 3] == seen.yaw);
    CHECK(crowd, rows->pose[row] == seen.pose && rows->flags[row] == seen.flags);
    CHECK(crowd, rows->look[row] == person->look);
    return row;
}

static void watchers_check(struct crowd *crowd)
{
    for (uint32_t w = 0; w < crowd->watcher_count; w++) {
        struct watcher *watcher = &crowd->watchers[w];
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

// --- the crowd -----------------------------------------------------------------------------------

static void hash_bytes(uint64_t *hash, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    for (size_t i = 0; i < size; i++)
        *hash = (*hash ^ at[i]) * 0x100000001b3u;
}

static void frame_hash(struct crowd *crowd, const struct frame *frame)
{
    hash_bytes(&crowd->hash, &frame->tick, sizeof frame->tick);
    for (uint32_t i = 0; i < frame->cell_count; i++) {
        const struct frame_cell *cell = &frame->cells[i];
        hash_bytes(&crowd->hash, &cell->key, sizeof cell->key);
        hash_bytes(&crowd->hash, &cell->population, sizeof cell->population);
        for (int level = 0; level < WIRE_LEVELS; level++)
            hash_bytes(&crowd->hash, cell->delta[level], cell->delta_bytes[level]);
    }
    for (uint32_t i = 0; i < frame->split_count; i++) {
        crowd->splits += !frame->splits[i].merged;
        crowd->merges += frame->splits[i].merged;
        uint32_t depth = wire_key_depth(frame->splits[i].parent_key);
        crowd->deepest = depth > crowd->deepest ? depth : crowd->deepest;
    }
}

static void crowd_tick(struct crowd *crowd, bool stalls)
{
    crowd->now_us += HUB_TICK_MS * 1000;
    const struct frame *frame = instance_tick(crowd->instance, crowd->now_us);
    instance_verify(crowd->instance);
    people_expire(crowd);
    CHECK(crowd, instance_population(crowd->instance) == crowd->present);
    CHECK(crowd, frame->population == crowd->present);
    frame_hash(crowd, frame);
    if (crowd->history_count == VIEWER_HISTORY_TICKS) {
        instance_return_frame(crowd->instance, crowd->history[0]);
        memmove(crowd->history, crowd->history + 1, sizeof crowd->history - sizeof frame);
        crowd->history_count--;
    }
    crowd->history[crowd->history_count++] = frame;
    viewer_cache_reset(crowd->cache);
    for (uint32_t i = 0; i < crowd->watcher_count; i++)
        watcher_act(crowd, &crowd->watchers[i], stalls);
}

static void crowd_run(struct crowd *crowd, uint32_t ticks, bool busy)
{
    for (uint32_t tick = 0; tick < ticks; tick++) {
        for (uint32_t i = 0; i < crowd->people_count; i++)
            person_act(crowd, &crowd->people[i], busy);
        crowd_tick(crowd, true);
    }
}

static uint32_t people_lost(const struct crowd *crowd)
{
    uint32_t lost = 0;
    for (uint32_t i = 0; i < crowd->people_count; i++)
        lost += crowd->people[i].mode == PERSON_LOST;
    return lost;
}

static void people_come_back(struct crowd *crowd)
{
    for (uint32_t i = 0; i < crowd->people_count; i++)
        if (crowd->people[i].mode == PERSON_LOST)
            person_join(crowd, &crowd->people[i]);
}

// Long enough for every level to speak twice, and for pictures to give up whom nobody claims.
static void crowd_settle(struct crowd *crowd)
{
    for (uint32_t tick = 0; tick < SETTLE_TICKS; tick++)
        crowd_tick(crowd, false);
}

// Everyone heads for a spot of 10 x 10 m.
static void crowd_gather(struct crowd *crowd, int32_t x_cm, int32_t z_cm)
{
    for (uint32_t i = 0; i < crowd->people_count; i++) {
        crowd->people[i].goal_x_cm = x_cm + (int32_t)below(crowd, 1000) - 500;
        crowd->people[i].goal_z_cm = z_cm + (int32_t)below(crowd, 1000) - 500;
    }
}

static void crowd_spread(struct crowd *crowd)
{
    for (uint32_t i = 0; i < crowd->people_count; i++)
        person_choose_goal(crowd, &crowd->people[i], 20000);
}

static struct crowd *crowd_create(uint32_t people, uint64_t seed)
{
    const char *replay = getenv("FLUX_SEED");
    struct crowd *crowd = calloc(1, sizeof *crowd);
    ASSERT(crowd);
    crowd->seed = replay ? strtoull(replay, NULL, 10) : seed;
    random_seed(&crowd->random, crowd->seed);
    crowd->instance = instance_for(people, crowd->seed);
    crowd->cache = viewer_cache_create();
    crowd->now_us = 1000000;
    crowd->people_count = people;
    crowd->people = calloc(people, sizeof *crowd->people);
    ASSERT(crowd->people);
    for (uint32_t i = 0; i < people; i++) {
        uint64_t number[2] = {random_u64(&crowd->random), random_u64(&crowd->random)};
        memcpy(crowd->people[i].number, number, sizeof number);
        crowd->people[i].look = below(crowd, UINT32_MAX);
        if (i % 10 != 0)
            person_join(crowd, &crowd->people[i]);
    }
    return crowd;
}

static void crowd_destroy(struct crowd *crowd)
{
    for (uint32_t i = 0; i < crowd->watcher_count; i++) {
        viewer_destroy(crowd->watchers[i].viewer);
        free(crowd->watchers[i].block);
    }
    for (uint32_t i = 0; i < crowd->history_count; i++)
        instance_return_frame(crowd->instance, crowd->history[i]);
    instance_destroy(crowd->instance);
    viewer_cache_destroy(crowd->cache);
    free(crowd->people);
    free(crowd);
}

static void watchers_open(struct crowd *crowd, uint32_t count, uint32_t bytes_per_second)
{
    for (uint32_t i = 0; i < count; i++)
        watcher_open(crowd, crowd->people[1 + i * 7].entity, bytes_per_second);
}

// --- facts ---------------------------------------------------------------------------------------

static void every_picture_shows_the_truth_when_the_crowd_rests(void **state)
{
    struct crowd *crowd = crowd_create(2000, 20240601);
    watchers_open(crowd, 20, 64000);
    crowd_run(crowd, 140, false);
    crowd_gather(crowd, 800, -1200);
    crowd_run(crowd, 180, true);
    crowd_spread(crowd);
    crowd_run(crowd, 160, true);
    people_come_back(crowd);
    crowd_settle(crowd);
    watchers_check(crowd);
    print_message("# %u corrected, %u dropped, %u resumed, %u splits, %u merges, depth %u\n",
                  crowd->corrected, crowd->dropped, crowd->resumed, crowd->splits, crowd->merges,
                  crowd->deepest);
    // The run did what it is meant to try.
    assert_true(crowd->corrected > 50 && crowd->dropped > 50 && crowd->resumed > 50);
    assert_true(crowd->splits > 100 && crowd->merges > 20 && crowd->deepest >= 7);
    crowd_destroy(crowd);
}

static void a_small_budget_delays_the_truth_but_keeps_it(void **state)
{
    struct crowd *crowd = crowd_create(600, 31337);
    watchers_open(crowd, 6, 3000);
    crowd_run(crowd, 300, true);
    people_come_back(crowd);
    for (int i = 0; i < 8; i++)
        crowd_settle(crowd);
    watchers_check(crowd);
    crowd_destroy(crowd);
}

static void the_same_seed_gives_the_same_frames(void **state)
{
    uint64_t hashes[3];
    for (int i = 0; i < 3; i++) {
        struct crowd *crowd = crowd_create(300, i == 2 ? 6 : 5);
        crowd_run(crowd, 150, true);
        hashes[i] = crowd->hash;
        crowd_destroy(crowd);
    }
    assert_true(hashes[0] == hashes[1]);
    assert_true(hashes[0] != hashes[2] || getenv("FLUX_SEED"));
}

static void lingerers_go_after_thirty_seconds_and_are_not_seen_again(void **state)
{
    struct crowd *crowd = crowd_create(200, 77);
    watchers_open(crowd, 4, 64000);
    crowd_run(crowd, 800, false);
    uint32_t here_before = crowd->present, lost = people_lost(crowd);
    assert_true(lost > 10);
    for (uint32_t tick = 0; tick <= HUB_RESUME_MS / HUB_TICK_MS; tick++)
        crowd_tick(crowd, true);
    CHECK(crowd, people_lost(crowd) == 0 && crowd->present == here_before - lost);
    crowd_settle(crowd);
    watchers_check(crowd);
    crowd_destroy(crowd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_picture_shows_the_truth_when_the_crowd_rests),
        cmocka_unit_test(a_small_budget_delays_the_truth_but_keeps_it),
        cmocka_unit_test(the_same_seed_gives_the_same_frames),
        cmocka_unit_test(lingerers_go_after_thirty_seconds_and_are_not_seen_again),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("hub/crowd", tests, NULL, NULL);
}
