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
    // As many as are asked to time moves. More would cost the server's machine more than the
    // server.
    PICTURES_PRESET = 200,
    AUDIT_SEATS_MAX = 100,
    FILES_BESIDE = 64, // standard ones, loops, requests for tickets and metrics
    FILES_A_THREAD = 40,
};

static bool check_pattern(const char *text, struct error *err)
{
    enum crowd_pattern pattern;
    return crowd_pattern_parse(text, &pattern) ||
           fail(err, ERR_INVALID, "\"%.40s\" is none of plaza, uniform, stadium", text);
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
     "world, at most 200 m "
     "out), stadium (60 x 60 m).",
     OPTION_TEXT, FIELD(pattern_name), "plaza", .check = check_pattern},
    {"moving", "", "SHARE", "The share of them who walk about; the others stand.", OPTION_REAL,
     FIELD(moving), "0.4", 0, 1},
    {"rate", "", "N", "Moves a second of each who walks.", OPTION_NUMBER, FIELD(rate), "10", 1, 20},
    {"seed", "", "N", "The same seed walks the same ways.", OPTION_NUMBER, FIELD(seed), "1"},
    {"world", "", "ID", "The world to enter.", OPTION_TEXT, FIELD(world), "plaza",
     .check = check_world},
    {"check", "", "N",
     "How many of them keep a whole picture all the time, spread evenly; the others are given one "
     "at "
     "the end, so that everyone's is checked. 0: 200, or all of fewer.",
     OPTION_NUMBER, FIELD(check), "0", 0, CLIENTS_MAX},
    {"threads", "", "N", "Threads to share the work.", OPTION_NUMBER, FIELD(threads), "1", 1,
     SETTINGS_THREADS_MAX},
    {"json", "", NULL, "Print one JSON object instead of a table.", OPTION_SWITCH, FIELD(json)},
    {"allow-remote", "", NULL,
     "Visit a server that is not on this machine: it gets the full load of all these people, so it "
     "must be yours.",
     OPTION_SWITCH, FIELD(allow_remote)},
    {"insecure", "", NULL, "With https: take any certificate.", OPTION_SWITCH, FIELD(insecure)},
    {0},
};

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
    if (settings.threads > settings.clients)
        settings.threads = settings.clients;
    int64_t pictured = settings.check ? settings.check : PICTURES_PRESET;
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
    rlim_t wanted = (rlim_t)(settings->clients + settings->threads * FILES_A_THREAD + FILES_BESIDE);
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
