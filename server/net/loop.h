// loop: epoll for one thread.
//
// Owner: the thread that runs it; only loop_wake() and loop_stop() may be called from another.
// Sources are embedded in what they watch, and may be removed, and their memory freed, inside their
// own or another's callback: the events of the same round that concern them are then dropped.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct loop;

enum loop_interest { LOOP_READ = 1, LOOP_WRITE = 2 };

struct loop_source {
    int fd;
    uint32_t interest; // current, kept by the loop
    // `ready` is a set of enum loop_interest; errors and hang-ups count as both.
    void (*on_ready)(struct loop_source *source, uint32_t ready);
    uint32_t index; // the loop's
};

MUST_CHECK struct loop *loop_create(struct error *err);
// Sources still in it are forgotten, not closed. Takes NULL.
void loop_destroy(struct loop *loop);

// Edge-triggered is not used: a callback that leaves bytes unread is called again. With interest 0
// the source is not watched at all, hang-ups included (epoll alone would report those for ever).
MUST_CHECK bool loop_add(struct loop *loop, struct loop_source *source, uint32_t interest,
                         struct error *err);
void loop_change(struct loop *loop, struct loop_source *source, uint32_t interest);
void loop_remove(struct loop *loop, struct loop_source *source); // does not close the fd

enum { LOOP_TIMERS_MAX = 4 };

// Called in the loop's thread at most every `period_us`, the first time one period from now. Up to
// LOOP_TIMERS_MAX of them; they last as long as the loop. A loop that was busy skips what it
// missed.
void loop_every(struct loop *loop, uint64_t period_us,
                void (*on_time)(void *context, uint64_t now_us), void *context);

// Any thread: on_wake runs in the loop's thread soon, once for any number of calls before it. What
// the caller wrote before loop_wake() is seen by on_wake.
void loop_on_wake(struct loop *loop, void (*on_wake)(void *context), void *context);
void loop_wake(struct loop *loop);

void loop_run(struct loop *loop);  // until loop_stop
void loop_stop(struct loop *loop); // any thread; also before loop_run, which then returns at once
