#include "hub/client.h"

#include <errno.h>

#include "base/assert.h"
#include "base/log.h"
#include "hub/hub_metrics.h"
#include "hub/shard.h"

enum {
    HANDSHAKE_US = 10 * 1000000,  // for the ticket's check and the tick thread's answer
    PING_AFTER_US = 20 * 1000000, // of silence
    SILENT_US = 45 * 1000000,     // then the connection is taken for dead
    BLOCKED_US = 60 * 1000000,    // a client that reads nothing for this long is closed
    CLOSING_US = 2 * 1000000,     // for the peer to answer a close
    RESET_WAIT_US = 500000,
    RESET_WAIT_MAX_US = 16 * 1000000,
    RESET_CALM_US = 30 * 1000000,
    OUT_KEEP_BYTES = 4096,
    CLOSE_SLOW = 4408,
};

static void on_ready(struct loop_source *source, uint32_t ready);

struct client *client_create(struct shard *shard, struct stream *stream, uint32_t slot,
                             uint32_t generation, uint64_t now_us)
{
    struct client *client = calloc(1, sizeof *client);
    ASSERT(client);
    client->shard = shard;
    client->stream = *stream;
    client->open = true;
    client->slot = slot;
    client->generation = generation;
    client->begun_us = client->heard_us = now_us;
    client->source = (struct loop_source){.fd = stream->fd, .on_ready = on_ready};
    client->request = malloc(sizeof *client->request);
    ASSERT(client->request);
    websocket_reader_init(&client->reader, WEBSOCKET_SERVER, CLIENT_MESSAGE_BYTES_MAX);
    allowance_init(&client->allowance, now_us);
    struct error err;
    if (!loop_add(shard->loop, &client->source, LOOP_READ, &err)) {
        log_event(LOG_WARN, "hub.not_watched", LOG_TEXT("error", err.text));
        client_destroy(client);
        return NULL;
    }
    return client;
}

void client_destroy(struct client *client)
{
    if (client->open)
        stream_close(&client->stream);
    viewer_destroy(client->viewer);
    websocket_reader_done(&client->reader);
    buffer_done(&client->in);
    buffer_done(&client->out);
    free(client->request);
    free(client);
}

uint64_t client_handle(const struct client *client)
{
    return connection_handle(client->shard->number, client->slot, client->generation);
}

void client_drop(struct client *client)
{
    if (!client->open)
        return;
    if (client->stage == CLIENT_HERE || (client->stage == CLIENT_CLOSING && client->entity.value)) {
        struct order order = {.kind = ORDER_LINGER,
                              .instance = client->instance,
                              .entity = client->entity,
                              .connection = client_handle(client)};
        shard_order(client->shard, &order);
    }
    loop_remove(client->shard->loop, &client->source);
    stream_close(&client->stream);
    client->open = false;
    shard_forget(client->shard, client);
}

void client_leave(struct client *client)
{
    struct order order = {.kind = ORDER_LEAVE,
                          .instance = client->instance,
                          .entity = client->entity,
                          .connection = client_handle(client)};
    shard_order(client->shard, &order);
    client->entity = (entity_id){0};
}

// --- sending
// ---------------------------------------------------------------------------------------------

// Writes what the socket takes; the rest is the caller's to keep. False when the connection was
// dropped.
static bool write_some(struct client *client, const uint8_t *bytes, size_t size, size_t *written)
{
    *written = 0;
    while (*written < size) {
        size_t part = 0;
        enum stream_result result =
            stream_write(&client->stream, bytes + *written, size - *written, &part);
        *written += part;
        if (result == STREAM_AGAIN)
            break;
        if (result != STREAM_OK) {
            client_drop(client);
            return false;
        }
    }
    metric_add(&hub_sent_bytes, (int64_t)*written);
    return true;
}

static void watch(struct client *client)
{
    loop_change(client->shard->loop, &client->source,
                (client->deaf ? 0 : LOOP_READ) | (client->blocked ? LOOP_WRITE : 0));
}

static void set_blocked(struct client *client, bool blocked, uint64_t now_us)
{
    if (blocked && !client->blocked)
        client->blocked_us = now_us;
    client->blocked = blocked;
    watch(client);
    if (!blocked) {
        client->piled_bytes = 0;
        client->heard_us = now_us; // it read what stood in the way of our pings
    }
}

void client_flush(struct client *client, uint64_t now_us)
{
    if (!client->open || client->out.size == 0)
        return;
    size_t written;
    if (!write_some(client, client->out.bytes, client->out.size, &written))
        return;
    if (written)
        client->blocked_us = now_us; // it reads, if slowly
    buffer_consume(&client->out, written);
    set_blocked(client, client->out.size > 0, now_us);
    buffer_trim(&client->out, OUT_KEEP_BYTES);
    if (client->done_when_sent && client->out.size == 0)
        client_drop(client);
}

// Everything but frames, which are not composed for a client that is blocked.
static void queue(struct client *client, enum websocket_opcode opcode, const void *payload,
                  size_t size)
{
    size_t before = client->out.size;
    websocket_append(&client->out, opcode, payload, size);
    if (client->blocked)
        client->piled_bytes += client->out.size - before;
}

void client_tell(struct client *client, const char *text, size_t size)
{
    if (!client->open || client->closing_sent)
        return;
    metric_add(&hub_events_out, 1);
    queue(client, WEBSOCKET_OP_TEXT, text, size);
}

// Everything at once is large. A client that cannot keep up would be sent little else, and be
// slower for it: the second time within RESET_CALM_US it waits, each time twice as long.
static void note_reset(struct client *client, uint64_t now_us)
{
    metric_add(&hub_resets, 1);
    bool calm = client->reset_us == 0 || now_us - client->reset_us > RESET_CALM_US;
    uint64_t wait_us = calm ? RESET_WAIT_US : 2 * client->reset_wait_us;
    client->reset_wait_us = wait_us < RESET_WAIT_MAX_US ? wait_us : RESET_WAIT_MAX_US;
    client->reset_us = now_us;
}

// When a crowd comes, or comes back, at once, what all of them have to be given would fill
// everybody's line and hold up the news of those who are here: only so much of it leaves in one
// tick.
static bool is_to_wait(const struct client *client, const struct frame *const *frames, size_t count,
                       uint64_t now_us)
{
    if (client->blocked)
        return true;
    bool calm = !client->reset_us || now_us - client->reset_us >= client->reset_wait_us;
    return (!calm || client->shard->resets_bytes_left <= 0) &&
           viewer_needs_everything(client->viewer, frames, count);
}

void client_send_frames(struct client *client, const struct frame *const *frames, size_t count,
                        uint64_t now_us)
{
    if (!client->open || client->stage != CLIENT_HERE)
        return;
    if (is_to_wait(client, frames, count, now_us)) {
        metric_add(&hub_frames_skipped, 1);
        client_flush(client, now_us);
        return;
    }
    struct shard *shard = client->shard;
    struct buffer *message = &shard->message;
    // Room for the header goes before the frame, whose size is known only afterwards.
    message->size = 0;
    buffer_reserve(message, WEBSOCKET_HEADER_BYTES_MAX);
    message->size = WEBSOCKET_HEADER_BYTES_MAX;
    size_t size =
        viewer_compose(client->viewer, frames, count, shard->cache, shard->pressure, message);
    if (size == 0) {
        client_flush(client, now_us);
        return;
    }
    metric_add(&hub_frames, 1);
    if (message->bytes[WEBSOCKET_HEADER_BYTES_MAX + 1] & WIRE_FRAME_RESET) {
        note_reset(client, now_us);
        shard->resets_bytes_left -= (int64_t)size;
    }
    uint8_t header[WEBSOCKET_HEADER_BYTES_MAX];
    size_t header_size = websocket_header_write(header, WEBSOCKET_OP_BINARY, size, NULL);
    uint8_t *start = message->bytes + WEBSOCKET_HEADER_BYTES_MAX - header_size;
    memcpy(start, header, header_size);
    if (client->out.size > 0) { // events that were queued first leave first
        buffer_append(&client->out, start, header_size + size);
        client_flush(client, now_us);
        return;
    }
    size_t written;
    if (!write_some(client, start, header_size + size, &written))
        return;
    buffer_append(&client->out, start + written, header_size + size - written);
    set_blocked(client, client->out.size > 0, now_us);
}

void client_close(struct client *client, uint16_t code, const char *reason, uint64_t now_us)
{
    if (!client->open || client->closing_sent)
        return;
    if (client->stage == CLIENT_HANDSHAKE || client->stage == CLIENT_JOINING) {
        client_drop(client);
        return;
    }
    websocket_append_close(&client->out, code, reason);
    client->closing_sent = true;
    client->stage = CLIENT_CLOSING;
    client->closing_us = now_us;
    client_flush(client, now_us);
}

void client_expel(struct client *client, const char *reason, uint64_t now_us)
{
    if (client->stage != CLIENT_HERE) { // it was told to go, and sends on
        client_drop(client);
        return;
    }
    metric_add(&hub_closed_abuse, 1);
    client_leave(client);
    client->deaf = true;
    watch(client);
    client_close(client, (uint16_t)error_close_code(ERR_RATE_LIMITED), reason, now_us);
}

// --- what it sends
// -------------------------------------------------------------------------------------------

static void take_move(struct client *client, const uint8_t *bytes, size_t size, uint64_t now_us)
{
    struct wire_move move;
    if (size == 0 || bytes[0] != WIRE_KIND_MOVE) {
        metric_add(&hub_closed_protocol, 1);
        client_close(client, 1003, "unknown kind of binary message", now_us);
    } else if (wire_move_read(bytes, size, &move) != WIRE_DONE) {
        client_tell_error(client, ERR_INVALID, "move", "a move is 14 bytes with a pose below 64",
                          now_us);
    } else {
        client->moved = true;
        shard_take_move(client->shard, client, &move, now_us);
    }
}

static void take_message(struct client *client, const struct websocket_event *event,
                         uint64_t now_us)
{
    switch (event->kind) {
    case WEBSOCKET_TEXT:
        metric_add(&hub_events_in, 1);
        client_take_event(client, event->payload, event->size, now_us);
        break;
    case WEBSOCKET_BINARY:
        take_move(client, event->payload, event->size, now_us);
        break;
    case WEBSOCKET_PING:
        if (allowance_take(&client->allowance, ALLOW_PING, now_us))
            queue(client, WEBSOCKET_OP_PONG, event->payload, event->size);
        break;
    case WEBSOCKET_CLOSE:
        if (client->closing_sent) {
            client_drop(client);
            return;
        }
        // Both have said goodbye: the server ends the connection (RFC 6455 section 7.1.1).
        client->done_when_sent = true;
        client_close(client, event->close_code, "", now_us);
        break;
    case WEBSOCKET_VIOLATION:
        metric_add(&hub_closed_protocol, 1);
        client_close(client, event->close_code, event->reason, now_us);
        break;
    case WEBSOCKET_PONG:
    case WEBSOCKET_NEED_MORE:
        break;
    }
}

// Counts one frame, or one read that made none whole: what a client may send is bounded by what it
// costs.
static bool is_borne(struct client *client, uint64_t now_us)
{
    if (allowance_take(&client->allowance, ALLOW_FRAME, now_us))
        return true;
    client_expel(client, "you send far more than anybody may", now_us);
    return false;
}

// Takes whole messages off [bytes, bytes + size); returns how many bytes were used.
static size_t take_messages(struct client *client, uint8_t *bytes, size_t size, uint64_t now_us)
{
    size_t used = 0;
    while (client->open && !client->deaf && used < size) {
        if (client->reader.failed)
            return size; // after a violation nothing it says counts
        size_t taken = 0;
        struct websocket_event event =
            websocket_read(&client->reader, bytes + used, size - used, &taken);
        used += taken;
        if (event.kind == WEBSOCKET_NEED_MORE && taken == 0)
            break;
        if (!is_borne(client, now_us))
            break;
        if (client->stage == CLIENT_HERE || event.kind == WEBSOCKET_CLOSE)
            take_message(client, &event, now_us);
    }
    return used;
}

// Bytes that a message's start left over are put before the new ones; mostly there are none.
static void take_bytes(struct client *client, uint8_t *bytes, size_t size, uint64_t now_us)
{
    bool joined = client->in.size > 0 || client->stage < CLIENT_HERE;
    if (joined) {
        buffer_append(&client->in, bytes, size);
        bytes = client->in.bytes;
        size = client->in.size;
    }
    if (client->stage == CLIENT_HANDSHAKE) {
        client_take_handshake(client, now_us);
        return;
    }
    if (client->stage == CLIENT_JOINING)
        return;
    size_t used = take_messages(client, bytes, size, now_us);
    if (!client->open || client->deaf || (used == 0 && !is_borne(client, now_us)))
        return;
    if (joined)
        buffer_consume(&client->in, used);
    else
        buffer_append(&client->in, bytes + used, size - used);
    buffer_trim(&client->in, 0);
}

static void read_some(struct client *client, uint64_t now_us)
{
    // One read: then it is the others' turn, and the loop calls again. It does not call for what
    // TLS, or the acceptor, holds of the bytes already: that is never more than a read.
    do {
        size_t size = 0;
        enum stream_result result =
            stream_read(&client->stream, client->shard->scratch, SHARD_SCRATCH_BYTES, &size);
        if (result == STREAM_AGAIN)
            return;
        if (result != STREAM_OK) {
            client_drop(client);
            return;
        }
        metric_add(&hub_received_bytes, (int64_t)size);
        client->heard_us = now_us;
        // A person who waits to be let in has nothing to say yet.
        if (client->stage == CLIENT_JOINING && client->in.size + size > CLIENT_MESSAGE_BYTES_MAX) {
            client_drop(client);
            return;
        }
        take_bytes(client, client->shard->scratch, size, now_us);
    } while (client->open && !client->deaf && stream_has_buffered(&client->stream));
}

static void on_ready(struct loop_source *source, uint32_t ready)
{
    struct client *client = (struct client *)source;
    uint64_t now_us = clock_now_us(client->shard->settings->clock);
    if (client->open && ready & LOOP_WRITE)
        client_flush(client, now_us);
    if (client->open && !client->deaf && (ready & LOOP_READ || client->stream.wants_write))
        read_some(client, now_us);
    client_flush(client, now_us); // answers
    if (client->open && client->piled_bytes > 2 * client->shard->settings->unread_bytes_max)
        client_drop(client); // it asks on and on without reading the answers
}

// --- time
// -------------------------------------------------------------------------------------------------------

static void check_reading(struct client *client, uint64_t now_us)
{
    bool stuck = client->blocked && now_us - client->blocked_us > BLOCKED_US;
    bool piled = client->piled_bytes > client->shard->settings->unread_bytes_max;
    if (!stuck && !piled)
        return;
    metric_add(&hub_closed_slow, 1);
    client_close(client, CLOSE_SLOW, "you do not read what you are sent", now_us);
}

void client_check_time(struct client *client, uint64_t now_us)
{
    uint64_t silent_us = now_us - client->heard_us;
    switch (client->stage) {
    case CLIENT_HANDSHAKE:
    case CLIENT_JOINING:
        if (now_us - client->begun_us > HANDSHAKE_US)
            client_drop(client);
        return;
    case CLIENT_CLOSING:
        if (now_us - client->closing_us > CLOSING_US)
            client_drop(client);
        return;
    case CLIENT_HERE:
        break;
    }
    check_reading(client, now_us);
    if (client->stage != CLIENT_HERE)
        return;
    if (client->blocked) // our ping waits behind what it has not read
        return;
    if (silent_us > SILENT_US) {
        metric_add(&hub_closed_silent, 1);
        client_close(client, CLOSE_SLOW, "nothing was heard of you", now_us);
    } else if (silent_us > PING_AFTER_US && now_us - client->pinged_us > PING_AFTER_US) {
        client->pinged_us = now_us;
        queue(client, WEBSOCKET_OP_PING, NULL, 0);
        client_flush(client, now_us);
    }
}
