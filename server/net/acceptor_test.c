#include "net/acceptor.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/address.h"
#include "net/quota.h"
#include "net/test_client.h"
#include "net/test_failure.h"

#define REALTIME "GET /v1/realtime?ticket=x HTTP/1.1\r\nHost: a\r\n\r\n"
#define PLAIN "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"

enum { HANDED_MAX = 64 };

// What the acceptor handed on, taken by the test's thread.
static struct {
    pthread_mutex_t lock;
    struct stream streams[HANDED_MAX];
    int stream_count;
    struct {
        int fd;
        bool secure;
        uint32_t slot;
        struct address peer;
    } https[HANDED_MAX];
    int http_count;
} handed = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void on_realtime(void *context, struct stream *stream)
{
    pthread_mutex_lock(&handed.lock);
    handed.streams[handed.stream_count++] = *stream;
    pthread_mutex_unlock(&handed.lock);
}

static void on_http(void *context, int fd, const struct sockaddr *address, socklen_t address_size,
                    bool secure, uint32_t address_slot)
{
    pthread_mutex_lock(&handed.lock);
    int i = handed.http_count++;
    handed.https[i].fd = fd;
    handed.https[i].secure = secure;
    handed.https[i].slot = address_slot;
    address_from_socket(address, address_size, &handed.https[i].peer);
    pthread_mutex_unlock(&handed.lock);
}

static int handed_count(const int *count)
{
    pthread_mutex_lock(&handed.lock);
    int value = *count;
    pthread_mutex_unlock(&handed.lock);
    return value;
}

static void wait_for(const int *count, int value)
{
    for (int i = 0; i < 500 && handed_count(count) < value; i++)
        usleep(10000);
    assert_int_equal(handed_count(count), value);
}

static void handed_clear(void)
{
    for (int i = 0; i < handed.stream_count; i++)
        stream_close(&handed.streams[i]);
    for (int i = 0; i < handed.http_count; i++) {
        close(handed.https[i].fd);
        acceptor_release_address(handed.https[i].slot);
    }
    handed.stream_count = handed.http_count = 0;
}

static struct acceptor_settings preset(void)
{
    struct acceptor_settings settings;
    acceptor_settings_preset(&settings);
    settings.listen = "127.0.0.1:0";
    settings.connections_max = 100;
    settings.on_realtime = on_realtime;
    settings.on_http = on_http;
    return settings;
}

static struct acceptor *started(const struct acceptor_settings *settings, uint16_t *port)
{
    struct error err = {0};
    struct acceptor *acceptor = acceptor_create(settings, &err);
    if (!acceptor || !acceptor_start(acceptor, &err))
        FAIL_WITH("%s", err.text);
    *port = test_url_port(acceptor_url(acceptor));
    return acceptor;
}

static void ended(struct acceptor *acceptor)
{
    acceptor_destroy(acceptor);
    handed_clear();
}

static char folder[] = "/tmp/flux-acceptor-XXXXXX";
static char cert_path[64], key_path[64];

static struct acceptor_settings preset_tls(void)
{
    struct acceptor_settings settings = preset();
    settings.tls_cert = cert_path;
    settings.tls_key = key_path;
    return settings;
}

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
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    usleep(300000);
    getrusage(RUSAGE_SELF, &after);
    long us = (after.ru_utime.tv_sec - before.ru_utime.tv_sec + after.ru_stime.tv_sec -
               before.ru_stime.tv_sec) * 1000000 +
              after.ru_utime.tv_usec - before.ru_utime.tv_usec + after.ru_stime.tv_usec -
              before.ru_stime.tv_usec;
    assert_in_range(us, 0, 100000);
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
    static const char from_a[] = "GET /v1/realtime HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https\r\n"
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
    static const char *const listens[] = {"",          "8080",          "127.0.0.1",
                                          ":8080",     "127.0.0.1:",    "127.0.0.1:65536",
                                          "a.b:80",    "127.0.0.1:8x",  "::1:80",
                                          "[::1]",     "203.0.113.1:0", "[::1:80"};
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

// --- TLS -----------------------------------------------------------------------------------------------

static void realtime_over_tls_is_a_stream_with_early_bytes(void **state)
{
    struct acceptor_settings settings = preset_tls();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    assert_memory_equal(acceptor_url(acceptor), "https://", 8);
    struct test_client client = test_client_connect(port);
    assert_true(test_client_start_tls(&client));
    assert_true(test_client_send_text(&client, REALTIME));
    wait_for(&handed.stream_count, 1);
    struct stream *stream = &handed.streams[0];
    assert_true(stream->secure);
    assert_true(stream_has_buffered(stream));
    char got[200];
    size_t size, total = 0;
    while (stream_has_buffered(stream)) {
        assert_int_equal(stream_read(stream, got + total, 7, &size), STREAM_OK);
        total += size;
    }
    assert_int_equal(total, strlen(REALTIME));
    assert_memory_equal(got, REALTIME, total);
    assert_int_equal(stream_read(stream, got, sizeof got, &size), STREAM_AGAIN);
    const unsigned char *protocol;
    unsigned protocol_size;
    SSL_get0_alpn_selected(client.ssl, &protocol, &protocol_size);
    assert_int_equal(protocol_size, 8);
    assert_memory_equal(protocol, "http/1.1", 8);
    test_client_close(&client);
    ended(acceptor);
}

// The server writes until the socket is full, the client then reads all of it: every byte must come once.
static void a_tls_stream_survives_partial_writes(void **state)
{
    enum { TOTAL = 4 << 20 };
    struct acceptor_settings settings = preset_tls();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client client = test_client_connect(port);
    assert_true(test_client_start_tls(&client));
    assert_true(test_client_send_text(&client, REALTIME));
    wait_for(&handed.stream_count, 1);
    struct stream *stream = &handed.streams[0];
    uint8_t *bytes = malloc(TOTAL);
    for (size_t i = 0; i < TOTAL; i++)
        bytes[i] = (uint8_t)(i * 2654435761u >> 13);
    size_t sent = 0, received = 0;
    bool was_full = false;
    static uint8_t got[65536];
    while (received < TOTAL) {
        size_t piece = TOTAL - sent < 50000 ? TOTAL - sent : 50000, put = 0;
        enum stream_result result = stream_write(stream, bytes + sent, piece, &put);
        assert_true(result == STREAM_OK || result == STREAM_AGAIN);
        sent += put;
        if (sent < TOTAL && result == STREAM_OK)
            continue;
        was_full |= result == STREAM_AGAIN;
        long size = test_client_receive(&client, got, sizeof got);
        assert_true(size > 0);
        assert_memory_equal(got, bytes + received, (size_t)size);
        received += (size_t)size;
    }
    assert_true(was_full);
    free(bytes);
    test_client_close(&client);
    ended(acceptor);
}

struct answering {
    int fd;
    size_t size;
    long sent;
};

static void *answer_thread(void *context)
{
    struct answering *answering = context;
    uint8_t *bytes = malloc(answering->size);
    for (size_t i = 0; i < answering->size; i++)
        bytes[i] = (uint8_t)(i % 251);
    while ((size_t)answering->sent < answering->size) {
        ssize_t put = send(answering->fd, bytes + answering->sent,
                           answering->size - (size_t)answering->sent, MSG_NOSIGNAL);
        if (put < 0 && errno == EAGAIN) {
            usleep(1000);
            continue;
        }
        if (put < 0)
            break;
        answering->sent += put;
    }
    free(bytes);
    shutdown(answering->fd, SHUT_WR);
    return NULL;
}

static void the_pump_carries_5_mb_to_a_slow_reader(void **state)
{
    struct acceptor_settings settings = preset_tls();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client client = test_client_connect(port);
    int small = 16384;
    setsockopt(client.fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    assert_true(test_client_start_tls(&client));
    assert_true(test_client_send_text(&client, PLAIN));
    wait_for(&handed.http_count, 1);
    assert_true(handed.https[0].secure);
    assert_int_equal(handed.https[0].slot, ADDRESS_SLOT_NONE);
    assert_true(address_is_loopback(&handed.https[0].peer));
    char request[200];
    usleep(20000);
    assert_int_equal(recv(handed.https[0].fd, request, sizeof request, 0), strlen(PLAIN));

    struct answering answering = {.fd = handed.https[0].fd, .size = 5 << 20};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, answer_thread, &answering), 0);
    usleep(200000); // the client reads nothing: the answer must wait, not pile up
    static uint8_t got[65536];
    size_t received = 0;
    for (;;) {
        long size = test_client_receive(&client, got, sizeof got);
        assert_true(size >= 0);
        if (size == 0)
            break;
        for (long i = 0; i < size; i++, received++) {
            if (got[i] != received % 251)
                FAIL_WITH("byte %zu is wrong", received);
        }
        if (received % (1 << 20) < 20000)
            usleep(20000);
    }
    pthread_join(thread, NULL);
    assert_int_equal(received, 5 << 20);
    test_client_close(&client);
    ended(acceptor);
}

static void the_pump_carries_an_upload_and_holds_back_what_is_not_read(void **state)
{
    struct acceptor_settings settings = preset_tls();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client client = test_client_connect(port);
    assert_true(test_client_start_tls(&client));
    assert_true(test_client_send_text(
        &client, "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n"));
    wait_for(&handed.http_count, 1);
    static char body[300000], got[400000];
    for (size_t i = 0; i < sizeof body; i++)
        body[i] = (char)(i % 127);
    assert_true(test_client_send(&client, body, sizeof body));
    size_t head_size = strlen("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n");
    size_t received = 0;
    for (int i = 0; i < 2000 && received < head_size + sizeof body; i++) {
        ssize_t size = recv(handed.https[0].fd, got + received, sizeof got - received, 0);
        if (size > 0)
            received += (size_t)size;
        else
            usleep(2000);
    }
    assert_int_equal(received, head_size + sizeof body);
    assert_memory_equal(got + head_size, body, sizeof body);
    // The client goes; the library's end must see it.
    test_client_close(&client);
    ssize_t size = -1;
    for (int i = 0; i < 500 && size < 0; i++, usleep(5000))
        size = recv(handed.https[0].fd, got, sizeof got, 0);
    assert_int_equal(size, 0);
    ended(acceptor);
}

static void plain_http_on_the_tls_port_is_told(void **state)
{
    struct acceptor_settings settings = preset_tls();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client client = test_client_connect(port);
    char got[1000];
    assert_true(test_client_send_text(&client, PLAIN));
    test_client_receive_all(&client, got, sizeof got);
    assert_memory_equal(got, "HTTP/1.1 400 ", 13);
    assert_non_null(strstr(got, "HTTPS only"));
    test_client_close(&client);
    ended(acceptor);
}

static void a_bad_head_inside_tls_is_refused(void **state)
{
    struct acceptor_settings settings = preset_tls();
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client client = test_client_connect(port);
    char got[1000];
    assert_true(test_client_start_tls(&client));
    assert_true(test_client_send_text(&client, "GET / HTTP/1.1\nHost: a\n\n"));
    test_client_receive_all(&client, got, sizeof got);
    assert_memory_equal(got, "HTTP/1.1 400 ", 13);
    test_client_close(&client);
    ended(acceptor);
}

static void a_handshake_that_stalls_is_ended(void **state)
{
    struct acceptor_settings settings = preset_tls();
    settings.head_timeout_ms = 150;
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client client = test_client_connect(port), garbage = test_client_connect(port);
    char got[100];
    assert_true(test_client_send(&client, "\x16\x03\x01\x02\x00\x01", 6));
    assert_int_equal(test_client_receive(&client, got, sizeof got), 0);
    // What is no TLS at all ends at once, with an alert or without.
    assert_true(test_client_send(&garbage, "\0\0\0\0\0\0\0\0\0\0", 10));
    while (test_client_receive(&garbage, got, sizeof got) > 0) {
    }
    test_client_close(&client);
    test_client_close(&garbage);
    ended(acceptor);
}

static void served_name(uint16_t port, char *out, size_t capacity)
{
    struct test_client client = test_client_connect(port);
    assert_true(test_client_start_tls(&client));
    test_client_peer_name(&client, out, capacity);
    test_client_close(&client);
}

static void a_renewed_certificate_is_served_after_reload(void **state)
{
    struct acceptor_settings settings = preset_tls();
    uint16_t port;
    struct error err;
    char name[64];
    struct acceptor *acceptor = started(&settings, &port);
    struct test_client old = test_client_connect(port);
    assert_true(test_client_start_tls(&old));
    served_name(port, name, sizeof name);
    assert_string_equal(name, "first");

    FILE *key = fopen(key_path, "w");
    fputs("not a key\n", key);
    fclose(key);
    assert_false(acceptor_reload_tls(acceptor, &err));
    assert_int_equal(err.code, ERR_INVALID);
    served_name(port, name, sizeof name);
    assert_string_equal(name, "first");

    test_make_key_pair("second", cert_path, key_path);
    assert_true(acceptor_reload_tls(acceptor, &err));
    for (int i = 0; i < 200 && strcmp(name, "second") != 0; i++) {
        usleep(5000);
        served_name(port, name, sizeof name);
    }
    assert_string_equal(name, "second");
    assert_true(test_client_send_text(&old, REALTIME)); // who was here before stays
    wait_for(&handed.stream_count, 1);
    test_client_close(&old);
    ended(acceptor);
    test_make_key_pair("first", cert_path, key_path);
}

static void a_certificate_cannot_be_reloaded_without_tls(void **state)
{
    struct acceptor_settings settings = preset();
    struct error err;
    uint16_t port;
    struct acceptor *acceptor = started(&settings, &port);
    assert_false(acceptor_reload_tls(acceptor, &err));
    assert_int_equal(err.code, ERR_CONFLICT);
    ended(acceptor);
}

// --- what must not be left behind ------------------------------------------------------------------------

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

static int make_keys(void **state)
{
    signal(SIGPIPE, SIG_IGN);
    if (!mkdtemp(folder))
        return -1;
    snprintf(cert_path, sizeof cert_path, "%s/cert.pem", folder);
    snprintf(key_path, sizeof key_path, "%s/key.pem", folder);
    test_make_key_pair("first", cert_path, key_path);
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
        cmocka_unit_test(realtime_over_tls_is_a_stream_with_early_bytes),
        cmocka_unit_test(a_tls_stream_survives_partial_writes),
        cmocka_unit_test(the_pump_carries_5_mb_to_a_slow_reader),
        cmocka_unit_test(the_pump_carries_an_upload_and_holds_back_what_is_not_read),
        cmocka_unit_test(plain_http_on_the_tls_port_is_told),
        cmocka_unit_test(a_bad_head_inside_tls_is_refused),
        cmocka_unit_test(a_handshake_that_stalls_is_ended),
        cmocka_unit_test(a_renewed_certificate_is_served_after_reload),
        cmocka_unit_test(a_certificate_cannot_be_reloaded_without_tls),
        cmocka_unit_test(peers_that_vanish_leave_nothing_behind),
        cmocka_unit_test(out_of_descriptors_it_waits_and_goes_on),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("acceptor", tests, make_keys, remove_keys);
}
