#include <errno.h>
#include <netinet/tcp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/acceptor_fixture.h"
#include "net/address.h"
#include "net/test_client.h"
#include "net/test_failure.h"

static void realtime_is_handed_on_with_every_byte_unread(void **state)
{
    struct acceptor_settings settings = preset();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client client = test_client_connect(port);
    assert_true(test_client_send_text(&client, REALTIME "more"));
    wait_for(&handed.stream_count, 1);
    struct stream *stream = &handed.streams[0];
    char got[200];
    size_t size;
    assert_int_equal(stream_read(stream, got, sizeof got, &size), STREAM_OK);
    assert_int_equal(size, strlen(REALTIME "more"));
    assert_memory_equal(got, REALTIME "more", size);
    assert_int_equal(stream_read(stream, got, sizeof got, &size), STREAM_AGAIN);
    assert_false(stream->secure);
    assert_true(address_is_loopback(&stream->peer));
    assert_int_equal(stream_write(stream, "hi", 2, &size), STREAM_OK);
    assert_int_equal(test_client_receive(&client, got, sizeof got), 2);
    test_client_close(&client);
    ended(acceptor);
}

static void a_head_may_come_byte_by_byte(void **state)
{
    struct acceptor_settings settings = preset();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client client = test_client_connect(port);
    for (const char *c = PLAIN; *c; c++) {
        assert_true(test_client_send(&client, c, 1));
        usleep(500);
    }
    wait_for(&handed.http_count, 1);
    assert_int_equal(handed.stream_count, 0);
    // Any one byte must be readable at once again: the low-water mark was taken back.
    int low_water = 0;
    socklen_t size = sizeof low_water;
    getsockopt(handed.https[0].fd, SOL_SOCKET, SO_RCVLOWAT, &low_water, &size);
    assert_int_equal(low_water, 1);
    char got[200];
    assert_int_equal(recv(handed.https[0].fd, got, sizeof got, 0), strlen(PLAIN));
    assert_true(address_is_loopback(&handed.https[0].peer));
    test_client_close(&client);
    ended(acceptor);
}

static void a_head_that_waits_does_not_burn_the_processor(void **state)
{
    struct acceptor_settings settings = preset();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client client = test_client_connect(port);
    assert_true(test_client_send_text(&client, "GET / HTTP/1.1\r\nHost: a\r\n"));
    usleep(50000);
    long before_us = test_processor_us();
    usleep(300000);
    assert_in_range(test_processor_us() - before_us, 0, 100000);
    test_client_close(&client);
    ended(acceptor);
}

static void garbage_is_answered_and_closed(void **state)
{
    static const struct {
        const char *text, *answer;
    } rows[] = {
        {"\x16\x03\x01\x02\x01garbage", "HTTP/1.1 400 "},
        {"GET / HTTP/1.1\nHost: a\n\n", "HTTP/1.1 400 "},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
         "HTTP/1.1 400 "},
        {"GET / HTTP/1.9\r\n\r\n", "HTTP/1.1 505 "},
    };
    struct acceptor_settings settings = preset();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct test_client client = test_client_connect(port);
        char got[1000];
        assert_true(test_client_send_text(&client, rows[i].text));
        test_client_receive_all(&client, got, sizeof got);
        assert_memory_equal(got, rows[i].answer, strlen(rows[i].answer));
        assert_non_null(strstr(got, "Connection: close"));
        test_client_close(&client);
    }
    assert_int_equal(handed_count(&handed.http_count), 0);
    ended(acceptor);
}

static void a_head_over_the_limit_is_refused(void **state)
{
    struct acceptor_settings settings = preset();
    uint16_t port;
    static char head[20000];
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client client = test_client_connect(port);
    char got[1000];
    memset(head, 'a', sizeof head);
    memcpy(head, "GET / HTTP/1.1\r\nX: ", 19);
    assert_true(test_client_send(&client, head, sizeof head));
    test_client_receive_all(&client, got, sizeof got);
    assert_memory_equal(got, "HTTP/1.1 431 ", 13);
    test_client_close(&client);
    ended(acceptor);
}

static void a_slow_head_is_ended_at_its_deadline(void **state)
{
    struct acceptor_settings settings = preset();
    settings.head_timeout_ms = 200;
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client silent = test_client_connect(port), slow = test_client_connect(port);
    char got[1000];
    bool taken = true;
    for (int i = 0; i < 100 && taken; i++) {
        taken = test_client_send_text(&slow, i == 0 ? "GET /" : "a");
        usleep(10000);
    }
    test_client_receive_all(&slow, got, sizeof got);
    assert_memory_equal(got, "HTTP/1.1 408 ", 13);
    assert_int_equal(test_client_receive(&silent, got, sizeof got), 0);
    test_client_close(&slow);
    test_client_close(&silent);
    ended(acceptor);
}

static void a_peer_that_ends_inside_its_head_is_let_go(void **state)
{
    struct acceptor_settings settings = preset();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client client = test_client_connect(port);
    char got[1000];
    assert_true(test_client_send_text(&client, "GET / HTTP"));
    usleep(30000);
    shutdown(client.fd, SHUT_WR);
    test_client_receive_all(&client, got, sizeof got);
    assert_memory_equal(got, "HTTP/1.1 400 ", 13);
    test_client_close(&client);
    ended(acceptor);
}

static void an_address_over_its_limit_is_told(void **state)
{
    struct acceptor_settings settings = preset();
    settings.connections_per_address = 2;
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client first = test_client_connect(port), second = test_client_connect(port);
    struct test_client third = test_client_connect(port);
    char got[1000];
    test_client_receive_all(&third, got, sizeof got);
    assert_memory_equal(got, "HTTP/1.1 429 ", 13);
    test_client_close(&third);
    // A place that is given back is taken again, also when it was handed on in between.
    assert_true(test_client_send_text(&first, REALTIME));
    wait_for(&handed.stream_count, 1);
    stream_close(&handed.streams[0]);
    handed.stream_count = 0;
    struct test_client fourth = test_client_connect(port);
    assert_true(test_client_send_text(&fourth, REALTIME));
    wait_for(&handed.stream_count, 1);
    test_client_close(&first);
    test_client_close(&second);
    test_client_close(&fourth);
    ended(acceptor);
}

static void a_full_server_says_so(void **state)
{
    struct acceptor_settings settings = preset();
    settings.connections_max = 1;
    settings.connections_per_address = 0;
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client first = test_client_connect(port);
    assert_true(test_client_send_text(&first, REALTIME));
    wait_for(&handed.stream_count, 1);
    struct test_client second = test_client_connect(port);
    char got[1000];
    test_client_receive_all(&second, got, sizeof got);
    assert_memory_equal(got, "HTTP/1.1 503 ", 13);
    test_client_close(&first);
    test_client_close(&second);
    ended(acceptor);
}

static void behind_a_proxy_the_forwarded_address_counts(void **state)
{
    static const char *const proxies[] = {"127.0.0.0/8"};
    static const char from_a[] =
        "GET /v1/realtime HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https\r\n"
        "X-Forwarded-For: 198.51.100.9, 192.0.2.1, 127.0.0.9\r\n\r\n";
    static const char from_b[] = "GET /x HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 192.0.2.2\r\n\r\n";
    struct acceptor_settings settings = preset();
    settings.connections_per_address = 1;
    settings.trusted_proxies = proxies;
    settings.trusted_proxy_count = 1;
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client clients[3];
    char text[ADDRESS_TEXT_BYTES_MAX], got[1000];
    for (int i = 0; i < 3; i++)
        clients[i] = test_client_connect(port);
    assert_true(test_client_send_text(&clients[0], from_a));
    wait_for(&handed.stream_count, 1);
    address_format(&handed.streams[0].peer, text);
    assert_string_equal(text, "192.0.2.1");
    assert_true(handed.streams[0].secure);
    assert_true(test_client_send_text(&clients[1], from_b));
    wait_for(&handed.http_count, 1);
    assert_true(test_client_send_text(&clients[2], from_a));
    test_client_receive_all(&clients[2], got, sizeof got);
    assert_memory_equal(got, "HTTP/1.1 429 ", 13);
    for (int i = 0; i < 3; i++)
        test_client_close(&clients[i]);
    ended(acceptor);
}

static void a_stranger_is_not_believed(void **state)
{
    struct acceptor_settings settings = preset();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client client = test_client_connect(port);
    assert_true(test_client_send_text(&client,
                                      "GET /v1/realtime HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: "
                                      "https\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n"));
    wait_for(&handed.stream_count, 1);
    assert_true(address_is_loopback(&handed.streams[0].peer));
    assert_false(handed.streams[0].secure);
    test_client_close(&client);
    ended(acceptor);
}

static void localhost_is_both_loopbacks(void **state)
{
    struct acceptor_settings settings = preset();
    settings.listen = "localhost:0";
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    assert_memory_equal(acceptor_url(acceptor), "http://localhost:", 17);
    struct test_client client = test_client_connect(port);
    assert_true(test_client_send_text(&client, REALTIME));
    wait_for(&handed.stream_count, 1);
    int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in6 address = {
        .sin6_family = AF_INET6, .sin6_port = htons(port), .sin6_addr = in6addr_loopback};
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) == 0) {
        assert_int_equal(send(fd, REALTIME, strlen(REALTIME), 0), strlen(REALTIME));
        wait_for(&handed.stream_count, 2);
        assert_true(address_is_loopback(&handed.streams[1].peer));
        assert_false(address_is_ipv4(&handed.streams[1].peer));
    }
    if (fd >= 0)
        close(fd);
    test_client_close(&client);
    ended(acceptor);
}

static void bad_settings_are_refused_with_a_sentence(void **state)
{
    static const char *const listens[] = {
        "",       "8080",         "127.0.0.1", ":8080", "127.0.0.1:",    "127.0.0.1:65536",
        "a.b:80", "127.0.0.1:8x", "::1:80",    "[::1]", "203.0.113.1:0", "[::1:80"};
    struct error err;
    struct acceptor_settings settings = preset();
    for (size_t i = 0; i < sizeof listens / sizeof listens[0]; i++) {
        settings.listen = listens[i];
        err = (struct error){0};
        if (acceptor_create(&settings, &err))
            FAIL_WITH("\"%s\" was taken", listens[i]);
        assert_int_equal(err.code, ERR_INVALID);
    }
    settings = preset();
    settings.tls_cert = cert_path;
    assert_null(acceptor_create(&settings, &err));
    assert_int_equal(err.code, ERR_INVALID);
    settings.tls_key = "/nonexistent/key.pem";
    assert_null(acceptor_create(&settings, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_non_null(strstr(err.text, "/nonexistent/key.pem"));
    static const char *const proxies[] = {"10.0.0.0/8", "nonsense"};
    settings = preset();
    settings.trusted_proxies = proxies;
    settings.trusted_proxy_count = 2;
    assert_null(acceptor_create(&settings, &err));
    assert_non_null(strstr(err.text, "nonsense"));
}

static void a_port_in_use_is_a_conflict(void **state)
{
    struct acceptor_settings settings = preset();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    char listen[64];
    struct error err;
    snprintf(listen, sizeof listen, "127.0.0.1:%u", port);
    settings.listen = listen;
    assert_null(acceptor_create(&settings, &err));
    assert_int_equal(err.code, ERR_CONFLICT);
    snprintf(listen, sizeof listen, "localhost:%u", port);
    assert_null(acceptor_create(&settings, &err));
    assert_int_equal(err.code, ERR_CONFLICT);
    ended(acceptor);
}

static void stopping_closes_the_door_and_who_waits_in_it(void **state)
{
    struct acceptor_settings settings = preset();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client waiting = test_client_connect(port), inside = test_client_connect(port);
    char got[100];
    size_t size;
    assert_true(test_client_send_text(&inside, REALTIME));
    wait_for(&handed.stream_count, 1);
    acceptor_stop_accepting(acceptor);
    assert_int_equal(test_client_receive(&waiting, got, sizeof got), 0);
    assert_int_equal(stream_write(&handed.streams[0], "hi", 2, &size), STREAM_OK);
    assert_int_equal(test_client_receive(&inside, got, sizeof got), 2);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), -1);
    close(fd);
    test_client_close(&waiting);
    test_client_close(&inside);
    ended(acceptor);
}

static void peers_that_vanish_leave_nothing_behind(void **state)
{
    for (int tls = 0; tls < 2; tls++) {
        int before = test_open_descriptors();
        struct acceptor_settings settings = tls ? preset_tls() : preset();
        uint16_t port;
        struct acceptor *acceptor = started(&settings, &port);
        for (int i = 0; i < 24; i++) {
            struct test_client client = test_client_connect(port);
            struct linger reset = {.l_onoff = 1};
            if (tls && i % 3 > 0)
                assert_true(test_client_start_tls(&client));
            test_client_send_text(&client, i % 3 == 0 ? "GET" : i % 3 == 1 ? REALTIME : PLAIN);
            if (i % 2)
                setsockopt(client.fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
            test_client_close(&client);
        }
        usleep(200000);
        ended(acceptor);
        assert_int_equal(test_open_descriptors(), before);
    }
}

static void out_of_descriptors_it_waits_and_goes_on(void **state)
{
    struct acceptor_settings settings = preset();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client client = test_client_connect(port);
    usleep(50000); // that one was accepted
    int spare = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct rlimit before, none;
    getrlimit(RLIMIT_NOFILE, &before);
    none = before;
    none.rlim_cur = 0;
    setrlimit(RLIMIT_NOFILE, &none);
    assert_int_equal(connect(spare, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(send(spare, REALTIME, strlen(REALTIME), 0), strlen(REALTIME));
    usleep(150000);
    assert_int_equal(handed_count(&handed.stream_count), 0);
    setrlimit(RLIMIT_NOFILE, &before);
    wait_for(&handed.stream_count, 1);
    close(spare);
    test_client_close(&client);
    ended(acceptor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(realtime_is_handed_on_with_every_byte_unread),
        cmocka_unit_test(a_head_may_come_byte_by_byte),
        cmocka_unit_test(a_head_that_waits_does_not_burn_the_processor),
        cmocka_unit_test(garbage_is_answered_and_closed),
        cmocka_unit_test(a_head_over_the_limit_is_refused),
        cmocka_unit_test(a_slow_head_is_ended_at_its_deadline),
        cmocka_unit_test(a_peer_that_ends_inside_its_head_is_let_go),
        cmocka_unit_test(an_address_over_its_limit_is_told),
        cmocka_unit_test(a_full_server_says_so),
        cmocka_unit_test(behind_a_proxy_the_forwarded_address_counts),
        cmocka_unit_test(a_stranger_is_not_believed),
        cmocka_unit_test(localhost_is_both_loopbacks),
        cmocka_unit_test(bad_settings_are_refused_with_a_sentence),
        cmocka_unit_test(a_port_in_use_is_a_conflict),
        cmocka_unit_test(stopping_closes_the_door_and_who_waits_in_it),
        cmocka_unit_test(peers_that_vanish_leave_nothing_behind),
        cmocka_unit_test(out_of_descriptors_it_waits_and_goes_on),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("acceptor", tests, make_keys, remove_keys);
}
