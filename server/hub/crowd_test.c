// The crowd, simulated: after each tick everyone stands in exactly one cell, and each picture shows
// what was true within the time that its level promises; at the end, it shows the truth.

#include "hub/crowd_watcher.h"

enum { UNTHINNED_BYTES = 4000000 }; // a second: no cell is ever held back for want of them

static void every_picture_shows_the_truth_when_the_crowd_rests(void **state)
{
    struct crowd *crowd = crowd_create(2000, 20240601);
    struct audience *audience = audience_create(crowd);
    audience_add(audience, 20, 64000, false);
    audience_run(audience, 140, false);
    crowd_gather(crowd, 800, -1200);
    audience_run(audience, 180, true);
    crowd_spread(crowd);
    audience_run(audience, 160, true);
    people_come_back(crowd);
    audience_settle(audience);
    audience_check(audience);
    print_message("# %u corrected, %u dropped, %u resumed, %u splits, %u merges, depth %u\n",
                  crowd->corrected, crowd->dropped, crowd->resumed, crowd->splits, crowd->merges,
                  crowd->deepest);
    // The run did what it is meant to try.
    assert_true(crowd->corrected > 50 && crowd->dropped > 50 && crowd->resumed > 50);
    assert_true(audience->dropped > 5);
    assert_true(crowd->splits > 100 && crowd->merges > 20 && crowd->deepest >= 7);
    audience_destroy(audience);
}

static void ten_thousand_are_seen_in_time_and_truly_at_every_tick(void **state)
{
    struct crowd *crowd = crowd_create(10000, 10000);
    struct audience *audience = audience_create(crowd);
    audience_add(audience, 3, UNTHINNED_BYTES, true);
    audience_add(audience, 4, 64000, false);
    audience_run(audience, 40, false);
    crowd_gather(crowd, 800, -1200);
    audience_run(audience, 60, true);
    crowd_spread(crowd);
    audience_run(audience, 40, true);
    people_come_back(crowd);
    // Who has 64 kB a second makes up for what was held back in the rush.
    for (int i = 0; i < 3; i++)
        audience_settle(audience);
    audience_check(audience);
    print_message("# %llu rows compared, %u watchers dropped, %u splits, %u merges\n",
                  (unsigned long long)audience->compared, audience->dropped, crowd->splits,
                  crowd->merges);
    assert_true(audience->compared > 500000);
    audience_destroy(audience);
}

static void a_small_budget_delays_the_truth_but_keeps_it(void **state)
{
    struct crowd *crowd = crowd_create(600, 31337);
    struct audience *audience = audience_create(crowd);
    audience_add(audience, 6, 3000, false);
    audience_run(audience, 300, true);
    people_come_back(crowd);
    for (int i = 0; i < 8; i++)
        audience_settle(audience);
    audience_check(audience);
    audience_destroy(audience);
}

static void the_same_seed_gives_the_same_frames(void **state)
{
    uint64_t hashes[3];
    for (int i = 0; i < 3; i++) {
        struct crowd *crowd = crowd_create(300, i == 2 ? 6 : 5);
        for (int tick = 0; tick < 150; tick++) {
            crowd_act(crowd, true);
            crowd_tick(crowd);
        }
        hashes[i] = crowd->hash;
        crowd_destroy(crowd);
    }
    assert_true(hashes[0] == hashes[1]);
    assert_true(hashes[0] != hashes[2] || getenv("FLUX_SEED"));
}

static void lingerers_go_after_thirty_seconds_and_are_not_seen_again(void **state)
{
    struct crowd *crowd = crowd_create(200, 77);
    struct audience *audience = audience_create(crowd);
    audience_add(audience, 4, 64000, false);
    audience_run(audience, 800, false);
    uint32_t here_before = crowd->present, lost = people_lost(crowd);
    assert_true(lost > 10);
    for (uint32_t tick = 0; tick <= HUB_RESUME_MS / HUB_TICK_MS; tick++)
        audience_idle(audience, false);
    CHECK(crowd, people_lost(crowd) == 0 && crowd->present == here_before - lost);
    audience_settle(audience);
    audience_check(audience);
    audience_destroy(audience);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_picture_shows_the_truth_when_the_crowd_rests),
        cmocka_unit_test(ten_thousand_are_seen_in_time_and_truly_at_every_tick),
        cmocka_unit_test(a_small_budget_delays_the_truth_but_keeps_it),
        cmocka_unit_test(the_same_seed_gives_the_same_frames),
        cmocka_unit_test(lingerers_go_after_thirty_seconds_and_are_not_seen_again),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("hub/crowd", tests, NULL, NULL);
}
