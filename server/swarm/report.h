// report: what a run found, as a table for people and as one JSON object for programs. Pure.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "swarm/check.h"
#include "swarm/latency.h"

struct report {
    uint32_t clients, connected; // asked for, and in when the measured phase began
    uint32_t pictured;
    double connect_s;                       // until the last one was in
    double measured_s;                      // 0: it did not come to that
    uint64_t frames, bytes, updates, moves; // in that time
    double settle_s;                        // from the last step until pictures had come to rest
    uint32_t threads;
    struct latency latency;
    struct check_tally check; // no pictures: it did not come to that
    uint32_t disconnects, errors, corrections;
    bool has_server_cpu, has_server_memory, has_tick;
    double server_cpu_s, server_memory_bytes, tick_p50_ms, tick_p99_ms;
    double swarm_cpu_s;
};

// Everyone came in and stayed, and all pictures that were to be checked showed the truth.
bool report_is_good(const struct report *report);

void report_write_json(const struct report *report, struct buffer *out); // one line
void report_write_table(const struct report *report, struct buffer *out);
