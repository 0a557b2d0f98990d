// person_text: the few events (docs/protocol.md, section 5.1) that a simulated person heeds. Pure.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

// A place token is at most 1,024 bytes long.
enum { PERSON_TOKEN_BYTES_MAX = 1025 };

enum person_event_kind {
    EVENT_NONE,
    EVENT_WELCOME,
    EVENT_CORRECT,
    EVENT_ERROR,
    EVENT_DRAIN,
    EVENT_TOKEN,
    EVENT_BAD
};

struct person_event {
    enum person_event_kind kind;
    uint32_t id, instance, speed_max_cm_s; // welcome
    int32_t x_cm, y_cm, z_cm;              // welcome, correct
    uint8_t yaw;
    bool resumed;          // welcome
    uint32_t reconnect_ms; // drain
    // welcome, token, when wanted: "" otherwise
    char token[PERSON_TOKEN_BYTES_MAX];
    struct error why; // error, bad
};

// Anything that is none of these, and of no harm, is EVENT_NONE; so are tokens nobody wants.
void person_event_read(const char *text, size_t size, bool wants_tokens, struct person_event *out);
