// fixture: a recording to test with. Ada walks 10 cm along x in each tick; Ben comes at one tick,
// goes at another, and the second stretch begins while he is there. Ada speaks once.
#pragma once

#include <stdint.h>

#include "hub/instance.h"

enum {
    FIXTURE_TICKS = 100,
    FIXTURE_SECOND_STRETCH = 60,
    FIXTURE_BEN_COMES = 40,
    FIXTURE_BEN_GOES = 80,
    FIXTURE_WORDS = 30, // heard in this tick
    FIXTURE_STEP_CM = 10,
};

struct fixture_file {
    char folder[64], path[96];
    uint32_t ada, ben; // their ids
};

// Empty, number 3, wide enough for every walk of these tests. To be destroyed by the caller.
struct instance *fixture_instance(void);

// Writes it, into a folder of its own.
void fixture_file_make(struct fixture_file *file);
void fixture_file_remove(struct fixture_file *file);
