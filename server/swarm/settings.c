#include "swarm/settings.h"

#include <stddef.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/option.h"
#include "wire/picture.h"

enum {
    // One address has about 28,000 local ports towards one server.
    CLIENTS_MAX = 27000,
    // As many as are asked to time moves; of large crowds fewer, since each holds everybody. More
    // would cost the server's machine more than the server.
    PICTURES_PRESET = 200,
    PICTURED_PRESET = 250000, // people in all of them together
    CLIENTS_A_THREAD = 5000,
    AUDIT_SEATS_MAX = 100,
    FILES_BESIDE = 64, // standard ones, loops, requests for tickets and metrics
    FILES_A_THREAD = 96,
};

static bool check_pattern(const char *text, struct error *err)
{
    enum crowd_pattern pattern;
    return crowd_pattern_parse(text, &pattern) ||
           fail(err, ERR_INVALID,
                "\"%.40s\" is none of plaza, uniform, stadium, gate, teleport, still", text);
}

static bool check_world(const char *text, struct error *err)
{
    size_t length = strlen(text);
    if (length == 0 || length > 64 || text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-")])
        return fail(err, ERR_INVALID, "\"%.70s\" is not 1 to 64 of a-z, 0-9 and -", text);
    return true;
}

#define FIELD(name) offsetof(struct settings, name)

static const struct option options[] = {
    {"url", "", "URL", "The server to visit.", OPTION_TEXT, FIELD(url), "http://127.0.0.1:8080"},
    {"clients", "", "N", "How many people.", OPTION_NUMBER, FIELD(clients), "100", 1, CLIENTS_MAX},
    {"seconds", "", "S", "How long to measure, once everyone is in place.", OPTION_REAL,
     FIELD(seconds), "10", 0.5, 86400},
    {"pattern", "", "NAME",
     "Where they go: plaza (groups within 18 m, walkers between them), uniform (all over the "
     "world, at most 200 m out), stadium (60 x 60 m), gate (everybody walks through a gate 2 m "
     "wide, back and forth between two yards), teleport (everybody stands within 12 m of one spot; "
     "every 10 s all close in to where one move can reach it, wait there a second for the way "
     "that the rules of movement let them save up, leap onto it within a metre in the same "
     "moment, and go home), still (as in the stadium, nobody moves).",
     OPTION_TEXT, FIELD(pattern_name), "plaza", .check = check_pattern},
    {"moving", "", "SHARE",
     "The share of them who walk about; the others stand. Gate, teleport and still decide this "
     "themselves.",
     OPTION_REAL, FIELD(moving), "0.4", 0, 1},
    {"rate", "", "N", "Moves a second of each who walks.", OPTION_NUMBER, FIELD(rate), "10", 1, 20},
    {"seed", "", "N", "The same seed walks the same ways.", OPTION_NUMBER, FIELD(seed), "1"},
    {"arrive", "", "S",
     "Everyone sets out within S seconds, however many are on the way (0: 128 at once).",
     OPTION_REAL, FIELD(arrive), "0", 0, 3600},
    {"churn", "", "N",
     "While it is measured, N people a second go, and N others come in their stead; one of four "
     "cuts the connection, the others say goodbye. Who keeps a picture all the time stays, when "
     "most others do not.",
     OPTION_REAL, FIELD(churn), "0", 0, 10000},
    {"return", "", NULL,
     "Who is dropped (the server stops, or the connection breaks) comes back with their place "
     "token, at the time that the server said, for at most 90 s.",
     OPTION_SWITCH, FIELD(returns)},
    {"stalled", "", "N", "Beside the clients: so many who read nothing.", OPTION_NUMBER,
     FIELD(stalled), "0", 0, CLIENTS_MAX},
    {"slow", "", "N", "Beside the clients: so many who read 1 kB a second.", OPTION_NUMBER,
     FIELD(slow), "0", 0, CLIENTS_MAX},
    {"garbage", "", "N",
     "Beside the clients: so many who send garbage: moves and events that are none, broken frames, "
     "fragments without end, single bytes, floods of moves (8 MB/s in all). Who is thrown out "
     "comes back with a fresh ticket, 100 a second at most.",
     OPTION_NUMBER, FIELD(garbage), "0", 0, CLIENTS_MAX},
    {"world", "", "ID", "The world to enter.", OPTION_TEXT, FIELD(world), "plaza",
     .check = check_world},
    {"check", "", "N",
     "How many of them keep a whole picture all the time, spread evenly; the others are given one "
     "at "
     "the end, so that everyone's is checked. 0: 200, or all of fewer, or of more than 1250 fewer, "
     "since each holds everybody.",
     OPTION_NUMBER, FIELD(check), "0", 0, CLIENTS_MAX},
    {"threads", "", "N",
     "Threads to share the work. 0: one for each 5000 clients, at most one a core.", OPTION_NUMBER,
     FIELD(threads), "0", 0, SETTINGS_THREADS_MAX},
    {"json", "", NULL, "Print one JSON object instead of a table.", OPTION_SWITCH, FIELD(json)},
    {"allow-remote", "", NULL,
     "Visit a server that is not on this machine: it gets the full load of all these people, so it "
     "must be yours.",
     OPTION_SWITCH, FIELD(allow_remote)},
    {"insecure", "", NULL, "With https: take any certificate.", OPTION_SWITCH, FIELD(insecure)},
    {0},
};

static int64_t threads_for(int64_t clients)
{
    int64_t cores = sysconf(_SC_NPROCESSORS_ONLN);
    int64_t wanted = (clients + CLIENTS_A_THREAD - 1) / CLIENTS_A_THREAD;
    return wanted < cores ? wanted : cores > 1 ? cores : 1;
}

static int64_t pictures_for(int64_t clients)
{
    int64_t borne = clients > 0 ? PICTURED_PRESET / clients : PICTURES_PRESET;
    return borne < PICTURES_PRESET ? borne : PICTURES_PRESET;
}

bool settings_read(int argc, char **argv, struct arena *home, struct settings *out,
                   bool *help_wanted, struct error *err)
{
    struct settings settings = {0};
    if (!option_read(options, argc, argv, home, &settings, help_wanted, err))
        return false;
    if (*help_wanted)
        return true;
    bool known = crowd_pattern_parse(settings.pattern_name, &settings.pattern);
    if (!known)
        return fail(err, ERR_INVALID, "--pattern: \"%.40s\" is not known", settings.pattern_name);
    if (settings.check > settings.clients)
        return fail(err, ERR_INVALID, "--check: %d pictures are more than the %d clients",
                    (int)settings.check, (int)settings.clients);
    int64_t all = settings.clients + settings.stalled + settings.slow + settings.garbage;
    if (all > CLIENTS_MAX)
        return fail(err, ERR_INVALID,
                    "--clients and those beside them (--stalled, --slow, --garbage) are %d: more "
                    "than the %d that one address can connect",
                    (int)all, CLIENTS_MAX);
    if (settings.threads == 0)
        settings.threads = threads_for(settings.clients);
    if (settings.threads > settings.clients)
        settings.threads = settings.clients;
    int64_t pictured = settings.check ? settings.check : pictures_for(settings.clients);
    if (pictured > settings.clients)
        pictured = settings.clients;
    int64_t others = settings.clients - pictured;
    settings.pictured = (uint32_t)pictured;
    settings.audit_seats = (uint32_t)(others < AUDIT_SEATS_MAX ? others : AUDIT_SEATS_MAX);
    *out = settings;
    return true;
}

void settings_write_help(struct buffer *out)
{
    buffer_printf(
        out,
        "flux swarm [OPTIONS]\n\n"
        "Sends simulated people into a world, has them walk about, and checks what each is shown.\n"
        "A load test comes from one address: start the server with --no-address-limits.\n"
        "Ends with 0 when all came in, stayed, and saw the truth; 1 when not; 2 for bad "
        "usage.\n\n");
    option_write_help(options, out);
}

bool settings_raise_file_limit(const struct settings *settings, struct error *err)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
        return fail(err, ERR_SYSTEM, "cannot read the limit on open files");
    int64_t all = settings->clients + settings->stalled + settings->slow + settings->garbage;
    rlim_t wanted = (rlim_t)(all + settings->threads * FILES_A_THREAD + FILES_BESIDE);
    limit.rlim_cur = limit.rlim_max;
    if (wanted > limit.rlim_max)
        return fail(
            err, ERR_LIMIT,
            "%d clients need %llu open files, and this process may have %llu: raise the hard limit "
            "(ulimit -Hn) or send fewer",
            (int)settings->clients, (unsigned long long)wanted, (unsigned long long)limit.rlim_max);
    if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
        return fail(err, ERR_SYSTEM, "cannot raise the limit on open files");
    return true;
}

bool settings_check_memory(const struct settings *settings, uint32_t picture_capacity,
                           struct error *err)
{
    uint32_t pictures = settings->pictured + settings->audit_seats;
    double wanted = (double)pictures * (double)picture_bytes(picture_capacity);
    double there = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);
    // The server is likely here too, and needs its part.
    if (wanted <= there * 0.7)
        return true;
    return fail(err, ERR_LIMIT,
                "%u pictures of %u people need %.1f GB of the %.1f here: keep fewer with --check N",
                pictures, picture_capacity, wanted / 1e9, there / 1e9);
}
