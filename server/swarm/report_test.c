#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "swarm/report.h"

static struct report good_report(void)
{
    struct report report = {.clients = 10,
                            .connected = 10,
                            .connect_s = 0.5,
                            .measured_s = 2,
                            .frames = 400,
                            .bytes = 20000,
                            .updates = 800,
                            .check = {.pictures = 10, .entities = 100},
                            .checked = 4,
                            .audited = 6,
                            .has_server_cpu = true,
                            .server_cpu_s = 0.25,
                            .swarm_cpu_s = 0.125};
    latency_add(&report.latency, 20);
    return report;
}

static json_t *json_of(const struct report *report)
{
    struct buffer text = {0};
    report_write_json(report, &text);
    assert_int_equal(text.bytes[text.size - 1], '\n');
    assert_ptr_equal(memchr(text.bytes, '\n', text.size), text.bytes + text.size - 1);
    json_t *json = json_loadb((const char *)text.bytes, text.size, 0, NULL);
    buffer_done(&text);
    assert_non_null(json);
    return json;
}

static void the_object_has_exactly_its_members(void **state)
{
    static const char *const members[] = {
        "clients_connected",
        "connect_s",
        "frames_per_s",
        "updates_per_s",
        "bytes_per_client_per_s",
        "latency_ms",
        "missing",
        "wrong",
        "double",
        "strangers",
        "disconnects",
        "errors",
        "server_cpu_s",
        "server_rss_mb",
        "tick_ms",
        "swarm_cpu_s",
        "checked",
        "audited",
        "bytes_per_client_per_s_max",
        "enter_ms",
        "gone",
        "tick_slots_max",
        "joins",
        "leaves",
        "cuts",
        "drops",
        "returned",
        "resumed",
        "returned_anew",
        "return_s",
        "stalled",
        "slow",
        "garbage",
        "burdens_came_back",
        "garbage_bytes_per_s",
        "server_kb_per_person",
        "socket_kb_per_person",
        "server_rss_left_mb",
    };
    struct report report = good_report();
    json_t *json = json_of(&report);
    size_t count = sizeof members / sizeof members[0];
    assert_int_equal(json_object_size(json), count);
    for (size_t i = 0; i < count; i++)
        assert_non_null(json_object_get(json, members[i]));
    assert_true(json_real_value(json_object_get(json, "frames_per_s")) == 200);
    assert_int_equal(json_integer_value(json_object_get(json, "checked")), 4);
    assert_int_equal(json_integer_value(json_object_get(json, "audited")), 6);
    assert_true(json_real_value(json_object_get(json, "bytes_per_client_per_s")) == 1000);
    assert_true(json_real_value(json_object_get(json_object_get(json, "latency_ms"), "p99")) ==
                0.02);
    assert_true(json_is_null(json_object_get(json, "server_rss_mb")));
    assert_true(json_is_null(json_object_get(json_object_get(json, "tick_ms"), "p50")));
    json_decref(json);
}

static void what_was_not_measured_is_null_and_not_zero(void **state)
{
    struct report report = {.clients = 3};
    json_t *json = json_of(&report);
    assert_true(json_is_null(json_object_get(json, "missing")));
    assert_true(json_is_null(json_object_get(json_object_get(json, "latency_ms"), "max")));
    assert_true(json_real_value(json_object_get(json, "frames_per_s")) == 0);
    json_decref(json);
}

static void only_a_run_without_any_fault_is_good(void **state)
{
    struct report report = good_report();
    assert_true(report_is_good(&report));
#define SPOIL(change)                                                                              \
    do {                                                                                           \
        report = good_report();                                                                    \
        report.change;                                                                             \
        assert_false(report_is_good(&report));                                                     \
    } while (0)
    SPOIL(connected = 9);
    SPOIL(measured_s = 0);
    SPOIL(check.pictures = 9);
    SPOIL(check.missing = 1);
    SPOIL(check.wrong = 1);
    SPOIL(check.doubled = 1);
    SPOIL(check.gone = 1);
    SPOIL(disconnects = 1);
    SPOIL(errors = 1);
#undef SPOIL
    report = good_report();
    report.check.strangers = 4;
    report.corrections = 2;
    assert_true(report_is_good(&report));
}

static void the_table_names_the_first_fault(void **state)
{
    struct report report = good_report();
    struct buffer text = {0};
    report.check.missing = 1;
    report.check.first = (struct check_example){.watcher = 5, .entity = 6, .fault = "missing"};
    report_write_table(&report, &text);
    buffer_append(&text, "", 1);
    assert_non_null(strstr((const char *)text.bytes, "entity 6 in the picture of 5: missing"));
    assert_non_null(strstr((const char *)text.bytes, "NOT GOOD"));
    buffer_done(&text);
}

static bool table_says(const struct report *report, const char *words)
{
    struct buffer text = {0};
    report_write_table(report, &text);
    buffer_append(&text, "", 1);
    bool found = strstr((const char *)text.bytes, words) != NULL;
    buffer_done(&text);
    return found;
}

static void memory_is_a_persons_share_of_what_was_added(void **state)
{
    struct report report = good_report();
    report.has_server_memory = report.has_empty_memory = report.has_socket_memory = true;
    report.empty_memory_bytes = 1e6;
    report.server_memory_bytes = 1.2e6;
    report.socket_memory_bytes = 4e4;
    report.burdens[BURDEN_SLOW] = 10;
    json_t *json = json_of(&report);
    assert_true(json_real_value(json_object_get(json, "server_kb_per_person")) == 10);
    assert_true(json_real_value(json_object_get(json, "socket_kb_per_person")) == 2);
    assert_true(json_is_null(json_object_get(json, "server_rss_left_mb")));
    json_t *slow = json_object_get(json, "slow");
    assert_int_equal(json_integer_value(json_object_get(slow, "sent")), 10);
    json_decref(json);
}

static void the_table_says_who_came_and_went(void **state)
{
    struct report report = good_report();
    assert_false(table_says(&report, "churn"));
    report.churned = report.returns = true;
    report.leaves = 3;
    report.cuts = 1;
    report.joins = 4;
    report.drops = report.returned = 9;
    report.return_s = 2.5;
    report.burdens[BURDEN_HOSTILE] = 7;
    report.thrown_out[BURDEN_HOSTILE] = 5;
    report.pulse_us = 125000;
    report.bytes_most = 30000;
    assert_true(table_says(&report, "3 left, 1 cut their connection, 4 came in their stead"));
    assert_true(table_says(&report, "9; 9 came back with their token"));
    assert_true(table_says(&report, "7 sent, 5 times thrown out"));
    assert_true(table_says(&report, "2.5 slots"));
    assert_true(table_says(&report, "15.0 at most"));
}

static void the_table_says_who_was_checked_how(void **state)
{
    struct report report = good_report();
    assert_true(table_says(&report, "4 kept all the time, 6 audited at the end"));
}

static void the_table_warns_only_when_the_swarm_had_no_time_to_spare(void **state)
{
    struct report report = good_report();
    assert_false(table_says(&report, "beware"));
    report.thread_worked_s = 1.6; // of 2 s
    assert_false(table_says(&report, "beware"));
    report.thread_waited_s = 0.2;
    assert_true(table_says(&report, "worked 80 % of the time and waited 10 % for a core"));
    assert_true(table_says(&report, "--check"));
    report.thread_worked_s = 0.2;
    report.thread_waited_s = 1.7;
    assert_true(table_says(&report, "leave it more of this machine"));
    // Many threads with little to do each are no reason.
    report = good_report();
    report.swarm_cpu_s = 8;
    assert_false(table_says(&report, "beware"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_object_has_exactly_its_members),
        cmocka_unit_test(what_was_not_measured_is_null_and_not_zero),
        cmocka_unit_test(only_a_run_without_any_fault_is_good),
        cmocka_unit_test(the_table_names_the_first_fault),
        cmocka_unit_test(memory_is_a_persons_share_of_what_was_added),
        cmocka_unit_test(the_table_says_who_came_and_went),
        cmocka_unit_test(the_table_says_who_was_checked_how),
        cmocka_unit_test(the_table_warns_only_when_the_swarm_had_no_time_to_spare),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/report", tests, NULL, NULL);
}
