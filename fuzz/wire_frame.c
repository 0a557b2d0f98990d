// Any bytes are a frame whose every word is in range, or refused; each section that is read,
// written anew from what it said and read again, says the same.
#include "fuzz/target.h"
#include "wire/codec.h"

enum { SLOTS_MAX = 4096, NOW = 10 };

static struct wire_slot slots[SLOTS_MAX];

static void check_change(const struct wire_change *change, const struct wire_section *section)
{
    struct wire_cell cell = wire_key_cell(section->key);
    int32_t side = 1 << cell.exponent;
    if (section->op == WIRE_FULL)
        TARGET_CHECK(change->kind == WIRE_TAKE && change->described);
    if (change->kind == WIRE_TAKE || change->kind == WIRE_LEAVE)
        TARGET_CHECK(change->identity.id > 0 && change->identity.id <= 0xffffff);
    if (change->kind != WIRE_TAKE && change->kind != WIRE_UPDATE)
        return;
    TARGET_CHECK(change->state.x_cm >= cell.x_cm && change->state.x_cm < cell.x_cm + side);
    TARGET_CHECK(change->state.z_cm >= cell.z_cm && change->state.z_cm < cell.z_cm + side);
    TARGET_CHECK(change->state.pose < WIRE_POSES && change->identity.kind < WIRE_KINDS);
}

static struct wire_slot slot_of(const struct wire_change *change)
{
    static const uint8_t uses[] = {WIRE_SLOT_TAKEN, WIRE_SLOT_TAKEN, WIRE_SLOT_MOVED_ON,
                                   WIRE_SLOT_LEFT};
    return (struct wire_slot){.use = uses[change->kind],
                              .identity = change->identity,
                              .state = change->state,
                              .member_tick = change->kind == WIRE_UPDATE ? NOW - 1 : NOW,
                              .changed_tick = NOW,
                              .described_until = change->described ? NOW : NOW - 1};
}

static bool changes_are_equal(const struct wire_change *a, const struct wire_change *b)
{
    return a->kind == b->kind && a->slot == b->slot && a->described == b->described &&
           a->identity.id == b->identity.id && a->identity.kind == b->identity.kind &&
           a->identity.look == b->identity.look && a->state.x_cm == b->state.x_cm &&
           a->state.y_cm == b->state.y_cm && a->state.z_cm == b->state.z_cm &&
           a->state.yaw == b->state.yaw && a->state.pose == b->state.pose &&
           a->state.flags == b->state.flags;
}

// Reads `section` beside `anew`, which must say the same.
static void check_same(const struct wire_section *section, const struct wire_section *anew)
{
    struct wire_reader reader, reader_anew;
    struct wire_change change, change_anew;
    TARGET_CHECK(wire_reader_open(&reader, section) == WIRE_DONE);
    TARGET_CHECK(wire_reader_open(&reader_anew, anew) == WIRE_DONE);
    for (;;) {
        enum wire_next next = wire_reader_next(&reader, &change);
        TARGET_CHECK(wire_reader_next(&reader_anew, &change_anew) == next);
        if (next != WIRE_NEXT_CHANGE)
            return;
        TARGET_CHECK(changes_are_equal(&change, &change_anew));
    }
}

static void check_anew(const struct wire_section *section, uint32_t slot_count)
{
    size_t size_max = wire_section_bytes_max(slot_count);
    uint8_t *out = malloc(size_max);
    TARGET_CHECK(out);
    size_t size = section->op == WIRE_FULL
                      ? wire_full_write(section->key, section->level, section->sequence, slots,
                                        slot_count, out)
                      : wire_delta_write(section->key, section->level, section->sequence, NOW - 1,
                                         NOW, slots, slot_count, out);
    TARGET_CHECK(size <= size_max);
    struct wire_frame frame = {.rest = out, .rest_size = size};
    struct wire_section anew;
    if (size) { // a delta that told nothing is not written
        TARGET_CHECK(wire_section_read(&frame, &anew) == WIRE_DONE && frame.rest_size == 0);
        check_same(section, &anew);
    }
    free(out);
}

static bool check_section(const struct wire_section *section)
{
    struct wire_reader reader;
    struct wire_change change;
    uint32_t slot_count = 0;
    TARGET_CHECK(wire_key_is_valid(section->key) && section->level < WIRE_LEVELS);
    if (wire_reader_open(&reader, section) != WIRE_DONE)
        return false;
    enum wire_next next;
    while ((next = wire_reader_next(&reader, &change)) == WIRE_NEXT_CHANGE) {
        check_change(&change, section);
        TARGET_CHECK(change.slot < WIRE_SLOTS_MAX);
        if (change.slot >= SLOTS_MAX)
            continue; // still read, not written anew
        while (slot_count < change.slot)
            slots[slot_count++] = (struct wire_slot){0};
        slots[slot_count++] = slot_of(&change);
    }
    if (next == WIRE_NEXT_END && section->op != WIRE_GONE && reader.slot_count <= SLOTS_MAX)
        check_anew(section, slot_count);
    return next == WIRE_NEXT_END;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *exact = target_copy(data, size);
    struct wire_frame frame;
    struct wire_section section;
    bool good = wire_frame_read(exact, size, &frame) == WIRE_DONE;
    while (good && frame.rest_size)
        good = wire_section_read(&frame, &section) == WIRE_DONE && check_section(&section);
    free(exact);
    return 0;
}
