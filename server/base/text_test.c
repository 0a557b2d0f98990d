#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "base/text.h"

static void base64url_matches_the_rfc(void **state)
{
    static const char *const pairs[][2] = {
        {"", ""},           {"f", "Zg"},          {"fo", "Zm8"},         {"foo", "Zm9v"},
        {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        char text[16];
        uint8_t bytes[16];
        size_t size;
        assert_int_equal(text_base64url_encode(pairs[i][0], strlen(pairs[i][0]), text),
                         strlen(pairs[i][1]));
        assert_string_equal(text, pairs[i][1]);
        assert_true(text_base64url_decode(text, strlen(text), bytes, sizeof(bytes), &size));
        assert_int_equal(size, strlen(pairs[i][0]));
        assert_memory_equal(bytes, pairs[i][0], size);
    }
}

static void base64url_round_trips_any_bytes(void **state)
{
    struct random random;
    random_seed(&random, 1);
    for (size_t size = 0; size < 200; size++) {
        uint8_t bytes[200], back[200];
        for (size_t i = 0; i < size; i++)
            bytes[i] = (uint8_t)random_u64(&random);
        char *text = malloc((size * 4 + 2) / 3 + 1);
        size_t length = text_base64url_encode(bytes, size, text), back_size;
        assert_int_equal(length, (size * 4 + 2) / 3);
        assert_true(text_base64url_decode(text, length, back, size, &back_size));
        assert_int_equal(back_size, size);
        assert_memory_equal(bytes, back, size);
        if (size > 0)
            assert_false(text_base64url_decode(text, length, back, size - 1, &back_size));
        free(text);
    }
}

static void base64url_refuses_what_is_not_exact(void **state)
{
    static const char *const wrong[] = {"A",    "Zg==",  "Zh",    "Zm9",      "Zm9v=",       "Zm 9",
                                        "+/+/", "Zm9\n", "AAAAA", "\xFF\xFF", "Zm9v\x80\x80"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        uint8_t bytes[16] = {7};
        size_t size = 99;
        assert_false(
            text_base64url_decode(wrong[i], strlen(wrong[i]), bytes, sizeof(bytes), &size));
        assert_int_equal(bytes[0], 7);
        assert_int_equal(size, 99);
    }
}

static void utf8_takes_the_first_and_last_of_each_length(void **state)
{
    static const char *const good[] = {"",
                                       "\x01",
                                       "\x7F",
                                       "\xC2\x80",
                                       "\xDF\xBF",
                                       "\xE0\xA0\x80",
                                       "\xED\x9F\xBF",
                                       "\xEE\x80\x80",
                                       "\xEF\xBF\xBF",
                                       "\xF0\x90\x80\x80",
                                       "\xF4\x8F\xBF\xBF"};
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        assert_true(text_is_utf8(good[i], strlen(good[i])));
    assert_true(text_is_utf8("a\0b", 3));
}

static void utf8_refuses_overlong_surrogate_cut_and_high(void **state)
{
    static const char *const wrong[] = {
        "\x80",         "\xBF",         "\xC0\x80",         "\xC1\xBF",         "\xE0\x9F\xBF",
        "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
        "\xC2",         "\xE1\x80",     "\xF1\x80\x80",     "\xC2\x41",         "\xE1\x80\x41",
        "\xFF",         "ok\xFE"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        // An exact copy on the heap: reading past the end is seen.
        size_t size = strlen(wrong[i]);
        char *copy = malloc(size);
        memcpy(copy, wrong[i], size);
        assert_false(text_is_utf8(copy, size));
        free(copy);
    }
}

static void check_cleaned(const char *from, const char *to)
{
    struct error err = {0};
    char *text = text_clean(from, strlen(from), 100, &err);
    assert_non_null(text);
    assert_string_equal(text, to);
    // What is clean stays as it is.
    char *again = text_clean(text, strlen(text), 100, &err);
    assert_string_equal(again, to);
    free(again);
    free(text);
}

static void cleaning_keeps_ordinary_text(void **state)
{
    check_cleaned("Min-jun", "Min-jun");
    check_cleaned("민준 \xF0\x9F\x91\x8B", "민준 \xF0\x9F\x91\x8B");
    // A family of three: the joiners between them stay.
    check_cleaned("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7\xE2\x80\x8D\xF0\x9F\x91\xA6",
                  "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7\xE2\x80\x8D\xF0\x9F\x91\xA6");
}

static void cleaning_composes(void **state)
{
    check_cleaned("e\xCC\x81", "\xC3\xA9");                                // e + acute
    check_cleaned("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xED\x95\x9C"); // three jamo
}

static void cleaning_folds_and_trims_white_space(void **state)
{
    check_cleaned(" \t a \r\n\v b\xC2\xA0\xE3\x80\x80\xE2\x80\xA8\xC2\x85"
                  "c \xE2\x80\x83",
                  "a b c");
}

static void cleaning_removes_what_hides_or_turns_text(void **state)
{
    check_cleaned("a\x01\x1B[31m\x7F"
                  "b",
                  "a[31mb");
    check_cleaned("\xE2\x80\xAE"
                  "evil\xE2\x80\xAC \xE2\x81\xA6x\xE2\x81\xA9",
                  "evil x");
    check_cleaned("a\xE2\x80\x8B\xEF\xBB\xBF\xC2\xAD"
                  "b",
                  "ab");
    check_cleaned("a\xEE\x80\x80\xF3\xB0\x80\x80\xEF\xBF\xBF\xCD\xB8"
                  "b",
                  "ab");
    // What was removed does not keep a letter and its mark apart.
    check_cleaned("e\x01\xCC\x81", "\xC3\xA9");
}

static void cleaning_leaves_four_marks_a_base(void **state)
{
    check_cleaned("x\xCC\xBF\xCC\xBF\xCC\xBF\xCC\xBF\xCC\xBF\xCC\xBF"
                  "y\xCC\xBF",
                  "x\xCC\xBF\xCC\xBF\xCC\xBF\xCC\xBF"
                  "y\xCC\xBF");
}

static void check_refused(const char *text, size_t size, enum error_code code)
{
    struct error err = {0};
    assert_null(text_clean(text, size, 4, &err));
    assert_int_equal(err.code, code);
    assert_true(strlen(err.text) > 0);
}

static void cleaning_refuses_what_cannot_be_shown(void **state)
{
    check_refused("", 0, ERR_INVALID);
    check_refused(" \n\t", 3, ERR_INVALID);
    check_refused("\0\0", 2, ERR_INVALID);
    check_refused("\xE2\x80\x8D\xE2\x80\x8D", 6, ERR_INVALID); // joiners alone
    check_refused("\xE3\x85\xA4", 3, ERR_INVALID);             // the Hangul filler
    check_refused("\xCC\x81\xCC\x81", 4, ERR_INVALID);         // marks on nothing
    check_refused("a\xFF", 2, ERR_INVALID);
}

static void cleaning_counts_characters_not_bytes(void **state)
{
    struct error err = {0};
    char *text = text_clean("민준민준 ", strlen("민준민준 "), 4, &err);
    assert_string_equal(text, "민준민준");
    free(text);
    check_refused("abcde", 5, ERR_TOO_LARGE);
}

static void cleaning_random_bytes_gives_utf8_or_an_error(void **state)
{
    struct random random;
    random_seed(&random, 3);
    for (int round = 0; round < 20000; round++) {
        uint8_t bytes[24];
        size_t size = random_below(&random, sizeof(bytes) + 1);
        for (size_t i = 0; i < size; i++)
            bytes[i] = (uint8_t)(random_below(&random, 2) ? random_below(&random, 128)
                                                          : 0x80 + random_below(&random, 128));
        char *copy = malloc(size ? size : 1);
        memcpy(copy, bytes, size);
        struct error err = {0};
        char *text = text_clean(copy, size, 24, &err);
        if (text)
            assert_true(text_is_utf8(text, strlen(text)) && strlen(text) > 0);
        else
            assert_int_equal(err.code, ERR_INVALID);
        free(text);
        free(copy);
    }
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base64url_matches_the_rfc),
        cmocka_unit_test(base64url_round_trips_any_bytes),
        cmocka_unit_test(base64url_refuses_what_is_not_exact),
        cmocka_unit_test(utf8_takes_the_first_and_last_of_each_length),
        cmocka_unit_test(utf8_refuses_overlong_surrogate_cut_and_high),
        cmocka_unit_test(cleaning_keeps_ordinary_text),
        cmocka_unit_test(cleaning_composes),
        cmocka_unit_test(cleaning_folds_and_trims_white_space),
        cmocka_unit_test(cleaning_removes_what_hides_or_turns_text),
        cmocka_unit_test(cleaning_leaves_four_marks_a_base),
        cmocka_unit_test(cleaning_refuses_what_cannot_be_shown),
        cmocka_unit_test(cleaning_counts_characters_not_bytes),
        cmocka_unit_test(cleaning_random_bytes_gives_utf8_or_an_error),
    };
    return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
