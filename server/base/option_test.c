#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/option.h"

struct settings {
    const char *listen, *certificate;
    int64_t capacity;
    double rate;
    bool verbose;
    struct option_list origins;
};

static bool check_not_evil(const char *text, struct error *err)
{
    return strcmp(text, "evil") != 0 || fail(err, ERR_INVALID, "\"%s\" is evil", text);
}

static const struct option options[] = {
    {.name = "listen",
     .value_name = "ADDRESS",
     .help = "Where to listen.",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct settings, listen),
     .preset = "127.0.0.1:8080",
     .check = check_not_evil},
    {.name = "tls-cert",
     .environment = "CERTIFICATE",
     .value_name = "FILE",
     .help = "The certificate.",
     .kind = OPTION_TEXT,
     .offset = offsetof(struct settings, certificate)},
    {.name = "capacity",
     .value_name = "N",
     .help = "People an instance.",
     .kind = OPTION_NUMBER,
     .offset = offsetof(struct settings, capacity),
     .preset = "100",
     .least = 1,
     .most = 10000},
    {.name = "rate",
     .environment = "",
     .value_name = "HZ",
     .help = "Ticks a second.",
     .kind = OPTION_REAL,
     .offset = offsetof(struct settings, rate)},
    {.name = "verbose",
     .help = "Say more.",
     .kind = OPTION_SWITCH,
     .offset = offsetof(struct settings, verbose)},
    {.name = "origin",
     .value_name = "URL",
     .help = "Who may ask.",
     .kind = OPTION_LIST,
     .offset = offsetof(struct settings, origins),
     .preset = "http://a",
     .check = check_not_evil},
    {0},
};

static struct arena home;
static struct error err;
static struct settings settings;

static int set_up(void **state)
{
    arena_init(&home, 512);
    err = (struct error){0};
    settings = (struct settings){.capacity = 77};
    static const char *const names[] = {"FLUX_LISTEN",  "CERTIFICATE", "FLUX_CAPACITY", "FLUX_RATE",
                                        "FLUX_VERBOSE", "FLUX_ORIGIN", "FLUX_TLS_CERT"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        unsetenv(names[i]);
    return 0;
}

static int tear_down(void **state)
{
    arena_done(&home);
    return 0;
}

// Reads a command line that ends with NULL.
static bool read_line(const char *const *arguments)
{
    char *argv[16] = {"flux"};
    int argc = 1;
    for (; arguments[argc - 1]; argc++)
        argv[argc] = (char *)arguments[argc - 1];
    bool help_wanted = true;
    bool ok = option_read(options, argc, argv, &home, &settings, &help_wanted, &err);
    assert_false(help_wanted);
    return ok;
}

#define READ(...) read_line((const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

static void presets_fill_what_nobody_gave(void **state)
{
    assert_true(READ());
    assert_string_equal(settings.listen, "127.0.0.1:8080");
    assert_null(settings.certificate);
    assert_int_equal(settings.capacity, 100);
    assert_true(settings.rate == 0);
    assert_false(settings.verbose);
    assert_int_equal(settings.origins.count, 1);
    assert_string_equal(settings.origins.items[0], "http://a");
}

static void the_command_line_sets_every_kind(void **state)
{
    assert_true(READ("--listen", "0.0.0.0:1", "--tls-cert=a=b", "--capacity", "10000", "--rate=2.5",
                     "--verbose", "--origin", "x, y", "--origin=z"));
    assert_string_equal(settings.listen, "0.0.0.0:1");
    assert_string_equal(settings.certificate, "a=b");
    assert_int_equal(settings.capacity, 10000);
    assert_true(settings.rate == 2.5);
    assert_true(settings.verbose);
    assert_int_equal(settings.origins.count, 3);
    assert_string_equal(settings.origins.items[0], "x");
    assert_string_equal(settings.origins.items[1], "y");
    assert_string_equal(settings.origins.items[2], "z");
}

static void the_environment_wins_over_presets_and_loses_to_the_line(void **state)
{
    setenv("FLUX_LISTEN", "from-environment", 1);
    setenv("CERTIFICATE", "c.pem", 1);
    setenv("FLUX_CAPACITY", "5", 1);
    setenv("FLUX_VERBOSE", "true", 1);
    setenv("FLUX_ORIGIN", "p,q", 1);
    assert_true(READ("--capacity", "6"));
    assert_string_equal(settings.listen, "from-environment");
    assert_string_equal(settings.certificate, "c.pem");
    assert_int_equal(settings.capacity, 6);
    assert_true(settings.verbose);
    assert_int_equal(settings.origins.count, 2);
    assert_true(READ("--origin", "r", "--verbose=false"));
    assert_int_equal(settings.origins.count, 1);
    assert_string_equal(settings.origins.items[0], "r");
    assert_false(settings.verbose);
}

static void an_empty_variable_counts_as_none(void **state)
{
    setenv("FLUX_CAPACITY", "", 1);
    setenv("FLUX_LISTEN", "", 1);
    assert_true(READ());
    assert_int_equal(settings.capacity, 100);
    assert_string_equal(settings.listen, "127.0.0.1:8080");
}

static void an_option_without_an_environment_name_has_none(void **state)
{
    setenv("FLUX_RATE", "9", 1);
    setenv("FLUX_TLS_CERT", "ignored: it is called CERTIFICATE", 1);
    assert_true(READ());
    assert_true(settings.rate == 0);
    assert_null(settings.certificate);
}

static void an_empty_list_can_be_asked_for(void **state)
{
    assert_true(READ("--origin="));
    assert_int_equal(settings.origins.count, 0);
}

static void check_refused(bool ok, const char *text)
{
    assert_false(ok);
    assert_int_equal(err.code, ERR_INVALID);
    assert_string_equal(err.text, text);
    assert_int_equal(settings.capacity, 77);
}

static void a_bad_value_names_the_option_and_changes_nothing(void **state)
{
    check_refused(READ("--capacity", "12x"), "--capacity: \"12x\" is not a whole number");
    check_refused(READ("--capacity="), "--capacity: \"\" is not a whole number");
    check_refused(READ("--capacity", " 1"), "--capacity: \" 1\" is not a whole number");
    check_refused(READ("--capacity", "0"), "--capacity: \"0\" is not between 1 and 10000");
    check_refused(READ("--capacity", "10001"), "--capacity: \"10001\" is not between 1 and 10000");
    check_refused(READ("--capacity", "99999999999999999999"),
                  "--capacity: \"99999999999999999999\" is too large");
    check_refused(READ("--rate", "nan"), "--rate: \"nan\" is not a number");
    check_refused(READ("--rate", "1e999"), "--rate: \"1e999\" is not a number");
    check_refused(READ("--verbose=yes"), "--verbose: \"yes\" is not one of 1, 0, true, false");
    check_refused(READ("--listen", "evil"), "--listen: \"evil\" is evil");
    check_refused(READ("--origin", "a,evil"), "--origin: \"evil\" is evil");
    check_refused(READ("--origin", "a,,b"), "--origin: \"a,,b\" has an empty item");
    check_refused(READ("--origin", "a,"), "--origin: \"a,\" has an empty item");
    setenv("FLUX_CAPACITY", "many", 1);
    check_refused(READ(), "FLUX_CAPACITY: \"many\" is not a whole number");
}

static void what_is_unknown_or_incomplete_is_refused(void **state)
{
    check_refused(READ("--lissten", "x"), "unknown option --lissten: see --help");
    check_refused(READ("--listen-on=x"), "unknown option --listen-on: see --help");
    check_refused(READ("stray"), "\"stray\" is not an option: see --help");
    check_refused(READ("-v"), "\"-v\" is not an option: see --help");
    check_refused(READ("--"), "unknown option --: see --help");
    check_refused(READ("--capacity"), "--capacity needs a value: --capacity N");
}

static void help_is_told_even_beside_mistakes(void **state)
{
    char *argv[] = {"flux", "--nonsense", "-h"};
    bool help_wanted = false;
    assert_true(option_read(options, 3, argv, &home, &settings, &help_wanted, &err));
    assert_true(help_wanted);
    assert_int_equal(settings.capacity, 77);
}

static void help_stands_in_columns(void **state)
{
    struct buffer out = {0};
    option_write_help(options, &out);
    buffer_append(&out, "", 1);
    assert_string_equal(
        (char *)out.bytes,
        "  --listen ADDRESS  FLUX_LISTEN    Where to listen. (default 127.0.0.1:8080)\n"
        "  --tls-cert FILE   CERTIFICATE    The certificate.\n"
        "  --capacity N      FLUX_CAPACITY  People an instance. (default 100)\n"
        "  --rate HZ                        Ticks a second.\n"
        "  --verbose         FLUX_VERBOSE   Say more.\n"
        "  --origin URL      FLUX_ORIGIN    Who may ask. (default http://a)\n"
        "  -h, --help                       Print this text.\n");
    buffer_done(&out);
}

#define WITH_HOME(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        WITH_HOME(presets_fill_what_nobody_gave),
        WITH_HOME(the_command_line_sets_every_kind),
        WITH_HOME(the_environment_wins_over_presets_and_loses_to_the_line),
        WITH_HOME(an_empty_variable_counts_as_none),
        WITH_HOME(an_option_without_an_environment_name_has_none),
        WITH_HOME(an_empty_list_can_be_asked_for),
        WITH_HOME(a_bad_value_names_the_option_and_changes_nothing),
        WITH_HOME(what_is_unknown_or_incomplete_is_refused),
        WITH_HOME(help_is_told_even_beside_mistakes),
        WITH_HOME(help_stands_in_columns),
    };
    return cmocka_run_group_tests_name("option", tests, NULL, NULL);
}
