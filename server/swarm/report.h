// report: what a run found, as a table for people and as one JSON object for programs. Pure.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "swarm/check.h"
#include "swarm/latency.h"
#include "swarm/scene.h"

struct report {
    // Asked for; and in when the measured phase began, or, where people go and come, when the
    // crowd stopped.
    uint32_t clients, connected;
    double connect_s;                       // until the last one was in
    double measured_s;                      // 0: it did not come to that
    uint64_t frames, bytes, updates, moves; // in that time
    uint64_t bytes_most;                    // to one person, of those here all the time
    double arrive_s;                        // within which all were asked to set out; 0: not asked
    struct latency entry;                   // from each one's setting out to their being in
    uint64_t pulse_us;                      // the server's longest tick, as seen here
    bool churned, returns;                  // asked for
    uint32_t joins, leaves, cuts;           // of churn
    uint32_t drops, returned, resumed, returned_anew; // of connections that the server ended
    double return_s;                                  // from the first drop to the last return
    uint32_t burdens[BURDEN_KINDS];                   // asked for
    uint32_t burdens_came, burdens_came_back;         // for the first time, and again
    uint32_t thrown_out[BURDEN_KINDS];                // in the measured time
    uint64_t hostile_bytes;                           // in the measured time
    double settle_s; // from the last step until pictures had come to rest
    struct latency latency;
    struct check_tally check;  // of all pictures; none: it did not come to that
    uint32_t checked, audited; // those kept all the time, and those made at the end
    double audit_s;            // how long it took to make those
    uint32_t disconnects, errors, corrections;
    uint32_t anomalies; // of the errors: changes that pictures could make no sense of
    bool has_server_cpu, has_server_memory, has_tick, has_tick_bound;
    double server_cpu_s, server_memory_bytes, tick_p50_ms, tick_p99_ms;
    double tick_bound_ms; // that the longest tick did not exceed
    // The server's before anyone came, and when all had left; the kernel's for sockets, more than
    // before anyone came, of both ends.
    bool has_empty_memory, has_left_memory, has_socket_memory;
    double empty_memory_bytes, left_memory_bytes, socket_memory_bytes;
    double swarm_cpu_s;
    // Of measured_s, the swarm's busiest thread worked, and was ready to work without a core.
    double thread_worked_s, thread_waited_s;
};

// Everyone came in and stayed, and was shown the truth.
bool report_is_good(const struct report *report);

void report_write_json(const struct report *report, struct buffer *out); // one line
void report_write_table(const struct report *report, struct buffer *out);
