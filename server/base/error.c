#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/assert.h"

struct error_row {
    const char *name;
    int http, close;
};

static const struct error_row error_rows[] = {
#define X(code, name, http, close) [code] = {name, http, close},
    ERROR_TABLE(X)
#undef X
};

static const struct error_row *row_of(enum error_code code)
{
    ASSERT((unsigned)code < sizeof(error_rows) / sizeof(error_rows[0]));
    return &error_rows[code];
}

// A text that was cut off must not end within a UTF-8 character: it goes out as JSON.
static void drop_partial_character(char *text, size_t length)
{
    size_t start = length;
    while (start > 0 && length - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t whole = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (length - (start - 1) < whole)
        text[start - 1] = '\0';
}

static void text_format(char *text, size_t capacity, const char *format, va_list arguments)
{
    int length = vsnprintf(text, capacity, format, arguments);
    ASSERT(length >= 0);
    if ((size_t)length >= capacity)
        drop_partial_character(text, capacity - 1);
}

bool fail(struct error *err, enum error_code code, const char *format, ...)
{
    if (!err)
        return false;
    // Formatted aside: an argument may be the text of this very error.
    char text[sizeof(err->text)];
    va_list arguments;
    va_start(arguments, format);
    text_format(text, sizeof(text), format, arguments);
    va_end(arguments);
    err->code = code;
    memcpy(err->text, text, sizeof(text));
    return false;
}

bool error_prefix(struct error *err, const char *format, ...)
{
    if (!err)
        return false;
    char where[sizeof(err->text)];
    va_list arguments;
    va_start(arguments, format);
    text_format(where, sizeof(where), format, arguments);
    va_end(arguments);

    char whole[2 * sizeof(err->text) + 2];
    int length = snprintf(whole, sizeof(whole), "%s: %s", where, err->text);
    size_t kept = sizeof(err->text) - 1;
    if ((size_t)length > kept) {
        whole[kept] = '\0';
        drop_partial_character(whole, kept);
    }
    memcpy(err->text, whole, strlen(whole) + 1);
    return false;
}

const char *error_name(enum error_code code)
{
    return row_of(code)->name;
}

int error_http_status(enum error_code code)
{
    return row_of(code)->http;
}

int error_close_code(enum error_code code)
{
    return row_of(code)->close;
}
