// hub_load: one crowd for every system of bench/hub but Flux, which has `flux swarm` for the same:
// people in one room, some of whom walk; and what they are sent, how soon, and what it costs.
//
//   hub_load --dialect records|socket.io|colyseus --port P --server-pid PID [OPTIONS]
//
// Everyone comes in (64 at a time), walks for a while, and is then measured. Prints one JSON
// object. Ends with 0 when it could measure, whatever came of it; 1 when not; 2 for bad usage.
// Only ever speaks to 127.0.0.1.

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/clock.h"
#include "base/option.h"
#include "bench/hub/load_person.h"
#include "swarm/thread_load.h"

enum {
    PEOPLE_MAX = 19000, // open files a process
    ENTERING_MAX = 64,
    EVENTS_MAX = 256,
    MOVES_AT_ONCE = 64, // then it is time to read again
    FOLLOW_US = 500000,
    TURN_US = 5000, // people take turns on a wheel of this, as the swarm's do
};

static const double ENTER_LEAST_S = 20, ENTER_S_A_PERSON = 0.01;

struct settings {
    const char *dialect;
    int64_t port, server_pid, people, rate, seed;
    double seconds, warm_s, moving;
    bool grouped;
};

#define FIELD(name) offsetof(struct settings, name)

static const struct option options[] = {
    {"dialect", "", "NAME", "How to speak: records, socket.io or colyseus.", OPTION_TEXT,
     FIELD(dialect), "records"},
    {"port", "", "N", "Where the server listens, on 127.0.0.1.", OPTION_NUMBER, FIELD(port), "0", 0,
     65535},
    {"server-pid", "", "PID", "Whose processor time is measured.", OPTION_NUMBER, FIELD(server_pid),
     "0", 0, 1 << 22},
    {"people", "", "N", "How many people.", OPTION_NUMBER, FIELD(people), "100", 1, PEOPLE_MAX},
    {"seconds", "", "S", "How long to measure.", OPTION_REAL, FIELD(seconds), "6", 0.5, 600},
    {"warm", "", "S", "How long to walk before that.", OPTION_REAL, FIELD(warm_s), "2", 0, 600},
    {"moving", "", "SHARE", "The share of them who walk.", OPTION_REAL, FIELD(moving), "0.4", 0, 1},
    {"rate", "", "N", "Moves a second of each who walks.", OPTION_NUMBER, FIELD(rate), "10", 1, 20},
    {"seed", "", "N", "The same seed walks the same ways.", OPTION_NUMBER, FIELD(seed), "1"},
    {"grouped", "", NULL, "The server tells of those in the same group of 60 numbers alone.",
     OPTION_SWITCH, FIELD(grouped), NULL},
    {0},
};

struct reading {
    uint64_t frames, bytes, moves, at_us;
    double server_cpu_s;
    struct thread_load load;
};

struct walk {
    uint64_t from_us;
    uint64_t moves; // made or let pass since
    uint64_t follow_us;
    uint32_t next_watcher;
};

// User and system time of the whole process; negative when it is gone.
static double process_cpu_s(int64_t pid)
{
    char path[64];
    uint64_t user, kernel;
    snprintf(path, sizeof path, "/proc/%" PRId64 "/stat", pid);
    FILE *file = fopen(path, "re");
    if (!file)
        return -1;
    // The name within brackets may hold anything but the last bracket.
    int found = fscanf(
        file, "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %" SCNu64 " %" SCNu64,
        &user, &kernel);
    fclose(file);
    return found == 2 ? (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK) : -1;
}

static void crowd_walk(struct load_room *room, struct walk *walk, int64_t rate, uint64_t now_us)
{
    uint32_t movers = room->crowd.mover_count;
    if (movers == 0)
        return;
    uint64_t each_s = (uint64_t)rate * movers;
    uint64_t turns = (now_us - walk->from_us) / TURN_US;
    uint64_t due = turns * TURN_US * each_s / 1000000;
    // What is late by more than a second would come as a burst: it is left out.
    if (due > walk->moves + each_s)
        walk->moves = due - each_s;
    for (int i = 0; i < MOVES_AT_ONCE && walk->moves < due; i++)
        load_person_move(room, (uint32_t)(walk->moves++ % movers), clock_now_us(&clock_system));
    // All watchers look around once in FOLLOW_US, one after the other.
    if (now_us >= walk->follow_us) {
        load_crowd_follow(&room->crowd, walk->next_watcher);
        walk->next_watcher = (walk->next_watcher + 1) % room->crowd.watcher_count;
        walk->follow_us = now_us + FOLLOW_US / room->crowd.watcher_count;
    }
}

static void events_read(struct load_room *room, int wait_ms)
{
    struct epoll_event events[EVENTS_MAX];
    int count = epoll_wait(room->epoll, events, EVENTS_MAX, wait_ms);
    for (int i = 0; i < count; i++)
        load_person_read(room, events[i].data.u32);
}

static bool room_enter(struct load_room *room, const struct settings *settings)
{
    uint64_t from_us = clock_now_us(&clock_system);
    double most_s = ENTER_LEAST_S + ENTER_S_A_PERSON * (double)settings->people;
    uint32_t asked = 0;
    while (room->here < settings->people && room->lost == 0) {
        for (; asked < settings->people && room->entering < ENTERING_MAX; asked++)
            load_person_enter(room, asked);
        events_read(room, 10);
        if ((double)(clock_now_us(&clock_system) - from_us) * 1e-6 > most_s) {
            fprintf(stderr, "hub_load: %u of %" PRId64 " people came in within %.0f s\n",
                    room->here, settings->people, most_s);
            return false;
        }
    }
    if (room->lost > 0)
        fprintf(stderr, "hub_load: %s\n", room->trouble);
    return room->lost == 0;
}

static struct reading room_reading(const struct load_room *room, const struct settings *settings)
{
    return (struct reading){
        .frames = room->frames,
        .bytes = room->bytes,
        .moves = room->moves_sent,
        .at_us = clock_now_us(&clock_system),
        .server_cpu_s = process_cpu_s(settings->server_pid),
        .load = thread_load_read(pthread_self(), (int32_t)gettid()),
    };
}

static void time_pass(struct load_room *room, struct walk *walk, const struct settings *settings,
                      double seconds)
{
    uint64_t now_us = clock_now_us(&clock_system);
    for (uint64_t until_us = now_us + (uint64_t)(seconds * 1e6); now_us < until_us;
         now_us = clock_now_us(&clock_system)) {
        crowd_walk(room, walk, settings->rate, now_us);
        events_read(room, 1);
    }
}

static json_t *latency_json(const struct latency *latency)
{
    if (latency->count == 0)
        return json_null();
    return json_pack("{s:f, s:f, s:f, s:I}", "p50", latency_quantile_ms(latency, 0.5), "p99",
                     latency_quantile_ms(latency, 0.99), "max", (double)latency->max_us / 1000,
                     "count", (json_int_t)latency->count);
}

static void report_print(const struct load_room *room, const struct settings *settings,
                         const struct reading *before, const struct reading *after)
{
    double seconds = (double)(after->at_us - before->at_us) * 1e-6;
    double people = (double)settings->people;
    double frames = (double)(after->frames - before->frames);
    double server_s = after->server_cpu_s - before->server_cpu_s;
    bool known = before->server_cpu_s >= 0 && after->server_cpu_s >= 0 && frames > 0;
    json_t *json =
        json_pack("{s:I, s:I, s:f, s:f, s:f, s:f, s:o, s:o, s:f, s:f, s:f, s:I}", "people",
                  (json_int_t)settings->people, "lost", (json_int_t)room->lost, "measured_s",
                  seconds, "frames_per_person_s", frames / seconds / people, "bytes_per_person_s",
                  (double)(after->bytes - before->bytes) / seconds / people, "moves_per_s",
                  (double)(after->moves - before->moves) / seconds, "latency_ms",
                  latency_json(&room->crowd.latency), "cpu_us_per_frame",
                  known ? json_real(server_s * 1e6 / frames) : json_null(), "server_cores",
                  known ? server_s / seconds : 0, "load_worked",
                  (after->load.worked_s - before->load.worked_s) / seconds, "load_waited",
                  (after->load.waited_s - before->load.waited_s) / seconds, "moves_held_back",
                  (json_int_t)room->moves_held_back);
    ASSERT(json);
    json_dumpf(json, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
    printf("\n");
    json_decref(json);
}

static bool room_measure(struct load_room *room, const struct settings *settings)
{
    if (!room_enter(room, settings))
        return false;
    struct walk walk = {.from_us = clock_now_us(&clock_system)};
    for (uint32_t i = 0; i < room->crowd.watcher_count; i++)
        load_crowd_follow(&room->crowd, i);
    fprintf(stderr, "here\n");
    time_pass(room, &walk, settings, settings->warm_s);
    struct reading before = room_reading(room, settings);
    room->crowd.measured_from_us = before.at_us;
    time_pass(room, &walk, settings, settings->seconds);
    struct reading after = room_reading(room, settings);
    report_print(room, settings, &before, &after);
    return true;
}

static void room_init(struct load_room *room, const struct settings *settings)
{
    *room = (struct load_room){
        .port = (uint16_t)settings->port,
        .epoll = epoll_create1(EPOLL_CLOEXEC),
        .people = calloc((size_t)settings->people, sizeof *room->people),
    };
    ASSERT(room->epoll >= 0 && room->people);
    for (int64_t i = 0; i < settings->people; i++)
        room->people[i].fd = -1;
    load_crowd_init(
        &room->crowd,
        &(struct crowd_settings){
            .pattern = CROWD_STADIUM,
            .people = (uint32_t)settings->people,
            .moving = settings->moving,
            .steps_per_second = (uint32_t)settings->rate,
            .seed = (uint64_t)settings->seed,
            .bounds = {-RECORD_SIDE_CM, -RECORD_SIDE_CM, RECORD_SIDE_CM, RECORD_SIDE_CM},
        },
        settings->grouped);
}

static void room_done(struct load_room *room)
{
    for (uint32_t i = 0; i < room->crowd.people; i++)
        load_person_close(room, i);
    load_crowd_done(&room->crowd);
    free(room->people);
    close(room->epoll);
}

static int usage_fail(const char *text)
{
    fprintf(stderr, "hub_load: %s\n", text);
    return 2;
}

int main(int argc, char **argv)
{
    struct settings settings = {0};
    struct error err = {0};
    bool help_wanted = false;
    struct arena home;
    arena_init(&home, 4096);
    bool read = option_read(options, argc, argv, &home, &settings, &help_wanted, &err);
    if (!read)
        return usage_fail(err.text);
    struct load_room room;
    enum load_dialect dialect;
    if (!load_dialect_parse(settings.dialect, &dialect))
        return usage_fail("--dialect is records, socket.io or colyseus");
    if (help_wanted || settings.port == 0 || settings.server_pid == 0)
        return usage_fail("--port and --server-pid say which server");
    struct rlimit files = {0};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    room_init(&room, &settings);
    room.dialect = dialect;
    bool good = room_measure(&room, &settings);
    room_done(&room);
    arena_done(&home);
    return good ? 0 : 1;
}
