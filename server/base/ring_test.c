#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <sched.h>

#include "base/ring.h"

static void items_come_out_in_order(void **state)
{
    struct ring ring;
    uint32_t out = 0;
    ring_init(&ring, 8, sizeof(out));
    // More than the capacity in all, so that the indexes go round.
    for (uint32_t i = 0; i < 100; i += 2) {
        uint32_t next = i + 1;
        assert_true(ring_push(&ring, &i));
        assert_true(ring_push(&ring, &next));
        assert_int_equal(ring_count(&ring), 2);
        assert_true(ring_pop(&ring, &out));
        assert_int_equal(out, i);
        assert_true(ring_pop(&ring, &out));
        assert_int_equal(out, i + 1);
    }
    ring_done(&ring);
}

static void a_full_ring_refuses_without_changing_anything(void **state)
{
    struct ring ring;
    ring_init(&ring, 4, 1);
    for (uint8_t i = 0; i < 4; i++)
        assert_true(ring_push(&ring, &i));
    uint8_t item = 99;
    assert_false(ring_push(&ring, &item));
    assert_int_equal(ring_count(&ring), 4);
    for (uint8_t i = 0; i < 4; i++) {
        assert_true(ring_pop(&ring, &item));
        assert_int_equal(item, i);
    }
    ring_done(&ring);
}

static void an_empty_ring_gives_nothing(void **state)
{
    struct ring ring;
    ring_init(&ring, 2, 4);
    uint32_t out = 7;
    assert_false(ring_pop(&ring, &out));
    assert_int_equal(out, 7);
    assert_int_equal(ring_count(&ring), 0);
    ring_done(&ring);
}

static void indexes_may_wrap(void **state)
{
    struct ring ring;
    ring_init(&ring, 4, sizeof(uint32_t));
    atomic_store(&ring.head, UINT32_MAX - 1);
    atomic_store(&ring.tail, UINT32_MAX - 1);
    for (uint32_t i = 0; i < 4; i++)
        assert_true(ring_push(&ring, &i));
    uint32_t out = 4;
    assert_false(ring_push(&ring, &out));
    assert_int_equal(ring_count(&ring), 4);
    for (uint32_t i = 0; i < 4; i++) {
        assert_true(ring_pop(&ring, &out));
        assert_int_equal(out, i);
    }
    assert_false(ring_pop(&ring, &out));
    ring_done(&ring);
}

enum { ITEM_COUNT = 200000 };

struct item {
    uint64_t number, check;
};

static void *produce(void *context)
{
    struct ring *ring = context;
    for (uint64_t i = 0; i < ITEM_COUNT; i++) {
        struct item item = {i, ~i};
        while (!ring_push(ring, &item))
            sched_yield();
    }
    return NULL;
}

static void two_threads_lose_and_tear_nothing(void **state)
{
    struct ring ring;
    ring_init(&ring, 64, sizeof(struct item));
    pthread_t producer;
    assert_int_equal(pthread_create(&producer, NULL, produce, &ring), 0);
    uint64_t wrong = 0;
    for (uint64_t i = 0; i < ITEM_COUNT; i++) {
        struct item item;
        while (!ring_pop(&ring, &item))
            sched_yield();
        wrong += item.number != i || item.check != ~i || ring_count(&ring) > 64;
    }
    pthread_join(producer, NULL);
    assert_int_equal(wrong, 0);
    assert_int_equal(ring_count(&ring), 0);
    ring_done(&ring);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_come_out_in_order),
        cmocka_unit_test(a_full_ring_refuses_without_changing_anything),
        cmocka_unit_test(an_empty_ring_gives_nothing),
        cmocka_unit_test(indexes_may_wrap),
        cmocka_unit_test(two_threads_lose_and_tear_nothing),
    };
    return cmocka_run_group_tests_name("ring", tests, NULL, NULL);
}
