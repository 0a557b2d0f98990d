#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "swarm/thread_load.h"

static void work_is_counted_and_sleep_is_not(void **state)
{
    struct thread_load start = thread_load_read(pthread_self(), gettid());
    struct timespec nap = {.tv_nsec = 50000000};
    nanosleep(&nap, NULL);
    struct thread_load slept = thread_load_read(pthread_self(), gettid());
    assert_true(slept.worked_s - start.worked_s < 0.04);
    struct thread_load worked;
    uint64_t from_us = clock_now_us(&clock_system);
    do
        worked = thread_load_read(pthread_self(), gettid());
    while (worked.worked_s - slept.worked_s < 0.02);
    // Whatever the machine's load: it either worked or waited all the time.
    double passed_s = (double)(clock_now_us(&clock_system) - from_us) * 1e-6;
    assert_true(worked.worked_s - slept.worked_s <= passed_s + 0.01);
    assert_true(worked.waited_s - slept.waited_s <= passed_s + 0.01);
}

static void a_thread_that_does_not_exist_waited_for_nothing(void **state)
{
    assert_true(thread_load_read(pthread_self(), -1).waited_s == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_is_counted_and_sleep_is_not),
        cmocka_unit_test(a_thread_that_does_not_exist_waited_for_nothing),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/thread_load", tests, NULL, NULL);
}
