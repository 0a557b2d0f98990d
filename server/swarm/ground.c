#include "swarm/ground.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static const double AREA_LEAST_M = 2;

static bool corner_read(const json_t *corner, int32_t *x_cm, int32_t *z_cm)
{
    const json_t *x = json_array_get(corner, 0), *z = json_array_get(corner, 2);
    double x_m = json_number_value(x), z_m = json_number_value(z);
    if (!json_is_number(x) || !json_is_number(z) || fabs(x_m) > 1e6 || fabs(z_m) > 1e6)
        return false;
    *x_cm = (int32_t)fmin(fmax(x_m * 100, WIRE_COORDINATE_MIN_CM), WIRE_COORDINATE_MAX_CM);
    *z_cm = (int32_t)fmin(fmax(z_m * 100, WIRE_COORDINATE_MIN_CM), WIRE_COORDINATE_MAX_CM);
    return true;
}

bool ground_read_bounds(const char *json, size_t size, struct crowd_area *out, struct error *err)
{
    struct crowd_area area;
    json_t *document = json_loadb(json, size, 0, NULL);
    const json_t *bounds = json_object_get(document, "bounds");
    bool good = corner_read(json_object_get(bounds, "least"), &area.least_x_cm, &area.least_z_cm) &&
                corner_read(json_object_get(bounds, "most"), &area.most_x_cm, &area.most_z_cm) &&
                area.most_x_cm - area.least_x_cm >= AREA_LEAST_M * 100 &&
                area.most_z_cm - area.least_z_cm >= AREA_LEAST_M * 100;
    json_decref(document);
    if (!good)
        return fail(err, ERR_INVALID,
                    "the world's document has no bounds that people could walk in");
    *out = area;
    return true;
}

bool ground_read_people(const char *json, size_t size, const char *world, uint32_t *out,
                        struct error *err)
{
    json_t *list = json_loadb(json, size, 0, NULL), *row;
    size_t i;
    bool found = false;
    json_array_foreach(list, i, row)
    {
        const char *id = json_string_value(json_object_get(row, "id"));
        const json_t *people = json_object_get(row, "people");
        if (!id || strcmp(id, world) || !json_is_integer(people))
            continue;
        json_int_t count = json_integer_value(people);
        found = count >= 0 && count <= UINT32_MAX;
        *out = found ? (uint32_t)count : 0;
    }
    bool is_list = json_is_array(list);
    json_decref(list);
    if (!is_list)
        return fail(err, ERR_INVALID, "/v1/worlds does not answer with a list");
    return found || fail(err, ERR_NOT_FOUND, "there is no world \"%.64s\"", world);
}
