#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wire/picture.h"

enum { CAPACITY = 8, TICK = 1000, ADA = 0x010001, BOB = 0x010002, CYD = 0x010003, SLOTS = 12 };

// A picture, and the frame that is being made for it.
struct bench {
    void *block;
    struct picture *picture;
    uint32_t tick;
    uint8_t bytes[4096];
    size_t size;
};

static struct bench *bench_open(uint32_t capacity)
{
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    bench->block = aligned_alloc(16, picture_bytes(capacity));
    assert_non_null(bench->block);
    bench->picture = picture_init(bench->block, capacity);
    bench->tick = TICK;
    bench->size = WIRE_FRAME_HEADER_BYTES;
    return bench;
}

static void bench_close(struct bench *bench)
{
    free(bench->block);
    free(bench);
}

// Someone in a slot, come at the bench's tick, at x metres east of the cell's corner.
static struct wire_slot someone(const struct bench *bench, uint32_t id, uint32_t key, int metres)
{
    struct wire_cell cell = wire_key_cell(key);
    return (struct wire_slot){.use = WIRE_SLOT_TAKEN,
                              .state = {.x_cm = cell.x_cm + 100 * metres, .z_cm = cell.z_cm},
                              .identity = {.id = id, .look = id + 7},
                              .described_until = bench->tick + 100,
                              .member_tick = bench->tick,
                              .changed_tick = bench->tick};
}

static void add_full(struct bench *bench, uint32_t key, enum wire_level level, uint8_t sequence,
                     const struct wire_slot *slots, uint32_t count)
{
    assert_in_range(bench->size + wire_section_bytes_max(count), 0, sizeof bench->bytes);
    bench->size += wire_full_write(key, level, sequence, slots, count, bench->bytes + bench->size);
}

static void add_delta(struct bench *bench, uint32_t key, enum wire_level level, uint8_t sequence,
                      const struct wire_slot *slots, uint32_t count)
{
    assert_in_range(bench->size + wire_section_bytes_max(count), 0, sizeof bench->bytes);
    bench->size += wire_delta_write(key, level, sequence, bench->tick - 1, bench->tick, slots,
                                    count, bench->bytes + bench->size);
}

static void add_gone(struct bench *bench, uint32_t key)
{
    bench->size += wire_gone_write(key, bench->bytes + bench->size);
}

// Hands the frame over at its tick, and starts the next one a tick later.
static enum wire_result hand_over(struct bench *bench, uint8_t flags)
{
    wire_frame_header_write(flags, bench->tick, bench->bytes);
    enum wire_result result =
        picture_apply(bench->picture, bench->bytes, bench->size, (double)bench->tick);
    bench->size = WIRE_FRAME_HEADER_BYTES;
    bench->tick++;
    assert_true(picture_is_sound(bench->picture));
    return result;
}

static void assert_taken(struct bench *bench)
{
    assert_int_equal(hand_over(bench, 0), WIRE_DONE);
}

static bool is_here(const struct bench *bench, uint32_t id)
{
    return picture_find(bench->picture, id) != UINT32_MAX;
}

static uint32_t cell_of(const struct bench *bench, uint32_t id)
{
    assert_true(is_here(bench, id));
    return picture_rows(bench->picture)->cell[picture_find(bench->picture, id)];
}

static void assert_near(float a, float b)
{
    if (a - b > 0.002f || b - a > 0.002f)
        fail_msg("%f is not %f", (double)a, (double)b);
}

// Gives cell `key` whole with Ada alone, in slot 0.
static struct wire_slot ada_alone(struct bench *bench, uint32_t key, enum wire_level level)
{
    struct wire_slot slot = someone(bench, ADA, key, 10);
    add_full(bench, key, level, 0, &slot, 1);
    assert_taken(bench);
    return slot;
}

static void update(struct bench *bench, struct wire_slot *slot, int32_t x_cm, uint8_t yaw)
{
    slot->state.x_cm = x_cm;
    slot->state.yaw = yaw;
    slot->changed_tick = bench->tick;
}

// --- segments
// --------------------------------------------------------------------------------------------

static void a_new_entity_stands_where_it_is_told(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    ada_alone(bench, 1, WIRE_NEAR);
    const struct picture_rows *rows = picture_rows(bench->picture);
    assert_int_equal(picture_count(bench->picture), 1);
    assert_int_equal(rows->id[0], ADA);
    assert_int_equal(rows->look[0], ADA + 7);
    assert_int_equal(rows->cell[0], 1);
    assert_int_equal(rows->heard[0], TICK);
    assert_near(rows->to[0], -1310.72f + 10);
    assert_memory_equal(rows->from, rows->to, 4 * sizeof(float));
    bench_close(bench);
}

static void it_goes_from_where_it_is_shown(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slot = ada_alone(bench, 1, WIRE_NEAR);
    picture_set_hold(bench->picture, WIRE_NEAR, 4);
    int32_t x_cm = slot.state.x_cm;
    update(bench, &slot, x_cm + 100, 0);
    add_delta(bench, 1, WIRE_NEAR, 1, &slot, 1);
    assert_taken(bench); // at TICK + 1: a segment of one metre until TICK + 5
    update(bench, &slot, x_cm + 200, 0);
    add_delta(bench, 1, WIRE_NEAR, 2, &slot, 1);
    assert_taken(bench); // at TICK + 2: a quarter of it was gone
    const struct picture_rows *rows = picture_rows(bench->picture);
    assert_near(rows->from[0], (float)x_cm * 0.01f + 0.25f);
    assert_near(rows->to[0], (float)x_cm * 0.01f + 2);
    assert_near(rows->time[0], (float)(TICK + 2 - picture_epoch_tick(bench->picture)));
    assert_near(rows->time[1] - rows->time[0], 4);
    bench_close(bench);
}

static void the_same_place_again_does_not_stretch_the_way(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slot = ada_alone(bench, 1, WIRE_NEAR);
    update(bench, &slot, slot.state.x_cm + 100, 0);
    add_delta(bench, 1, WIRE_NEAR, 1, &slot, 1);
    assert_taken(bench);
    float end = picture_rows(bench->picture)->time[1];
    update(bench, &slot, slot.state.x_cm, 0);
    slot.state.pose = 5;
    add_delta(bench, 1, WIRE_NEAR, 2, &slot, 1);
    assert_taken(bench);
    assert_near(picture_rows(bench->picture)->time[1], end);
    assert_int_equal(picture_rows(bench->picture)->pose[0], 5);
    bench_close(bench);
}

static void yaw_goes_the_short_way_round(void **state)
{
    (void)state;
    static const struct {
        uint8_t first, then;
        float from, to;
    } cases[] = {
        {250, 6, 250 / 256.0f, 262 / 256.0f},
        {6, 250, 6 / 256.0f, -6 / 256.0f},
        {10, 20, 10 / 256.0f, 20 / 256.0f},
        {200, 100, 200 / 256.0f, 100 / 256.0f},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct bench *bench = bench_open(CAPACITY);
        struct wire_slot slot = someone(bench, ADA, 1, 10);
        slot.state.yaw = cases[i].first;
        add_full(bench, 1, WIRE_NEAR, 0, &slot, 1);
        assert_taken(bench);
        update(bench, &slot, slot.state.x_cm, cases[i].then);
        add_delta(bench, 1, WIRE_NEAR, 1, &slot, 1);
        assert_taken(bench);
        assert_near(picture_rows(bench->picture)->from[3], cases[i].from);
        assert_near(picture_rows(bench->picture)->to[3], cases[i].to);
        bench_close(bench);
    }
}

static void who_turns_on_and_on_is_never_turned_back(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slot = ada_alone(bench, 1, WIRE_NEAR);
    const struct picture_rows *rows = picture_rows(bench->picture);
    for (int i = 1; i < 200; i++) {
        update(bench, &slot, slot.state.x_cm, (uint8_t)(slot.state.yaw + 20));
        add_delta(bench, 1, WIRE_NEAR, (uint8_t)i, &slot, 1);
        assert_taken(bench);
        assert_true(rows->to[3] > rows->from[3] && rows->to[3] < rows->from[3] + 0.5f);
        assert_true(rows->from[3] >= 0 && rows->from[3] < 1);
    }
    bench_close(bench);
}

static void what_is_too_far_to_walk_is_there_at_once(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slot = ada_alone(bench, 1, WIRE_NEAR);
    update(bench, &slot, slot.state.x_cm + 1600, 0);
    add_delta(bench, 1, WIRE_NEAR, 1, &slot, 1);
    assert_taken(bench);
    const struct picture_rows *rows = picture_rows(bench->picture);
    assert_memory_equal(rows->from, rows->to, 4 * sizeof(float));
    assert_near(rows->to[0], -1310.72f + 26);
    bench_close(bench);
}

static void a_new_epoch_changes_nothing_that_is_shown(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slot = ada_alone(bench, 1, WIRE_FAR);
    bench->tick = TICK + PICTURE_EPOCH_SPAN_TICKS - 2;
    update(bench, &slot, slot.state.x_cm + 640, 0);
    add_delta(bench, 1, WIRE_FAR, 1, &slot, 1);
    assert_taken(bench);
    const struct picture_rows *rows = picture_rows(bench->picture);
    assert_int_equal(picture_epoch_tick(bench->picture), TICK);
    double start = rows->time[0] + (double)picture_epoch_tick(bench->picture);
    uint32_t first, last;
    picture_take_dirty(bench->picture, &first, &last);
    bench->tick = TICK + PICTURE_EPOCH_SPAN_TICKS + 3;
    uint32_t tick = bench->tick;
    assert_taken(bench);
    assert_int_equal(picture_epoch_tick(bench->picture), tick);
    assert_near((float)(rows->time[0] + (double)tick - start), 0);
    assert_near(rows->time[1] - rows->time[0], 24);
    picture_take_dirty(bench->picture, &first, &last);
    assert_int_equal(first, 0);
    assert_int_equal(last, 1);
    bench_close(bench);
}

static void a_server_that_counts_anew_ends_every_way(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slot = ada_alone(bench, 1, WIRE_FAR);
    update(bench, &slot, slot.state.x_cm + 640, 0);
    add_delta(bench, 1, WIRE_FAR, 1, &slot, 1);
    assert_taken(bench);
    bench->tick = 5;
    slot = someone(bench, BOB, 1, 3);
    struct wire_slot slots[2] = {slot, someone(bench, ADA, 1, 17)};
    add_full(bench, 1, WIRE_FAR, 9, slots, 2);
    assert_int_equal(hand_over(bench, WIRE_FRAME_RESET), WIRE_DONE);
    const struct picture_rows *rows = picture_rows(bench->picture);
    uint32_t row = picture_find(bench->picture, ADA);
    assert_int_equal(picture_epoch_tick(bench->picture), 5);
    assert_true(rows->time[2 * row] <= 0 && rows->time[2 * row + 1] > rows->time[2 * row]);
    bench_close(bench);
}

static void a_clock_that_is_none_is_not_believed(void **state)
{
    (void)state;
    const double clocks[] = {__builtin_nan(""), __builtin_inf(), -__builtin_inf(), 1e300, -5e9};
    for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
        struct bench *bench = bench_open(CAPACITY);
        struct wire_slot slot = someone(bench, ADA, 1, 10);
        add_full(bench, 1, WIRE_NEAR, 0, &slot, 1);
        wire_frame_header_write(0, TICK, bench->bytes);
        assert_int_equal(picture_apply(bench->picture, bench->bytes, bench->size, clocks[i]),
                         WIRE_DONE);
        assert_near(picture_rows(bench->picture)->time[0], 0);
        bench_close(bench);
    }
}

static void hold_times_stay_sane(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    picture_set_hold(bench->picture, WIRE_NEAR, -4);
    picture_set_hold(bench->picture, WIRE_NEAR, __builtin_nanf(""));
    picture_set_hold(bench->picture, (enum wire_level)77, 4);
    ada_alone(bench, 1, WIRE_NEAR);
    assert_true(picture_rows(bench->picture)->time[1] > picture_rows(bench->picture)->time[0]);
    bench_close(bench);
}

// --- claims
// ----------------------------------------------------------------------------------------------

static void who_moved_on_stays_until_another_cell_claims(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slot = ada_alone(bench, 4, WIRE_NEAR);
    add_full(bench, 5, WIRE_NEAR, 0, NULL, 0);
    slot.use = WIRE_SLOT_MOVED_ON;
    slot.member_tick = bench->tick;
    add_delta(bench, 4, WIRE_NEAR, 1, &slot, 1);
    assert_taken(bench);
    assert_int_equal(cell_of(bench, ADA), 0);
    bench->tick += 40;
    slot = someone(bench, ADA, 5, 2);
    add_delta(bench, 5, WIRE_NEAR, 1, &slot, 1);
    assert_taken(bench);
    assert_int_equal(cell_of(bench, ADA), 5);
    bench->tick += 100;
    assert_taken(bench);
    assert_true(is_here(bench, ADA));
    bench_close(bench);
}

static void who_is_unclaimed_too_long_is_dropped(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    ada_alone(bench, 4, WIRE_NEAR);
    add_gone(bench, 4);
    uint32_t tick = bench->tick;
    assert_taken(bench);
    assert_int_equal(picture_cell_count(bench->picture), 0);
    bench->tick = tick + PICTURE_ORPHAN_TICKS - 1;
    assert_taken(bench);
    assert_true(is_here(bench, ADA));
    assert_taken(bench);
    assert_false(is_here(bench, ADA));
    assert_int_equal(picture_count(bench->picture), 0);
    bench_close(bench);
}

static void who_left_is_dropped_whoever_claims(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot ada = ada_alone(bench, 4, WIRE_NEAR), bob = someone(bench, BOB, 5, 1);
    add_full(bench, 5, WIRE_FAR, 0, &bob, 1);
    assert_taken(bench);
    // Ada went to the far cell's slot 0 and left; this is the first that the far cell says of it.
    ada.use = WIRE_SLOT_LEFT;
    ada.member_tick = bench->tick;
    add_delta(bench, 5, WIRE_FAR, 1, &ada, 1);
    assert_taken(bench);
    assert_false(is_here(bench, ADA));
    assert_int_equal(cell_of(bench, BOB), 0);
    assert_int_equal(picture_anomalies(bench->picture), 0);
    bench_close(bench);
}

static void a_reused_number_is_another_entity(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    ada_alone(bench, 4, WIRE_NEAR);
    struct wire_slot next = someone(bench, ADA + 0x010000, 5, 3);
    add_full(bench, 5, WIRE_NEAR, 0, &next, 1);
    assert_taken(bench);
    assert_false(is_here(bench, ADA));
    assert_int_equal(cell_of(bench, ADA + 0x010000), 5);
    assert_int_equal(picture_count(bench->picture), 1);
    bench_close(bench);
}

static void a_full_replaces_what_the_cell_held(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slots[2] = {someone(bench, ADA, 4, 1), someone(bench, BOB, 4, 2)};
    add_full(bench, 4, WIRE_NEAR, 0, slots, 2);
    assert_taken(bench);
    struct wire_slot other[2] = {someone(bench, CYD, 4, 1), someone(bench, ADA, 4, 1)};
    add_full(bench, 4, WIRE_MIDDLE, 77, other, 2);
    assert_taken(bench);
    assert_int_equal(cell_of(bench, ADA), 4);
    assert_int_equal(cell_of(bench, CYD), 4);
    assert_int_equal(cell_of(bench, BOB), 0);
    bench_close(bench);
}

static void after_a_reset_only_who_is_claimed_again_stays(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slots[2] = {someone(bench, ADA, 4, 1), someone(bench, BOB, 4, 2)};
    add_full(bench, 4, WIRE_NEAR, 0, slots, 2);
    assert_taken(bench);
    update(bench, &slots[0], slots[0].state.x_cm + 200, 0);
    add_delta(bench, 4, WIRE_NEAR, 1, slots, 1);
    assert_taken(bench);
    float from = picture_rows(bench->picture)->from[0];
    add_full(bench, 4, WIRE_NEAR, 1, slots, 1);
    assert_int_equal(hand_over(bench, WIRE_FRAME_RESET), WIRE_DONE);
    assert_false(is_here(bench, BOB));
    assert_int_equal(cell_of(bench, ADA), 4);
    assert_near(picture_rows(bench->picture)->from[0], from); // it walks on
    assert_int_equal(picture_cell_count(bench->picture), 1);
    bench_close(bench);
}

// --- deltas that do not fit
// ------------------------------------------------------------------------------

static void a_delta_of_a_strange_cell_or_level_is_passed_over(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slot = ada_alone(bench, 4, WIRE_NEAR);
    int32_t x_cm = slot.state.x_cm;
    update(bench, &slot, x_cm + 100, 0);
    add_delta(bench, 4, WIRE_MIDDLE, 9, &slot, 1);
    struct wire_slot bob = someone(bench, BOB, 5, 1);
    add_delta(bench, 5, WIRE_NEAR, 1, &bob, 1);
    assert_taken(bench);
    assert_int_equal(picture_rows(bench->picture)->exact[0], x_cm);
    assert_int_equal(picture_count(bench->picture), 1);
    bench_close(bench);
}

static void a_gap_spoils_the_cell_until_it_is_given_whole(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slot = ada_alone(bench, 4, WIRE_NEAR);
    int32_t x_cm = slot.state.x_cm;
    update(bench, &slot, x_cm + 100, 0);
    add_delta(bench, 4, WIRE_NEAR, 2, &slot, 1);
    assert_int_equal(hand_over(bench, 0), WIRE_BAD);
    update(bench, &slot, x_cm + 200, 0);
    add_delta(bench, 4, WIRE_NEAR, 3, &slot, 1);
    assert_taken(bench);
    assert_int_equal(picture_rows(bench->picture)->exact[0], x_cm);
    add_full(bench, 4, WIRE_NEAR, 3, &slot, 1);
    assert_taken(bench);
    update(bench, &slot, x_cm + 300, 0);
    add_delta(bench, 4, WIRE_NEAR, 4, &slot, 1);
    assert_taken(bench);
    assert_int_equal(picture_rows(bench->picture)->exact[0], x_cm + 300);
    bench_close(bench);
}

static void an_update_of_an_empty_slot_is_counted(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    add_full(bench, 4, WIRE_NEAR, 0, NULL, 0);
    assert_taken(bench);
    struct wire_slot slot = someone(bench, ADA, 4, 1);
    slot.member_tick -= 50;
    add_delta(bench, 4, WIRE_NEAR, 1, &slot, 1);
    assert_taken(bench);
    assert_int_equal(picture_anomalies(bench->picture), 1);
    assert_int_equal(picture_count(bench->picture), 0);
    bench_close(bench);
}

static void more_than_capacity_is_counted_and_left_out(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slots[SLOTS];
    for (uint32_t i = 0; i < SLOTS; i++)
        slots[i] = someone(bench, ADA + i, 4, (int)i);
    add_full(bench, 4, WIRE_NEAR, 0, slots, SLOTS);
    assert_taken(bench);
    assert_int_equal(picture_count(bench->picture), CAPACITY);
    assert_int_equal(picture_anomalies(bench->picture), SLOTS - CAPACITY);
    bench_close(bench);
}

static void no_capacity_at_all_is_survived(void **state)
{
    (void)state;
    struct bench *bench = bench_open(0);
    ada_alone(bench, 1, WIRE_NEAR);
    assert_int_equal(picture_count(bench->picture), 0);
    assert_int_equal(picture_anomalies(bench->picture), 1);
    bench_close(bench);
}

static void more_cells_than_a_picture_holds_are_counted(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    for (uint32_t i = 0; i < PICTURE_CELLS_MAX + 3; i++) {
        add_full(bench, (1u << 20) + i, WIRE_FAR, 0, NULL, 0);
        assert_taken(bench);
    }
    assert_int_equal(picture_cell_count(bench->picture), PICTURE_CELLS_MAX);
    assert_int_equal(picture_anomalies(bench->picture), 3);
    for (uint32_t i = 0; i < PICTURE_CELLS_MAX + 3; i++) {
        add_gone(bench, (1u << 20) + i);
        assert_taken(bench);
    }
    assert_int_equal(picture_cell_count(bench->picture), 0);
    bench_close(bench);
}

// --- what is told of rows
// --------------------------------------------------------------------------------

static void dirty_rows_are_those_that_were_touched(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slots[5];
    uint32_t first, last;
    for (uint32_t i = 0; i < 5; i++)
        slots[i] = someone(bench, ADA + i, 4, (int)i);
    add_full(bench, 4, WIRE_NEAR, 0, slots, 5);
    assert_taken(bench);
    picture_take_dirty(bench->picture, &first, &last);
    assert_int_equal(first, 0);
    assert_int_equal(last, 5);
    picture_take_dirty(bench->picture, &first, &last);
    assert_true(first >= last);
    update(bench, &slots[2], slots[2].state.x_cm + 5, 0);
    update(bench, &slots[3], slots[3].state.x_cm + 5, 0);
    add_delta(bench, 4, WIRE_NEAR, 1, slots, 5);
    assert_taken(bench);
    picture_take_dirty(bench->picture, &first, &last);
    assert_int_equal(first, 2);
    assert_int_equal(last, 4);
    bench_close(bench);
}

static void membership_changes_with_who_is_where_and_not_with_steps(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slot = ada_alone(bench, 4, WIRE_NEAR);
    uint32_t version = picture_membership_version(bench->picture);
    update(bench, &slot, slot.state.x_cm + 5, 0);
    add_delta(bench, 4, WIRE_NEAR, 1, &slot, 1);
    assert_taken(bench);
    assert_int_equal(picture_membership_version(bench->picture), version);
    slot.member_tick = bench->tick;
    slot.identity.look++;
    add_delta(bench, 4, WIRE_NEAR, 2, &slot, 1);
    assert_taken(bench);
    assert_true(picture_membership_version(bench->picture) > version);
    version = picture_membership_version(bench->picture);
    picture_reset(bench->picture);
    assert_true(picture_membership_version(bench->picture) > version);
    assert_int_equal(picture_count(bench->picture), 0);
    bench_close(bench);
}

static void a_row_that_goes_is_replaced_by_the_last(void **state)
{
    (void)state;
    struct bench *bench = bench_open(CAPACITY);
    struct wire_slot slots[3];
    for (uint32_t i = 0; i < 3; i++)
        slots[i] = someone(bench, ADA + i, 4, (int)i);
    add_full(bench, 4, WIRE_NEAR, 0, slots, 3);
    assert_taken(bench);
    slots[0].use = WIRE_SLOT_LEFT;
    slots[0].member_tick = bench->tick;
    add_delta(bench, 4, WIRE_NEAR, 1, slots, 3);
    assert_taken(bench);
    assert_int_equal(picture_count(bench->picture), 2);
    assert_int_equal(picture_find(bench->picture, CYD), 0);
    update(bench, &slots[2], slots[2].state.x_cm + 5, 0);
    add_delta(bench, 4, WIRE_NEAR, 2, slots, 3);
    assert_taken(bench);
    assert_int_equal(picture_rows(bench->picture)->exact[0], slots[2].state.x_cm);
    bench_close(bench);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_entity_stands_where_it_is_told),
        cmocka_unit_test(it_goes_from_where_it_is_shown),
        cmocka_unit_test(the_same_place_again_does_not_stretch_the_way),
        cmocka_unit_test(yaw_goes_the_short_way_round),
        cmocka_unit_test(who_turns_on_and_on_is_never_turned_back),
        cmocka_unit_test(what_is_too_far_to_walk_is_there_at_once),
        cmocka_unit_test(a_new_epoch_changes_nothing_that_is_shown),
        cmocka_unit_test(a_server_that_counts_anew_ends_every_way),
        cmocka_unit_test(a_clock_that_is_none_is_not_believed),
        cmocka_unit_test(hold_times_stay_sane),
        cmocka_unit_test(who_moved_on_stays_until_another_cell_claims),
        cmocka_unit_test(who_is_unclaimed_too_long_is_dropped),
        cmocka_unit_test(who_left_is_dropped_whoever_claims),
        cmocka_unit_test(a_reused_number_is_another_entity),
        cmocka_unit_test(a_full_replaces_what_the_cell_held),
        cmocka_unit_test(after_a_reset_only_who_is_claimed_again_stays),
        cmocka_unit_test(a_delta_of_a_strange_cell_or_level_is_passed_over),
        cmocka_unit_test(a_gap_spoils_the_cell_until_it_is_given_whole),
        cmocka_unit_test(an_update_of_an_empty_slot_is_counted),
        cmocka_unit_test(more_than_capacity_is_counted_and_left_out),
        cmocka_unit_test(no_capacity_at_all_is_survived),
        cmocka_unit_test(more_cells_than_a_picture_holds_are_counted),
        cmocka_unit_test(dirty_rows_are_those_that_were_touched),
        cmocka_unit_test(membership_changes_with_who_is_where_and_not_with_steps),
        cmocka_unit_test(a_row_that_goes_is_replaced_by_the_last),
    };
    return cmocka_run_group_tests_name("wire/picture", tests, NULL, NULL);
}
