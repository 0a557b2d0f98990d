// shard: one thread of the swarm with its share of the people: lets them in a few at a time, gives each
// their turn `rate` times a second, and says whose moves are timed.
//
// A wheel without lists: the people of turn t are those whose number within the shard is t modulo the
// turns in a period.
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "swarm/person.h"
#include "swarm/scene.h"

struct shard {
    struct scene scene;
    struct guest_desk *desk;
    struct person *people; // numbers `index`, `index` + step, `index` + 2 * step ...
    uint32_t count;
    uint32_t turns, turn; // in a period, and the next one
    uint64_t period_us, turn_due_us;
    uint32_t next_to_ask, next_to_watch;
    pthread_t thread;
    bool started;
};

// Prepares the people `index`, `index` + `step` ... of the course; ERR_SYSTEM.
MUST_CHECK bool shard_init(struct shard *shard, const struct course *course, uint32_t index, uint32_t step,
                           struct error *err);
MUST_CHECK bool shard_start(struct shard *shard, struct error *err);
// Waits for the thread to end, which it does at COURSE_END. Its scene can be read afterwards.
void shard_join(struct shard *shard);
// Frees everything. A zeroed shard is fine.
void shard_done(struct shard *shard);
