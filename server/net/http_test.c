#include "net/http.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/acceptor.h"
#include "net/address.h"
#include "net/test_client.h"
#include "net/test_failure.h"

// An acceptor before it, so that connections come as they do in the server.

enum { BODY_MAX = 100000, BIG_BYTES = 5 << 20 };

static char big[BIG_BYTES];

// The real time, and what a test adds to it.
static _Atomic uint64_t added_us;

static uint64_t shifted_us(void *context)
{
    return clock_now_us(&clock_system) + atomic_load(&added_us);
}

static uint64_t wall_ms(void *context)
{
    return clock_wall_ms(&clock_system);
}

static const struct clock shifted_clock = {shifted_us, wall_ms, NULL};

static struct http *http;
static struct acceptor *acceptor;
static uint16_t port;
static atomic_bool refusing;
static _Atomic int request_count;

static size_t body_bytes_max(void *context, const char *method, const char *path)
{
    return strcmp(method, "POST") == 0 && strcmp(path, "/echo") == 0 ? BODY_MAX : 0;
}

static bool admit(void *context, const struct address *peer)
{
    return !atomic_load(&refusing);
}

static void describe(const struct http_request *request, struct http_response *response)
{
    char peer[ADDRESS_TEXT_BYTES_MAX];
    address_format(&request->peer, peer);
    const char *agent = http_header(request, "user-AGENT");
    const char *q = http_query(request, "q");
    char *text =
        arena_printf(request->arena, "%s|%s|%s|%s|%s|%s|%s|%s", request->method, request->path,
                     request->query, q ? q : "(none)", peer, request->secure ? "https" : "http",
                     request->host, agent ? agent : "(none)");
    response->body = text;
    response->body_size = strlen(text);
}

static void on_request(void *context, const struct http_request *request,
                       struct http_response *response)
{
    atomic_fetch_add(&request_count, 1);
    response->status = 200;
    if (strcmp(request->path, "/echo") == 0) {
        response->body = request->body;
        response->body_size = request->body_size;
        http_respond_header(response, "Content-Type", "application/octet-stream");
    } else if (strcmp(request->path, "/big") == 0) {
        response->body = big;
        response->body_size = sizeof big;
        response->body_is_static = true;
    } else if (strcmp(request->path, "/empty") == 0) {
        response->status = 204;
    } else if (strcmp(request->path, "/broken") == 0) {
        http_respond_header(response, "X", "a\r\nInjected: b");
    } else if (strcmp(request->path, "/nothing") == 0) {
        response->status = 0;
    } else {
        describe(request, response);
    }
}

static void on_realtime(void *context, struct stream *stream)
{
    stream_close(stream);
}

static void on_http(void *context, int fd, const struct sockaddr *address, socklen_t address_size,
                    bool secure, uint32_t address_slot)
{
    http_take(http, fd, address, address_size, secure, address_slot);
}

static bool is_trusted(void *context, const struct address *peer)
{
    return acceptor_address_is_trusted(acceptor, peer);
}

static char folder[] = "/tmp/flux-http-XXXXXX";
static char cert_path[64], key_path[64];

struct fixture {
    bool tls, proxied;
    uint32_t connections_max;
};

static void start(const struct fixture *fixture)
{
    static const char *const proxies[] = {"127.0.0.1"};
    struct error err = {0};
    struct http_settings settings = {.body_bytes_max = body_bytes_max,
                                     .on_request = on_request,
                                     .admit = admit,
                                     .is_trusted = is_trusted,
                                     .connections_max = fixture->connections_max,
                                     .clock = &shifted_clock};
    struct acceptor_settings door;
    acceptor_settings_preset(&door);
    door.listen = "127.0.0.1:0";
    door.connections_max = 200;
    door.connections_per_address = 0;
    door.on_realtime = on_realtime;
    door.on_http = on_http;
    if (fixture->tls) {
        door.tls_cert = cert_path;
        door.tls_key = key_path;
    }
    if (fixture->proxied) {
        door.trusted_proxies = proxies;
        door.trusted_proxy_count = 1;
    }
    atomic_store(&added_us, 0);
    atomic_store(&refusing, false);
    atomic_store(&request_count, 0);
    http = http_create(&settings, &err);
    acceptor = acceptor_create(&door, &err);
    if (!http || !acceptor || !acceptor_start(acceptor, &err))
        FAIL_WITH("%s", err.text);
    port = test_url_port(acceptor_url(acceptor));
}

static void start_plain(void)
{
    start(&(struct fixture){.connections_max = 100});
}

static void stop(void)
{
    acceptor_stop_accepting(acceptor);
    http_destroy(http);
    acceptor_destroy(acceptor);
}

static char answer[200000];

// Sends, reads one answer, and returns its status; the body begins at *body.
static int ask(struct test_client *client, const char *text, const char **body)
{
    assert_true(test_client_send_text(client, text));
    if (test_client_receive_answer(client, answer, sizeof answer) == 0)
        return 0;
    *body = strstr(answer, "\r\n\r\n") + 4;
    return (int)strtol(answer + strlen("HTTP/1.1 "), NULL, 10);
}

static int ask_once(const char *text, const char **body)
{
    struct test_client client = test_client_connect(port);
    int status = ask(&client, text, body);
    test_client_close(&client);
    return status;
}

// True when the server has closed this side, within 5 s.
static bool is_closed(struct test_client *client)
{
    char rest[100];
    return test_client_receive(client, rest, sizeof rest) <= 0;
}

static void requests_are_described_truly(void **state)
{
    const char *body;
    start_plain();
    struct test_client client = test_client_connect(port);
    assert_int_equal(ask(&client,
                         "GET /a%20b/%ED%95%9C?x=1&q=h%26i+j&q=2 HTTP/1.1\r\nHost: h.example:1\r\n"
                         "User-Agent: t/1\r\nX-Forwarded-For: 192.0.2.1\r\n\r\n",
                         &body),
                     200);
    assert_string_equal(body, "GET|/a b/\xed\x95\x9c|x=1&q=h%26i+j&q=2|h&i j|127.0.0.1|http|"
                              "h.example:1|t/1");
    // Kept alive.
    assert_int_equal(ask(&client, "GET /?q HTTP/1.1\r\nHost: b\r\n\r\n", &body), 200);
    assert_string_equal(body, "GET|/|q||127.0.0.1|http|b|(none)");
    assert_int_equal(ask(&client, "GET /?qq=1&%71=%zz HTTP/1.1\r\nHost: b\r\n\r\n", &body), 200);
    assert_non_null(strstr(body, "|(none)|127"));
    test_client_close(&client);
    stop();
}

static void a_proxy_is_believed_only_when_trusted(void **state)
{
    const char *body;
    start(&(struct fixture){.connections_max = 100, .proxied = true});
    assert_int_equal(
        ask_once("GET / HTTP/1.1\r\nHost: inner\r\nX-Forwarded-For: 198.51.100.1\r\n"
                 "X-Forwarded-For: 192.0.2.1, 127.0.0.1\r\nX-Forwarded-Proto: http, https\r\n"
                 "X-Forwarded-Host: other, outer.example\r\n\r\n",
                 &body),
        200);
    assert_string_equal(body, "GET|/||(none)|192.0.2.1|https|outer.example|(none)");
    assert_int_equal(
        ask_once("GET / HTTP/1.1\r\nHost: inner\r\nX-Forwarded-Host: a b\r\n\r\n", &body), 200);
    assert_string_equal(body, "GET|/||(none)|127.0.0.1|http|inner|(none)");
    stop();
}

static void malformed_paths_are_refused(void **state)
{
    static const char *const paths[] = {
        "/%",     "/%4", "/%zz",      "/a%00b",    "//",   "/a//b",  "/../a",  "/a/..",
        "/a/./b", "/.",  "/%2e%2e/a", "/a%2f%2fb", "/%ff", "/a%0ab", "/a%5cb", "/%c0%af"};
    const char *body;
    start_plain();
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        char text[200];
        snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", paths[i]);
        int status = ask_once(text, &body);
        if (status != 400)
            FAIL_WITH("%s: %d", paths[i], status);
        assert_non_null(strstr(body, "\"code\":\"INVALID\""));
    }
    assert_int_equal(ask_once("GET /a/b.c/...d/ HTTP/1.1\r\nHost: a\r\n\r\n", &body), 200);
    assert_int_equal(atomic_load(&request_count), 1);
    stop();
}

static void a_body_is_read_and_ends_the_connection(void **state)
{
    const char *body;
    start_plain();
    struct test_client client = test_client_connect(port);
    assert_int_equal(
        ask(&client, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", &body),
        200);
    assert_string_equal(body, "hello");
    assert_non_null(strcasestr(answer, "Connection: close"));
    assert_true(is_closed(&client));
    test_client_close(&client);
    assert_int_equal(ask_once("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                              "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n",
                              &body),
                     200);
    assert_string_equal(body, "abcdefg");
    assert_int_equal(ask_once("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", &body),
                     200);
    stop();
}

static void a_large_body_arrives_whole(void **state)
{
    static char text[BODY_MAX + 200];
    const char *body;
    start_plain();
    int head = snprintf(text, sizeof text,
                        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n", BODY_MAX);
    for (int i = 0; i < BODY_MAX; i++)
        text[head + i] = (char)('a' + i % 26);
    assert_int_equal(ask_once(text, &body), 200);
    assert_int_equal(strlen(body), BODY_MAX);
    assert_memory_equal(body, text + head, BODY_MAX);
    stop();
}

static void a_body_over_the_limit_is_refused_before_it_is_read(void **state)
{
    const char *body;
    start_plain();
    assert_int_equal(
        ask_once("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n\r\n", &body), 413);
    assert_non_null(strstr(body, "TOO_LARGE"));
    assert_int_equal(
        ask_once("POST /other HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", &body), 413);
    // One that sends all of it anyway still gets the answer.
    static char text[3000000];
    int head = snprintf(text, sizeof text,
                        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2900000\r\n\r\n");
    memset(text + head, 'x', 2900000);
    assert_int_equal(ask_once(text, &body), 413);
    assert_int_equal(atomic_load(&request_count), 0);
    stop();
}

static void a_chunked_body_over_the_limit_is_cut_off(void **state)
{
    const char *body;
    start_plain();
    struct test_client client = test_client_connect(port);
    static char chunk[0x4000 + 1];
    memset(chunk, 'x', sizeof chunk - 1);
    assert_true(test_client_send_text(
        &client, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
    bool taken = true;
    for (int i = 0; i < 8 && taken; i++)
        taken = test_client_send_text(&client, "4000\r\n") &&
                test_client_send_text(&client, chunk) && test_client_send_text(&client, "\r\n");
    assert_int_equal(ask(&client, "", &body), 413);
    assert_true(is_closed(&client));
    test_client_close(&client);
    assert_int_equal(atomic_load(&request_count), 0);
    stop();
}

static void an_expecting_client_is_told_to_go_on(void **state)
{
    const char *body;
    start_plain();
    struct test_client client = test_client_connect(port);
    assert_int_equal(ask(&client,
                         "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n"
                         "Expect: 100-continue\r\n\r\n",
                         &body),
                     100);
    assert_int_equal(ask(&client, "ok", &body), 200);
    assert_string_equal(body, "ok");
    test_client_close(&client);
    assert_int_equal(ask_once("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100001\r\n"
                              "Expect: 100-continue\r\n\r\n",
                              &body),
                     413);
    stop();
}

// The acceptor has looked at the first head; these come second on a connection.
static void unclear_lengths_are_refused_on_later_requests_too(void **state)
{
    static const char *const rows[] = {
        "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 3\r\nContent-Length: 3\r\n",
        "Content-Length: 3\r\nContent-Length: 4\r\n",
        "Transfer-Encoding: gzip\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: identity\r\n",
        "Content-Length: 3x\r\n",
        "Content-Length: +3\r\n",
        "Host: b\r\n",
    };
    const char *body;
    start_plain();
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char text[400];
        struct test_client client = test_client_connect(port);
        assert_int_equal(ask(&client, "GET /one HTTP/1.1\r\nHost: a\r\n\r\n", &body), 200);
        snprintf(
            text, sizeof text,
            "POST /echo HTTP/1.1\r\nHost: a\r\n%s\r\nabcGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
            rows[i]);
        int before = atomic_load(&request_count);
        int status = ask(&client, text, &body);
        if (status != 400)
            FAIL_WITH("row %zu: %d", i, status);
        // The library's own refusals come with their head twice; no answer to another request may
        // come.
        char rest[2000];
        test_client_receive_all(&client, rest, sizeof rest);
        assert_null(strstr(rest, "HTTP/1.1 200"));
        assert_int_equal(atomic_load(&request_count), before);
        test_client_close(&client);
    }
    stop();
}

static void nothing_is_smuggled_behind_a_body(void **state)
{
    const char *body;
    start_plain();
    struct test_client client = test_client_connect(port);
    assert_int_equal(ask(&client,
                         "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                         "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n",
                         &body),
                     200);
    assert_string_equal(body, "abc");
    assert_true(is_closed(&client));
    assert_int_equal(atomic_load(&request_count), 1);
    test_client_close(&client);
    stop();
}

static void pipelined_requests_are_answered_in_order(void **state)
{
    const char *body;
    start_plain();
    struct test_client client = test_client_connect(port);
    assert_int_equal(ask(&client,
                         "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"
                         "GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                         &body),
                     200);
    assert_memory_equal(body, "GET|/1|", 7);
    assert_int_equal(ask(&client, "", &body), 200);
    assert_memory_equal(body, "GET|/2|", 7);
    assert_int_equal(ask(&client, "", &body), 200);
    assert_memory_equal(body, "GET|/3|", 7);
    assert_true(is_closed(&client));
    test_client_close(&client);
    stop();
}

static void head_and_204_have_no_body(void **state)
{
    start_plain();
    struct test_client client = test_client_connect(port);
    char got[2000];
    assert_true(test_client_send_text(
        &client, "HEAD /big HTTP/1.1\r\nHost: a\r\n\r\nGET /empty HTTP/1.1\r\nHost: a\r\n"
                 "Connection: close\r\n\r\n"));
    test_client_receive_all(&client, got, sizeof got);
    assert_memory_equal(got, "HTTP/1.1 200 ", 13);
    assert_non_null(strstr(got, "Content-Length: 5242880\r\n"));
    assert_memory_equal(strstr(got, "\r\n\r\n") + 4, "HTTP/1.1 204 ", 13);
    test_client_close(&client);
    stop();
}

static void our_own_mistakes_are_answered_with_500(void **state)
{
    const char *body;
    start_plain();
    assert_int_equal(ask_once("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n", &body), 500);
    assert_null(strstr(answer, "Injected"));
    assert_int_equal(ask_once("GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n", &body), 500);
    stop();
}

static void who_is_not_admitted_gets_429(void **state)
{
    const char *body;
    start_plain();
    atomic_store(&refusing, true);
    assert_int_equal(ask_once("GET / HTTP/1.1\r\nHost: a\r\n\r\n", &body), 429);
    assert_non_null(strstr(body, "RATE_LIMITED"));
    assert_non_null(strstr(answer, "Retry-After: "));
    assert_int_equal(atomic_load(&request_count), 0);
    stop();
}

static void too_many_connections_are_told(void **state)
{
    const char *body;
    start(&(struct fixture){.connections_max = 1});
    struct test_client first = test_client_connect(port);
    assert_int_equal(ask(&first, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", &body), 200);
    assert_int_equal(ask_once("GET / HTTP/1.1\r\nHost: a\r\n\r\n", &body), 503);
    test_client_close(&first);
    stop();
}

static void read_big(struct test_client *client)
{
    static char got[65536];
    size_t received = 0;
    const char *head_end = NULL;
    while (!head_end) {
        long size = test_client_receive(client, got + received, sizeof got - 1 - received);
        assert_true(size > 0);
        received += (size_t)size;
        got[received] = '\0';
        head_end = strstr(got, "\r\n\r\n");
    }
    received -= (size_t)(head_end + 4 - got);
    while (received < BIG_BYTES) {
        long size = test_client_receive(client, got, sizeof got);
        assert_true(size > 0);
        assert_memory_equal(got, big + received, (size_t)size);
        received += (size_t)size;
        if (received % (1 << 20) < 30000)
            usleep(5000);
    }
    assert_int_equal(received, BIG_BYTES);
}

static void a_large_answer_reaches_a_slow_reader(void **state)
{
    for (int tls = 0; tls < 2; tls++) {
        const char *body;
        start(&(struct fixture){.connections_max = 100, .tls = tls});
        struct test_client client = test_client_connect(port);
        if (tls)
            assert_true(test_client_start_tls(&client));
        assert_true(test_client_send_text(&client, "GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
        usleep(100000);
        read_big(&client);
        assert_int_equal(ask(&client, "GET /after HTTP/1.1\r\nHost: a\r\n\r\n", &body), 200);
        assert_memory_equal(body, "GET|/after|", 11);
        test_client_close(&client);
        stop();
    }
}

static void https_requests_say_so_and_may_post(void **state)
{
    const char *body;
    start(&(struct fixture){.connections_max = 100, .tls = true});
    struct test_client client = test_client_connect(port);
    assert_true(test_client_start_tls(&client));
    assert_int_equal(ask(&client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", &body), 200);
    assert_string_equal(body, "GET|/||(none)|127.0.0.1|https|a|(none)");
    assert_int_equal(
        ask(&client, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", &body), 200);
    assert_true(is_closed(&client));
    test_client_close(&client);
    stop();
}

static void waiting_costs_no_processor_time(void **state)
{
    for (int tls = 0; tls < 2; tls++) {
        const char *body;
        start(&(struct fixture){.connections_max = 100, .tls = tls});
        struct test_client idle = test_client_connect(port), stalled = test_client_connect(port),
                           uploading = test_client_connect(port);
        if (tls) {
            assert_true(test_client_start_tls(&idle));
            assert_true(test_client_start_tls(&stalled));
            assert_true(test_client_start_tls(&uploading));
        }
        assert_int_equal(ask(&idle, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", &body), 200);
        assert_true(test_client_send_text(&stalled, "GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
        assert_true(test_client_send_text(
            &uploading, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nabc"));
        usleep(200000);
        long before_us = test_processor_us();
        usleep(300000);
        assert_in_range(test_processor_us() - before_us, 0, 100000);
        test_client_close(&idle);
        test_client_close(&stalled);
        test_client_close(&uploading);
        stop();
    }
}

// --- deadlines: the clock is moved, the sweep comes twice a second of real time ---

static void an_idle_connection_is_ended_after_30_s(void **state)
{
    const char *body;
    start_plain();
    struct test_client client = test_client_connect(port);
    assert_int_equal(ask(&client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", &body), 200);
    atomic_fetch_add(&added_us, 25000000);
    usleep(700000);
    assert_int_equal(ask(&client, "GET / HTTP/1.1\r\nHost: a\r\n\r\n", &body), 200);
    // A head that never ends is no activity.
    assert_true(test_client_send_text(&client, "GET / HTTP/1.1\r\nX: "));
    atomic_fetch_add(&added_us, 31000000);
    assert_true(is_closed(&client));
    test_client_close(&client);
    stop();
}

static void a_slow_body_is_ended(void **state)
{
    const char *body;
    start_plain();
    struct test_client client = test_client_connect(port);
    assert_true(test_client_send_text(
        &client, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc"));
    usleep(1200000); // a sweep has seen it
    atomic_fetch_add(&added_us, 11000000);
    assert_int_equal(ask(&client, "", &body), 408);
    assert_true(is_closed(&client));
    assert_int_equal(atomic_load(&request_count), 0);
    test_client_close(&client);
    stop();
}

static void an_answer_that_nobody_takes_is_ended(void **state)
{
    start_plain();
    int before = test_open_descriptors();
    struct test_client client = test_client_connect(port);
    int small = 8192;
    setsockopt(client.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    assert_true(test_client_send_text(&client, "GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
    usleep(1200000); // a sweep has seen it
    assert_int_equal(test_open_descriptors(), before + 2);
    atomic_fetch_add(&added_us, 11000000);
    for (int i = 0; i < 300 && test_open_descriptors() > before + 1; i++)
        usleep(10000);
    assert_int_equal(test_open_descriptors(), before + 1);
    test_client_close(&client);
    stop();
}

static void clients_that_vanish_leave_nothing_behind(void **state)
{
    static const char *const rows[] = {
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc",
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9999999\r\n\r\nabc",
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "GET /big HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHo",
    };
    for (int tls = 0; tls < 2; tls++) {
        int before = test_open_descriptors();
        start(&(struct fixture){.connections_max = 100, .tls = tls});
        for (int i = 0; i < 36; i++) {
            struct test_client client = test_client_connect(port);
            struct linger reset = {.l_onoff = 1};
            if (tls)
                assert_true(test_client_start_tls(&client));
            test_client_send_text(&client, rows[i % 6]);
            if (i % 4 == 0)
                usleep(2000);
            if (i % 2)
                setsockopt(client.fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
            test_client_close(&client);
        }
        usleep(100000);
        stop();
        assert_int_equal(test_open_descriptors(), before);
    }
}

static int make_keys(void **state)
{
    signal(SIGPIPE, SIG_IGN);
    for (size_t i = 0; i < sizeof big; i++)
        big[i] = (char)(i * 31 >> 3);
    if (!mkdtemp(folder))
        return -1;
    snprintf(cert_path, sizeof cert_path, "%s/cert.pem", folder);
    snprintf(key_path, sizeof key_path, "%s/key.pem", folder);
    test_make_key_pair("http", cert_path, key_path);
    return 0;
}

static int remove_keys(void **state)
{
    unlink(cert_path);
    unlink(key_path);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_are_described_truly),
        cmocka_unit_test(a_proxy_is_believed_only_when_trusted),
        cmocka_unit_test(malformed_paths_are_refused),
        cmocka_unit_test(a_body_is_read_and_ends_the_connection),
        cmocka_unit_test(a_large_body_arrives_whole),
        cmocka_unit_test(a_body_over_the_limit_is_refused_before_it_is_read),
        cmocka_unit_test(a_chunked_body_over_the_limit_is_cut_off),
        cmocka_unit_test(an_expecting_client_is_told_to_go_on),
        cmocka_unit_test(unclear_lengths_are_refused_on_later_requests_too),
        cmocka_unit_test(nothing_is_smuggled_behind_a_body),
        cmocka_unit_test(pipelined_requests_are_answered_in_order),
        cmocka_unit_test(head_and_204_have_no_body),
        cmocka_unit_test(our_own_mistakes_are_answered_with_500),
        cmocka_unit_test(who_is_not_admitted_gets_429),
        cmocka_unit_test(too_many_connections_are_told),
        cmocka_unit_test(a_large_answer_reaches_a_slow_reader),
        cmocka_unit_test(https_requests_say_so_and_may_post),
        cmocka_unit_test(waiting_costs_no_processor_time),
        cmocka_unit_test(an_idle_connection_is_ended_after_30_s),
        cmocka_unit_test(a_slow_body_is_ended),
        cmocka_unit_test(an_answer_that_nobody_takes_is_ended),
        cmocka_unit_test(clients_that_vanish_leave_nothing_behind),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("http", tests, make_keys, remove_keys);
}
