#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "net/head.h"
#include "net/test_failure.h"

enum { BYTES_MAX = 512 };

#define LINE "GET / HTTP/1.1\r\n"
#define HOST "Host: a\r\n"

// Reads it from an exact-size block, in every length: no part may say what the whole does not.
static enum head_result read_all_ways(const char *text, size_t size, struct head *out)
{
    struct head whole;
    enum head_result result = head_read(text, size, BYTES_MAX, &whole);
    for (size_t part = 0; part <= size; part++) {
        char *block = malloc(part ? part : 1);
        memcpy(block, text, part);
        struct head head;
        enum head_result said = head_read(block, part, BYTES_MAX, &head);
        if (said == HEAD_BAD) {
            assert_int_equal(result, HEAD_BAD);
            assert_int_equal(head.status, whole.status);
            assert_string_equal(head.reason, whole.reason);
        }
        if (said == HEAD_OK) {
            assert_int_equal(result, HEAD_OK);
            assert_int_equal(head.size, whole.size);
        }
        free(block);
    }
    *out = whole;
    return result;
}

static void a_plain_request_is_understood(void **state)
{
    static const char text[] = "POST /v1/guest?a=b HTTP/1.1\r\nHost: a.example:80\r\n"
                               "Content-Length:  12 \r\nX-Empty:\r\nAccept: */*\r\n\r\nrest";
    struct head head;
    assert_int_equal(read_all_ways(text, sizeof text - 1, &head), HEAD_OK);
    assert_int_equal(head.size, sizeof text - 1 - 4);
    assert_memory_equal(head.method.at, "POST", head.method.size);
    assert_memory_equal(head.target.at, "/v1/guest?a=b", head.target.size);
    assert_int_equal(head.target.size, 13);
    assert_int_equal(head.minor, 1);
    assert_true(head_text_is(head.host, "a.example:80"));
    assert_true(head.has_length);
    assert_int_equal(head.content_length, 12);

    struct head_field field;
    size_t offset = 0, count = 0;
    while (head_next(&head, &offset, &field))
        count++;
    assert_int_equal(count, 4);
    assert_int_equal(head_find(&head, "X-EMPTY", &count).size, 0);
    assert_int_equal(count, 1);
    assert_true(head_text_is(head_find(&head, "accept", &count), "*/*"));
    head_find(&head, "absent", &count);
    assert_int_equal(count, 0);
}

static void ambiguous_and_malformed_heads_are_refused(void **state)
{
#define ROW(status, text)                                                                          \
    {                                                                                              \
        status, text, sizeof text - 1                                                              \
    }
    static const struct {
        int status;
        const char *text;
        size_t size;
    } rows[] = {
        // Where does the body end? (Request smuggling.)
        ROW(400, LINE HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"),
        ROW(400, LINE HOST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"),
        ROW(400, LINE HOST "Content-Length: 5\r\nContent-Length: 5\r\n\r\n"),
        ROW(400, LINE HOST "Content-Length: 5\r\nContent-Length: 6\r\n\r\n"),
        ROW(400, LINE HOST "Content-Length: 5, 5\r\n\r\n"),
        ROW(400, LINE HOST "Content-Length: +5\r\n\r\n"),
        ROW(400, LINE HOST "Content-Length: -5\r\n\r\n"),
        ROW(400, LINE HOST "Content-Length: 0x5\r\n\r\n"),
        ROW(400, LINE HOST "Content-Length: 5 5\r\n\r\n"),
        ROW(400, LINE HOST "Content-Length:\r\n\r\n"),
        ROW(400, LINE HOST "Content-Length: 99999999999999999999\r\n\r\n"),
        ROW(400, LINE HOST "Transfer-Encoding: gzip, chunked\r\n\r\n"),
        ROW(400, LINE HOST "Transfer-Encoding: xchunked\r\n\r\n"),
        ROW(400, LINE HOST "Transfer-Encoding: chunked, chunked\r\n\r\n"),
        ROW(400, LINE HOST "Transfer-Encoding: \x0b"
                           "chunked\r\n\r\n"),
        ROW(400, LINE HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"),
        ROW(400, LINE HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n"),
        ROW(400, LINE HOST "Transfer-Encoding : chunked\r\n\r\n"),
        ROW(400, LINE HOST "Transfer-Encoding\r\n : chunked\r\n\r\n"),
        ROW(400, LINE HOST "X: y\r\n Transfer-Encoding: chunked\r\n\r\n"),
        ROW(400, LINE HOST "X: y\r\n\tfolded\r\n\r\n"),
        ROW(400, "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"),
        // Whose request is it?
        ROW(400, LINE HOST HOST "\r\n"),
        ROW(400, LINE "\r\n"),
        ROW(400, LINE "Host: a b\r\n\r\n"),
        ROW(400, LINE "Host: a/b\r\n\r\n"),
        ROW(400, LINE "Host: a@b\r\n\r\n"),
        // What is a line?
        ROW(400, "GET / HTTP/1.1\nHost: a\n\n"),
        ROW(400, LINE "Host: a\n\r\n"),
        ROW(400, LINE HOST "X: a\rb\r\n\r\n"),
        ROW(400, LINE HOST "X: a\0b\r\n\r\n"),
        ROW(400, LINE HOST "\rX: a\r\n\r\n"),
        ROW(400, LINE " Host: a\r\n\r\n"),
        ROW(400, LINE HOST ": nameless\r\n\r\n"),
        ROW(400, LINE HOST "no colon\r\n\r\n"),
        ROW(400, LINE HOST "X\x80: a\r\n\r\n"),
        ROW(400, "\r\n" LINE HOST "\r\n"),
        ROW(400, "GET  / HTTP/1.1\r\n" HOST "\r\n"),
        ROW(400, "GET /  HTTP/1.1\r\n" HOST "\r\n"),
        ROW(400, "GET / HTTP/1.1 \r\n" HOST "\r\n"),
        ROW(400, "GET\t/ HTTP/1.1\r\n" HOST "\r\n"),
        ROW(400, "GET / http/1.1\r\n" HOST "\r\n"),
        ROW(400, "GET /\r\n\r\n"),
        ROW(400, "GET http://a/ HTTP/1.1\r\n" HOST "\r\n"),
        ROW(400, "OPTIONS * HTTP/1.1\r\n" HOST "\r\n"),
        ROW(400, "CONNECT a:443 HTTP/1.1\r\n" HOST "\r\n"),
        ROW(400, "GET /a#b HTTP/1.1\r\n" HOST "\r\n"),
        ROW(400, "GET /\xc3\xa9 HTTP/1.1\r\n" HOST "\r\n"),
        ROW(400, "GET /\x7f HTTP/1.1\r\n" HOST "\r\n"),
        ROW(505, "GET / HTTP/1.2\r\n" HOST "\r\n"),
        ROW(400, "GET / HTTP/2.0\r\n" HOST "\r\n"),
        ROW(400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        ROW(501, "ABCDEFGHIJKLMNOPQ / HTTP/1.1\r\n" HOST "\r\n"),
        ROW(400, "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), // TLS
        ROW(400, "SSH-2.0-x\r\n"),
    };
#undef ROW
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct head head;
        enum head_result result = read_all_ways(rows[i].text, rows[i].size, &head);
        if (result != HEAD_BAD || head.status != rows[i].status)
            print_error("row %zu: %.60s\n", i, rows[i].text);
        assert_int_equal(result, HEAD_BAD);
        assert_int_equal(head.status, rows[i].status);
    }
}

static void unusual_heads_that_are_clear_are_taken(void **state)
{
    static const char *const rows[] = {
        "GET / HTTP/1.0\r\n\r\n",
        "DELETE /a/b?c=%20 HTTP/1.1\r\nhOsT: [::1]:80\r\n\r\n",
        LINE "Host:\r\n\r\n",
        LINE HOST "X: \xc3\xa9\r\n\r\n",
        LINE HOST "X:\t a\tb \t\r\n\r\n",
        "POST / HTTP/1.1\r\n" HOST "transfer-encoding: CHUNKED\r\n\r\n",
        "POST / HTTP/1.1\r\n" HOST "Content-Length: 000000000000000005\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct head head;
        if (read_all_ways(rows[i], strlen(rows[i]), &head) != HEAD_OK)
            FAIL_WITH("row %zu: %s", i, head.reason);
    }
}

static void what_is_too_long_is_refused_at_its_limit(void **state)
{
    static char text[2048];
    struct head head;
    memset(text, 'a', sizeof text);
    memcpy(text, "GET /", 5);
    assert_int_equal(read_all_ways(text, BYTES_MAX - 1, &head), HEAD_MORE);
    assert_int_equal(read_all_ways(text, BYTES_MAX, &head), HEAD_BAD);
    assert_int_equal(head.status, 414);
    memcpy(text, LINE HOST "X: ", 28);
    assert_int_equal(read_all_ways(text, BYTES_MAX - 1, &head), HEAD_MORE);
    assert_int_equal(read_all_ways(text, sizeof text, &head), HEAD_BAD);
    assert_int_equal(head.status, 431);
    // One that fits to the byte.
    memcpy(text + BYTES_MAX - 4, "\r\n\r\n", 4);
    assert_int_equal(read_all_ways(text, sizeof text, &head), HEAD_OK);
    assert_int_equal(head.size, BYTES_MAX);
}

static void a_hundred_header_lines_are_enough(void **state)
{
    char text[1200] = LINE HOST;
    size_t size = strlen(text);
    struct head head;
    for (int i = 1; i < HEAD_FIELDS_MAX; i++, size += 4)
        memcpy(text + size, "X:\r\n", 4);
    memcpy(text + size, "\r\n", 2);
    assert_int_equal(head_read(text, size + 2, sizeof text, &head), HEAD_OK);
    memcpy(text + size, "X:\r\n\r\n", 6);
    assert_int_equal(head_read(text, size + 6, sizeof text, &head), HEAD_BAD);
    assert_int_equal(head.status, 431);
}

static void lists_are_joined_from_the_right(void **state)
{
    static const char text[] =
        LINE HOST "L: one, two\r\nOther: x\r\nl: three\r\nL:\r\nL: four\r\n\r\n";
    struct head head;
    char out[64], small[13], tiny[3];
    assert_int_equal(head_read(text, sizeof text - 1, BYTES_MAX, &head), HEAD_OK);
    assert_true(head_join(&head, "l", out, sizeof out));
    assert_string_equal(out, "one, two, three, four");
    assert_true(head_join(&head, "l", small, sizeof small));
    assert_string_equal(small, "three, four");
    assert_true(head_join(&head, "l", out, 18));
    assert_string_equal(out, "two, three, four");
    assert_true(head_join(&head, "l", tiny, sizeof tiny));
    assert_string_equal(tiny, "");
    assert_false(head_join(&head, "absent", out, sizeof out));
    assert_string_equal(out, "");
}

static void tokens_are_found_whole(void **state)
{
    struct head_text list = {"keep-alive , Upgrade", 20};
    assert_true(head_list_has(list, "upgrade"));
    assert_true(head_list_has(list, "keep-alive"));
    assert_false(head_list_has(list, "keep"));
    assert_false(head_list_has(list, "alive"));
    assert_false(head_list_has((struct head_text){"", 0}, "upgrade"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_request_is_understood),
        cmocka_unit_test(ambiguous_and_malformed_heads_are_refused),
        cmocka_unit_test(unusual_heads_that_are_clear_are_taken),
        cmocka_unit_test(what_is_too_long_is_refused_at_its_limit),
        cmocka_unit_test(a_hundred_header_lines_are_enough),
        cmocka_unit_test(lists_are_joined_from_the_right),
        cmocka_unit_test(tokens_are_found_whole),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("head", tests, NULL, NULL);
}
