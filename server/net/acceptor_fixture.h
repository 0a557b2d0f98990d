// acceptor_fixture: an acceptor on 127.0.0.1 for tests, and what it handed on.
#pragma once

#include <pthread.h>

#include "net/acceptor.h"

#define REALTIME "GET /v1/realtime?ticket=x HTTP/1.1\r\nHost: a\r\n\r\n"
#define PLAIN "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n"

enum { HANDED_MAX = 64 };

// Filled on the acceptor's thread under the lock; after wait_for() the test may read what it waited
// for.
struct handed {
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
};
extern struct handed handed;

int handed_count(const int *count);
// Until the count is reached; fails the test after 5 s.
void wait_for(const int *count, int value);

struct acceptor_settings preset(void);
struct acceptor_settings preset_tls(void); // with a key pair for "first"
struct acceptor *started(const struct acceptor_settings *settings, uint16_t *port);
// Destroys the acceptor and closes what it handed on.
void ended(struct acceptor *acceptor);

extern char cert_path[64], key_path[64];
// Group setup and teardown.
int make_keys(void **state);
int remove_keys(void **state);
