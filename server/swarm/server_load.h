// server_load: what the people cost the server: its own numbers and this machine's, before anyone
// came, before and after the measured time, and when everyone has left.
//
// Owner: the run's thread, which waits for /metrics.
#pragma once

#include <stdbool.h>

#include "swarm/report.h"
#include "swarm/server_metrics.h"
#include "swarm/target.h"

struct server_load {
    struct server_metrics metrics;
    bool has_sockets; // the server is on this machine, and the kernel tells
    double socket_bytes;
};

void server_load_read(const struct target *target, struct server_load *out);

// Of the measured time.
void server_load_report(const struct server_load *empty, const struct server_load *before,
                        const struct server_load *after, struct report *report);
// Of the time when everyone had left.
void server_load_report_left(const struct server_load *left, struct report *report);
