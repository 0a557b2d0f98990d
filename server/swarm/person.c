#include "swarm/person_internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "base/assert.h"
#include "base/clock.h"

enum {
    MESSAGE_BYTES_MAX = 16 << 20, // a whole instance anew, with room
    RECEIVE_BYTES = 16384,        // half a second of what a crowd tells
    ATTEMPTS_MAX = 6,
};

static const uint64_t ENTER_TIMEOUT_US = 30000000, LEAVE_TIMEOUT_US = 3000000;
static const uint64_t RETRY_LEAST_US = 250000, RETRY_MOST_US = 8000000;
// Who was dropped and is not back by then is lost.
static const uint64_t RETURN_TIMEOUT_US = 90000000;
// On the way to their places all people move, and all begin in one spot: they take fewer, longer
// steps, so that coming in does not cost more than what is to be measured.
static const uint64_t GATHER_PERIOD_US = 450000;

void scene_note(struct scene *scene, const struct error *why)
{
    if (atomic_load_explicit(&scene->has_trouble, memory_order_relaxed))
        return;
    scene->trouble = *why;
    atomic_store_explicit(&scene->has_trouble, true, memory_order_release);
}

void scene_trouble(struct scene *scene, const struct error *why)
{
    tally_add32(&scene->tally.errors, 1);
    scene_note(scene, why);
}

void person_become(struct person *person, enum person_state state)
{
    struct tally *tally = &person->scene->tally;
    if (person->state == PERSON_HERE && !person->walker.home)
        tally_add32(&tally->away, -1);
    if (state == PERSON_HERE && !person->walker.home)
        tally_add32(&tally->away, 1);
    tally_add32(&tally->people[person->state], -1);
    tally_add32(&tally->people[state], 1);
    person->state = state;
}

static void person_disconnect(struct person *person)
{
    if (person->stream.fd < 0)
        return;
    loop_remove(person->scene->loop, &person->source);
    stream_close(&person->stream);
    websocket_reader_done(&person->reader);
    buffer_done(&person->carry);
    buffer_done(&person->out);
}

// Whom the server does not let back in any more is lost.
static bool return_is_over(const struct person *person, uint64_t now_us)
{
    return person->dropped_us && now_us - person->dropped_us > RETURN_TIMEOUT_US;
}

static uint64_t retry_wait(struct person *person)
{
    uint32_t doublings = person->attempts < 6 ? person->attempts : 6;
    uint64_t wait_us = RETRY_LEAST_US << doublings;
    if (wait_us > RETRY_MOST_US)
        wait_us = RETRY_MOST_US;
    // A crowd that was dropped at once must not come back at once.
    return wait_us + random_below(&person->scene->random, (uint32_t)wait_us / 2);
}

// A try to come in failed.
static void person_retry(struct person *person, const struct error *why, uint64_t now_us)
{
    person_disconnect(person);
    bool over =
        person->dropped_us ? return_is_over(person, now_us) : person->attempts + 1 >= ATTEMPTS_MAX;
    if (over) {
        scene_trouble(person->scene, why);
        person_become(person, person->dropped_us ? PERSON_LOST : PERSON_REFUSED);
        return;
    }
    person->due_us = now_us + retry_wait(person);
    person->attempts++;
    person_become(person, PERSON_WAITING);
}

static void time_note_first(_Atomic uint64_t *time, uint64_t now_us)
{
    if (atomic_load_explicit(time, memory_order_relaxed) == 0)
        atomic_store_explicit(time, now_us, memory_order_relaxed);
}

// The server ended the connection of somebody who was here.
static void person_drop(struct person *person, const struct error *why, uint64_t wait_us)
{
    struct scene *scene = person->scene;
    uint64_t now_us = clock_now_us(&clock_system);
    person_disconnect(person);
    if (!scene->course->returns || course_phase_now(scene->course) >= COURSE_STOP) {
        scene_note(scene, why);
        person_become(person, PERSON_LOST);
        return;
    }
    tally_add32(&scene->tally.drops, 1);
    time_note_first(&scene->tally.first_drop_us, now_us);
    // A server that starts anew gives out the same ids again.
    departed_done(&scene->departed);
    person->dropped_us = person->asked_us = now_us;
    person->attempts = 0;
    person->due_us = now_us + wait_us;
    person_become(person, PERSON_WAITING);
}

// Somebody else comes in their stead.
static void person_succeed(struct person *person)
{
    const struct course *course = person->scene->course;
    bool moves = person->walker.moves;
    person_become(person, PERSON_WAITING);
    person->lives++;
    walker_init(&person->walker, course->crowd, person_face(person));
    person->walker.moves = moves;
    person->attempts = 0;
    person->due_us = 0;
    person->makes_room = false;
    if (person->track)
        track_clear(person->track);
}

static void person_depart(struct person *person, bool left)
{
    uint64_t now_us = clock_now_us(&clock_system);
    departed_add(&person->scene->departed, person->instance, person->id, left, now_us);
    tally_add32(left ? &person->scene->tally.leaves : &person->scene->tally.cuts, 1);
    person_succeed(person);
}

void person_fail(struct person *person, const struct error *why)
{
    switch (person->state) {
    case PERSON_HERE:
        person_drop(person, why, retry_wait(person));
        break;
    case PERSON_LEAVING:
        person_disconnect(person);
        if (person->makes_room)
            person_depart(person, true);
        else
            person_become(person, PERSON_LEFT);
        break;
    default:
        person_retry(person, why, clock_now_us(&clock_system));
    }
}

void person_drain(struct person *person, const struct person_event *event)
{
    if (person->state == PERSON_HERE)
        person_drop(person, &event->why, event->reconnect_ms * UINT64_C(1000));
    else
        person_fail(person, &event->why);
}

void person_init(struct person *person, struct scene *scene, uint32_t number)
{
    const struct course *course = scene->course;
    *person = (struct person){.scene = scene, .number = number, .stream.fd = -1};
    person->due_us =
        course->started_us + (uint64_t)(course->arrive_s * 1e6 * number / course->clients);
    walker_init(&person->walker, course->crowd, number);
    // Spread evenly, whatever their number.
    uint64_t share = course->pictured;
    person->pictured = (number + 1) * share / course->clients > number * share / course->clients;
    if (person->pictured && scene->watcher_count < course->watchers) {
        person->watcher = calloc(1, sizeof *person->watcher);
        ASSERT(person->watcher);
        scene->watcher_count++;
    }
    if (person->walker.moves) {
        person->track = calloc(1, sizeof *person->track);
        ASSERT(person->track);
    }
    tally_add32(&scene->tally.people[PERSON_WAITING], 1);
}

void person_done(struct person *person)
{
    person_disconnect(person);
    view_done(&person->view);
    free(person->watcher);
    free(person->track);
    free(person->token);
}

// --- coming in
// -------------------------------------------------------------------------------------------

static void person_dialled(struct person *person)
{
    struct error why;
    uint32_t wanted = 0;
    switch (target_finish_dial(person->scene->course->target, &person->stream, &wanted, &why)) {
    case STREAM_OK:
        person_become(person, PERSON_UPGRADING);
        person_flush(person);
        break;
    case STREAM_AGAIN:
        loop_change(person->scene->loop, &person->source, wanted);
        break;
    default:
        person_fail(person, &why);
    }
}

static void person_on_ready(struct loop_source *source, uint32_t ready)
{
    struct person *person = (struct person *)source;
    person->scene->read_us = clock_now_us(&clock_system);
    if (person->state == PERSON_CONNECTING) {
        person_dialled(person);
        return;
    }
    if (ready & LOOP_WRITE)
        person_flush(person);
    if (ready & LOOP_READ || person->stream.wants_write)
        person_read(person);
}

uint32_t person_face(const struct person *person)
{
    return person->number + person->lives * person->scene->course->clients;
}

void person_asks(struct person *person, uint64_t now_us)
{
    ASSERT(person->state == PERSON_WAITING);
    if (!person->asked_us)
        person->asked_us = now_us;
    person_become(person, PERSON_ASKING);
}

void person_stop_asking(struct person *person)
{
    ASSERT(person->state == PERSON_ASKING);
    person_become(person, PERSON_WAITING);
}

static void person_dial(struct person *person, const char *path, const char *ticket,
                        uint64_t now_us)
{
    struct scene *scene = person->scene;
    struct error why;
    if (!target_dial(scene->course->target, &person->stream, &why)) {
        person_retry(person, &why, now_us);
        return;
    }
    // When all of them share one machine's cores, what they have not read yet would grow to a
    // minute's worth in the kernel, and be told of as the server's latency.
    stream_set_receive_bytes(&person->stream, RECEIVE_BYTES);
    person->source = (struct loop_source){.fd = person->stream.fd, .on_ready = person_on_ready};
    if (!loop_add(scene->loop, &person->source, LOOP_WRITE, &why)) {
        stream_close(&person->stream);
        person_retry(person, &why, now_us);
        return;
    }
    websocket_reader_init(&person->reader, WEBSOCKET_CLIENT, MESSAGE_BYTES_MAX);
    upgrade_request_write(scene->course->target->authority, path, ticket, &scene->random,
                          person->key, &person->out);
    person->due_us = now_us + ENTER_TIMEOUT_US;
    person_become(person, PERSON_CONNECTING);
}

void person_take_ticket(struct person *person, const char *path, const char *ticket,
                        uint64_t now_us)
{
    ASSERT(person->state == PERSON_ASKING);
    snprintf(person->scene->path, sizeof person->scene->path, "%s", path);
    if (person->dropped_us) {
        // The new entity begins at a spawn.
        person->walker.home = false;
        person->anew = true;
    }
    person_dial(person, path, ticket, now_us);
}

bool person_has_token(const struct person *person)
{
    return person->dropped_us && person->token && person->token[0];
}

void person_come_back(struct person *person, uint64_t now_us)
{
    ASSERT(person->state == PERSON_WAITING && person_has_token(person));
    person_dial(person, person->scene->path, person->token, now_us);
}

void person_keep_token(struct person *person, const char *token)
{
    size_t size = strlen(token) + 1;
    person->token = realloc(person->token, size);
    ASSERT(person->token);
    memcpy(person->token, token, size);
}

static void person_note_return(struct person *person, bool resumed, uint64_t now_us)
{
    struct tally *tally = &person->scene->tally;
    tally_add32(person->anew ? &tally->returned_anew : &tally->returned, 1);
    tally_add32(&tally->resumed, resumed);
    atomic_store_explicit(&tally->last_return_us, now_us, memory_order_relaxed);
    person->dropped_us = 0;
    person->anew = false;
    pulse_part(&person->scene->pulse);
}

void person_welcome(struct person *person, const struct person_event *event, uint64_t now_us)
{
    struct scene *scene = person->scene;
    struct tally *tally = &scene->tally;
    person->id = event->id;
    person->instance = event->instance;
    person->speed_max_cm_s = event->speed_max_cm_s;
    person->moved_us = person->here_us = now_us;
    person_put(person, event);
    view_restart(&person->view, scene->course->picture_capacity);
    if (person->pictured && !person->view.kept)
        view_keep_picture(&person->view, scene->course->picture_capacity);
    if (scene->course->returns)
        person_keep_token(person, event->token);
    person_become(person, PERSON_HERE);
    if (person->dropped_us) {
        person_note_return(person, event->resumed, now_us);
    } else {
        latency_add(&scene->entry, now_us - person->asked_us);
        tally_add32(&tally->joins, person->lives > 0);
        atomic_store_explicit(&tally->last_welcome_us, now_us, memory_order_relaxed);
    }
    tally_add32(&tally->welcomed, 1);
    person->attempts = 0;
    person->asked_us = 0;
}

void person_take_refusal(struct person *person, const struct guest_refusal *refusal,
                         uint64_t now_us)
{
    struct scene *scene = person->scene;
    // A token of no more use: a ticket will do.
    if (refusal->status == 401 && person_has_token(person))
        person->token[0] = 0;
    if (refusal->status != 429) {
        person_retry(person, &refusal->why, now_us);
        return;
    }
    // Told to wait: that goes for everyone of this address, and is no try lost.
    uint64_t wait_us = (refusal->retry_after_s ? refusal->retry_after_s : 1) * UINT64_C(1000000);
    tally_add32(&scene->tally.rate_refusals, 1);
    if (now_us + wait_us > scene->pause_until_us)
        scene->pause_until_us = now_us + wait_us;
    person_disconnect(person);
    person->due_us = scene->pause_until_us;
    person_become(person, PERSON_WAITING);
}

// --- being here
// ------------------------------------------------------------------------------------------

static bool person_stroll(struct person *person, uint64_t now_us)
{
    const struct course *course = person->scene->course;
    if (course->crowd->settings.pattern != CROWD_TELEPORT)
        return walker_walk(&person->walker, course->crowd);
    uint64_t from_us = atomic_load_explicit(&course->walking_from_us, memory_order_relaxed);
    return walker_rush(&person->walker, course->crowd, now_us > from_us ? now_us - from_us : 0,
                       person->speed_max_cm_s, now_us - person->moved_us);
}

static bool person_go_on(struct person *person, enum course_phase phase, uint64_t now_us)
{
    if (phase >= COURSE_STOP)
        return walker_stop(&person->walker);
    if (person->walker.home)
        return phase == COURSE_WALK && person_stroll(person, now_us);
    if (now_us - person->moved_us < GATHER_PERIOD_US)
        return false;
    bool news = walker_go_home(&person->walker, person->scene->course->crowd,
                               person->speed_max_cm_s, now_us - person->moved_us);
    if (person->walker.home)
        tally_add32(&person->scene->tally.away, -1);
    return news;
}

static void person_leave(struct person *person, uint64_t now_us)
{
    person_become(person, PERSON_LEAVING);
    person->due_us = now_us + LEAVE_TIMEOUT_US;
    person_say_text(person, "{\"t\":\"leave\"}");
}

void person_make_room(struct person *person, bool politely, uint64_t now_us)
{
    ASSERT(person->state == PERSON_HERE);
    if (politely) {
        person->makes_room = true;
        person_leave(person, now_us);
    } else {
        person_disconnect(person);
        person_depart(person, false);
    }
}

static void person_expire(struct person *person)
{
    struct error why;
    fail(&why, ERR_UNAVAILABLE, "the server did not let a client in within %u s",
         (unsigned)(ENTER_TIMEOUT_US / 1000000));
    person_fail(person, &why);
}

void person_step(struct person *person, uint64_t now_us)
{
    enum course_phase phase = course_phase_now(person->scene->course);
    switch (person->state) {
    case PERSON_HERE:
        if (phase >= COURSE_LEAVE) {
            person_leave(person, now_us);
        } else if (person->out.size == 0) { // a socket that is full waits, and the walk with it
            bool news = person_go_on(person, phase, now_us);
            if (news || person->restate)
                person_send_move(person, now_us);
        }
        break;
    case PERSON_CONNECTING:
    case PERSON_UPGRADING:
    case PERSON_GREETING:
    case PERSON_LEAVING:
        if (now_us >= person->due_us)
            person_expire(person);
        break;
    default:
        break;
    }
}
