// ground: what the swarm must know of the world it goes to. Pure.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "swarm/crowd.h"

// From a world's document (GET /v1/worlds/ID). ERR_INVALID when it has no proper bounds.
MUST_CHECK bool ground_read_bounds(const char *json, size_t size, struct crowd_area *out,
                                   struct error *err);

// From the list of worlds (GET /v1/worlds): how many people are in this one. ERR_NOT_FOUND,
// ERR_INVALID.
MUST_CHECK bool ground_read_people(const char *json, size_t size, const char *world, uint32_t *out,
                                   struct error *err);
