// Writing goes over the slots twice: first to find what is told, its range of heights and the last
// slot told of, then to pack it. The body is packed where it stands when its length takes three
// bytes, and moved down when the length turned out shorter.

#include "wire/bits.h"
#include "wire/bytes.h"
#include "wire/section.h"

// How a section packs states.
struct scale {
    struct wire_cell cell;
    unsigned exponent, axis_bits;
    unsigned yaw_shift;
    int32_t y_base_cm;
    unsigned y_bits;
};

struct range {
    int32_t y_least_cm, y_most_cm; // least > most: no state is told
    uint32_t slot_end;             // one past the last slot told of; 0: nothing is
};

static const struct range range_empty = {.y_least_cm = INT16_MAX, .y_most_cm = INT16_MIN};

static void range_add_state(struct range *range, const struct wire_state *state)
{
    if (state->y_cm < range->y_least_cm)
        range->y_least_cm = state->y_cm;
    if (state->y_cm > range->y_most_cm)
        range->y_most_cm = state->y_cm;
}

static struct scale scale_for(uint32_t key, enum wire_level level, const struct range *range)
{
    struct scale scale = {.cell = wire_key_cell(key),
                          .exponent = wire_level_exponent[level],
                          .yaw_shift = wire_level_yaw_shift[level]};
    scale.axis_bits = scale.cell.exponent - scale.exponent;
    if (range->y_least_cm <= range->y_most_cm) {
        // A multiple of the unit: so that a height reads the same whoever else is in the section.
        scale.y_base_cm = range->y_least_cm & -(1 << scale.exponent);
        uint32_t span = (uint32_t)(range->y_most_cm - scale.y_base_cm) >> scale.exponent;
        scale.y_bits = span ? 32 - (unsigned)__builtin_clz(span) : 0;
    }
    return scale;
}

static void body_header_put(struct bits_writer *writer, const struct scale *scale,
                            uint32_t slot_count)
{
    bits_put(writer,
             slot_count | (uint64_t)(uint16_t)scale->y_base_cm << SLOT_COUNT_BITS |
                 (uint64_t)scale->y_bits << (SLOT_COUNT_BITS + Y_BASE_BITS),
             BODY_HEADER_BITS);
}

static uint64_t axis_units(const struct scale *scale, int32_t value_cm, int32_t least_cm)
{
    return (uint32_t)(value_cm - least_cm) >> scale->exponent & bits_mask(scale->axis_bits);
}

static void state_put(struct bits_writer *writer, const struct scale *scale,
                      const struct wire_state *state)
{
    uint64_t x = axis_units(scale, state->x_cm, scale->cell.x_cm);
    uint64_t z = axis_units(scale, state->z_cm, scale->cell.z_cm);
    uint64_t y = (uint32_t)(state->y_cm - scale->y_base_cm) >> scale->exponent;
    bits_put(writer, x | z << scale->axis_bits | y << 2 * scale->axis_bits,
             2 * scale->axis_bits + scale->y_bits);

    unsigned yaw_bits = YAW_BITS - scale->yaw_shift;
    uint64_t rest = (uint64_t)state->yaw >> scale->yaw_shift |
                    (uint64_t)(state->pose & (WIRE_POSES - 1)) << yaw_bits;
    unsigned bits = yaw_bits + POSE_BITS;
    rest |= (uint64_t)(state->flags != 0) << bits++;
    if (state->flags) {
        rest |= (uint64_t)state->flags << bits;
        bits += FLAGS_BITS;
    }
    bits_put(writer, rest, bits);
}

static void entry_put(struct bits_writer *writer, const struct wire_identity *identity,
                      bool described)
{
    uint64_t id = identity->id & bits_mask(ID_BITS);
    if (!described) {
        bits_put(writer, id, ID_BITS + 1);
        return;
    }
    uint64_t kind = identity->kind & (WIRE_KINDS - 1);
    bits_put(writer, id | (uint64_t)1 << ID_BITS | kind << (ID_BITS + 1), ID_BITS + 1 + KIND_BITS);
    bits_put(writer, identity->look, LOOK_BITS);
}

static struct bits_writer body_start(uint8_t *out)
{
    return (struct bits_writer){.at = out + SECTION_HEAD_BYTES_MAX};
}

// Writes the head before the body that ends here, closes the gap, and returns the section's bytes.
static size_t section_finish(struct bits_writer *writer, uint32_t key, enum wire_op op,
                             enum wire_level level, uint8_t sequence, uint8_t *out)
{
    const uint8_t *body = out + SECTION_HEAD_BYTES_MAX;
    size_t body_size = (size_t)(bits_finish(writer) - body);
    out[0] = (uint8_t)((unsigned)level | (unsigned)op << SECTION_LEVEL_BITS);
    bytes_put24(out + 1, key);
    out[SECTION_GONE_BYTES] = sequence;
    uint8_t *at = out + SECTION_GONE_BYTES + 1;
    size_t length = body_size;
    for (; length > 0x7f; length >>= 7)
        *at++ = (uint8_t)(length | 0x80);
    *at++ = (uint8_t)length;
    if (at != body)
        __builtin_memmove(at, body, body_size);
    return (size_t)(at - out) + body_size;
}

size_t wire_section_bytes_max(uint32_t slot_count)
{
    size_t body_bits = BODY_HEADER_BITS + (size_t)slot_count * SLOT_BITS_MAX;
    return SECTION_HEAD_BYTES_MAX + (body_bits + 7) / 8 + BITS_WRITE_SLACK;
}

size_t wire_full_write(uint32_t key, enum wire_level level, uint8_t sequence,
                       const struct wire_slot *slots, uint32_t slot_count, uint8_t *out)
{
    struct range range = range_empty;
    for (uint32_t i = 0; i < slot_count; i++) {
        if (slots[i].use != WIRE_SLOT_TAKEN)
            continue;
        range_add_state(&range, &slots[i].state);
        range.slot_end = i + 1;
    }
    struct scale scale = scale_for(key, level, &range);
    struct bits_writer writer = body_start(out);
    body_header_put(&writer, &scale, range.slot_end);
    for (uint32_t i = 0; i < range.slot_end; i++) {
        bool taken = slots[i].use == WIRE_SLOT_TAKEN;
        bits_put(&writer, taken, 1);
        if (taken) {
            entry_put(&writer, &slots[i].identity, true);
            state_put(&writer, &scale, &slots[i].state);
        }
    }
    return section_finish(&writer, key, WIRE_FULL, level, sequence, out);
}

enum news { NEWS_NONE, NEWS_UPDATE, NEWS_TAKE, NEWS_REMOVE };

// Ticks are serial numbers: they wrap.
static bool tick_is_after(uint32_t tick, uint32_t other)
{
    return (int32_t)(tick - other) > 0;
}

static enum news slot_news(const struct wire_slot *slot, uint32_t since)
{
    if (slot->use == WIRE_SLOT_TAKEN) {
        if (tick_is_after(slot->member_tick, since))
            return NEWS_TAKE;
        return tick_is_after(slot->changed_tick, since) ? NEWS_UPDATE : NEWS_NONE;
    }
    return slot->use != WIRE_SLOT_NEVER && tick_is_after(slot->member_tick, since) ? NEWS_REMOVE
                                                                                   : NEWS_NONE;
}

// After the bit that says "changed".
static void news_put(struct bits_writer *writer, const struct scale *scale, enum news news,
                     const struct wire_slot *slot, uint32_t now)
{
    if (news == NEWS_REMOVE) {
        uint64_t id = slot->identity.id & bits_mask(ID_BITS);
        if (slot->use == WIRE_SLOT_LEFT && id != 0)
            bits_put(writer, 0x7 | id << 3, 3 + ID_BITS);
        else
            bits_put(writer, 0x3, 3);
        return;
    }
    if (news == NEWS_TAKE) {
        bits_put(writer, 0x1, 2);
        entry_put(writer, &slot->identity, !tick_is_after(now, slot->described_until));
    } else {
        bits_put(writer, 0, 1);
    }
    state_put(writer, scale, &slot->state);
}

size_t wire_delta_write(uint32_t key, enum wire_level level, uint8_t sequence, uint32_t since,
                        uint32_t now, const struct wire_slot *slots, uint32_t slot_count,
                        uint8_t *out)
{
    struct range range = range_empty;
    for (uint32_t i = 0; i < slot_count; i++) {
        enum news news = slot_news(&slots[i], since);
        if (news == NEWS_NONE)
            continue;
        if (news != NEWS_REMOVE)
            range_add_state(&range, &slots[i].state);
        range.slot_end = i + 1;
    }
    if (range.slot_end == 0)
        return 0;
    struct scale scale = scale_for(key, level, &range);
    struct bits_writer writer = body_start(out);
    body_header_put(&writer, &scale, range.slot_end);
    uint32_t unchanged = 0;
    for (uint32_t i = 0; i < range.slot_end; i++) {
        enum news news = slot_news(&slots[i], since);
        if (news == NEWS_NONE) {
            unchanged++;
            continue;
        }
        bits_put_zeros(&writer, unchanged);
        unchanged = 0;
        bits_put(&writer, 1, 1);
        news_put(&writer, &scale, news, &slots[i], now);
    }
    return section_finish(&writer, key, WIRE_DELTA, level, sequence, out);
}

size_t wire_gone_write(uint32_t key, uint8_t *out)
{
    out[0] = WIRE_GONE << SECTION_LEVEL_BITS;
    bytes_put24(out + 1, key);
    return SECTION_GONE_BYTES;
}
