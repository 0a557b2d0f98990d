#include "net/loop.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/clock.h"

// epoll carries an index and a generation instead of a pointer: a source that was removed (and
// freed) in this round leaves a slot whose generation no longer matches, and its event falls
// through.

enum { EVENTS_MAX = 256, NO_SLOT = 0xffffffff };

struct loop_slot {
    struct loop_source *source; // NULL: free
    uint32_t generation;
    uint32_t next_free;
};

struct loop_timer {
    uint64_t period_us, due_us;
    void (*on_time)(void *context, uint64_t now_us);
    void *context;
};

struct loop {
    int epoll_fd;
    struct loop_source wake_source; // an eventfd
    void (*on_wake)(void *context);
    void *wake_context;
    // Set by any thread (release), cleared by the loop (acquire) before on_wake: no wake-up is
    // lost.
    atomic_bool wake_pending;
    atomic_bool stop;
    struct loop_slot *slots;
    uint32_t slot_count, free_slot;
    struct loop_timer timers[LOOP_TIMERS_MAX];
    int timer_count;
};

static void *memory_or_abort(void *memory, size_t bytes)
{
    if (!memory)
        assert_memory_failed(bytes);
    return memory;
}

static uint32_t slot_take(struct loop *loop, struct loop_source *source)
{
    if (loop->free_slot == NO_SLOT) {
        uint32_t count = loop->slot_count ? loop->slot_count * 2 : 16;
        size_t bytes = count * sizeof loop->slots[0];
        loop->slots = memory_or_abort(realloc(loop->slots, bytes), bytes);
        for (uint32_t i = loop->slot_count; i < count; i++)
            loop->slots[i] = (struct loop_slot){.next_free = i + 1 < count ? i + 1 : NO_SLOT};
        loop->free_slot = loop->slot_count;
        loop->slot_count = count;
    }
    uint32_t index = loop->free_slot;
    loop->free_slot = loop->slots[index].next_free;
    loop->slots[index].source = source;
    return index;
}

static void slot_give_back(struct loop *loop, uint32_t index)
{
    struct loop_slot *slot = &loop->slots[index];
    slot->source = NULL;
    slot->generation++;
    slot->next_free = loop->free_slot;
    loop->free_slot = index;
}

static bool is_member(const struct loop *loop, const struct loop_source *source)
{
    return source->index < loop->slot_count && loop->slots[source->index].source == source;
}

static int epoll_control(struct loop *loop, int operation, struct loop_source *source,
                         uint32_t interest)
{
    struct epoll_event event = {
        .events = (interest & LOOP_READ ? EPOLLIN : 0) | (interest & LOOP_WRITE ? EPOLLOUT : 0),
        .data.u64 = (uint64_t)loop->slots[source->index].generation << 32 | source->index,
    };
    return epoll_ctl(loop->epoll_fd, operation, source->fd, &event);
}

static void on_eventfd(struct loop_source *source, uint32_t ready)
{
    struct loop *loop = (struct loop *)((char *)source - offsetof(struct loop, wake_source));
    uint64_t count;
    ssize_t got = read(source->fd, &count, sizeof count);
    (void)got; // its number does not matter; an empty one means that someone was faster
    if (atomic_exchange_explicit(&loop->wake_pending, false, memory_order_acq_rel) && loop->on_wake)
        loop->on_wake(loop->wake_context);
}

struct loop *loop_create(struct error *err)
{
    struct loop *loop = memory_or_abort(calloc(1, sizeof *loop), sizeof *loop);
    loop->free_slot = NO_SLOT;
    loop->wake_source.on_ready = on_eventfd;
    loop->wake_source.fd = -1;
    loop->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (loop->epoll_fd >= 0)
        loop->wake_source.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (loop->wake_source.fd < 0) {
        fail(err, ERR_SYSTEM, "cannot make an event loop: %s", strerror(errno));
        loop_destroy(loop);
        return NULL;
    }
    if (!loop_add(loop, &loop->wake_source, LOOP_READ, err)) {
        loop_destroy(loop);
        return NULL;
    }
    return loop;
}

void loop_destroy(struct loop *loop)
{
    if (!loop)
        return;
    if (loop->epoll_fd >= 0)
        close(loop->epoll_fd);
    if (loop->wake_source.fd >= 0)
        close(loop->wake_source.fd);
    free(loop->slots);
    free(loop);
}

bool loop_add(struct loop *loop, struct loop_source *source, uint32_t interest, struct error *err)
{
    ASSERT(source->on_ready);
    ASSERT(!(interest & ~(uint32_t)(LOOP_READ | LOOP_WRITE)));
    source->index = slot_take(loop, source);
    if (interest && epoll_control(loop, EPOLL_CTL_ADD, source, interest) < 0) {
        int reason = errno;
        slot_give_back(loop, source->index);
        return fail(err, ERR_SYSTEM, "cannot watch descriptor %d: %s", source->fd,
                    strerror(reason));
    }
    source->interest = interest;
    return true;
}

void loop_change(struct loop *loop, struct loop_source *source, uint32_t interest)
{
    ASSERT(is_member(loop, source));
    ASSERT(!(interest & ~(uint32_t)(LOOP_READ | LOOP_WRITE)));
    if (interest == source->interest)
        return;
    int operation = !source->interest ? EPOLL_CTL_ADD : !interest ? EPOLL_CTL_DEL : EPOLL_CTL_MOD;
    // An open descriptor that is in the set can always be changed; adding one back may run out of
    // kernel memory or watches, which leaves nothing sensible to do for any connection.
    int result = epoll_control(loop, operation, source, interest);
    ASSERT(result == 0);
    source->interest = interest;
}

void loop_remove(struct loop *loop, struct loop_source *source)
{
    ASSERT(is_member(loop, source));
    if (source->interest)
        epoll_control(loop, EPOLL_CTL_DEL, source, 0);
    source->interest = 0;
    slot_give_back(loop, source->index);
}

void loop_every(struct loop *loop, uint64_t period_us,
                void (*on_time)(void *context, uint64_t now_us), void *context)
{
    ASSERT(period_us > 0);
    ASSERT(loop->timer_count < LOOP_TIMERS_MAX);
    loop->timers[loop->timer_count++] =
        (struct loop_timer){.period_us = period_us,
                            .due_us = clock_now_us(&clock_system) + period_us,
                            .on_time = on_time,
                            .context = context};
}

void loop_on_wake(struct loop *loop, void (*on_wake)(void *context), void *context)
{
    loop->on_wake = on_wake;
    loop->wake_context = context;
}

static void eventfd_signal(const struct loop *loop)
{
    uint64_t one = 1;
    ssize_t written = write(loop->wake_source.fd, &one, sizeof one);
    (void)written; // fails only when it is signalled already
}

void loop_wake(struct loop *loop)
{
    if (!atomic_exchange_explicit(&loop->wake_pending, true, memory_order_acq_rel))
        eventfd_signal(loop);
}

void loop_stop(struct loop *loop)
{
    atomic_store_explicit(&loop->stop, true, memory_order_release);
    eventfd_signal(loop);
}

// Milliseconds until the next timer, rounded up so that none is early; -1 when there is none.
static int wait_ms(const struct loop *loop, uint64_t now_us)
{
    uint64_t least_us = UINT64_MAX;
    for (int i = 0; i < loop->timer_count; i++) {
        uint64_t due_us = loop->timers[i].due_us;
        uint64_t left_us = due_us > now_us ? due_us - now_us : 0;
        least_us = left_us < least_us ? left_us : least_us;
    }
    if (least_us == UINT64_MAX)
        return -1;
    uint64_t ms = (least_us + 999) / 1000;
    return ms > 60000 ? 60000 : (int)ms;
}

static void timers_run(struct loop *loop)
{
    uint64_t now_us = loop->timer_count ? clock_now_us(&clock_system) : 0;
    for (int i = 0; i < loop->timer_count; i++) {
        struct loop_timer *timer = &loop->timers[i];
        if (now_us < timer->due_us)
            continue;
        timer->due_us += timer->period_us;
        if (timer->due_us <= now_us)
            timer->due_us = now_us + timer->period_us;
        timer->on_time(timer->context, now_us);
    }
}

static void dispatch(struct loop *loop, const struct epoll_event *event)
{
    uint32_t index = (uint32_t)event->data.u64;
    const struct loop_slot *slot = &loop->slots[index];
    if (!slot->source || slot->generation != (uint32_t)(event->data.u64 >> 32))
        return;
    uint32_t ready = (event->events & EPOLLIN ? LOOP_READ : 0) |
                     (event->events & EPOLLOUT ? LOOP_WRITE : 0) |
                     (event->events & (EPOLLERR | EPOLLHUP) ? LOOP_READ | LOOP_WRITE : 0);
    // A callback earlier in this round may have stopped watching it without removing it.
    if (slot->source->interest)
        slot->source->on_ready(slot->source, ready);
}

void loop_run(struct loop *loop)
{
    struct epoll_event events[EVENTS_MAX];
    while (!atomic_load_explicit(&loop->stop, memory_order_acquire)) {
        uint64_t now_us = loop->timer_count ? clock_now_us(&clock_system) : 0;
        int count = epoll_wait(loop->epoll_fd, events, EVENTS_MAX, wait_ms(loop, now_us));
        ASSERT(count >= 0 || errno == EINTR);
        for (int i = 0; i < count; i++)
            dispatch(loop, &events[i]);
        timers_run(loop);
    }
}
