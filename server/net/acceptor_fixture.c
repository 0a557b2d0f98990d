#include "net/acceptor_fixture.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/address.h"
#include "net/test_client.h"
#include "net/test_failure.h"

struct handed handed = {.lock = PTHREAD_MUTEX_INITIALIZER};

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

int handed_count(const int *count)
{
    pthread_mutex_lock(&handed.lock);
    int value = *count;
    pthread_mutex_unlock(&handed.lock);
    return value;
}

void wait_for(const int *count, int value)
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

struct acceptor_settings preset(void)
{
    struct acceptor_settings settings;
    acceptor_settings_preset(&settings);
    settings.listen = "127.0.0.1:0";
    settings.connections_max = 100;
    settings.on_realtime = on_realtime;
    settings.on_http = on_http;
    return settings;
}

struct acceptor *started(const struct acceptor_settings *settings, uint16_t *port)
{
    struct error err = {0};
    struct acceptor *acceptor = acceptor_create(settings, &err);
    if (!acceptor || !acceptor_start(acceptor, &err))
        FAIL_WITH("%s", err.text);
    *port = test_url_port(acceptor_url(acceptor));
    return acceptor;
}

void ended(struct acceptor *acceptor)
{
    acceptor_destroy(acceptor);
    handed_clear();
}

static char folder[] = "/tmp/flux-acceptor-XXXXXX";
char cert_path[64], key_path[64];

struct acceptor_settings preset_tls(void)
{
    struct acceptor_settings settings = preset();
    settings.tls_cert = cert_path;
    settings.tls_key = key_path;
    return settings;
}

int make_keys(void **state)
{
    signal(SIGPIPE, SIG_IGN);
    if (!mkdtemp(folder))
        return -1;
    snprintf(cert_path, sizeof cert_path, "%s/cert.pem", folder);
    snprintf(key_path, sizeof key_path, "%s/key.pem", folder);
    test_make_key_pair("first", cert_path, key_path);
    return 0;
}

int remove_keys(void **state)
{
    unlink(cert_path);
    unlink(key_path);
    return rmdir(folder);
}
