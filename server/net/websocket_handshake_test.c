#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "net/test_failure.h"
#include "net/websocket.h"

#define GOOD_FIELDS                                                                                \
    "Host: flux.example:8080\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"         \
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
#define GOOD "GET /v1/realtime?ticket=abc HTTP/1.1\r\n" GOOD_FIELDS

static enum websocket_request_result read_text(const char *text, struct websocket_request *out,
                                               int *status)
{
    size_t head_size = 0;
    const char *reason = NULL;
    *status = 0;
    enum websocket_request_result result =
        websocket_request_read(text, strlen(text), out, &head_size, status, &reason);
    if (result == WEBSOCKET_REQUEST_OK)
        assert_int_equal(head_size, strlen(text));
    if (result == WEBSOCKET_REQUEST_BAD)
        assert_non_null(reason);
    return result;
}

static void the_rfcs_example_is_answered_as_the_rfc_says(void **state)
{
    struct websocket_request request;
    struct buffer out = {0};
    int status;
    assert_int_equal(read_text(GOOD
                               "Origin: https://flux.example\r\nSec-WebSocket-Protocol: chat,"
                               " flux.v1\r\nX-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 10.0.0.1"
                               "\r\nX-Forwarded-Proto: https\r\n\r\n",
                               &request, &status),
                     WEBSOCKET_REQUEST_OK);
    assert_string_equal(request.target, "/v1/realtime?ticket=abc");
    assert_string_equal(request.host, "flux.example:8080");
    assert_string_equal(request.origin, "https://flux.example");
    assert_string_equal(request.forwarded_for, "192.0.2.1, 10.0.0.1");
    assert_string_equal(request.forwarded_proto, "https");
    assert_true(request.offers_protocol);
    assert_true(request.has_flux_protocol);
    websocket_accept_write(&request, &out);
    buffer_append(&out, "", 1);
    assert_string_equal((char *)out.bytes,
                        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                        "Connection: Upgrade\r\n"
                        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                        "Sec-WebSocket-Protocol: flux.v1\r\n\r\n");
    buffer_done(&out);
}

static void a_subprotocol_is_only_echoed_when_offered(void **state)
{
    struct websocket_request request;
    struct buffer out = {0};
    int status;
    assert_int_equal(read_text(GOOD "\r\n", &request, &status), WEBSOCKET_REQUEST_OK);
    assert_false(request.offers_protocol);
    websocket_accept_write(&request, &out);
    buffer_append(&out, "", 1);
    assert_null(strstr((char *)out.bytes, "Sec-WebSocket-Protocol"));
    buffer_done(&out);
    assert_int_equal(read_text(GOOD "Sec-WebSocket-Protocol: flux.v2\r\n\r\n", &request, &status),
                     WEBSOCKET_REQUEST_OK);
    assert_true(request.offers_protocol);
    assert_false(request.has_flux_protocol);
}

static void what_is_no_upgrade_is_refused(void **state)
{
    static const struct {
        int status;
        const char *text;
    } rows[] = {
        {405, "POST /v1/realtime HTTP/1.1\r\n" GOOD_FIELDS "\r\n"},
        {405, "get /v1/realtime HTTP/1.1\r\n" GOOD_FIELDS "\r\n"},
        {505, "GET /v1/realtime HTTP/1.0\r\n" GOOD_FIELDS "\r\n"},
        {400, "GET /v1/realtime HTTP/1.1\r\nContent-Length: 1\r\n" GOOD_FIELDS "\r\n"},
        {400, "GET /v1/realtime HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" GOOD_FIELDS "\r\n"},
        {400, GOOD "Host: other\r\n\r\n"},
        {400, GOOD "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"},
        {400, GOOD "Origin: https://a\r\nOrigin: https://b\r\n\r\n"},
        {426, "GET / HTTP/1.1\r\nHost: a\r\n\r\n"},
        {426, "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n"},
        {426, "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n"},
        {426, "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Version: 8\r\n\r\n"},
        {400, "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Version: 13\r\n\r\n"},
        {400, "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short==\r\n\r\n"},
        {400, "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ!!\r\n\r\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct websocket_request request;
        int status;
        if (read_text(rows[i].text, &request, &status) != WEBSOCKET_REQUEST_BAD)
            FAIL_WITH("row %zu was taken", i);
        if (status != rows[i].status)
            print_error("row %zu\n", i);
        assert_int_equal(status, rows[i].status);
    }
}

static void a_target_that_does_not_fit_is_refused(void **state)
{
    struct websocket_request request;
    static char text[4096];
    int status;
    char target[2048 + 1];
    memset(target, 'a', sizeof target - 1);
    target[0] = '/';
    target[sizeof target - 1] = '\0';
    snprintf(text, sizeof text, "GET %s HTTP/1.1\r\n" GOOD_FIELDS "\r\n", target);
    assert_int_equal(read_text(text, &request, &status), WEBSOCKET_REQUEST_BAD);
    assert_int_equal(status, 414);
    target[2047] = '\0';
    snprintf(text, sizeof text, "GET %s HTTP/1.1\r\n" GOOD_FIELDS "\r\n", target);
    assert_int_equal(read_text(text, &request, &status), WEBSOCKET_REQUEST_OK);
}

static void every_part_of_a_request_asks_for_more(void **state)
{
    static const char text[] = GOOD "\r\n";
    struct websocket_request request;
    size_t head_size;
    int status;
    const char *reason;
    for (size_t size = 0; size < sizeof text - 1; size++)
        assert_int_equal(websocket_request_read(text, size, &request, &head_size, &status, &reason),
                         WEBSOCKET_REQUEST_MORE);
}

static void a_refusal_is_a_whole_answer(void **state)
{
    struct buffer out = {0};
    websocket_refuse_write(401, "this ticket is not good", &out);
    buffer_append(&out, "", 1);
    const char *text = (char *)out.bytes;
    assert_memory_equal(text, "HTTP/1.1 401 Unauthorized\r\n", 27);
    assert_non_null(strstr(text, "Connection: close\r\n"));
    const char *body = strstr(text, "\r\n\r\n");
    assert_non_null(body);
    assert_string_equal(body + 4, "{\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"this "
                                  "ticket is not good\",\"code\":\"UNAUTHENTICATED\"}");
    char length[64];
    snprintf(length, sizeof length, "Content-Length: %zu\r\n", strlen(body + 4));
    assert_non_null(strstr(text, length));
    buffer_done(&out);
    struct buffer quoting = {0};
    websocket_refuse_write(400, "\"a\\b\n\xff\" is no ticket", &quoting);
    buffer_append(&quoting, "", 1);
    assert_non_null(strstr((char *)quoting.bytes,
                           "\"detail\":\"\\u0022a\\u005cb\\u000a?\\u0022 is no ticket\","));
    buffer_done(&quoting);
    struct buffer upgrade = {0};
    websocket_refuse_write(426, "only version 13", &upgrade);
    buffer_append(&upgrade, "", 1);
    assert_non_null(strstr((char *)upgrade.bytes, "Sec-WebSocket-Version: 13\r\n"));
    buffer_done(&upgrade);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rfcs_example_is_answered_as_the_rfc_says),
        cmocka_unit_test(a_subprotocol_is_only_echoed_when_offered),
        cmocka_unit_test(what_is_no_upgrade_is_refused),
        cmocka_unit_test(a_target_that_does_not_fit_is_refused),
        cmocka_unit_test(every_part_of_a_request_asks_for_more),
        cmocka_unit_test(a_refusal_is_a_whole_answer),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("websocket_handshake", tests, NULL, NULL);
}
