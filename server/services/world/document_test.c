#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
// cmocka wants those before it
#include <cmocka.h>
#include <jansson.h>

#include "services/world/document.h"

// (cmocka's fail_msg() would call our fail().)
#define give_up(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

// A small world that uses every kind once. Cases below change one member of it and say what the
// error must be.
static const char good_world[] =
    "{\"$schema\":\"world.schema.json\",\"format\":\"flux.world\",\"version\":1,\"id\":\"test\","
    "\"x-note\":{\"anything\":1},"
    "\"name\":{\"en\":\"Test\",\"ko\":\"시험\"},\"description\":{\"en\":\"A test.\\nTwo lines.\"},"
    "\"bounds\":{\"least\":[-50,-2,-50],\"most\":[50,20,50]},"
    "\"spawns\":[{\"position\":[0,0,5],\"yaw\":90,\"radius\":2},{\"position\":[1.5,0.25,-5]}],"
    "\"capacity\":100,\"speed\":{\"walk\":2,\"run\":6.5},\"earshot\":15,"
    "\"environment\":{\"preset\":\"dusk\",\"exposure\":1.12,"
    "\"sky\":[{\"at\":0,\"color\":\"#ffb77e\"},{\"at\":1,\"color\":\"#2D3372\"}],"
    "\"sun\":{\"elevation\":12,\"azimuth\":68,\"color\":\"#ffa468\",\"intensity\":2.3},"
    "\"hemisphere\":{\"sky\":\"#8e8cdb\",\"ground\":\"#c98a98\",\"intensity\":0.8},"
    "\"fog\":{\"color\":\"#de8e8f\",\"near\":14,\"far\":248},"
    "\"ground\":{\"color\":\"#a9c98a\",\"roughness\":0.9}},"
    "\"materials\":{\"stone\":{\"color\":\"#f3e2c7\",\"colorTop\":\"#fff4e3\",\"roughness\":0.8,"
    "\"metalness\":0,\"emissive\":\"#000000\",\"emissiveIntensity\":1,\"opacity\":1,"
    "\"effect\":\"water\"},\"wood\":{\"color\":\"#a9714b\"}},"
    "\"prefabs\":{\"lamp\":[{\"kind\":\"cylinder\",\"size\":[0.2,3,0.2],\"top\":0.5},"
    "{\"kind\":\"light\",\"color\":\"#ffc27a\",\"intensity\":3,\"range\":8}],"
    "\"pair\":[{\"kind\":\"prefab\",\"prefab\":\"lamp\"},"
    "{\"kind\":\"prefab\",\"prefab\":\"lamp\",\"position\":[2,0,0]}]},"
    "\"objects\":["
    "{\"id\":\"o0\",\"kind\":\"box\",\"size\":[1,1,1],\"bevel\":0.05,\"material\":\"stone\","
    "\"position\":[1,2,3],\"rotation\":[0,45,0],\"scale\":2,\"collider\":\"box\","
    "\"castShadow\":false},"
    "{\"id\":\"o1\",\"kind\":\"torus\",\"size\":[4,0.4,4],\"arc\":180},"
    "{\"id\":\"o2\",\"kind\":\"ring\",\"size\":[4,0.4,4],\"hole\":0.8},"
    "{\"id\":\"o3\",\"kind\":\"arch\",\"size\":[2,3,0.2],\"material\":{\"color\":\"#123abc\"}},"
    "{\"id\":\"o4\",\"kind\":\"stairs\",\"size\":[2,1,2],\"steps\":5},"
    "{\"id\":\"o5\",\"kind\":\"disc\",\"size\":[9,9],\"hole\":0.5},"
    "{\"id\":\"o6\",\"kind\":\"text\",\"text\":{\"en\":\"Hi\"},\"height\":0.4},"
    "{\"id\":\"o7\",\"kind\":\"model\",\"url\":\"/models/a-b/tree.v2.glb\"},"
    "{\"id\":\"o8\",\"kind\":\"group\",\"objects\":[{\"kind\":\"sphere\",\"size\":[1,1,1]},"
    "{\"kind\":\"group\",\"objects\":[{\"kind\":\"prefab\",\"prefab\":\"pair\"}]}]},"
    "{\"id\":\"o9\",\"kind\":\"prefab\",\"prefab\":\"pair\",\"materials\":{\"wood\":\"stone\"}},"
    "{\"id\":\"o10\",\"kind\":\"cone\",\"size\":[1,1,1]},"
    "{\"id\":\"o11\",\"kind\":\"dome\",\"size\":[1,1,1]},"
    "{\"id\":\"o12\",\"kind\":\"capsule\",\"size\":[1,2,1]},"
    "{\"id\":\"o13\",\"kind\":\"wedge\",\"size\":[1,1,1]},"
    "{\"id\":\"o14\",\"kind\":\"plane\",\"size\":[1,1]}],"
    "\"portals\":[{\"id\":\"p0\",\"to\":\"garden\",\"spawn\":1,\"position\":[0,3,-17],\"yaw\":0,"
    "\"size\":[5.8,5.8],\"label\":{\"en\":\"Garden\"}},"
    "{\"id\":\"p1\",\"to\":\"https://other.example:8443/w/plaza\",\"position\":[0,3,-17],"
    "\"size\":[2,3],\"label\":{\"en\":\"Away\"}}],"
    "\"signs\":[{\"id\":\"s0\",\"text\":{\"en\":\"Hello\"},\"position\":[1,1,1],\"yaw\":10,"
    "\"size\":[2,1],\"color\":\"#3a2e52\",\"board\":\"#fff4e3\",\"style\":\"plain\"}]}";

static bool read_world(const char *json, size_t size, struct world_document *out,
                       struct arena *home, struct error *err)
{
    arena_init(home, 4096);
    // Exactly as long as said, so that reading one byte too many is seen.
    char *exact = malloc(size > 0 ? size : 1);
    memcpy(exact, json, size);
    bool good = world_document_read(exact, size, home, out, err);
    free(exact);
    return good;
}

static void a_good_world_is_read_in_full(void **state)
{
    struct arena home;
    struct world_document world;
    struct error err = {0};
    if (!read_world(good_world, strlen(good_world), &world, &home, &err))
        give_up("%s", err.text);
    assert_string_equal(world.id, "test");
    assert_string_equal(world.name, "Test");
    assert_string_equal(world.description, "A test.\nTwo lines.");
    assert_true(world.least_m[0] == -50 && world.least_m[1] == -2 && world.most_m[1] == 20);
    assert_true(world.speed_max_m_s == 6.5 && world.earshot_m == 15);
    assert_int_equal(world.capacity, 100);
    assert_int_equal(world.spawn_count, 2);
    assert_true(world.spawns[0].z_m == 5 && world.spawns[0].yaw_degrees == 90);
    assert_true(world.spawns[1].x_m == 1.5 && world.spawns[1].radius_m == 0);
    assert_int_equal(world.portal_count, 2);
    assert_string_equal(world.portals[0].to, "garden");
    assert_int_equal(world.portals[0].spawn, 1);
    assert_int_equal(world.portals[1].spawn, -1);
    assert_int_equal(world.etag[0], '"');
    assert_int_equal(strlen(world.etag), 34);
    arena_done(&home);
}

static void white_space_between_tokens_goes_and_within_strings_stays(void **state)
{
    struct arena home, home2;
    struct world_document loose, tight;
    struct error err;
    json_t *json = json_loads(good_world, 0, NULL);
    char *indented = json_dumps(json, JSON_INDENT(4));
    assert_true(read_world(indented, strlen(indented), &loose, &home, &err));
    assert_true(read_world(loose.json, loose.json_size, &tight, &home2, &err));
    assert_int_equal(tight.json_size, loose.json_size);
    assert_string_equal(tight.etag, loose.etag);
    json_t *back = json_loadb(loose.json, loose.json_size, 0, NULL);
    assert_true(json_equal(json, back));
    json_decref(json);
    json_decref(back);
    free(indented);
    arena_done(&home);
    arena_done(&home2);
}

// Replaces (or, with `value` NULL, removes) what stands at a path of members and indices.
static json_t *changed_world(const char *path, const char *value)
{
    json_t *world = json_loads(good_world, 0, NULL), *at = world;
    char copy[128];
    snprintf(copy, sizeof copy, "%s", path);
    char *rest = copy + 1, *part = strsep(&rest, "/");
    while (rest) {
        at = json_is_array(at) ? json_array_get(at, strtoul(part, NULL, 10))
                               : json_object_get(at, part);
        part = strsep(&rest, "/");
    }
    assert_non_null(at);
    json_t *made = value ? json_loads(value, JSON_DECODE_ANY, NULL) : NULL;
    assert_true(!value || made);
    if (!value)
        json_object_del(at, part);
    else if (json_is_array(at) && strtoul(part, NULL, 10) >= json_array_size(at))
        json_array_append_new(at, made);
    else if (json_is_array(at))
        json_array_set_new(at, strtoul(part, NULL, 10), made);
    else
        json_object_set_new(at, part, made);
    return world;
}

static void expect_taken(const char *path, const char *value)
{
    struct arena home;
    struct world_document world;
    struct error err = {0};
    json_t *json = changed_world(path, value);
    char *dumped = json_dumps(json, 0);
    bool taken = read_world(dumped, strlen(dumped), &world, &home, &err);
    assert_string_equal(err.text, "");
    assert_true(taken);
    arena_done(&home);
    free(dumped);
    json_decref(json);
}

static void expect_refused(const char *path, const char *value, const char *text)
{
    struct arena home;
    struct world_document world = {.id = "untouched"};
    struct error err = {0};
    json_t *json = changed_world(path, value);
    char *dumped = json_dumps(json, 0);
    if (read_world(dumped, strlen(dumped), &world, &home, &err))
        give_up("%s = %s was taken", path, value ? value : "(removed)");
    assert_int_equal(err.code, ERR_INVALID);
    assert_string_equal(err.text, text);
    assert_string_equal(world.id, "untouched");
    free(dumped);
    json_decref(json);
    arena_done(&home);
}

static void each_broken_constraint_is_named_with_its_place(void **state)
{
    static const struct {
        const char *path, *value, *text;
    } cases[] = {
        {"/format", "\"gltf\"", "/format: must be one of: flux.world"},
        {"/format", NULL, "/: needs a member \"format\""},
        {"/version", "2", "/version: must be 1, the one version that this server reads"},
        {"/id", "\"Big\"", "/id: must be 1 to 64 of a-z, 0-9 and \"-\""},
        {"/id", "\"\"", "/id: must be 1 to 64 of a-z, 0-9 and \"-\""},
        {"/nmae", "1", "/nmae: no such member here (one of your own begins with \"x-\")"},
        {"/name", "\"Test\"", "/name: must be an object"},
        {"/name/en", NULL, "/name: needs a member \"en\""},
        {"/name/en", "\"\"", "/name/en: must have at least 1 characters"},
        {"/name/en", "\"two\\nlines\"", "/name/en: has a control character"},
        {"/name/fr", "\"Essai\"",
         "/name/fr: no such member here (one of your own begins with \"x-\")"},
        {"/description/en", "\"\\u0007\"", "/description/en: has a control character"},
        {"/bounds/least/0", "-1301", "/bounds/least/0: must be at least -1300"},
        {"/bounds/most/1", "301", "/bounds/most/1: must be at most 300"},
        {"/bounds/most/2", "-50", "/bounds/most/2: must be above -50, the least"},
        {"/bounds/most", "[1,2]", "/bounds/most: must be a list of 3 numbers"},
        {"/spawns", "[]", "/spawns: must have at least 1 items"},
        {"/spawns/0/position/0", "49", "/spawns/0: must lie within the bounds, with its radius"},
        {"/spawns/1/position/1", "21", "/spawns/1: must lie within the bounds, with its radius"},
        {"/spawns/0/yaw", "361", "/spawns/0/yaw: must be at most 360"},
        {"/capacity", "0", "/capacity: must be at least 1"},
        {"/capacity", "1.5", "/capacity: must be a whole number"},
        {"/capacity", "100001", "/capacity: must be at most 100000"},
        {"/speed/run", "1", "/speed/run: must not be below walk"},
        {"/speed/walk", "0", "/speed/walk: must be at least 0.1"},
        {"/earshot", "\"far\"", "/earshot: must be a number"},
        {"/environment/preset", "\"noon\"",
         "/environment/preset: must be one of: day, dusk, night"},
        {"/environment/sky/1/at", "0", "/environment/sky/1/at: must be above the stop before it"},
        {"/environment/sky/0/color", "\"red\"",
         "/environment/sky/0/color: must be a colour like \"#f3e2c7\""},
        {"/environment/sun/color", "\"#12345g\"",
         "/environment/sun/color: must be a colour like \"#f3e2c7\""},
        {"/environment/fog/far", "14", "/environment/fog/far: must be beyond near"},
        {"/environment/ground", NULL, "/environment: needs a member \"ground\""},
        {"/materials/stone/roughness", "1.1", "/materials/stone/roughness: must be at most 1"},
        {"/materials/stone/effect", "\"fire\"",
         "/materials/stone/effect: must be one of: none, water, foliage"},
        {"/materials/Stone", "{\"color\":\"#000000\"}",
         "/materials/Stone: its name must be 1 to 64 of a-z, 0-9 and \"-\""},
        {"/prefabs/lamp", "[]", "/prefabs/lamp: must have at least 1 items"},
        {"/prefabs/lamp/0/kind", "\"pole\"",
         "/prefabs/lamp/0/kind: must be one of: box, cylinder, cone, sphere, dome, capsule, torus, "
         "ring, arch, wedge, stairs, plane, disc, text, light, model, group, prefab"},
        {"/prefabs/lamp/2", "{\"kind\":\"prefab\",\"prefab\":\"pair\"}",
         "/prefabs/pair/0: the prefab \"lamp\" contains itself"},
        {"/objects/0/id", NULL, "/objects/0: needs a member \"id\""},
        {"/objects/1/id", "\"o0\"", "/objects/1/id: \"o0\" is used already"},
        {"/portals/0/id", "\"o0\"", "/portals/0/id: \"o0\" is used already"},
        {"/objects/0/kind", NULL, "/objects/0: needs a member \"kind\""},
        {"/objects/0", "7", "/objects/0: must be an object"},
        {"/objects/0/size/1", "0", "/objects/0/size/1: must be greater than 0"},
        {"/objects/0/size/1", "-1", "/objects/0/size/1: must be greater than 0"},
        {"/objects/0/size", NULL, "/objects/0: needs a member \"size\""},
        {"/objects/0/size", "[1,1]", "/objects/0/size: must be a list of 3 numbers"},
        {"/objects/0/position/2", "4001", "/objects/0/position/2: must be at most 4000"},
        {"/objects/0/scale", "0", "/objects/0/scale: must be greater than 0"},
        {"/objects/0/steps", "3",
         "/objects/0/steps: no such member here (one of your own begins with \"x-\")"},
        {"/objects/0/castShadow", "1", "/objects/0/castShadow: must be true or false"},
        {"/objects/0/collider", "\"mesh\"",
         "/objects/0/collider: must be one of: none, box, cylinder, hull, auto"},
        {"/objects/0/material", "\"gold\"", "/objects/0/material: there is no material \"gold\""},
        {"/objects/0/material", "5",
         "/objects/0/material: must be a material's name, or an object"},
        {"/objects/3/material/color", NULL, "/objects/3/material: needs a member \"color\""},
        {"/objects/1/size/1", "2",
         "/objects/1/size/1: a torus' thickness must be below half of its size"},
        {"/objects/1/arc", "0", "/objects/1/arc: must be at least 1"},
        {"/objects/2/hole", "1", "/objects/2/hole: must be at most 0.99"},
        {"/objects/2/hole", NULL, "/objects/2: needs a member \"hole\""},
        {"/objects/4/steps", "65", "/objects/4/steps: must be at most 64"},
        {"/objects/6/height", "0", "/objects/6/height: must be greater than 0"},
        {"/objects/6/collider", "\"none\"",
         "/objects/6/collider: no such member here (one of your own begins with \"x-\")"},
        {"/objects/8/objects/0/size/2", "5000",
         "/objects/8/objects/0/size/2: must be at most 4000"},
        {"/objects/9/prefab", "\"tree\"", "/objects/9/prefab: there is no prefab \"tree\""},
        {"/objects/9/materials/wood", "\"gold\"",
         "/objects/9/materials/wood: there is no material \"gold\""},
        {"/objects/9/materials/gold", "\"wood\"",
         "/objects/9/materials/gold: there is no material \"gold\""},
        {"/portals/0/spawn", "64", "/portals/0/spawn: must be at most 63"},
        {"/portals/0/size", "[0,1]", "/portals/0/size/0: must be greater than 0"},
        {"/signs/0/style", "\"neon\"", "/signs/0/style: must be one of: board, plain"},
        {"/signs/0/text/en", "5", "/signs/0/text/en: must be a string"},
        {"/a~b\x01", "5", "/a~0b?: no such member here (one of your own begins with \"x-\")"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_refused(cases[i].path, cases[i].value, cases[i].text);
}

static void a_model_comes_from_this_server_only(void **state)
{
    static const char *const bad[] = {
        "\"https://x.example/a.glb\"",
        "\"//x.example/a.glb\"",
        "\"../a.glb\"",
        "\"a/../b.glb\"",
        "\"/a.glb?x=1\"",
        "\"a.png\"",
        "\"/.glb\"",
        "\"\"",
        "\"a//b.glb\"",
        "\"/\"",
        "\"/a.glb#\"",
        "\"/a.glb#Tree\"",
        "\"/a.glb#tree#low\"",
        "\"#tree\"",
        "7",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_refused("/objects/7/url", bad[i],
                       "/objects/7/url: must be a relative URL of a .glb or .gltf file, without "
                       "\"..\", a host or a query; \"#\" and a node's name may follow");
    expect_taken("/objects/7/url", "\"/art/green.glb#tree-round\"");
    expect_taken("/objects/7/tint", "\"#f0b8a4\"");
    expect_refused("/objects/7/tint", "\"rose\"",
                   "/objects/7/tint: must be a colour like \"#f3e2c7\"");
}

static void baked_shade_names_a_picture_and_the_ground_it_lies_on(void **state)
{
    expect_taken("/environment/shade",
                 "{\"url\":\"/art/plaza-shade.webp\",\"least\":[-30,-30],\"most\":[30,30]}");
    expect_refused("/environment/shade",
                   "{\"url\":\"/art/plaza-shade.exe\",\"least\":[-30,-30],\"most\":[30,30]}",
                   "/environment/shade/url: must be a relative URL of a .webp, .png or .jpg file, "
                   "without \"..\", a host or a query");
    expect_refused("/environment/shade",
                   "{\"url\":\"/a.webp\",\"least\":[-30,-30],\"most\":[30,-30]}",
                   "/environment/shade/most/1: must be above -30, the least");
}

static void a_portal_leads_to_a_world_here_or_on_another_flux(void **state)
{
    static const char *const bad[] = {
        "\"Garden\"",
        "\"http://x.example/w/a\"",
        "\"https:///w/a\"",
        "\"https://x.example/a\"",
        "\"https://x.example:123456/w/a\"",
        "\"https://x.example:/w/a\"",
        "\"https://x.example/w/a?b\"",
        "\"https://user@x.example/w/a\"",
        "\"javascript:alert(1)\"",
        "\"\"",
        "null",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        expect_refused("/portals/0/to", bad[i],
                       "/portals/0/to: must be a world's id, or https://host/w/ID for another "
                       "server's");
}

static void expect_prefabs_refused(json_t *prefabs, const char *text)
{
    char *dumped = json_dumps(prefabs, 0);
    json_decref(prefabs);
    expect_refused("/prefabs", dumped, text);
    free(dumped);
}

static void prefabs_that_double_each_other_meet_the_limit_of_objects(void **state)
{
    json_t *prefabs = json_object();
    json_t *box = json_pack("{s:s, s:[i,i,i]}", "kind", "box", "size", 1, 1, 1);
    json_t *many = json_array();
    for (int i = 0; i < 200; i++)
        json_array_append(many, box);
    json_decref(box);
    json_object_set_new(prefabs, "lamp", many);
    json_t *pair = json_array();
    for (int i = 0; i < 60; i++)
        json_array_append_new(pair, json_pack("{s:s, s:s}", "kind", "prefab", "prefab", "lamp"));
    json_object_set_new(prefabs, "pair", pair);
    expect_prefabs_refused(prefabs,
                           "/prefabs/pair/49: makes more than 10000 objects, prefabs unfolded");
}

static void prefabs_within_prefabs_end_at_eight_levels(void **state)
{
    json_t *prefabs = json_object();
    for (int i = 0; i < 10; i++) {
        char name[8], next[8];
        snprintf(name, sizeof name, "p%d", i);
        snprintf(next, sizeof next, "p%d", i + 1);
        json_t *one = i < 9 ? json_pack("[{s:s, s:s}]", "kind", "prefab", "prefab", next)
                            : json_pack("[{s:s, s:[i,i,i]}]", "kind", "box", "size", 1, 1, 1);
        json_object_set_new(prefabs, name, one);
    }
    json_object_set_new(prefabs, "lamp",
                        json_pack("[{s:s, s:s}]", "kind", "prefab", "prefab", "p0"));
    json_object_set_new(prefabs, "pair",
                        json_pack("[{s:s, s:s}]", "kind", "prefab", "prefab", "p0"));
    expect_prefabs_refused(prefabs, "/prefabs/p8: nests deeper than 8");
}

static void groups_within_groups_end_at_eight_levels(void **state)
{
    char text[1024] = "{\"kind\":\"box\",\"size\":[1,1,1]}";
    for (int i = 0; i < 9; i++) {
        char inner[1024];
        snprintf(inner, sizeof inner, "{\"id\":\"g%d\",\"kind\":\"group\",\"objects\":[%s]}", i,
                 text);
        memcpy(text, inner, sizeof text);
    }
    expect_refused(
        "/objects/0", text,
        "/objects/0/objects/0/objects/0/objects/0/objects/0/objects/0/objects/0/objects/0/objects/0"
        "/objects: nests deeper than 8");
}

static void what_is_not_json_is_refused_with_line_and_column(void **state)
{
    static const struct {
        const char *json, *begins;
    } cases[] = {
        {"", "line 1, column 0: not JSON: "},
        {"{\n  \"id\": }", "line 2, column 9: not JSON: "},
        {"{\"id\":\"a\",\"id\":\"b\"}", "line 1, column 14: not JSON: duplicate"},
        {"{\"id\":1e999}", "line 1, column 11: not JSON: "},
        {"{\"id\":\"\xff\"}", "line 1, column 7: not JSON: "},
        {"{} x", "line 1, column 4: not JSON: "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena home;
        struct world_document world;
        struct error err = {0};
        assert_false(read_world(cases[i].json, strlen(cases[i].json), &world, &home, &err));
        assert_int_equal(err.code, ERR_INVALID);
        if (strncmp(err.text, cases[i].begins, strlen(cases[i].begins)) != 0)
            give_up("case %zu: %s", i, err.text);
        arena_done(&home);
    }
    expect_refused("/objects", "7", "/objects: must be a list");
}

static void a_document_over_the_limit_is_not_looked_at(void **state)
{
    struct arena home;
    struct world_document world;
    struct error err = {0};
    size_t size = WORLD_DOCUMENT_BYTES_MAX + 1;
    char *spaces = malloc(size);
    memset(spaces, ' ', size);
    assert_false(read_world(spaces, size, &world, &home, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    free(spaces);
    arena_done(&home);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_world_is_read_in_full),
        cmocka_unit_test(white_space_between_tokens_goes_and_within_strings_stays),
        cmocka_unit_test(each_broken_constraint_is_named_with_its_place),
        cmocka_unit_test(a_model_comes_from_this_server_only),
        cmocka_unit_test(baked_shade_names_a_picture_and_the_ground_it_lies_on),
        cmocka_unit_test(a_portal_leads_to_a_world_here_or_on_another_flux),
        cmocka_unit_test(prefabs_that_double_each_other_meet_the_limit_of_objects),
        cmocka_unit_test(prefabs_within_prefabs_end_at_eight_levels),
        cmocka_unit_test(groups_within_groups_end_at_eight_levels),
        cmocka_unit_test(what_is_not_json_is_refused_with_line_and_column),
        cmocka_unit_test(a_document_over_the_limit_is_not_looked_at),
    };
    return cmocka_run_group_tests_name("world/document", tests, NULL, NULL);
}
