#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/error.h"
#include "base/text.h"

static void failing_fills_the_error_and_is_false(void **state)
{
    struct error err = {0};
    assert_false(fail(&err, ERR_LIMIT, "already %u leaders here", 3));
    assert_int_equal(err.code, ERR_LIMIT);
    assert_string_equal(err.text, "already 3 leaders here");
}

static void failing_without_an_error_to_fill_is_false(void **state)
{
    assert_false(fail(NULL, ERR_LIMIT, "nobody reads %d", 1));
    assert_false(error_prefix(NULL, "nobody"));
}

static void a_prefix_says_where(void **state)
{
    struct error err = {0};
    fail(&err, ERR_INVALID, "the width is negative");
    assert_false(error_prefix(&err, "world \"%s\"", "plaza"));
    assert_string_equal(err.text, "world \"plaza\": the width is negative");
    assert_int_equal(err.code, ERR_INVALID);
}

static void the_error_may_be_its_own_argument(void **state)
{
    struct error err = {0};
    fail(&err, ERR_INVALID, "inner");
    fail(&err, ERR_SYSTEM, "outer, because %s", err.text);
    assert_string_equal(err.text, "outer, because inner");
}

static void a_text_that_is_too_long_is_cut_between_characters(void **state)
{
    struct error err = {0};
    for (int shift = 0; shift < 4; shift++) {
        char text[400] = "abc";
        size_t at = (size_t)shift;
        for (; at < 390; at += 3)
            memcpy(text + at, "\xED\x95\x9C", 4); // a Hangul syllable of three bytes
        fail(&err, ERR_INVALID, "%s", text);
        assert_in_range(strlen(err.text), sizeof(err.text) - 4, sizeof(err.text) - 1);
        assert_true(text_is_utf8(err.text, strlen(err.text)));
        error_prefix(&err, "a%s", "bcdefgh");
        assert_in_range(strlen(err.text), sizeof(err.text) - 4, sizeof(err.text) - 1);
        assert_true(text_is_utf8(err.text, strlen(err.text)));
        assert_memory_equal(err.text, "abcdefgh: ", 10);
    }
}

static void a_text_that_just_fits_is_kept_whole(void **state)
{
    struct error err = {0};
    char text[sizeof(err.text)];
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    fail(&err, ERR_INVALID, "%s", text);
    assert_string_equal(err.text, text);
}

static void each_code_has_one_row(void **state)
{
    assert_string_equal(error_name(ERR_NOT_FOUND), "NOT_FOUND");
    assert_int_equal(error_http_status(ERR_NOT_FOUND), 404);
    assert_int_equal(error_close_code(ERR_NOT_FOUND), 4404);
    assert_string_equal(error_name(ERR_SYSTEM), "INTERNAL");
    assert_int_equal(error_http_status(ERR_RATE_LIMITED), 429);
    for (int code = ERR_NONE; code <= ERR_SYSTEM; code++) {
        assert_in_range(error_http_status((enum error_code)code), 200, 599);
        assert_in_range(error_close_code((enum error_code)code), 1000, 4999);
        assert_non_null(error_name((enum error_code)code));
    }
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failing_fills_the_error_and_is_false),
        cmocka_unit_test(failing_without_an_error_to_fill_is_false),
        cmocka_unit_test(a_prefix_says_where),
        cmocka_unit_test(the_error_may_be_its_own_argument),
        cmocka_unit_test(a_text_that_is_too_long_is_cut_between_characters),
        cmocka_unit_test(a_text_that_just_fits_is_kept_whole),
        cmocka_unit_test(each_code_has_one_row),
    };
    return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
