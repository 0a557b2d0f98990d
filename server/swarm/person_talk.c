// What a simulated person says to the server and hears from it, byte by byte.

#include <string.h>

#include "base/clock.h"
#include "swarm/person_internal.h"
#include "swarm/person_text.h"

enum { CARRY_KEEP_BYTES = 2048 };

// --- what goes out
// ---------------------------------------------------------------------------------------

static void person_watch_socket(struct person *person, bool full)
{
    uint32_t wanted = LOOP_READ | (full || person->stream.wants_write ? LOOP_WRITE : 0);
    loop_change(person->scene->loop, &person->source, wanted);
}

// Failure is left for reading to find out.
void person_flush(struct person *person)
{
    size_t written = 0;
    enum stream_result result = STREAM_OK;
    while (person->out.size > 0 && result == STREAM_OK) {
        result = stream_write(&person->stream, person->out.bytes, person->out.size, &written);
        buffer_consume(&person->out, written);
    }
    if (result == STREAM_FAILED || result == STREAM_END)
        person->out.size = 0;
    buffer_trim(&person->out, 0);
    person_watch_socket(person, person->out.size > 0);
}

static void mask_make(struct scene *scene, uint8_t mask[4])
{
    uint64_t random = random_u64(&scene->random);
    memcpy(mask, &random, 4);
}

static void person_say(struct person *person, enum websocket_opcode opcode, const void *payload,
                       size_t size)
{
    uint8_t mask[4];
    mask_make(person->scene, mask);
    websocket_append_masked(&person->out, opcode, payload, size, mask);
    person_flush(person);
}

void person_say_text(struct person *person, const char *text)
{
    person_say(person, WEBSOCKET_OP_TEXT, text, strlen(text));
}

void person_ask_anew(struct person *person)
{
    person_say_text(person, "{\"t\":\"resync\"}");
}

// The way of nearly every message: one frame, built on the stack, one send.
void person_send_move(struct person *person, uint64_t now_us)
{
    struct wire_move move = {.sequence = ++person->sequence,
                             .state = walker_state(&person->walker)};
    uint8_t bytes[WEBSOCKET_HEADER_BYTES_MAX + WIRE_MOVE_BYTES], mask[4];
    mask_make(person->scene, mask);
    size_t header = websocket_header_write(bytes, WEBSOCKET_OP_BINARY, WIRE_MOVE_BYTES, mask);
    wire_move_write(&move, bytes + header);
    websocket_mask(bytes + header, WIRE_MOVE_BYTES, mask);
    size_t size = header + WIRE_MOVE_BYTES, written = 0;
    enum stream_result result = stream_write(&person->stream, bytes, size, &written);
    if (written < size && (result == STREAM_OK || result == STREAM_AGAIN)) {
        buffer_append(&person->out, bytes + written, size - written);
        person_watch_socket(person, true);
    }
    person->sent = move.state;
    person->moved_us = now_us;
    person->restate = false;
    tally_add(&person->scene->tally.moves, 1);
    if (person->track && person->walker.home)
        track_sent(person->track, move.state.x_cm, move.state.z_cm, now_us);
}

// --- what comes in
// ---------------------------------------------------------------------------------------

void person_put(struct person *person, const struct person_event *event)
{
    walker_place(&person->walker, event->x_cm, (int16_t)event->y_cm, event->z_cm, event->yaw);
    person->sent = (struct wire_state){.x_cm = event->x_cm,
                                       .y_cm = (int16_t)event->y_cm,
                                       .z_cm = event->z_cm,
                                       .yaw = event->yaw,
                                       .pose = person->sent.pose};
    if (person->track)
        track_clear(person->track);
}

static void person_hear(struct person *person, const char *text, size_t size)
{
    struct person_event event;
    bool wants_tokens = person->scene->course->returns;
    person_event_read(text, size, wants_tokens, &event);
    switch (event.kind) {
    case EVENT_WELCOME:
        if (person->state == PERSON_GREETING)
            person_welcome(person, &event, clock_now_us(&clock_system));
        break;
    case EVENT_CORRECT:
        if (person->state != PERSON_HERE)
            break;
        tally_add32(&person->scene->tally.corrections, 1);
        person_put(person, &event);
        // Moves that were under way when it came may have been taken in: say where we are now.
        person->restate = true;
        if (!person->walker.home)
            walker_slow_down(&person->walker);
        break;
    case EVENT_DRAIN:
        fail(&event.why, ERR_UNAVAILABLE, "the server is going down and sent people away");
        person_drain(person, &event);
        break;
    case EVENT_TOKEN:
        person_keep_token(person, event.token);
        break;
    case EVENT_ERROR:
    case EVENT_BAD:
        scene_trouble(person->scene, &event.why);
        break;
    case EVENT_NONE:
        break;
    }
}

// The clock is read anew: since the bytes were found to be there, decoding them took its time too.
static void person_watch(struct person *person)
{
    const struct course *course = person->scene->course;
    uint64_t since = atomic_load_explicit(&course->measured_from_us, memory_order_relaxed);
    uint64_t until = atomic_load_explicit(&course->measured_until_us, memory_order_relaxed);
    watcher_look(person->watcher, person->view.picture, clock_now_us(&clock_system), since, until,
                 &person->scene->latency);
}

static void person_feel_tick(struct person *person, const uint8_t *bytes, size_t size)
{
    struct scene *scene = person->scene;
    const struct course *course = scene->course;
    struct wire_frame frame;
    if (wire_frame_read(bytes, size, &frame) == WIRE_DONE)
        pulse_feel(&scene->pulse, person->instance, frame.tick, scene->read_us,
                   atomic_load_explicit(&course->measured_from_us, memory_order_relaxed),
                   atomic_load_explicit(&course->measured_until_us, memory_order_relaxed));
}

static void person_look(struct person *person, const uint8_t *bytes, size_t size)
{
    struct scene *scene = person->scene;
    uint32_t changes;
    tally_add(&scene->tally.frames, 1);
    // A frame that is a header alone is only a sign of life.
    if (size > WIRE_FRAME_HEADER_BYTES)
        atomic_store_explicit(&scene->tally.last_news_us, scene->read_us, memory_order_relaxed);
    person_feel_tick(person, bytes, size);
    enum wire_result result = view_take(&person->view, &scene->reading, bytes, size, &changes);
    tally_add(&scene->tally.updates, changes);
    if (result == WIRE_BAD) {
        struct error why;
        fail(&why, ERR_INVALID,
             "a frame of %zu bytes for entity %u is not valid or not the next one", size,
             person->id);
        scene_trouble(scene, &why);
        person_ask_anew(person);
    } else if (person->watcher) {
        person_watch(person);
    }
}

static void person_closed(struct person *person, const struct websocket_event *event)
{
    struct error why;
    bool violation = event->kind == WEBSOCKET_VIOLATION;
    fail(&why, ERR_UNAVAILABLE, "%s (close code %u%s%.*s)",
         violation ? "the server broke the WebSocket protocol" : "the server closed the connection",
         event->close_code, event->size && !violation ? ": " : "", violation ? 0 : (int)event->size,
         (const char *)event->payload);
    person_fail(person, &why);
}

static void person_take_event(struct person *person, const struct websocket_event *event)
{
    switch (event->kind) {
    case WEBSOCKET_TEXT:
        person_hear(person, (const char *)event->payload, event->size);
        break;
    case WEBSOCKET_BINARY:
        if (person->state == PERSON_HERE)
            person_look(person, event->payload, event->size);
        break;
    case WEBSOCKET_PING:
        person_say(person, WEBSOCKET_OP_PONG, event->payload, event->size);
        break;
    case WEBSOCKET_CLOSE:
    case WEBSOCKET_VIOLATION:
        person_closed(person, event);
        break;
    case WEBSOCKET_PONG:
    case WEBSOCKET_NEED_MORE:
        break;
    }
}

// Returns how many bytes were used up; the person may be disconnected afterwards.
static size_t person_take_head(struct person *person, const uint8_t *bytes, size_t size)
{
    size_t head_size = 0;
    struct upgrade_refusal refusal;
    struct error why;
    switch (
        upgrade_answer_read((const char *)bytes, size, person->key, &head_size, &refusal, &why)) {
    case UPGRADE_MORE:
        return 0;
    case UPGRADE_DONE:
        person_become(person, PERSON_GREETING);
        return head_size;
    case UPGRADE_REFUSED:
        break;
    }
    person_take_refusal(person, &(struct guest_refusal){refusal.status, refusal.retry_after_s, why},
                        clock_now_us(&clock_system));
    return 0;
}

static size_t person_parse(struct person *person, uint8_t *bytes, size_t size)
{
    size_t used = 0;
    if (person->state == PERSON_UPGRADING) {
        used = person_take_head(person, bytes, size);
        if (used == 0)
            return 0;
    }
    while (used < size) {
        size_t taken = 0;
        struct websocket_event event =
            websocket_read(&person->reader, bytes + used, size - used, &taken);
        used += taken;
        if (event.kind == WEBSOCKET_NEED_MORE && taken == 0)
            break;
        person_take_event(person, &event);
        if (person->stream.fd < 0)
            return 0;
    }
    return used;
}

// Bytes are read into the scene's area and mostly used up there; what is left of an unfinished
// message moves to `carry`, and the rest of it is then read there directly.
static enum stream_result person_read_some(struct person *person)
{
    struct buffer *carry = &person->carry;
    bool carried = carry->size > 0;
    uint8_t *into = carried ? buffer_reserve(carry, SCENE_AREA_BYTES) : person->scene->area;
    size_t got;
    enum stream_result result = stream_read(&person->stream, into, SCENE_AREA_BYTES, &got);
    if (result != STREAM_OK)
        return result;
    tally_add(&person->scene->tally.bytes, got);
    person->bytes += got;
    if (carried)
        carry->size += got;
    uint8_t *bytes = carried ? carry->bytes : into;
    size_t size = carried ? carry->size : got;
    size_t used = person_parse(person, bytes, size);
    if (person->stream.fd < 0)
        return STREAM_AGAIN; // closed, and dealt with
    if (carried) {
        buffer_consume(carry, used);
        buffer_trim(carry, CARRY_KEEP_BYTES);
    } else if (used < size) {
        buffer_append(carry, bytes + used, size - used);
    }
    return STREAM_OK;
}

void person_read(struct person *person)
{
    enum stream_result result;
    do
        result = person_read_some(person);
    while (result == STREAM_OK && stream_has_buffered(&person->stream));
    if (person->stream.fd < 0)
        return;
    if (result == STREAM_END || result == STREAM_FAILED) {
        struct error why;
        fail(&why, ERR_UNAVAILABLE, "the server cut the connection without a word");
        person_fail(person, &why);
    } else if (person->stream.wants_write) {
        person_watch_socket(person, true);
    }
}
