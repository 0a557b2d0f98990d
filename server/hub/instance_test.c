#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hub/instance.h"
#include "hub/roster.h"

enum { SPEED_CM_S = 600, SECOND = 1000000 };

static const struct instance_spawn spawn = {
    .x_cm = 1000, .z_cm = -500, .y_cm = 20, .yaw = 128, .radius_cm = 300};

static struct instance_settings settings_of(uint32_t capacity)
{
    return (struct instance_settings){
        .number = 3,
        .capacity = capacity,
        .least_x_cm = -5000,
        .least_z_cm = -5000,
        .most_x_cm = 5000,
        .most_z_cm = 5000,
        .least_y_cm = 0,
        .most_y_cm = 3000,
        .speed_max_cm_s = SPEED_CM_S,
        .earshot_cm = 2000,
        .spawns = &spawn,
        .spawn_count = 1,
        .seed = 42,
    };
}

static struct instance *instance_of(uint32_t capacity)
{
    struct instance_settings settings = settings_of(capacity);
    return instance_create(&settings);
}

static struct instance_join join_of(uint32_t who, uint64_t connection)
{
    struct instance_join join = {.name = "Ada", .look = 0x12345678, .connection = connection};
    memcpy(join.person, &who, sizeof who);
    return join;
}

static struct instance_joined join(struct instance *instance, uint32_t who, uint64_t connection,
                                   uint64_t now_us)
{
    struct instance_join wanted = join_of(who, connection);
    struct instance_joined joined;
    struct error err;
    assert_true(instance_join(instance, &wanted, now_us, &joined, &err));
    return joined;
}

static void tick(struct instance *instance, uint64_t now_us)
{
    const struct frame *frame = instance_tick(instance, now_us);
    instance_verify(instance);
    instance_return_frame(instance, frame);
}

static enum instance_move_result move_to(struct instance *instance, entity_id who,
                                         uint16_t sequence, struct wire_state to, uint64_t now_us)
{
    struct wire_move move = {.sequence = sequence, .state = to};
    struct wire_state at;
    return instance_move(instance, who, &move, now_us, &at);
}

static struct wire_state place_of(struct instance *instance, entity_id who)
{
    struct instance_person person;
    assert_true(instance_find(instance, who, &person));
    return person.state;
}

// --- joining -------------------------------------------------------------------------------------

static void newcomers_do_not_arrive_where_only_portals_lead_unless_they_ask(void **state)
{
    static const struct instance_spawn places[] = {
        {.x_cm = 100}, {.x_cm = 200, .portal = true}, {.x_cm = 300}};
    struct instance_settings settings = settings_of(64);
    settings.spawns = places;
    settings.spawn_count = 3;
    struct instance *instance = instance_create(&settings);
    bool seen[4] = {false};
    for (uint32_t who = 1; who <= 40; who++) {
        struct instance_join wanted = join_of(who, who);
        wanted.spawn = who == 40 ? 2 : who == 39 ? 9 : 0;
        struct instance_joined joined;
        struct error err;
        assert_true(instance_join(instance, &wanted, 0, &joined, &err));
        assert_int_equal(joined.place.x_cm == 200, who == 40);
        seen[joined.place.x_cm / 100] = true;
    }
    assert_true(seen[1] && seen[3]);
    instance_destroy(instance);
}

static void newcomers_are_scattered_around_the_spawn(void **state)
{
    struct instance *instance = instance_of(500);
    int32_t least = INT32_MAX, most = INT32_MIN;
    for (uint32_t who = 1; who <= 500; who++) {
        struct instance_joined joined = join(instance, who, who, 0);
        int32_t dx = joined.place.x_cm - spawn.x_cm, dz = joined.place.z_cm - spawn.z_cm;
        assert_true(dx * dx + dz * dz <= spawn.radius_cm * spawn.radius_cm);
        assert_int_equal(joined.place.y_cm, spawn.y_cm);
        assert_int_equal(joined.place.yaw, spawn.yaw);
        assert_false(joined.resumed);
        assert_int_not_equal(joined.entity.value, 0);
        least = dx < least ? dx : least;
        most = dx > most ? dx : most;
    }
    assert_true(least < -250 && most > 250);
    tick(instance, 0);
    instance_destroy(instance);
}

static void who_comes_with_a_place_stands_there_within_the_bounds(void **state)
{
    struct instance *instance = instance_of(10);
    struct instance_join wanted = join_of(1, 1);
    wanted.placed = true;
    wanted.place =
        (struct wire_state){.x_cm = 90000, .z_cm = -77, .y_cm = -9, .yaw = 9, .pose = 200};
    struct instance_joined joined;
    assert_true(instance_join(instance, &wanted, 0, &joined, NULL));
    assert_int_equal(joined.place.x_cm, 5000);
    assert_int_equal(joined.place.z_cm, -77);
    assert_int_equal(joined.place.y_cm, 0);
    assert_int_equal(joined.place.pose, 0);
    tick(instance, 0);
    instance_destroy(instance);
}

static void a_full_instance_refuses_without_changing_anything(void **state)
{
    struct instance *instance = instance_of(3);
    for (uint32_t who = 1; who <= 3; who++)
        join(instance, who, who, 0);
    struct instance_join wanted = join_of(4, 4);
    struct instance_joined joined = {.tick = 777};
    struct error err;
    assert_false(instance_join(instance, &wanted, 0, &joined, &err));
    assert_int_equal(err.code, ERR_LIMIT);
    assert_int_equal(joined.tick, 777);
    assert_int_equal(instance_population(instance), 3);
    instance_verify(instance);
    // Who is here already is not one more.
    assert_true(join(instance, 2, 9, 0).resumed);
    instance_destroy(instance);
}

static void who_comes_back_within_thirty_seconds_is_the_same_entity(void **state)
{
    struct instance *instance = instance_of(10);
    struct instance_joined first = join(instance, 1, 11, 0);
    instance_linger(instance, first.entity, 11, SECOND);
    tick(instance, 30 * SECOND);
    struct instance_joined again = join(instance, 1, 12, 30 * SECOND);
    assert_true(again.resumed);
    assert_int_equal(again.entity.value, first.entity.value);
    assert_int_equal(again.replaced_connection, 0);
    tick(instance, 100 * SECOND); // and stays
    assert_int_equal(instance_population(instance), 1);
    instance_destroy(instance);
}

static void who_comes_back_later_is_another_entity(void **state)
{
    struct instance *instance = instance_of(10);
    struct instance_joined first = join(instance, 1, 11, 0);
    instance_linger(instance, first.entity, 11, SECOND);
    tick(instance, 31 * SECOND - 1);
    assert_int_equal(instance_population(instance), 1);
    tick(instance, 31 * SECOND);
    assert_int_equal(instance_population(instance), 0);
    struct instance_joined again = join(instance, 1, 12, 31 * SECOND);
    assert_false(again.resumed);
    assert_int_not_equal(again.entity.value, first.entity.value);
    instance_destroy(instance);
}

static void the_same_person_elsewhere_replaces_the_older_connection(void **state)
{
    struct instance *instance = instance_of(10);
    struct instance_joined first = join(instance, 1, 11, 0);
    struct instance_joined again = join(instance, 1, 12, 0);
    assert_true(again.resumed);
    assert_int_equal(again.replaced_connection, 11);
    assert_int_equal(again.entity.value, first.entity.value);
    // The older one's end is nobody's business any more.
    instance_linger(instance, first.entity, 11, SECOND);
    tick(instance, 60 * SECOND);
    assert_int_equal(instance_population(instance), 1);
    struct instance_person person;
    assert_true(instance_find(instance, first.entity, &person));
    assert_int_equal(person.connection, 12);
    instance_destroy(instance);
}

static void ids_are_not_used_again_for_a_minute(void **state)
{
    struct instance *instance = instance_of(4);
    uint8_t left_at_second[1024] = {0};
    uint32_t people = 0, reused = 0, refused = 0;
    for (uint32_t second = 1; second <= 180; second++) {
        for (uint32_t i = 0; i < 4; i++) {
            people++;
            struct instance_join wanted = join_of(people, people);
            struct instance_joined joined;
            if (!instance_join(instance, &wanted, 0, &joined, NULL)) {
                refused++;
                continue;
            }
            uint32_t index = joined.entity.value & 0xffff;
            assert_true(index < 1024 && index > 0);
            reused += left_at_second[index] != 0;
            assert_true(left_at_second[index] == 0 || second - left_at_second[index] >= 60);
            left_at_second[index] = (uint8_t)second;
            instance_leave(instance, joined.entity);
        }
        for (int i = 0; i < 20; i++)
            tick(instance, 0);
    }
    assert_true(reused > 100);
    assert_int_equal(refused, 0);
    instance_destroy(instance);
}

static void too_many_comings_and_goings_are_refused_until_indices_have_rested(void **state)
{
    struct instance *instance = instance_of(2);
    struct instance_joined joined;
    struct error err = {0};
    uint32_t who = 1;
    for (; who < 10000; who++) {
        struct instance_join wanted = join_of(who, who);
        if (!instance_join(instance, &wanted, 0, &joined, &err))
            break;
        instance_leave(instance, joined.entity);
    }
    assert_in_range(who, 200, 1000);
    assert_int_equal(err.code, ERR_LIMIT);
    for (int i = 0; i < ROSTER_REST_TICKS; i++)
        tick(instance, 0);
    assert_false(join(instance, 77777, 5, 0).resumed);
    instance_destroy(instance);
}

static void nobody_is_found_under_an_old_or_invented_id(void **state)
{
    struct instance *instance = instance_of(4);
    struct instance_joined joined = join(instance, 1, 1, 0);
    struct instance_person person;
    assert_false(instance_find(instance, (entity_id){0}, &person));
    assert_false(instance_find(instance, (entity_id){joined.entity.value + 0x10000}, &person));
    assert_false(instance_find(instance, (entity_id){0xffffffff}, &person));
    instance_leave(instance, joined.entity);
    assert_false(instance_find(instance, joined.entity, &person));
    instance_leave(instance, joined.entity);
    assert_int_equal(move_to(instance, joined.entity, 1, joined.place, 0), MOVE_STALE);
    tick(instance, 0);
    instance_destroy(instance);
}

// --- moving --------------------------------------------------------------------------------------

static void a_refused_move_leaves_the_entity_and_voids_what_was_sent_before(void **state)
{
    struct instance *instance = instance_of(4);
    struct instance_joined joined = join(instance, 1, 1, 0);
    struct wire_state far = joined.place, near = joined.place;
    far.x_cm += 2000;
    near.x_cm += 10;
    assert_int_equal(move_to(instance, joined.entity, 100, far, 0), MOVE_CORRECTED);
    assert_int_equal(place_of(instance, joined.entity).x_cm, joined.place.x_cm);
    assert_int_equal(move_to(instance, joined.entity, 99, near, 0), MOVE_STALE);
    assert_int_equal(move_to(instance, joined.entity, 100, near, 0), MOVE_STALE);
    assert_int_equal(place_of(instance, joined.entity).x_cm, joined.place.x_cm);
    assert_int_equal(move_to(instance, joined.entity, 101, near, 0), MOVE_ACCEPTED);
    assert_int_equal(place_of(instance, joined.entity).x_cm, near.x_cm);
    instance_destroy(instance);
}

static void moves_outside_the_bounds_or_with_no_such_pose_are_refused(void **state)
{
    struct instance *instance = instance_of(4);
    struct instance_join wanted = join_of(1, 1);
    wanted.placed = true;
    wanted.place = (struct wire_state){.x_cm = 5000, .z_cm = 0};
    struct instance_joined joined;
    assert_true(instance_join(instance, &wanted, 0, &joined, NULL));
    struct wire_state out = joined.place, below = joined.place, pose = joined.place;
    out.x_cm = 5001;
    below.y_cm = -1;
    pose.pose = WIRE_POSES;
    assert_int_equal(move_to(instance, joined.entity, 1, out, 0), MOVE_CORRECTED);
    assert_int_equal(move_to(instance, joined.entity, 2, below, 0), MOVE_CORRECTED);
    assert_int_equal(move_to(instance, joined.entity, 3, pose, 0), MOVE_CORRECTED);
    assert_int_equal(place_of(instance, joined.entity).x_cm, 5000);
    instance_destroy(instance);
}

static void a_move_to_where_one_stands_changes_no_cell(void **state)
{
    struct instance *instance = instance_of(4);
    struct instance_joined joined = join(instance, 1, 1, 0);
    for (int i = 0; i < 40; i++)
        tick(instance, 0);
    assert_int_equal(move_to(instance, joined.entity, 1, joined.place, 0), MOVE_ACCEPTED);
    const struct frame *frame = instance_tick(instance, 0);
    assert_null(frame->cells[frame->places[joined.entity.value & 0xffff].cell].delta[WIRE_NEAR]);
    instance_return_frame(instance, frame);
    instance_destroy(instance);
}

static void a_lingerer_takes_no_moves_and_a_new_connection_counts_anew(void **state)
{
    struct instance *instance = instance_of(4);
    struct instance_joined joined = join(instance, 1, 1, 0);
    struct wire_state far = joined.place;
    far.x_cm = -4000;
    assert_int_equal(move_to(instance, joined.entity, 500, far, 0), MOVE_CORRECTED);
    instance_linger(instance, joined.entity, 1, 0);
    assert_int_equal(move_to(instance, joined.entity, 501, joined.place, 0), MOVE_STALE);
    join(instance, 1, 2, 0);
    assert_int_equal(move_to(instance, joined.entity, 0, joined.place, 0), MOVE_ACCEPTED);
    instance_destroy(instance);
}

// --- profiles and circles ------------------------------------------------------------------------

static void a_new_look_is_told_and_an_equal_one_is_not(void **state)
{
    struct instance *instance = instance_of(4);
    struct instance_joined joined = join(instance, 1, 1, 0);
    for (int i = 0; i < 100; i++)
        tick(instance, 0);
    for (uint32_t look = 0x12345678; look <= 0x12345679; look++) {
        instance_set_profile(instance, joined.entity, "Grace", &look);
        const struct frame *frame = instance_tick(instance, 0);
        instance_verify(instance);
        const struct frame_cell *cell =
            &frame->cells[frame->places[joined.entity.value & 0xffff].cell];
        assert_int_equal(cell->delta[WIRE_NEAR] != NULL, look == 0x12345679);
        instance_return_frame(instance, frame);
    }
    struct instance_person person;
    assert_true(instance_find(instance, joined.entity, &person));
    assert_string_equal(person.name, "Grace");
    assert_int_equal(person.look, 0x12345679);
    instance_set_profile(instance, joined.entity, NULL, NULL);
    assert_true(instance_find(instance, joined.entity, &person));
    assert_string_equal(person.name, "Grace");
    instance_destroy(instance);
}

struct heard {
    uint32_t count;
    uint64_t connections;
};

static void on_connection(void *context, uint64_t connection, entity_id entity)
{
    struct heard *heard = context;
    heard->count++;
    heard->connections |= (uint64_t)1 << connection;
}

static void words_reach_the_connected_within_the_circle(void **state)
{
    struct instance *instance = instance_of(20);
    entity_id entities[10];
    for (uint32_t i = 0; i < 10; i++) {
        struct instance_join wanted = join_of(i, i + 1);
        wanted.placed = true;
        wanted.place = (struct wire_state){.x_cm = (int32_t)i * 100};
        struct instance_joined joined;
        assert_true(instance_join(instance, &wanted, 0, &joined, NULL));
        entities[i] = joined.entity;
    }
    instance_linger(instance, entities[1], 2, 0);
    struct heard heard = {0};
    instance_each_within(instance, 0, 0, 300, on_connection, &heard); // 0, 100, 200, 300
    assert_int_equal(heard.count, 3);
    assert_int_equal(heard.connections, 1 << 1 | 1 << 3 | 1 << 4);
    heard = (struct heard){0};
    instance_each_within(instance, 0, 0, -1, on_connection, &heard);
    assert_int_equal(heard.count, 9);
    instance_destroy(instance);
}

static void frames_come_back_in_any_order(void **state)
{
    struct instance *instance = instance_of(50);
    for (uint32_t who = 1; who <= 50; who++)
        join(instance, who, who, 0);
    const struct frame *frames[5];
    for (int i = 0; i < 5; i++) {
        frames[i] = instance_tick(instance, 0);
        assert_int_equal(frames[i]->tick, i + 1);
        assert_int_equal(frames[i]->population, 50);
    }
    static const int order[] = {3, 0, 4, 2, 1};
    for (int i = 0; i < 5; i++)
        instance_return_frame(instance, frames[order[i]]);
    tick(instance, 0);
    instance_destroy(instance);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(newcomers_do_not_arrive_where_only_portals_lead_unless_they_ask),
        cmocka_unit_test(newcomers_are_scattered_around_the_spawn),
        cmocka_unit_test(who_comes_with_a_place_stands_there_within_the_bounds),
        cmocka_unit_test(a_full_instance_refuses_without_changing_anything),
        cmocka_unit_test(who_comes_back_within_thirty_seconds_is_the_same_entity),
        cmocka_unit_test(who_comes_back_later_is_another_entity),
        cmocka_unit_test(the_same_person_elsewhere_replaces_the_older_connection),
        cmocka_unit_test(ids_are_not_used_again_for_a_minute),
        cmocka_unit_test(too_many_comings_and_goings_are_refused_until_indices_have_rested),
        cmocka_unit_test(nobody_is_found_under_an_old_or_invented_id),
        cmocka_unit_test(a_refused_move_leaves_the_entity_and_voids_what_was_sent_before),
        cmocka_unit_test(moves_outside_the_bounds_or_with_no_such_pose_are_refused),
        cmocka_unit_test(a_move_to_where_one_stands_changes_no_cell),
        cmocka_unit_test(a_lingerer_takes_no_moves_and_a_new_connection_counts_anew),
        cmocka_unit_test(a_new_look_is_told_and_an_equal_one_is_not),
        cmocka_unit_test(words_reach_the_connected_within_the_circle),
        cmocka_unit_test(frames_come_back_in_any_order),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("hub/instance", tests, NULL, NULL);
}
