// option: one table from which the command line, the environment and `--help` come.
//
// Each option exists both ways: `--tls-cert FILE` and FLUX_TLS_CERT=FILE; the command line wins. A
// bad value, an unknown option or a stray word is one sentence that says which and why.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct arena;

enum option_kind {
    OPTION_TEXT,   // const char *
    OPTION_NUMBER, // int64_t, between `least` and `most`
    OPTION_REAL,   // double, between `least` and `most`
    OPTION_SWITCH, // bool: `--name` alone, or FLUX_NAME=1|0|true|false
    OPTION_LIST,   // struct option_list: comma separated, and may be repeated
};

struct option_list {
    const char *const *items;
    size_t count;
};

struct option {
    const char *name;        // "tls-cert"; the environment's name is made from it
    const char *environment; // NULL: "FLUX_" + upper case; "" : none
    const char *value_name;  // "FILE"
    const char *help;        // one line
    enum option_kind kind;
    size_t offset;      // of the field in the settings struct
    const char *preset; // the default, as text; NULL: none (NULL, 0, false, empty)
    double least, most; // inclusive; both 0: any
    // Further checks of a text or list item; NULL: none. Its sentence is prefixed with the option's
    // name.
    bool (*check)(const char *text, struct error *err);
};

// Fills the struct at `settings` from presets, then environment, then arguments. `options` ends
// with a row whose name is NULL. Texts live in `home` or in argv. ERR_INVALID names the option and
// the value. Sets *help_wanted and stops at --help or -h.
MUST_CHECK bool option_read(const struct option *options, int argc, char **argv, struct arena *home,
                            void *settings, bool *help_wanted, struct error *err);

struct buffer;
// Appends the table, a line an option in aligned columns: flag, environment name, what it does,
// default.
void option_write_help(const struct option *options, struct buffer *out);
