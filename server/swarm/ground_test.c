#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "swarm/ground.h"

static bool bounds_of(const char *json, struct crowd_area *out)
{
    struct error err;
    return ground_read_bounds(json, strlen(json), out, &err);
}

static void bounds_are_metres_made_centimetres(void **state)
{
    struct crowd_area area;
    assert_true(
        bounds_of("{\"bounds\":{\"least\":[-120,-2,-100.5],\"most\":[120,60,9000]}}", &area));
    assert_int_equal(area.least_x_cm, -12000);
    assert_int_equal(area.least_z_cm, -10050);
    assert_int_equal(area.most_x_cm, 12000);
    assert_int_equal(area.most_z_cm, WIRE_COORDINATE_MAX_CM);
}

static void bounds_without_room_are_refused(void **state)
{
    struct crowd_area area = {1, 2, 3, 4};
    assert_false(bounds_of("{}", &area));
    assert_false(bounds_of("not json", &area));
    assert_false(bounds_of("{\"bounds\":{\"least\":[0,0],\"most\":[9,9,9]}}", &area));
    assert_false(bounds_of("{\"bounds\":{\"least\":[0,0,0],\"most\":[9,9,1]}}", &area));
    assert_int_equal(area.most_z_cm, 4);
}

static void people_are_those_of_the_world_named(void **state)
{
    struct error err;
    uint32_t people = 99;
    const char *list = "[{\"id\":\"garden\",\"people\":5},{\"id\":\"plaza\",\"people\":7}]";
    assert_true(ground_read_people(list, strlen(list), "plaza", &people, &err));
    assert_int_equal(people, 7);
    assert_false(ground_read_people(list, strlen(list), "moon", &people, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_false(ground_read_people("{}", 2, "plaza", &people, &err));
    assert_int_equal(err.code, ERR_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_are_metres_made_centimetres),
        cmocka_unit_test(bounds_without_room_are_refused),
        cmocka_unit_test(people_are_those_of_the_world_named),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/ground", tests, NULL, NULL);
}
