// test_client: a blocking client for tests of servers on 127.0.0.1, with or without TLS, and a key
// pair made on the spot.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ssl_st;
struct ssl_ctx_st;

struct test_client {
    int fd;
    struct ssl_st *ssl;
    struct ssl_ctx_st *context;
};

// `port` on 127.0.0.1. Reads give up after 5 s. Fails the test when it cannot connect.
struct test_client test_client_connect(uint16_t port);
// False when the handshake fails.
bool test_client_start_tls(struct test_client *client);
// False when the server is gone.
bool test_client_send(struct test_client *client, const void *bytes, size_t size);
bool test_client_send_text(struct test_client *client, const char *text);
// Bytes read, 0 at the end, -1 on an error or after 5 s.
long test_client_receive(struct test_client *client, void *out, size_t capacity);
// Reads until the end or until `out` has `capacity` - 1 bytes; ends it with NUL; the number of
// bytes.
size_t test_client_receive_all(struct test_client *client, char *out, size_t capacity);
// Reads one HTTP answer: its head and as many bytes as it says. The number of bytes, 0 on failure.
size_t test_client_receive_answer(struct test_client *client, char *out, size_t capacity);
void test_client_close(struct test_client *client);

// The port in "http://127.0.0.1:1234".
uint16_t test_url_port(const char *url);

// Writes a self-signed pair for `name` as PEM.
void test_make_key_pair(const char *name, const char *cert_path, const char *key_path);
// The common name in the server's certificate.
void test_client_peer_name(const struct test_client *client, char *out, size_t capacity);

// How many descriptors this process has open.
int test_open_descriptors(void);
// Processor time that this process used so far.
long test_processor_us(void);
