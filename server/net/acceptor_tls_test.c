#include <errno.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/acceptor_fixture.h"
#include "net/address.h"
#include "net/test_client.h"
#include "net/test_failure.h"

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

// The server writes until the socket is full, the client then reads all of it: every byte must come
// once.
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
    int small = 65536;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(realtime_over_tls_is_a_stream_with_early_bytes),
        cmocka_unit_test(a_tls_stream_survives_partial_writes),
        cmocka_unit_test(the_pump_carries_5_mb_to_a_slow_reader),
        cmocka_unit_test(the_pump_carries_an_upload_and_holds_back_what_is_not_read),
        cmocka_unit_test(plain_http_on_the_tls_port_is_told),
        cmocka_unit_test(a_bad_head_inside_tls_is_refused),
        cmocka_unit_test(a_handshake_that_stalls_is_ended),
        cmocka_unit_test(a_renewed_certificate_is_served_after_reload),
        cmocka_unit_test(a_certificate_cannot_be_reloaded_without_tls),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("acceptor_tls", tests, make_keys, remove_keys);
}
