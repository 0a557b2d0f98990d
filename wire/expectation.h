// expectation: whether bytes mean what a piece of JSON says: for golden vectors and for the
// examples in docs/protocol.md. For tests only. The form of the JSON is told in
// wire/vectors/README.md.
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { EXPECTATION_REASON_BYTES = 256 };

// Reads the bytes as the expectation's kind and compares; what was read, written anew, must be the
// same bytes. False, with a sentence, when anything differs, or when the JSON is not of the form.
bool expectation_is_met(const json_t *expect, const uint8_t *bytes, size_t size,
                        char reason[EXPECTATION_REASON_BYTES]);

// Bytes from text like "01 0a ff"; a "#" hides the rest of its line. The caller frees what is
// returned; NULL for anything else.
uint8_t *expectation_bytes(const char *text, size_t length, size_t *size);
