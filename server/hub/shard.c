#include "hub/shard.h"

#include <sys/socket.h>

#include "base/assert.h"
#include "base/log.h"
#include "hub/hub_metrics.h"

enum {
    CHECK_PERIOD_US = 25000, // a tenth of the clients are looked at each time
    CHECK_TURNS = 10,
    TOKEN_PERIOD_US = 10 * 1000000,
    ROOM_KEPT = MAIL_ORDERS / 4, // of the order ring, free of moves: they can be replaced
    SEND_BUSY_US = 38000,        // of a tick's 50 ms: beyond it everybody is sent to less often
    SEND_EASY_US = 34000,        // what sending more often may come to
    STRIDE_MAX = 4,
    STILL_STEP = 8, // one of so many is looked after at a tick where nothing happens
    STRIDE_SETTLE_US = 4 * 1000000,
    UNSENT_TICKS = 8, // whole pictures that may wait unread, in what one tick may make of them
    MESSAGE_KEEP_BYTES = 256 * 1024,
};

// --- orders
// ------------------------------------------------------------------------------------------------

void shard_order(struct shard *shard, struct order *order)
{
    if (shard->overdue.size > 0 || !ring_push(&shard->mailbox->orders, order))
        buffer_append(&shard->overdue, order, sizeof *order);
}

static void push_overdue(struct shard *shard)
{
    size_t pushed = 0;
    while (pushed < shard->overdue.size &&
           ring_push(&shard->mailbox->orders, shard->overdue.bytes + pushed))
        pushed += sizeof(struct order);
    buffer_consume(&shard->overdue, pushed);
}

// --- moves
// -------------------------------------------------------------------------------------------------

static bool has_room_for_move(const struct shard *shard)
{
    return MAIL_ORDERS - ring_count(&shard->mailbox->orders) > ROOM_KEPT;
}

// Each client's moves are counted here, before the ring that all share: a flood fills the line of
// nobody but its sender.
static bool hand_in(struct shard *shard, struct client *client, const struct wire_move *move,
                    uint64_t now_us)
{
    if (!has_room_for_move(shard) || !allowance_take(&client->allowance, ALLOW_MOVE, now_us))
        return false;
    struct order order = {
        .kind = ORDER_MOVE, .instance = client->instance, .entity = client->entity, .move = *move};
    bool pushed = ring_push(&shard->mailbox->orders, &order);
    ASSERT(pushed); // only this thread takes room
    return true;
}

void shard_take_move(struct shard *shard, struct client *client, const struct wire_move *move,
                     uint64_t now_us)
{
    if (client->move_waits)
        metric_add(&hub_moves_dropped, 1); // a newer one takes its place
    client->move_waits = !hand_in(shard, client, move, now_us);
    if (!client->move_waits)
        return;
    client->waiting_move = *move;
    if (client->listed)
        return;
    client->listed = true;
    client->next_waiting = NULL;
    *shard->waiting_end = client;
    shard->waiting_end = &client->next_waiting;
}

static void unlist(struct shard *shard, struct client **link)
{
    struct client *client = *link;
    *link = client->next_waiting;
    if (!*link)
        shard->waiting_end = link;
    client->listed = false;
}

static void unlist_client(struct shard *shard, struct client *client)
{
    struct client **link = &shard->waiting;
    while (*link && *link != client)
        link = &(*link)->next_waiting;
    if (*link)
        unlist(shard, link);
}

static void hand_in_waiting(struct shard *shard, uint64_t now_us)
{
    struct client **link = &shard->waiting;
    while (*link && has_room_for_move(shard)) {
        struct client *client = *link;
        if (client->move_waits && client->stage == CLIENT_HERE)
            client->move_waits = !hand_in(shard, client, &client->waiting_move, now_us);
        else
            client->move_waits = false;
        if (client->move_waits)
            link = &client->next_waiting;
        else
            unlist(shard, link);
    }
}

// --- the table of clients
// ----------------------------------------------------------------------------------

static uint32_t take_slot(struct shard *shard)
{
    for (uint32_t i = shard->slot_free_hint; i < shard->slot_count; i++)
        if (!shard->clients[i]) {
            shard->slot_free_hint = i + 1;
            return i;
        }
    if (shard->slot_count == shard->slot_capacity) {
        shard->slot_capacity = shard->slot_capacity ? shard->slot_capacity * 2 : 64;
        shard->clients = realloc(shard->clients, shard->slot_capacity * sizeof *shard->clients);
        ASSERT(shard->clients);
    }
    shard->clients[shard->slot_count] = NULL;
    shard->slot_free_hint = shard->slot_count + 1;
    return shard->slot_count++;
}

static struct client *find_client(const struct shard *shard, uint64_t handle)
{
    uint32_t slot = connection_slot(handle);
    if (slot >= shard->slot_count)
        return NULL;
    struct client *client = shard->clients[slot];
    return client && client->generation == connection_generation(handle) ? client : NULL;
}

void shard_forget(struct shard *shard, struct client *client)
{
    ASSERT(shard->clients[client->slot] == client);
    shard->clients[client->slot] = NULL;
    if (client->slot < shard->slot_free_hint)
        shard->slot_free_hint = client->slot;
    if (client->listed)
        unlist_client(shard, client);
    if (client->viewer)
        metric_add(&hub_clients, -1);
    atomic_fetch_sub_explicit(&shard->open, 1, memory_order_relaxed);
    if (shard->dropped_count == shard->dropped_capacity) {
        shard->dropped_capacity = shard->dropped_capacity ? shard->dropped_capacity * 2 : 64;
        shard->dropped = realloc(shard->dropped, shard->dropped_capacity * sizeof *shard->dropped);
        ASSERT(shard->dropped);
    }
    shard->dropped[shard->dropped_count++] = client;
}

// Callbacks up the stack may still hold them until the round ends.
static void free_dropped(struct shard *shard)
{
    for (uint32_t i = 0; i < shard->dropped_count; i++)
        client_destroy(shard->dropped[i]);
    shard->dropped_count = 0;
}

static void take_arrivals(struct shard *shard, uint64_t now_us)
{
    struct stream stream;
    while (ring_pop(&shard->arrivals, &stream)) {
        stream_set_no_delay(&stream);
        stream_set_send_bytes(&stream, shard->settings->socket_send_bytes);
        uint32_t slot = take_slot(shard);
        struct client *client =
            client_create(shard, &stream, slot, ++shard->next_generation, now_us);
        shard->clients[slot] = client;
        if (!client)
            atomic_fetch_sub_explicit(&shard->open, 1, memory_order_relaxed);
        else if (stream_has_buffered(&client->stream))
            client->source.on_ready(&client->source,
                                    LOOP_READ); // what TLS read already makes no event
    }
}

// --- frames
// --------------------------------------------------------------------------------------------------

static void return_frame(struct shard *shard, uint16_t instance, const struct frame *frame)
{
    struct frame_return back = {.instance = instance, .frame = frame};
    bool pushed = ring_push(&shard->mailbox->returns, &back);
    ASSERT(pushed); // the ring holds more than all frames that can be out
}

static void forget_history(struct shard *shard, uint16_t instance)
{
    struct shard_history *history = &shard->histories[instance];
    for (uint32_t i = 0; i < history->count; i++)
        return_frame(shard, instance, history->frames[i]);
    history->count = 0;
}

static void keep_frame(struct shard *shard, uint16_t instance, const struct frame *frame)
{
    struct shard_history *history = &shard->histories[instance];
    // After a gap (or another instance in this place) the older frames are of no use to anyone.
    if (history->count) {
        const struct frame *last = history->frames[history->count - 1];
        if (last->tick + 1 != frame->tick || last->instance != frame->instance)
            forget_history(shard, instance);
    }
    if (history->count == VIEWER_HISTORY_TICKS) {
        return_frame(shard, instance, history->frames[0]);
        memmove(history->frames, history->frames + 1,
                (VIEWER_HISTORY_TICKS - 1) * sizeof *history->frames);
        history->count--;
    }
    history->frames[history->count++] = frame;
    history->fresh = true;
    history->still_ticks = frame->has_news ? 0 : history->still_ticks + 1;
}

static const struct client *client_at(const struct shard *shard, uint32_t slot)
{
    return slot < shard->slot_count ? shard->clients[slot] : NULL;
}

// Thousands of clients fit into no cache: what the next ones need is asked of the memory ahead.
static void expect_client(const struct shard *shard, uint32_t slot)
{
    enum { AHEAD = 3 };
    const struct client *later = client_at(shard, slot + 2 * AHEAD);
    if (later)
        __builtin_prefetch(later);
    const struct client *next = client_at(shard, slot + AHEAD);
    if (next && next->viewer)
        viewer_expect(next->viewer);
}

static void send_to_instance(struct shard *shard, uint16_t instance, uint64_t now_us)
{
    struct shard_history *history = &shard->histories[instance];
    uint32_t told = 0;
    bool is_still = history->still_ticks > VIEWER_HISTORY_TICKS;
    uint32_t step = is_still ? STILL_STEP : 1;
    uint32_t first = is_still ? history->still_ticks % STILL_STEP : 0;
    viewer_cache_reset(shard->cache);
    for (uint32_t i = first; i < shard->slot_count; i += step) {
        struct client *client = shard->clients[i];
        expect_client(shard, i);
        if (!client || client->stage != CLIENT_HERE || client->instance != instance)
            continue;
        client_send_frames(client, history->frames, history->count, now_us);
        shard->unsent_bytes += (int64_t)client->out.size;
        told++;
    }
    history->fresh = false;
    if (!told && !is_still)
        forget_history(shard, instance);
}

// When the send phase fills its slot, everybody is sent to every 2nd, 3rd or 4th tick; it comes
// back by itself, as soon as the slot would hold it. The time is smoothed over about a second, and
// after each step back it is let settle.
static void adapt_stride(struct shard *shard, uint64_t took_us, uint64_t now_us)
{
    float *send_us = &shard->send_us;
    *send_us += ((float)took_us - *send_us) * 0.1f;
    float stride = shard->pressure.stride;
    if (*send_us > SEND_BUSY_US && shard->pressure.stride < STRIDE_MAX) {
        shard->pressure.stride++;
        *send_us *= stride / (stride + 1);
    } else if (shard->pressure.stride > 1 && now_us - shard->strode_us > STRIDE_SETTLE_US &&
               *send_us * stride / (stride - 1) < SEND_EASY_US) {
        shard->pressure.stride--;
        *send_us *= stride / (stride - 1);
    } else {
        return;
    }
    shard->strode_us = now_us;
    metric_set(&hub_stride, shard->pressure.stride);
    log_event(LOG_INFO, "hub.stride", LOG_NUMBER("shard", shard->number),
              LOG_NUMBER("stride", shard->pressure.stride));
}

// Of whole pictures, in bytes: no more are made while those of some ticks still wait in full
// sockets, or a crowd that reads too slowly would fill the memory with what it cannot take in.
static int64_t resets_room(const struct shard *shard)
{
    int64_t bound = shard->settings->resets_bytes;
    if (bound <= 0)
        return INT64_MAX;
    int64_t room = UNSENT_TICKS * bound - shard->unsent_bytes;
    return room < bound ? room : bound;
}

static bool has_fresh_frames(const struct shard *shard)
{
    for (int instance = 0; instance < HUB_INSTANCES_MAX; instance++)
        if (shard->histories[instance].fresh)
            return true;
    return false;
}

static void send_fresh_frames(struct shard *shard, uint64_t now_us)
{
    // Most wakes bring something else; what waits unread is counted anew only where it is looked
    // at.
    if (!has_fresh_frames(shard))
        return;
    shard->resets_bytes_left = resets_room(shard);
    shard->unsent_bytes = 0;
    for (int instance = 0; instance < HUB_INSTANCES_MAX; instance++)
        if (shard->histories[instance].fresh)
            send_to_instance(shard, instance, now_us);
    uint64_t took_us = clock_now_us(shard->settings->clock) - now_us;
    metric_observe(&hub_send_seconds, (int64_t)took_us);
    adapt_stride(shard, took_us, now_us);
    buffer_trim(&shard->message, MESSAGE_KEEP_BYTES);
}

// --- notices
// -------------------------------------------------------------------------------------------------

static void take_joined(struct shard *shard, const struct notice_joined *joined, uint64_t now_us)
{
    struct client *client = find_client(shard, joined->connection);
    if (client && client->stage == CLIENT_JOINING) {
        client_welcome(client, joined, now_us);
        return;
    }
    // It was lost while it was let in.
    struct order order = {.kind = ORDER_LINGER,
                          .instance = joined->instance,
                          .entity = joined->joined.entity,
                          .connection = joined->connection};
    shard_order(shard, &order);
}

static void take_parcel(struct shard *shard, uint16_t instance, const struct parcel *parcel,
                        uint64_t now_us)
{
    if (parcel->everyone) {
        for (uint32_t i = 0; i < shard->slot_count; i++) {
            struct client *client = shard->clients[i];
            if (client && client->stage == CLIENT_HERE && client->instance == instance)
                client_tell(client, parcel->text, parcel->size); // leaves with the next frame
        }
        return;
    }
    for (uint32_t i = 0; i < parcel->count; i++) {
        struct client *client = find_client(shard, parcel->connections[i]);
        if (!client || client->stage != CLIENT_HERE)
            continue;
        client_tell(client, parcel->text, parcel->size);
        if (!client->blocked)
            client_flush(client, now_us);
    }
}

static void take_notice(struct shard *shard, struct notice *notice, uint64_t now_us)
{
    struct client *client;
    switch (notice->kind) {
    case NOTICE_FRAME:
        keep_frame(shard, notice->instance, notice->frame);
        break;
    case NOTICE_JOINED:
        take_joined(shard, notice->joined, now_us);
        break;
    case NOTICE_REFUSED:
        client = find_client(shard, notice->refused->connection);
        if (client)
            client_refuse(client, &notice->refused->error, now_us);
        break;
    case NOTICE_PARCEL:
        shard->histories[notice->instance].still_ticks = 0;
        take_parcel(shard, notice->instance, notice->parcel, now_us);
        break;
    case NOTICE_CLOSE:
        client = find_client(shard, notice->close->connection);
        if (client) {
            client->entity = (entity_id){0}; // it has gone, or belongs to another connection
            client_close(client, notice->close->code, notice->close->reason, now_us);
        }
        break;
    case NOTICE_CORRECT:
        client = find_client(shard, notice->correct.connection);
        if (client && client->stage == CLIENT_HERE) {
            shard->histories[client->instance].still_ticks = 0;
            client_correct(client, notice->correct.sequence, &notice->correct.at);
        }
        break;
    }
}

// --- time
// ----------------------------------------------------------------------------------------------------

static const struct wire_state *find_state(const struct shard *shard, const struct client *client)
{
    const struct shard_history *history = &shard->histories[client->instance];
    if (!history->count)
        return NULL;
    const struct frame *frame = history->frames[history->count - 1];
    uint32_t index = client->entity.value & 0xffff;
    if (index >= frame->place_count || frame->places[index].cell == CELL_NONE)
        return NULL;
    const struct frame_place *place = &frame->places[index];
    const struct wire_slot *slot = &frame->cells[place->cell].slots[place->slot];
    return slot->identity.id == client->entity.value ? &slot->state : NULL;
}

static void tell_token_if_due(struct shard *shard, struct client *client, uint64_t now_us, bool now)
{
    bool due = client->moved && now_us - client->token_us > TOKEN_PERIOD_US;
    const struct wire_state *state = due || now ? find_state(shard, client) : NULL;
    if (!state || client->blocked)
        return;
    client_tell_token(client, state);
    client->moved = false;
    client->token_us = now_us;
}

static void on_check(void *context, uint64_t loop_now_us)
{
    struct shard *shard = context;
    uint64_t now_us = clock_now_us(shard->settings->clock);
    shard->check_turn = (shard->check_turn + 1) % CHECK_TURNS;
    for (uint32_t i = shard->check_turn; i < shard->slot_count; i += CHECK_TURNS) {
        struct client *client = shard->clients[i];
        if (!client)
            continue;
        client_check_time(client, now_us);
        if (client->open && client->stage == CLIENT_HERE)
            tell_token_if_due(shard, client, now_us, false);
    }
    push_overdue(shard);
    hand_in_waiting(shard, now_us);
    free_dropped(shard);
}

// Everyone gets a fresh token, learns when to come back (each at another time, so that they do not
// come as one), and is closed.
static void drain(struct shard *shard, uint32_t reconnect_ms, uint64_t now_us)
{
    shard->drained = true;
    for (uint32_t i = 0; i < shard->slot_count; i++) {
        struct client *client = shard->clients[i];
        if (!client)
            continue;
        if (client->stage == CLIENT_HERE) {
            tell_token_if_due(shard, client, now_us, true);
            client_tell_drain(client,
                              reconnect_ms + random_below(&shard->random, reconnect_ms + 1));
        }
        client_close(client, (uint16_t)error_close_code(ERR_UNAVAILABLE),
                     "the server is going; come back soon", now_us);
    }
}

static void on_wake(void *context)
{
    struct shard *shard = context;
    uint64_t now_us = clock_now_us(shard->settings->clock);
    take_arrivals(shard, now_us);
    struct notice notice;
    while (ring_pop(&shard->mailbox->notices, &notice)) {
        take_notice(shard, &notice, now_us);
        notice_free(&notice);
    }
    send_fresh_frames(shard, now_us);
    uint32_t drain_ms = atomic_load_explicit(&shard->drain_ms, memory_order_relaxed);
    if (drain_ms && !shard->drained)
        drain(shard, drain_ms, now_us);
    push_overdue(shard);
    hand_in_waiting(shard, now_us);
    free_dropped(shard);
}

// --- life
// ------------------------------------------------------------------------------------------------------

bool shard_init(struct shard *shard, uint32_t number, const struct hub_settings *settings,
                struct mailbox *mailbox, struct error *err)
{
    *shard = (struct shard){
        .number = number, .settings = settings, .mailbox = mailbox, .pressure = {.stride = 1}};
    shard->loop = loop_create(err);
    if (!shard->loop)
        return false;
    shard->waiting_end = &shard->waiting;
    ring_init(&shard->arrivals, MAIL_STREAMS, sizeof(struct stream));
    shard->cache = viewer_cache_create();
    shard->scratch = malloc(SHARD_SCRATCH_BYTES);
    ASSERT(shard->scratch);
    random_seed(&shard->random, settings->seed + number);
    loop_on_wake(shard->loop, on_wake, shard);
    loop_every(shard->loop, CHECK_PERIOD_US, on_check, shard);
    return true;
}

void shard_done(struct shard *shard)
{
    struct stream stream;
    while (ring_pop(&shard->arrivals, &stream))
        stream_close(&stream);
    for (uint32_t i = 0; i < shard->slot_count; i++)
        if (shard->clients[i])
            client_destroy(shard->clients[i]);
    free_dropped(shard);
    for (size_t at = 0; at < shard->overdue.size; at += sizeof(struct order))
        order_free((struct order *)(void *)(shard->overdue.bytes + at));
    viewer_cache_destroy(shard->cache);
    loop_destroy(shard->loop);
    ring_done(&shard->arrivals);
    buffer_done(&shard->overdue);
    buffer_done(&shard->message);
    free(shard->clients);
    free(shard->dropped);
    free(shard->scratch);
}

static void *shard_main(void *argument)
{
    struct shard *shard = argument;
    char name[16];
    snprintf(name, sizeof name, "flux-shard-%u", shard->number & 0xf);
    pthread_setname_np(pthread_self(), name);
    loop_run(shard->loop);
    return NULL;
}

bool shard_start(struct shard *shard, struct error *err)
{
    int code = pthread_create(&shard->thread, NULL, shard_main, shard);
    if (code)
        return fail(err, ERR_SYSTEM, "cannot start shard %u: %s", shard->number, strerror(code));
    shard->started = true;
    return true;
}

void shard_stop(struct shard *shard)
{
    if (!shard->started)
        return;
    loop_stop(shard->loop);
    pthread_join(shard->thread, NULL);
    shard->started = false;
}

void shard_take(struct shard *shard, struct stream *stream)
{
    atomic_fetch_add_explicit(&shard->open, 1, memory_order_relaxed);
    if (ring_push(&shard->arrivals, stream)) {
        loop_wake(shard->loop);
        return;
    }
    atomic_fetch_sub_explicit(&shard->open, 1, memory_order_relaxed);
    metric_add(&hub_refused_joins, 1);
    stream_close(stream);
}

void shard_wake(struct shard *shard)
{
    loop_wake(shard->loop);
}

void shard_drain(struct shard *shard, uint32_t reconnect_ms)
{
    atomic_store_explicit(&shard->drain_ms, reconnect_ms ? reconnect_ms : 1, memory_order_relaxed);
    loop_wake(shard->loop);
}
