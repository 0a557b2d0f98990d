// settings: the options of `flux swarm`, and whether this machine can do what they ask.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "swarm/crowd.h"

enum { SETTINGS_THREADS_MAX = 64 };

struct settings {
    const char *url, *world, *pattern_name;
    int64_t clients, rate, seed, check, threads;
    int64_t stalled, slow, garbage;
    double seconds, moving, churn, arrive;
    bool json, allow_remote, insecure, returns;
    enum crowd_pattern pattern;
    uint32_t pictured;    // people who keep a picture: from `check`
    uint32_t audit_seats; // how many of the others are given one at once, in the end
};

// Texts live in `home` or argv. ERR_INVALID says what is wrong.
MUST_CHECK bool settings_read(int argc, char **argv, struct arena *home, struct settings *out,
                              bool *help_wanted, struct error *err);
void settings_write_help(struct buffer *out);

// Raises the limit on open files as far as it may be. ERR_LIMIT when the clients do not fit.
MUST_CHECK bool settings_raise_file_limit(const struct settings *settings, struct error *err);
// ERR_LIMIT when the pictures would not fit into this machine's memory.
MUST_CHECK bool settings_check_memory(const struct settings *settings, uint32_t picture_capacity,
                                      struct error *err);
