// head: a strict look at the head of an HTTP/1.x request, before anything acts on it.
//
// Pure; all texts point into the caller's bytes. Strict form (RFC 9112 without its leniencies):
// CRLF only, no folding, no control characters, no space before a colon, origin-form targets, one
// Host, lengths that can be read one way only. What is wrong is found at the first byte that shows
// it, so a look at a part of a head never says anything that a look at the whole would not.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct head_text {
    const char *at;
    size_t size;
};

enum head_result { HEAD_MORE, HEAD_OK, HEAD_BAD };

enum { HEAD_FIELDS_MAX = 100 };

struct head {
    struct head_text method, target;
    int minor;               // of HTTP/1.x
    size_t size;             // the blank line included
    struct head_text fields; // the lines after the first
    struct head_text host;   // empty when absent (HTTP/1.0)
    bool has_length, is_chunked;
    uint64_t content_length;
    int status;         // BAD: what to answer
    const char *reason; // BAD: a sentence
};

// `bytes_max`: 414 when the first line is longer, 431 when the head is.
enum head_result head_read(const char *bytes, size_t size, size_t bytes_max, struct head *out);

struct head_field {
    struct head_text name, value; // the value without the white space around it
};

// Of a head that is OK: writes the next field and moves *offset (0 to begin); false after the last.
bool head_next(const struct head *head, size_t *offset, struct head_field *out);
// The only field of that name; empty when there is none, and `*count` says how many there are.
struct head_text head_find(const struct head *head, const char *name, size_t *count);
// All fields of that name as one comma separated list, from the right: what does not fit is left
// out at the left, whole items at a time. Always ends with NUL. False when there is none.
bool head_join(const struct head *head, const char *name, char *out, size_t capacity);

// Case-insensitive.
bool head_text_is(struct head_text text, const char *word);
// True when the comma separated list has this token (case-insensitive).
bool head_list_has(struct head_text list, const char *token);

// "123" as Content-Length may be written: digits only, at most 18 of them.
bool head_length_parse(struct head_text text, uint64_t *out);
// Letters, digits and ".-:[]_", at most 255: a host with or without a port.
bool head_host_is_sane(struct head_text text);
