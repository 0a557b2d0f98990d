// Every value is found and checked before the first field is written, so that a failed call leaves
// the settings as they were.
#include "base/option.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/assert.h"
#include "base/buffer.h"

struct value {
    const char *text;
    int64_t number;
    double real;
    bool on;
    struct option_list list;
    bool given; // on the command line: further list items are added to it
};

struct reading {
    const struct option *options;
    struct value *values;
    struct arena *home;
    struct error *err;
};

enum { ENVIRONMENT_BYTES_MAX = 80 };

static size_t option_count(const struct option *options)
{
    size_t count = 0;
    while (options[count].name)
        count++;
    return count;
}

// The environment's name of the option, or NULL when it has none.
static const char *environment_name(const struct option *option, char out[ENVIRONMENT_BYTES_MAX])
{
    if (option->environment)
        return option->environment[0] ? option->environment : NULL;
    int length = snprintf(out, ENVIRONMENT_BYTES_MAX, "FLUX_%s", option->name);
    ASSERT(length < ENVIRONMENT_BYTES_MAX);
    for (char *at = out; *at; at++)
        *at = *at == '-' ? '_' : (char)toupper((unsigned char)*at);
    return out;
}

static bool check_range(const struct option *option, const char *text, double value,
                        struct error *err)
{
    bool any = option->least == 0 && option->most == 0;
    if (any || (value >= option->least && value <= option->most))
        return true;
    return fail(err, ERR_INVALID, "\"%s\" is not between %.15g and %.15g", text, option->least,
                option->most);
}

static bool parse_number(const struct option *option, const char *text, struct value *out,
                         struct error *err)
{
    char *end;
    errno = 0;
    int64_t number = strtoll(text, &end, 10);
    if (end == text || *end || isspace((unsigned char)text[0]))
        return fail(err, ERR_INVALID, "\"%s\" is not a whole number", text);
    if (errno == ERANGE)
        return fail(err, ERR_INVALID, "\"%s\" is too large", text);
    if (!check_range(option, text, (double)number, err))
        return false;
    out->number = number;
    return true;
}

static bool parse_real(const struct option *option, const char *text, struct value *out,
                       struct error *err)
{
    char *end;
    double real = strtod(text, &end);
    if (end == text || *end || isspace((unsigned char)text[0]) || !isfinite(real))
        return fail(err, ERR_INVALID, "\"%s\" is not a number", text);
    if (!check_range(option, text, real, err))
        return false;
    out->real = real;
    return true;
}

static bool parse_switch(const char *text, struct value *out, struct error *err)
{
    bool on = strcmp(text, "1") == 0 || strcasecmp(text, "true") == 0;
    if (!on && strcmp(text, "0") != 0 && strcasecmp(text, "false") != 0)
        return fail(err, ERR_INVALID, "\"%s\" is not one of 1, 0, true, false", text);
    out->on = on;
    return true;
}

static bool check_text(const struct option *option, const char *text, struct error *err)
{
    return !option->check || option->check(text, err);
}

static size_t count_items(const char *text)
{
    size_t count = text[0] != '\0';
    for (; *text; text++)
        count += *text == ',';
    return count;
}

static bool parse_list(const struct option *option, const char *text, struct arena *home,
                       struct value *out, struct error *err)
{
    size_t before = out->list.count, most = before + count_items(text);
    const char **items = arena_alloc(home, (most + 1) * sizeof(*items));
    for (size_t i = 0; i < before; i++)
        items[i] = out->list.items[i];
    size_t count = before;
    for (const char *at = text; count < most; at++) {
        size_t length = strcspn(at, ","), start = strspn(at, " \t");
        size_t end = length;
        while (end > start && (at[end - 1] == ' ' || at[end - 1] == '\t'))
            end--;
        if (start >= end)
            return fail(err, ERR_INVALID, "\"%s\" has an empty item", text);
        items[count] = arena_strndup(home, at + start, end - start);
        if (!check_text(option, items[count], err))
            return false;
        count++;
        at += length;
    }
    out->list = (struct option_list){.items = items, .count = count};
    return true;
}

static bool parse_value(const struct reading *reading, size_t index, const char *text)
{
    const struct option *option = &reading->options[index];
    struct value *value = &reading->values[index];
    switch (option->kind) {
    case OPTION_TEXT:
        value->text = text;
        return check_text(option, text, reading->err);
    case OPTION_NUMBER:
        return parse_number(option, text, value, reading->err);
    case OPTION_REAL:
        return parse_real(option, text, value, reading->err);
    case OPTION_SWITCH:
        return parse_switch(text, value, reading->err);
    case OPTION_LIST:
        return parse_list(option, text, reading->home, value, reading->err);
    }
    ASSERT(!"an option's kind");
    return false;
}

static void read_presets(const struct reading *reading)
{
    for (size_t i = 0; reading->options[i].name; i++) {
        const struct option *option = &reading->options[i];
        // The table is ours: a preset that its own check refuses is our mistake.
        bool good = !option->preset || parse_value(reading, i, option->preset);
        ASSERT(good);
    }
}

// An empty variable counts as none: compose files and unit files set what they do not fill.
static bool read_environment(const struct reading *reading)
{
    for (size_t i = 0; reading->options[i].name; i++) {
        char made[ENVIRONMENT_BYTES_MAX];
        const char *name = environment_name(&reading->options[i], made);
        const char *text = name ? getenv(name) : NULL;
        if (!text || !text[0])
            continue;
        reading->values[i].list = (struct option_list){0};
        // Copied: the environment may change under us.
        const char *copy = arena_strndup(reading->home, text, strlen(text));
        if (!parse_value(reading, i, copy))
            return error_prefix(reading->err, "%s", name);
    }
    return true;
}

// The option that "--name" or "--name=value" means, with *out_value behind the sign or NULL.
static bool find_option(const struct reading *reading, const char *argument, size_t *out_index,
                        const char **out_value)
{
    if (strncmp(argument, "--", 2) != 0)
        return fail(reading->err, ERR_INVALID, "\"%s\" is not an option: see --help", argument);
    const char *name = argument + 2;
    size_t length = strcspn(name, "=");
    for (size_t i = 0; reading->options[i].name; i++) {
        const char *known = reading->options[i].name;
        if (strlen(known) == length && strncmp(known, name, length) == 0) {
            *out_index = i;
            *out_value = name[length] == '=' ? name + length + 1 : NULL;
            return true;
        }
    }
    return fail(reading->err, ERR_INVALID, "unknown option --%.*s: see --help", (int)length, name);
}

static bool read_argument(const struct reading *reading, char **argv, int argc, int *position)
{
    size_t index = 0;
    const char *text = NULL;
    if (!find_option(reading, argv[*position], &index, &text))
        return false;
    const struct option *option = &reading->options[index];
    if (!text && option->kind == OPTION_SWITCH)
        text = "1";
    if (!text && *position + 1 < argc)
        text = argv[++*position];
    if (!text)
        return fail(reading->err, ERR_INVALID, "--%s needs a value: --%s %s", option->name,
                    option->name, option->value_name ? option->value_name : "VALUE");
    if (!reading->values[index].given)
        reading->values[index].list = (struct option_list){0};
    reading->values[index].given = true;
    return parse_value(reading, index, text) || error_prefix(reading->err, "--%s", option->name);
}

static void store(const struct option *option, const struct value *value, void *settings)
{
    char *field = (char *)settings + option->offset;
    switch (option->kind) {
    case OPTION_TEXT:
        memcpy(field, &value->text, sizeof(value->text));
        break;
    case OPTION_NUMBER:
        memcpy(field, &value->number, sizeof(value->number));
        break;
    case OPTION_REAL:
        memcpy(field, &value->real, sizeof(value->real));
        break;
    case OPTION_SWITCH:
        memcpy(field, &value->on, sizeof(value->on));
        break;
    case OPTION_LIST:
        memcpy(field, &value->list, sizeof(value->list));
        break;
    }
}

static bool wants_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return true;
    }
    return false;
}

bool option_read(const struct option *options, int argc, char **argv, struct arena *home,
                 void *settings, bool *help_wanted, struct error *err)
{
    *help_wanted = wants_help(argc, argv);
    if (*help_wanted)
        return true;
    size_t count = option_count(options);
    struct reading reading = {
        .options = options,
        .values = arena_alloc(home, (count + 1) * sizeof(struct value)),
        .home = home,
        .err = err,
    };
    read_presets(&reading);
    if (!read_environment(&reading))
        return false;
    for (int i = 1; i < argc; i++) {
        if (!read_argument(&reading, argv, argc, &i))
            return false;
    }
    for (size_t i = 0; i < count; i++)
        store(&options[i], &reading.values[i], settings);
    return true;
}

static size_t flag_length(const struct option *option)
{
    bool takes_value = option->kind != OPTION_SWITCH && option->value_name;
    return strlen(option->name) + 2 + (takes_value ? strlen(option->value_name) + 1 : 0);
}

static size_t environment_length(const struct option *option)
{
    char made[ENVIRONMENT_BYTES_MAX];
    const char *name = environment_name(option, made);
    return name ? strlen(name) : 0;
}

static void write_help_row(const struct option *option, int flag_width, int environment_width,
                           struct buffer *out)
{
    char made[ENVIRONMENT_BYTES_MAX];
    const char *environment = environment_name(option, made);
    bool takes_value = option->kind != OPTION_SWITCH && option->value_name;
    int pad = flag_width - (int)flag_length(option);
    buffer_printf(out, "  --%s%s%s%*s  %-*s  %s", option->name, takes_value ? " " : "",
                  takes_value ? option->value_name : "", pad, "", environment_width,
                  environment ? environment : "", option->help);
    if (option->preset && option->preset[0] && option->kind != OPTION_SWITCH)
        buffer_printf(out, " (default %s)", option->preset);
    buffer_append(out, "\n", 1);
}

void option_write_help(const struct option *options, struct buffer *out)
{
    size_t flag_width = strlen("-h, --help"), environment_width = 0;
    for (const struct option *option = options; option->name; option++) {
        size_t flag = flag_length(option), environment = environment_length(option);
        flag_width = flag > flag_width ? flag : flag_width;
        environment_width = environment > environment_width ? environment : environment_width;
    }
    for (const struct option *option = options; option->name; option++)
        write_help_row(option, (int)flag_width, (int)environment_width, out);
    buffer_printf(out, "  %-*s  %-*s  %s\n", (int)flag_width, "-h, --help", (int)environment_width,
                  "", "Print this text.");
}
