#include "net/test_client.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/head.h"

struct test_client test_client_connect(uint16_t port)
{
    struct test_client client = {.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct timeval patience = {.tv_sec = 5};
    int on = 1;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(client.fd >= 0);
    setsockopt(client.fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(client.fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    setsockopt(client.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    assert_int_equal(connect(client.fd, (struct sockaddr *)&address, sizeof address), 0);
    return client;
}

bool test_client_start_tls(struct test_client *client)
{
    client->context = SSL_CTX_new(TLS_client_method());
    assert_non_null(client->context);
    SSL_CTX_set_options(client->context, SSL_OP_IGNORE_UNEXPECTED_EOF);
    client->ssl = SSL_new(client->context);
    assert_non_null(client->ssl);
    SSL_set_alpn_protos(client->ssl, (const unsigned char *)"\x02h2\x08http/1.1", 12);
    SSL_set_fd(client->ssl, client->fd);
    return SSL_connect(client->ssl) == 1;
}

bool test_client_send(struct test_client *client, const void *bytes, size_t size)
{
    const char *from = bytes;
    while (size > 0) {
        long put = client->ssl ? SSL_write(client->ssl, from, (int)size)
                               : send(client->fd, from, size, MSG_NOSIGNAL);
        if (put <= 0)
            return false;
        from += put;
        size -= (size_t)put;
    }
    return true;
}

bool test_client_send_text(struct test_client *client, const char *text)
{
    return test_client_send(client, text, strlen(text));
}

long test_client_receive(struct test_client *client, void *out, size_t capacity)
{
    if (!client->ssl)
        return recv(client->fd, out, capacity, 0);
    int got = SSL_read(client->ssl, out, (int)capacity);
    if (got > 0)
        return got;
    return SSL_get_error(client->ssl, got) == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}

size_t test_client_receive_all(struct test_client *client, char *out, size_t capacity)
{
    size_t size = 0;
    while (size < capacity - 1) {
        long got = test_client_receive(client, out + size, capacity - 1 - size);
        if (got <= 0)
            break;
        size += (size_t)got;
    }
    out[size] = '\0';
    return size;
}

static size_t answer_body_size(const char *head)
{
    const char *length = strcasestr(head, "\r\nContent-Length: ");
    return length ? strtoul(length + 18, NULL, 10) : 0;
}

size_t test_client_receive_answer(struct test_client *client, char *out, size_t capacity)
{
    size_t size = 0;
    out[0] = '\0';
    for (;;) {
        const char *end = strstr(out, "\r\n\r\n");
        size_t whole = end ? (size_t)(end + 4 - out) + answer_body_size(out) : 0;
        if (end && size >= whole)
            return size;
        if (size == capacity - 1)
            return 0;
        // Byte-exact, so that what follows the answer stays unread.
        size_t room = end ? whole - size : 1;
        if (room > capacity - 1 - size)
            return 0;
        long got = test_client_receive(client, out + size, room);
        if (got <= 0)
            return 0;
        size += (size_t)got;
        out[size] = '\0';
    }
}

void test_client_close(struct test_client *client)
{
    SSL_free(client->ssl);
    SSL_CTX_free(client->context);
    if (client->fd >= 0)
        close(client->fd);
    *client = (struct test_client){.fd = -1};
}

uint16_t test_url_port(const char *url)
{
    const char *colon = strrchr(url, ':');
    assert_non_null(colon);
    return (uint16_t)strtoul(colon + 1, NULL, 10);
}

void test_make_key_pair(const char *name, const char *cert_path, const char *key_path)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = X509_new();
    assert_non_null(key);
    assert_non_null(cert);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert), -60);
    X509_gmtime_adj(X509_getm_notAfter(cert), 3600);
    X509_set_pubkey(cert, key);
    X509_NAME *subject = X509_get_subject_name(cert);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, (const unsigned char *)name, -1, -1, 0);
    X509_set_issuer_name(cert, subject);
    assert_true(X509_sign(cert, key, EVP_sha256()) > 0);
    FILE *cert_file = fopen(cert_path, "w"), *key_file = fopen(key_path, "w");
    assert_non_null(cert_file);
    assert_non_null(key_file);
    assert_int_equal(PEM_write_X509(cert_file, cert), 1);
    assert_int_equal(PEM_write_PrivateKey(key_file, key, NULL, NULL, 0, NULL, NULL), 1);
    fclose(cert_file);
    fclose(key_file);
    X509_free(cert);
    EVP_PKEY_free(key);
}

void test_client_peer_name(const struct test_client *client, char *out, size_t capacity)
{
    X509 *cert = SSL_get1_peer_certificate(client->ssl);
    assert_non_null(cert);
    X509_NAME_get_text_by_NID(X509_get_subject_name(cert), NID_commonName, out, (int)capacity);
    X509_free(cert);
}

int test_open_descriptors(void)
{
    int count = 0;
    DIR *folder = opendir("/proc/self/fd");
    assert_non_null(folder);
    while (readdir(folder))
        count++;
    closedir(folder);
    return count;
}

long test_processor_us(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 + usage.ru_utime.tv_usec +
           usage.ru_stime.tv_usec;
}
