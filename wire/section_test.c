#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wire/codec.h"
#include "wire/dice.h"

enum { TICK = 5000, SLOTS = 300 };

// A state in the cell. Heights are of one storey, of the whole range, or at an end of it.
static struct wire_state some_state(struct dice *dice, struct wire_cell cell, uint32_t heights)
{
    int32_t side = 1 << cell.exponent;
    int16_t y_cm = heights == 0   ? (int16_t)dice_between(dice, -20, 20)
                   : heights == 1 ? (int16_t)dice_next(dice)
                   : heights == 2 ? INT16_MAX
                                  : INT16_MIN;
    return (struct wire_state){
        .x_cm = cell.x_cm + dice_between(dice, 0, side - 1),
        .z_cm = cell.z_cm + dice_between(dice, 0, side - 1),
        .y_cm = y_cm,
        .yaw = (uint8_t)dice_next(dice),
        .pose = (uint8_t)dice_below(dice, WIRE_POSES),
        .flags = (uint8_t)(dice_below(dice, 3) ? 0 : dice_next(dice)),
    };
}

static struct wire_slot some_slot(struct dice *dice, struct wire_cell cell, uint32_t heights)
{
    struct wire_slot slot = {
        .use = (uint8_t)dice_below(dice, 4),
        .state = some_state(dice, cell, heights),
        .identity = {.id = 1 + dice_below(dice, 0xffffff),
                     .kind = (uint8_t)dice_below(dice, WIRE_KINDS),
                     .look = dice_next(dice)},
        .described_until = TICK + dice_below(dice, 5) - 2,
    };
    // About as many before as after the `since` that the tests use, which is TICK - 4.
    slot.member_tick = TICK - 7 + dice_below(dice, 8);
    slot.changed_tick = slot.member_tick + dice_below(dice, TICK - slot.member_tick + 1);
    return slot;
}

struct scene {
    uint32_t key, slot_count;
    enum wire_level level;
    struct wire_slot slots[SLOTS];
    uint8_t *bytes;
};

static struct scene *some_scene(struct dice *dice)
{
    struct scene *scene = calloc(1, sizeof *scene);
    assert_non_null(scene);
    scene->key = wire_key_at(dice_between(dice, WIRE_COORDINATE_MIN_CM, WIRE_COORDINATE_MAX_CM),
                             dice_between(dice, WIRE_COORDINATE_MIN_CM, WIRE_COORDINATE_MAX_CM),
                             dice_below(dice, WIRE_DEPTH_MAX + 1));
    scene->level = (enum wire_level)dice_below(dice, WIRE_LEVELS);
    scene->slot_count = dice_below(dice, dice_below(dice, 4) ? 20 : SLOTS);
    uint32_t heights = dice_below(dice, 4);
    for (uint32_t i = 0; i < scene->slot_count; i++)
        scene->slots[i] = some_slot(dice, wire_key_cell(scene->key), heights);
    scene->bytes = malloc(wire_section_bytes_max(scene->slot_count));
    assert_non_null(scene->bytes);
    return scene;
}

static void scene_free(struct scene *scene)
{
    free(scene->bytes);
    free(scene);
}

static struct wire_section only_section(const uint8_t *bytes, size_t size)
{
    struct wire_frame frame = {.rest = bytes, .rest_size = size};
    struct wire_section section;
    assert_int_equal(wire_section_read(&frame, &section), WIRE_DONE);
    assert_int_equal(frame.rest_size, 0);
    return section;
}

static void assert_states_equal(const struct wire_state *a, const struct wire_state *b)
{
    assert_int_equal(a->x_cm, b->x_cm);
    assert_int_equal(a->y_cm, b->y_cm);
    assert_int_equal(a->z_cm, b->z_cm);
    assert_int_equal(a->yaw, b->yaw);
    assert_int_equal(a->pose, b->pose);
    assert_int_equal(a->flags, b->flags);
}

// The change is the slot's state, as finely as the level tells it.
static void assert_state_told(const struct scene *scene, const struct wire_change *change)
{
    const struct wire_state *exact = &scene->slots[change->slot].state;
    struct wire_state seen = wire_state_at_level(exact, scene->key, scene->level);
    assert_states_equal(&change->state, &seen);
    int32_t within = (1 << wire_level_exponent[scene->level]) / 2;
    assert_in_range(seen.x_cm - exact->x_cm + within, 0, 2 * within);
    assert_in_range(seen.y_cm - exact->y_cm + within, 0, 2 * within);
    assert_in_range(seen.z_cm - exact->z_cm + within, 0, 2 * within);
    int within_yaw = (1 << wire_level_yaw_shift[scene->level]) / 2;
    assert_in_range(seen.yaw - exact->yaw + within_yaw, 0, 2 * within_yaw);
    assert_int_equal(seen.pose, exact->pose);
    assert_int_equal(seen.flags, exact->flags);
}

static void a_full_tells_every_taken_slot(void **state)
{
    (void)state;
    struct dice dice = {.state = 3};
    for (int round = 0; round < 2000; round++) {
        struct scene *scene = some_scene(&dice);
        uint8_t sequence = (uint8_t)dice_next(&dice);
        size_t size = wire_full_write(scene->key, scene->level, sequence, scene->slots,
                                      scene->slot_count, scene->bytes);
        struct wire_section section = only_section(scene->bytes, size);
        assert_int_equal(section.op, WIRE_FULL);
        assert_int_equal(section.key, scene->key);
        assert_int_equal(section.level, scene->level);
        assert_int_equal(section.sequence, sequence);

        struct wire_reader reader;
        struct wire_change change;
        assert_int_equal(wire_reader_open(&reader, &section), WIRE_DONE);
        for (uint32_t i = 0; i < scene->slot_count; i++) {
            const struct wire_slot *slot = &scene->slots[i];
            if (slot->use != WIRE_SLOT_TAKEN)
                continue;
            assert_int_equal(wire_reader_next(&reader, &change), WIRE_NEXT_CHANGE);
            assert_int_equal(change.kind, WIRE_TAKE);
            assert_int_equal(change.slot, i);
            assert_true(change.described);
            assert_int_equal(change.identity.id, slot->identity.id);
            assert_int_equal(change.identity.kind, slot->identity.kind);
            assert_int_equal(change.identity.look, slot->identity.look);
            assert_state_told(scene, &change);
        }
        assert_int_equal(wire_reader_next(&reader, &change), WIRE_NEXT_END);
        assert_int_equal(wire_reader_next(&reader, &change), WIRE_NEXT_END);
        scene_free(scene);
    }
}

// Takes from the reader what slot `i` must say after `since`.
static void assert_news(const struct scene *scene, uint32_t i, uint32_t since,
                        struct wire_reader *reader)
{
    const struct wire_slot *slot = &scene->slots[i];
    bool taken = slot->use == WIRE_SLOT_TAKEN;
    if (slot->use == WIRE_SLOT_NEVER || (taken ? slot->changed_tick : slot->member_tick) <= since)
        return;
    struct wire_change change;
    assert_int_equal(wire_reader_next(reader, &change), WIRE_NEXT_CHANGE);
    assert_int_equal(change.slot, i);
    if (!taken) {
        assert_int_equal(change.kind, slot->use == WIRE_SLOT_LEFT ? WIRE_LEAVE : WIRE_MOVE_ON);
        if (change.kind == WIRE_LEAVE)
            assert_int_equal(change.identity.id, slot->identity.id);
        return;
    }
    assert_state_told(scene, &change);
    assert_int_equal(change.kind, slot->member_tick > since ? WIRE_TAKE : WIRE_UPDATE);
    if (change.kind == WIRE_UPDATE)
        return;
    assert_int_equal(change.identity.id, slot->identity.id);
    assert_int_equal(change.described, TICK <= slot->described_until);
    if (change.described) {
        assert_int_equal(change.identity.kind, slot->identity.kind);
        assert_int_equal(change.identity.look, slot->identity.look);
    }
}

static void a_delta_tells_what_changed_after_its_since(void **state)
{
    (void)state;
    struct dice dice = {.state = 5};
    int told = 0, silent = 0;
    for (int round = 0; round < 3000; round++) {
        struct scene *scene = some_scene(&dice);
        uint32_t since = TICK - dice_below(&dice, 8);
        size_t size = wire_delta_write(scene->key, scene->level, 9, since, TICK, scene->slots,
                                       scene->slot_count, scene->bytes);
        struct wire_change change;
        struct wire_reader reader = {0};
        if (size) {
            struct wire_section section = only_section(scene->bytes, size);
            assert_int_equal(section.op, WIRE_DELTA);
            assert_int_equal(wire_reader_open(&reader, &section), WIRE_DONE);
        }
        for (uint32_t i = 0; i < scene->slot_count; i++)
            assert_news(scene, i, since, &reader);
        if (size)
            assert_int_equal(wire_reader_next(&reader, &change), WIRE_NEXT_END);
        *(size ? &told : &silent) += 1;
        scene_free(scene);
    }
    assert_true(told > 500 && silent > 100);
}

static void ticks_may_wrap(void **state)
{
    (void)state;
    struct wire_slot slot = {.use = WIRE_SLOT_TAKEN,
                             .identity = {.id = 1},
                             .member_tick = UINT32_MAX - 1,
                             .changed_tick = 2,
                             .described_until = 10};
    uint8_t bytes[64];
    assert_in_range(wire_section_bytes_max(1), 1, sizeof bytes);
    assert_int_not_equal(wire_delta_write(1, WIRE_NEAR, 0, 1, 3, &slot, 1, bytes), 0);
    assert_int_equal(wire_delta_write(1, WIRE_NEAR, 0, 2, 3, &slot, 1, bytes), 0);
    size_t size = wire_delta_write(1, WIRE_NEAR, 0, UINT32_MAX - 2, 3, &slot, 1, bytes);
    struct wire_section section = only_section(bytes, size);
    struct wire_reader reader;
    struct wire_change change;
    assert_int_equal(wire_reader_open(&reader, &section), WIRE_DONE);
    assert_int_equal(wire_reader_next(&reader, &change), WIRE_NEXT_CHANGE);
    assert_int_equal(change.kind, WIRE_TAKE);
    assert_true(change.described);
}

static void the_fullest_cell_fits_its_limits(void **state)
{
    (void)state;
    struct wire_slot *slots = calloc(WIRE_SLOTS_MAX, sizeof *slots);
    size_t size_max = wire_section_bytes_max(WIRE_SLOTS_MAX);
    uint8_t *bytes = malloc(size_max);
    assert_non_null(slots);
    assert_non_null(bytes);
    for (uint32_t i = 0; i < WIRE_SLOTS_MAX; i++)
        slots[i] = (struct wire_slot){
            .use = WIRE_SLOT_TAKEN,
            .state = {.x_cm = (int32_t)i, .y_cm = i % 2 ? INT16_MIN : INT16_MAX, .flags = 255},
            .identity = {.id = i + 1, .look = UINT32_MAX},
            .described_until = 9,
            .member_tick = 9,
            .changed_tick = 9};
    size_t size = wire_delta_write(1, WIRE_NEAR, 0, 8, 9, slots, WIRE_SLOTS_MAX, bytes);
    assert_in_range(size, 1000000, size_max);
    struct wire_section section = only_section(bytes, size);
    struct wire_reader reader;
    struct wire_change change;
    assert_int_equal(wire_reader_open(&reader, &section), WIRE_DONE);
    uint32_t count = 0;
    enum wire_next next;
    while ((next = wire_reader_next(&reader, &change)) == WIRE_NEXT_CHANGE)
        assert_int_equal(change.identity.id, ++count);
    assert_int_equal(next, WIRE_NEXT_END);
    assert_int_equal(count, WIRE_SLOTS_MAX);
    free(bytes);
    free(slots);
}

static void an_empty_cell_is_told_in_few_bytes(void **state)
{
    (void)state;
    uint8_t bytes[64];
    struct wire_slot slot = {.use = WIRE_SLOT_LEFT};
    size_t size = wire_full_write(1, WIRE_FAR, 3, &slot, 1, bytes);
    assert_int_equal(size, 11);
    struct wire_section section = only_section(bytes, size);
    struct wire_reader reader;
    struct wire_change change;
    assert_int_equal(wire_reader_open(&reader, &section), WIRE_DONE);
    assert_int_equal(wire_reader_next(&reader, &change), WIRE_NEXT_END);
}

static void gone_names_only_the_cell(void **state)
{
    (void)state;
    uint8_t bytes[4];
    assert_int_equal(wire_gone_write(0x123456, bytes), sizeof bytes);
    struct wire_section section = only_section(bytes, sizeof bytes);
    assert_int_equal(section.op, WIRE_GONE);
    assert_int_equal(section.key, 0x123456);
    struct wire_reader reader;
    struct wire_change change;
    assert_int_equal(wire_reader_open(&reader, &section), WIRE_DONE);
    assert_int_equal(wire_reader_next(&reader, &change), WIRE_NEXT_END);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_tells_every_taken_slot),
        cmocka_unit_test(a_delta_tells_what_changed_after_its_since),
        cmocka_unit_test(ticks_may_wrap),
        cmocka_unit_test(the_fullest_cell_fits_its_limits),
        cmocka_unit_test(an_empty_cell_is_told_in_few_bytes),
        cmocka_unit_test(gone_names_only_the_cell),
    };
    return cmocka_run_group_tests_name("wire/section", tests, NULL, NULL);
}
