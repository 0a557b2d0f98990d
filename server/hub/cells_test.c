#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/assert.h"
#include "hub/frame_pool.h"
#include "hub/viewer.h"

enum { PLACES = 6000 };

// Cells that live through ticks as an instance would have them.
struct ground {
    struct cells *cells;
    struct frame_pool frames;
    uint32_t tick;
};

static struct ground ground_make(void)
{
    struct ground ground = {.cells = cells_create(PLACES, 0)};
    frame_pool_init(&ground.frames);
    return ground;
}

static void ground_done(struct ground *ground)
{
    frame_pool_done(&ground->frames);
    cells_destroy(ground->cells);
}

static struct wire_state at(int32_t x_cm, int32_t z_cm)
{
    return (struct wire_state){.x_cm = x_cm, .z_cm = z_cm};
}

static void put(struct ground *ground, uint32_t id, int32_t x_cm, int32_t z_cm)
{
    struct wire_state state = at(x_cm, z_cm);
    cells_put(ground->cells, &(struct wire_identity){.id = id, .look = id * 3}, &state,
              ground->tick + 1);
}

static void move(struct ground *ground, uint32_t id, int32_t x_cm, int32_t z_cm)
{
    struct wire_state state = at(x_cm, z_cm);
    cells_move(ground->cells, id, &state, ground->tick + 1);
}

static void leave(struct ground *ground, uint32_t id)
{
    cells_remove(ground->cells, id, ground->tick + 1);
}

static const struct frame *tick_keep(struct ground *ground)
{
    ground->tick++;
    cells_reshape(ground->cells, ground->tick);
    cells_verify(ground->cells);
    return frame_pool_make(&ground->frames, ground->cells, 1, ground->tick);
}

static uint32_t tick_on(struct ground *ground, uint32_t ticks)
{
    uint32_t splits = 0;
    for (; ticks > 0; ticks--) {
        const struct frame *frame = tick_keep(ground);
        splits += frame->split_count;
        frame_pool_return(&ground->frames, ground->cells, frame);
    }
    return splits;
}

static uint32_t leaves(const struct ground *ground)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < ground->cells->cell_count; i++)
        count += ground->cells->cell[i].key != 0;
    return count;
}

static uint32_t slot_of(const struct ground *ground, uint32_t id)
{
    return ground->cells->places[id].slot;
}

// --- splits and merges ---------------------------------------------------------------------------

// One in each corner of the ground in turn.
static void put_in_corners(struct ground *ground, uint32_t first_id, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        put(ground, first_id + i, i & 1 ? 60000 : -60000, i & 2 ? 60000 : -60000);
}

static void a_cell_splits_only_above_the_limit(void **state)
{
    struct ground ground = ground_make();
    put_in_corners(&ground, 1, CELL_SPLIT_ABOVE);
    assert_int_equal(tick_on(&ground, 3), 0);
    assert_int_equal(leaves(&ground), 1);
    put(&ground, 100, 5, 5);
    const struct frame *frame = tick_keep(&ground);
    assert_int_equal(frame->split_count, 1);
    assert_false(frame->splits[0].merged);
    assert_int_equal(frame->splits[0].parent_key, 1);
    assert_int_equal(leaves(&ground), 4);
    for (uint32_t i = 0; i < 4; i++) {
        assert_int_equal(frame->cells[frame->splits[0].children[i]].key, 4 + i);
        assert_int_equal(frame->cells[frame->splits[0].children[i]].sequence[WIRE_NEAR], 0);
    }
    frame_pool_return(&ground.frames, ground.cells, frame);
    ground_done(&ground);
}

static void a_crowd_on_one_spot_splits_down_to_the_least_cell_in_one_tick(void **state)
{
    struct ground ground = ground_make();
    for (uint32_t id = 1; id <= 100; id++)
        put(&ground, id, 1234, -777);
    const struct frame *frame = tick_keep(&ground);
    assert_int_equal(frame->split_count, WIRE_DEPTH_MAX);
    // Each is of a child of the one before, and only the last's children are all there.
    for (uint32_t i = 0; i < WIRE_DEPTH_MAX; i++) {
        const struct frame_split *split = &frame->splits[i];
        assert_int_equal(split->parent_key, wire_key_at(1234, -777, i));
        assert_int_equal(frame->cells[split->parent].key, 0);
        if (i > 0)
            assert_int_equal(split->parent, frame->splits[i - 1].children[split->parent_key % 4]);
    }
    uint16_t cell = cells_at(ground.cells, 1234, -777);
    assert_int_equal(frame->cells[cell].population, 100);
    assert_int_equal(leaves(&ground), 3 * WIRE_DEPTH_MAX + 1);
    frame_pool_return(&ground.frames, ground.cells, frame);
    ground_done(&ground);
}

static void four_cells_merge_only_after_a_second_below_the_limit(void **state)
{
    struct ground ground = ground_make();
    put_in_corners(&ground, 1, 33);
    assert_int_equal(tick_on(&ground, 1), 1);
    for (uint32_t id = 1; id <= 33 - CELL_MERGE_BELOW; id++)
        leave(&ground, id);
    assert_int_equal(tick_on(&ground, 100), 0); // 16 are not below 16
    leave(&ground, 33);
    assert_int_equal(tick_on(&ground, CELL_MERGE_TICKS), 0);
    const struct frame *frame = tick_keep(&ground);
    assert_int_equal(frame->split_count, 1);
    assert_true(frame->splits[0].merged);
    assert_int_equal(frame->cells[frame->splits[0].parent].key, 1);
    assert_int_equal(frame->cells[frame->splits[0].parent].population, 15);
    frame_pool_return(&ground.frames, ground.cells, frame);
    ground_done(&ground);
}

static void a_visitor_within_the_second_starts_it_anew(void **state)
{
    struct ground ground = ground_make();
    put_in_corners(&ground, 1, 33);
    tick_on(&ground, 1);
    for (uint32_t id = 1; id <= 18; id++)
        leave(&ground, id);
    assert_int_equal(tick_on(&ground, CELL_MERGE_TICKS - 1), 0);
    put(&ground, 200, 9, 9);
    assert_int_equal(tick_on(&ground, 1), 0);
    leave(&ground, 200);
    assert_int_equal(tick_on(&ground, CELL_MERGE_TICKS), 0);
    assert_int_equal(tick_on(&ground, 1), 1);
    ground_done(&ground);
}

static void a_freed_index_rests_as_long_as_viewers_may_lag(void **state)
{
    struct ground ground = ground_make();
    put_in_corners(&ground, 1, 33);
    const struct frame *frame = tick_keep(&ground);
    uint16_t freed = frame->splits[0].parent;
    uint16_t generation = frame->splits[0].parent_generation;
    uint32_t freed_tick = frame->tick;
    frame_pool_return(&ground.frames, ground.cells, frame);
    // A crowd at another corner each tick: new cells are wanted all the time.
    for (uint32_t round = 0; round < VIEWER_HISTORY_TICKS + 4; round++) {
        for (uint32_t i = 0; i < 40; i++)
            put(&ground, 1000 + round * 40 + i, -130000 + (int32_t)round * 12000, 1000);
        tick_on(&ground, 1);
        bool used = ground.cells->cell[freed].key != 0;
        assert_true(!used || ground.tick - freed_tick >= VIEWER_HISTORY_TICKS);
    }
    assert_true(ground.cells->cell[freed].generation > generation);
    ground_done(&ground);
}

static void with_no_index_left_cells_grow_fuller_instead(void **state)
{
    struct ground ground = ground_make();
    // Spots far from each other: each takes about 30 cells.
    for (uint32_t id = 1; id < 5000; id++)
        put(&ground, id, (int32_t)(id % 10) * 26000 - 130000,
            (int32_t)(id / 10 % 10) * 26000 - 130000);
    tick_on(&ground, 3);
    assert_true(ground.cells->cell_count <= FRAME_CELLS_MAX);
    assert_true(leaves(&ground) > FRAME_CELLS_MAX / 2);
    for (uint32_t id = 1; id < 5000; id++)
        leave(&ground, id);
    tick_on(&ground, 400);
    assert_int_equal(leaves(&ground), 1); // and a full house can still merge
    ground_done(&ground);
}

// --- slots ---------------------------------------------------------------------------------------

static void a_slot_stays_while_its_entity_stays_and_the_lowest_free_one_is_given_out(void **state)
{
    struct ground ground = ground_make();
    for (uint32_t id = 1; id <= 20; id++)
        put(&ground, id, (int32_t)id, 0);
    tick_on(&ground, 30);
    leave(&ground, 4);
    leave(&ground, 9);
    tick_on(&ground, 30); // everyone has heard
    for (uint32_t id = 10; id <= 20; id++)
        assert_int_equal(slot_of(&ground, id), id - 1);
    put(&ground, 31, 0, 0);
    put(&ground, 32, 0, 0);
    put(&ground, 33, 0, 0);
    assert_int_equal(slot_of(&ground, 31), 3);
    assert_int_equal(slot_of(&ground, 32), 8);
    assert_int_equal(slot_of(&ground, 33), 20);
    ground_done(&ground);
}

static void a_slot_that_was_left_rests_until_every_level_has_heard(void **state)
{
    struct ground ground = ground_make();
    for (uint32_t id = 1; id <= 3; id++)
        put(&ground, id, 0, 0);
    tick_on(&ground, 40);
    leave(&ground, 2);
    uint32_t id = 100, waited = 0;
    do {
        tick_on(&ground, 1);
        waited++;
        put(&ground, ++id, 0, 0);
    } while (slot_of(&ground, id) != 1);
    const struct cell *cell = &ground.cells->cell[ground.cells->places[id].cell];
    assert_true(waited <= 20);
    assert_true(waited == 20 || cell_is_due(cell, WIRE_FAR, ground.tick));
    ground_done(&ground);
}

static void slots_at_the_end_go_when_they_are_empty_and_known_to_be(void **state)
{
    struct ground ground = ground_make();
    for (uint32_t id = 1; id <= 30; id++)
        put(&ground, id, 0, 0);
    tick_on(&ground, 40);
    for (uint32_t id = 6; id <= 30; id++)
        leave(&ground, id);
    tick_on(&ground, 40);
    const struct cell *cell = &ground.cells->cell[ground.cells->places[1].cell];
    assert_int_equal(cell->slot_count, 5);
    move(&ground, 1, 1, 1); // the next change moves it to smaller memory
    assert_int_equal(cell->block->capacity, 8);
    ground_done(&ground);
}

static void an_entity_changes_cells_exactly_at_the_border(void **state)
{
    struct ground ground = ground_make();
    put_in_corners(&ground, 1, 40);
    tick_on(&ground, 1);
    put(&ground, 100, -1, 500);
    tick_on(&ground, 1);
    uint16_t west = ground.cells->places[100].cell;
    move(&ground, 100, 0, 500);
    tick_on(&ground, 1);
    assert_true(ground.cells->places[100].cell != west);
    assert_int_equal(cells_slots(&ground.cells->cell[west])[10].use, WIRE_SLOT_MOVED_ON);
    move(&ground, 100, -1, 500);
    tick_on(&ground, 1);
    assert_int_equal(ground.cells->places[100].cell, west);
    ground_done(&ground);
}

// --- frames --------------------------------------------------------------------------------------

static void an_unchanged_cell_shares_its_slots_and_a_changed_one_does_not(void **state)
{
    struct ground ground = ground_make();
    put_in_corners(&ground, 1, 40);
    tick_on(&ground, 5);
    const struct frame *first = tick_keep(&ground);
    move(&ground, 1, -60001, -60000);
    const struct frame *second = tick_keep(&ground);
    uint16_t changed = ground.cells->places[1].cell;
    for (uint32_t i = 0; i < first->cell_count; i++)
        if (first->cells[i].key)
            assert_true((first->cells[i].slots == second->cells[i].slots) == (i != changed));
    // And the first still says what it said.
    assert_int_equal(first->cells[changed].slots[slot_of(&ground, 1)].state.x_cm, -60000);
    assert_int_equal(second->cells[changed].slots[slot_of(&ground, 1)].state.x_cm, -60001);
    frame_pool_return(&ground.frames, ground.cells, first);
    frame_pool_return(&ground.frames, ground.cells, second);
    ground_done(&ground);
}

static void each_level_speaks_at_its_own_pace_and_counts_what_it_said(void **state)
{
    struct ground ground = ground_make();
    put(&ground, 1, 0, 0);
    tick_on(&ground, 40);
    const struct cell *cell = &ground.cells->cell[ground.cells->places[1].cell];
    uint8_t before[WIRE_LEVELS];
    memcpy(before, cell->sequence, sizeof before);
    uint32_t sections[WIRE_LEVELS] = {0};
    for (int32_t i = 1; i <= 40; i++) {
        move(&ground, 1, i, 0);
        const struct frame *frame = tick_keep(&ground);
        for (int level = 0; level < WIRE_LEVELS; level++)
            sections[level] += frame->cells[ground.cells->places[1].cell].delta[level] != NULL;
        frame_pool_return(&ground.frames, ground.cells, frame);
    }
    assert_int_equal(sections[WIRE_NEAR], 40);
    assert_int_equal(sections[WIRE_MIDDLE], 10);
    assert_int_equal(sections[WIRE_FAR], 2);
    for (int level = 0; level < WIRE_LEVELS; level++)
        assert_int_equal((uint8_t)(cell->sequence[level] - before[level]), sections[level]);
    tick_on(&ground, 40); // silence is not counted
    assert_int_equal((uint8_t)(cell->sequence[WIRE_NEAR] - before[WIRE_NEAR]), 40);
    ground_done(&ground);
}

static void far_sections_lie_one_behind_the_other(void **state)
{
    struct ground ground = ground_make();
    put_in_corners(&ground, 1, 400);
    uint32_t seen = 0;
    for (int32_t i = 1; i <= 40; i++) {
        for (uint32_t id = 1; id <= 400; id++)
            move(&ground, id, (id - 1) & 1 ? 60000 + i : -60000 - i, (id - 1) & 2 ? 60000 : -60000);
        const struct frame *frame = tick_keep(&ground);
        const uint8_t *end = NULL;
        for (uint32_t k = 0; k < frame->far_count; k++) {
            const struct frame_cell *cell = &frame->cells[frame->far_cells[k]];
            assert_true(!end || cell->delta[WIRE_FAR] == end);
            end = cell->delta[WIRE_FAR] + cell->delta_bytes[WIRE_FAR];
            seen++;
        }
        frame_pool_return(&ground.frames, ground.cells, frame);
    }
    assert_true(seen >= 8);
    ground_done(&ground);
}

static void a_steady_crowd_allocates_nothing(void **state)
{
    struct ground ground = ground_make();
    put_in_corners(&ground, 1, 200);
    uint32_t blocks = 0, frames = 0;
    for (int32_t i = 1; i <= 200; i++) {
        for (uint32_t id = 1; id <= 200; id++)
            move(&ground, id, (id - 1) & 1 ? 60000 + i % 2 : -60000 - i % 2,
                 (id - 1) & 2 ? 60000 : -60000);
        tick_on(&ground, 1);
        if (i == 100) {
            blocks = ground.cells->blocks.made_count;
            frames = ground.frames.made_count;
        }
    }
    assert_int_equal(ground.cells->blocks.made_count, blocks);
    assert_int_equal(ground.frames.made_count, frames);
    assert_int_equal(frames, 1);
    ground_done(&ground);
}

static const struct wire_slot *slot_at(const struct ground *ground, uint32_t id)
{
    struct frame_place place = ground->cells->places[id];
    return &cells_slots(&ground->cells->cell[place.cell])[place.slot];
}

static void who_is_never_there_when_a_cell_speaks_goes_on_saying_who_it_is(void **state)
{
    struct ground ground = ground_make();
    put_in_corners(&ground, 1, 40);
    put(&ground, 100, 0, 0);
    tick_on(&ground, 200);
    assert_true(slot_at(&ground, 100)->described_until < ground.tick); // all have heard
    uint32_t silent = 0;
    for (int i = 0; i < 200; i++) {
        move(&ground, 100, i & 1 ? 60000 : -60000, i & 2 ? 60000 : -60000);
        cells_reshape(ground.cells, ++ground.tick); // and no frame: no cell speaks
        silent += slot_at(&ground, 100)->described_until < ground.tick;
    }
    // From when it was last spoken of: a turn of the far level may have been almost over.
    assert_in_range(silent, 1, CELL_UNHEARD_TICKS + 1);
    ground_done(&ground);
}

// To another corner, whose cell does not speak at the far level at the next tick.
static void move_where_no_turn_is(struct ground *ground, uint32_t id)
{
    for (int corner = 0; corner < 4; corner++) {
        int32_t x_cm = corner & 1 ? 60000 : -60000, z_cm = corner & 2 ? 60000 : -60000;
        uint16_t cell = cells_at(ground->cells, x_cm, z_cm);
        if (cell == ground->cells->places[id].cell ||
            cell_is_due(&ground->cells->cell[cell], WIRE_FAR, ground->tick + 1))
            continue;
        move(ground, id, x_cm, z_cm);
        return;
    }
    assert_string_equal("a corner", "none: every other corner speaks at the next tick");
}

// Clients who see it from afar would give it up before that cell's turn came.
static void the_cell_that_somebody_long_unheard_comes_to_speaks_at_once(void **state)
{
    struct ground ground = ground_make();
    put_in_corners(&ground, 1, 40);
    put(&ground, 100, 0, 0);
    tick_on(&ground, 200);
    uint32_t told_tick = ground.tick, longest = 0;
    for (int i = 0; i < 400; i++) {
        move_where_no_turn_is(&ground, 100);
        tick_on(&ground, 1);
        const struct cell *cell = &ground.cells->cell[ground.cells->places[100].cell];
        assert_false(cell->far_wanted);
        if (cell->since[WIRE_FAR] == ground.tick)
            told_tick = ground.tick;
        longest = ground.tick - told_tick > longest ? ground.tick - told_tick : longest;
    }
    assert_in_range(longest, 1, CELL_UNHEARD_TICKS + wire_level_period[WIRE_FAR]);
    ground_done(&ground);
}

static void count_one(void *context, uint32_t id)
{
    ++*(uint32_t *)context;
}

static void a_circle_finds_exactly_those_within(void **state)
{
    struct ground ground = ground_make();
    for (uint32_t id = 1; id <= 3000; id++)
        put(&ground, id, (int32_t)(id * 7919 % 20000) - 10000,
            (int32_t)(id * 104729 % 20000) - 10000);
    tick_on(&ground, 2);
    for (int32_t radius = 0; radius <= 6000; radius += 750) {
        uint32_t found = 0, within = 0;
        cells_each_within(ground.cells, 300, -900, radius, count_one, &found);
        for (uint32_t id = 1; id <= 3000; id++) {
            int64_t dx = (int32_t)(id * 7919 % 20000) - 10000 - 300;
            int64_t dz = (int32_t)(id * 104729 % 20000) - 10000 + 900;
            within += dx * dx + dz * dz <= (int64_t)radius * radius;
        }
        assert_int_equal(found, within);
    }
    uint32_t all = 0;
    cells_each_within(ground.cells, 0, 0, -1, count_one, &all);
    assert_int_equal(all, 3000);
    ground_done(&ground);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_splits_only_above_the_limit),
        cmocka_unit_test(a_crowd_on_one_spot_splits_down_to_the_least_cell_in_one_tick),
        cmocka_unit_test(four_cells_merge_only_after_a_second_below_the_limit),
        cmocka_unit_test(a_visitor_within_the_second_starts_it_anew),
        cmocka_unit_test(a_freed_index_rests_as_long_as_viewers_may_lag),
        cmocka_unit_test(with_no_index_left_cells_grow_fuller_instead),
        cmocka_unit_test(a_slot_stays_while_its_entity_stays_and_the_lowest_free_one_is_given_out),
        cmocka_unit_test(a_slot_that_was_left_rests_until_every_level_has_heard),
        cmocka_unit_test(slots_at_the_end_go_when_they_are_empty_and_known_to_be),
        cmocka_unit_test(an_entity_changes_cells_exactly_at_the_border),
        cmocka_unit_test(an_unchanged_cell_shares_its_slots_and_a_changed_one_does_not),
        cmocka_unit_test(each_level_speaks_at_its_own_pace_and_counts_what_it_said),
        cmocka_unit_test(far_sections_lie_one_behind_the_other),
        cmocka_unit_test(a_steady_crowd_allocates_nothing),
        cmocka_unit_test(who_is_never_there_when_a_cell_speaks_goes_on_saying_who_it_is),
        cmocka_unit_test(the_cell_that_somebody_long_unheard_comes_to_speaks_at_once),
        cmocka_unit_test(a_circle_finds_exactly_those_within),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("hub/cells", tests, NULL, NULL);
}
