#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/metric.h"

static struct metric near_frames = {.name = "flux_test_frames_total",
                                    .labels = "level=\"near\"",
                                    .help = "Frames, with a \\ and\na line end.",
                                    .kind = METRIC_COUNTER};
static struct metric sessions = {
    .name = "flux_test_sessions", .labels = "", .help = "Sessions.", .kind = METRIC_GAUGE};
static struct metric far_frames = {.name = "flux_test_frames_total",
                                   .labels = "level=\"far\",world=\"a\\\"b\"",
                                   .help = "Not shown.",
                                   .kind = METRIC_COUNTER};
static struct metric spent = {.name = "flux_test_spent_seconds_total",
                              .labels = "",
                              .help = "Time.",
                              .kind = METRIC_COUNTER,
                              .scale = 1e-6};
static struct metric_histogram tick = {.name = "flux_test_tick_seconds",
                                       .labels = "",
                                       .help = "Ticks.",
                                       .scale = 1e-6,
                                       .bucket_count = 3,
                                       .upper = {1000, 5000, 50000}};
static struct metric_histogram wait_near = {.name = "flux_test_wait",
                                            .labels = "level=\"near\"",
                                            .help = "Waits.",
                                            .bucket_count = 1,
                                            .upper = {0}};

static char *exposition(void)
{
    struct buffer out = {0};
    metric_write_all(&out);
    buffer_append(&out, "", 1);
    return (char *)out.bytes;
}

static int register_all(void **state)
{
    metric_register(&near_frames);
    metric_register(&sessions);
    metric_register(&far_frames);
    metric_register(&spent);
    metric_register_histogram(&tick);
    metric_register_histogram(&wait_near);
    return 0;
}

static void rows_of_one_name_stand_under_one_head(void **state)
{
    metric_add(&near_frames, 5);
    metric_add(&far_frames, 7);
    metric_set(&sessions, -3);
    assert_int_equal(metric_get(&sessions), -3);
    char *text = exposition();
    assert_non_null(strstr(text,
                           "# HELP flux_test_frames_total Frames, with a \\\\ and\\na line end.\n"
                           "# TYPE flux_test_frames_total counter\n"
                           "flux_test_frames_total{level=\"near\"} 5\n"
                           "flux_test_frames_total{level=\"far\",world=\"a\\\"b\"} 7\n"
                           "# HELP flux_test_sessions Sessions.\n"
                           "# TYPE flux_test_sessions gauge\n"
                           "flux_test_sessions -3\n"));
    assert_null(strstr(text, "Not shown."));
    free(text);
}

static void scaled_values_print_in_base_units(void **state)
{
    metric_set(&spent, 1234567);
    char *text = exposition();
    assert_non_null(strstr(text, "\nflux_test_spent_seconds_total 1.234567\n"));
    free(text);
    metric_set(&spent, INT64_MAX);
    text = exposition();
    assert_non_null(strstr(text, "\nflux_test_spent_seconds_total 9223372036854.78\n"));
    free(text);
}

static void a_histogram_counts_upwards_to_its_count(void **state)
{
    metric_observe(&tick, 1000); // the upper end belongs to the bucket
    metric_observe(&tick, 1001);
    metric_observe(&tick, 49000);
    metric_observe(&tick, 1000000);
    metric_observe(&wait_near, -4);
    char *text = exposition();
    assert_non_null(strstr(text, "# HELP flux_test_tick_seconds Ticks.\n"
                                 "# TYPE flux_test_tick_seconds histogram\n"
                                 "flux_test_tick_seconds_bucket{le=\"0.001\"} 1\n"
                                 "flux_test_tick_seconds_bucket{le=\"0.005\"} 2\n"
                                 "flux_test_tick_seconds_bucket{le=\"0.05\"} 3\n"
                                 "flux_test_tick_seconds_bucket{le=\"+Inf\"} 4\n"
                                 "flux_test_tick_seconds_sum 1.051001\n"
                                 "flux_test_tick_seconds_count 4\n"));
    assert_non_null(strstr(text, "flux_test_wait_bucket{level=\"near\",le=\"0\"} 1\n"
                                 "flux_test_wait_bucket{level=\"near\",le=\"+Inf\"} 1\n"
                                 "flux_test_wait_sum{level=\"near\"} -4\n"
                                 "flux_test_wait_count{level=\"near\"} 1\n"));
    free(text);
}

static double value_of(const char *text, const char *name)
{
    char start[100];
    snprintf(start, sizeof(start), "\n%s ", name);
    const char *at = strstr(text, start);
    assert_non_null(at);
    return strtod(at + strlen(start), NULL);
}

static void the_process_tells_of_itself(void **state)
{
    char *text = exposition();
    double fds = value_of(text, "flux_process_open_fds");
    assert_true(value_of(text, "flux_process_cpu_seconds_total") >= 0);
    assert_true(value_of(text, "flux_process_resident_memory_bytes") > 100000);
    assert_true(value_of(text, "flux_process_max_fds") >= fds);
    assert_true(value_of(text, "flux_process_threads") >= 1);
    double age = (double)time(NULL) - value_of(text, "flux_process_start_time_seconds");
    assert_true(age > -5 && age < 600);
    free(text);

    int extra[2];
    assert_int_equal(pipe(extra), 0);
    text = exposition();
    assert_true(value_of(text, "flux_process_open_fds") == fds + 2);
    free(text);
    close(extra[0]);
    close(extra[1]);
}

// The grammar of the text format 0.0.4, line by line.
static void every_line_is_a_comment_or_a_sample(void **state)
{
    char *text = exposition();
    assert_int_equal(text[strlen(text) - 1], '\n');
    int samples = 0;
    for (char *rest = text, *line; (line = strsep(&rest, "\n")) && *line;) {
        if (strncmp(line, "# HELP flux_", 12) == 0 || strncmp(line, "# TYPE flux_", 12) == 0)
            continue;
        assert_memory_equal(line, "flux_", 5);
        char *value = strrchr(line, ' ') + 1, *end;
        strtod(value, &end);
        assert_true(end > value && *end == '\0');
        samples++;
    }
    assert_true(samples >= 16);
    free(text);
}

static void *count_up(void *context)
{
    for (int i = 0; i < 10000; i++) {
        metric_add(&near_frames, 1);
        metric_observe(&wait_near, 1);
    }
    return NULL;
}

static void threads_lose_no_update(void **state)
{
    int64_t before = metric_get(&near_frames);
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, count_up, NULL), 0);
    char *text = exposition();
    free(text);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(metric_get(&near_frames), before + 30000);
    assert_int_equal(atomic_load(&wait_near.counts[1]), 30000);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_one_name_stand_under_one_head),
        cmocka_unit_test(scaled_values_print_in_base_units),
        cmocka_unit_test(a_histogram_counts_upwards_to_its_count),
        cmocka_unit_test(the_process_tells_of_itself),
        cmocka_unit_test(every_line_is_a_comment_or_a_sample),
        cmocka_unit_test(threads_lose_no_update),
    };
    return cmocka_run_group_tests_name("metric", tests, register_all, NULL);
}
