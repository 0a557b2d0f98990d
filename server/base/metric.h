// metric: the numbers an operator reads on /metrics (Prometheus text format 0.0.4).
//
// A room declares its metrics as static structs and registers them once at start-up; updates are
// relaxed atomics from any thread. Names start with `flux_`; units are base units (seconds, bytes).
#pragma once

#include <stdatomic.h>
#include <stdint.h>

struct buffer;

enum metric_kind { METRIC_COUNTER, METRIC_GAUGE };

struct metric {
    const char *name; // "flux_hub_frames_total"
    const char
        *labels; // "" or "level=\"near\"": rows of one name stand together, help is the first's
    const char *help;
    enum metric_kind kind;
    _Atomic int64_t value;
    double scale; // printed value = value * scale; 0 means 1 (microseconds counted, seconds
                  // printed: 1e-6)
    struct metric *next;
};

enum { METRIC_BUCKETS_MAX = 16 };

struct metric_histogram {
    const char *name, *labels, *help;
    double scale;
    int bucket_count;
    int64_t upper[METRIC_BUCKETS_MAX]; // ascending, in unscaled units; +Inf is implied
    _Atomic int64_t counts[METRIC_BUCKETS_MAX + 1];
    _Atomic int64_t sum;
    struct metric_histogram *next;
};

// At start-up, before other threads run. The structs live as long as the process.
void metric_register(struct metric *metric);
void metric_register_histogram(struct metric_histogram *histogram);

static inline void metric_add(struct metric *metric, int64_t delta)
{
    atomic_fetch_add_explicit(&metric->value, delta, memory_order_relaxed);
}

static inline void metric_set(struct metric *metric, int64_t value)
{
    atomic_store_explicit(&metric->value, value, memory_order_relaxed);
}

static inline int64_t metric_get(const struct metric *metric)
{
    return atomic_load_explicit(&metric->value, memory_order_relaxed);
}

void metric_observe(struct metric_histogram *histogram, int64_t value);

// Appends the whole exposition, process metrics (CPU, memory, descriptors, threads, start time)
// included.
void metric_write_all(struct buffer *out);
