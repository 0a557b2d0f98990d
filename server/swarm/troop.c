#include "swarm/troop.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/clock.h"

enum {
    TURN_MS = BURDENS_TURN_MS,
    LINES = 64,          // connections to ask for tickets on
    ASKS_SCANNED = 1024, // people looked at for their turn to come in, each turn
    WATCH_RADIUS_CM = 1000,
};

static const uint32_t LOOK_SEED = 0x464c5558;

// --- coming in
// -------------------------------------------------------------------------------------------

static uint32_t people_in(const struct troop *troop, enum person_state state)
{
    return atomic_load_explicit(&troop->scene.tally.people[state], memory_order_relaxed);
}

static uint32_t people_entering(const struct troop *troop)
{
    return people_in(troop, PERSON_ASKING) + people_in(troop, PERSON_CONNECTING) +
           people_in(troop, PERSON_UPGRADING) + people_in(troop, PERSON_GREETING);
}

static struct person *person_of(const struct troop *troop, uint32_t number)
{
    // People are dealt out in turn, so the first one's number and the step are in the first two.
    uint32_t first = troop->people[0].number;
    uint32_t step = troop->count > 1 ? troop->people[1].number - first : 1;
    return &troop->people[(number - first) / step];
}

static void on_ticket(void *context, uint32_t number, const char *path, const char *ticket)
{
    struct troop *troop = context;
    person_take_ticket(person_of(troop, number), path, ticket, clock_now_us(&clock_system));
}

static void on_refused(void *context, uint32_t number, const struct guest_refusal *refusal)
{
    struct troop *troop = context;
    person_take_refusal(person_of(troop, number), refusal, clock_now_us(&clock_system));
}

static uint32_t look_of(const struct course *course, uint32_t number)
{
    struct random random;
    random_seed(&random, (course->seed ^ LOOK_SEED) * 0xd1342543de82ef95u + number);
    return (uint32_t)random_u64(&random);
}

// False when there is no line free to ask on.
static bool set_out(struct troop *troop, struct person *person, uint64_t now_us)
{
    if (person_has_token(person)) {
        person_come_back(person, now_us);
        return true;
    }
    uint32_t look = look_of(troop->scene.course, person_face(person));
    // A refusal may come before the call returns: the person must be asking by then.
    person_asks(person, now_us);
    if (guest_desk_ask(troop->desk, person->number, look, now_us))
        return true;
    person_stop_asking(person);
    return false;
}

// Lets in the next of those who wait, as long as not too many are on their way.
static void let_in(struct troop *troop, uint64_t now_us)
{
    const struct course *course = troop->scene.course;
    if (people_in(troop, PERSON_WAITING) == 0)
        return;
    for (uint32_t scanned = 0; scanned < ASKS_SCANNED && scanned < troop->count; scanned++) {
        if (people_entering(troop) >= course->entering_max || now_us < troop->scene.pause_until_us)
            return;
        struct person *person = &troop->people[troop->next_to_ask];
        bool waits = person->state == PERSON_WAITING && now_us >= person->due_us;
        if (waits && !set_out(troop, person, now_us))
            return;
        troop->next_to_ask = (troop->next_to_ask + 1) % troop->count;
    }
}

// --- whose moves are timed
// -------------------------------------------------------------------------------

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

static void neighbours_find(const struct troop *troop, const struct person *watcher,
                            struct neighbour nearest[WATCHED_MAX])
{
    for (uint32_t i = 0; i < troop->count; i++) {
        const struct person *mover = &troop->people[i];
        if (!mover->track || mover->state != PERSON_HERE || mover == watcher ||
            mover->instance != watcher->instance)
            continue;
        int64_t dx = mover->sent.x_cm - watcher->sent.x_cm,
                dz = mover->sent.z_cm - watcher->sent.z_cm;
        int64_t distance = dx * dx + dz * dz;
        if (distance <= (int64_t)WATCH_RADIUS_CM * WATCH_RADIUS_CM)
            neighbour_offer(nearest, (struct neighbour){mover, distance});
    }
}

static bool is_among(const struct neighbour nearest[WATCHED_MAX], uint32_t id)
{
    for (int i = 0; i < WATCHED_MAX; i++)
        if (nearest[i].person && nearest[i].person->id == id)
            return true;
    return false;
}

static bool is_watched(const struct watcher *watcher, uint32_t id)
{
    for (int i = 0; i < WATCHED_MAX; i++)
        if (watcher->watched[i].mover == id)
            return true;
    return false;
}

// Those who stay near keep their sight: what they sent last is still to be seen.
static void watched_choose(const struct troop *troop, struct person *person)
{
    struct neighbour nearest[WATCHED_MAX] = {0};
    struct watcher *watcher = person->watcher;
    neighbours_find(troop, person, nearest);
    for (int i = 0; i < WATCHED_MAX; i++)
        if (!is_among(nearest, watcher->watched[i].mover))
            watcher->watched[i].mover = 0;
    for (int i = 0; i < WATCHED_MAX; i++) {
        const struct person *mover = nearest[i].person;
        if (!mover || is_watched(watcher, mover->id))
            continue;
        int free = 0;
        while (watcher->watched[free].mover)
            free++;
        watcher->watched[free] = (struct watched){.mover = mover->id, .track = mover->track};
    }
}

// One watcher each turn, in order: with 200 of them, each about once a second.
static void watch_turn(struct troop *troop)
{
    for (uint32_t scanned = 0; scanned < troop->count; scanned++) {
        struct person *person = &troop->people[troop->next_to_watch];
        troop->next_to_watch = (troop->next_to_watch + 1) % troop->count;
        if (person->watcher && person->state == PERSON_HERE) {
            watched_choose(troop, person);
            return;
        }
    }
}

// --- turns
// -----------------------------------------------------------------------------------------------

static void turn_take(struct troop *troop, uint64_t now_us)
{
    for (uint32_t i = troop->turn; i < troop->count; i += troop->turns)
        person_step(&troop->people[i], now_us);
    troop->turn = (troop->turn + 1) % troop->turns;
}

// What each received in the measured time, of those who were here all of it.
static void bytes_compare(struct troop *troop, uint64_t from_us)
{
    uint64_t most = 0;
    for (uint32_t i = 0; i < troop->count; i++) {
        const struct person *person = &troop->people[i];
        if (person->state == PERSON_HERE && person->here_us <= from_us && person->bytes > most)
            most = person->bytes;
    }
    atomic_store_explicit(&troop->scene.tally.bytes_most, most, memory_order_relaxed);
}

static void measure(struct troop *troop, uint64_t now_us)
{
    const struct course *course = troop->scene.course;
    uint64_t from_us = atomic_load_explicit(&course->measured_from_us, memory_order_relaxed);
    uint64_t until_us = atomic_load_explicit(&course->measured_until_us, memory_order_relaxed);
    bool measuring = now_us >= from_us && now_us < until_us;
    if (measuring && !troop->measuring)
        for (uint32_t i = 0; i < troop->count; i++)
            troop->people[i].bytes = 0;
    if (!measuring && troop->measuring)
        bytes_compare(troop, from_us);
    troop->measuring = measuring;
}

// The controller looks at the people while their thread waits here.
static void hold(const struct course *course)
{
    pthread_barrier_wait(course->barrier);
    pthread_barrier_wait(course->barrier);
}

static void burdens_turn(struct troop *troop, enum course_phase phase, uint64_t now_us)
{
    bool people_wait = people_in(troop, PERSON_WAITING) > 0;
    // The people come in before their burdens; once both are in, neither waits for the other.
    if (phase == COURSE_WALK || (phase == COURSE_ENTER && !people_wait)) {
        burdens_take_turn(&troop->burdens, now_us);
    } else if (phase >= COURSE_STOP && troop->told_burdens != phase) {
        troop->told_burdens = phase;
        burdens_end(&troop->burdens, phase >= COURSE_LEAVE);
    }
}

static void on_time(void *context, uint64_t now_us)
{
    struct troop *troop = context;
    enum course_phase phase = course_phase_now(troop->scene.course);
    if (phase == COURSE_HOLD) {
        hold(troop->scene.course);
        return;
    }
    if (phase == COURSE_END) {
        loop_stop(troop->scene.loop);
        return;
    }
    // After a stall nobody walks faster to catch up: turns that were missed are late, not doubled.
    if (now_us > troop->turn_due_us + troop->period_us)
        troop->turn_due_us = now_us;
    while (troop->turn_due_us <= now_us) {
        turn_take(troop, now_us);
        troop->turn_due_us += troop->period_us / troop->turns;
    }
    measure(troop, now_us);
    burdens_turn(troop, phase, now_us);
    if (phase <= COURSE_WALK) {
        let_in(troop, now_us);
        guest_desk_expire(troop->desk, now_us);
    }
    if (phase == COURSE_WALK)
        watch_turn(troop);
    if (troop->measuring && troop->scene.course->churn > 0)
        churn_go_on(&troop->churn, now_us);
    if (phase == COURSE_AUDIT && !audit_go_on(&troop->audit, now_us))
        atomic_store_explicit(&troop->scene.tally.audited, true, memory_order_release);
}

// --- life
// ------------------------------------------------------------------------------------------------

static void people_init(struct troop *troop, uint32_t index, uint32_t step)
{
    const struct course *course = troop->scene.course;
    troop->count = (course->clients - index + step - 1) / step;
    troop->people = calloc(troop->count, sizeof *troop->people);
    ASSERT(troop->people);
    for (uint32_t i = 0; i < troop->count; i++)
        person_init(&troop->people[i], &troop->scene, index + i * step);
    churn_init(&troop->churn, troop->people, troop->count);
    audit_init(&troop->audit, troop->people, troop->count, course->audit_seats);
}

bool troop_init(struct troop *troop, const struct course *course, uint32_t index, uint32_t step,
                struct error *err)
{
    ASSERT(index < course->clients);
    *troop = (struct troop){.scene.course = course, .period_us = 1000000 / course->rate};
    troop->turns = (uint32_t)(troop->period_us / (TURN_MS * 1000));
    troop->scene.loop = loop_create(err);
    if (!troop->scene.loop)
        return false;
    troop->scene.area = malloc(SCENE_AREA_BYTES);
    ASSERT(troop->scene.area);
    random_seed(&troop->scene.random, course->seed ^ (index + 1));
    people_init(troop, index, step);
    burdens_init(&troop->burdens, &troop->scene, index, step);
    troop->desk = guest_desk_create(&(struct guest_desk_settings){
        .loop = troop->scene.loop,
        .target = course->target,
        .world = course->world,
        .lines = LINES,
        .on_ticket = on_ticket,
        .on_refused = on_refused,
        .context = troop,
    });
    return true;
}

static void *troop_run(void *context)
{
    struct troop *troop = context;
    atomic_store_explicit(&troop->thread_id, gettid(), memory_order_relaxed);
    loop_run(troop->scene.loop);
    return NULL;
}

bool troop_start(struct troop *troop, struct error *err)
{
    uint64_t now_us = clock_now_us(&clock_system);
    troop->turn_due_us = now_us;
    loop_every(troop->scene.loop, TURN_MS * 1000, on_time, troop);
    int result = pthread_create(&troop->thread, NULL, troop_run, troop);
    troop->started = result == 0;
    return troop->started || fail(err, ERR_SYSTEM, "cannot start a thread: %s", strerror(result));
}

void troop_join(struct troop *troop)
{
    if (troop->started)
        pthread_join(troop->thread, NULL);
    troop->started = false;
}

void troop_done(struct troop *troop)
{
    ASSERT(!troop->started);
    guest_desk_destroy(troop->desk);
    for (uint32_t i = 0; i < troop->count; i++)
        person_done(&troop->people[i]);
    burdens_done(&troop->burdens);
    departed_done(&troop->scene.departed);
    audit_done(&troop->audit);
    reading_done(&troop->scene.reading);
    free(troop->people);
    free(troop->scene.area);
    loop_destroy(troop->scene.loop);
}
