// hub: every instance of every world, and everyone in them: the threads, rings and sockets around
// hub/instance (the rules) and hub/viewer (who gets what).
//
//   acceptor --stream--> shard threads --ring: joins, moves, words--> tick thread (owns the
//   instances)
//                             ^------------ring: frames, notices--------------'
//
// Shards own sockets; the tick thread owns instances. Nothing on this way takes a lock.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/error.h"
#include "hub/instance.h"
#include "hub/ticket.h"
#include "hub/viewer.h"
#include "net/stream.h"

struct hub;

// A world as far as the hub needs to know it. Borrowed for the hub's life.
struct hub_world {
    const char *id;
    struct instance_settings instance; // number and seed are the hub's to set
};

// One instance, as its puppeteer finds it just before a tick.
struct hub_scene {
    struct instance *instance; // for the calls about puppets
    uint64_t now_us;
    // An event to those in earshot of the puppet, or to all.
    void (*say)(const struct hub_scene *scene, entity_id puppet, bool to_all, const char *text);
    void *context;
    uint16_t place;
};

// Moves the puppets of every instance; called by the tick thread, so it must not block.
struct hub_puppeteer {
    void (*before_tick)(void *context, const struct hub_scene *scene);
    void *context;
};

struct tap;

struct hub_settings {
    const struct hub_world *worlds;
    uint32_t world_count;
    uint32_t shard_count;      // 0: one less than the cores, at least 1, at most 8
    uint32_t unread_bytes_max; // of events that wait for a client that does not read, before it is
                               // closed
    int socket_send_bytes;     // SO_SNDBUF
    // Of frames that give somebody everything anew: as many leave in a tick and shard until they
    // are this much; the others wait for the next. 0: no bound.
    int64_t resets_bytes;
    uint8_t secret[TICKET_SECRET_BYTES];
    const char *const *allowed_origins; // beside the server's own host; "*" allows all
    uint32_t allowed_origin_count;
    struct viewer_settings viewer;
    const struct clock *clock;
    uint64_t seed;
    struct tap *tap;                       // who listens in (tap.h), borrowed; NULL: nobody
    const struct hub_puppeteer *puppeteer; // borrowed; NULL: there are no puppets
};

void hub_register_metrics(void);

MUST_CHECK struct hub *hub_create(const struct hub_settings *settings, struct error *err);
MUST_CHECK bool hub_start(struct hub *hub, struct error *err);
// Any thread: takes the stream (moved), whose first bytes are the upgrade request.
void hub_take(struct hub *hub, struct stream *stream);

struct hub_guest {
    const char *world, *name; // the name is clean already (base/text.h)
    uint32_t look;
    uint32_t instance; // 0: the fullest that has room
    uint8_t spawn;     // 1 and its place in the world's list; 0: any
};

// One thread: the gateway's. Chooses the instance and signs. ERR_NOT_FOUND, ERR_LIMIT when all are
// full.
MUST_CHECK bool hub_admit_guest(struct hub *hub, const struct hub_guest *guest,
                                char ticket[TICKET_TEXT_BYTES_MAX], uint32_t *instance,
                                struct error *err);
// Any thread. 0 for an unknown world.
uint32_t hub_people(const struct hub *hub, const char *world);
// The gateway's thread: false when the world is unknown or the order could not be queued. The
// person is closed with 4403 and the reason.
MUST_CHECK bool hub_kick(struct hub *hub, const char *world, uint32_t instance, entity_id entity,
                         const char *reason);

// Any thread, once: tells everyone to come back after `reconnect_ms` (each with jitter) and closes
// them.
void hub_drain(struct hub *hub, uint32_t reconnect_ms);
// True when nobody is connected any more.
bool hub_is_empty(const struct hub *hub);
void hub_destroy(struct hub *hub); // joins its threads
