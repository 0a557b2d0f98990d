// log: one event a line, as JSON, or as readable text when stderr is a terminal.
//
// Any thread; a line is written with one write(2) to stderr. Only the top of a flow logs (start-up,
// request, tick, connection): a function that returns an error does not also log it.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
    const char *key;
    const char *text; // NULL: `number` is meant
    int64_t number;
};

// NULL reads as an empty text.
static inline struct log_field log_text(const char *key, const char *text)
{
    return (struct log_field){.key = key, .text = text ? text : ""};
}

static inline struct log_field log_number(const char *key, int64_t number)
{
    return (struct log_field){.key = key, .number = number};
}

#define LOG_TEXT(k, v) log_text(k, v)
#define LOG_NUMBER(k, v) log_number(k, (int64_t)(v))

// log_event(LOG_INFO, "hub.instance_opened", LOG_TEXT("world", id), LOG_NUMBER("capacity", n));
#define log_event(level, name, ...)                                                                \
    log_write(level, name, (const struct log_field[]){__VA_ARGS__ __VA_OPT__(, ){0}})

// `fields` ends with a row whose key is NULL.
void log_write(enum log_level level, const char *name, const struct log_field *fields);
void log_set_level(enum log_level least);
bool log_level_parse(const char *text, enum log_level *out);
