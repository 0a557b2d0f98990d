// ticker: the thread that owns every instance: takes orders in, ticks 20 times a second, hands
// frames and notices to the shards.
//
// Between ticks it sleeps; a tick is: orders of all shards, in their order; rules; frames. It never
// blocks on anything else and reads no clock but for the tick's own time.
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "hub/allowance.h"
#include "hub/directory.h"
#include "hub/hub.h"
#include "hub/mail.h"
#include "hub/tap.h"

// Shards keep the last VIEWER_HISTORY_TICKS frames; a shard that holds more is too late to get new
// ones.
enum { TICKER_FRAMES_OUT_MAX = 4 * VIEWER_HISTORY_TICKS + TAP_FRAMES_OUT_MAX };

struct ticker_instance {
    struct instance *instance; // NULL: this place is free
    const struct hub_world *world;
    struct directory *directory;
    uint32_t number;
    uint32_t clients[HUB_SHARDS_MAX]; // connections by shard: who gets frames
    struct bucket loud;               // chat to everyone here (words.c)
    uint32_t people_told;             // in the last presence event
    uint64_t presence_due_us, empty_since_us;
    struct {
        const struct frame *frame; // NULL: this place is free
        uint32_t readers;          // shards, and the tap, that have not returned it
    } out[TICKER_FRAMES_OUT_MAX];
    uint32_t tapped; // of those, with the tap
};

struct kick_order {
    const struct hub_world *world;
    uint32_t instance;
    entity_id entity;
    char reason[112];
};

// Who was kicked stays out for ten minutes, whatever token they hold.
enum { TICKER_KICKED_MAX = 256, TICKER_KICKED_US = 600 * 1000000 };

struct kicked {
    uint8_t person[16];
    uint64_t until_us;
};

struct ticker {
    const struct hub_settings *settings;
    struct directory *directories; // one a world
    struct mailbox *mailboxes;     // one a shard
    uint32_t shard_count;
    void (*wake_shard)(void *context, uint32_t shard);
    void *context;
    struct ring kicks; // struct kick_order, from the gateway's thread
    struct kicked kicked[TICKER_KICKED_MAX];
    uint32_t kicked_next;
    struct ticker_instance instances[HUB_INSTANCES_MAX];
    uint64_t opened; // instances so far: part of each one's seed
    pthread_t thread;
    bool started;
    _Atomic bool stopping;
};

void ticker_init(struct ticker *ticker, const struct hub_settings *settings,
                 struct directory *directories, struct mailbox *mailboxes, uint32_t shard_count);
// Not while its thread runs.
void ticker_done(struct ticker *ticker);

MUST_CHECK bool ticker_start(struct ticker *ticker, struct error *err);
void ticker_stop(struct ticker *ticker); // joins

// One tick, at a stated time: what the thread calls, and what tests call without a thread.
void ticker_step(struct ticker *ticker, uint64_t now_us);

// Where news for the tap come from; the kind and what belongs to it are the caller's to fill.
struct tap_news ticker_news_of(const struct ticker_instance *here, uint16_t place,
                               entity_id entity);

// The tick thread: NOTICE to the shard of the connection; frees the notice when its ring is full.
void ticker_send(struct ticker *ticker, uint64_t connection, struct notice *notice);
