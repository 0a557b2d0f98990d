// A small crowd is simulated, encoded as the server does it, and watched by one picture. While the
// crowd moves, what is near must be exact; once it stands still, everything must be.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wire/dice.h"
#include "wire/picture.h"

enum {
    PEOPLE = 200,
    CELL_SLOTS = PEOPLE,
    REGIONS = 16, // cells of depth 2, each whole or split in four
    CELLS = 5 * REGIONS,
    SECTIONS_BYTES = 1 << 20,
    HELD_TICKS_MAX = 4,
    DESCRIBED_TICKS = 100,
};

struct person {
    uint32_t id; // 0: not here
    uint32_t look;
    uint8_t generation;
    struct wire_state state;
    uint32_t cell, slot;
};

struct watched_cell {
    uint32_t key;
    bool used;
    enum wire_level level; // the picture's
    uint8_t sequence[WIRE_LEVELS];
    struct wire_slot slots[CELL_SLOTS];
};

struct world {
    struct dice dice;
    uint32_t tick;
    bool split[REGIONS];
    struct watched_cell cells[CELLS]; // of a region: the whole, then its quarters
    struct person people[PEOPLE];
    struct picture *picture;
    void *block;
    uint8_t *frame; // what is held back
    size_t frame_size;
    uint8_t frame_flags;
    uint32_t held_ticks;
};

// --- the crowd
// -------------------------------------------------------------------------------------------

static uint32_t cell_for(const struct world *world, const struct wire_state *state)
{
    uint32_t region = wire_key_at(state->x_cm, state->z_cm, 2) - 16;
    if (!world->split[region])
        return 5 * region;
    return 5 * region + 1 + (wire_key_at(state->x_cm, state->z_cm, 3) & 3);
}

static void person_enter(struct world *world, struct person *person, uint32_t cell)
{
    struct wire_slot *slots = world->cells[cell].slots;
    uint32_t slot = 0;
    while (slots[slot].use == WIRE_SLOT_TAKEN)
        slot++;
    uint32_t until = slots[slot].described_until;
    slots[slot] = (struct wire_slot){.use = WIRE_SLOT_TAKEN,
                                     .state = person->state,
                                     .identity = {.id = person->id, .look = person->look},
                                     .member_tick = world->tick,
                                     .changed_tick = world->tick,
                                     .described_until = until};
    person->cell = cell;
    person->slot = slot;
}

static void person_quit_cell(struct world *world, struct person *person, enum wire_slot_use use)
{
    struct wire_slot *slot = &world->cells[person->cell].slots[person->slot];
    slot->use = (uint8_t)use;
    slot->member_tick = slot->changed_tick = world->tick;
}

static void person_scatter(struct world *world, struct person *person)
{
    struct dice *dice = &world->dice;
    person->state = (struct wire_state){
        .x_cm = dice_between(dice, WIRE_COORDINATE_MIN_CM, WIRE_COORDINATE_MAX_CM),
        .z_cm = dice_between(dice, WIRE_COORDINATE_MIN_CM, WIRE_COORDINATE_MAX_CM),
        .y_cm = (int16_t)dice_between(dice, -3000, 3000),
        .yaw = (uint8_t)dice_next(dice),
        .pose = (uint8_t)dice_below(dice, WIRE_POSES),
        .flags = (uint8_t)dice_below(dice, 4),
    };
}

static void person_join(struct world *world, struct person *person)
{
    person->generation++;
    person->id = (uint32_t)(person - world->people) | (uint32_t)person->generation << 16;
    person->look = 1 + dice_next(&world->dice) / 2;
    person_scatter(world, person);
    person_enter(world, person, cell_for(world, &person->state));
    world->cells[person->cell].slots[person->slot].described_until = world->tick + DESCRIBED_TICKS;
}

static void person_leave(struct world *world, struct person *person)
{
    person_quit_cell(world, person, WIRE_SLOT_LEFT);
    person->id = 0;
}

static void person_move(struct world *world, struct person *person)
{
    struct wire_slot *old = &world->cells[person->cell].slots[person->slot];
    uint32_t until = old->described_until;
    person_scatter(world, person);
    uint32_t cell = cell_for(world, &person->state);
    if (cell == person->cell) {
        old->state = person->state;
        old->changed_tick = world->tick;
        return;
    }
    person_quit_cell(world, person, WIRE_SLOT_MOVED_ON);
    person_enter(world, person, cell);
    world->cells[cell].slots[person->slot].described_until = until;
}

static void people_step(struct world *world)
{
    for (uint32_t i = 1; i < PEOPLE; i++) { // index 0 of generation 0 is nobody
        struct person *person = &world->people[i];
        uint32_t chance = dice_below(&world->dice, 100);
        if (!person->id) {
            if (chance < 10)
                person_join(world, person);
        } else if (chance < 1) {
            person_leave(world, person);
        } else if (chance < 20) {
            person_move(world, person);
        }
    }
}

// --- what is sent
// ----------------------------------------------------------------------------------------

static void send_full(struct world *world, struct watched_cell *cell)
{
    cell->level = (enum wire_level)dice_below(&world->dice, WIRE_LEVELS);
    world->frame_size += wire_full_write(cell->key, cell->level, cell->sequence[cell->level],
                                         cell->slots, CELL_SLOTS, world->frame + world->frame_size);
}

static void send_delta(struct world *world, struct watched_cell *cell, enum wire_level level)
{
    uint32_t period = wire_level_period[level];
    if (world->tick % period)
        return;
    uint8_t *out = world->frame + world->frame_size;
    size_t size = wire_delta_write(cell->key, level, (uint8_t)(cell->sequence[level] + 1),
                                   world->tick - period, world->tick, cell->slots, CELL_SLOTS, out);
    cell->sequence[level] = (uint8_t)(cell->sequence[level] + (size != 0));
    if (level == cell->level)
        world->frame_size += size;
}

static void cell_open(struct watched_cell *cell)
{
    uint32_t key = cell->key;
    *cell = (struct watched_cell){.key = key, .used = true};
}

// One region becomes four cells, or one again; who is there changes cell.
static void region_turn(struct world *world, uint32_t region)
{
    struct watched_cell *cells = &world->cells[5 * region];
    uint32_t untils[PEOPLE];
    for (uint32_t i = 0; i < PEOPLE; i++) {
        const struct person *person = &world->people[i];
        untils[i] = world->cells[person->cell].slots[person->slot].described_until;
    }
    for (int i = 0; i < 5; i++) {
        if (cells[i].used)
            world->frame_size += wire_gone_write(cells[i].key, world->frame + world->frame_size);
        cells[i].used = false;
    }
    world->split[region] = !world->split[region];
    for (int i = 0; i < 5; i++) {
        if ((i > 0) == world->split[region])
            cell_open(&cells[i]);
    }
    for (uint32_t i = 0; i < PEOPLE; i++) {
        struct person *person = &world->people[i];
        if (!person->id || person->cell / 5 != region)
            continue;
        person_enter(world, person, cell_for(world, &person->state));
        world->cells[person->cell].slots[person->slot].described_until = untils[i];
    }
    for (int i = 0; i < 5; i++) {
        if (cells[i].used)
            send_full(world, &cells[i]);
    }
}

static void send_everything(struct world *world)
{
    world->frame_flags = WIRE_FRAME_RESET;
    world->frame_size = WIRE_FRAME_HEADER_BYTES; // what was held back is in the wholes
    for (uint32_t i = 0; i < CELLS; i++) {
        if (world->cells[i].used)
            send_full(world, &world->cells[i]);
    }
}

static void encode_tick(struct world *world, bool restless)
{
    for (uint32_t i = 0; i < CELLS; i++) {
        if (!world->cells[i].used)
            continue;
        for (unsigned level = 0; level < WIRE_LEVELS; level++)
            send_delta(world, &world->cells[i], (enum wire_level)level);
    }
    if (!restless)
        return;
    for (uint32_t i = 0; i < CELLS; i++) {
        if (world->cells[i].used && dice_below(&world->dice, 30) == 0)
            send_full(world, &world->cells[i]);
    }
    if (dice_below(&world->dice, 10) == 0)
        region_turn(world, dice_below(&world->dice, REGIONS));
    if (dice_below(&world->dice, 50) == 0)
        send_everything(world);
}

static void deliver(struct world *world)
{
    wire_frame_header_write(world->frame_flags, world->tick, world->frame);
    uint8_t *exact = malloc(world->frame_size);
    assert_non_null(exact);
    memcpy(exact, world->frame, world->frame_size);
    double now = (double)world->tick - 2 + dice_below(&world->dice, 100) * 0.01;
    assert_int_equal(picture_apply(world->picture, exact, world->frame_size, now), WIRE_DONE);
    free(exact);
    world->frame_size = WIRE_FRAME_HEADER_BYTES;
    world->frame_flags = 0;
    world->held_ticks = 0;
}

// --- what is seen
// ----------------------------------------------------------------------------------------

static void assert_shown(const struct world *world, const struct person *person)
{
    const struct watched_cell *cell = &world->cells[person->cell];
    uint32_t row = picture_find(world->picture, person->id);
    if (row == UINT32_MAX)
        fail_msg("%x is not there at tick %u", person->id, world->tick);
    const struct picture_rows *rows = picture_rows(world->picture);
    struct wire_state seen = wire_state_at_level(&person->state, cell->key, cell->level);
    assert_int_equal(rows->id[row], person->id);
    assert_int_equal(rows->look[row], person->look);
    assert_int_equal(rows->cell[row], cell->key);
    assert_int_equal(rows->level[row], cell->level);
    assert_int_equal(rows->exact[4 * row], seen.x_cm);
    assert_int_equal(rows->exact[4 * row + 1], seen.y_cm);
    assert_int_equal(rows->exact[4 * row + 2], seen.z_cm);
    assert_int_equal(rows->exact[4 * row + 3], seen.yaw);
    assert_int_equal(rows->pose[row], seen.pose);
    assert_int_equal(rows->flags[row], seen.flags);
    float off = rows->to[4 * row] - (float)seen.x_cm * 0.01f;
    assert_true(off > -0.001f && off < 0.001f);
    assert_true(rows->time[2 * row + 1] > rows->time[2 * row]);
}

static void assert_seen(const struct world *world, bool settled)
{
    uint32_t here = 0;
    for (uint32_t i = 0; i < PEOPLE; i++) {
        const struct person *person = &world->people[i];
        if (!person->id)
            continue;
        here++;
        if (settled || world->cells[person->cell].level == WIRE_NEAR)
            assert_shown(world, person);
    }
    assert_int_equal(picture_anomalies(world->picture), 0);
    assert_true(picture_is_sound(world->picture));
    if (settled)
        assert_int_equal(picture_count(world->picture), here);
    uint32_t cells = 0;
    for (uint32_t i = 0; i < CELLS; i++)
        cells += world->cells[i].used;
    assert_int_equal(picture_cell_count(world->picture), cells);
}

static void tick_once(struct world *world, bool restless)
{
    world->tick++;
    if (restless)
        people_step(world);
    encode_tick(world, restless);
    world->held_ticks++;
    if (world->held_ticks < HELD_TICKS_MAX && dice_below(&world->dice, 3) == 0)
        return;
    deliver(world);
    assert_seen(world, false);
}

static void world_open(struct world *world, uint64_t seed, uint32_t tick)
{
    *world = (struct world){.dice = {.state = seed}, .tick = tick};
    world->frame = malloc(SECTIONS_BYTES);
    size_t bytes = picture_bytes(PEOPLE + 50); // who is gone may stay for a second or three
    world->block = aligned_alloc(16, bytes);
    assert_non_null(world->frame);
    assert_non_null(world->block);
    world->picture = picture_init(world->block, PEOPLE + 50);
    for (uint32_t i = 0; i < CELLS; i++) {
        uint32_t region = 16 + i / 5;
        world->cells[i].key = i % 5 ? 4 * region + i % 5 - 1 : region;
        world->cells[i].used = i % 5 == 0;
    }
    send_everything(world);
    deliver(world);
}

static void a_picture_is_the_truth_once_it_settles(void **state)
{
    (void)state;
    struct world *world = malloc(sizeof *world);
    assert_non_null(world);
    for (uint64_t seed = 1; seed <= 12; seed++) {
        print_message("# seed %u\n", (unsigned)seed);
        world_open(world, seed, seed % 2 ? 1000 : UINT32_MAX - 150);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 100; i++)
                tick_once(world, true);
            for (int i = 0; i < 20 + PICTURE_ORPHAN_TICKS + HELD_TICKS_MAX; i++)
                tick_once(world, false);
            deliver(world);
            assert_seen(world, true);
        }
        free(world->block);
        free(world->frame);
    }
    free(world);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_the_truth_once_it_settles),
    };
    return cmocka_run_group_tests_name("wire/picture_world", tests, NULL, NULL);
}
