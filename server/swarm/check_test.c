#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "swarm/check.h"

// Three people of ours, and a picture of them as arrays.
enum { ADA = 0x010001, BO = 0x010002, CY = 0x010003, ROWS = 8 };

struct scene {
    struct truth *truth;
    struct picture_rows rows;
    uint32_t count;
    uint32_t id[ROWS], heard[ROWS];
    uint8_t pose[ROWS], flags[ROWS], level[ROWS];
    int32_t exact[4 * ROWS];
    struct check_tally tally;
};

static struct wire_state place_of(uint32_t id)
{
    int32_t n = (int32_t)(id & 0xffff);
    return (struct wire_state){
        .x_cm = n * 100 + 3, .z_cm = n * -50, .y_cm = 20, .yaw = 255, .pose = 1};
}

static void show(struct scene *scene, uint32_t id, enum wire_level level)
{
    struct wire_state meant = place_of(id);
    struct wire_state seen = wire_state_at_level(&meant, 1, level);
    uint32_t row = scene->count++;
    scene->id[row] = id;
    scene->level[row] = (uint8_t)level;
    scene->pose[row] = seen.pose;
    scene->flags[row] = seen.flags;
    memcpy(&scene->exact[4 * row], (int32_t[]){seen.x_cm, seen.y_cm, seen.z_cm, seen.yaw}, 16);
}

static int set_up(void **state)
{
    static struct scene scene;
    scene = (struct scene){.truth = truth_create()};
    scene.rows = (struct picture_rows){.id = scene.id,
                                       .heard = scene.heard,
                                       .pose = scene.pose,
                                       .flags = scene.flags,
                                       .level = scene.level,
                                       .exact = scene.exact};
    for (uint32_t id = ADA; id <= CY; id++) {
        struct wire_state meant = place_of(id);
        truth_add(scene.truth, id, &meant, true);
    }
    *state = &scene;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *scene = *state;
    truth_destroy(scene->truth);
    return 0;
}

static void look(struct scene *scene)
{
    check_picture(scene->truth, &scene->rows, scene->count, 100, ADA, &scene->tally);
}

static void expect(const struct scene *scene, uint64_t missing, uint64_t wrong, uint64_t doubled)
{
    assert_int_equal(scene->tally.missing, missing);
    assert_int_equal(scene->tally.wrong, wrong);
    assert_int_equal(scene->tally.doubled, doubled);
}

static void a_true_picture_is_fine_at_every_level(void **state)
{
    struct scene *scene = *state;
    show(scene, ADA, WIRE_NEAR);
    show(scene, BO, WIRE_MIDDLE);
    show(scene, CY, WIRE_FAR);
    look(scene);
    expect(scene, 0, 0, 0);
    assert_null(scene->tally.first.fault);
    assert_int_equal(scene->tally.strangers, 0);
}

static void who_looks_need_not_be_in_the_picture(void **state)
{
    struct scene *scene = *state;
    show(scene, BO, WIRE_NEAR);
    show(scene, CY, WIRE_NEAR);
    look(scene);
    expect(scene, 0, 0, 0);
}

static void somebody_not_shown_is_missing(void **state)
{
    struct scene *scene = *state;
    show(scene, ADA, WIRE_NEAR);
    show(scene, CY, WIRE_NEAR);
    look(scene);
    expect(scene, 1, 0, 0);
    assert_int_equal(scene->tally.first.entity, BO);
    assert_string_equal(scene->tally.first.fault, "missing");
}

static void somebody_shown_twice_is_double(void **state)
{
    struct scene *scene = *state;
    show(scene, ADA, WIRE_NEAR);
    show(scene, BO, WIRE_NEAR);
    show(scene, BO, WIRE_FAR);
    look(scene);
    expect(scene, 1, 0, 1);
}

static void a_place_beyond_its_level_is_wrong(void **state)
{
    struct scene *scene = *state;
    show(scene, ADA, WIRE_NEAR);
    show(scene, BO, WIRE_NEAR);
    show(scene, CY, WIRE_FAR);
    scene->exact[4]++;     // Bo, x: near is exact
    scene->exact[8] += 32; // Cy, x: a unit farther
    look(scene);
    expect(scene, 0, 2, 0);
    assert_string_equal(scene->tally.first.fault, "at another place");
}

static void height_turn_and_pose_must_be_right_too(void **state)
{
    struct scene *scene = *state;
    show(scene, ADA, WIRE_NEAR);
    show(scene, BO, WIRE_NEAR);
    show(scene, CY, WIRE_NEAR);
    scene->exact[1]++;
    scene->exact[7] -= 3;
    scene->pose[2] = 0;
    look(scene);
    expect(scene, 0, 3, 0);
}

static void a_turn_is_compared_around_the_circle(void **state)
{
    struct scene *scene = *state;
    show(scene, ADA, WIRE_FAR);
    show(scene, BO, WIRE_FAR);
    show(scene, CY, WIRE_FAR);
    scene->exact[3] = 7; // 8 from 255
    scene->exact[7] = 8; // 9 from it
    look(scene);
    expect(scene, 0, 1, 0);
}

static void strangers_are_counted_and_not_judged(void **state)
{
    struct scene *scene = *state;
    show(scene, ADA, WIRE_NEAR);
    show(scene, BO, WIRE_NEAR);
    show(scene, CY, WIRE_NEAR);
    show(scene, 0x020001, WIRE_NEAR); // Ada's index, another generation
    show(scene, 0x010009, WIRE_NEAR);
    look(scene);
    expect(scene, 0, 0, 0);
    assert_int_equal(scene->tally.strangers, 2);
}

static void who_was_lost_may_be_shown_or_not(void **state)
{
    struct scene *scene = *state;
    struct wire_state somewhere = {.x_cm = 5};
    truth_add(scene->truth, 0x010007, &somewhere, false);
    show(scene, ADA, WIRE_NEAR);
    show(scene, BO, WIRE_NEAR);
    show(scene, CY, WIRE_NEAR);
    look(scene);
    show(scene, 0x010007, WIRE_NEAR);
    look(scene);
    expect(scene, 0, 0, 0);
    assert_int_equal(scene->tally.strangers, 0);
    assert_int_equal(scene->tally.pictures, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_true_picture_is_fine_at_every_level, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_looks_need_not_be_in_the_picture, set_up, tear_down),
        cmocka_unit_test_setup_teardown(somebody_not_shown_is_missing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(somebody_shown_twice_is_double, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_place_beyond_its_level_is_wrong, set_up, tear_down),
        cmocka_unit_test_setup_teardown(height_turn_and_pose_must_be_right_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_turn_is_compared_around_the_circle, set_up, tear_down),
        cmocka_unit_test_setup_teardown(strangers_are_counted_and_not_judged, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_was_lost_may_be_shown_or_not, set_up, tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/check", tests, NULL, NULL);
}
