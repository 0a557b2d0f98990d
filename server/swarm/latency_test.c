#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "swarm/latency.h"

static void nothing_has_no_latency(void **state)
{
    struct latency latency = {0};
    assert_true(latency_quantile_ms(&latency, 0.5) == 0);
}

static void one_value_is_every_quantile(void **state)
{
    struct latency latency = {0};
    latency_add(&latency, 25);
    assert_true(latency_quantile_ms(&latency, 0) == 0.025);
    assert_true(latency_quantile_ms(&latency, 1) == 0.025);
}

static void quantiles_are_within_three_per_cent(void **state)
{
    struct latency latency = {0};
    for (uint64_t us = 1; us <= 100000; us++)
        latency_add(&latency, us);
    for (int i = 1; i <= 100; i++) {
        double meant = i * 1.0;
        double told = latency_quantile_ms(&latency, i / 100.0);
        assert_true(told > meant * 0.97 && told < meant * 1.03);
    }
}

static void any_value_has_a_bucket(void **state)
{
    struct latency latency = {0};
    for (int shift = 0; shift < 64; shift++)
        latency_add(&latency, UINT64_C(1) << shift);
    latency_add(&latency, UINT64_MAX);
    assert_int_equal(latency.count, 65);
    assert_true(latency.max_us == UINT64_MAX);
    assert_true(latency_quantile_ms(&latency, 0.5) > 1e6);
}

static void merging_is_adding_all(void **state)
{
    struct latency one = {0}, other = {0}, all = {0};
    struct random random;
    random_seed(&random, 5);
    for (int i = 0; i < 1000; i++) {
        uint64_t us = random_below(&random, 1000000);
        latency_add(i % 3 ? &one : &other, us);
        latency_add(&all, us);
    }
    latency_merge(&one, &other);
    assert_memory_equal(&one, &all, sizeof all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_has_no_latency),
        cmocka_unit_test(one_value_is_every_quantile),
        cmocka_unit_test(quantiles_are_within_three_per_cent),
        cmocka_unit_test(any_value_has_a_bucket),
        cmocka_unit_test(merging_is_adding_all),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/latency", tests, NULL, NULL);
}
