// text: base64url and hex, UTF-8 checks and the cleaning of what people type.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

// RFC 4648 section 5, no padding. `out` needs (size * 4 + 2) / 3 + 1 bytes; returns its length.
size_t text_base64url_encode(const void *bytes, size_t size, char *out);
// Strict: no padding, no other characters, no stray bits. False when it is not, or longer than
// capacity.
MUST_CHECK bool text_base64url_decode(const char *text, size_t length, void *out, size_t capacity,
                                      size_t *out_size);

// RFC 3629: no surrogates, no overlong forms, nothing above U+10FFFF.
bool text_is_utf8(const void *bytes, size_t size);

// What a person typed, made fit to show to others: NFC, control, format-override (bidi embeddings
// and isolates), surrogate, private-use and unassigned characters removed, white space of any kind
// folded to single spaces and trimmed, combining marks limited to 4 a base. Returns a malloc'ed
// string, or NULL with ERR_INVALID (not UTF-8, or nothing left) or ERR_TOO_LARGE (over
// `characters_max` code points).
MUST_CHECK char *text_clean(const char *text, size_t size, size_t characters_max,
                            struct error *err);
