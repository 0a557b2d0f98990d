#include "swarm/thread_load.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static double worked_s(pthread_t thread)
{
    clockid_t clock;
    struct timespec time;
    if (pthread_getcpuclockid(thread, &clock) != 0 || clock_gettime(clock, &time) < 0)
        return 0;
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

// The second number is the nanoseconds in the run queue; some kernels are built without.
static double waited_s(int32_t id)
{
    char path[64];
    uint64_t waited_ns = 0;
    snprintf(path, sizeof path, "/proc/self/task/%" PRId32 "/schedstat", id);
    FILE *file = fopen(path, "re");
    if (!file)
        return 0;
    int found = fscanf(file, "%*u %" SCNu64, &waited_ns);
    fclose(file);
    return found == 1 ? (double)waited_ns * 1e-9 : 0;
}

struct thread_load thread_load_read(pthread_t thread, int32_t id)
{
    return (struct thread_load){.worked_s = worked_s(thread), .waited_s = waited_s(id)};
}
