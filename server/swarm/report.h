// report: what a run found, as a table for people and as one JSON object for programs. Pure.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "swarm/check.h"
#include "swarm/latency.h"

struct report {
    uint32_t clients, connected;            // asked for, and in when the measured phase began
    double connect_s;                       // until the last one was in
    double measured_s;                      // 0: it did not come to that
    uint64_t frames, bytes, updates, moves; // in that time
    double settle_s;                        // from the last step until pictures had come to rest
    struct latency latency;
    struct check_tally check;  // of all pictures; none: it did not come to that
    uint32_t checked, audited; // those kept all the time, and those made at the end
    double audit_s;            // how long it took to make those
    uint32_t disconnects, errors, corrections;
    uint32_t anomalies; // of the errors: changes that pictures could make no sense of
    bool has_server_cpu, has_server_memory, has_tick;
    double server_cpu_s, server_memory_bytes, tick_p50_ms, tick_p99_ms;
    double swarm_cpu_s;
    // Of measured_s, the swarm's busiest thread worked, and was ready to work without a core.
    double thread_worked_s, thread_waited_s;
};

// Everyone came in and stayed, and was shown the truth.
bool report_is_good(const struct report *report);

void report_write_json(const struct report *report, struct buffer *out); // one line
void report_write_table(const struct report *report, struct buffer *out);
