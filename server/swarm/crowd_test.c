#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "swarm/crowd.h"

static const struct crowd_area plaza = {-12000, -12000, 12000, 12000};

static struct crowd crowd_of(enum crowd_pattern pattern, double moving, uint64_t seed)
{
    struct crowd crowd;
    crowd_init(&crowd, &(struct crowd_settings){.pattern = pattern,
                                                .people = 500,
                                                .moving = moving,
                                                .steps_per_second = 10,
                                                .seed = seed,
                                                .bounds = plaza});
    return crowd;
}

static struct walker walker_at_home(const struct crowd *crowd, uint32_t number)
{
    struct walker walker;
    walker_init(&walker, crowd, number);
    walker_place(&walker, (int32_t)walker.home_x, 0, (int32_t)walker.home_z, 0);
    walker.home = true;
    return walker;
}

static void the_wanted_share_walks_in_any_stretch(void **state)
{
    struct crowd crowd = crowd_of(CROWD_PLAZA, 0.4, 1);
    for (uint32_t first = 0; first < 400; first += 50) {
        int moving = 0;
        for (uint32_t i = first; i < first + 50; i++) {
            struct walker walker;
            walker_init(&walker, &crowd, i);
            moving += walker.moves;
        }
        assert_int_equal(moving, 20);
    }
}

static void everyone_stays_where_the_pattern_says(void **state)
{
    static const int32_t reach[] = {1800, 12000, 3000};
    for (int pattern = CROWD_PLAZA; pattern <= CROWD_STADIUM; pattern++) {
        struct crowd crowd = crowd_of((enum crowd_pattern)pattern, 1, 7);
        for (uint32_t number = 0; number < 100; number++) {
            struct walker walker = walker_at_home(&crowd, number);
            for (int step = 0; step < 600; step++) {
                walker_walk(&walker, &crowd);
                struct wire_state now = walker_state(&walker);
                assert_in_range(now.x_cm + 20000, 20000 - reach[pattern], 20000 + reach[pattern]);
                assert_in_range(now.z_cm + 20000, 20000 - reach[pattern], 20000 + reach[pattern]);
            }
        }
    }
}

static void bounds_that_leave_out_the_origin_are_kept(void **state)
{
    struct crowd crowd;
    struct crowd_area far = {5000, 5000, 6000, 6000};
    crowd_init(&crowd, &(struct crowd_settings){.pattern = CROWD_STADIUM,
                                                .people = 10,
                                                .moving = 1,
                                                .steps_per_second = 10,
                                                .seed = 1,
                                                .bounds = far});
    struct walker walker = walker_at_home(&crowd, 3);
    for (int step = 0; step < 100; step++) {
        walker_walk(&walker, &crowd);
        assert_in_range(walker_state(&walker).x_cm, 5000, 6000);
        assert_in_range(walker_state(&walker).z_cm, 5000, 6000);
    }
}

static void steps_are_never_longer_than_a_walk(void **state)
{
    struct crowd crowd = crowd_of(CROWD_PLAZA, 1, 3);
    for (uint32_t number = 0; number < 50; number++) {
        struct walker walker = walker_at_home(&crowd, number);
        int walked = 0;
        for (int step = 0; step < 500; step++) {
            float x = walker.x, z = walker.z;
            bool news = walker_walk(&walker, &crowd);
            float length = hypotf(walker.x - x, walker.z - z);
            assert_true(length < 14.1f);
            assert_true(news || length == 0);
            walked += length > 13.9f;
        }
        // Pauses are there, but walking is what they do.
        assert_in_range(walked, 250, 499);
    }
}

static void walkers_look_where_they_go(void **state)
{
    struct crowd crowd = crowd_of(CROWD_UNIFORM, 1, 3);
    struct walker walker = walker_at_home(&crowd, 1);
    for (int step = 0; step < 300; step++) {
        float x = walker.x, z = walker.z;
        if (!walker_walk(&walker, &crowd) || walker.pose != CROWD_POSE_WALK)
            continue;
        float angle = (float)walker_state(&walker).yaw * (2 * (float)M_PI / 256);
        // Yaw 0 looks along -z, 64 along -x.
        assert_true(hypotf(x - 14 * sinf(angle) - walker.x, z - 14 * cosf(angle) - walker.z) < 1);
    }
}

static void the_same_seed_walks_the_same_way(void **state)
{
    struct crowd one = crowd_of(CROWD_PLAZA, 0.5, 42), same = crowd_of(CROWD_PLAZA, 0.5, 42),
                 other = crowd_of(CROWD_PLAZA, 0.5, 43);
    struct walker a = walker_at_home(&one, 5), b = walker_at_home(&same, 5),
                  c = walker_at_home(&other, 5);
    for (int step = 0; step < 200; step++) {
        walker_walk(&a, &one);
        walker_walk(&b, &same);
        walker_walk(&c, &other);
    }
    struct wire_state at_a = walker_state(&a), at_b = walker_state(&b), at_c = walker_state(&c);
    assert_memory_equal(&at_a, &at_b, sizeof at_a);
    assert_true(at_a.x_cm != at_c.x_cm || at_a.z_cm != at_c.z_cm);
}

static void those_who_stand_have_no_news(void **state)
{
    struct crowd crowd = crowd_of(CROWD_PLAZA, 0, 1);
    struct walker walker = walker_at_home(&crowd, 1);
    for (int step = 0; step < 100; step++)
        assert_false(walker_walk(&walker, &crowd));
}

static void the_way_home_keeps_the_speed_limit_and_ends(void **state)
{
    struct crowd crowd = crowd_of(CROWD_UNIFORM, 1, 9);
    for (uint32_t number = 0; number < 50; number++) {
        struct walker walker;
        walker_init(&walker, &crowd, number);
        walker_place(&walker, 0, 12, 1200, 200);
        int steps = 0;
        while (!walker.home) {
            struct wire_state before = walker_state(&walker);
            assert_true(walker_go_home(&walker, &crowd, 600, 100000));
            struct wire_state now = walker_state(&walker);
            assert_true(hypot(now.x_cm - before.x_cm, now.z_cm - before.z_cm) <= 60);
            assert_true(++steps < 400);
        }
        assert_true(walker.x == walker.home_x && walker.z == walker.home_z);
        assert_int_equal(walker_state(&walker).pose, CROWD_POSE_IDLE);
        assert_int_equal(walker_state(&walker).y_cm, 12);
        assert_false(walker_go_home(&walker, &crowd, 600, 100000));
    }
}

static void a_long_wait_is_not_made_up_for_by_a_leap(void **state)
{
    struct crowd crowd = crowd_of(CROWD_UNIFORM, 1, 9);
    struct walker walker;
    walker_init(&walker, &crowd, 1);
    walker.home_x = 12000;
    walker.home_z = 0;
    walker_place(&walker, 0, 0, 0, 0);
    walker_go_home(&walker, &crowd, 600, 60000000);
    assert_in_range(walker_state(&walker).x_cm, 1, 600);
}

static void a_refused_walker_goes_slower(void **state)
{
    struct crowd crowd = crowd_of(CROWD_UNIFORM, 1, 9);
    struct walker walker;
    walker_init(&walker, &crowd, 1);
    walker.home_x = 12000;
    walker.home_z = 0;
    for (int i = 0; i < 100; i++)
        walker_slow_down(&walker);
    walker_place(&walker, 0, 0, 0, 0);
    walker_go_home(&walker, &crowd, 600, 100000);
    assert_in_range(walker_state(&walker).x_cm, 5, 20);
}

static void nobody_in_the_plaza_walks_through_its_middle(void **state)
{
    struct crowd crowd = crowd_of(CROWD_PLAZA, 1, 5);
    for (uint32_t number = 0; number < 200; number++) {
        struct walker walker;
        walker_init(&walker, &crowd, number);
        walker_place(&walker, 40, 0, 1420, 0);
        for (int step = 0; step < 800; step++) {
            if (walker.home)
                walker_walk(&walker, &crowd);
            else
                walker_go_home(&walker, &crowd, 460, 450000);
            assert_true(hypotf(walker.x, walker.z) > CROWD_MIDDLE_CM - 1);
        }
        assert_true(walker.home);
    }
}

static void everybody_passes_the_gate_between_its_posts(void **state)
{
    struct crowd crowd = crowd_of(CROWD_GATE, 0, 2);
    for (uint32_t number = 0; number < 200; number++) {
        struct walker walker = walker_at_home(&crowd, number);
        int crossings = 0;
        for (int step = 0; step < 1500; step++) {
            bool before = walker.z < crowd.centre_z;
            walker_walk(&walker, &crowd);
            if (before == (walker.z < crowd.centre_z))
                continue;
            crossings++;
            assert_true(fabsf(walker.x - crowd.centre_x) <= CROWD_GATE_HALF_CM);
        }
        assert_true(crossings >= 3);
    }
}

static void a_rush_ends_on_one_spot_in_one_leap_of_all(void **state)
{
    struct crowd crowd = crowd_of(CROWD_TELEPORT, 0, 2);
    for (uint32_t number = 0; number < 200; number++) {
        struct walker walker = walker_at_home(&crowd, number);
        uint64_t moved_us = 0;
        for (uint64_t now_us = 100000; now_us < 10000000; now_us += 100000) {
            float x = walker.x, z = walker.z;
            if (walker_rush(&walker, &crowd, now_us, 460, now_us - moved_us)) {
                assert_true(hypotf(walker.x - x, walker.z - z) <= 460);
                moved_us = now_us;
            }
            float off = hypotf(walker.x - crowd.centre_x, walker.z - crowd.centre_z);
            // One move before they may be anywhere up to a leap away, then all are there.
            if (now_us >= 4000000 && now_us < 6000000)
                assert_true(off <= CROWD_SPOT_CM + 1);
        }
        assert_true(walker.x == walker.home_x && walker.z == walker.home_z);
    }
}

static void some_patterns_decide_themselves_who_moves(void **state)
{
    struct walker walker;
    struct crowd still = crowd_of(CROWD_STILL, 1, 1), gate = crowd_of(CROWD_GATE, 0, 1);
    walker_init(&walker, &still, 0);
    assert_false(walker.moves);
    walker_init(&walker, &gate, 0);
    assert_true(walker.moves);
}

static void stopping_is_news_once(void **state)
{
    struct crowd crowd = crowd_of(CROWD_UNIFORM, 1, 1);
    struct walker walker = walker_at_home(&crowd, 1);
    while (walker.pose != CROWD_POSE_WALK)
        walker_walk(&walker, &crowd);
    assert_true(walker_stop(&walker));
    assert_false(walker_stop(&walker));
}

static void patterns_have_names(void **state)
{
    enum crowd_pattern pattern;
    assert_true(crowd_pattern_parse("stadium", &pattern));
    assert_int_equal(pattern, CROWD_STADIUM);
    assert_false(crowd_pattern_parse("Plaza", &pattern));
    assert_false(crowd_pattern_parse("", &pattern));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_wanted_share_walks_in_any_stretch),
        cmocka_unit_test(everyone_stays_where_the_pattern_says),
        cmocka_unit_test(bounds_that_leave_out_the_origin_are_kept),
        cmocka_unit_test(steps_are_never_longer_than_a_walk),
        cmocka_unit_test(walkers_look_where_they_go),
        cmocka_unit_test(the_same_seed_walks_the_same_way),
        cmocka_unit_test(those_who_stand_have_no_news),
        cmocka_unit_test(the_way_home_keeps_the_speed_limit_and_ends),
        cmocka_unit_test(a_long_wait_is_not_made_up_for_by_a_leap),
        cmocka_unit_test(a_refused_walker_goes_slower),
        cmocka_unit_test(nobody_in_the_plaza_walks_through_its_middle),
        cmocka_unit_test(everybody_passes_the_gate_between_its_posts),
        cmocka_unit_test(a_rush_ends_on_one_spot_in_one_leap_of_all),
        cmocka_unit_test(some_patterns_decide_themselves_who_moves),
        cmocka_unit_test(stopping_is_news_once),
        cmocka_unit_test(patterns_have_names),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/crowd", tests, NULL, NULL);
}
