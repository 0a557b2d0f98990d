#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/assert.h"
#include "hub/instance.h"
#include "hub/viewer.h"
#include "hub/viewer_internal.h"
#include "wire/picture.h"

enum { PEOPLE_MAX = 1200, TICK_US = HUB_TICK_MS * 1000 };

// An instance with people who stand where the test wants them; the first has a viewer and a
// picture.
struct scene {
    struct instance *instance;
    uint64_t now_us;
    uint32_t count;
    uint32_t entity[PEOPLE_MAX];
    struct wire_state place[PEOPLE_MAX];
    uint16_t sequence;
    struct viewer *viewer;
    struct viewer_cache *cache;
    void *block;
    struct picture *picture;
    const struct frame *history[VIEWER_HISTORY_TICKS];
    uint32_t history_count;
    struct buffer out; // the last message
};

// What a message holds.
struct content {
    bool reset;
    uint32_t sections[3][WIRE_LEVELS]; // by operation and level
    uint32_t total;
};

static struct scene *scene_make(struct viewer_settings *settings)
{
    static const struct instance_spawn spawn;
    struct instance_settings world = {
        .capacity = PEOPLE_MAX,
        .least_x_cm = WIRE_COORDINATE_MIN_CM,
        .least_z_cm = WIRE_COORDINATE_MIN_CM,
        .most_x_cm = WIRE_COORDINATE_MAX_CM,
        .most_z_cm = WIRE_COORDINATE_MAX_CM,
        .most_y_cm = 1000,
        .speed_max_cm_s = 100000,
        .spawns = &spawn,
        .spawn_count = 1,
        .seed = 1,
    };
    struct viewer_settings preset;
    viewer_settings_preset(&preset);
    struct scene *scene = calloc(1, sizeof *scene);
    ASSERT(scene);
    scene->instance = instance_create(&world);
    scene->cache = viewer_cache_create();
    scene->viewer = viewer_create(1 | 1 << 16, settings ? settings : &preset);
    scene->block = aligned_alloc(16, picture_bytes(PEOPLE_MAX));
    scene->picture = picture_init(scene->block, PEOPLE_MAX);
    return scene;
}

static void scene_done(struct scene *scene)
{
    for (uint32_t i = 0; i < scene->history_count; i++)
        instance_return_frame(scene->instance, scene->history[i]);
    instance_destroy(scene->instance);
    viewer_cache_destroy(scene->cache);
    viewer_destroy(scene->viewer);
    buffer_done(&scene->out);
    free(scene->block);
    free(scene);
}

static uint32_t person_put(struct scene *scene, int32_t x_cm, int32_t z_cm)
{
    uint32_t who = scene->count++;
    struct instance_join join = {.name = "someone", .placed = true, .connection = who + 1};
    join.place = (struct wire_state){.x_cm = x_cm, .z_cm = z_cm};
    memcpy(join.person, &who, sizeof who);
    struct instance_joined joined;
    assert_true(instance_join(scene->instance, &join, scene->now_us, &joined, NULL));
    scene->entity[who] = joined.entity.value;
    scene->place[who] = joined.place;
    return who;
}

static void person_step(struct scene *scene, uint32_t who, int32_t dx_cm)
{
    scene->place[who].x_cm += dx_cm;
    struct wire_move move = {.sequence = ++scene->sequence, .state = scene->place[who]};
    struct wire_state at;
    entity_id entity = {scene->entity[who]};
    assert_int_equal(instance_move(scene->instance, entity, &move, scene->now_us, &at),
                     MOVE_ACCEPTED);
}

static void scene_tick(struct scene *scene)
{
    scene->now_us += TICK_US;
    if (scene->history_count == VIEWER_HISTORY_TICKS) {
        instance_return_frame(scene->instance, scene->history[0]);
        memmove(scene->history, scene->history + 1, sizeof scene->history - sizeof(void *));
        scene->history_count--;
    }
    scene->history[scene->history_count++] = instance_tick(scene->instance, scene->now_us);
    viewer_cache_reset(scene->cache);
}

// The viewer's own books: each cell is listed at its level and nowhere else.
static void books_check(const struct scene *scene)
{
    const struct viewer *viewer = scene->viewer;
    uint32_t by_level[WIRE_LEVELS + 1] = {0};
    for (uint32_t cell = 0; cell < FRAME_CELLS_MAX; cell++)
        by_level[viewer_level(viewer, cell)]++;
    assert_int_equal(by_level[WIRE_NEAR], viewer->near_count);
    assert_int_equal(by_level[WIRE_MIDDLE], viewer->middle_count);
    assert_int_equal(by_level[LEVEL_STALE], viewer->stale_count);
    for (uint32_t i = 0; i < viewer->near_count; i++)
        assert_int_equal(viewer_level(viewer, viewer->near[i]), WIRE_NEAR);
    for (uint32_t i = 0; i < viewer->middle_count; i++)
        assert_int_equal(viewer_level(viewer, viewer->middle[i]), WIRE_MIDDLE);
    assert_int_equal(scene->cache->want_count, 0);
}

static size_t scene_read(struct scene *scene, uint8_t stride)
{
    scene->out.size = 0;
    struct viewer_pressure pressure = {.stride = stride};
    size_t size = viewer_compose(scene->viewer, scene->history, scene->history_count, scene->cache,
                                 pressure, &scene->out);
    assert_int_equal(size, scene->out.size);
    if (size > 0) {
        assert_int_equal(picture_apply(scene->picture, scene->out.bytes, size,
                                       instance_tick_number(scene->instance)),
                         WIRE_DONE);
        assert_int_equal(picture_anomalies(scene->picture), 0);
        books_check(scene);
    }
    return size;
}

static size_t scene_step(struct scene *scene)
{
    scene_tick(scene);
    return scene_read(scene, 1);
}

// Until all that was to be told has been told.
static void scene_rest(struct scene *scene)
{
    for (int i = 0; i < 45; i++)
        scene_step(scene);
}

static struct content content_of(const struct scene *scene)
{
    struct content content = {0};
    struct wire_frame frame;
    struct wire_section section;
    if (scene->out.size == 0)
        return content;
    assert_int_equal(wire_frame_read(scene->out.bytes, scene->out.size, &frame), WIRE_DONE);
    content.reset = frame.flags & WIRE_FRAME_RESET;
    while (frame.rest_size > 0) {
        assert_int_equal(wire_section_read(&frame, &section), WIRE_DONE);
        content.sections[section.op][section.level]++;
        content.total++;
    }
    return content;
}

static uint32_t level_of(const struct scene *scene, uint32_t who)
{
    uint32_t row = picture_find(scene->picture, scene->entity[who]);
    assert_true(row != UINT32_MAX);
    return picture_rows(scene->picture)->level[row];
}

// Forty on a spot: enough to make a cell of their own.
static uint32_t spot_put(struct scene *scene, int32_t x_cm, int32_t z_cm)
{
    uint32_t first = scene->count;
    for (int i = 0; i < 40; i++)
        person_put(scene, x_cm, z_cm);
    return first;
}

// --- what is sent, and when ----------------------------------------------------------------------

static void the_first_message_resets_and_holds_everyone(void **state)
{
    struct scene *scene = scene_make(NULL);
    person_put(scene, 0, 0);
    spot_put(scene, 3000, 100);
    spot_put(scene, -90000, 100);
    assert_true(scene_step(scene) > 0);
    struct content content = content_of(scene);
    assert_true(content.reset);
    assert_int_equal(picture_count(scene->picture), 81);
    assert_int_equal(content.sections[WIRE_DELTA][WIRE_NEAR], 0);
    // Empty ground is told of too: or nobody could be seen to walk onto it.
    uint32_t fulls = 0, cells = 0;
    const struct frame *frame = scene->history[0];
    for (int level = 0; level < WIRE_LEVELS; level++)
        fulls += content.sections[WIRE_FULL][level];
    for (uint32_t i = 0; i < frame->cell_count; i++)
        cells += frame->cells[i].key != 0;
    assert_int_equal(fulls, cells);
    scene_done(scene);
}

static void silence_is_broken_every_three_seconds(void **state)
{
    struct scene *scene = scene_make(NULL);
    person_put(scene, 0, 0);
    scene_rest(scene);
    uint32_t messages = 0;
    for (int i = 0; i < 300; i++) {
        size_t size = scene_step(scene);
        messages += size > 0;
        assert_true(size == 0 || size == WIRE_FRAME_HEADER_BYTES);
    }
    assert_int_equal(messages, 5);
    scene_done(scene);
}

static void near_news_goes_at_once_and_other_news_waits_four_ticks_at_most(void **state)
{
    struct scene *scene = scene_make(NULL);
    person_put(scene, 0, 0);
    uint32_t beside = person_put(scene, 100, 0);
    uint32_t remote = spot_put(scene, 100000, 0);
    scene_rest(scene);
    assert_int_equal(level_of(scene, beside), WIRE_NEAR);
    assert_int_equal(level_of(scene, remote), WIRE_FAR);
    for (int i = 0; i < 10; i++) {
        person_step(scene, beside, 5);
        assert_true(scene_step(scene) > 0);
    }
    scene_rest(scene);
    uint32_t messages = 0;
    for (int i = 0; i < 80; i++) {
        person_step(scene, remote, 5);
        messages += scene_step(scene) > 0;
    }
    assert_in_range(messages, 4, 6); // once a second: no more than it is told
    scene_done(scene);
}

static void a_stride_holds_near_news_back_and_then_tells_all_of_it(void **state)
{
    struct scene *scene = scene_make(NULL);
    person_put(scene, 0, 0);
    uint32_t beside = person_put(scene, 100, 0);
    scene_rest(scene);
    for (uint8_t stride = 1; stride <= 4; stride *= 2) {
        uint32_t messages = 0, deltas = 0;
        for (int i = 0; i < 40; i++) {
            person_step(scene, beside, 5);
            scene_tick(scene);
            messages += scene_read(scene, stride) > 0;
            deltas += content_of(scene).sections[WIRE_DELTA][WIRE_NEAR];
        }
        assert_in_range(messages, 40 / stride - 1, 40 / stride);
        assert_in_range(deltas, 40 - stride, 40 + stride);
    }
    scene_done(scene);
}

static void who_lags_within_the_history_catches_up_and_beyond_it_begins_anew(void **state)
{
    struct scene *scene = scene_make(NULL);
    person_put(scene, 0, 0);
    uint32_t beside = person_put(scene, 100, 0);
    scene_rest(scene);
    for (uint32_t lag = 1; lag <= VIEWER_HISTORY_TICKS + 1; lag++) {
        person_step(scene, beside, 1);
        scene_step(scene);
        for (uint32_t i = 0; i < lag; i++) {
            person_step(scene, beside, 1);
            scene_tick(scene);
        }
        assert_true(scene_read(scene, 1) > 0);
        struct content content = content_of(scene);
        assert_true(content.reset == (lag > VIEWER_HISTORY_TICKS));
        if (!content.reset)
            assert_int_equal(content.sections[WIRE_DELTA][WIRE_NEAR], lag);
    }
    scene_done(scene);
}

static void a_reset_that_is_asked_for_comes_next_also_within_the_tick(void **state)
{
    struct scene *scene = scene_make(NULL);
    person_put(scene, 0, 0);
    scene_rest(scene);
    assert_int_equal(scene_read(scene, 1), 0);
    viewer_reset(scene->viewer);
    assert_true(scene_read(scene, 4) > 0);
    assert_true(content_of(scene).reset);
    scene_step(scene);
    assert_false(content_of(scene).reset);
    scene_done(scene);
}

// --- levels --------------------------------------------------------------------------------------

static void a_cell_that_comes_nearer_is_given_whole_at_the_finer_level(void **state)
{
    struct scene *scene = scene_make(NULL);
    person_put(scene, 0, 0);
    uint32_t spot = spot_put(scene, 12000, 50);
    scene_rest(scene);
    assert_int_equal(level_of(scene, spot), WIRE_FAR);
    uint32_t seen = WIRE_FAR;
    for (int i = 0; i < 230; i++) {
        person_step(scene, 0, 50);
        scene_step(scene);
        uint32_t level = level_of(scene, spot);
        assert_true(level == seen || level + 1 == seen);
        seen = level;
    }
    assert_int_equal(seen, WIRE_NEAR);
    scene_done(scene);
}

static void a_cell_at_an_edge_keeps_its_level(void **state)
{
    struct scene *scene = scene_make(NULL);
    person_put(scene, 0, 0);
    uint32_t spot = spot_put(scene, 12000, 50);
    scene_rest(scene);
    while (level_of(scene, spot) != WIRE_MIDDLE) {
        person_step(scene, 0, 10);
        scene_step(scene);
    }
    // To and fro over the line, two metres each way, for half a minute.
    for (int i = 0; i < 600; i++) {
        person_step(scene, 0, i / 20 % 2 ? 10 : -10);
        scene_step(scene);
        assert_int_equal(level_of(scene, spot), WIRE_MIDDLE);
    }
    scene_done(scene);
}

static void the_nearest_cell_is_near_however_many_are_in_it(void **state)
{
    struct scene *scene = scene_make(NULL);
    person_put(scene, 10, 10);
    for (int i = 0; i < 300; i++)
        person_put(scene, 20, 20);
    uint32_t next = spot_put(scene, 300, 20);
    scene_rest(scene);
    assert_int_equal(level_of(scene, 0), WIRE_NEAR);
    assert_int_equal(level_of(scene, 300), WIRE_NEAR);
    assert_int_equal(level_of(scene, next), WIRE_MIDDLE);
    scene_done(scene);
}

static void people_run_out_level_by_level_from_the_nearest_on(void **state)
{
    struct scene *scene = scene_make(NULL);
    person_put(scene, 10, 10);
    uint32_t spots[24];
    for (int32_t i = 0; i < 24; i++)
        spots[i] = spot_put(scene, 300 * i, 20);
    scene_rest(scene);
    uint32_t by_level[WIRE_LEVELS] = {0}, last = WIRE_NEAR;
    for (int i = 0; i < 24; i++) {
        uint32_t level = level_of(scene, spots[i]);
        assert_true(level >= last); // never finer farther out
        last = level;
        by_level[level] += 40;
    }
    assert_in_range(by_level[WIRE_NEAR], 40, 60 * 5 / 4);
    assert_in_range(by_level[WIRE_MIDDLE], 360, 400 * 5 / 4);
    assert_true(by_level[WIRE_FAR] > 0);
    scene_done(scene);
}

static void successors_of_a_split_cell_keep_its_level(void **state)
{
    struct scene *scene = scene_make(NULL);
    person_put(scene, 0, 0);
    scene_rest(scene);
    spot_put(scene, 500, 500); // all the ground splits, many times in one tick
    scene_step(scene);
    struct content content = content_of(scene);
    assert_int_equal(content.sections[WIRE_GONE][0],
                     1); // what came and went within the tick is not told
    assert_int_equal(picture_count(scene->picture), 41);
    scene_done(scene);
}

static void what_four_merged_cells_become_gets_the_finest_of_their_levels(void **state)
{
    struct scene *scene = scene_make(NULL);
    person_put(scene, 10, 10);
    uint32_t spot = spot_put(scene, 500, 500);
    scene_rest(scene);
    for (uint32_t who = spot; who < spot + 40; who++)
        instance_leave(scene->instance, (entity_id){scene->entity[who]});
    uint32_t merges = 0;
    for (int i = 0; i < 300; i++) {
        scene_step(scene);
        merges += scene->history[scene->history_count - 1]->split_count;
        assert_int_equal(level_of(scene, 0), WIRE_NEAR);
    }
    assert_true(merges > 5);
    scene_done(scene);
}

// --- budget --------------------------------------------------------------------------------------

static size_t all_step(struct scene *scene, uint32_t ticks, size_t *most_in_a_second)
{
    size_t total = 0, window[20] = {0}, in_window = 0;
    for (uint32_t tick = 0; tick < ticks; tick++) {
        for (uint32_t who = 0; who < scene->count; who++)
            person_step(scene, who, tick % 2 ? 3 : -3);
        size_t size = scene_step(scene);
        in_window += size - window[tick % 20];
        window[tick % 20] = size;
        total += size;
        if (most_in_a_second && in_window > *most_in_a_second)
            *most_in_a_second = in_window;
    }
    return total;
}

static void a_crowd_beyond_the_budget_is_thinned_until_it_fits(void **state)
{
    struct viewer_settings settings;
    viewer_settings_preset(&settings);
    struct scene *free_scene = scene_make(&settings);
    settings.bytes_per_second = 8000;
    struct scene *scene = scene_make(&settings);
    for (int32_t i = 0; i < 25; i++) {
        person_put(free_scene, i * 130, 20);
        person_put(scene, i * 130, 20);
        spot_put(free_scene, i * 300, 20);
        spot_put(scene, i * 300, 20);
    }
    size_t wanted = all_step(free_scene, 200, NULL);
    print_message("# unbounded %zu B/s\n", wanted / 10);
    assert_true(wanted / 10 > 14000); // it would be more
    all_step(scene, 200, NULL);
    size_t most = 0, sent = all_step(scene, 400, &most);
    print_message("# bounded %zu B/s, at most %zu in a second\n", sent / 20, most);
    assert_true(sent / 20 <= 8000);
    assert_true(most <= 2 * 8000); // a second's worth saved up, and a second's
    assert_int_equal(level_of(scene, 0), WIRE_NEAR);
    scene_done(scene);
    scene_done(free_scene);
}

static void far_cells_are_skipped_when_nothing_else_is_left_and_made_up_for_later(void **state)
{
    struct viewer_settings settings;
    viewer_settings_preset(&settings);
    settings.bytes_per_second = 2500;
    struct scene *scene = scene_make(&settings);
    person_put(scene, 0, 0);
    for (int32_t i = 1; i < 25; i++)
        spot_put(scene, i * 5000, 20);
    all_step(scene, 300, NULL);
    size_t most = 0, sent = all_step(scene, 400, &most);
    assert_true(sent / 20 <= 2500 * 11 / 10);
    // When all stand still, everything comes right.
    for (int i = 0; i < 600; i++)
        scene_step(scene);
    for (uint32_t who = 0; who < scene->count; who++) {
        uint32_t row = picture_find(scene->picture, scene->entity[who]);
        assert_true(row != UINT32_MAX);
        const struct picture_rows *rows = picture_rows(scene->picture);
        struct wire_state seen = wire_state_at_level(&scene->place[who], rows->cell[row],
                                                     (enum wire_level)rows->level[row]);
        assert_int_equal(rows->exact[4 * row], seen.x_cm);
    }
    scene_done(scene);
}

static void what_was_thinned_comes_back_when_there_is_room(void **state)
{
    struct viewer_settings settings;
    viewer_settings_preset(&settings);
    settings.bytes_per_second = 8000;
    struct scene *scene = scene_make(&settings);
    person_put(scene, 10, 10);
    uint32_t spots[10];
    for (int32_t i = 0; i < 10; i++)
        spots[i] = spot_put(scene, i * 300, 20);
    all_step(scene, 300, NULL);
    assert_int_equal(level_of(scene, spots[2]), WIRE_FAR);
    for (int i = 0; i < 20 * 600 && level_of(scene, spots[2]) == WIRE_FAR; i++)
        scene_step(scene);
    assert_int_equal(level_of(scene, spots[2]), WIRE_MIDDLE);
    scene_done(scene);
}

// --- sharing -------------------------------------------------------------------------------------

static void whole_cells_are_encoded_once_for_all_viewers_of_a_tick(void **state)
{
    struct scene *scene = scene_make(NULL);
    person_put(scene, 0, 0);
    spot_put(scene, 3000, 100);
    struct viewer_settings settings;
    viewer_settings_preset(&settings);
    struct viewer *other = viewer_create(scene->entity[0], &settings);
    scene_step(scene);
    size_t cached = scene->cache->bytes.size;
    assert_true(cached > 0);
    struct buffer out = {0};
    viewer_compose(other, scene->history, scene->history_count, scene->cache,
                   (struct viewer_pressure){1}, &out);
    assert_int_equal(scene->cache->bytes.size, cached);
    assert_int_equal(out.size, scene->out.size);
    assert_memory_equal(out.bytes, scene->out.bytes, out.size);
    viewer_destroy(other);
    buffer_done(&out);
    scene_done(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_message_resets_and_holds_everyone),
        cmocka_unit_test(silence_is_broken_every_three_seconds),
        cmocka_unit_test(near_news_goes_at_once_and_other_news_waits_four_ticks_at_most),
        cmocka_unit_test(a_stride_holds_near_news_back_and_then_tells_all_of_it),
        cmocka_unit_test(who_lags_within_the_history_catches_up_and_beyond_it_begins_anew),
        cmocka_unit_test(a_reset_that_is_asked_for_comes_next_also_within_the_tick),
        cmocka_unit_test(a_cell_that_comes_nearer_is_given_whole_at_the_finer_level),
        cmocka_unit_test(a_cell_at_an_edge_keeps_its_level),
        cmocka_unit_test(the_nearest_cell_is_near_however_many_are_in_it),
        cmocka_unit_test(people_run_out_level_by_level_from_the_nearest_on),
        cmocka_unit_test(successors_of_a_split_cell_keep_its_level),
        cmocka_unit_test(what_four_merged_cells_become_gets_the_finest_of_their_levels),
        cmocka_unit_test(a_crowd_beyond_the_budget_is_thinned_until_it_fits),
        cmocka_unit_test(far_cells_are_skipped_when_nothing_else_is_left_and_made_up_for_later),
        cmocka_unit_test(what_was_thinned_comes_back_when_there_is_room),
        cmocka_unit_test(whole_cells_are_encoded_once_for_all_viewers_of_a_tick),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("hub/viewer", tests, NULL, NULL);
}
