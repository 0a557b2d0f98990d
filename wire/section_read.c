#include "wire/bits.h"
#include "wire/section.h"

// The reader's place in the body; written back only when a whole record was read.
static struct bits_reader bits_of(const struct wire_reader *reader)
{
    return (struct bits_reader){.bytes = reader->bytes, .size = reader->size, .bit = reader->bit};
}

static enum wire_next reader_spoil(struct wire_reader *reader)
{
    reader->slot_count = 0;
    reader->slot = 1; // past the end: bad from now on
    return WIRE_NEXT_BAD;
}

enum wire_result wire_reader_open(struct wire_reader *reader, const struct wire_section *section)
{
    *reader = (struct wire_reader){.bytes = section->body,
                                   .size = section->body_size,
                                   .op = section->op,
                                   .level = section->level,
                                   .cell = wire_key_cell(section->key)};
    if (section->op == WIRE_GONE)
        return WIRE_DONE;
    struct bits_reader bits = bits_of(reader);
    uint64_t head;
    if (section->body_size > SECTION_BODY_BYTES_MAX || !bits_take(&bits, BODY_HEADER_BITS, &head)) {
        reader_spoil(reader);
        return WIRE_BAD;
    }
    reader->bit = bits.bit;
    reader->slot_count = (uint32_t)(head & bits_mask(SLOT_COUNT_BITS));
    reader->y_base_cm = (int16_t)(head >> SLOT_COUNT_BITS);
    reader->y_bits = (uint8_t)(head >> (SLOT_COUNT_BITS + Y_BASE_BITS));
    int32_t unit = 1 << wire_level_exponent[section->level];
    if (reader->y_bits > Y_BITS_MAX || (reader->y_base_cm & (unit - 1)) != 0) {
        reader_spoil(reader);
        return WIRE_BAD;
    }
    return WIRE_DONE;
}

static int32_t unit_middle(uint64_t units, unsigned exponent)
{
    return (int32_t)((uint32_t)units << exponent | (uint32_t)1 << exponent >> 1);
}

static bool state_take(struct bits_reader *bits, const struct wire_reader *reader,
                       struct wire_state *out)
{
    unsigned exponent = wire_level_exponent[reader->level];
    unsigned yaw_shift = wire_level_yaw_shift[reader->level];
    unsigned axis_bits = reader->cell.exponent - exponent, yaw_bits = YAW_BITS - yaw_shift;
    uint64_t place, rest;
    if (!bits_take(bits, 2 * axis_bits + reader->y_bits, &place) ||
        !bits_take(bits, yaw_bits + POSE_BITS + 1, &rest))
        return false;
    int32_t y_cm = reader->y_base_cm + unit_middle(place >> 2 * axis_bits, exponent);
    if (y_cm > INT16_MAX)
        return false;
    uint64_t flags = 0;
    if (rest >> (yaw_bits + POSE_BITS) && (!bits_take(bits, FLAGS_BITS, &flags) || flags == 0))
        return false;
    uint64_t axis = bits_mask(axis_bits);
    out->x_cm = reader->cell.x_cm + unit_middle(place & axis, exponent);
    out->z_cm = reader->cell.z_cm + unit_middle(place >> axis_bits & axis, exponent);
    out->y_cm = (int16_t)y_cm;
    out->yaw = (uint8_t)unit_middle(rest & bits_mask(yaw_bits), yaw_shift);
    out->pose = (uint8_t)(rest >> yaw_bits & (WIRE_POSES - 1));
    out->flags = (uint8_t)flags;
    return true;
}

static bool entry_take(struct bits_reader *bits, bool must_describe, struct wire_change *out)
{
    uint64_t entry, look;
    if (!bits_take(bits, ID_BITS + 1, &entry))
        return false;
    out->identity.id = (uint32_t)(entry & bits_mask(ID_BITS));
    out->described = entry >> ID_BITS;
    if (out->identity.id == 0 || (must_describe && !out->described))
        return false;
    if (!out->described)
        return true;
    if (!bits_take(bits, KIND_BITS + LOOK_BITS, &look))
        return false;
    out->identity.kind = (uint8_t)(look & (WIRE_KINDS - 1));
    out->identity.look = (uint32_t)(look >> KIND_BITS);
    return true;
}

// What follows the bit that says "changed".
static bool news_take(struct bits_reader *bits, const struct wire_reader *reader,
                      struct wire_change *out)
{
    uint64_t bit;
    if (!bits_take(bits, 1, &bit))
        return false;
    if (bit == 0) {
        out->kind = WIRE_UPDATE;
        return state_take(bits, reader, &out->state);
    }
    if (!bits_take(bits, 1, &bit))
        return false;
    if (bit == 0) {
        out->kind = WIRE_TAKE;
        return entry_take(bits, false, out) && state_take(bits, reader, &out->state);
    }
    if (!bits_take(bits, 1, &bit))
        return false;
    out->kind = bit ? WIRE_LEAVE : WIRE_MOVE_ON;
    if (bit == 0)
        return true;
    uint64_t id;
    if (!bits_take(bits, ID_BITS, &id) || id == 0)
        return false;
    out->identity.id = (uint32_t)id;
    return true;
}

// Passes over the slots that say nothing, each one bit 0. False when the bits end before the slots
// do.
static bool slots_skip(struct bits_reader *bits, struct wire_reader *reader)
{
    while (reader->slot < reader->slot_count) {
        size_t run = bits_left(bits);
        if (run == 0)
            return false;
        if (run > BITS_FIELD_MAX)
            run = BITS_FIELD_MAX;
        if (run > reader->slot_count - reader->slot)
            run = reader->slot_count - reader->slot;
        uint64_t word = bits_peek(bits) & bits_mask((unsigned)run);
        if (word)
            run = (size_t)__builtin_ctzll(word);
        bits->bit += run;
        reader->slot += (uint32_t)run;
        if (word)
            break;
    }
    return true;
}

enum wire_next wire_reader_next(struct wire_reader *reader, struct wire_change *out)
{
    struct bits_reader bits = bits_of(reader);
    if (reader->slot > reader->slot_count || !slots_skip(&bits, reader))
        return reader_spoil(reader);
    reader->bit = bits.bit;
    if (reader->slot == reader->slot_count)
        return bits_are_done(&bits) ? WIRE_NEXT_END : reader_spoil(reader);

    bits.bit++; // the 1 that ended the run
    struct wire_change change = {.kind = WIRE_TAKE, .slot = reader->slot};
    bool read = reader->op == WIRE_FULL
                    ? entry_take(&bits, true, &change) && state_take(&bits, reader, &change.state)
                    : news_take(&bits, reader, &change);
    if (!read)
        return reader_spoil(reader);
    reader->bit = bits.bit;
    reader->slot++;
    *out = change;
    return WIRE_NEXT_CHANGE;
}
