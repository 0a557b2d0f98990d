#include "services/world/document_object.h"

#include "services/world/document.h"

// Each object is checked twice: alone, against the table of its kind; then all together, unfolded.

#define EXTENT .above = true, .least = 0, .most = 4000
#define SIZE3                                                                                      \
    {                                                                                              \
        "size", rule_vector, true, .count = 3, EXTENT                                              \
    }
#define SIZE2                                                                                      \
    {                                                                                              \
        "size", rule_vector, true, .count = 2, EXTENT                                              \
    }
#define HOLE(needed)                                                                               \
    {                                                                                              \
        "hole", rule_number, needed, .least = 0, .most = 0.99                                      \
    }
#define ARC                                                                                        \
    {                                                                                              \
        "arc", rule_number, .least = 1, .most = 360                                                \
    }

static bool check_object(struct rule_walk *walk, const json_t *value, const struct rule *rule);
static bool check_torus_size(struct rule_walk *walk, const json_t *value, const struct rule *rule);
static bool check_material_use(struct rule_walk *walk, const json_t *value,
                               const struct rule *rule);
static bool check_material_name(struct rule_walk *walk, const json_t *value,
                                const struct rule *rule);
static bool check_material_swaps(struct rule_walk *walk, const json_t *value,
                                 const struct rule *rule);
static bool check_prefab_name(struct rule_walk *walk, const json_t *value, const struct rule *rule);
static bool check_prefab(struct rule_walk *walk, const json_t *value, const struct rule *rule);
static bool check_model_url(struct rule_walk *walk, const json_t *value, const struct rule *rule);
static bool check_group(struct rule_walk *walk, const json_t *value, const struct rule *rule);

static const char *const kinds[] = {
    "box",    "cylinder", "cone", "sphere", "dome",  "capsule", "torus", "ring",   "arch", "wedge",
    "stairs", "plane",    "disc", "text",   "light", "model",   "group", "prefab", NULL};
static const char *const effects[] = {"none", "water", "foliage", NULL};
static const char *const colliders[] = {"none", "box", "cylinder", "hull", "auto", NULL};

static const struct rule material_members[] = {
    {"color", rule_color, true},
    {"colorTop", rule_color},
    {"roughness", rule_number, .least = 0, .most = 1},
    {"metalness", rule_number, .least = 0, .most = 1},
    {"emissive", rule_color},
    {"emissiveIntensity", rule_number, .least = 0, .most = 10},
    {"opacity", rule_number, .least = 0, .most = 1},
    {"effect", rule_choice, .choices = effects},
    {0},
};

static const struct rule placing[] = {
    {"id", rule_id},
    {"kind", rule_choice, true, .choices = kinds},
    {"position", rule_vector, .count = 3, .least = -4000, .most = 4000},
    {"rotation", rule_vector, .count = 3, .least = -360, .most = 360},
    {"scale", rule_number, .above = true, .least = 0, .most = 1000},
    {0},
};
static const struct rule surface[] = {
    {"material", check_material_use},
    {"collider", rule_choice, .choices = colliders},
    {"castShadow", rule_boolean},
    {0},
};
static const struct rule box[] = {SIZE3, {"bevel", rule_number, .least = 0, .most = 1}, {0}};
static const struct rule cylinder[] = {SIZE3, {"top", rule_number, .least = 0, .most = 10}, {0}};
static const struct rule sized[] = {SIZE3, {0}};
static const struct rule torus[] = {{"size", check_torus_size, true, .count = 3, EXTENT}, ARC, {0}};
static const struct rule ring[] = {SIZE3, HOLE(true), ARC, {0}};
static const struct rule arch[] = {SIZE3, HOLE(false), {0}};
static const struct rule stairs[] = {
    SIZE3, {"steps", rule_integer, true, .least = 1, .most = 64}, {0}};
static const struct rule plane[] = {SIZE2, {0}};
static const struct rule disc[] = {SIZE2, HOLE(false), ARC, {0}};
static const struct rule label[] = {
    {"text", rule_text, true, .most = 500},
    {"height", rule_number, true, .above = true, .least = 0, .most = 50},
    {"material", check_material_use},
    {0},
};
static const struct rule light[] = {
    {"color", rule_color, true},
    {"intensity", rule_number, true, .least = 0, .most = 1000},
    {"range", rule_number, true, .above = true, .least = 0, .most = 200},
    {0},
};
static const struct rule model[] = {{"url", check_model_url, true}, {"tint", rule_color}, {0}};

static const struct rule nested_object = {"object", check_object};
static const struct rule group[] = {
    {"objects", check_group, true, .least = 1, .most = 1000, .inner = &nested_object}, {0}};
static const struct rule prefab[] = {
    {"prefab", check_prefab_name, true}, {"materials", check_material_swaps, .most = 64}, {0}};

static const struct shape {
    const char *kind;
    const struct rule *own, *surface;
} shapes[] = {
    {"box", box, surface},      {"cylinder", cylinder, surface}, {"cone", sized, surface},
    {"sphere", sized, surface}, {"dome", sized, surface},        {"capsule", sized, surface},
    {"torus", torus, surface},  {"ring", ring, surface},         {"arch", arch, surface},
    {"wedge", sized, surface},  {"stairs", stairs, surface},     {"plane", plane, surface},
    {"disc", disc, surface},    {"text", label, NULL},           {"light", light, NULL},
    {"model", model, surface},  {"group", group, NULL},          {"prefab", prefab, NULL},
};

const struct rule object_material_rule = {"material", rule_object, .inner = material_members};
const struct rule object_prefab_rule = {"prefab", check_prefab, .least = 1, .most = 1000,
                                        .inner = &nested_object};
const struct rule object_placed_rule = {"object", check_object, .required = true};

static const struct shape *find_shape(const json_t *kind)
{
    for (size_t i = 0; json_is_string(kind) && i < sizeof shapes / sizeof *shapes; i++) {
        if (strcmp(shapes[i].kind, json_string_value(kind)) == 0)
            return &shapes[i];
    }
    return NULL;
}

static bool check_object(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!json_is_object(value))
        return rule_fail(walk, "must be an object");
    const struct shape *shape = find_shape(json_object_get(value, "kind"));
    if (!shape) {
        if (!json_object_get(value, "kind"))
            return rule_fail(walk, "needs a member \"kind\"");
        rule_enter_member(walk, "kind");
        return rule_choice(walk, json_object_get(value, "kind"), &placing[1]);
    }
    if (rule->required && !json_object_get(value, "id"))
        return rule_fail(walk, "needs a member \"id\"");
    const struct rule *tables[] = {placing, shape->own, shape->surface};
    return rule_check_members(walk, value, tables, 3);
}

static bool check_torus_size(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!rule_vector(walk, value, rule))
        return false;
    double tube = json_number_value(json_array_get(value, 1));
    for (size_t i = 0; i < 3; i += 2) {
        if (2 * tube >= json_number_value(json_array_get(value, i))) {
            rule_enter_item(walk, 1);
            return rule_fail(walk, "a torus' thickness must be below half of its size");
        }
    }
    return true;
}

static bool check_material_name(struct rule_walk *walk, const json_t *value,
                                const struct rule *rule)
{
    if (!rule_name(walk, value, rule))
        return false;
    return json_object_get(walk->materials, json_string_value(value)) ||
           rule_fail(walk, "there is no material \"%.64s\"", json_string_value(value));
}

static bool check_material_use(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (json_is_object(value))
        return rule_object(walk, value, &object_material_rule);
    if (!json_is_string(value))
        return rule_fail(walk, "must be a material's name, or an object");
    return check_material_name(walk, value, rule);
}

static bool check_material_swaps(struct rule_walk *walk, const json_t *value,
                                 const struct rule *rule)
{
    static const struct rule swap = {"swap", check_material_name};
    struct rule map = {"materials", rule_map, .most = rule->most, .inner = &swap};
    if (!rule_map(walk, value, &map))
        return false;
    const char *name;
    json_t *by;
    json_object_foreach((json_t *)value, name, by)
    {
        if (!json_object_get(walk->materials, name)) {
            rule_enter_member(walk, name);
            return rule_fail(walk, "there is no material \"%s\"", name);
        }
    }
    return true;
}

static bool check_prefab_name(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!rule_name(walk, value, rule))
        return false;
    return json_object_get(walk->prefabs, json_string_value(value)) ||
           rule_fail(walk, "there is no prefab \"%.64s\"", json_string_value(value));
}

// A file, and after "#" the name of one node in it.
static bool check_model_url(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    static const char *const files[] = {".glb", ".gltf", NULL};
    const char *text = json_string_value(value);
    size_t size = json_string_length(value);
    const char *node = text ? memchr(text, '#', size) : NULL;
    size_t file_size = node ? (size_t)(node - text) : size;
    bool good = text && size <= 512 && rule_is_file_url(text, file_size, files) &&
                (!node || rule_is_name(node + 1, size - file_size - 1));
    return good ||
           rule_fail(walk, "must be a relative URL of a .glb or .gltf file, without \"..\", "
                           "a host or a query; \"#\" and a node's name may follow");
}

static bool check_group(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (walk->level == OBJECT_NEST_MAX)
        return rule_fail(walk, "nests deeper than %d", OBJECT_NEST_MAX);
    walk->level++;
    bool good = rule_list(walk, value, rule);
    walk->level--;
    return good;
}

static bool check_prefab(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    json_t *outer = walk->ids;
    walk->ids = json_object();
    bool good = rule_list(walk, value, rule);
    json_decref(walk->ids);
    walk->ids = outer;
    return good;
}

// Unfolding. Each prefab is measured once: how many objects it stands for, and how deep it goes.

struct measure {
    const char *name;
    const json_t *objects;
    enum { UNSEEN, OPEN, DONE } state;
    uint32_t count;
    int depth;
};

struct unfolding {
    struct rule_walk *walk;
    struct measure prefabs[OBJECT_PREFABS_MAX];
    size_t prefab_count;
};

static bool measure_list(struct unfolding *unfolding, const json_t *list, int level,
                         struct measure *out);

static struct measure *find_measure(struct unfolding *unfolding, const char *name)
{
    for (size_t i = 0; i < unfolding->prefab_count; i++) {
        if (strcmp(unfolding->prefabs[i].name, name) == 0)
            return &unfolding->prefabs[i];
    }
    return NULL;
}

static bool measure_prefab(struct unfolding *unfolding, struct measure *found, int level)
{
    struct rule_walk *walk = unfolding->walk;
    if (found->state == OPEN)
        return rule_fail(walk, "the prefab \"%s\" contains itself", found->name);
    if (found->state == DONE)
        return true;
    // An error within is told where it stands in the file, not where the prefab is used.
    struct rule_walk used_at = *walk;
    rule_leave(walk, 0);
    rule_enter_member(walk, "prefabs");
    rule_enter_member(walk, found->name);
    found->state = OPEN;
    if (!measure_list(unfolding, found->objects, level, found))
        return false;
    found->state = DONE;
    *walk = used_at;
    return true;
}

// Adds what one object holds to `out`.
static bool measure_object(struct unfolding *unfolding, const json_t *object, int level,
                           struct measure *out)
{
    struct measure inner = {0};
    const json_t *list = json_object_get(object, "objects");
    const json_t *name = json_object_get(object, "prefab");
    if (list) {
        size_t mark = rule_enter_member(unfolding->walk, "objects");
        if (!measure_list(unfolding, list, level + 1, &inner))
            return false;
        rule_leave(unfolding->walk, mark);
    } else if (name) {
        struct measure *found = find_measure(unfolding, json_string_value(name));
        if (!measure_prefab(unfolding, found, level + 1))
            return false;
        inner = *found;
    } else {
        inner.depth = -1;
    }
    out->count += 1 + inner.count;
    out->depth = inner.depth + 1 > out->depth ? inner.depth + 1 : out->depth;
    if (level + out->depth > OBJECT_NEST_MAX)
        return rule_fail(unfolding->walk, "nests deeper than %d", OBJECT_NEST_MAX);
    return out->count <= WORLD_OBJECTS_MAX ||
           rule_fail(unfolding->walk, "makes more than %d objects, prefabs unfolded",
                     WORLD_OBJECTS_MAX);
}

static bool measure_list(struct unfolding *unfolding, const json_t *list, int level,
                         struct measure *out)
{
    if (level > OBJECT_NEST_MAX)
        return rule_fail(unfolding->walk, "nests deeper than %d", OBJECT_NEST_MAX);
    size_t i;
    json_t *object;
    json_array_foreach(list, i, object)
    {
        size_t mark = rule_enter_item(unfolding->walk, i);
        if (!measure_object(unfolding, object, level, out))
            return false;
        rule_leave(unfolding->walk, mark);
    }
    return true;
}

bool object_check_unfolded(struct rule_walk *walk, const json_t *objects)
{
    struct unfolding unfolding = {.walk = walk};
    const char *name;
    json_t *list;
    json_object_foreach((json_t *)walk->prefabs, name, list)
    {
        unfolding.prefabs[unfolding.prefab_count++] =
            (struct measure){.name = name, .objects = list};
    }
    for (size_t i = 0; i < unfolding.prefab_count; i++) {
        if (!measure_prefab(&unfolding, &unfolding.prefabs[i], 1))
            return false;
    }

    struct measure world = {0};
    rule_enter_member(walk, "objects");
    return measure_list(&unfolding, objects, 0, &world);
}
