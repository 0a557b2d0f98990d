// acceptor_internal: what the acceptor's three files share.
//   acceptor.c             life, thread, accepting
//   acceptor_listen.c      the listening sockets
//   acceptor_connection.c  a connection from its first byte until it is handed on
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "base/buffer.h"
#include "base/metric.h"
#include "net/acceptor.h"
#include "net/address.h"
#include "net/linger.h"
#include "net/loop.h"
#include "net/pump.h"
#include "net/quota.h"

struct ssl_ctx_st;

enum { LISTENERS_MAX = 2, URL_BYTES_MAX = 128 };

struct listener {
    struct loop_source source;
    struct acceptor *acceptor;
};

// From accept() until handed on or closed.
struct connection {
    struct loop_source source;
    struct acceptor *acceptor;
    struct connection *previous, *next; // oldest first, and so by deadline
    uint64_t deadline_us;
    struct stream stream;
    struct buffer head;  // TLS: what was read so far
    uint32_t peeked;     // plain: how much lay there when we last looked
    bool is_handshaking; // TLS
    bool is_paused;      // not watched until the next sweep
    bool is_of_proxy;    // its peer is a trusted proxy
};

struct acceptor {
    struct acceptor_settings settings;
    struct loop *loop;
    struct listener listeners[LISTENERS_MAX];
    int listener_count;
    char url[URL_BYTES_MAX];
    struct address_range *trusted;
    size_t trusted_count;
    struct quota *quota;
    struct connection *oldest, *newest;
    struct linger_list linger;
    struct pump_list pumps;
    char *scratch; // head_bytes_max, for looking at heads
    bool listeners_paused;
    uint64_t pause_logged_us;

    struct ssl_ctx_st *tls; // the thread's
    // A newer context, put there by any thread (release), taken by the thread (acquire).
    struct ssl_ctx_st *_Atomic tls_next;
    atomic_bool stop_accepting; // release by any thread, acquire by the thread
    pthread_t thread;
    bool is_running;
};

// --- acceptor_listen.c ---
MUST_CHECK bool listeners_open(struct acceptor *acceptor, struct error *err);
void listeners_close(struct acceptor *acceptor);

// --- acceptor_connection.c ---
// Takes the descriptor.
void connection_open(struct acceptor *acceptor, int fd, const struct address *peer);
void connections_close_all(struct acceptor *acceptor);
void connections_sweep(struct acceptor *acceptor, uint64_t now_us);

enum refused {
    REFUSED_ADDRESS,
    REFUSED_TOTAL,
    REFUSED_HEAD,
    REFUSED_TIMEOUT,
    REFUSED_TLS,
    REFUSED_COUNT
};
extern struct metric refused_metrics[REFUSED_COUNT];
