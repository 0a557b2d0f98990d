#include "hub/crowd_fixture.h"

#include "base/assert.h"

enum {
    SPEED_CM_S = 600,
    STEP_CM = SPEED_CM_S * HUB_TICK_MS / 1000,
    LINGER_AT_MOST_TICKS = 900, // some come back too late
};

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

void crowd_wrong(const struct crowd *crowd, const char *what, const char *file, int line)
{
    print_error("seed %llu, tick %u: %s\n", (unsigned long long)crowd->seed,
                instance_tick_number(crowd->instance), what);
    _fail(file, line);
    abort(); // _fail comes back nowhere, but does not say so
}

// --- people --------------------------------------------------------------------------------------

uint32_t crowd_below(struct crowd *crowd, uint32_t bound)
{
    return random_below(&crowd->random, bound);
}

bool crowd_chance(struct crowd *crowd, uint32_t per_million)
{
    return crowd_below(crowd, 1000000) < per_million;
}

static void person_choose_goal(struct crowd *crowd, struct person *person, int32_t spread_cm)
{
    person->goal_x_cm =
        person->state.x_cm + (int32_t)crowd_below(crowd, 2 * (uint32_t)spread_cm) - spread_cm;
    person->goal_z_cm =
        person->state.z_cm + (int32_t)crowd_below(crowd, 2 * (uint32_t)spread_cm) - spread_cm;
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
    if (!joined.resumed)
        person->came_tick = instance_tick_number(crowd->instance);
    person->connection = join.connection;
    allowance_init(&person->allowance, crowd->now_us);
    person->mode = PERSON_HERE;
    person->entity = joined.entity.value;
    person->state = joined.place;
    person_choose_goal(crowd, person, 3000);
}

void person_lose_connection(struct crowd *crowd, struct person *person)
{
    instance_linger(crowd->instance, (entity_id){person->entity}, person->connection,
                    crowd->now_us);
    person->mode = PERSON_LOST;
    person->back_tick =
        instance_tick_number(crowd->instance) + crowd_below(crowd, LINGER_AT_MOST_TICKS);
}

static void person_gone(struct crowd *crowd, struct person *person)
{
    person->mode = PERSON_AWAY;
    person->went_tick = instance_tick_number(crowd->instance);
    crowd->present--;
}

static void person_leave(struct crowd *crowd, struct person *person)
{
    instance_leave(crowd->instance, (entity_id){person->entity});
    person_gone(crowd, person);
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
    next.yaw = (uint8_t)crowd_below(crowd, 256);
    next.pose = 1;
    next.flags = (uint8_t)crowd_below(crowd, 32);
    next.y_cm = (int16_t)(250 + crowd_below(crowd, 40));
    CHECK(crowd, person_may_send(crowd, person));
    CHECK(crowd, person_send(crowd, person, &next) == MOVE_ACCEPTED);
}

static void person_cheat(struct crowd *crowd, struct person *person)
{
    struct wire_state there = person->state;
    there.x_cm += crowd_below(crowd, 2) ? 5000 : -5000;
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
    person->look = crowd_below(crowd, UINT32_MAX);
    instance_set_profile(crowd->instance, (entity_id){person->entity}, NULL, &person->look);
}

static void person_act(struct crowd *crowd, struct person *person, bool busy)
{
    if (person->mode == PERSON_AWAY) {
        if (crowd_chance(crowd, 5000))
            person_join(crowd, person);
    } else if (person->mode == PERSON_LOST) {
        if (instance_tick_number(crowd->instance) >= person->back_tick)
            person_join(crowd, person);
    } else if (crowd_chance(crowd, 400)) {
        person_leave(crowd, person);
    } else if (crowd_chance(crowd, 400)) {
        person_lose_connection(crowd, person);
    } else if (crowd_chance(crowd, 500)) {
        person_cheat(crowd, person);
    } else if (crowd_chance(crowd, 100)) {
        person_spam(crowd, person);
        person->sequence++;
    } else if (crowd_chance(crowd, 500)) {
        person_change_look(crowd, person);
    } else if (busy ? crowd_chance(crowd, 800000) : crowd_chance(crowd, 300000)) {
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
        person_gone(crowd, person);
    }
}

// --- the crowd ----------------------------------------------------------------------------------

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

static void past_keep(struct crowd *crowd, uint32_t tick)
{
    for (uint32_t i = 0; i < crowd->people_count; i++)
        crowd->people[i].past[tick % CROWD_PAST_TICKS] = crowd->people[i].state;
}

static void history_add(struct crowd *crowd, const struct frame *frame)
{
    if (crowd->history_count == VIEWER_HISTORY_TICKS) {
        instance_return_frame(crowd->instance, crowd->history[0]);
        memmove(crowd->history, crowd->history + 1, sizeof crowd->history - sizeof frame);
        crowd->history_count--;
    }
    crowd->history[crowd->history_count++] = frame;
}

void crowd_act(struct crowd *crowd, bool busy)
{
    for (uint32_t i = 0; i < crowd->people_count; i++)
        person_act(crowd, &crowd->people[i], busy);
}

void crowd_tick(struct crowd *crowd)
{
    crowd->now_us += HUB_TICK_MS * 1000;
    const struct frame *frame = instance_tick(crowd->instance, crowd->now_us);
    instance_verify(crowd->instance);
    people_expire(crowd);
    CHECK(crowd, instance_population(crowd->instance) == crowd->present);
    CHECK(crowd, frame->population == crowd->present);
    frame_hash(crowd, frame);
    past_keep(crowd, frame->tick);
    history_add(crowd, frame);
}

uint32_t people_lost(const struct crowd *crowd)
{
    uint32_t lost = 0;
    for (uint32_t i = 0; i < crowd->people_count; i++)
        lost += crowd->people[i].mode == PERSON_LOST;
    return lost;
}

void people_come_back(struct crowd *crowd)
{
    for (uint32_t i = 0; i < crowd->people_count; i++)
        if (crowd->people[i].mode == PERSON_LOST)
            person_join(crowd, &crowd->people[i]);
}

void crowd_gather(struct crowd *crowd, int32_t x_cm, int32_t z_cm)
{
    for (uint32_t i = 0; i < crowd->people_count; i++) {
        crowd->people[i].goal_x_cm = x_cm + (int32_t)crowd_below(crowd, 1000) - 500;
        crowd->people[i].goal_z_cm = z_cm + (int32_t)crowd_below(crowd, 1000) - 500;
    }
}

void crowd_spread(struct crowd *crowd)
{
    for (uint32_t i = 0; i < crowd->people_count; i++)
        person_choose_goal(crowd, &crowd->people[i], 20000);
}

struct crowd *crowd_create(uint32_t people, uint64_t seed)
{
    const char *replay = getenv("FLUX_SEED");
    struct crowd *crowd = calloc(1, sizeof *crowd);
    ASSERT(crowd);
    crowd->seed = replay ? strtoull(replay, NULL, 10) : seed;
    random_seed(&crowd->random, crowd->seed);
    crowd->instance = instance_for(people, crowd->seed);
    crowd->now_us = 1000000;
    crowd->people_count = people;
    crowd->people = calloc(people, sizeof *crowd->people);
    ASSERT(crowd->people);
    for (uint32_t i = 0; i < people; i++) {
        uint64_t number[2] = {random_u64(&crowd->random), random_u64(&crowd->random)};
        memcpy(crowd->people[i].number, number, sizeof number);
        crowd->people[i].look = crowd_below(crowd, UINT32_MAX);
        if (i % 10 != 0)
            person_join(crowd, &crowd->people[i]);
    }
    return crowd;
}

void crowd_destroy(struct crowd *crowd)
{
    for (uint32_t i = 0; i < crowd->history_count; i++)
        instance_return_frame(crowd->instance, crowd->history[i]);
    instance_destroy(crowd->instance);
    free(crowd->people);
    free(crowd);
}
