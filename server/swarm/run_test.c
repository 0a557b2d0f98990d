// The whole way, against a server that can be made to do wrong: a swarm that finds nothing is only
// worth something if it finds what is there.
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "swarm/fake_server.h"
#include "swarm/run.h"

// Few seats, so that they are used again.
enum { PEOPLE = 12, AUDIT_SEATS = 3 };

struct outcome {
    struct report report;
    struct error err;
    bool done;
    uint32_t moves;
};

static struct outcome outcome; // too large for a stack

static void visit(struct fake_faults faults, int64_t threads, uint32_t pictured)
{
    struct fake_server *server = fake_server_start(faults, PEOPLE);
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%u", fake_server_port(server));
    struct target target;
    memset(&outcome, 0, sizeof outcome);
    assert_true(target_parse(url, &target, &outcome.err));
    assert_true(target_resolve(&target, false, &outcome.err));
    struct settings settings = {.url = url,
                                .world = "plaza",
                                .clients = PEOPLE,
                                .rate = 10,
                                .seed = 1,
                                .threads = threads,
                                .seconds = 1,
                                .moving = 0.5,
                                .pattern = CROWD_PLAZA,
                                .pictured = pictured,
                                .audit_seats = PEOPLE > pictured ? AUDIT_SEATS : 0};
    struct run_plan plan = {.settings = &settings,
                            .target = &target,
                            .bounds = {-12000, -12000, 12000, 12000},
                            .pace = {.warm_up_s = 1.2,
                                     .settle_s = 0.5,
                                     .quiet_s = 0.3,
                                     .restless_s = 3,
                                     .refused_s = 1.5,
                                     .leave_s = 2}};
    outcome.done = run_perform(&plan, &outcome.report, &outcome.err);
    target_done(&target);
    outcome.moves = fake_server_stop(server);
}

static void a_true_server_is_found_good(void **state)
{
    visit((struct fake_faults){0}, 1, PEOPLE);
    assert_true(outcome.done);
    assert_int_equal(outcome.report.connected, PEOPLE);
    assert_int_equal(outcome.report.check.pictures, PEOPLE);
    assert_int_equal(outcome.report.check.entities, PEOPLE * PEOPLE);
    assert_true(report_is_good(&outcome.report));
    assert_true(outcome.report.frames >= PEOPLE * 10);
    assert_true(outcome.report.updates > 0 && outcome.report.bytes > 0);
    assert_in_range(outcome.report.moves, 10, PEOPLE * 11);
    assert_true(outcome.moves >= outcome.report.moves);
    assert_true(outcome.report.latency.count > 10);
    // News waits for the next tick, 50 ms at most; the machine may be busy.
    assert_true(latency_quantile_ms(&outcome.report.latency, 0.5) < 200);
    assert_true(outcome.report.has_server_cpu && outcome.report.has_server_memory);
}

static void threads_share_the_people(void **state)
{
    visit((struct fake_faults){0}, 3, PEOPLE);
    assert_true(outcome.done);
    assert_int_equal(outcome.report.check.pictures, PEOPLE);
    assert_true(report_is_good(&outcome.report));
}

static void a_sample_is_checked_all_the_time_and_the_rest_in_turn(void **state)
{
    visit((struct fake_faults){0}, 1, 4);
    assert_true(outcome.done);
    assert_int_equal(outcome.report.checked, 4);
    assert_int_equal(outcome.report.audited, PEOPLE - 4);
    assert_int_equal(outcome.report.check.pictures, PEOPLE);
    assert_int_equal(outcome.report.check.entities, PEOPLE * PEOPLE);
    assert_true(report_is_good(&outcome.report));
}

static void threads_share_the_audit(void **state)
{
    visit((struct fake_faults){0}, 2, 4);
    assert_true(outcome.done);
    assert_int_equal(outcome.report.audited, PEOPLE - 4);
    assert_true(report_is_good(&outcome.report));
}

static void somebody_hidden_is_missed_by_all_others(void **state)
{
    for (uint32_t pictured = 4; pictured <= PEOPLE; pictured += PEOPLE - 4) {
        visit((struct fake_faults){.hide_one = true}, 1, pictured);
        assert_true(outcome.done);
        assert_int_equal(outcome.report.check.missing, PEOPLE - 1);
        assert_false(report_is_good(&outcome.report));
    }
}

// With 4 pictures of 12, numbers 3, 6, 9 and 12 keep one: nobody but the audit sees by number 2.
static void somebody_hidden_from_one_without_a_picture_is_missed_in_the_audit(void **state)
{
    visit((struct fake_faults){.hide_one_from = 2}, 1, 4);
    assert_true(outcome.done);
    assert_int_equal(outcome.report.check.pictures, PEOPLE);
    assert_int_equal(outcome.report.check.missing, 1);
    assert_int_equal(outcome.report.errors, 0);
    assert_string_equal(outcome.report.check.first.fault, "missing");
    assert_false(report_is_good(&outcome.report));
}

static void a_server_that_does_not_resync_is_found_out(void **state)
{
    visit((struct fake_faults){.ignore_resync = true}, 1, 4);
    assert_true(outcome.done);
    assert_int_equal(outcome.report.checked, 4);
    assert_int_equal(outcome.report.audited, 0);
    // One round waits in vain, and the others are spared.
    assert_int_equal(outcome.report.errors, AUDIT_SEATS);
    assert_false(report_is_good(&outcome.report));
}

static void somebody_shown_aside_is_wrong_for_all(void **state)
{
    visit((struct fake_faults){.shift_one = true}, 1, PEOPLE);
    assert_true(outcome.done);
    assert_int_equal(outcome.report.check.wrong, PEOPLE);
    assert_string_equal(outcome.report.check.first.fault, "at another place");
    assert_false(report_is_good(&outcome.report));
}

static void a_delta_left_out_is_an_error_with_and_without_pictures(void **state)
{
    visit((struct fake_faults){.skip_a_delta = true}, 1, 6);
    assert_int_equal(outcome.report.errors, PEOPLE);
    assert_int_equal(outcome.report.disconnects, 0);
    // After a RESET all is right again.
    assert_int_equal(outcome.report.check.pictures, PEOPLE);
    assert_int_equal(outcome.report.check.missing + outcome.report.check.wrong, 0);
    assert_false(report_is_good(&outcome.report));
}

static void being_refused_for_ever_ends_with_advice(void **state)
{
    visit((struct fake_faults){.refuse_after = 5}, 1, PEOPLE);
    assert_false(outcome.done);
    assert_non_null(strstr(outcome.err.text, "let in 5 of 12"));
    assert_non_null(strstr(outcome.err.text, "--no-address-limits"));
    assert_int_equal(outcome.report.connected, 5);
    assert_false(report_is_good(&outcome.report));
}

static void a_server_that_hangs_up_ends_the_run_with_a_sentence(void **state)
{
    visit((struct fake_faults){.cut_all = true}, 1, PEOPLE);
    assert_false(outcome.done);
    assert_non_null(strstr(outcome.err.text, "lost every connection"));
    assert_int_equal(outcome.report.disconnects, PEOPLE);
    assert_false(report_is_good(&outcome.report));
}

static int block_signals(void **state)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return pthread_sigmask(SIG_BLOCK, &signals, NULL);
}

static void an_interrupt_ends_the_run_at_once(void **state)
{
    // Pending from before, so it is taken in at the first moment: nobody is in place yet.
    raise(SIGINT);
    visit((struct fake_faults){0}, 1, PEOPLE);
    assert_false(outcome.done);
    assert_non_null(strstr(outcome.err.text, "interrupted"));
    assert_false(report_is_good(&outcome.report));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_true_server_is_found_good),
        cmocka_unit_test(threads_share_the_people),
        cmocka_unit_test(a_sample_is_checked_all_the_time_and_the_rest_in_turn),
        cmocka_unit_test(threads_share_the_audit),
        cmocka_unit_test(somebody_hidden_is_missed_by_all_others),
        cmocka_unit_test(somebody_hidden_from_one_without_a_picture_is_missed_in_the_audit),
        cmocka_unit_test(a_server_that_does_not_resync_is_found_out),
        cmocka_unit_test(somebody_shown_aside_is_wrong_for_all),
        cmocka_unit_test(a_delta_left_out_is_an_error_with_and_without_pictures),
        cmocka_unit_test(being_refused_for_ever_ends_with_advice),
        cmocka_unit_test(a_server_that_hangs_up_ends_the_run_with_a_sentence),
        cmocka_unit_test(an_interrupt_ends_the_run_at_once),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/run", tests, block_signals, NULL);
}
