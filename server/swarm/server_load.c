#include "swarm/server_load.h"

#include <math.h>
#include <stdio.h>

#include "swarm/socket_memory.h"

enum { METRICS_TIMEOUT_MS = 5000 };

void server_load_read(const struct target *target, struct server_load *out)
{
    struct buffer text = {0};
    struct error why;
    *out = (struct server_load){0};
    if (target_get(target, "/metrics", METRICS_TIMEOUT_MS, &text, &why))
        server_metrics_parse((const char *)text.bytes, text.size, &out->metrics);
    else
        fprintf(stderr, "the server's own numbers are missing: %s\n", why.text);
    buffer_done(&text);
    out->has_sockets = target_is_loopback(target) && socket_memory_now(&out->socket_bytes);
}

void server_load_report(const struct server_load *empty, const struct server_load *before,
                        const struct server_load *after, struct report *report)
{
    const struct server_metrics *from = &before->metrics, *to = &after->metrics;
    // A process that used less than before is another one.
    report->has_server_cpu = from->has_cpu && to->has_cpu && to->cpu_s >= from->cpu_s;
    report->server_cpu_s = to->cpu_s - from->cpu_s;
    report->has_server_memory = to->has_memory;
    report->server_memory_bytes = to->memory_bytes;
    report->has_empty_memory = empty->metrics.has_memory;
    report->empty_memory_bytes = empty->metrics.memory_bytes;
    report->has_tick = server_metrics_tick_ms(from, to, 0.5, &report->tick_p50_ms) &&
                       server_metrics_tick_ms(from, to, 0.99, &report->tick_p99_ms);
    report->has_tick_bound = server_metrics_longest_ms(from, to, &report->tick_bound_ms);
    report->has_socket_memory = empty->has_sockets && after->has_sockets;
    // Others on this machine may have given back more than the people took.
    report->socket_memory_bytes = fmax(after->socket_bytes - empty->socket_bytes, 0);
}

void server_load_report_left(const struct server_load *left, struct report *report)
{
    report->has_left_memory = left->metrics.has_memory;
    report->left_memory_bytes = left->metrics.memory_bytes;
}
