#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "swarm/settings.h"

static struct arena home;

static int set_up(void **state)
{
    arena_init(&home, 4096);
    return 0;
}

static int tear_down(void **state)
{
    arena_done(&home);
    return 0;
}

static bool read_line(const char *a, const char *b, const char *c, const char *d,
                      struct settings *out, struct error *err)
{
    const char *argv[] = {"swarm", a, b, c, d, NULL};
    int argc = 1;
    while (argc < 5 && argv[argc])
        argc++;
    bool help_wanted;
    return settings_read(argc, (char **)argv, &home, out, &help_wanted, err);
}

static void defaults_are_a_small_crowd_in_the_plaza(void **state)
{
    struct settings settings;
    struct error err;
    assert_true(read_line(NULL, NULL, NULL, NULL, &settings, &err));
    assert_string_equal(settings.url, "http://127.0.0.1:8080");
    assert_string_equal(settings.world, "plaza");
    assert_int_equal(settings.clients, 100);
    assert_int_equal(settings.pictured, 100);
    assert_int_equal(settings.pattern, CROWD_PLAZA);
    assert_true(settings.moving == 0.4);
    assert_false(settings.allow_remote);
}

static void large_crowds_keep_a_sample_of_pictures(void **state)
{
    struct settings settings;
    struct error err;
    assert_true(read_line("--clients", "200", NULL, NULL, &settings, &err));
    assert_int_equal(settings.pictured, 200);
    assert_int_equal(settings.audit_seats, 0);
    assert_true(read_line("--clients", "230", NULL, NULL, &settings, &err));
    assert_int_equal(settings.pictured, 200);
    assert_int_equal(settings.audit_seats, 30);
    assert_true(read_line("--clients", "10000", NULL, NULL, &settings, &err));
    assert_int_equal(settings.pictured, 25);
    assert_true(read_line("--clients", "5000", "--check", "1500", &settings, &err));
    assert_int_equal(settings.pictured, 1500);
    assert_int_equal(settings.audit_seats, 100);
}

static void those_beside_the_clients_share_one_address_with_them(void **state)
{
    struct settings settings;
    struct error err;
    assert_true(read_line("--stalled", "1000", "--garbage", "25900", &settings, &err));
    assert_int_equal(settings.stalled + settings.garbage, 26900);
    assert_false(read_line("--slow", "1000", "--garbage", "25901", &settings, &err));
    assert_non_null(strstr(err.text, "27001"));
}

static void nonsense_is_refused_with_a_sentence(void **state)
{
    static const char *const bad[][2] = {
        {"--clients", "0"},   {"--clients", "many"},   {"--clients", "27001"},
        {"--moving", "1.5"},  {"--pattern", "square"}, {"--rate", "21"},
        {"--world", "Plaza"}, {"--world", "../x"},     {"--seconds", "0"},
        {"--check", "101"},   {"--threads", "-1"},     {"--frobnicate", "1"},
        {"--churn", "-1"},    {"--arrive", "x"},       {"--stalled", "-1"},
    };
    struct settings settings = {.clients = 77};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct error err = {0};
        assert_false(read_line(bad[i][0], bad[i][1], NULL, NULL, &settings, &err));
        assert_non_null(strstr(err.text, bad[i][0]));
        assert_int_equal(settings.clients, 77);
    }
}

static void pictures_that_cannot_fit_are_refused_before_the_start(void **state)
{
    struct settings settings = {.pictured = 27000};
    struct error err;
    assert_false(settings_check_memory(&settings, 65536, &err));
    assert_non_null(strstr(err.text, "--check"));
    settings.pictured = 10;
    assert_true(settings_check_memory(&settings, 100, &err));
}

static void clients_that_cannot_have_files_are_refused(void **state)
{
    struct settings settings = {.clients = INT32_MAX, .threads = 1};
    struct error err;
    assert_false(settings_raise_file_limit(&settings, &err));
    assert_non_null(strstr(err.text, "ulimit -Hn"));
    settings.clients = 1;
    assert_true(settings_raise_file_limit(&settings, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_are_a_small_crowd_in_the_plaza),
        cmocka_unit_test(large_crowds_keep_a_sample_of_pictures),
        cmocka_unit_test(those_beside_the_clients_share_one_address_with_them),
        cmocka_unit_test(nonsense_is_refused_with_a_sentence),
        cmocka_unit_test(pictures_that_cannot_fit_are_refused_before_the_start),
        cmocka_unit_test(clients_that_cannot_have_files_are_refused),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/settings", tests, set_up, tear_down);
}
