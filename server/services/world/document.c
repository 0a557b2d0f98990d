#include "services/world/document.h"

#include <openssl/sha.h>

#include "services/world/document_object.h"

static bool check_corner(struct rule_walk *walk, const json_t *value, const struct rule *rule);
static bool check_bounds(struct rule_walk *walk, const json_t *value, const struct rule *rule);
static bool check_speed(struct rule_walk *walk, const json_t *value, const struct rule *rule);
static bool check_sky(struct rule_walk *walk, const json_t *value, const struct rule *rule);
static bool check_fog(struct rule_walk *walk, const json_t *value, const struct rule *rule);
static bool check_target(struct rule_walk *walk, const json_t *value, const struct rule *rule);
static bool check_version(struct rule_walk *walk, const json_t *value, const struct rule *rule);
static bool check_picture(struct rule_walk *walk, const json_t *value, const struct rule *rule);
static bool check_shade(struct rule_walk *walk, const json_t *value, const struct rule *rule);

static const char *const formats[] = {"flux.world", NULL};
static const char *const presets[] = {"day", "dusk", "night", NULL};
static const char *const sign_styles[] = {"board", "plain", NULL};

static const struct rule stop_members[] = {
    {"at", rule_number, true, .least = -1, .most = 1}, {"color", rule_color, true}, {0}};
static const struct rule stop = {"stop", rule_object, .inner = stop_members};
static const struct rule sun_members[] = {
    {"elevation", rule_number, true, .least = -90, .most = 90},
    {"azimuth", rule_number, true, .least = -360, .most = 360},
    {"color", rule_color, true},
    {"intensity", rule_number, true, .least = 0, .most = 20},
    {0},
};
static const struct rule hemisphere_members[] = {
    {"sky", rule_color, true},
    {"ground", rule_color, true},
    {"intensity", rule_number, true, .least = 0, .most = 20},
    {0},
};
static const struct rule fog_members[] = {
    {"color", rule_color, true},
    {"near", rule_number, true, .least = 0, .most = 10000},
    {"far", rule_number, true, .least = 1, .most = 10000},
    {0},
};
static const struct rule ground_members[] = {
    {"color", rule_color, true}, {"roughness", rule_number, .least = 0, .most = 1}, {0}};
static const struct rule shade_members[] = {
    {"url", check_picture, true},
    {"least", rule_vector, true, .count = 2, .least = -4000, .most = 4000},
    {"most", rule_vector, true, .count = 2, .least = -4000, .most = 4000},
    {0},
};
static const struct rule environment_members[] = {
    {"preset", rule_choice, true, .choices = presets},
    {"exposure", rule_number, .least = 0.1, .most = 4},
    {"sky", check_sky, true, .least = 2, .most = 8, .inner = &stop},
    {"sun", rule_object, true, .inner = sun_members},
    {"hemisphere", rule_object, true, .inner = hemisphere_members},
    {"fog", check_fog, true, .inner = fog_members},
    {"ground", rule_object, true, .inner = ground_members},
    {"shade", check_shade, .inner = shade_members},
    {0},
};

static const struct rule bounds_members[] = {
    {"least", check_corner, true}, {"most", check_corner, true}, {0}};
static const struct rule speed_members[] = {
    {"walk", rule_number, true, .least = 0.1, .most = 50},
    {"run", rule_number, true, .least = 0.1, .most = 50},
    {0},
};
static const struct rule spawn_members[] = {
    {"position", rule_vector, true, .count = 3, .least = -4000, .most = 4000},
    {"yaw", rule_number, .least = -360, .most = 360},
    {"radius", rule_number, .least = 0, .most = 100},
    {"portal", rule_boolean},
    {0},
};
static const struct rule spawn = {"spawn", rule_object, .inner = spawn_members};
static const struct rule portal_members[] = {
    {"id", rule_id, true},
    {"to", check_target, true},
    {"spawn", rule_integer, .least = 0, .most = WORLD_SPAWNS_MAX - 1},
    {"position", rule_vector, true, .count = 3, .least = -4000, .most = 4000},
    {"yaw", rule_number, .least = -360, .most = 360},
    {"size", rule_vector, true, .count = 2, .above = true, .least = 0, .most = 4000},
    {"label", rule_text, true, .most = 500},
    {0},
};
static const struct rule portal = {"portal", rule_object, .inner = portal_members};
static const struct rule sign_members[] = {
    {"id", rule_id, true},
    {"text", rule_text, true, .most = 500},
    {"position", rule_vector, true, .count = 3, .least = -4000, .most = 4000},
    {"yaw", rule_number, .least = -360, .most = 360},
    {"size", rule_vector, true, .count = 2, .above = true, .least = 0, .most = 4000},
    {"color", rule_color},
    {"board", rule_color},
    {"style", rule_choice, .choices = sign_styles},
    {0},
};
static const struct rule sign = {"sign", rule_object, .inner = sign_members};

static const struct rule world_members[] = {
    {"$schema", rule_string, .most = 512},
    {"format", rule_choice, true, .choices = formats},
    {"version", check_version, true},
    {"id", rule_name, true},
    {"name", rule_text, true, .above = true, .most = 64},
    {"description", rule_text, true, .most = 500},
    {"bounds", check_bounds, true, .inner = bounds_members},
    {"spawns", rule_list, true, .least = 1, .most = WORLD_SPAWNS_MAX, .inner = &spawn},
    {"capacity", rule_integer, true, .least = 1, .most = 100000},
    {"speed", check_speed, true, .inner = speed_members},
    {"earshot", rule_number, true, .least = 1, .most = 500},
    {"environment", rule_object, true, .inner = environment_members},
    {"materials", rule_map, .most = 256, .inner = &object_material_rule},
    {"prefabs", rule_map, .most = OBJECT_PREFABS_MAX, .inner = &object_prefab_rule},
    {"objects", rule_list, true, .most = WORLD_OBJECTS_MAX, .inner = &object_placed_rule},
    {"portals", rule_list, .most = 64, .inner = &portal},
    {"signs", rule_list, .most = 256, .inner = &sign},
    {0},
};

static double number_at(const json_t *object, const char *name)
{
    return json_number_value(json_object_get(object, name));
}

static double item_at(const json_t *list, size_t index)
{
    return json_number_value(json_array_get(list, index));
}

static bool check_version(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    return (json_is_number(value) && json_number_value(value) == 1) ||
           rule_fail(walk, "must be 1, the one version that this server reads");
}

static bool check_picture(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    static const char *const pictures[] = {".webp", ".png", ".jpg", NULL};
    const char *text = json_string_value(value);
    size_t size = json_string_length(value);
    return (text && size <= 512 && rule_is_file_url(text, size, pictures)) ||
           rule_fail(walk,
                     "must be a relative URL of a .webp, .png or .jpg file, without \"..\", a "
                     "host or a query");
}

// `least` and `most` of a box or a rectangle.
static bool check_corners(struct rule_walk *walk, const json_t *value)
{
    const json_t *least = json_object_get(value, "least"), *most = json_object_get(value, "most");
    for (size_t i = 0; i < json_array_size(least); i++) {
        if (item_at(least, i) >= item_at(most, i)) {
            rule_enter_member(walk, "most");
            rule_enter_item(walk, i);
            return rule_fail(walk, "must be above %g, the least", item_at(least, i));
        }
    }
    return true;
}

static bool check_shade(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    return rule_object(walk, value, rule) && check_corners(walk, value);
}

static bool check_corner(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    // What the wire can carry (docs/protocol.md section 2), with a margin.
    static const struct rule sideways = {"x", rule_number, .least = -1300, .most = 1300};
    static const struct rule upwards = {"y", rule_number, .least = -300, .most = 300};
    if (!json_is_array(value) || json_array_size(value) != 3)
        return rule_fail(walk, "must be a list of 3 numbers");
    for (size_t i = 0; i < 3; i++) {
        size_t mark = rule_enter_item(walk, i);
        if (!rule_number(walk, json_array_get(value, i), i == 1 ? &upwards : &sideways))
            return false;
        rule_leave(walk, mark);
    }
    return true;
}

static bool check_bounds(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    return rule_object(walk, value, rule) && check_corners(walk, value);
}

static bool check_speed(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!rule_object(walk, value, rule))
        return false;
    if (number_at(value, "run") >= number_at(value, "walk"))
        return true;
    rule_enter_member(walk, "run");
    return rule_fail(walk, "must not be below walk");
}

static bool check_sky(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!rule_list(walk, value, rule))
        return false;
    for (size_t i = 1; i < json_array_size(value); i++) {
        if (number_at(json_array_get(value, i), "at") <=
            number_at(json_array_get(value, i - 1), "at")) {
            rule_enter_item(walk, i);
            rule_enter_member(walk, "at");
            return rule_fail(walk, "must be above the stop before it");
        }
    }
    return true;
}

static bool check_fog(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!rule_object(walk, value, rule))
        return false;
    if (number_at(value, "far") > number_at(value, "near"))
        return true;
    rule_enter_member(walk, "far");
    return rule_fail(walk, "must be beyond near");
}

// host[:port]/w/ID
static bool is_elsewhere(const char *rest)
{
    size_t host = strspn(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-");
    const char *after = rest + host;
    if (host == 0)
        return false;
    if (*after == ':') {
        size_t digits = strspn(after + 1, "0123456789");
        if (digits < 1 || digits > 5)
            return false;
        after += 1 + digits;
    }
    return strncmp(after, "/w/", 3) == 0 && rule_is_name(after + 3, strlen(after + 3));
}

static bool check_target(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    const char *to = json_string_value(value);
    if (to && json_string_length(value) <= 512) {
        if (rule_is_name(to, strlen(to)))
            return true;
        if (strncmp(to, "https://", 8) == 0 && is_elsewhere(to + 8))
            return true;
    }
    return rule_fail(walk, "must be a world's id, or https://host/w/ID for another server's");
}

// Spawns are seen against the bounds here, as either may come first in the file.
static bool check_spawns(struct rule_walk *walk, const json_t *world)
{
    const json_t *bounds = json_object_get(world, "bounds");
    const json_t *least = json_object_get(bounds, "least"), *most = json_object_get(bounds, "most");
    size_t index;
    json_t *one;
    rule_enter_member(walk, "spawns");
    json_array_foreach(json_object_get(world, "spawns"), index, one)
    {
        size_t mark = rule_enter_item(walk, index);
        for (size_t i = 0; i < 3; i++) {
            double radius = i == 1 ? 0 : number_at(one, "radius");
            double at = item_at(json_object_get(one, "position"), i);
            if (at - radius < item_at(least, i) || at + radius > item_at(most, i))
                return rule_fail(walk, "must lie within the bounds, with its radius");
        }
        rule_leave(walk, mark);
    }
    rule_leave(walk, 0);
    return true;
}

static bool check_world(struct rule_walk *walk, const json_t *world)
{
    static const struct rule rule = {"world", rule_object, .inner = world_members};
    return rule_object(walk, world, &rule) && check_spawns(walk, world) &&
           object_check_unfolded(walk, json_object_get(world, "objects"));
}

// From here on the document is known to be good: nothing below can fail.

static const char *copy_text(struct arena *home, const json_t *text)
{
    return arena_strndup(home, json_string_value(text), json_string_length(text));
}

static const char *copy_english(struct arena *home, const json_t *world, const char *name)
{
    return copy_text(home, json_object_get(json_object_get(world, name), "en"));
}

static void take_bounds(const json_t *bounds, struct world_document *out)
{
    for (size_t i = 0; i < 3; i++) {
        out->least_m[i] = item_at(json_object_get(bounds, "least"), i);
        out->most_m[i] = item_at(json_object_get(bounds, "most"), i);
    }
}

static void take_spawns(const json_t *list, struct arena *home, struct world_document *out)
{
    out->spawn_count = json_array_size(list);
    struct world_spawn *spawns = arena_alloc(home, out->spawn_count * sizeof *spawns);
    for (size_t i = 0; i < out->spawn_count; i++) {
        const json_t *one = json_array_get(list, i);
        const json_t *position = json_object_get(one, "position");
        spawns[i] = (struct world_spawn){
            .x_m = item_at(position, 0),
            .y_m = item_at(position, 1),
            .z_m = item_at(position, 2),
            .yaw_degrees = number_at(one, "yaw"),
            .radius_m = number_at(one, "radius"),
            .portal = json_is_true(json_object_get(one, "portal")),
        };
    }
    out->spawns = spawns;
}

static void take_portals(const json_t *list, struct arena *home, struct world_document *out)
{
    out->portal_count = json_array_size(list);
    struct world_portal *portals = arena_alloc(home, (out->portal_count + 1) * sizeof *portals);
    for (size_t i = 0; i < out->portal_count; i++) {
        const json_t *one = json_array_get(list, i), *to_spawn = json_object_get(one, "spawn");
        portals[i] = (struct world_portal){
            .id = copy_text(home, json_object_get(one, "id")),
            .to = copy_text(home, json_object_get(one, "to")),
            .spawn = to_spawn ? (int)json_number_value(to_spawn) : -1,
        };
    }
    out->portals = portals;
}

static bool is_json_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void take_json(const char *json, size_t size, struct arena *home, struct world_document *out)
{
    char *small = arena_alloc(home, size + 1);
    size_t length = 0;
    bool in_string = false;
    for (size_t i = 0; i < size; i++) {
        if (!in_string && is_json_space(json[i]))
            continue;
        small[length++] = json[i];
        if (json[i] == '"')
            in_string = !in_string;
        else if (in_string && json[i] == '\\' && i + 1 < size)
            small[length++] = json[++i];
    }
    out->json = small;
    out->json_size = length;
}

static void take_etag(struct world_document *out)
{
    uint8_t hash[SHA256_DIGEST_LENGTH];
    SHA256((const unsigned char *)out->json, out->json_size, hash);
    char *at = out->etag;
    *at++ = '"';
    for (int i = 0; i < 16; i++, at += 2)
        snprintf(at, 3, "%02x", hash[i]);
    memcpy(at, "\"", 2);
}

static void take_world(const json_t *world, const char *json, size_t size, struct arena *home,
                       struct world_document *out)
{
    *out = (struct world_document){
        .id = copy_text(home, json_object_get(world, "id")),
        .name = copy_english(home, world, "name"),
        .description = copy_english(home, world, "description"),
        .speed_max_m_s = number_at(json_object_get(world, "speed"), "run"),
        .earshot_m = number_at(world, "earshot"),
        .capacity = (uint32_t)number_at(world, "capacity"),
    };
    take_bounds(json_object_get(world, "bounds"), out);
    take_spawns(json_object_get(world, "spawns"), home, out);
    take_portals(json_object_get(world, "portals"), home, out);
    take_json(json, size, home, out);
    take_etag(out);
}

static const json_t *object_member(const json_t *world, const char *name)
{
    const json_t *member = json_object_get(world, name);
    return json_is_object(member) ? member : NULL;
}

bool world_document_read(const char *json, size_t size, struct arena *home,
                         struct world_document *out, struct error *err)
{
    if (size > WORLD_DOCUMENT_BYTES_MAX)
        return fail(err, ERR_TOO_LARGE, "a world document of %zu bytes: %d are allowed", size,
                    WORLD_DOCUMENT_BYTES_MAX);
    json_error_t where;
    json_t *world = json_loadb(json, size, JSON_REJECT_DUPLICATES, &where);
    if (!world)
        return fail(err, ERR_INVALID, "line %d, column %d: not JSON: %.120s", where.line,
                    where.column, where.text);
    struct rule_walk walk = {
        .materials = object_member(world, "materials"),
        .prefabs = object_member(world, "prefabs"),
        .ids = json_object(),
        .err = err,
    };
    bool good = check_world(&walk, world);
    if (good)
        take_world(world, json, size, home, out);
    json_decref(walk.ids);
    json_decref(world);
    return good;
}
