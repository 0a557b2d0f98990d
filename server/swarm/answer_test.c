#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "swarm/answer.h"

static enum answer_result read_text(const char *text, bool ended, struct answer *out)
{
    return answer_read(text, strlen(text), ended, out);
}

static void a_whole_answer_is_taken_apart(void **state)
{
    struct answer answer;
    const char *text =
        "HTTP/1.1 429 Too Many Requests\r\ncontent-length: 5\r\nRetry-After:  7 \r\n\r\nhelloNEXT";
    assert_int_equal(read_text(text, false, &answer), ANSWER_DONE);
    assert_int_equal(answer.status, 429);
    assert_int_equal(answer.retry_after_s, 7);
    assert_true(answer.keep_alive);
    assert_int_equal(answer.body_size, 5);
    assert_memory_equal(answer.body, "hello", 5);
}

static void every_beginning_needs_more(void **state)
{
    struct answer answer;
    const char *text = "HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\nabc";
    for (size_t size = 0; size < strlen(text); size++)
        assert_int_equal(answer_read(text, size, false, &answer), ANSWER_MORE);
    assert_int_equal(answer_read(text, strlen(text), false, &answer), ANSWER_DONE);
}

static void a_body_without_length_ends_with_the_connection(void **state)
{
    struct answer answer;
    const char *text = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it";
    assert_int_equal(read_text(text, false, &answer), ANSWER_MORE);
    assert_int_equal(read_text(text, true, &answer), ANSWER_DONE);
    assert_int_equal(answer.body_size, 9);
    assert_false(answer.keep_alive);
}

static void an_answer_cut_short_is_bad(void **state)
{
    struct answer answer;
    assert_int_equal(read_text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", true, &answer),
                     ANSWER_BAD);
    assert_int_equal(read_text("HTTP/1.1 200 OK\r\nConte", true, &answer), ANSWER_BAD);
}

static void what_is_not_http_is_bad(void **state)
{
    struct answer answer;
    assert_int_equal(read_text("SSH-2.0-x\r\n\r\n", false, &answer), ANSWER_BAD);
    assert_int_equal(read_text("HTTP/1.1 2x0 OK\r\n\r\n", false, &answer), ANSWER_BAD);
    assert_int_equal(read_text("HTTP/1.1 20\r\n\r\n", false, &answer), ANSWER_BAD);
    assert_int_equal(read_text("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", false, &answer),
                     ANSWER_BAD);
    assert_int_equal(
        read_text("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n", false, &answer),
        ANSWER_BAD);
    assert_int_equal(
        read_text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", false, &answer),
        ANSWER_BAD);
}

static void a_head_without_end_is_bad(void **state)
{
    static char text[ANSWER_HEAD_BYTES_MAX + 2];
    struct answer answer;
    memset(text, 'a', sizeof text);
    assert_int_equal(answer_read(text, sizeof text, false, &answer), ANSWER_BAD);
}

static void a_switch_of_protocols_ends_with_its_head(void **state)
{
    struct answer answer;
    const char *text = "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: abc=\r\n\r\n\x81";
    assert_int_equal(read_text(text, false, &answer), ANSWER_DONE);
    assert_string_equal(answer.accept, "abc=");
    assert_int_equal(answer.head_size, strlen(text) - 1);
    assert_int_equal(answer.body_size, 0);
}

static void a_head_is_known_before_its_body(void **state)
{
    struct answer answer;
    const char *text = "HTTP/1.1 401 Unauthorized\r\nContent-Length: 900\r\n\r\n";
    assert_int_equal(answer_read_head(text, strlen(text), &answer), ANSWER_DONE);
    assert_int_equal(answer.status, 401);
    assert_int_equal(answer_read_head(text, strlen(text) - 1, &answer), ANSWER_MORE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_answer_is_taken_apart),
        cmocka_unit_test(every_beginning_needs_more),
        cmocka_unit_test(a_body_without_length_ends_with_the_connection),
        cmocka_unit_test(an_answer_cut_short_is_bad),
        cmocka_unit_test(what_is_not_http_is_bad),
        cmocka_unit_test(a_head_without_end_is_bad),
        cmocka_unit_test(a_switch_of_protocols_ends_with_its_head),
        cmocka_unit_test(a_head_is_known_before_its_body),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/answer", tests, NULL, NULL);
}
