// loader: reads stretches of a recording in a thread of its own, so that a tick never waits for the
// disk.
//
// One thread asks and takes (the tick thread); what it takes is its own.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "replay/recording.h"

struct loader;

struct loaded {
    uint32_t stretch;
    struct buffer bytes; // empty: it could not be read
};

// The recording is borrowed.
struct loader *loader_create(const struct recording *recording);
MUST_CHECK bool loader_start(struct loader *loader, struct error *err);
void loader_destroy(struct loader *loader); // joins the thread

// False when as many are asked for as it takes.
MUST_CHECK bool loader_ask(struct loader *loader, uint32_t stretch);
MUST_CHECK bool loader_take(struct loader *loader, struct loaded *out);
