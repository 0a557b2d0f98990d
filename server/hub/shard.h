// shard: a thread with an event loop that owns the sockets of some of the people, whichever
// instance they are in.
//
// It hands what they say to the tick thread, keeps the last frames of the instances that its people
// are in, and composes and sends to each. It publishes nothing but its mailbox.
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "base/random.h"
#include "hub/client.h"
#include "hub/hub.h"
#include "hub/mail.h"

// What one client is read at a time: a whole TLS record.
enum { SHARD_SCRATCH_BYTES = 16 * 1024 };

// The last frames of one instance, oldest first, consecutive ticks.
struct shard_history {
    const struct frame *frames[VIEWER_HISTORY_TICKS];
    uint32_t count;
    bool fresh; // the newest came in this round
    // Ticks since there was news or a word for anybody: past VIEWER_HISTORY_TICKS everyone has been
    // told of all there was, and only a share of the people is looked after at each tick.
    uint32_t still_ticks;
};

struct shard {
    uint32_t number;
    const struct hub_settings *settings;
    struct mailbox *mailbox;
    struct loop *loop;
    pthread_t thread;
    bool started;

    struct ring arrivals;    // struct stream, from the acceptor's thread
    struct client **clients; // by slot; NULL: free
    uint32_t slot_count, slot_capacity, slot_free_hint;
    uint32_t next_generation;
    struct client **dropped; // freed at the end of the round
    uint32_t dropped_count, dropped_capacity;

    struct shard_history histories[HUB_INSTANCES_MAX];
    struct viewer_cache *cache;
    struct viewer_pressure pressure;
    float send_us;             // smoothed time of the send phase
    uint64_t strode_us;        // when the stride was last changed
    int64_t unsent_bytes;      // of everyone who was looked after at the last tick, in full sockets
    int64_t resets_bytes_left; // that this tick may spend on giving everything anew
    struct buffer overdue;     // struct order: those that found the ring full
    struct client *waiting, **waiting_end; // whose newest move waits, the longest first

    uint8_t *scratch;      // for reading, SHARD_SCRATCH_BYTES
    struct buffer message; // for composing
    uint32_t check_turn;

    _Atomic uint32_t open;     // connections, for hub_is_empty
    _Atomic uint32_t drain_ms; // 0: not draining; set once by any thread
    bool drained;
    struct random random;
};

MUST_CHECK bool shard_init(struct shard *shard, uint32_t number,
                           const struct hub_settings *settings, struct mailbox *mailbox,
                           struct error *err);
void shard_done(struct shard *shard);
MUST_CHECK bool shard_start(struct shard *shard, struct error *err);
void shard_stop(struct shard *shard); // joins

// The acceptor's thread: moves the stream in; closes it when the shard is too far behind.
void shard_take(struct shard *shard, struct stream *stream);
void shard_wake(struct shard *shard);                         // any thread
void shard_drain(struct shard *shard, uint32_t reconnect_ms); // any thread

// --- for its clients
// ---------------------------------------------------------------------------------------
// Hands an order to the tick thread, now or when there is room.
void shard_order(struct shard *shard, struct order *order);
// Hands in a move when its client's allowance and the ring have room for it. Else it waits until
// they have, and a newer one of the same client takes its place: so the last is never lost.
void shard_take_move(struct shard *shard, struct client *client, const struct wire_move *move,
                     uint64_t now_us);
void shard_forget(struct shard *shard, struct client *client);
