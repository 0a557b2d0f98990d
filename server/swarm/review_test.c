#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "swarm/review.h"
#include "swarm/view.h"

enum { CAPACITY = 8, CELL = 1 };

static struct review *review;
static struct picture *picture;
static void *block;

static int set_up(void **state)
{
    review = review_create();
    block = view_block_create(CAPACITY);
    picture = picture_init(block, CAPACITY);
    return 0;
}

static int tear_down(void **state)
{
    review_destroy(review);
    free(block);
    return 0;
}

static struct wire_state place_of(uint32_t id)
{
    return (struct wire_state){.x_cm = (int32_t)id * 100};
}

static void tell(uint32_t instance, uint32_t id)
{
    struct wire_state meant = place_of(id);
    review_tell(review, instance, id, &meant, true);
}

// The picture shows people `first` to `last`.
static void show(uint32_t first, uint32_t last)
{
    struct wire_slot slots[CAPACITY] = {0};
    uint8_t bytes[1024];
    for (uint32_t id = first; id <= last; id++)
        slots[id] =
            (struct wire_slot){.use = WIRE_SLOT_TAKEN, .identity.id = id, .state = place_of(id)};
    wire_frame_header_write(WIRE_FRAME_RESET, 1, bytes);
    size_t size = WIRE_FRAME_HEADER_BYTES;
    size += wire_full_write(CELL, WIRE_NEAR, 0, slots, CAPACITY, bytes + size);
    assert_int_equal(picture_apply(picture, bytes, size, 1), WIRE_DONE);
}

static struct check_tally result(void)
{
    uint32_t anomalies;
    return review_result(review, &anomalies);
}

static void each_picture_is_held_against_its_own_instance(void **state)
{
    for (uint32_t id = 1; id <= 3; id++)
        tell(7, id);
    tell(0, 4);
    show(1, 3);
    review_picture(review, 7, picture, 1);
    assert_int_equal(result().pictures, 1);
    assert_int_equal(result().missing, 0);
    assert_int_equal(result().strangers, 0);
    tell(0, 5);
    review_picture(review, 0, picture, 4);
    assert_int_equal(result().pictures, 2);
    assert_int_equal(result().missing, 1); // 5: who looks need not be shown
    assert_int_equal(result().strangers, 3);
}

static void who_departed_must_not_be_shown(void **state)
{
    tell(1, 1);
    tell(1, 2);
    review_tell_gone(review, 1, 3);
    review_tell_gone(review, 1, 2); // somebody came who has the same id: they are here
    review_tell_gone(review, 9, 1); // nobody is there to look
    show(1, 3);
    review_picture(review, 1, picture, 1);
    assert_int_equal(result().gone, 1);
    assert_int_equal(result().missing + result().wrong + result().strangers, 0);
    assert_string_equal(result().first.fault, "gone, and still shown");
    assert_int_equal(result().first.entity, 3);
}

static void findings_add_up_over_pictures(void **state)
{
    for (uint32_t id = 1; id <= 4; id++)
        tell(1, id);
    show(2, 3);
    review_picture(review, 1, picture, 2);
    review_picture(review, 1, picture, 3);
    assert_int_equal(result().missing, 4);
    assert_int_equal(result().entities, 4);
    assert_int_equal(result().first.watcher, 2);
}

static void what_a_picture_could_not_make_sense_of_is_counted(void **state)
{
    uint8_t bytes[256];
    struct wire_slot slots[2] = {0};
    tell(1, 1);
    show(1, 1);
    // News of somebody in a place that nobody was said to be in.
    slots[0] = (struct wire_slot){.use = WIRE_SLOT_TAKEN, .identity.id = 9, .changed_tick = 2};
    wire_frame_header_write(0, 2, bytes);
    size_t size = WIRE_FRAME_HEADER_BYTES;
    size += wire_delta_write(CELL, WIRE_NEAR, 1, 1, 2, slots, 1, bytes + size);
    assert_int_equal(picture_apply(picture, bytes, size, 2), WIRE_DONE);
    review_picture(review, 1, picture, 1);
    uint32_t anomalies;
    review_result(review, &anomalies);
    assert_int_equal(anomalies, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_picture_is_held_against_its_own_instance, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(who_departed_must_not_be_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(findings_add_up_over_pictures, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_a_picture_could_not_make_sense_of_is_counted, set_up,
                                        tear_down),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/review", tests, NULL, NULL);
}
