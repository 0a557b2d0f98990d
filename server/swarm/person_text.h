// person_text: the few events (docs/protocol.md, section 5.1) that a simulated person heeds. Pure.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum person_event_kind {
    EVENT_NONE,
    EVENT_WELCOME,
    EVENT_CORRECT,
    EVENT_ERROR,
    EVENT_DRAIN,
    EVENT_BAD
};

struct person_event {
    enum person_event_kind kind;
    uint32_t id, instance, speed_max_cm_s; // welcome
    int32_t x_cm, y_cm, z_cm;              // welcome, correct
    uint8_t yaw;
    struct error why; // error, bad
};

// Anything that is none of these, and of no harm, is EVENT_NONE.
void person_event_read(const char *text, size_t size, struct person_event *out);
