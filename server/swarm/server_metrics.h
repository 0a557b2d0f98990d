// server_metrics: what the server under test says of itself on /metrics (Prometheus text 0.0.4).
// Pure.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SERVER_METRICS_BUCKETS_MAX = 64 };

struct server_metrics {
    bool has_cpu, has_memory;
    double cpu_s, memory_bytes;
    // The tick's duration, all rows of other labels added up: cumulative counts below each bound,
    // +Inf last.
    uint32_t bucket_count;
    double upper_s[SERVER_METRICS_BUCKETS_MAX];
    double cumulative[SERVER_METRICS_BUCKETS_MAX];
};

// Lines that are not wanted or not well formed are passed over; what was not found stays unset.
void server_metrics_parse(const char *text, size_t size, struct server_metrics *out);

// The upper bound of the bucket that the longest of them was in; false as below, and when that
// bucket has none.
bool server_metrics_longest_ms(const struct server_metrics *before,
                               const struct server_metrics *after, double *out_ms);

// The duration that the share `quantile` of the ticks between two readings did not exceed,
// interpolated within its bucket. False when there were no ticks, or the readings do not fit each
// other.
bool server_metrics_tick_ms(const struct server_metrics *before, const struct server_metrics *after,
                            double quantile, double *out_ms);
