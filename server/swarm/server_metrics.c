#include "swarm/server_metrics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char CPU[] = "flux_process_cpu_seconds_total";
static const char MEMORY[] = "flux_process_resident_memory_bytes";
static const char TICK[] = "flux_hub_tick_duration_seconds_bucket";

enum { LINE_BYTES_MAX = 512 };

struct sample {
    char text[LINE_BYTES_MAX]; // the line; name and labels are cut out of it
    char *name, *labels;       // labels: "" or what stands between the braces
    double value;
};

static bool number_read(const char *text, double *out)
{
    char *end;
    *out = strtod(text, &end);
    return end != text && (*end == 0 || *end == ' ' || *end == '\t' || *end == '"');
}

static bool sample_read(const char *line, size_t length, struct sample *out)
{
    if (length == 0 || length >= sizeof out->text || line[0] == '#')
        return false;
    memcpy(out->text, line, length);
    out->text[length] = 0;
    out->name = out->labels = out->text;
    char *after = out->text + strcspn(out->text, "{ \t");
    if (*after == '{') {
        out->labels = after + 1;
        *after = 0;
        after = strrchr(out->labels, '}');
        if (!after)
            return false;
    } else {
        out->labels = out->text + length;
    }
    *after++ = 0;
    return number_read(after + strspn(after, " \t"), &out->value);
}

// The bucket's upper bound: le="0.05" or le="+Inf".
static bool bound_read(const char *labels, double *out)
{
    for (const char *at = strstr(labels, "le=\""); at; at = strstr(at + 1, "le=\""))
        if (at == labels || at[-1] == ',')
            return number_read(at + 4, out);
    return false;
}

// Bounds ascend as they come in; rows of other labels (another world, say) come back to known ones.
static void bucket_add(struct server_metrics *metrics, double upper_s, double count)
{
    uint32_t at = 0;
    while (at < metrics->bucket_count && metrics->upper_s[at] < upper_s)
        at++;
    if (at == metrics->bucket_count || metrics->upper_s[at] > upper_s) {
        if (metrics->bucket_count == SERVER_METRICS_BUCKETS_MAX)
            return;
        size_t behind = metrics->bucket_count++ - at;
        memmove(&metrics->upper_s[at + 1], &metrics->upper_s[at], behind * sizeof(double));
        memmove(&metrics->cumulative[at + 1], &metrics->cumulative[at], behind * sizeof(double));
        metrics->upper_s[at] = upper_s;
        metrics->cumulative[at] = 0;
    }
    metrics->cumulative[at] += count;
}

static void sample_take(struct server_metrics *metrics, const struct sample *sample)
{
    double upper_s;
    if (!strcmp(sample->name, CPU)) {
        metrics->has_cpu = true;
        metrics->cpu_s = sample->value;
    } else if (!strcmp(sample->name, MEMORY)) {
        metrics->has_memory = true;
        metrics->memory_bytes = sample->value;
    } else if (!strcmp(sample->name, TICK) && bound_read(sample->labels, &upper_s)) {
        bucket_add(metrics, upper_s, sample->value);
    }
}

void server_metrics_parse(const char *text, size_t size, struct server_metrics *out)
{
    memset(out, 0, sizeof *out);
    const char *end = text + size;
    while (text < end) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        if (!stop)
            stop = end;
        struct sample sample;
        if (sample_read(text, (size_t)(stop - text), &sample))
            sample_take(out, &sample);
        text = stop + 1;
    }
}

static double bucket_between(const struct server_metrics *before,
                             const struct server_metrics *after, uint32_t i)
{
    return after->cumulative[i] - (before->bucket_count ? before->cumulative[i] : 0);
}

// Of a server that started anew in between, nothing is known.
static bool are_comparable(const struct server_metrics *before, const struct server_metrics *after)
{
    uint32_t count = after->bucket_count;
    if (count == 0 || (before->bucket_count && before->bucket_count != count))
        return false;
    return bucket_between(before, after, count - 1) > 0;
}

bool server_metrics_longest_ms(const struct server_metrics *before,
                               const struct server_metrics *after, double *out_ms)
{
    if (!are_comparable(before, after))
        return false;
    uint32_t last = after->bucket_count - 1;
    double total = bucket_between(before, after, last);
    while (last > 0 && bucket_between(before, after, last - 1) >= total)
        last--;
    if (isinf(after->upper_s[last]))
        return false;
    *out_ms = after->upper_s[last] * 1000;
    return true;
}

bool server_metrics_tick_ms(const struct server_metrics *before, const struct server_metrics *after,
                            double quantile, double *out_ms)
{
    if (!are_comparable(before, after))
        return false;
    uint32_t count = after->bucket_count;
    double total = bucket_between(before, after, count - 1);
    double wanted = quantile * total, below = 0, lower_s = 0;
    for (uint32_t i = 0; i < count; i++) {
        double reached = bucket_between(before, after, i);
        if (reached >= wanted && reached > below) {
            // Nothing is known of how far the last bucket reaches: its lower bound has to do.
            double upper_s = isinf(after->upper_s[i]) ? lower_s : after->upper_s[i];
            *out_ms = (lower_s + (upper_s - lower_s) * (wanted - below) / (reached - below)) * 1000;
            return true;
        }
        below = reached;
        lower_s = after->upper_s[i];
    }
    return false;
}
