#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hub/instance.h"

enum { INDEX_END = 8, CAPACITY = 4 };

static struct instance *stage(void)
{
    static const struct instance_spawn spawn;
    return instance_create(&(struct instance_settings){.number = 1,
                                                       .capacity = CAPACITY,
                                                       .least_x_cm = -10000,
                                                       .least_z_cm = -10000,
                                                       .most_x_cm = 10000,
                                                       .most_z_cm = 10000,
                                                       .most_y_cm = 1000,
                                                       .speed_max_cm_s = 600,
                                                       .earshot_cm = 2000,
                                                       .spawns = &spawn,
                                                       .spawn_count = 1,
                                                       .puppet_index_end = INDEX_END});
}

static uint32_t id_of(uint32_t index, uint32_t generation)
{
    return index | generation << 16;
}

static void show(struct instance *instance, uint32_t id, int32_t x_cm, const char *name)
{
    struct instance_puppet puppet = {
        .identity = {.id = id, .look = 9}, .state.x_cm = x_cm, .name = name};
    instance_show_puppet(instance, &puppet);
    instance_verify(instance);
}

static uint32_t tick(struct instance *instance)
{
    static uint64_t now_us;
    const struct frame *frame = instance_tick(instance, now_us += HUB_TICK_MS * 1000);
    uint32_t population = frame->population;
    instance_verify(instance);
    instance_return_frame(instance, frame);
    return population;
}

static void assert_stands(const struct instance *instance, uint32_t id, int32_t x_cm,
                          const char *name)
{
    struct instance_person person;
    assert_true(instance_find(instance, (entity_id){id}, &person));
    assert_int_equal(person.state.x_cm, x_cm);
    assert_int_equal(person.look, 9);
    assert_int_equal(person.connection, 0);
    assert_string_equal(person.name, name);
}

static void a_puppet_is_shown_under_the_id_that_was_chosen(void **state)
{
    struct instance *instance = stage();
    show(instance, id_of(3, 77), 500, "Ada");
    assert_int_equal(tick(instance), 1);
    assert_stands(instance, id_of(3, 77), 500, "Ada");
    instance_destroy(instance);
}

static void no_rule_of_movement_binds_it(void **state)
{
    struct instance *instance = stage();
    show(instance, id_of(1, 1), -9000, "Ada");
    tick(instance);
    show(instance, id_of(1, 1), 9000, "Ada the second");
    tick(instance);
    assert_stands(instance, id_of(1, 1), 9000, "Ada the second");
    instance_destroy(instance);
}

static void another_id_of_the_same_index_takes_its_place(void **state)
{
    struct instance *instance = stage();
    struct instance_person person;
    show(instance, id_of(2, 1), 0, "Ada");
    tick(instance);
    show(instance, id_of(2, 2), 100, "Ben");
    assert_int_equal(tick(instance), 1);
    assert_false(instance_find(instance, (entity_id){id_of(2, 1)}, &person));
    assert_stands(instance, id_of(2, 2), 100, "Ben");
    instance_destroy(instance);
}

static void they_are_listed_in_the_order_of_their_indices(void **state)
{
    struct instance *instance = stage();
    show(instance, id_of(7, 1), 0, "last");
    show(instance, id_of(1, 9), 0, "first");
    show(instance, id_of(4, 3), 0, "middle");
    static const uint32_t expected[] = {1 | 9 << 16, 4 | 3 << 16, 7 | 1 << 16, 0};
    entity_id id = {0};
    for (int i = 0; i < 4; i++) {
        id = instance_next_puppet(instance, id);
        assert_int_equal(id.value, expected[i]);
    }
    assert_int_equal(instance_puppet_count(instance), 3);
    instance_destroy(instance);
}

static void one_that_is_dropped_is_gone_and_dropping_it_again_does_nothing(void **state)
{
    struct instance *instance = stage();
    show(instance, id_of(2, 1), 0, "Ada");
    tick(instance);
    instance_drop_puppet(instance, (entity_id){id_of(2, 2)}); // another of that index
    assert_int_equal(instance_puppet_count(instance), 1);
    instance_drop_puppet(instance, (entity_id){id_of(2, 1)});
    instance_drop_puppet(instance, (entity_id){id_of(2, 1)});
    assert_int_equal(instance_puppet_count(instance), 0);
    assert_int_equal(tick(instance), 0);
    instance_destroy(instance);
}

// Who comes in takes an index above theirs, and the room for people is for people.
static void they_take_neither_numbers_nor_room_from_people(void **state)
{
    struct instance *instance = stage();
    for (uint32_t index = 1; index < INDEX_END; index++)
        show(instance, id_of(index, 1), 0, "puppet");
    for (uint32_t who = 1; who <= CAPACITY; who++) {
        struct instance_join join = {.name = "guest", .connection = who};
        struct instance_joined joined;
        memcpy(join.person, &who, sizeof who);
        assert_true(instance_join(instance, &join, 0, &joined, NULL));
        assert_true((joined.entity.value & UINT16_MAX) >= INDEX_END);
    }
    assert_int_equal(tick(instance), INDEX_END - 1 + CAPACITY);
    assert_int_equal(instance_population(instance), CAPACITY);
    instance_destroy(instance);
}

static void note_connection(void *context, uint64_t connection, entity_id entity)
{
    assert_int_equal(connection, 42);
    ++*(int *)context;
}

static void they_hear_nothing(void **state)
{
    struct instance *instance = stage();
    struct instance_join join = {.name = "guest", .connection = 42};
    struct instance_joined joined;
    assert_true(instance_join(instance, &join, 0, &joined, NULL));
    show(instance, id_of(1, 1), joined.place.x_cm, "puppet");
    tick(instance);
    int heard = 0;
    instance_each_within(instance, 0, 0, -1, note_connection, &heard);
    instance_each_within(instance, joined.place.x_cm, joined.place.z_cm, 1000, note_connection,
                         &heard);
    assert_int_equal(heard, 2);
    instance_destroy(instance);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_puppet_is_shown_under_the_id_that_was_chosen),
        cmocka_unit_test(no_rule_of_movement_binds_it),
        cmocka_unit_test(another_id_of_the_same_index_takes_its_place),
        cmocka_unit_test(they_are_listed_in_the_order_of_their_indices),
        cmocka_unit_test(one_that_is_dropped_is_gone_and_dropping_it_again_does_nothing),
        cmocka_unit_test(they_take_neither_numbers_nor_room_from_people),
        cmocka_unit_test(they_hear_nothing),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("hub/puppets", tests, NULL, NULL);
}
