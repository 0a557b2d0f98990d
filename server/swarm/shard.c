#include "swarm/shard.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/clock.h"

enum {
    TURN_MS = 5,
    LINES = 16,           // connections to ask for tickets on
    ASKS_SCANNED = 1024,  // people looked at for their turn to come in, each turn
    WATCH_RADIUS_CM = 1000,
};

static const uint32_t LOOK_SEED = 0x464c5558;

// --- coming in -------------------------------------------------------------------------------------------

static uint32_t people_in(const struct shard *shard, enum person_state state)
{
    return atomic_load_explicit(&shard->scene.tally.people[state], memory_order_relaxed);
}

static uint32_t people_entering(const struct shard *shard)
{
    return people_in(shard, PERSON_ASKING) + people_in(shard, PERSON_CONNECTING) +
           people_in(shard, PERSON_UPGRADING) + people_in(shard, PERSON_GREETING);
}

static struct person *person_of(const struct shard *shard, uint32_t number)
{
    // People are dealt out in turn, so the first one's number and the step are in the first two.
    uint32_t first = shard->people[0].number;
    uint32_t step = shard->count > 1 ? shard->people[1].number - first : 1;
    return &shard->people[(number - first) / step];
}

static void on_ticket(void *context, uint32_t number, const char *path, const char *ticket)
{
    struct shard *shard = context;
    person_take_ticket(person_of(shard, number), path, ticket, clock_now_us(&clock_system));
}

static void on_refused(void *context, uint32_t number, const struct guest_refusal *refusal)
{
    struct shard *shard = context;
    person_take_refusal(person_of(shard, number), refusal, clock_now_us(&clock_system));
}

static uint32_t look_of(const struct course *course, uint32_t number)
{
    struct random random;
    random_seed(&random, (course->seed ^ LOOK_SEED) * 0xd1342543de82ef95u + number);
    return (uint32_t)random_u64(&random);
}

// Lets in the next of those who wait, as long as not too many are on their way.
static void let_in(struct shard *shard, uint64_t now_us)
{
    const struct course *course = shard->scene.course;
    if (people_in(shard, PERSON_WAITING) == 0)
        return;
    for (uint32_t scanned = 0; scanned < ASKS_SCANNED && scanned < shard->count; scanned++) {
        if (people_entering(shard) >= course->entering_max || now_us < shard->scene.pause_until_us)
            return;
        struct person *person = &shard->people[shard->next_to_ask];
        if (person->state == PERSON_WAITING && now_us >= person->due_us) {
            // A refusal may come before the call returns: the person must be asking by then.
            person_asks(person);
            if (!guest_desk_ask(shard->desk, person->number, look_of(course, person->number), now_us)) {
                person_stop_asking(person);
                return;
            }
        }
        shard->next_to_ask = (shard->next_to_ask + 1) % shard->count;
    }
}

// --- whose moves are timed -------------------------------------------------------------------------------

struct neighbour {
    const struct person *person;
    int64_t distance; // squared
};

// Keeps the nearest few, sorted.
static void neighbour_offer(struct neighbour nearest[WATCHED_MAX], struct neighbour candidate)
{
    int at = WATCHED_MAX;
    while (at > 0 && (!nearest[at - 1].person || nearest[at - 1].distance > candidate.distance))
        at--;
    if (at == WATCHED_MAX)
        return;
    memmove(&nearest[at + 1], &nearest[at], (size_t)(WATCHED_MAX - 1 - at) * sizeof nearest[0]);
    nearest[at] = candidate;
}

static void neighbours_find(const struct shard *shard, const struct person *watcher,
                            struct neighbour nearest[WATCHED_MAX])
{
    for (uint32_t i = 0; i < shard->count; i++) {
        const struct person *mover = &shard->people[i];
        if (!mover->track || mover->state != PERSON_HERE || mover == watcher ||
            mover->instance != watcher->instance)
            continue;
        int64_t dx = mover->sent.x_cm - watcher->sent.x_cm, dz = mover->sent.z_cm - watcher->sent.z_cm;
        int64_t distance = dx * dx + dz * dz;
        if (distance <= (int64_t)WATCH_RADIUS_CM * WATCH_RADIUS_CM)
            neighbour_offer(nearest, (struct neighbour){mover, distance});
    }
}

static bool is_among(const struct neighbour nearest[WATCHED_MAX], const struct person *person)
{
    for (int i = 0; i < WATCHED_MAX; i++)
        if (nearest[i].person == person)
            return true;
    return false;
}

static bool is_watched(const struct watcher *watcher, const struct person *person)
{
    for (int i = 0; i < WATCHED_MAX; i++)
        if (watcher->watched[i].mover == person)
            return true;
    return false;
}

// Those who stay near keep their sight: what they sent last is still to be seen.
static void watched_choose(const struct shard *shard, struct person *person)
{
    struct neighbour nearest[WATCHED_MAX] = {0};
    struct watcher *watcher = person->watcher;
    neighbours_find(shard, person, nearest);
    for (int i = 0; i < WATCHED_MAX; i++)
        if (!is_among(nearest, watcher->watched[i].mover))
            watcher->watched[i].mover = NULL;
    for (int i = 0; i < WATCHED_MAX; i++) {
        if (!nearest[i].person || is_watched(watcher, nearest[i].person))
            continue;
        int free = 0;
        while (watcher->watched[free].mover)
            free++;
        watcher->watched[free].mover = nearest[i].person;
        watcher->watched[free].sight = (struct sight){0};
    }
}

// One watcher each turn, in order: with 200 of them, each about once a second.
static void watch_turn(struct shard *shard)
{
    for (uint32_t scanned = 0; scanned < shard->count; scanned++) {
        struct person *person = &shard->people[shard->next_to_watch];
        shard->next_to_watch = (shard->next_to_watch + 1) % shard->count;
        if (person->watcher && person->state == PERSON_HERE) {
            watched_choose(shard, person);
            return;
        }
    }
}

// --- turns -----------------------------------------------------------------------------------------------

static void turn_take(struct shard *shard, uint64_t now_us)
{
    for (uint32_t i = shard->turn; i < shard->count; i += shard->turns)
        person_step(&shard->people[i], now_us);
    shard->turn = (shard->turn + 1) % shard->turns;
}

// The controller looks at the people while their thread waits here.
static void hold(const struct course *course)
{
    pthread_barrier_wait(course->barrier);
    pthread_barrier_wait(course->barrier);
}

static void on_time(void *context, uint64_t now_us)
{
    struct shard *shard = context;
    enum course_phase phase = course_phase_now(shard->scene.course);
    if (phase == COURSE_HOLD) {
        hold(shard->scene.course);
        return;
    }
    if (phase == COURSE_END) {
        loop_stop(shard->scene.loop);
        return;
    }
    // After a stall nobody walks faster to catch up: turns that were missed are late, not doubled.
    if (now_us > shard->turn_due_us + shard->period_us)
        shard->turn_due_us = now_us;
    while (shard->turn_due_us <= now_us) {
        turn_take(shard, now_us);
        shard->turn_due_us += shard->period_us / shard->turns;
    }
    if (phase == COURSE_ENTER) {
        let_in(shard, now_us);
        guest_desk_expire(shard->desk, now_us);
    }
    if (phase == COURSE_WALK)
        watch_turn(shard);
}

// --- life ------------------------------------------------------------------------------------------------

static void people_init(struct shard *shard, uint32_t index, uint32_t step)
{
    const struct course *course = shard->scene.course;
    shard->count = (course->clients - index + step - 1) / step;
    shard->people = calloc(shard->count, sizeof *shard->people);
    ASSERT(shard->people);
    for (uint32_t i = 0; i < shard->count; i++)
        person_init(&shard->people[i], &shard->scene, index + i * step);
}

bool shard_init(struct shard *shard, const struct course *course, uint32_t index, uint32_t step,
                struct error *err)
{
    ASSERT(index < course->clients);
    *shard = (struct shard){.scene.course = course, .period_us = 1000000 / course->rate};
    shard->turns = (uint32_t)(shard->period_us / (TURN_MS * 1000));
    shard->scene.loop = loop_create(err);
    if (!shard->scene.loop)
        return false;
    shard->scene.area = malloc(SCENE_AREA_BYTES);
    ASSERT(shard->scene.area);
    random_seed(&shard->scene.random, course->seed ^ (index + 1));
    people_init(shard, index, step);
    shard->desk = guest_desk_create(&(struct guest_desk_settings){
        .loop = shard->scene.loop,
        .target = course->target,
        .world = course->world,
        .lines = LINES,
        .on_ticket = on_ticket,
        .on_refused = on_refused,
        .context = shard,
    });
    return true;
}

static void *shard_run(void *context)
{
    struct shard *shard = context;
    loop_run(shard->scene.loop);
    return NULL;
}

bool shard_start(struct shard *shard, struct error *err)
{
    uint64_t now_us = clock_now_us(&clock_system);
    atomic_store(&shard->scene.tally.last_ticket_us, now_us);
    shard->turn_due_us = now_us;
    loop_every(shard->scene.loop, TURN_MS * 1000, on_time, shard);
    int result = pthread_create(&shard->thread, NULL, shard_run, shard);
    shard->started = result == 0;
    return shard->started || fail(err, ERR_SYSTEM, "cannot start a thread: %s", strerror(result));
}

void shard_join(struct shard *shard)
{
    if (shard->started)
        pthread_join(shard->thread, NULL);
    shard->started = false;
}

void shard_done(struct shard *shard)
{
    ASSERT(!shard->started);
    guest_desk_destroy(shard->desk);
    for (uint32_t i = 0; i < shard->count; i++)
        person_done(&shard->people[i]);
    free(shard->people);
    free(shard->scene.area);
    loop_destroy(shard->scene.loop);
}
