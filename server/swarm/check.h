// check: whether pictures show the truth. Pure.
//
// The truth of an instance is where our own people are, by entity id: the last place each of them
// sent, or was put. A picture may hold others too (strangers): nothing is known of them.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "wire/picture.h"

struct truth;

// What is wrong with one entity in one picture, for a sentence about the first such.
struct check_example {
    uint32_t watcher, entity; // ids
    const char *fault;        // NULL: there is none
    enum wire_level level;
    uint32_t age_ticks; // since news of it
    int32_t shown[3], meant[3];
};

struct check_tally {
    uint64_t pictures, entities;            // looked at
    uint64_t missing, wrong, doubled, gone; // over all pictures
    uint32_t strangers;                     // the most in any one picture
    struct check_example first;
};

struct truth *truth_create(void);
void truth_destroy(struct truth *truth);
// `present`: connected, so that everyone must see it; else it may be shown or not (it lingers).
void truth_add(struct truth *truth, uint32_t id, const struct wire_state *state, bool present);
// Somebody who departed for good: nobody may see them any more.
void truth_add_gone(struct truth *truth, uint32_t id);

// Compares one picture and adds what was found. The watcher itself need not be in it.
void check_picture(struct truth *truth, const struct picture_rows *rows, uint32_t row_count,
                   uint32_t tick, uint32_t watcher, struct check_tally *tally);
