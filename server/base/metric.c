#include "base/metric.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/buffer.h"

static struct metric *metrics;
static struct metric_histogram *histograms;

static bool is_name(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool letter = isalpha((unsigned char)name[i]) || name[i] == '_';
        if (!letter && !(i > 0 && isdigit((unsigned char)name[i])))
            return false;
    }
    return length > 0;
}

// The end of a quoted value that starts after its quote, or NULL.
static const char *value_end(const char *text)
{
    for (; *text && *text != '"' && *text != '\n'; text++) {
        if (*text == '\\' && !strchr("\\\"n", *++text))
            return NULL;
        if (!*text)
            return NULL;
    }
    return *text == '"' ? text : NULL;
}

// name="value"[,name="value"]..., with \\, \" and \n as the only escapes.
static bool are_labels(const char *labels)
{
    if (labels[0] == '\0')
        return true;
    for (const char *at = labels;; at += 2) {
        size_t name_length = strcspn(at, "=");
        if (!is_name(at, name_length) || at[name_length] != '=' || at[name_length + 1] != '"')
            return false;
        at = value_end(at + name_length + 2);
        if (!at || (at[1] != '\0' && at[1] != ','))
            return false;
        if (at[1] == '\0')
            return true;
    }
}

static void verify_row(const char *name, const char *labels)
{
    ASSERT(strncmp(name, "flux_", 5) == 0);
    ASSERT(is_name(name, strlen(name)));
    ASSERT(are_labels(labels));
}

void metric_register(struct metric *metric)
{
    verify_row(metric->name, metric->labels);
    // Behind the last row of the same name, else at the end.
    struct metric **place = NULL, **link = &metrics;
    for (; *link; link = &(*link)->next) {
        ASSERT(*link != metric);
        if (strcmp((*link)->name, metric->name) != 0)
            continue;
        ASSERT((*link)->kind == metric->kind);
        ASSERT(strcmp((*link)->labels, metric->labels) != 0);
        place = &(*link)->next;
    }
    ASSERT(place || metric->help); // the first row's help is the name's
    if (!place)
        place = link;
    metric->next = *place;
    *place = metric;
}

void metric_register_histogram(struct metric_histogram *histogram)
{
    verify_row(histogram->name, histogram->labels);
    ASSERT(histogram->bucket_count >= 0);
    ASSERT(histogram->bucket_count <= METRIC_BUCKETS_MAX);
    for (int i = 1; i < histogram->bucket_count; i++)
        ASSERT(histogram->upper[i - 1] < histogram->upper[i]);
    struct metric_histogram **place = NULL, **link = &histograms;
    for (; *link; link = &(*link)->next) {
        ASSERT(*link != histogram);
        if (strcmp((*link)->name, histogram->name) != 0)
            continue;
        ASSERT(strcmp((*link)->labels, histogram->labels) != 0);
        place = &(*link)->next;
    }
    ASSERT(place || histogram->help);
    if (!place)
        place = link;
    histogram->next = *place;
    *place = histogram;
}

void metric_observe(struct metric_histogram *histogram, int64_t value)
{
    int bucket = 0;
    while (bucket < histogram->bucket_count && value > histogram->upper[bucket])
        bucket++;
    atomic_fetch_add_explicit(&histogram->counts[bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&histogram->sum, value, memory_order_relaxed);
}

// HELP takes any text, with \ and line ends escaped.
static void write_head(struct buffer *out, const char *name, const char *help, const char *kind)
{
    buffer_printf(out, "# HELP %s ", name);
    for (const char *at = help; *at; at++) {
        if (*at == '\n' || *at == '\\')
            buffer_append(out, *at == '\n' ? "\\n" : "\\\\", 2);
        else
            buffer_append(out, at, 1);
    }
    buffer_printf(out, "\n# TYPE %s %s\n", name, kind);
}

static void write_value(struct buffer *out, int64_t value, double scale)
{
    if (scale == 0 || scale == 1)
        buffer_printf(out, "%" PRId64, value);
    else
        buffer_printf(out, "%.15g", (double)value * scale);
}

static void write_metric(struct buffer *out, const struct metric *metric)
{
    buffer_append(out, metric->name, strlen(metric->name));
    if (metric->labels[0])
        buffer_printf(out, "{%s}", metric->labels);
    buffer_append(out, " ", 1);
    write_value(out, metric_get(metric), metric->scale);
    buffer_append(out, "\n", 1);
}

static void write_bucket(struct buffer *out, const struct metric_histogram *histogram, int bucket,
                         int64_t count)
{
    const char *comma = histogram->labels[0] ? "," : "";
    buffer_printf(out, "%s_bucket{%s%sle=\"", histogram->name, histogram->labels, comma);
    if (bucket < histogram->bucket_count)
        write_value(out, histogram->upper[bucket], histogram->scale);
    else
        buffer_append(out, "+Inf", 4);
    buffer_printf(out, "\"} %" PRId64 "\n", count);
}

// The count is the sum of the very buckets that were written, so that the two always agree.
static void write_histogram(struct buffer *out, const struct metric_histogram *histogram)
{
    int64_t count = 0;
    for (int i = 0; i <= histogram->bucket_count; i++) {
        count += atomic_load_explicit(&histogram->counts[i], memory_order_relaxed);
        write_bucket(out, histogram, i, count);
    }
    const char *open = histogram->labels[0] ? "{" : "", *shut = histogram->labels[0] ? "}" : "";
    buffer_printf(out, "%s_sum%s%s%s ", histogram->name, open, histogram->labels, shut);
    write_value(out, atomic_load_explicit(&histogram->sum, memory_order_relaxed), histogram->scale);
    buffer_printf(out, "\n%s_count%s%s%s %" PRId64 "\n", histogram->name, open, histogram->labels,
                  shut, count);
}

// What is known of this process. A negative value: the kernel did not say, and the row is left out.
struct process_state {
    double cpu_seconds, resident_bytes, open_fds, max_fds, threads, start_seconds;
};

static bool proc_read(const char *path, char *out, size_t capacity)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t got = read(fd, out, capacity - 1);
    close(fd);
    out[got > 0 ? got : 0] = '\0';
    return got > 0;
}

static double boot_time_seconds(void)
{
    struct buffer text = {0};
    int fd = open("/proc/stat", O_RDONLY | O_CLOEXEC);
    ssize_t got = 0;
    while (fd >= 0 && (got = read(fd, buffer_reserve(&text, 4096), 4095)) > 0)
        text.size += (size_t)got;
    if (fd >= 0)
        close(fd);
    *buffer_reserve(&text, 1) = '\0';
    const char *line = strstr((const char *)text.bytes, "\nbtime ");
    double seconds = line ? strtod(line + 7, NULL) : -1;
    buffer_done(&text);
    return seconds;
}

// proc(5), /proc/pid/stat: the name may hold spaces and brackets, so counting starts at the last
// bracket, with field 3. Field 20 is the number of threads, 22 the start in ticks since boot.
static void read_stat(struct process_state *state)
{
    char text[1024];
    const char *at = proc_read("/proc/self/stat", text, sizeof(text)) ? strrchr(text, ')') : NULL;
    double fields[23] = {0};
    int count = 2;
    if (at)
        at = strchr(at + 1, ' ');
    for (; at && count < 22; at = strchr(at + 1, ' '))
        fields[++count] = strtod(at + 1, NULL);
    double boot = boot_time_seconds();
    state->threads = count == 22 ? fields[20] : -1;
    state->start_seconds =
        count == 22 && boot > 0 ? boot + fields[22] / (double)sysconf(_SC_CLK_TCK) : -1;
}

static double count_open_fds(void)
{
    // Linux 6.2 and later say it as the folder's size; before, the entries are counted.
    struct stat status;
    if (stat("/proc/self/fd", &status) == 0 && status.st_size > 0)
        return (double)status.st_size;
    DIR *folder = opendir("/proc/self/fd");
    if (!folder)
        return -1;
    double count = -1; // the folder's own
    for (struct dirent *entry; (entry = readdir(folder));)
        count += entry->d_name[0] != '.';
    closedir(folder);
    return count;
}

static struct process_state process_read(void)
{
    struct process_state state = {-1, -1, -1, -1, -1, -1};
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0)
        state.cpu_seconds = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                            (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
    char text[256];
    const char *resident =
        proc_read("/proc/self/statm", text, sizeof(text)) ? strchr(text, ' ') : NULL;
    if (resident)
        state.resident_bytes = strtod(resident, NULL) * (double)sysconf(_SC_PAGESIZE);
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        state.max_fds = limit.rlim_cur == RLIM_INFINITY ? INFINITY : (double)limit.rlim_cur;
    state.open_fds = count_open_fds();
    read_stat(&state);
    return state;
}

static void write_process_row(struct buffer *out, const char *name, const char *help,
                              const char *kind, double value)
{
    if (value < 0)
        return;
    write_head(out, name, help, kind);
    if (isinf(value))
        buffer_printf(out, "%s +Inf\n", name);
    else
        buffer_printf(out, "%s %.15g\n", name, value);
}

static void write_process(struct buffer *out)
{
    struct process_state state = process_read();
    write_process_row(out, "flux_process_cpu_seconds_total", "User and system CPU time spent.",
                      "counter", state.cpu_seconds);
    write_process_row(out, "flux_process_resident_memory_bytes", "Resident memory.", "gauge",
                      state.resident_bytes);
    write_process_row(out, "flux_process_open_fds", "Open file descriptors.", "gauge",
                      state.open_fds);
    write_process_row(out, "flux_process_max_fds", "Most file descriptors that may be open.",
                      "gauge", state.max_fds);
    write_process_row(out, "flux_process_threads", "Threads.", "gauge", state.threads);
    write_process_row(out, "flux_process_start_time_seconds",
                      "When the process started, Unix time.", "gauge", state.start_seconds);
}

void metric_write_all(struct buffer *out)
{
    const char *name = "";
    for (const struct metric *metric = metrics; metric; metric = metric->next) {
        if (strcmp(metric->name, name) != 0)
            write_head(out, metric->name, metric->help,
                       metric->kind == METRIC_COUNTER ? "counter" : "gauge");
        name = metric->name;
        write_metric(out, metric);
    }
    name = "";
    for (const struct metric_histogram *histogram = histograms; histogram;
         histogram = histogram->next) {
        if (strcmp(histogram->name, name) != 0)
            write_head(out, histogram->name, histogram->help, "histogram");
        name = histogram->name;
        write_histogram(out, histogram);
    }
    write_process(out);
}
