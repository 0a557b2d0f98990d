#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
// cmocka wants those before it
#include <cmocka.h>

#include "gateway/asset.h"
#include "gateway/made_up_http.h"

enum { PLAIN = 1 << ASSET_PLAIN, GZIP = 1 << ASSET_GZIP, BROTLI = 1 << ASSET_BROTLI };

static const struct asset script = {
    .path = "/assets/index-B1x2y3z4.js",
    .content_type = "text/javascript; charset=utf-8",
    .immutable = true,
    .forms = {[ASSET_PLAIN] = {"0123456789", 10, "\"p\""},
              [ASSET_GZIP] = {"gzip", 4, "\"g\""},
              [ASSET_BROTLI] = {"brotl", 5, "\"b\""}},
};

static void ask(struct made_up *made, const char *method, const char *name, const char *value)
{
    made_up_init(made, method, script.path);
    if (name)
        made_up_header(made, name, value);
}

static void the_best_coding_that_is_accepted_is_chosen(void **state)
{
    static const struct {
        const char *accept;
        unsigned have;
        int coding;
    } cases[] = {
        {NULL, PLAIN | GZIP | BROTLI, ASSET_PLAIN},
        {"", PLAIN | GZIP | BROTLI, ASSET_PLAIN},
        {"gzip, deflate, br", PLAIN | GZIP | BROTLI, ASSET_BROTLI},
        {"gzip, deflate, br", PLAIN | GZIP, ASSET_GZIP},
        {"gzip, deflate, br", PLAIN, ASSET_PLAIN},
        {"br;q=0.5, gzip", PLAIN | GZIP | BROTLI, ASSET_GZIP},
        {"br;q=0, gzip;q=0", PLAIN | GZIP | BROTLI, ASSET_PLAIN},
        {"BR ; q=0.001", PLAIN | BROTLI, ASSET_BROTLI},
        {"*", PLAIN | GZIP | BROTLI, ASSET_BROTLI},
        {"*;q=0.1, br;q=0", PLAIN | GZIP | BROTLI, ASSET_GZIP},
        {"identity;q=0, br", PLAIN | BROTLI, ASSET_BROTLI},
        {"identity;q=0", PLAIN | BROTLI, -1},
        {"*;q=0", PLAIN | GZIP, -1},
        {"*;q=0, identity", PLAIN | GZIP, ASSET_PLAIN},
        {"identity;q=1, gzip;q=0.5", PLAIN | GZIP, ASSET_PLAIN},
        {"brotli, gzipped", PLAIN | GZIP | BROTLI, ASSET_PLAIN},
        {"br;q=2, gzip;q=abc, ;;,,", PLAIN | GZIP | BROTLI, ASSET_PLAIN},
        {"br;x=1", PLAIN | BROTLI, ASSET_PLAIN},
        {"gzip;q=1.000,br;q=0.999", PLAIN | GZIP | BROTLI, ASSET_GZIP},
        {"gzip;q=1.001", PLAIN | GZIP, ASSET_PLAIN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int coding = asset_choose_coding(cases[i].accept, cases[i].have);
        if (coding != cases[i].coding)
            print_error("case %zu\n", i);
        assert_int_equal(coding, cases[i].coding);
    }
}

static void a_known_tag_is_found_in_the_list(void **state)
{
    assert_true(asset_tag_matches("\"a\"", "\"a\""));
    assert_true(asset_tag_matches("W/\"a\"", "\"a\""));
    assert_true(asset_tag_matches("\"x\", W/\"y\" ,\"a\"", "\"a\""));
    assert_true(asset_tag_matches(" *", "\"a\""));
    assert_true(asset_tag_matches("\"with,comma\", \"a\"", "\"a\""));
    assert_false(asset_tag_matches("\"aa\"", "\"a\""));
    assert_false(asset_tag_matches("\"a", "\"a\""));
    assert_false(asset_tag_matches("a", "\"a\""));
    assert_false(asset_tag_matches("", "\"a\""));
}

static void ranges_are_read_as_the_rfc_says(void **state)
{
    static const struct {
        const char *range;
        size_t size;
        enum asset_range result;
        size_t first, last;
    } cases[] = {
        {"bytes=0-3", 10, ASSET_RANGE_PART, 0, 3},
        {"bytes=9-", 10, ASSET_RANGE_PART, 9, 9},
        {"bytes=-4", 10, ASSET_RANGE_PART, 6, 9},
        {"bytes=-40", 10, ASSET_RANGE_PART, 0, 9},
        {"bytes=4-400", 10, ASSET_RANGE_PART, 4, 9},
        {"Bytes= 4-5 ", 10, ASSET_RANGE_PART, 4, 5},
        {"bytes=0-99999999999999999999999", 10, ASSET_RANGE_PART, 0, 9},
        {"bytes=10-", 10, ASSET_RANGE_OUTSIDE, 0, 0},
        {"bytes=99999999999999999999999-", 10, ASSET_RANGE_OUTSIDE, 0, 0},
        {"bytes=-0", 10, ASSET_RANGE_OUTSIDE, 0, 0},
        {"bytes=-1", 0, ASSET_RANGE_OUTSIDE, 0, 0},
        {"bytes=0-1,4-5", 10, ASSET_RANGE_ALL, 0, 0},
        {"bytes=5-4", 10, ASSET_RANGE_ALL, 0, 0},
        {"bytes=-", 10, ASSET_RANGE_ALL, 0, 0},
        {"bytes=a-b", 10, ASSET_RANGE_ALL, 0, 0},
        {"lines=0-1", 10, ASSET_RANGE_ALL, 0, 0},
        {"", 10, ASSET_RANGE_ALL, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t first = 0, last = 0;
        enum asset_range result = asset_read_range(cases[i].range, cases[i].size, &first, &last);
        if (result != cases[i].result || first != cases[i].first || last != cases[i].last)
            print_error("case %zu: %s\n", i, cases[i].range);
        assert_int_equal(result, cases[i].result);
        assert_int_equal(first, cases[i].first);
        assert_int_equal(last, cases[i].last);
    }
}

static void a_hashed_file_is_kept_for_a_year_and_sent_compressed(void **state)
{
    struct made_up made;
    ask(&made, "GET", "Accept-Encoding", "gzip, br");
    asset_answer(&script, &made.request, &made.response);
    assert_int_equal(made.response.status, 200);
    assert_string_equal(made_up_text(&made), "brotl");
    assert_true(made.response.body_is_static);
    assert_string_equal(made_up_answered(&made, "Content-Encoding"), "br");
    assert_string_equal(made_up_answered(&made, "Content-Type"), "text/javascript; charset=utf-8");
    assert_string_equal(made_up_answered(&made, "ETag"), "\"b\"");
    assert_string_equal(made_up_answered(&made, "Vary"), "Accept-Encoding");
    assert_string_equal(made_up_answered(&made, "Cache-Control"),
                        "public, max-age=31536000, immutable");
    made_up_done(&made);
}

static const char *kept_for(const char *query)
{
    static const struct asset model = {
        .path = "/art/people.glb",
        .content_type = "model/gltf-binary",
        .forms = {[ASSET_PLAIN] = {"0123456789", 10, "\"0123456789abcdef0123456789abcdef\""}},
    };
    struct made_up made;
    made_up_init(&made, "GET", model.path);
    made.request.query = query;
    asset_answer(&model, &made.request, &made.response);
    assert_int_equal(made.response.status, 200);
    bool is_kept = strstr(made_up_answered(&made, "Cache-Control"), "immutable") != NULL;
    made_up_done(&made);
    return is_kept ? "ever" : "no time";
}

static void a_file_is_kept_for_a_year_when_its_asker_names_the_version_that_it_is(void **state)
{
    assert_string_equal(kept_for("v=0123456789abcdef"), "ever");
    assert_string_equal(kept_for("v=0123456789abcdee"), "no time");
    assert_string_equal(kept_for("v=0123456789abcdef0"), "no time");
    assert_string_equal(kept_for("v="), "no time");
    assert_string_equal(kept_for(""), "no time");
}

static void a_form_that_is_known_is_not_sent_again(void **state)
{
    struct made_up made;
    ask(&made, "GET", "If-None-Match", "\"p\"");
    asset_answer(&script, &made.request, &made.response);
    assert_int_equal(made.response.status, 304);
    assert_int_equal(made.response.body_size, 0);
    assert_string_equal(made_up_answered(&made, "ETag"), "\"p\"");
    assert_null(made_up_answered(&made, "Content-Type"));
    made_up_done(&made);
    // Another form's tag does not count.
    ask(&made, "GET", "If-None-Match", "\"b\"");
    asset_answer(&script, &made.request, &made.response);
    assert_int_equal(made.response.status, 200);
    made_up_done(&made);
}

static void a_part_is_of_the_plain_form(void **state)
{
    struct made_up made;
    ask(&made, "GET", "Range", "bytes=2-4");
    made_up_header(&made, "Accept-Encoding", "br");
    asset_answer(&script, &made.request, &made.response);
    assert_int_equal(made.response.status, 206);
    assert_string_equal(made_up_text(&made), "234");
    assert_string_equal(made_up_answered(&made, "Content-Range"), "bytes 2-4/10");
    assert_null(made_up_answered(&made, "Content-Encoding"));
    made_up_done(&made);
}

static void a_part_of_what_has_changed_is_the_whole(void **state)
{
    struct made_up made;
    ask(&made, "GET", "Range", "bytes=2-4");
    made_up_header(&made, "If-Range", "\"older\"");
    asset_answer(&script, &made.request, &made.response);
    assert_int_equal(made.response.status, 200);
    assert_int_equal(made.response.body_size, 10);
    made_up_done(&made);
    ask(&made, "GET", "Range", "bytes=2-4");
    made_up_header(&made, "If-Range", "\"p\"");
    asset_answer(&script, &made.request, &made.response);
    assert_int_equal(made.response.status, 206);
    made_up_done(&made);
    ask(&made, "HEAD", "Range", "bytes=2-4");
    asset_answer(&script, &made.request, &made.response);
    assert_int_equal(made.response.status, 200);
    made_up_done(&made);
}

static void a_part_beyond_the_end_is_416_with_the_size(void **state)
{
    struct made_up made;
    ask(&made, "GET", "Range", "bytes=10-");
    asset_answer(&script, &made.request, &made.response);
    assert_int_equal(made.response.status, 416);
    assert_string_equal(made_up_answered(&made, "Content-Range"), "bytes */10");
    assert_string_equal(made_up_answered(&made, "Content-Type"), "application/problem+json");
    assert_null(made_up_answered(&made, "ETag"));
    assert_false(made.response.body_is_static);
    made_up_done(&made);
}

static void who_accepts_no_form_gets_406(void **state)
{
    struct made_up made;
    ask(&made, "GET", "Accept-Encoding", "zstd, identity;q=0");
    asset_answer(&script, &made.request, &made.response);
    assert_int_equal(made.response.status, 406);
    made_up_done(&made);
}

static void files_are_found_by_their_whole_path(void **state)
{
    const struct asset list[] = {{.path = "/a"}, {.path = "/a/b"}, {.path = "/b"}, {.path = "/c"}};
    for (size_t i = 0; i < 4; i++)
        assert_ptr_equal(asset_find(list, 4, list[i].path), &list[i]);
    assert_null(asset_find(list, 4, "/aa"));
    assert_null(asset_find(list, 4, ""));
    assert_null(asset_find(list, 0, "/a"));
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_coding_that_is_accepted_is_chosen),
        cmocka_unit_test(a_known_tag_is_found_in_the_list),
        cmocka_unit_test(ranges_are_read_as_the_rfc_says),
        cmocka_unit_test(a_hashed_file_is_kept_for_a_year_and_sent_compressed),
        cmocka_unit_test(a_file_is_kept_for_a_year_when_its_asker_names_the_version_that_it_is),
        cmocka_unit_test(a_form_that_is_known_is_not_sent_again),
        cmocka_unit_test(a_part_is_of_the_plain_form),
        cmocka_unit_test(a_part_of_what_has_changed_is_the_whole),
        cmocka_unit_test(a_part_beyond_the_end_is_416_with_the_size),
        cmocka_unit_test(who_accepts_no_form_gets_406),
        cmocka_unit_test(files_are_found_by_their_whole_path),
    };
    return cmocka_run_group_tests_name("gateway/asset", tests, NULL, NULL);
}
