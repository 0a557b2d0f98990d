#include "swarm/reading.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/buffer.h"

// Clients that fell behind read older bodies than others do: several of one cell have room.
enum { PLACE_BITS = 13, PLACES = 1 << PLACE_BITS };

struct reading_place {
    struct buffer body;
    uint32_t key; // 0: free
    uint32_t changes;
    uint8_t op, level;
};

void reading_done(struct reading *reading)
{
    for (uint32_t i = 0; reading->places && i < PLACES; i++)
        buffer_done(&reading->places[i].body);
    free(reading->places);
    *reading = (struct reading){0};
}

static uint32_t place_number(const struct wire_section *section)
{
    uint32_t name = section->key * 12 + (uint32_t)section->op * 3 + (uint32_t)section->level;
    return (name * 2654435769u + section->sequence * 2246822519u) >> (32 - PLACE_BITS);
}

static struct reading_place *place_of(struct reading *reading, const struct wire_section *section)
{
    if (!reading->places) {
        reading->places = calloc(PLACES, sizeof *reading->places);
        ASSERT(reading->places);
    }
    return &reading->places[place_number(section)];
}

void reading_expect(const struct reading *reading, const struct wire_section *section)
{
    if (reading->places)
        __builtin_prefetch(&reading->places[place_number(section)]);
}

static bool place_holds(const struct reading_place *place, const struct wire_section *section)
{
    return place->key == section->key && place->op == section->op &&
           place->level == section->level && place->body.size == section->body_size &&
           place->body.bytes && !memcmp(place->body.bytes, section->body, section->body_size);
}

static enum wire_result body_decode(const struct wire_section *section, uint32_t *changes)
{
    struct wire_reader reader;
    struct wire_change change;
    *changes = 0;
    if (wire_reader_open(&reader, section) == WIRE_BAD)
        return WIRE_BAD;
    enum wire_next next;
    while ((next = wire_reader_next(&reader, &change)) == WIRE_NEXT_CHANGE)
        ++*changes;
    return next == WIRE_NEXT_END ? WIRE_DONE : WIRE_BAD;
}

enum wire_result reading_take(struct reading *reading, const struct wire_section *section,
                              uint32_t *changes)
{
    if (section->op == WIRE_GONE)
        return WIRE_DONE;
    struct reading_place *place = place_of(reading, section);
    if (!place_holds(place, section)) {
        uint32_t told;
        reading->decoded++;
        if (body_decode(section, &told) == WIRE_BAD)
            return WIRE_BAD;
        place->body.size = 0;
        buffer_append(&place->body, section->body, section->body_size);
        place->key = section->key;
        place->op = (uint8_t)section->op;
        place->level = (uint8_t)section->level;
        place->changes = told;
    }
    *changes += place->changes;
    return WIRE_DONE;
}
