#include "swarm/run.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/assert.h"
#include "base/clock.h"
#include "swarm/review.h"
#include "swarm/server_load.h"
#include "swarm/thread_load.h"
#include "swarm/totals.h"
#include "swarm/troop.h"

enum {
    WATCHERS = 200,
    ENTERING_MAX = 128,
    WAIT_MS = 50,
};

const struct run_pace run_pace_preset = {.warm_up_s = 2,
                                         .settle_s = 3,
                                         .quiet_s = 1.2,
                                         .restless_s = 20,
                                         .refused_s = 30,
                                         .fill_up_s = 90,
                                         .leave_s = 4};

static const double ENTER_LEAST_S = 60, ENTER_S_A_CLIENT = 0.02, GATHER_MAX_S = 120;

struct run {
    const struct run_plan *plan;
    struct crowd crowd;
    struct course course;
    pthread_barrier_t barrier;
    struct troop *troops;
    uint32_t troop_count;
    struct report *report;
    struct server_load empty; // before anyone came
    uint64_t started_us, told_us;
    uint64_t told_frames, told_bytes;
    bool interrupted;
};

// --- counting
// --------------------------------------------------------------------------------------------

static struct totals totals_now(const struct run *run)
{
    return totals_of(run->troops, run->troop_count);
}

static double cpu_seconds(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

static void loads_read(const struct run *run, struct thread_load *out)
{
    for (uint32_t i = 0; i < run->troop_count; i++) {
        const struct troop *troop = &run->troops[i];
        int32_t id = atomic_load_explicit(&troop->thread_id, memory_order_relaxed);
        out[i] = thread_load_read(troop->thread, id);
    }
}

// Of the thread that had the least time to spare.
static void loads_report(const struct run *run, const struct thread_load *before,
                         const struct thread_load *after, struct report *report)
{
    struct thread_load most = {0};
    for (uint32_t i = 0; i < run->troop_count; i++) {
        struct thread_load load = {.worked_s = after[i].worked_s - before[i].worked_s,
                                   .waited_s = after[i].waited_s - before[i].waited_s};
        if (load.worked_s + load.waited_s > most.worked_s + most.waited_s)
            most = load;
    }
    report->thread_worked_s = most.worked_s;
    report->thread_waited_s = most.waited_s;
}

// The first sentence that any thread has to say, or a general one.
static bool fail_with_trouble(const struct run *run, struct error *err, const char *what)
{
    for (uint32_t i = 0; i < run->troop_count; i++)
        if (atomic_load_explicit(&run->troops[i].scene.has_trouble, memory_order_acquire))
            return fail(err, ERR_UNAVAILABLE, "%s: first, %.140s", what,
                        run->troops[i].scene.trouble.text);
    return fail(err, ERR_UNAVAILABLE, "%s", what);
}

// --- waiting
// ---------------------------------------------------------------------------------------------

static double seconds_since(uint64_t then_us)
{
    return (double)(clock_now_us(&clock_system) - then_us) * 1e-6;
}

static void progress_tell(struct run *run, const char *phase, const struct totals *totals)
{
    double seconds = seconds_since(run->told_us);
    if (seconds < 1)
        return;
    fprintf(stderr, "%-9s %4.0f s  %6u here  %5u away  %4u lost  %8.0f frames/s  %7.2f MB/s\n",
            phase, seconds_since(run->started_us), totals->people[PERSON_HERE], totals->away,
            totals->people[PERSON_LOST], (double)(totals->frames - run->told_frames) / seconds,
            (double)(totals->bytes - run->told_bytes) / seconds / 1e6);
    run->told_us = clock_now_us(&clock_system);
    run->told_frames = totals->frames;
    run->told_bytes = totals->bytes;
}

// Lets a moment pass, tells how it goes, and returns the counts.
static struct totals moment_pass(struct run *run, const char *phase)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    struct timespec wait = {.tv_nsec = WAIT_MS * 1000000L};
    if (sigtimedwait(&signals, NULL, &wait) > 0) {
        fprintf(stderr, "%s\n", run->interrupted ? "ending at once" : "ending early");
        // Who asks twice does not want to wait for a check.
        if (run->interrupted)
            exit(1);
        run->interrupted = true;
    }
    struct totals totals = totals_now(run);
    progress_tell(run, phase, &totals);
    return totals;
}

static void phase_set(struct run *run, enum course_phase phase)
{
    atomic_store_explicit(&run->course.phase, phase, memory_order_release);
}

// --- phases
// ----------------------------------------------------------------------------------------------

// Whether there is still anybody to wait for, people or burdens.
static bool is_coming(const struct run *run, const struct totals *totals)
{
    return totals_to_come(totals) > 0 || totals->burdens_came < course_burdens(&run->course);
}

// False when there is no sense in waiting any longer.
static bool entering_goes_on(const struct run *run, const struct totals *totals, struct error *err)
{
    double share_s = ENTER_S_A_CLIENT * (run->course.clients + course_burdens(&run->course)) +
                     run->course.arrive_s;
    double entering_s = seconds_since(run->started_us);
    if (totals->people[PERSON_LOST] > 0 && totals->people[PERSON_HERE] == 0)
        return fail_with_trouble(run, err, "lost every connection while people came in");
    if (!is_coming(run, totals))
        return true;
    if (totals->rate_refusals > 0 && entering_s > run->plan->pace.refused_s + share_s)
        return fail(err, ERR_RATE_LIMITED,
                    "the server let in %u of %u and told the others to wait (429) for %.0f s: it "
                    "limits what comes from one address; start it with --no-address-limits for a "
                    "load test",
                    totals->welcomed, run->course.clients, entering_s);
    if (entering_s > ENTER_LEAST_S + share_s)
        return fail_with_trouble(run, err, "not everyone could come in in time");
    return true;
}

static bool run_come_in(struct run *run, struct error *err)
{
    struct totals totals;
    do {
        totals = moment_pass(run, "entering");
        if (!entering_goes_on(run, &totals, err))
            return false;
    } while (!run->interrupted && is_coming(run, &totals));
    if (run->interrupted)
        return fail(err, ERR_UNAVAILABLE, "interrupted before everyone was in");
    run->report->connect_s = (double)(totals.last_welcome_us - run->started_us) * 1e-6;
    return totals.welcomed > 0 || fail_with_trouble(run, err, "nobody could come in");
}

// Everyone comes in and goes to their place. True when there is a crowd to go on with.
static bool run_enter(struct run *run, struct error *err)
{
    if (!run_come_in(run, err))
        return false;
    struct totals totals = totals_now(run);
    uint64_t entered_us = clock_now_us(&clock_system);
    while (!run->interrupted && totals.away + totals_to_come(&totals) > 0 &&
           seconds_since(entered_us) < GATHER_MAX_S)
        totals = moment_pass(run, "gathering");
    if (totals.away > 0)
        fprintf(stderr, "%u people are still on the way to their places\n", totals.away);
    if (totals.people[PERSON_HERE] + totals_to_come(&totals) == 0)
        return fail_with_trouble(run, err, "lost every connection while people gathered");
    return !run->interrupted ||
           fail(err, ERR_UNAVAILABLE, "interrupted before the crowd was in place");
}

// Passes time until `seconds` are over; false when the crowd is gone before.
static bool time_pass(struct run *run, const char *phase, double seconds)
{
    uint64_t from_us = clock_now_us(&clock_system);
    while (!run->interrupted && seconds_since(from_us) < seconds) {
        struct totals totals = moment_pass(run, phase);
        if (totals.people[PERSON_HERE] == 0 && totals_to_come(&totals) == 0)
            return false;
    }
    return true;
}

static void report_between(struct report *report, const struct totals *first,
                           const struct totals *last)
{
    report->frames = last->frames - first->frames;
    report->bytes = last->bytes - first->bytes;
    report->updates = last->updates - first->updates;
    report->moves = last->moves - first->moves;
    report->hostile_bytes = last->hostile_bytes - first->hostile_bytes;
    for (int kind = 0; kind < BURDEN_KINDS; kind++)
        report->thrown_out[kind] = last->thrown_out[kind] - first->thrown_out[kind];
}

// The measured time itself. False when the crowd was gone before its end.
static bool run_measure(struct run *run)
{
    struct report *report = run->report;
    struct thread_load loads_before[SETTINGS_THREADS_MAX] = {0};
    struct thread_load loads_after[SETTINGS_THREADS_MAX] = {0};
    struct totals first = totals_now(run);
    double cpu_s = cpu_seconds();
    loads_read(run, loads_before);
    uint64_t from_us = clock_now_us(&clock_system);
    atomic_store(&run->course.measured_until_us, UINT64_MAX);
    atomic_store(&run->course.measured_from_us, from_us);
    report->connected = first.people[PERSON_HERE];

    bool stayed = time_pass(run, "measuring", run->plan->settings->seconds);

    uint64_t until_us = clock_now_us(&clock_system);
    atomic_store(&run->course.measured_until_us, until_us);
    struct totals last = totals_now(run);
    report->swarm_cpu_s = cpu_seconds() - cpu_s;
    loads_read(run, loads_after);
    loads_report(run, loads_before, loads_after, report);
    report->measured_s = (double)(until_us - from_us) * 1e-6;
    report_between(report, &first, &last);
    return stayed;
}

static bool run_walk(struct run *run, struct error *err)
{
    struct server_load before, after;
    atomic_store(&run->course.walking_from_us, clock_now_us(&clock_system));
    phase_set(run, COURSE_WALK);
    if (!time_pass(run, "walking", run->plan->pace.warm_up_s))
        return fail_with_trouble(run, err, "lost every connection");
    server_load_read(run->plan->target, &before);
    if (!run_measure(run))
        return fail_with_trouble(run, err, "lost every connection");
    server_load_read(run->plan->target, &after);
    server_load_report(&run->empty, &before, &after, run->report);
    return true;
}

// Who is on the way in somebody's stead, or on the way back, comes in before the crowd stops.
static void run_fill_up(struct run *run)
{
    uint64_t from_us = clock_now_us(&clock_system);
    double most_s = run->plan->pace.fill_up_s + ENTER_S_A_CLIENT * run->course.clients;
    struct totals totals;
    do
        totals = moment_pass(run, "filling up");
    while (totals_to_come(&totals) + totals.people[PERSON_LEAVING] + totals.away > 0 &&
           seconds_since(from_us) < most_s && !run->interrupted);
    run->report->connected = totals.people[PERSON_HERE];
}

// A server, or a swarm, that is behind needs longer; strangers who walk about never let it come to
// rest.
static bool is_at_rest(const struct run_pace *pace, uint64_t from_us, const struct totals *totals)
{
    double stood_s = seconds_since(from_us);
    bool quiet = seconds_since(totals->last_news_us) >= pace->quiet_s;
    return stood_s >= pace->restless_s || (stood_s >= pace->settle_s && quiet);
}

// Everyone stands still until there is no news of anyone.
static void run_settle(struct run *run)
{
    phase_set(run, COURSE_STOP);
    uint64_t from_us = clock_now_us(&clock_system);
    struct totals totals;
    do
        totals = moment_pass(run, "settling");
    while (!is_at_rest(&run->plan->pace, from_us, &totals));
    if (totals.last_news_us > from_us)
        run->report->settle_s = (double)(totals.last_news_us - from_us) * 1e-6;
}

static void troop_tell(const struct troop *troop, struct review *review)
{
    for (uint32_t i = 0; i < troop->count; i++) {
        const struct person *person = &troop->people[i];
        if (person->id)
            review_tell(review, person->instance, person->id, &person->sent,
                        person->state == PERSON_HERE);
    }
}

static void troop_tell_gone(const struct troop *troop, struct review *review, uint64_t now_us)
{
    const struct departed *departed = &troop->scene.departed;
    for (uint32_t i = 0; departed->rows && i < DEPARTED_ROWS; i++) {
        const struct departed_row *row = &departed->rows[i];
        if (row->id && !departed_may_linger(row, now_us))
            review_tell_gone(review, row->instance, row->id);
    }
}

static void troop_review(const struct troop *troop, struct review *review)
{
    for (uint32_t i = 0; i < troop->count; i++) {
        const struct person *person = &troop->people[i];
        if (person->view.picture && person->state == PERSON_HERE)
            review_picture(review, person->instance, person->view.picture, person->id);
    }
}

static void review_report(const struct run *run, struct report *report)
{
    uint32_t anomalies;
    report->check = review_result(run->course.review, &anomalies);
    report->audited = (uint32_t)report->check.pictures - report->checked;
    report->anomalies = anomalies;
}

// The pictures that were kept all the time; the threads wait meanwhile. Goes on with COURSE_AUDIT.
static void run_check(struct run *run)
{
    phase_set(run, COURSE_HOLD);
    pthread_barrier_wait(&run->barrier);
    for (uint32_t i = 0; i < run->troop_count; i++)
        troop_tell(&run->troops[i], run->course.review);
    uint64_t now_us = clock_now_us(&clock_system);
    for (uint32_t i = 0; i < run->troop_count; i++)
        troop_tell_gone(&run->troops[i], run->course.review, now_us);
    for (uint32_t i = 0; i < run->troop_count; i++)
        troop_review(&run->troops[i], run->course.review);
    uint32_t anomalies;
    run->report->checked = (uint32_t)review_result(run->course.review, &anomalies).pictures;
    phase_set(run, COURSE_AUDIT);
    pthread_barrier_wait(&run->barrier);
}

static bool is_audited(const struct run *run)
{
    for (uint32_t i = 0; i < run->troop_count; i++)
        if (!atomic_load_explicit(&run->troops[i].scene.tally.audited, memory_order_acquire))
            return false;
    return true;
}

// The pictures of all others. Each has its time limit, so this comes to an end whatever the server
// does.
static void run_audit(struct run *run)
{
    uint64_t from_us = clock_now_us(&clock_system);
    while (!is_audited(run))
        moment_pass(run, "auditing");
    run->report->audit_s = seconds_since(from_us);
    review_report(run, run->report);
}

static void run_leave(struct run *run)
{
    phase_set(run, COURSE_LEAVE);
    uint64_t from_us = clock_now_us(&clock_system);
    struct totals totals;
    do
        totals = moment_pass(run, "leaving");
    while (totals.people[PERSON_HERE] + totals.people[PERSON_LEAVING] > 0 &&
           seconds_since(from_us) < run->plan->pace.leave_s);
    if (run->report->measured_s > 0) {
        struct server_load left;
        server_load_read(run->plan->target, &left);
        server_load_report_left(&left, run->report);
    }
}

// --- life
// ------------------------------------------------------------------------------------------------

static void course_init(struct run *run)
{
    const struct settings *settings = run->plan->settings;
    crowd_init(&run->crowd, &(struct crowd_settings){
                                .pattern = settings->pattern,
                                .people = (uint32_t)settings->clients,
                                .moving = settings->moving,
                                .steps_per_second = (uint32_t)settings->rate,
                                .seed = (uint64_t)settings->seed,
                                .bounds = run->plan->bounds,
                            });
    run->course = (struct course){
        .target = run->plan->target,
        .crowd = &run->crowd,
        .world = settings->world,
        .clients = (uint32_t)settings->clients,
        .pictured = settings->pictured,
        .picture_capacity = run_picture_capacity(run->plan),
        .audit_seats = (settings->audit_seats + run->troop_count - 1) / run->troop_count,
        .rate = (uint32_t)settings->rate,
        .arrive_s = settings->arrive,
        .churn = settings->churn / run->troop_count,
        .pictured_stay = settings->pictured <= settings->clients / 2,
        .returns = settings->returns,
        .burdens = {(uint32_t)settings->stalled, (uint32_t)settings->slow,
                    (uint32_t)settings->garbage},
        .started_us = run->started_us,
        .entering_max = settings->arrive > 0
                            ? UINT32_MAX
                            : (ENTERING_MAX + run->troop_count - 1) / run->troop_count,
        .watchers = (WATCHERS + run->troop_count - 1) / run->troop_count,
        .seed = (uint64_t)settings->seed,
        .review = review_create(),
        .barrier = &run->barrier,
        .measured_from_us = UINT64_MAX,
        .measured_until_us = 0,
    };
}

static bool troops_start(struct run *run, struct error *err)
{
    for (uint32_t i = 0; i < run->troop_count; i++)
        if (!troop_init(&run->troops[i], &run->course, i, run->troop_count, err))
            return false;
    for (uint32_t i = 0; i < run->troop_count; i++)
        if (!troop_start(&run->troops[i], err))
            return false;
    return true;
}

static void report_people(struct report *report, const struct totals *totals)
{
    report->disconnects = totals->people[PERSON_LOST];
    report->errors = totals->errors + report->anomalies;
    report->corrections = totals->corrections;
    if (report->measured_s == 0)
        report->connected = totals->people[PERSON_HERE];
    report->bytes_most = totals->bytes_most;
    report->joins = totals->joins;
    report->leaves = totals->leaves;
    report->cuts = totals->cuts;
    report->drops = totals->drops;
    report->returned = totals->returned;
    report->resumed = totals->resumed;
    report->returned_anew = totals->returned_anew;
    if (totals->last_return_us > totals->first_drop_us)
        report->return_s = (double)(totals->last_return_us - totals->first_drop_us) * 1e-6;
    report->burdens_came = totals->burdens_came;
    report->burdens_came_back = totals->burdens_came_back;
}

static bool run_phases(struct run *run, struct error *err)
{
    server_load_read(run->plan->target, &run->empty);
    if (!troops_start(run, err))
        return false;
    bool good = run_enter(run, err) && run_walk(run, err);
    if (good) {
        if (run->course.churn > 0 || run->course.returns)
            run_fill_up(run);
        run_settle(run);
        run_check(run);
        run_audit(run);
    }
    struct totals totals = totals_now(run);
    report_people(run->report, &totals);
    run_leave(run);
    return good;
}

uint32_t run_picture_capacity(const struct run_plan *plan)
{
    // Who goes without a goodbye, or is thrown out, is still shown for half a minute.
    enum { NEWCOMERS = 64, ENTITIES_MAX = 65536, LINGER_S = 35, COMEBACKS_A_SECOND = 100 };
    const struct settings *settings = plan->settings;
    int64_t burdens = settings->stalled + settings->slow + settings->garbage;
    int64_t lingering = (int64_t)settings->churn * LINGER_S;
    if (burdens > 0)
        lingering += COMEBACKS_A_SECOND * LINGER_S;
    uint64_t people =
        (uint64_t)(settings->clients + burdens + lingering) + plan->strangers + NEWCOMERS;
    return people < ENTITIES_MAX ? (uint32_t)people : ENTITIES_MAX;
}

bool run_perform(const struct run_plan *plan, struct report *out, struct error *err)
{
    struct run run = {
        .plan = plan,
        .troop_count = (uint32_t)plan->settings->threads,
        .report = out,
        .started_us = clock_now_us(&clock_system),
    };
    ASSERT(run.troop_count <= SETTINGS_THREADS_MAX);
    run.told_us = run.started_us;
    *out = (struct report){.clients = (uint32_t)plan->settings->clients,
                           .arrive_s = plan->settings->arrive,
                           .churned = plan->settings->churn > 0,
                           .returns = plan->settings->returns};
    course_init(&run);
    memcpy(out->burdens, run.course.burdens, sizeof out->burdens);
    pthread_barrier_init(&run.barrier, NULL, run.troop_count + 1);
    run.troops = calloc(run.troop_count, sizeof *run.troops);
    ASSERT(run.troops);
    bool good = run_phases(&run, err);
    phase_set(&run, COURSE_END);
    for (uint32_t i = 0; i < run.troop_count; i++) {
        troop_join(&run.troops[i]);
        latency_merge(&out->latency, &run.troops[i].scene.latency);
        latency_merge(&out->entry, &run.troops[i].scene.entry);
        if (run.troops[i].scene.pulse.longest_us > out->pulse_us)
            out->pulse_us = run.troops[i].scene.pulse.longest_us;
        troop_done(&run.troops[i]);
    }
    free(run.troops);
    review_destroy(run.course.review);
    pthread_barrier_destroy(&run.barrier);
    return good;
}
