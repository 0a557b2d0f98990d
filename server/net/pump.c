#include "net/pump.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/assert.h"
#include "net/quota.h"
#include "net/rate.h"
#include "net/stream_internal.h"

//   client <-TLS-> stream  --up-->    pair <-> the HTTP library
//                          <--down--
//
// A lane is filled only when it is empty. That keeps a repeated TLS write's bytes where they were,
// and costs nothing: while a lane is being written, the kernel's own buffers go on filling.

enum { LANE_BYTES = 65536, ROUNDS_A_TURN = 8, CLIENT_BYTES_PER_S_MIN = 8192 };

struct lane {
    uint8_t *bytes; // LANE_BYTES, or NULL while nothing waits
    size_t begin, end;
    bool source_ended;
};

struct pump {
    struct loop_source client, pair;
    struct pump_list *list;
    struct pump *previous, *next;
    struct stream stream;
    struct lane up, down;
    bool pair_told; // that the client will send no more
    uint64_t down_bytes;
    bool is_blocked; // the client has not taken what there is
    struct rate client_rate;
};

void pump_list_init(struct pump_list *list, struct loop *loop, struct linger_list *linger,
                    const struct clock *clock)
{
    *list = (struct pump_list){.loop = loop, .linger = linger, .clock = clock};
}

static void pump_unlink(struct pump *pump)
{
    struct pump_list *list = pump->list;
    *(pump->previous ? &pump->previous->next : &list->first) = pump->next;
    if (pump->next)
        pump->next->previous = pump->previous;
    loop_remove(list->loop, &pump->client);
    loop_remove(list->loop, &pump->pair);
    close(pump->pair.fd);
    free(pump->up.bytes);
    free(pump->down.bytes);
}

static void pump_break(struct pump *pump)
{
    pump_unlink(pump);
    stream_close(&pump->stream);
    free(pump);
}

// All was delivered: says goodbye in TLS, then lets the socket linger.
static void pump_finish(struct pump *pump)
{
    pump_unlink(pump);
    stream_tls_end(&pump->stream);
    linger_take(pump->list->linger, pump->stream.fd, pump->stream.address_slot,
                clock_now_us(pump->list->clock));
    free(pump);
}

void pump_list_done(struct pump_list *list)
{
    while (list->first)
        pump_break(list->first);
}

static bool lane_is_empty(const struct lane *lane)
{
    return !lane->bytes;
}

static bool lane_open(struct lane *lane)
{
    ASSERT(!lane->bytes);
    lane->bytes = malloc(LANE_BYTES);
    lane->begin = lane->end = 0;
    return lane->bytes;
}

static void lane_take(struct lane *lane, size_t size)
{
    lane->begin += size;
    if (lane->begin < lane->end)
        return;
    free(lane->bytes);
    lane->bytes = NULL;
}

enum step { STEP_NOTHING, STEP_MOVED, STEP_BROKEN };

static enum step client_fill(struct pump *pump)
{
    struct lane *lane = &pump->up;
    if (!lane_is_empty(lane) || lane->source_ended)
        return STEP_NOTHING;
    if (!lane_open(lane))
        return STEP_BROKEN;
    enum stream_result result = STREAM_OK;
    while (result == STREAM_OK && lane->end < LANE_BYTES) {
        size_t got;
        result = stream_read(&pump->stream, lane->bytes + lane->end, LANE_BYTES - lane->end, &got);
        lane->end += got;
    }
    lane->source_ended = result == STREAM_END;
    bool moved = lane->end > 0;
    lane_take(lane, 0); // frees it when nothing came
    if (result == STREAM_FAILED)
        return STEP_BROKEN;
    return moved || lane->source_ended ? STEP_MOVED : STEP_NOTHING;
}

static enum step pair_write(struct pump *pump)
{
    struct lane *lane = &pump->up;
    if (lane_is_empty(lane)) {
        if (lane->source_ended && !pump->pair_told) {
            pump->pair_told = true;
            shutdown(pump->pair.fd, SHUT_WR);
        }
        return STEP_NOTHING;
    }
    ssize_t put = send(pump->pair.fd, lane->bytes + lane->begin, lane->end - lane->begin,
                       MSG_NOSIGNAL | MSG_DONTWAIT);
    if (put < 0 && (errno == EAGAIN || errno == EINTR || errno == ENOBUFS))
        return STEP_NOTHING;
    if (put < 0) {
        // The library has closed; its last words may still be on their way down.
        lane_take(lane, lane->end - lane->begin);
        lane->source_ended = pump->pair_told = true;
        return STEP_MOVED;
    }
    lane_take(lane, (size_t)put);
    return STEP_MOVED;
}

static enum step pair_fill(struct pump *pump)
{
    struct lane *lane = &pump->down;
    if (!lane_is_empty(lane) || lane->source_ended)
        return STEP_NOTHING;
    if (!lane_open(lane))
        return STEP_BROKEN;
    ssize_t got = recv(pump->pair.fd, lane->bytes, LANE_BYTES, MSG_DONTWAIT);
    bool later = got < 0 && (errno == EAGAIN || errno == EINTR);
    lane->end = got > 0 ? (size_t)got : 0;
    lane_take(lane, 0);
    if (later)
        return STEP_NOTHING;
    // An error here is a closed other end that left bytes of ours unread: all of its own were
    // received.
    lane->source_ended = got <= 0;
    return STEP_MOVED;
}

static enum step client_write(struct pump *pump)
{
    struct lane *lane = &pump->down;
    if (lane_is_empty(lane))
        return STEP_NOTHING;
    size_t put;
    enum stream_result result =
        stream_write(&pump->stream, lane->bytes + lane->begin, lane->end - lane->begin, &put);
    if (result == STREAM_FAILED)
        return STEP_BROKEN;
    if (put == 0)
        return STEP_NOTHING;
    pump->down_bytes += put;
    lane_take(lane, put);
    return STEP_MOVED;
}

static void interest_update(struct pump *pump)
{
    bool client_reads = lane_is_empty(&pump->up) && !pump->up.source_ended;
    bool client_writes = !lane_is_empty(&pump->down) || pump->stream.wants_write;
    bool pair_reads = lane_is_empty(&pump->down) && !pump->down.source_ended;
    bool pair_writes = !lane_is_empty(&pump->up);
    loop_change(pump->list->loop, &pump->client,
                (client_reads ? LOOP_READ : 0) | (client_writes ? LOOP_WRITE : 0));
    loop_change(pump->list->loop, &pump->pair,
                (pair_reads ? LOOP_READ : 0) | (pair_writes ? LOOP_WRITE : 0));
}

static void blocked_update(struct pump *pump)
{
    bool blocked = !lane_is_empty(&pump->down);
    if (blocked && !pump->is_blocked)
        rate_begin(&pump->client_rate, pump->down_bytes, clock_now_us(pump->list->clock));
    pump->is_blocked = blocked;
}

// Moves what can be moved; the pump may be gone afterwards.
static void pump_run(struct pump *pump)
{
    enum step (*const steps[])(struct pump *) = {client_fill, pair_write, pair_fill, client_write};
    bool moved = true;
    // Bytes that lie decrypted inside TLS raise no event, so a turn may not end while they could
    // move.
    for (int round = 0; moved && (round < ROUNDS_A_TURN || stream_has_buffered(&pump->stream));
         round++) {
        moved = false;
        for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
            enum step step = steps[i](pump);
            if (step == STEP_BROKEN) {
                pump_break(pump);
                return;
            }
            moved |= step == STEP_MOVED;
        }
    }
    if (pump->down.source_ended && lane_is_empty(&pump->down)) {
        pump_finish(pump);
        return;
    }
    blocked_update(pump);
    interest_update(pump);
}

static void on_client(struct loop_source *source, uint32_t ready)
{
    pump_run((struct pump *)((char *)source - offsetof(struct pump, client)));
}

static void on_pair(struct loop_source *source, uint32_t ready)
{
    pump_run((struct pump *)((char *)source - offsetof(struct pump, pair)));
}

bool pump_start(struct pump_list *list, struct stream *stream, int pair_fd, struct error *err)
{
    ASSERT(stream->ssl);
    struct pump *pump = calloc(1, sizeof *pump);
    if (!pump)
        return fail(err, ERR_LIMIT, "no memory for a connection");
    pump->list = list;
    pump->client = (struct loop_source){.fd = stream->fd, .on_ready = on_client};
    pump->pair = (struct loop_source){.fd = pair_fd, .on_ready = on_pair};
    if (!loop_add(list->loop, &pump->client, 0, err)) {
        free(pump);
        return false;
    }
    if (!loop_add(list->loop, &pump->pair, 0, err)) {
        loop_remove(list->loop, &pump->client);
        free(pump);
        return false;
    }
    pump->stream = *stream;
    pump->next = list->first;
    if (list->first)
        list->first->previous = pump;
    list->first = pump;
    pump_run(pump);
    return true;
}

void pump_sweep(struct pump_list *list)
{
    uint64_t now_us = clock_now_us(list->clock);
    for (struct pump *pump = list->first, *next; pump; pump = next) {
        next = pump->next;
        if (pump->is_blocked &&
            rate_is_low(&pump->client_rate, pump->down_bytes, now_us, CLIENT_BYTES_PER_S_MIN))
            pump_break(pump);
    }
}
