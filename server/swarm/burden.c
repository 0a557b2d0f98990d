#include "swarm/burden.h"

#include <stdlib.h>
#include <sys/socket.h>

#include "base/assert.h"
#include "base/clock.h"

enum {
    LINES = 8,
    ENTERING_MAX = 16,
    COMEBACKS_A_SECOND = 100,
    SLOW_BYTES = 1000,
    // As small as the window of somebody far away: what they do not read fills the server's side.
    RECEIVE_BYTES = 8192,
    FLOOD_BYTES_A_TURN = 65536,
    FLOOD_BYTES_A_SECOND = 8000000, // of all: more would be this machine's work, not the server's
    TURNS = 100 / BURDENS_TURN_MS,
};

static const uint64_t ENTER_TIMEOUT_US = 30000000, SECOND_US = 1000000;
// A server closes who reads nothing for a minute; a full window hides that from who does not look.
static const uint64_t STALLED_LOOK_US = 75000000;
static const uint32_t LOOK = 0x00b0bd1e;

static uint64_t now(void)
{
    return clock_now_us(&clock_system);
}

static void burden_become(struct burden *burden, enum burden_state state)
{
    struct tally *tally = &burden->all->scene->tally;
    bool was_entering = burden->state != BURDEN_WAITING && burden->state != BURDEN_THERE;
    bool is_entering = state != BURDEN_WAITING && state != BURDEN_THERE;
    burden->all->entering += (uint32_t)is_entering - (uint32_t)was_entering;
    tally_add32(&tally->burdens_there, (state == BURDEN_THERE) - (burden->state == BURDEN_THERE));
    burden->state = state;
}

static void burden_disconnect(struct burden *burden)
{
    if (burden->stream.fd < 0)
        return;
    loop_remove(burden->all->scene->loop, &burden->source);
    stream_close(&burden->stream);
    buffer_done(&burden->in);
    buffer_done(&burden->out);
}

static void burden_wait(struct burden *burden, uint64_t least_us)
{
    burden_disconnect(burden);
    uint64_t more_us = random_below(&burden->all->scene->random, (uint32_t)SECOND_US);
    burden->due_us = now() + least_us + more_us;
    burden_become(burden, BURDEN_WAITING);
}

static void burden_thrown_out(struct burden *burden)
{
    tally_add32(&burden->all->scene->tally.thrown_out[burden->kind], 1);
    burden_wait(burden, SECOND_US);
}

// --- being there
// -----------------------------------------------------------------------------------------

// Reads and forgets up to `most` bytes; false when the connection has ended.
static bool burden_read(struct burden *burden, size_t most)
{
    size_t got;
    enum stream_result result = stream_read(&burden->stream, burden->all->scene->area, most, &got);
    return result == STREAM_OK || result == STREAM_AGAIN;
}

// Sends what waits; false when the connection has ended.
static bool burden_flush(struct burden *burden)
{
    size_t written = 0;
    enum stream_result result = STREAM_OK;
    while (burden->out.size > 0 && result == STREAM_OK) {
        result = stream_write(&burden->stream, burden->out.bytes, burden->out.size, &written);
        buffer_consume(&burden->out, written);
        if (burden->state == BURDEN_THERE)
            tally_add(&burden->all->scene->tally.hostile_bytes, written);
    }
    buffer_trim(&burden->out, 0);
    return result == STREAM_OK || result == STREAM_AGAIN;
}

static bool burden_flood(struct burden *burden)
{
    struct burdens *all = burden->all;
    struct garbage *garbage = &burden->garbage;
    size_t sent = 0;
    enum stream_result result = STREAM_OK;
    while (result == STREAM_OK && sent < FLOOD_BYTES_A_TURN && all->flood_left > 0) {
        size_t written = 0;
        result = stream_write(&burden->stream, all->flood.bytes + garbage->flood_next,
                              all->flood.size - garbage->flood_next, &written);
        garbage->flood_next = (garbage->flood_next + written) % all->flood.size;
        sent += written;
        all->flood_left -= written < all->flood_left ? written : all->flood_left;
    }
    tally_add(&all->scene->tally.hostile_bytes, sent);
    return result == STREAM_OK || result == STREAM_AGAIN;
}

static bool hostile_go_on(struct burden *burden)
{
    if (burden->garbage.kind == GARBAGE_FLOOD)
        return burden_flood(burden);
    // What was not taken goes first, and nothing more until then: it need not pile up here.
    if (burden->out.size == 0)
        garbage_write(&burden->garbage, &burden->all->scene->random, &burden->out);
    return burden_flush(burden);
}

static bool burden_go_on(struct burden *burden, uint64_t now_us)
{
    if (burden->kind == BURDEN_HOSTILE)
        return hostile_go_on(burden);
    if (now_us < burden->due_us)
        return true;
    bool slow = burden->kind == BURDEN_SLOW;
    burden->due_us = now_us + (slow ? SECOND_US : STALLED_LOOK_US);
    return burden_read(burden, slow ? SLOW_BYTES : SCENE_AREA_BYTES);
}

static void burden_arrive(struct burden *burden)
{
    struct tally *tally = &burden->all->scene->tally;
    uint64_t now_us = now();
    tally_add32(burden->came ? &tally->burdens_came_back : &tally->burdens_came, 1);
    burden->came = true;
    buffer_done(&burden->in);
    garbage_begin(&burden->garbage, (enum garbage_kind)(burden->number % GARBAGE_KINDS));
    burden->due_us = now_us + (burden->kind == BURDEN_STALLED ? STALLED_LOOK_US : SECOND_US);
    burden_become(burden, BURDEN_THERE);
    bool reads = burden->kind == BURDEN_HOSTILE;
    loop_change(burden->all->scene->loop, &burden->source, reads ? LOOP_READ : 0);
}

// --- coming in
// -------------------------------------------------------------------------------------------

static void burden_refused(struct burden *burden, int status, uint32_t retry_after_s,
                           const struct error *why)
{
    scene_note(burden->all->scene, why);
    uint64_t wait_us = status == 429 ? (retry_after_s ? retry_after_s : 1) * SECOND_US : SECOND_US;
    burden_wait(burden, wait_us);
}

static void burden_upgraded(struct burden *burden)
{
    enum { READ_BYTES = 4096 };
    struct buffer *in = &burden->in;
    struct upgrade_refusal refusal;
    struct error why;
    size_t got, head_size;
    enum stream_result read =
        stream_read(&burden->stream, buffer_reserve(in, READ_BYTES), READ_BYTES, &got);
    if (read == STREAM_AGAIN)
        return;
    in->size += got;
    switch (upgrade_answer_read((const char *)in->bytes, in->size, burden->key, &head_size,
                                &refusal, &why)) {
    case UPGRADE_MORE:
        if (read != STREAM_OK)
            burden_wait(burden, SECOND_US);
        break;
    case UPGRADE_DONE:
        burden_arrive(burden);
        break;
    case UPGRADE_REFUSED:
        burden_refused(burden, refusal.status, refusal.retry_after_s, &why);
        break;
    }
}

static void burden_dialled(struct burden *burden)
{
    struct error why;
    uint32_t wanted = 0;
    struct scene *scene = burden->all->scene;
    switch (target_finish_dial(scene->course->target, &burden->stream, &wanted, &why)) {
    case STREAM_OK:
        burden_become(burden, BURDEN_UPGRADING);
        if (burden_flush(burden))
            loop_change(scene->loop, &burden->source, LOOP_READ);
        else
            burden_wait(burden, SECOND_US);
        break;
    case STREAM_AGAIN:
        loop_change(scene->loop, &burden->source, wanted);
        break;
    default:
        burden_refused(burden, 0, 0, &why);
    }
}

static void burden_on_ready(struct loop_source *source, uint32_t ready)
{
    struct burden *burden = (struct burden *)source;
    if (burden->state == BURDEN_CONNECTING)
        burden_dialled(burden);
    else if (burden->state == BURDEN_UPGRADING)
        burden_upgraded(burden);
    else if (burden->state == BURDEN_THERE && !burden_read(burden, SCENE_AREA_BYTES))
        burden_thrown_out(burden);
}

static struct burden *burden_of(const struct burdens *burdens, uint32_t number)
{
    return &burdens->rows[(number - burdens->first) / burdens->step];
}

static void on_ticket(void *context, uint32_t number, const char *path, const char *ticket)
{
    struct burdens *burdens = context;
    struct burden *burden = burden_of(burdens, number);
    struct scene *scene = burdens->scene;
    struct error why;
    if (!target_dial(scene->course->target, &burden->stream, &why)) {
        burden_refused(burden, 0, 0, &why);
        return;
    }
    if (burden->kind != BURDEN_HOSTILE)
        stream_set_receive_bytes(&burden->stream, RECEIVE_BYTES);
    burden->source = (struct loop_source){.fd = burden->stream.fd, .on_ready = burden_on_ready};
    if (!loop_add(scene->loop, &burden->source, LOOP_WRITE, &why)) {
        stream_close(&burden->stream);
        burden_refused(burden, 0, 0, &why);
        return;
    }
    upgrade_request_write(scene->course->target->authority, path, ticket, &scene->random,
                          burden->key, &burden->out);
    burden_become(burden, BURDEN_CONNECTING);
}

static void on_refused(void *context, uint32_t number, const struct guest_refusal *refusal)
{
    struct burdens *burdens = context;
    burden_refused(burden_of(burdens, number), refusal->status, refusal->retry_after_s,
                   &refusal->why);
}

// False when there is no line free to ask on.
static bool burden_ask(struct burden *burden, uint64_t now_us)
{
    struct burdens *all = burden->all;
    if (burden->came)
        all->comeback_us = now_us + SECOND_US / all->comebacks_a_second;
    // A refusal may come before the call returns.
    burden_become(burden, BURDEN_ASKING);
    burden->due_us = now_us + ENTER_TIMEOUT_US;
    if (guest_desk_ask(all->desk, burden->number, LOOK, now_us))
        return true;
    burden_become(burden, BURDEN_WAITING);
    return false;
}

static void let_in(struct burdens *burdens, uint64_t now_us)
{
    enum { SCANNED_MAX = 256 };
    for (uint32_t i = 0; i < SCANNED_MAX && i < burdens->count; i++) {
        struct burden *burden = &burdens->rows[burdens->next_to_ask];
        bool waits = burden->state == BURDEN_WAITING && now_us >= burden->due_us &&
                     (!burden->came || now_us >= burdens->comeback_us);
        if (burdens->entering >= ENTERING_MAX || (waits && !burden_ask(burden, now_us)))
            return;
        burdens->next_to_ask = (burdens->next_to_ask + 1) % burdens->count;
    }
}

// --- all of them
// -----------------------------------------------------------------------------------------

static void burden_take_turn(struct burden *burden, uint64_t now_us)
{
    bool on_the_way = burden->state == BURDEN_CONNECTING || burden->state == BURDEN_UPGRADING;
    if (burden->state == BURDEN_THERE && !burden_go_on(burden, now_us))
        burden_thrown_out(burden);
    else if (on_the_way && now_us >= burden->due_us)
        burden_wait(burden, SECOND_US);
}

void burdens_take_turn(struct burdens *burdens, uint64_t now_us)
{
    if (burdens->count == 0)
        return;
    if (burdens->turn == 0)
        burdens->flood_left = FLOOD_BYTES_A_SECOND / 10 / burdens->step;
    for (uint32_t i = burdens->turn; i < burdens->count; i += TURNS)
        burden_take_turn(&burdens->rows[i], now_us);
    burdens->turn = (burdens->turn + 1) % TURNS;
    guest_desk_expire(burdens->desk, now_us);
    let_in(burdens, now_us);
}

void burdens_end(struct burdens *burdens, bool everyone)
{
    for (uint32_t i = 0; i < burdens->count; i++) {
        struct burden *burden = &burdens->rows[i];
        // Who is asking is answered, and then waits.
        if ((!everyone && burden->kind != BURDEN_HOSTILE) || burden->state == BURDEN_WAITING ||
            burden->state == BURDEN_ASKING)
            continue;
        burden_disconnect(burden);
        burden_become(burden, BURDEN_WAITING);
    }
}

static enum burden_kind kind_of(const struct course *course, uint32_t number)
{
    for (int kind = 0; kind < BURDEN_KINDS; kind++) {
        if (number < course->burdens[kind])
            return (enum burden_kind)kind;
        number -= course->burdens[kind];
    }
    return BURDEN_HOSTILE;
}

void burdens_init(struct burdens *burdens, struct scene *scene, uint32_t index, uint32_t step)
{
    const struct course *course = scene->course;
    uint32_t all = course_burdens(course);
    *burdens = (struct burdens){.scene = scene, .first = course->clients + index, .step = step};
    burdens->comebacks_a_second = step < COMEBACKS_A_SECOND ? COMEBACKS_A_SECOND / step : 1;
    burdens->count = all > index ? (all - index + step - 1) / step : 0;
    if (burdens->count == 0)
        return;
    burdens->rows = calloc(burdens->count, sizeof *burdens->rows);
    ASSERT(burdens->rows);
    for (uint32_t i = 0; i < burdens->count; i++)
        burdens->rows[i] = (struct burden){.all = burdens,
                                           .stream.fd = -1,
                                           .kind = kind_of(course, index + i * step),
                                           .number = burdens->first + i * step};
    garbage_flood_write(&scene->random, &burdens->flood);
    burdens->desk = guest_desk_create(&(struct guest_desk_settings){
        .loop = scene->loop,
        .target = course->target,
        .world = course->world,
        .lines = LINES,
        .on_ticket = on_ticket,
        .on_refused = on_refused,
        .context = burdens,
    });
}

void burdens_done(struct burdens *burdens)
{
    guest_desk_destroy(burdens->desk);
    for (uint32_t i = 0; i < burdens->count; i++)
        burden_disconnect(&burdens->rows[i]);
    buffer_done(&burdens->flood);
    free(burdens->rows);
    *burdens = (struct burdens){0};
}
