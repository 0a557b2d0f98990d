#include "bench/hub/load_crowd.h"

#include <stdlib.h>

#include "base/assert.h"

// Far from what small fields of foreign messages hold, so that a number found there is a move.
static const uint32_t FIRST_NUMBER = 0xa5710001;

static void walkers_place(struct load_crowd *crowd)
{
    for (uint32_t i = 0; i < crowd->people; i++) {
        struct walker *walker = &crowd->walkers[i];
        walker_init(walker, &crowd->crowd, i);
        // Straight to where the pattern has them: how one comes in is not what is measured.
        walker_place(walker, (int32_t)walker->home_x, 0, (int32_t)walker->home_z, 0);
        walker->home = true;
        crowd->records[i] = (struct record){
            .person = (uint16_t)i, .x_cm = (int16_t)walker->x, .z_cm = (int16_t)walker->z};
        if (walker->moves)
            crowd->movers[crowd->mover_count++] = (uint16_t)i;
    }
}

void load_crowd_init(struct load_crowd *crowd, const struct crowd_settings *settings, bool grouped)
{
    *crowd = (struct load_crowd){
        .people = settings->people, .grouped = grouped, .next_number = FIRST_NUMBER};
    crowd_init(&crowd->crowd, settings);
    crowd->walkers = calloc(crowd->people, sizeof *crowd->walkers);
    crowd->records = calloc(crowd->people, sizeof *crowd->records);
    crowd->movers = calloc(crowd->people, sizeof *crowd->movers);
    crowd->watcher_of = calloc(crowd->people, sizeof *crowd->watcher_of);
    crowd->moves = calloc(LOAD_CROWD_MOVES, sizeof *crowd->moves);
    ASSERT(crowd->walkers && crowd->records && crowd->movers && crowd->watcher_of && crowd->moves);
    walkers_place(crowd);
    crowd->watcher_count =
        crowd->people < LOAD_CROWD_WATCHERS ? crowd->people : LOAD_CROWD_WATCHERS;
    for (uint32_t i = 0; i < crowd->people; i++)
        crowd->watcher_of[i] = -1;
    for (uint32_t i = 0; i < crowd->watcher_count; i++) {
        uint32_t person = (uint32_t)((uint64_t)i * crowd->people / crowd->watcher_count);
        crowd->watchers[i].person = person;
        crowd->watcher_of[person] = (int16_t)i;
    }
}

void load_crowd_done(struct load_crowd *crowd)
{
    free(crowd->walkers);
    free(crowd->records);
    free(crowd->movers);
    free(crowd->watcher_of);
    free(crowd->moves);
}

static struct load_move *move_at(struct load_crowd *crowd, uint32_t number)
{
    return &crowd->moves[number & (LOAD_CROWD_MOVES - 1)];
}

const struct record *load_crowd_step(struct load_crowd *crowd, uint32_t mover, uint64_t now_us)
{
    ASSERT(mover < crowd->mover_count);
    uint16_t person = crowd->movers[mover];
    struct walker *walker = &crowd->walkers[person];
    struct record *record = &crowd->records[person];
    walker_walk(walker, &crowd->crowd);
    struct wire_state state = walker_state(walker);
    uint32_t number = crowd->next_number++;
    *move_at(crowd, number) = (struct load_move){
        .number = number, .previous = record->number, .person = person, .sent_us = now_us};
    *record = (struct record){.number = number,
                              .person = person,
                              .x_cm = (int16_t)state.x_cm,
                              .z_cm = (int16_t)state.z_cm,
                              .yaw = state.yaw,
                              .pose = state.pose};
    return record;
}

// Keeps the nearest few in order of distance.
static void nearest_add(uint16_t nearest[], int64_t distances[], uint32_t *count, uint16_t person,
                        int64_t distance)
{
    if (*count == LOAD_CROWD_FOLLOWED && distance >= distances[*count - 1])
        return;
    uint32_t at = *count < LOAD_CROWD_FOLLOWED ? (*count)++ : *count - 1;
    for (; at > 0 && distances[at - 1] > distance; at--) {
        distances[at] = distances[at - 1];
        nearest[at] = nearest[at - 1];
    }
    distances[at] = distance;
    nearest[at] = person;
}

static uint32_t nearest_find(const struct load_crowd *crowd, uint32_t person,
                             uint16_t nearest[LOAD_CROWD_FOLLOWED])
{
    int64_t distances[LOAD_CROWD_FOLLOWED];
    uint32_t count = 0, group = person / RECORD_GROUP_PEOPLE;
    const struct record *here = &crowd->records[person];
    // Of a group it is not known who stands near whom: whoever is in it.
    int64_t reach = crowd->grouped ? INT64_MAX : (int64_t)LOAD_CROWD_NEAR_CM * LOAD_CROWD_NEAR_CM;
    for (uint32_t i = 0; i < crowd->mover_count; i++) {
        uint16_t other = crowd->movers[i];
        if (other == person || (crowd->grouped && other / RECORD_GROUP_PEOPLE != group))
            continue;
        int64_t x = crowd->records[other].x_cm - here->x_cm;
        int64_t z = crowd->records[other].z_cm - here->z_cm;
        if (x * x + z * z <= reach)
            nearest_add(nearest, distances, &count, other, x * x + z * z);
    }
    return count;
}

void load_crowd_follow(struct load_crowd *crowd, uint32_t watcher_index)
{
    ASSERT(watcher_index < crowd->watcher_count);
    struct load_watcher *watcher = &crowd->watchers[watcher_index];
    struct load_watcher before = *watcher;
    uint16_t nearest[LOAD_CROWD_FOLLOWED];
    watcher->count = nearest_find(crowd, watcher->person, nearest);
    for (uint32_t i = 0; i < watcher->count; i++) {
        struct load_followed *followed = &watcher->followed[i];
        *followed = (struct load_followed){nearest[i], crowd->records[nearest[i]].number};
        for (uint32_t j = 0; j < before.count; j++)
            if (before.followed[j].person == nearest[i])
                followed->number = before.followed[j].number;
    }
}

static void followed_saw(struct load_crowd *crowd, struct load_followed *followed, uint32_t number,
                         uint64_t now_us)
{
    if (followed->number != 0 && (int32_t)(number - followed->number) <= 0)
        return;
    for (uint32_t at = number; at != 0 && at != followed->number;) {
        const struct load_move *move = move_at(crowd, at);
        if (move->number != at)
            break;
        if (crowd->measured_from_us > 0 && move->sent_us >= crowd->measured_from_us)
            latency_add(&crowd->latency, now_us - move->sent_us);
        at = move->previous;
    }
    followed->number = number;
}

void load_crowd_saw(struct load_crowd *crowd, uint32_t watcher_index, uint32_t number,
                    uint64_t now_us)
{
    const struct load_move *move = move_at(crowd, number);
    if (number == 0 || move->number != number)
        return;
    struct load_watcher *watcher = &crowd->watchers[watcher_index];
    for (uint32_t i = 0; i < watcher->count; i++)
        if (watcher->followed[i].person == move->person)
            followed_saw(crowd, &watcher->followed[i], number, now_us);
}
