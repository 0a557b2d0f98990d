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

// What a test asks for beside the usual.
struct wishes {
    int64_t stalled, slow, garbage;
    double churn, arrive, settle_s;
    bool returns;
    enum crowd_pattern pattern;
};

static struct settings settings_of(const char *url, const struct wishes *wishes)
{
    return (struct settings){.url = url,
                             .world = "plaza",
                             .clients = PEOPLE,
                             .rate = 10,
                             .seed = 1,
                             .seconds = 1,
                             .moving = 0.5,
                             .pattern = wishes->pattern,
                             .stalled = wishes->stalled,
                             .slow = wishes->slow,
                             .garbage = wishes->garbage,
                             .churn = wishes->churn,
                             .arrive = wishes->arrive,
                             .returns = wishes->returns};
}

static void visit_wishing(struct fake_faults faults, int64_t threads, uint32_t pictured,
                          struct wishes wishes)
{
    struct fake_server *server = fake_server_start(faults, PEOPLE);
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%u", fake_server_port(server));
    struct target target;
    memset(&outcome, 0, sizeof outcome);
    assert_true(target_parse(url, &target, &outcome.err));
    assert_true(target_resolve(&target, false, &outcome.err));
    struct settings settings = settings_of(url, &wishes);
    settings.threads = threads;
    settings.pictured = pictured;
    settings.audit_seats = PEOPLE > pictured ? AUDIT_SEATS : 0;
    struct run_plan plan = {.settings = &settings,
                            .target = &target,
                            .bounds = {-12000, -12000, 12000, 12000},
                            .pace = {.warm_up_s = 1.2,
                                     .settle_s = wishes.settle_s > 0 ? wishes.settle_s : 0.5,
                                     .quiet_s = 0.3,
                                     .restless_s = 4,
                                     .refused_s = 1.5,
                                     .fill_up_s = 10,
                                     .leave_s = 2}};
    outcome.done = run_perform(&plan, &outcome.report, &outcome.err);
    target_done(&target);
    outcome.moves = fake_server_stop(server);
}

static void visit(struct fake_faults faults, int64_t threads, uint32_t pictured)
{
    visit_wishing(faults, threads, pictured, (struct wishes){0});
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

static void others_come_in_the_stead_of_those_who_go(void **state)
{
    visit_wishing((struct fake_faults){0}, 1, 4, (struct wishes){.churn = 12});
    assert_true(outcome.done);
    const struct report *report = &outcome.report;
    assert_in_range(report->joins, 8, 14);
    assert_int_equal(report->joins, report->leaves + report->cuts);
    assert_int_equal(report->cuts, report->joins / 4);
    assert_int_equal(report->check.pictures, PEOPLE);
    // Who keeps a picture stayed.
    assert_int_equal(report->checked, 4);
    assert_true(report_is_good(report));
}

static void who_said_goodbye_and_is_still_shown_is_found(void **state)
{
    visit_wishing((struct fake_faults){.keep_who_left = true}, 2, 4,
                  (struct wishes){.churn = 8, .settle_s = 3.3});
    assert_true(outcome.done);
    assert_true(outcome.report.leaves >= 3);
    // Goodbyes are looked for in everyone's picture; cuts may linger longer than this test.
    assert_int_equal(outcome.report.check.gone, outcome.report.leaves * PEOPLE);
    assert_string_equal(outcome.report.check.first.fault, "gone, and still shown");
    assert_false(report_is_good(&outcome.report));
}

static void who_is_dropped_comes_back_with_their_token(void **state)
{
    visit_wishing((struct fake_faults){.drop_all_once = true}, 1, 6,
                  (struct wishes){.returns = true});
    assert_true(outcome.done);
    assert_int_equal(outcome.report.drops, PEOPLE);
    assert_int_equal(outcome.report.returned, PEOPLE);
    assert_int_equal(outcome.report.resumed, 0); // the made-up server begins them anew
    assert_int_equal(outcome.report.returned_anew, 0);
    assert_true(outcome.report.return_s > 0);
    assert_int_equal(outcome.report.disconnects, 0);
    assert_true(report_is_good(&outcome.report));
}

static void burdens_come_in_beside_the_people_and_are_no_fault(void **state)
{
    visit_wishing((struct fake_faults){0}, 2, 4,
                  (struct wishes){.stalled = 2, .slow = 2, .garbage = 6});
    assert_true(outcome.done);
    const struct report *report = &outcome.report;
    assert_int_equal(report->burdens_came, 10);
    assert_true(report->burdens_came_back > 0);
    assert_true(report->hostile_bytes > 1000);
    // Moves that nobody would take from them are seen as strangers', at most.
    assert_true(report->check.strangers > 0);
    assert_int_equal(report->check.missing + report->check.wrong, 0);
    assert_int_equal(report->connected, PEOPLE);
    assert_true(report_is_good(report));
}

static void all_set_out_within_the_time_asked_for(void **state)
{
    visit_wishing((struct fake_faults){0}, 1, PEOPLE, (struct wishes){.arrive = 1});
    assert_true(outcome.done);
    // The last of twelve sets out after eleven twelfths.
    assert_true(outcome.report.connect_s > 0.9);
    assert_int_equal(outcome.report.entry.count, PEOPLE);
    assert_true(outcome.report.entry.max_us < 900000);
    assert_true(report_is_good(&outcome.report));
}

static void a_crowd_that_stands_still_is_checked_too(void **state)
{
    visit_wishing((struct fake_faults){0}, 1, 4, (struct wishes){.pattern = CROWD_STILL});
    assert_true(outcome.done);
    assert_int_equal(outcome.report.moves, 0);
    assert_int_equal(outcome.report.latency.count, 0);
    assert_int_equal(outcome.report.check.pictures, PEOPLE);
    assert_true(report_is_good(&outcome.report));
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
        cmocka_unit_test(others_come_in_the_stead_of_those_who_go),
        cmocka_unit_test(who_said_goodbye_and_is_still_shown_is_found),
        cmocka_unit_test(who_is_dropped_comes_back_with_their_token),
        cmocka_unit_test(burdens_come_in_beside_the_people_and_are_no_fault),
        cmocka_unit_test(all_set_out_within_the_time_asked_for),
        cmocka_unit_test(a_crowd_that_stands_still_is_checked_too),
        cmocka_unit_test(an_interrupt_ends_the_run_at_once),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/run", tests, block_signals, NULL);
}
