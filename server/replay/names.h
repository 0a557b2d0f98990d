// names: what the people of an instance are called, by entity.
//
// Owner: one thread. Memory: a block a person; one whose index has a new owner is forgotten.
#pragma once

#include <stdint.h>

struct name {
    uint32_t id, look;
    char text[];
};

struct names {
    struct name **by_index;
    uint32_t capacity;
};

void names_done(struct names *names);
void names_clear(struct names *names);
void names_set(struct names *names, uint32_t id, uint32_t look, const char *text, uint32_t size);
// NULL: never told.
const struct name *names_find(const struct names *names, uint32_t id);
