#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
// cmocka wants those before it
#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "services/world/shelf.h"

// (cmocka's fail_msg() would call our fail().)
#define give_up(...) (print_error(__VA_ARGS__), _fail(__FILE__, __LINE__))

static char folder[64];
static const char *const file_names[] = {"a.json", "b.json", "plaza.json", ".hidden.json",
                                         "note.txt"};

static int make_folder(void **state)
{
    snprintf(folder, sizeof folder, "/tmp/flux-shelf-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    for (size_t i = 0; i < sizeof file_names / sizeof *file_names; i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", folder, file_names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

static void put_file(const char *name, const char *text)
{
    char path[128];
    struct error err;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_true(file_write_atomic(path, text, strlen(text), 0644, &err));
}

static void put_world(const char *name, const char *id, const char *to, int to_spawn)
{
    char text[1400];
    snprintf(
        text, sizeof text,
        "{\"format\":\"flux.world\",\"version\":1,\"id\":\"%s\",\"name\":{\"en\":\"Mine\"},"
        "\"description\":{\"en\":\"Own.\"},\"bounds\":{\"least\":[-9,-1,-9],\"most\":[9,9,9]},"
        "\"spawns\":[{\"position\":[0,0,0]}],\"capacity\":9,\"speed\":{\"walk\":2,\"run\":6},"
        "\"earshot\":9,\"environment\":{\"preset\":\"day\",\"sky\":[{\"at\":0,\"color\":"
        "\"#ffffff\"},{\"at\":1,\"color\":\"#ffffff\"}],\"sun\":{\"elevation\":1,\"azimuth\":1,"
        "\"color\":\"#ffffff\",\"intensity\":1},\"hemisphere\":{\"sky\":\"#ffffff\",\"ground\":"
        "\"#ffffff\",\"intensity\":1},\"fog\":{\"color\":\"#ffffff\",\"near\":1,\"far\":2},"
        "\"ground\":{\"color\":\"#ffffff\"}},\"objects\":[],\"portals\":[{\"id\":\"out\",\"to\":"
        "\"%s\",\"spawn\":%d,\"position\":[0,0,0],\"size\":[1,1],\"label\":{\"en\":\"Out\"}}]}",
        id, to, to_spawn);
    put_file(name, text);
}

static void expect_refused(const char *format)
{
    struct error err = {0};
    char text[300];
    snprintf(text, sizeof text, format, folder, folder);
    assert_null(world_shelf_create(folder, &err));
    assert_string_equal(err.text, text);
}

static void the_built_in_worlds_are_there_without_a_folder(void **state)
{
    struct error err = {0};
    struct world_shelf *shelf = world_shelf_create(NULL, &err);
    if (!shelf)
        give_up("%s", err.text);
    assert_non_null(world_shelf_find(shelf, "plaza"));
    assert_non_null(world_shelf_find(shelf, "garden"));
    assert_non_null(world_shelf_find(shelf, "gallery"));
    assert_null(world_shelf_find(shelf, "nowhere"));
    assert_int_equal(world_shelf_count(shelf), 3);
    assert_string_equal(world_shelf_at(shelf, 0)->id, "gallery");
    world_shelf_destroy(shelf);
    shelf = world_shelf_create("/tmp/flux-no-such-folder", &err);
    assert_non_null(shelf);
    world_shelf_destroy(shelf);
}

static void a_file_takes_the_place_of_a_built_in_world_of_its_id(void **state)
{
    struct error err = {0};
    put_world("plaza.json", "plaza", "garden", 0);
    put_world("a.json", "a", "plaza", 0);
    put_file(".hidden.json", "not a world");
    put_file("note.txt", "not a world");
    struct world_shelf *shelf = world_shelf_create(folder, &err);
    // (The built-in garden's portal names a spawn that this plaza lacks: then any will do.)
    if (!shelf)
        give_up("%s", err.text);
    assert_int_equal(world_shelf_count(shelf), 4);
    assert_string_equal(world_shelf_find(shelf, "plaza")->name, "Mine");
    assert_string_equal(world_shelf_at(shelf, 0)->id, "a");
    world_shelf_destroy(shelf);
}

static void a_broken_file_is_named_with_the_place_in_it(void **state)
{
    put_file("a.json", "{\"format\":\"flux.world\",\"version\":3}");
    expect_refused("%s/a.json: /version: must be 1, the one version that this server reads");
}

static void two_files_with_one_id_are_refused(void **state)
{
    put_world("a.json", "mine", "garden", 0);
    put_world("b.json", "mine", "garden", 0);
    expect_refused("%s/b.json: the world \"mine\" is in %s/a.json already");
}

static void a_portal_to_nowhere_is_refused(void **state)
{
    put_world("a.json", "a", "nowhere", 0);
    expect_refused("%s/a.json: the portal \"out\" leads to \"nowhere\", which is no world here");
}

static void a_folder_that_cannot_be_read_is_an_error(void **state)
{
    struct error err = {0};
    put_file("note.txt", "");
    char path[128];
    snprintf(path, sizeof path, "%s/note.txt", folder);
    assert_null(world_shelf_create(path, &err));
    assert_int_equal(err.code, ERR_SYSTEM);
}

static void one_world_alone_may_have_portals_to_anywhere(void **state)
{
    struct error err = {0};
    struct world_shelf *built_in = world_shelf_create(NULL, &err);
    const struct world_document *plaza = world_shelf_find(built_in, "plaza");
    assert_true(plaza->portal_count > 0);
    struct world_shelf *alone = world_shelf_create_of(plaza->json, plaza->json_size, &err);
    assert_non_null(alone);
    assert_int_equal(world_shelf_count(alone), 1);
    assert_string_equal(world_shelf_at(alone, 0)->id, "plaza");
    assert_int_equal(world_shelf_find(alone, "plaza")->portal_count, plaza->portal_count);
    world_shelf_destroy(alone);
    world_shelf_destroy(built_in);
}

static void one_world_alone_that_is_none_is_refused(void **state)
{
    struct error err = {0};
    assert_null(world_shelf_create_of("{}", 2, &err));
    assert_int_equal(err.code, ERR_INVALID);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
#define WITH_FOLDER(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_built_in_worlds_are_there_without_a_folder),
        WITH_FOLDER(a_file_takes_the_place_of_a_built_in_world_of_its_id),
        WITH_FOLDER(a_broken_file_is_named_with_the_place_in_it),
        WITH_FOLDER(two_files_with_one_id_are_refused),
        WITH_FOLDER(a_portal_to_nowhere_is_refused),
        WITH_FOLDER(a_folder_that_cannot_be_read_is_an_error),
        cmocka_unit_test(one_world_alone_may_have_portals_to_anywhere),
        cmocka_unit_test(one_world_alone_that_is_none_is_refused),
    };
    return cmocka_run_group_tests_name("world/shelf", tests, NULL, NULL);
}
