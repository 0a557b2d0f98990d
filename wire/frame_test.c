#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wire/codec.h"
#include "wire/dice.h"
#include "wire/picture.h"

enum { SLOTS = 6, SECTIONS = 3, CAPACITY = 64 };

static struct wire_slot some_slot(struct dice *dice, struct wire_cell cell)
{
    int32_t side = 1 << cell.exponent;
    return (struct wire_slot){
        .use = (uint8_t)dice_below(dice, 4),
        .state = {.x_cm = cell.x_cm + dice_between(dice, 0, side - 1),
                  .z_cm = cell.z_cm + dice_between(dice, 0, side - 1),
                  .y_cm = (int16_t)dice_between(dice, -300, 300),
                  .yaw = (uint8_t)dice_next(dice),
                  .pose = (uint8_t)dice_below(dice, WIRE_POSES),
                  .flags = (uint8_t)dice_below(dice, 3)},
        .identity = {.id = 1 + dice_below(dice, 40), .look = dice_next(dice)},
        .described_until = dice_below(dice, 2) ? 100 : 0,
        .member_tick = 98 + dice_below(dice, 3),
        .changed_tick = 100,
    };
}

static size_t some_section(struct dice *dice, uint8_t *out)
{
    struct wire_slot slots[SLOTS];
    uint32_t key = wire_key_at(dice_between(dice, -2000, 2000), dice_between(dice, -2000, 2000),
                               dice_below(dice, WIRE_DEPTH_MAX + 1));
    uint32_t slot_count = dice_below(dice, SLOTS + 1);
    enum wire_level level = (enum wire_level)dice_below(dice, WIRE_LEVELS);
    for (uint32_t i = 0; i < slot_count; i++)
        slots[i] = some_slot(dice, wire_key_cell(key));
    uint32_t what = dice_below(dice, 5);
    if (what == 0)
        return wire_gone_write(key, out);
    if (what < 3)
        return wire_full_write(key, level, 1, slots, slot_count, out);
    return wire_delta_write(key, level, 2, 98, 100, slots, slot_count, out);
}

static size_t some_frame(struct dice *dice, uint8_t *out)
{
    wire_frame_header_write((uint8_t)dice_below(dice, 2), dice_next(dice), out);
    size_t size = WIRE_FRAME_HEADER_BYTES;
    for (int i = 0; i < SECTIONS; i++)
        size += some_section(dice, out + size);
    return size;
}

static uint8_t *frame_room(void)
{
    uint8_t *room = malloc(WIRE_FRAME_HEADER_BYTES + SECTIONS * wire_section_bytes_max(SLOTS));
    assert_non_null(room);
    return room;
}

static void assert_in_range_of_cell(const struct wire_change *change, struct wire_cell cell)
{
    int32_t side = 1 << cell.exponent;
    if (change->kind == WIRE_TAKE || change->kind == WIRE_LEAVE)
        assert_in_range(change->identity.id, 1, 0xffffff);
    if (change->kind != WIRE_TAKE && change->kind != WIRE_UPDATE)
        return;
    assert_in_range(change->state.x_cm - cell.x_cm, 0, side - 1);
    assert_in_range(change->state.z_cm - cell.z_cm, 0, side - 1);
    assert_in_range(change->state.pose, 0, WIRE_POSES - 1);
    assert_in_range(change->identity.kind, 0, WIRE_KINDS - 1);
}

// Whether the section is good to its end; whatever it says must be in range.
static bool section_walks(const struct wire_section *section)
{
    struct wire_reader reader;
    struct wire_change change;
    assert_true(wire_key_is_valid(section->key));
    assert_in_range(section->level, 0, WIRE_LEVELS - 1);
    if (wire_reader_open(&reader, section) != WIRE_DONE) {
        assert_int_equal(wire_reader_next(&reader, &change), WIRE_NEXT_BAD);
        return false;
    }
    uint32_t slot_least = 0;
    enum wire_next next;
    while ((next = wire_reader_next(&reader, &change)) == WIRE_NEXT_CHANGE) {
        assert_in_range(change.slot, slot_least, WIRE_SLOTS_MAX - 1);
        slot_least = change.slot + 1;
        assert_in_range_of_cell(&change, wire_key_cell(section->key));
    }
    assert_int_equal(wire_reader_next(&reader, &change), next); // it stays at its end, or bad
    return next == WIRE_NEXT_END;
}

// Reads a copy that ends where its block ends; true when it is a good frame.
static bool frame_walks(const uint8_t *bytes, size_t size)
{
    uint8_t *exact = malloc(size ? size : 1);
    assert_non_null(exact);
    memcpy(exact, bytes, size);
    struct wire_frame frame;
    struct wire_section section;
    bool good = wire_frame_read(exact, size, &frame) == WIRE_DONE;
    while (good && frame.rest_size)
        good = wire_section_read(&frame, &section) == WIRE_DONE && section_walks(&section);
    free(exact);
    return good;
}

static void every_written_frame_is_taken(void **state)
{
    (void)state;
    struct dice dice = {.state = 21};
    uint8_t *bytes = frame_room();
    for (int i = 0; i < 5000; i++) {
        size_t size = some_frame(&dice, bytes);
        assert_true(frame_walks(bytes, size));
    }
    free(bytes);
}

// A frame cut short is good only where a section ends.
static void every_cut_within_a_section_is_refused(void **state)
{
    (void)state;
    struct dice dice = {.state = 22};
    uint8_t *bytes = frame_room();
    for (int i = 0; i < 200; i++) {
        wire_frame_header_write(0, 1, bytes);
        size_t size =
            WIRE_FRAME_HEADER_BYTES + some_section(&dice, bytes + WIRE_FRAME_HEADER_BYTES);
        for (size_t cut = 0; cut < size; cut++)
            assert_int_equal(frame_walks(bytes, cut), cut == WIRE_FRAME_HEADER_BYTES);
    }
    free(bytes);
}

static void every_flipped_bit_is_refused_or_read_in_range(void **state)
{
    (void)state;
    struct dice dice = {.state = 23};
    uint8_t *bytes = frame_room();
    int refused = 0, taken = 0;
    for (int i = 0; i < 60; i++) {
        size_t size = some_frame(&dice, bytes);
        for (size_t bit = 0; bit < size * 8; bit++) {
            bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
            *(frame_walks(bytes, size) ? &taken : &refused) += 1;
            bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
    }
    assert_true(refused > 1000 && taken > 1000);
    free(bytes);
}

static void a_frame_that_is_refused_changes_nothing_in_a_picture(void **state)
{
    (void)state;
    struct dice dice = {.state = 24};
    size_t block_size = picture_bytes(CAPACITY);
    uint8_t *block = aligned_alloc(16, block_size), *before = malloc(block_size);
    uint8_t *bytes = frame_room();
    assert_non_null(block);
    assert_non_null(before);
    memset(block, 0, block_size);
    struct picture *picture = picture_init(block, CAPACITY);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
        size_t size = some_frame(&dice, bytes);
        picture_apply(picture, bytes, size, 0);
        assert_true(picture_is_sound(picture));
        memcpy(before, block, block_size);
        size_t bit = dice_below(&dice, (uint32_t)size * 8);
        bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (frame_walks(bytes, size))
            continue;
        refused++;
        assert_int_equal(picture_apply(picture, bytes, size, 50), WIRE_BAD);
        assert_memory_equal(block, before, block_size);
    }
    assert_true(refused > 50);
    free(bytes);
    free(before);
    free(block);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_written_frame_is_taken),
        cmocka_unit_test(every_cut_within_a_section_is_refused),
        cmocka_unit_test(every_flipped_bit_is_refused_or_read_in_range),
        cmocka_unit_test(a_frame_that_is_refused_changes_nothing_in_a_picture),
    };
    return cmocka_run_group_tests_name("wire/frame", tests, NULL, NULL);
}
