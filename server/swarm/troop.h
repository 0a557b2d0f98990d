// troop: one thread of the swarm with its share of the people: lets them in a few at a time, gives
// each their turn `rate` times a second, says whose moves are timed and who goes for others to
// come, and holds the audit.
//
// A wheel without lists: the people of turn t are those whose number within the troop is t modulo
// the turns in a period.
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "swarm/audit.h"
#include "swarm/burden.h"
#include "swarm/churn.h"
#include "swarm/person.h"
#include "swarm/scene.h"

struct troop {
    struct scene scene;
    struct guest_desk *desk;
    struct person *people; // numbers `index`, `index` + step, `index` + 2 * step ...
    uint32_t count;
    uint32_t turns, turn; // in a period, and the next one
    uint64_t period_us, turn_due_us;
    uint32_t next_to_ask, next_to_watch;
    struct audit audit;
    struct churn churn;
    struct burdens burdens;
    bool measuring;                 // the measured time has begun, and not ended yet
    enum course_phase told_burdens; // the last one in which they were ended
    pthread_t thread;
    _Atomic int32_t thread_id; // of the kernel; 0 until it runs
    bool started;
};

// Prepares the people `index`, `index` + `step` ... of the course; ERR_SYSTEM.
MUST_CHECK bool troop_init(struct troop *troop, const struct course *course, uint32_t index,
                           uint32_t step, struct error *err);
MUST_CHECK bool troop_start(struct troop *troop, struct error *err);
// Waits for the thread to end, which it does at COURSE_END. Its scene can be read afterwards.
void troop_join(struct troop *troop);
// Frees everything. A zeroed troop is fine.
void troop_done(struct troop *troop);
