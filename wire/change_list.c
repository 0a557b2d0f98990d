#include "wire/change_list.h"

#include "wire/codec.h"

static void change_put(const struct wire_change *change, int32_t *out)
{
    const int32_t words[CHANGE_LIST_CHANGE_WORDS] = {
        (int32_t)change->kind, (int32_t)change->slot,
        change->described,     (int32_t)change->identity.id,
        change->identity.kind, (int32_t)change->identity.look,
        change->state.x_cm,    change->state.y_cm,
        change->state.z_cm,    change->state.yaw,
        change->state.pose,    change->state.flags,
    };
    for (int i = 0; i < CHANGE_LIST_CHANGE_WORDS; i++)
        out[i] = words[i];
}

// The section's changes; returns how many, or CHANGE_LIST_BAD.
static size_t section_put(const struct wire_section *section, int32_t *out)
{
    struct wire_reader reader;
    struct wire_change change;
    if (wire_reader_open(&reader, section) != WIRE_DONE)
        return CHANGE_LIST_BAD;
    size_t count = 0;
    enum wire_next next;
    while ((next = wire_reader_next(&reader, &change)) == WIRE_NEXT_CHANGE) {
        if (out)
            change_put(&change, out + count * CHANGE_LIST_CHANGE_WORDS);
        count++;
    }
    return next == WIRE_NEXT_END ? count : CHANGE_LIST_BAD;
}

size_t change_list_read(const uint8_t *bytes, size_t size, int32_t *out)
{
    struct wire_frame frame;
    struct wire_section section;
    if (wire_frame_read(bytes, size, &frame) != WIRE_DONE)
        return CHANGE_LIST_BAD;
    if (out) {
        out[0] = frame.flags;
        out[1] = (int32_t)frame.tick;
    }
    size_t words = CHANGE_LIST_FRAME_WORDS;
    while (frame.rest_size) {
        if (wire_section_read(&frame, &section) != WIRE_DONE)
            return CHANGE_LIST_BAD;
        int32_t *at = out ? out + words : NULL;
        size_t count = section_put(&section, at ? at + CHANGE_LIST_SECTION_WORDS : NULL);
        if (count == CHANGE_LIST_BAD)
            return CHANGE_LIST_BAD;
        if (at) {
            at[0] = (int32_t)section.op;
            at[1] = (int32_t)section.level;
            at[2] = (int32_t)section.key;
            at[3] = section.sequence;
            at[4] = (int32_t)count;
        }
        words += CHANGE_LIST_SECTION_WORDS + count * CHANGE_LIST_CHANGE_WORDS;
    }
    return words;
}
