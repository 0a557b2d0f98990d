// scene: what the simulated people of one thread share, and what all threads do.
//
// A course is made before the threads start; only its atomics change afterwards. A scene belongs to
// its thread; of its tally, others read the atomics (relaxed: they are counts, nothing is published
// through them), and of the rest nothing before COURSE_HOLD, when the thread waits.
#pragma once

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/random.h"
#include "net/loop.h"
#include "swarm/crowd.h"
#include "swarm/departed.h"
#include "swarm/guest.h"
#include "swarm/latency.h"
#include "swarm/pulse.h"
#include "swarm/reading.h"
#include "swarm/target.h"

// In this order. Written by the controller (release), read by the threads (acquire).
enum course_phase {
    COURSE_ENTER, // people come in and go to their places
    COURSE_WALK,  // the crowd walks; some may leave, and others come in
    COURSE_STOP,  // everyone stands still, so that pictures can come to rest
    COURSE_HOLD,  // threads wait at `barrier` twice; in between the controller may look at
                  // everything
    COURSE_AUDIT, // everyone still stands, and who kept no picture is given one
    COURSE_LEAVE, // everyone says goodbye
    COURSE_END,   // threads end
};

enum burden_kind {
    BURDEN_STALLED, // reads nothing
    BURDEN_SLOW,    // reads 1 kB a second
    BURDEN_HOSTILE, // sends garbage
    BURDEN_KINDS,
};

struct review;

struct course {
    const struct target *target;
    const struct crowd *crowd;
    const char *world;
    uint32_t clients;
    uint32_t pictured;    // how many of them keep a whole picture
    uint32_t audit_seats; // in each thread: how many of the others have one at once, in the end
    uint32_t picture_capacity; // people in one
    uint32_t rate;             // moves a second
    uint32_t entering_max;     // people between asking for a ticket and being in, in each thread
    uint32_t watchers;         // in each thread: people whose view of others' moves is timed
    uint64_t seed;
    double arrive_s;    // all set out within this; 0: as fast as `entering_max` lets them
    double churn;       // who leave, and who join in their stead, a second, in each thread
    bool pictured_stay; // the sample is left out of that
    bool returns;       // who is dropped comes back
    uint32_t burdens[BURDEN_KINDS]; // beside the clients
    uint64_t started_us;
    _Atomic uint64_t walking_from_us; // set before COURSE_WALK
    _Atomic int phase;
    // Moves sent in [from, until) are timed; until is UINT64_MAX while that goes on, from before.
    _Atomic uint64_t measured_from_us, measured_until_us;
    struct review *review; // from COURSE_AUDIT on
    pthread_barrier_t *barrier;
};

static inline enum course_phase course_phase_now(const struct course *course)
{
    return (enum course_phase)atomic_load_explicit(&course->phase, memory_order_acquire);
}

static inline uint32_t course_burdens(const struct course *course)
{
    return course->burdens[BURDEN_STALLED] + course->burdens[BURDEN_SLOW] +
           course->burdens[BURDEN_HOSTILE];
}

enum person_state {
    PERSON_WAITING,    // for its turn, at first or after a failed try
    PERSON_ASKING,     // for a ticket
    PERSON_CONNECTING, // TCP, TLS
    PERSON_UPGRADING,  // to WebSocket
    PERSON_GREETING,   // waits for `welcome`
    PERSON_HERE,
    PERSON_LOST,    // was here, the connection ended, and they did not come back
    PERSON_REFUSED, // never came in
    PERSON_LEAVING,
    PERSON_LEFT,
    PERSON_STATES,
};

struct tally {
    _Atomic uint32_t people[PERSON_STATES]; // now
    _Atomic uint32_t away;                  // here, and not yet at their place
    _Atomic uint32_t welcomed;              // ever
    _Atomic uint64_t last_welcome_us;
    _Atomic uint64_t last_news_us;  // last time a frame said anything of anyone
    _Atomic uint32_t rate_refusals; // answers of 429
    _Atomic uint64_t frames, bytes, updates, moves;
    _Atomic uint32_t corrections, errors;
    _Atomic uint32_t joins, leaves, cuts; // of churn: in whose stead, with a goodbye, without
    // Connections that the server ended; of these people came back: with their token, as the same
    // entity, and by a new ticket.
    _Atomic uint32_t drops, returned, resumed, returned_anew;
    _Atomic uint64_t first_drop_us, last_return_us;
    _Atomic uint32_t burdens_came, burdens_came_back, burdens_there, thrown_out[BURDEN_KINDS];
    _Atomic uint64_t hostile_bytes;
    _Atomic uint64_t bytes_most; // to any one who was here all the measured time
    atomic_bool audited;         // everyone who is here had their turn
};

struct scene {
    const struct course *course;
    struct loop *loop;
    struct tally tally;
    struct random random; // for masks and keys, not for walks
    uint8_t *area;        // SCENE_AREA_BYTES to read into; its content is gone at the next read
    uint32_t watcher_count;
    uint64_t read_us;        // when the bytes at hand were found to be there
    uint64_t pause_until_us; // the server asked everyone to wait (429)
    struct latency latency;
    struct latency entry; // from setting out to `welcome`
    struct pulse pulse;
    struct departed departed;
    char path[GUEST_PATH_BYTES_MAX]; // of the realtime connection, as the last ticket said
    struct reading reading;
    // The first thing that went wrong; readable by others once `has_trouble` is seen set (acquire).
    struct error trouble;
    _Atomic bool has_trouble;
};

enum { SCENE_AREA_BYTES = 65536 };

static inline void tally_add(_Atomic uint64_t *count, uint64_t more)
{
    // One writer: a load and a store are enough, and cheaper than a locked addition.
    uint64_t now = atomic_load_explicit(count, memory_order_relaxed);
    atomic_store_explicit(count, now + more, memory_order_relaxed);
}

static inline void tally_add32(_Atomic uint32_t *count, int32_t more)
{
    uint32_t now = atomic_load_explicit(count, memory_order_relaxed);
    atomic_store_explicit(count, now + (uint32_t)more, memory_order_relaxed);
}

// Keeps the sentence if it is the first.
void scene_note(struct scene *scene, const struct error *why);
// Counts an error, and notes it.
void scene_trouble(struct scene *scene, const struct error *why);
