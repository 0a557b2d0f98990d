// run: one run from the first ticket to the last goodbye, phase by phase.
//
// Owner: the main thread, which only waits, counts and asks the server's metrics; the people live
// in the troops' threads. SIGINT and SIGTERM must be blocked in all threads: the run takes them in,
// and ends early.
#pragma once

#include <stdbool.h>

#include "swarm/crowd.h"
#include "swarm/report.h"
#include "swarm/settings.h"
#include "swarm/target.h"

// How long the unmeasured parts take.
struct run_pace {
    double warm_up_s;  // walking unmeasured: nobody times the crowd's first steps
    double settle_s;   // standing before pictures are checked, at least
    double quiet_s;    // without news, after which they are at rest; more than far cells' second
    double restless_s; // standing, after which they are checked even if news still comes
    double refused_s;  // being told to wait (429), before that is taken for a limit
    double fill_up_s;  // after churn, or a return: until all are in again, at most
    double leave_s;    // saying goodbye
};

extern const struct run_pace run_pace_preset;

struct run_plan {
    const struct settings *settings;
    const struct target *target;
    struct crowd_area bounds; // of the world
    uint32_t strangers;       // people who are there already
    struct run_pace pace;
};

// How many people each picture must hold.
uint32_t run_picture_capacity(const struct run_plan *plan);

// Fills the report as far as the run came. False when it could not go its way, with the reason in
// `err`; the report is true of what happened until then.
MUST_CHECK bool run_perform(const struct run_plan *plan, struct report *out, struct error *err);
