// document: a world as a file: environment, bounds, spawn points, placed objects, portals and
// signs.
//
// The format is worlds/world.schema.json (version 1). Reading checks all of it: whoever holds a
// struct world_document holds a world that every client can show.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

enum { WORLD_DOCUMENT_BYTES_MAX = 4 << 20, WORLD_OBJECTS_MAX = 10000, WORLD_SPAWNS_MAX = 64 };

struct world_spawn {
    double x_m, y_m, z_m, yaw_degrees, radius_m;
    bool portal; // only for who comes by a portal that names it
};

struct world_portal {
    const char *id;
    const char *to; // a world's id here, or https://host/w/ID
    int spawn;      // in the world it leads to; -1, or one that is not there: any
};

struct world_document {
    const char *id, *name, *description; // in English; the document has the other languages
    double least_m[3], most_m[3];        // bounds
    double speed_max_m_s, earshot_m;
    uint32_t capacity; // people in one instance
    const struct world_spawn *spawns;
    size_t spawn_count;
    const struct world_portal *portals;
    size_t portal_count;
    const char *json; // as clients get it: the file without the white space between its tokens
    size_t json_size;
    char etag[40]; // of json, quotes included
};

// Everything lives in `home`. ERR_INVALID names the place: "/objects/3/size/1: must be greater than
// 0".
MUST_CHECK bool world_document_read(const char *json, size_t size, struct arena *home,
                                    struct world_document *out, struct error *err);
