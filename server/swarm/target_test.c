#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "swarm/guest.h"
#include "swarm/target.h"
#include "swarm/upgrade.h"

static struct target parsed(const char *url)
{
    struct target target;
    struct error err;
    assert_true(target_parse(url, &target, &err));
    return target;
}

static void urls_are_taken_apart(void **state)
{
    struct target target = parsed("http://127.0.0.1:8080");
    assert_string_equal(target.host, "127.0.0.1");
    assert_string_equal(target.authority, "127.0.0.1:8080");
    assert_int_equal(target.port, 8080);
    assert_false(target.tls);
    target = parsed("https://[::1]/");
    assert_string_equal(target.host, "::1");
    assert_string_equal(target.authority, "[::1]");
    assert_string_equal(target.url, "https://[::1]");
    assert_int_equal(target.port, 443);
    assert_true(target.tls);
    assert_int_equal(parsed("http://example.org").port, 80);
}

static void urls_that_are_not_a_server_are_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "127.0.0.1:8080",
        "ftp://a",
        "http://",
        "http://:80",
        "http://a:",
        "http://a:0",
        "http://a:65536",
        "http://a:8x",
        "http://a/path",
        "http://[::1",
        "http://[::1]x",
        "http://a b",
        "http://u@a",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct target target = {.port = 7};
        struct error err;
        assert_false(target_parse(bad[i], &target, &err));
        assert_int_equal(target.port, 7);
    }
}

static void loopback_is_known_by_its_address(void **state)
{
    static const struct {
        const char *url;
        bool loopback;
    } cases[] = {
        {"http://127.0.0.1:1", true},
        {"http://127.9.9.9:1", true},
        {"http://[::1]:1", true},
        {"http://localhost:1", true},
        {"http://10.0.0.1:1", false},
        {"http://[2001:db8::1]:1", false},
        {"http://[::ffff:127.0.0.1]:1", true},
        {"http://0.0.0.0:1", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct target target = parsed(cases[i].url);
        struct error err;
        assert_true(target_resolve(&target, false, &err));
        assert_int_equal(target_is_loopback(&target), cases[i].loopback);
        target_done(&target);
    }
}

static void a_port_without_a_server_is_told_so(void **state)
{
    struct target target = parsed("http://127.0.0.1:1");
    struct buffer out = {0};
    struct error err;
    assert_true(target_resolve(&target, false, &err));
    assert_false(target_get(&target, "/metrics", 1000, &out, &err));
    assert_non_null(strstr(err.text, "nothing listens at http://127.0.0.1:1"));
    target_done(&target);
}

static void a_ticket_is_read_from_its_answer(void **state)
{
    char path[GUEST_PATH_BYTES_MAX], ticket[GUEST_TICKET_BYTES_MAX];
    struct error err;
    const char *good = "{\"ticket\":\"ab-C_9.x\",\"instance\":1,\"realtime\":\"/v1/realtime\"}";
    assert_true(guest_answer_read(good, strlen(good), path, ticket, &err));
    assert_string_equal(ticket, "ab-C_9.x");
    assert_string_equal(path, "/v1/realtime");
}

static void a_ticket_that_could_not_stand_in_a_request_is_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{\"ticket\":\"a\"}",
        "{\"ticket\":\"a b\",\"realtime\":\"/r\"}",
        "{\"ticket\":\"a\\r\\nX: y\",\"realtime\":\"/r\"}",
        "{\"ticket\":\"a\",\"realtime\":\"http://x\"}",
        "{\"ticket\":\"a\\u0000b\",\"realtime\":\"/r\"}",
        "{\"ticket\":7,\"realtime\":\"/r\"}",
    };
    char path[GUEST_PATH_BYTES_MAX], ticket[GUEST_TICKET_BYTES_MAX];
    struct error err;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(guest_answer_read(bad[i], strlen(bad[i]), path, ticket, &err));
}

// The key and accept value of RFC 6455, section 1.3.
#define ACCEPTED "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: "

static enum upgrade_result answer(const char *text, size_t *head_size,
                                  struct upgrade_refusal *refusal)
{
    struct error err;
    return upgrade_answer_read(text, strlen(text), "dGhlIHNhbXBsZSBub25jZQ==", head_size, refusal,
                               &err);
}

static void the_right_accept_value_opens_the_connection(void **state)
{
    size_t head_size = 0;
    struct upgrade_refusal refusal;
    const char *text = ACCEPTED "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\nrest";
    assert_int_equal(answer(text, &head_size, &refusal), UPGRADE_DONE);
    assert_int_equal(head_size, strlen(text) - 4);
    assert_int_equal(answer(ACCEPTED "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", &head_size, &refusal),
                     UPGRADE_MORE);
    assert_int_equal(answer(ACCEPTED "AAAALMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n", &head_size, &refusal),
                     UPGRADE_REFUSED);
}

static void a_refused_upgrade_tells_its_status(void **state)
{
    size_t head_size;
    struct upgrade_refusal refusal;
    assert_int_equal(answer("HTTP/1.1 429 No\r\nRetry-After: 3\r\nContent-Length: 8\r\n\r\n",
                            &head_size, &refusal),
                     UPGRADE_REFUSED);
    assert_int_equal(refusal.status, 429);
    assert_int_equal(refusal.retry_after_s, 3);
}

static void a_request_asks_for_the_protocol(void **state)
{
    struct buffer out = {0};
    struct random random;
    char key[UPGRADE_KEY_BYTES];
    random_seed(&random, 1);
    upgrade_request_write("h:1", "/v1/realtime", "T.t", &random, key, &out);
    buffer_append(&out, "", 1);
    const char *text = (const char *)out.bytes;
    assert_int_equal(strlen(key), 24);
    assert_memory_equal(text, "GET /v1/realtime?ticket=T.t HTTP/1.1\r\nHost: h:1\r\n", 49);
    assert_non_null(strstr(text, key));
    assert_non_null(strstr(text, "\r\nSec-WebSocket-Protocol: flux.v1\r\n"));
    buffer_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(urls_are_taken_apart),
        cmocka_unit_test(urls_that_are_not_a_server_are_refused),
        cmocka_unit_test(loopback_is_known_by_its_address),
        cmocka_unit_test(a_port_without_a_server_is_told_so),
        cmocka_unit_test(a_ticket_is_read_from_its_answer),
        cmocka_unit_test(a_ticket_that_could_not_stand_in_a_request_is_refused),
        cmocka_unit_test(the_right_accept_value_opens_the_connection),
        cmocka_unit_test(a_refused_upgrade_tells_its_status),
        cmocka_unit_test(a_request_asks_for_the_protocol),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/target", tests, NULL, NULL);
}
