#include "net/loop.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"

struct probe {
    struct loop_source source;
    struct loop *loop;
    struct probe *victim; // removed and freed by the first callback
    int calls;
    uint32_t last_ready;
    int stop_after;
};

static void on_ready(struct loop_source *source, uint32_t ready)
{
    struct probe *probe = (struct probe *)source;
    probe->calls++;
    probe->last_ready = ready;
    if (probe->victim) {
        loop_remove(probe->loop, &probe->victim->source);
        close(probe->victim->source.fd);
        free(probe->victim);
        probe->victim = NULL;
    }
    if (probe->calls >= probe->stop_after)
        loop_stop(probe->loop);
}

static struct loop *created(void)
{
    struct error err;
    struct loop *loop = loop_create(&err);
    assert_non_null(loop);
    return loop;
}

static void make_pair(int pair[2])
{
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
}

static void bytes_left_unread_are_told_again(void **state)
{
    struct loop *loop = created();
    int pair[2];
    make_pair(pair);
    struct probe probe = {
        .source = {.fd = pair[0], .on_ready = on_ready}, .loop = loop, .stop_after = 3};
    assert_true(loop_add(loop, &probe.source, LOOP_READ, NULL));
    assert_int_equal(write(pair[1], "x", 1), 1);
    loop_run(loop);
    assert_int_equal(probe.calls, 3);
    assert_int_equal(probe.last_ready, LOOP_READ);
    loop_remove(loop, &probe.source);
    loop_destroy(loop);
    close(pair[0]);
    close(pair[1]);
}

static void a_source_freed_in_a_round_is_not_called_in_it(void **state)
{
    struct loop *loop = created();
    struct probe *probes[2];
    int pairs[2][2];
    for (int i = 0; i < 2; i++) {
        make_pair(pairs[i]);
        probes[i] = calloc(1, sizeof *probes[i]);
        *probes[i] = (struct probe){
            .source = {.fd = pairs[i][0], .on_ready = on_ready}, .loop = loop, .stop_after = 2};
        assert_true(loop_add(loop, &probes[i]->source, LOOP_READ, NULL));
        assert_int_equal(write(pairs[i][1], "x", 1), 1);
    }
    // Whichever comes first takes the other away, whose event lies in the same round.
    probes[0]->victim = probes[1];
    probes[1]->victim = probes[0];
    loop_run(loop); // the sanitizer sees a call of the freed one
    int lost = send(pairs[0][1], "x", 1, MSG_NOSIGNAL) < 0 ? 0 : 1;
    struct probe *kept = probes[1 - lost];
    assert_int_equal(kept->calls, 2);
    loop_remove(loop, &kept->source);
    close(kept->source.fd);
    free(kept);
    loop_destroy(loop);
    close(pairs[0][1]);
    close(pairs[1][1]);
}

static void on_time_stop(void *context, uint64_t now_us)
{
    struct probe *probe = context;
    if (++probe->calls == 3)
        loop_stop(probe->loop);
}

static void nothing_watched_means_no_hang_ups_either(void **state)
{
    struct loop *loop = created();
    int pair[2];
    make_pair(pair);
    struct probe probe = {.source = {.fd = pair[0], .on_ready = on_ready}, .loop = loop},
                 timer = {.loop = loop};
    assert_true(loop_add(loop, &probe.source, LOOP_READ, NULL));
    loop_change(loop, &probe.source, 0);
    close(pair[1]);
    probe.stop_after = 1;
    loop_every(loop, 5000, on_time_stop, &timer);
    loop_run(loop);
    assert_int_equal(probe.calls, 0);
    loop_remove(loop, &probe.source);
    loop_destroy(loop);
    close(pair[0]);
}

static void a_hang_up_counts_as_both(void **state)
{
    struct loop *loop = created();
    int pair[2];
    make_pair(pair);
    struct probe probe = {
        .source = {.fd = pair[0], .on_ready = on_ready}, .loop = loop, .stop_after = 1};
    assert_true(loop_add(loop, &probe.source, LOOP_READ, NULL));
    close(pair[1]);
    loop_run(loop);
    assert_int_equal(probe.last_ready, LOOP_READ | LOOP_WRITE);
    loop_remove(loop, &probe.source);
    loop_destroy(loop);
    close(pair[0]);
}

static void a_timer_is_never_early(void **state)
{
    struct loop *loop = created();
    struct probe timer = {.loop = loop};
    uint64_t begin_us = clock_now_us(&clock_system);
    loop_every(loop, 7000, on_time_stop, &timer);
    loop_run(loop);
    assert_true(clock_now_us(&clock_system) - begin_us >= 21000);
    loop_destroy(loop);
}

static void a_descriptor_that_cannot_be_watched_is_an_error(void **state)
{
    struct loop *loop = created();
    struct error err = {0};
    struct probe probe = {.source = {.fd = -1, .on_ready = on_ready}};
    assert_false(loop_add(loop, &probe.source, LOOP_READ, &err));
    assert_int_equal(err.code, ERR_SYSTEM);
    loop_destroy(loop);
}

// --- waking from other threads ---

enum { WAKERS = 3, POSTS = 20000 };
static _Atomic int posted;
static int seen, wake_calls;
static struct loop *woken_loop;

static void on_wake(void *context)
{
    wake_calls++;
    seen = atomic_load_explicit(&posted, memory_order_relaxed);
    if (seen == WAKERS * POSTS)
        loop_stop(woken_loop);
}

static void *wake_thread(void *context)
{
    for (int i = 0; i < POSTS; i++) {
        atomic_fetch_add_explicit(&posted, 1, memory_order_relaxed);
        loop_wake(woken_loop);
    }
    return NULL;
}

static void no_wake_up_is_lost(void **state)
{
    pthread_t threads[WAKERS];
    woken_loop = created();
    loop_on_wake(woken_loop, on_wake, NULL);
    for (int i = 0; i < WAKERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, wake_thread, NULL), 0);
    loop_run(woken_loop); // for ever, if one is lost
    for (int i = 0; i < WAKERS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(seen, WAKERS * POSTS);
    assert_true(wake_calls <= WAKERS * POSTS);
    loop_destroy(woken_loop);
}

static void a_loop_stopped_before_it_runs_returns(void **state)
{
    struct loop *loop = created();
    loop_stop(loop);
    loop_run(loop);
    loop_destroy(loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_left_unread_are_told_again),
        cmocka_unit_test(a_source_freed_in_a_round_is_not_called_in_it),
        cmocka_unit_test(nothing_watched_means_no_hang_ups_either),
        cmocka_unit_test(a_hang_up_counts_as_both),
        cmocka_unit_test(a_timer_is_never_early),
        cmocka_unit_test(a_descriptor_that_cannot_be_watched_is_an_error),
        cmocka_unit_test(no_wake_up_is_lost),
        cmocka_unit_test(a_loop_stopped_before_it_runs_returns),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("loop", tests, NULL, NULL);
}
