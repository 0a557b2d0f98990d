// embedded: the worlds that are built into the program, from worlds/*.json (embed_worlds.sh).
// For this room only.
#pragma once

#include <stddef.h>

struct embedded_world {
    const char *file; // "plaza.json"
    const char *json, *json_end;
};

extern const struct embedded_world embedded_worlds[];
extern const size_t embedded_world_count;
