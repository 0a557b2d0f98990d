#include "replay/names.h"

#include "base/assert.h"

void names_clear(struct names *names)
{
    for (uint32_t i = 0; i < names->capacity; i++) {
        free(names->by_index[i]);
        names->by_index[i] = NULL;
    }
}

void names_done(struct names *names)
{
    names_clear(names);
    free(names->by_index);
    *names = (struct names){0};
}

static void names_reach(struct names *names, uint32_t index)
{
    uint32_t capacity = names->capacity ? names->capacity : 64;
    while (capacity <= index)
        capacity *= 2;
    if (capacity == names->capacity)
        return;
    names->by_index = realloc(names->by_index, capacity * sizeof(struct name *));
    ASSERT(names->by_index);
    memset(names->by_index + names->capacity, 0,
           (capacity - names->capacity) * sizeof(struct name *));
    names->capacity = capacity;
}

void names_set(struct names *names, uint32_t id, uint32_t look, const char *text, uint32_t size)
{
    uint32_t index = id & UINT16_MAX;
    names_reach(names, index);
    struct name *name = malloc(sizeof *name + size + 1);
    ASSERT(name);
    *name = (struct name){.id = id, .look = look};
    memcpy(name->text, text, size);
    name->text[size] = '\0';
    free(names->by_index[index]);
    names->by_index[index] = name;
}

const struct name *names_find(const struct names *names, uint32_t id)
{
    uint32_t index = id & UINT16_MAX;
    const struct name *name = index < names->capacity ? names->by_index[index] : NULL;
    return name && name->id == id ? name : NULL;
}
