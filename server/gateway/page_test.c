#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
// cmocka wants those before it
#include <cmocka.h>

#include "gateway/fixture.h"

static void assert_has(struct made_up *made, const char *text)
{
    if (!strstr(made_up_text(made), text))
        print_error("no %s in:\n%s\n", text, made_up_text(made));
    assert_non_null(strstr(made_up_text(made), text));
}

static void a_world_s_page_carries_its_preview(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made;
    get(fixture, &made, "/w/plaza");
    assert_int_equal(made.response.status, 200);
    assert_string_equal(made_up_answered(&made, "Content-Type"), "text/html; charset=utf-8");
    assert_string_equal(made_up_answered(&made, "Cache-Control"), "no-cache");
    assert_has(&made, "<title>Plaza \302\267 Flux</title>");
    assert_has(&made, "<link rel=\"canonical\" href=\"http://flux.test/w/plaza\">");
    assert_has(&made, "<meta property=\"og:url\" content=\"http://flux.test/w/plaza\">");
    assert_has(&made, "<meta property=\"og:image\" content=\"http://flux.test/og/plaza.png\">");
    assert_has(&made, "<meta property=\"og:locale\" content=\"en_US\">");
    assert_has(&made, "<meta name=\"twitter:card\" content=\"summary_large_image\">");
    assert_has(&made, "<meta name=\"flux:world\" content=\"plaza\">");
    assert_has(&made, "<meta name=\"flux:world-name\" content=\"Plaza\">");
    assert_has(&made, "<meta name=\"flux:world-description\" content=\"");
    assert_has(&made, "as=\"image\" href=\"/og/plaza.webp\"");
    assert_has(&made, "shell</body>");
    assert_null(strstr(made_up_text(&made), "Old"));
    made_up_done(&made);

    // No picture of the garden is there: no tag.
    fixture->settings.public_url = "https://flux.example/";
    open_gateway(fixture);
    get(fixture, &made, "/w/garden");
    assert_has(&made, "<meta property=\"og:url\" content=\"https://flux.example/w/garden\">");
    assert_has(&made, "<meta name=\"twitter:card\" content=\"summary\">");
    assert_null(strstr(made_up_text(&made), "og:image"));
    assert_null(strstr(made_up_text(&made), "preload"));
    made_up_done(&made);
}

static void a_page_that_is_known_is_not_sent_again(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made, again;
    get(fixture, &made, "/");
    assert_int_equal(made.response.status, 200);
    assert_has(&made, "<title>Flux</title>");
    made_up_init(&again, "GET", "/");
    made_up_header(&again, "If-None-Match", made_up_answered(&made, "ETag"));
    answer(fixture, &again);
    assert_int_equal(again.response.status, 304);
    assert_int_equal(again.response.body_size, 0);
    made_up_done(&made);
    made_up_done(&again);
}

static void what_is_written_into_a_page_is_escaped(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made;
    fixture->settings.site_name = "<b>\"Tom\" & 'Ann'</b>";
    open_gateway(fixture);
    get(fixture, &made, "/");
    assert_has(&made, "<title>&lt;b&gt;&quot;Tom&quot; &amp; &#39;Ann&#39;&lt;/b&gt;</title>");
    assert_null(strstr(made_up_text(&made), "<b>"));
    made_up_done(&made);
    // A host that is none is not written at all.
    made_up_init(&made, "GET", "/");
    made.request.host = "evil\"><script>";
    answer(fixture, &made);
    assert_null(strstr(made_up_text(&made), "evil"));
    assert_null(strstr(made_up_text(&made), "canonical"));
    assert_null(strstr(made_up_answered(&made, "Content-Security-Policy"), "evil"));
    made_up_done(&made);
}

static void an_unknown_world_is_404_in_the_same_shell(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made;
    get(fixture, &made, "/w/nope");
    assert_int_equal(made.response.status, 404);
    assert_has(&made, "shell</body>");
    assert_has(&made, "<meta name=\"robots\" content=\"noindex\">");
    assert_null(made_up_answered(&made, "ETag"));
    made_up_done(&made);
    made_up_init(&made, "GET", "/assets/gone-12345678.js");
    made_up_header(&made, "Accept", "*/*");
    answer(fixture, &made);
    assert_problem(&made, 404, "NOT_FOUND", "there is nothing at this path");
    made_up_done(&made);
    get(fixture, &made, "/v1/nope");
    assert_problem(&made, 404, "NOT_FOUND", "there is nothing at this path");
    made_up_done(&made);
}

static void without_a_client_the_front_page_says_how_to_build_it(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made;
    fixture->settings.client_count = 0;
    open_gateway(fixture);
    get(fixture, &made, "/");
    assert_int_equal(made.response.status, 200);
    assert_has(&made, "-Dclient=clients/web/dist");
    made_up_done(&made);
    get(fixture, &made, "/w/nope");
    assert_int_equal(made.response.status, 404);
    made_up_done(&made);
}

static void the_client_s_files_are_served(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made;
    get(fixture, &made, "/assets/app-12345678.js");
    assert_int_equal(made.response.status, 200);
    assert_string_equal(made_up_text(&made), "code");
    assert_non_null(made_up_answered(&made, "Content-Security-Policy"));
    made_up_done(&made);
    made_up_init(&made, "HEAD", "/assets/app-12345678.js");
    answer(fixture, &made);
    assert_int_equal(made.response.status, 200);
    made_up_done(&made);
    made_up_init(&made, "POST", "/assets/app-12345678.js");
    answer(fixture, &made);
    assert_problem(&made, 405, "INVALID", "this path takes GET, HEAD");
    made_up_done(&made);
}

static void a_wrong_method_is_405_with_the_right_ones(void **state)
{
    struct fixture *fixture = *state;
    struct made_up made;
    get(fixture, &made, "/v1/guest");
    assert_problem(&made, 405, "INVALID", "this path takes POST");
    assert_string_equal(made_up_answered(&made, "Allow"), "POST");
    made_up_done(&made);
    made_up_init(&made, "DELETE", "/v1/worlds/plaza");
    answer(fixture, &made);
    assert_string_equal(made_up_answered(&made, "Allow"), "GET, HEAD");
    made_up_done(&made);
}

static void pages_may_run_only_their_own_scripts(void **state)
{
    struct fixture *fixture = *state;
    static const char *const ancestors[] = {"https://portal.example"};
    struct made_up made;
    fixture->settings.frame_ancestors = ancestors;
    fixture->settings.frame_ancestor_count = 1;
    open_gateway(fixture);
    get(fixture, &made, "/");
    const char *policy = made_up_answered(&made, "Content-Security-Policy");
    assert_non_null(strstr(policy, "script-src 'self' 'wasm-unsafe-eval';"));
    assert_non_null(
        strstr(policy, "connect-src 'self' blob: data: ws://flux.test wss://flux.test;"));
    assert_non_null(strstr(policy, "object-src 'none'; base-uri 'none';"));
    assert_non_null(strstr(policy, "frame-ancestors 'self' https://portal.example"));
    assert_string_equal(made_up_answered(&made, "X-Content-Type-Options"), "nosniff");
    assert_non_null(strstr(made_up_answered(&made, "Permissions-Policy"), "microphone=(self)"));
    assert_null(made_up_answered(&made, "Strict-Transport-Security"));
    made_up_done(&made);

    made_up_init(&made, "GET", "/");
    made.request.secure = true;
    answer(fixture, &made);
    policy = made_up_answered(&made, "Content-Security-Policy");
    assert_non_null(strstr(policy, "connect-src 'self' blob: data: wss://flux.test;"));
    assert_string_equal(made_up_answered(&made, "Strict-Transport-Security"), "max-age=31536000");
    assert_string_equal(made_up_answered(&made, "Cross-Origin-Opener-Policy"), "same-origin");
    made_up_done(&made);

    get(fixture, &made, "/v1/worlds");
    assert_string_equal(made_up_answered(&made, "Content-Security-Policy"),
                        "default-src 'none'; frame-ancestors 'none'");
    made_up_done(&made);
}

static void other_sites_use_the_api_only_when_allowed(void **state)
{
    struct fixture *fixture = *state;
    static const char *const allowed[] = {"https://friend.example"};
    struct made_up made;
    fixture->settings.allowed_origins = allowed;
    fixture->settings.allowed_origin_count = 1;
    open_gateway(fixture);
    made_up_init(&made, "OPTIONS", "/v1/guest");
    made_up_header(&made, "Origin", "https://friend.example");
    answer(fixture, &made);
    assert_int_equal(made.response.status, 204);
    assert_string_equal(made_up_answered(&made, "Access-Control-Allow-Origin"),
                        "https://friend.example");
    assert_string_equal(made_up_answered(&made, "Access-Control-Allow-Methods"),
                        "GET, HEAD, POST, PUT");
    assert_string_equal(made_up_answered(&made, "Vary"), "Origin");
    made_up_done(&made);

    made_up_init(&made, "OPTIONS", "/v1/guest");
    made_up_header(&made, "Origin", "https://foe.example");
    answer(fixture, &made);
    assert_null(made_up_answered(&made, "Access-Control-Allow-Origin"));
    assert_null(made_up_answered(&made, "Access-Control-Allow-Methods"));
    made_up_done(&made);

    made_up_init(&made, "GET", "/");
    made_up_header(&made, "Origin", "https://friend.example");
    answer(fixture, &made);
    assert_null(made_up_answered(&made, "Access-Control-Allow-Origin"));
    made_up_done(&made);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
#define FACT(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)
    const struct CMUnitTest tests[] = {
        FACT(a_world_s_page_carries_its_preview),
        FACT(a_page_that_is_known_is_not_sent_again),
        FACT(what_is_written_into_a_page_is_escaped),
        FACT(an_unknown_world_is_404_in_the_same_shell),
        FACT(without_a_client_the_front_page_says_how_to_build_it),
        FACT(the_client_s_files_are_served),
        FACT(a_wrong_method_is_405_with_the_right_ones),
        FACT(pages_may_run_only_their_own_scripts),
        FACT(other_sites_use_the_api_only_when_allowed),
    };
    return cmocka_run_group_tests_name("gateway/page", tests, NULL, NULL);
}
