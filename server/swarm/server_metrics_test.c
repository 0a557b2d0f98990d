#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/metric.h"
#include "swarm/server_metrics.h"

#define TICK "flux_hub_tick_duration_seconds_bucket"

static struct server_metrics parse(const char *text)
{
    struct server_metrics metrics;
    server_metrics_parse(text, strlen(text), &metrics);
    return metrics;
}

static void process_numbers_are_read(void **state)
{
    struct server_metrics metrics = parse("# HELP flux_process_cpu_seconds_total CPU.\n"
                                          "flux_process_cpu_seconds_total 12.5\n"
                                          "flux_process_cpu_seconds_total_more 99\n"
                                          "flux_process_resident_memory_bytes 1.5e+08");
    assert_true(metrics.has_cpu && metrics.cpu_s == 12.5);
    assert_true(metrics.has_memory && metrics.memory_bytes == 1.5e8);
}

static void what_is_not_there_stays_unset(void **state)
{
    struct server_metrics metrics =
        parse("\n\nflux_process_cpu_seconds_total\nflux_process_cpu_seconds_total x\n"
              "other{a=\"b\" 3\n");
    assert_false(metrics.has_cpu);
    assert_false(metrics.has_memory);
    assert_int_equal(metrics.bucket_count, 0);
}

static void a_quantile_is_interpolated_between_two_readings(void **state)
{
    struct server_metrics before =
        parse(TICK "{le=\"0.001\"} 10\n" TICK "{le=\"0.002\"} 10\n" TICK "{le=\"+Inf\"} 10\n");
    struct server_metrics after =
        parse(TICK "{le=\"0.001\"} 10\n" TICK "{le=\"0.002\"} 110\n" TICK "{le=\"+Inf\"} 110\n");
    double ms;
    assert_true(server_metrics_tick_ms(&before, &after, 0.5, &ms));
    assert_true(fabs(ms - 1.5) < 1e-9);
    assert_true(server_metrics_tick_ms(&before, &after, 0.99, &ms));
    assert_true(fabs(ms - 1.99) < 1e-9);
}

static void the_longest_is_bound_by_its_bucket(void **state)
{
    struct server_metrics before =
        parse(TICK "{le=\"0.001\"} 10\n" TICK "{le=\"0.1\"} 11\n" TICK "{le=\"+Inf\"} 11\n");
    struct server_metrics after =
        parse(TICK "{le=\"0.001\"} 20\n" TICK "{le=\"0.1\"} 21\n" TICK "{le=\"+Inf\"} 21\n");
    struct server_metrics late =
        parse(TICK "{le=\"0.001\"} 20\n" TICK "{le=\"0.1\"} 21\n" TICK "{le=\"+Inf\"} 22\n");
    double ms;
    // The one in the second bucket was before.
    assert_true(server_metrics_longest_ms(&before, &after, &ms));
    assert_true(fabs(ms - 1) < 1e-9);
    assert_false(server_metrics_longest_ms(&before, &late, &ms));
    // A server that started anew has counted less.
    assert_false(server_metrics_longest_ms(&after, &before, &ms));
}

static void other_labels_are_added_up(void **state)
{
    struct server_metrics none = {0};
    struct server_metrics metrics =
        parse(TICK "{world=\"a\",le=\"0.01\"} 1\n" TICK "{world=\"a\",le=\"+Inf\"} 2\n" TICK
                   "{world=\"b\",le=\"0.01\"} 5\n" TICK "{world=\"b\",le=\"+Inf\"} 6\n" TICK
                   "{file=\"3\"} 9\n");
    assert_int_equal(metrics.bucket_count, 2);
    assert_true(metrics.cumulative[0] == 6 && metrics.cumulative[1] == 8);
    double ms;
    // Beyond the last bound nothing is known but the bound.
    assert_true(server_metrics_tick_ms(&none, &metrics, 0.99, &ms));
    assert_true(fabs(ms - 10) < 1e-9);
}

static void no_ticks_have_no_quantile(void **state)
{
    struct server_metrics none = {0},
                          some = parse(TICK "{le=\"0.01\"} 5\n" TICK "{le=\"+Inf\"} 5\n");
    double ms = 7;
    assert_false(server_metrics_tick_ms(&none, &none, 0.5, &ms));
    assert_false(server_metrics_tick_ms(&some, &some, 0.5, &ms));
    assert_false(server_metrics_tick_ms(&some, &none, 0.5, &ms));
    assert_true(ms == 7);
}

static void our_own_exposition_is_understood(void **state)
{
    static struct metric_histogram tick = {.name = "flux_hub_tick_duration_seconds",
                                           .labels = "",
                                           .help = "Ticks.",
                                           .scale = 1e-6,
                                           .bucket_count = 3,
                                           .upper = {1000, 2000, 4000}};
    metric_register_histogram(&tick);
    for (int i = 0; i < 100; i++)
        metric_observe(&tick, 1500);
    struct buffer text = {0};
    struct server_metrics none = {0}, metrics;
    metric_write_all(&text);
    server_metrics_parse((const char *)text.bytes, text.size, &metrics);
    buffer_done(&text);
    double ms;
    assert_true(metrics.has_cpu && metrics.has_memory && metrics.memory_bytes > 0);
    assert_int_equal(metrics.bucket_count, 4);
    assert_true(server_metrics_tick_ms(&none, &metrics, 0.5, &ms));
    assert_true(fabs(ms - 1.5) < 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(process_numbers_are_read),
        cmocka_unit_test(what_is_not_there_stays_unset),
        cmocka_unit_test(a_quantile_is_interpolated_between_two_readings),
        cmocka_unit_test(the_longest_is_bound_by_its_bucket),
        cmocka_unit_test(other_labels_are_added_up),
        cmocka_unit_test(no_ticks_have_no_quantile),
        cmocka_unit_test(our_own_exposition_is_understood),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/server_metrics", tests, NULL, NULL);
}
