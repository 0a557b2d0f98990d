// A line is built on the stack and written with one write(2), so that lines of several threads
// never mix. What does not fit is left out whole, field by field, and the line says so: it stays
// valid JSON.
#include "base/log.h"

#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

enum {
    LINE_BYTES_MAX = 4096,
    // Kept back for the mark of what is missing and the end of the line.
    LINE_END_BYTES = 32,
    VALUE_BYTES_MAX = 1024,
};

struct line {
    char bytes[LINE_BYTES_MAX];
    size_t size;
    bool full; // something since the last checkpoint did not fit
};

static const char *const level_names[] = {"debug", "info", "warn", "error"};

// Relaxed: a line more or less while the level changes is no harm.
static _Atomic int level_least = LOG_INFO;

void log_set_level(enum log_level least)
{
    atomic_store_explicit(&level_least, (int)least, memory_order_relaxed);
}

bool log_level_parse(const char *text, enum log_level *out)
{
    for (int i = LOG_DEBUG; i <= LOG_ERROR; i++) {
        if (strcasecmp(text, level_names[i]) == 0) {
            *out = (enum log_level)i;
            return true;
        }
    }
    return false;
}

static void put(struct line *line, const char *text, size_t length)
{
    if (line->full || length > sizeof(line->bytes) - LINE_END_BYTES - line->size) {
        line->full = true;
        return;
    }
    memcpy(line->bytes + line->size, text, length);
    line->size += length;
}

static void put_text(struct line *line, const char *text)
{
    put(line, text, strlen(text));
}

// How many bytes the character at `text` has; 0 when it is not UTF-8.
static size_t character_bytes(const char *text, size_t left)
{
    unsigned char lead = (unsigned char)text[0];
    size_t bytes = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    return bytes <= left && text_is_utf8(text, bytes) ? bytes : 0;
}

static void put_escaped_byte(struct line *line, unsigned char byte)
{
    char escape[8];
    switch (byte) {
    case '"':
        put_text(line, "\\\"");
        return;
    case '\\':
        put_text(line, "\\\\");
        return;
    case '\n':
        put_text(line, "\\n");
        return;
    case '\r':
        put_text(line, "\\r");
        return;
    case '\t':
        put_text(line, "\\t");
        return;
    }
    if (byte < 0x20 || byte == 0x7F)
        put(line, escape, (size_t)snprintf(escape, sizeof(escape), "\\u%04x", byte));
    else
        put(line, (const char *)&byte, 1);
}

// Also for a terminal: an escape sequence in a name must not reach it. That includes the C1
// controls.
static void put_escaped(struct line *line, const char *text)
{
    size_t length = strnlen(text, VALUE_BYTES_MAX + 1);
    bool cut = length > VALUE_BYTES_MAX;
    if (cut)
        length = VALUE_BYTES_MAX;
    for (size_t i = 0; i < length;) {
        size_t bytes = character_bytes(text + i, length - i);
        if (bytes == 1)
            put_escaped_byte(line, (unsigned char)text[i]);
        else if (bytes == 0 ||
                 (bytes == 2 && text[i] == '\xC2' && (unsigned char)text[i + 1] < 0xA0))
            put_text(line, "\xEF\xBF\xBD");
        else
            put(line, text + i, bytes);
        i += bytes ? bytes : 1;
    }
    if (cut)
        put_text(line, "\xE2\x80\xA6");
}

static void put_number(struct line *line, int64_t number)
{
    char digits[24];
    put(line, digits, (size_t)snprintf(digits, sizeof(digits), "%" PRId64, number));
}

static void put_time(struct line *line, bool with_date)
{
    uint64_t wall_ms = clock_wall_ms(&clock_system);
    time_t seconds = (time_t)(wall_ms / 1000);
    struct tm parts;
    char text[64];
    gmtime_r(&seconds, &parts);
    size_t length =
        strftime(text, sizeof(text), with_date ? "%Y-%m-%dT%H:%M:%S" : "%H:%M:%S", &parts);
    put(line, text, length);
    put(line, text, (size_t)snprintf(text, sizeof(text), ".%03uZ", (unsigned)(wall_ms % 1000)));
}

static void put_field_json(struct line *line, const struct log_field *field)
{
    put_text(line, ",\"");
    put_escaped(line, field->key);
    put_text(line, "\":");
    if (field->text) {
        put_text(line, "\"");
        put_escaped(line, field->text);
        put_text(line, "\"");
    } else {
        put_number(line, field->number);
    }
}

// Quoted only where the bare text could be read as something else.
static void put_field_text(struct line *line, const struct log_field *field)
{
    put_text(line, "  ");
    put_escaped(line, field->key);
    put_text(line, "=");
    if (!field->text) {
        put_number(line, field->number);
        return;
    }
    bool quoted = field->text[0] == '\0' || strpbrk(field->text, " =\"") != NULL;
    put_text(line, quoted ? "\"" : "");
    put_escaped(line, field->text);
    put_text(line, quoted ? "\"" : "");
}

static void put_head(struct line *line, bool json, enum log_level level, const char *name)
{
    put_text(line, json ? "{\"ts\":\"" : "");
    put_time(line, json);
    if (json) {
        put_text(line, "\",\"level\":\"");
        put_text(line, level_names[level]);
        put_text(line, "\",\"event\":\"");
        put_escaped(line, name);
        put_text(line, "\"");
    } else {
        static const char *const words[] = {" debug ", " info  ", " WARN  ", " ERROR "};
        put_text(line, words[level]);
        put_escaped(line, name);
    }
}

static void put_fields(struct line *line, bool json, const struct log_field *fields)
{
    bool missing = false;
    for (const struct log_field *field = fields; field->key; field++) {
        size_t size_before = line->size;
        (json ? put_field_json : put_field_text)(line, field);
        if (line->full) {
            line->size = size_before;
            line->full = false;
            missing = true;
        }
    }
    const char *mark = !missing ? "" : json ? ",\"truncated\":1" : "  (truncated)";
    const char *end = json ? "}\n" : "\n";
    // Fits: LINE_END_BYTES were kept back for it.
    line->size += (size_t)snprintf(line->bytes + line->size, sizeof(line->bytes) - line->size,
                                   "%s%s", mark, end);
}

void log_write(enum log_level level, const char *name, const struct log_field *fields)
{
    if ((int)level < atomic_load_explicit(&level_least, memory_order_relaxed))
        return;
    int errno_before = errno;
    struct line line;
    line.size = 0;
    line.full = false;
    bool json = !isatty(STDERR_FILENO);
    put_head(&line, json, level, name);
    if (line.full) { // a name of a kilobyte: the line begins anew without it
        line.size = 0;
        line.full = false;
        put_head(&line, json, level, "log.name_too_long");
    }
    put_fields(&line, json, fields);
    // A log that cannot be written has nowhere to say so.
    ssize_t put_bytes = write(STDERR_FILENO, line.bytes, line.size);
    (void)put_bytes;
    errno = errno_before;
}
