// acceptor: the listening sockets: limits per address before any parsing, TLS, and handing each
// connection on by its first bytes.
//
// One thread of its own. A connection is in one of four states here: TLS handshake, waiting for its
// first request's head (looked at with MSG_PEEK, or read when TLS), pumped (TLS for the HTTP
// library over a socketpair), lingering (refused; its last bytes are let through). A head must be
// whole within `head_timeout_ms` and `head_bytes_max`, in strict form (net/head.h): else it is
// answered with 400, 408, 414 or 431 and closed, and no library sees it. Memory of a plain
// connection that waits: under 300 bytes.
//
// From a trusted proxy, limits count the forwarded address (of a connection's first request), so
// they apply once the head is read.
//
//   listen -> limits -> [TLS] -> head -> "GET /v1/realtime" ? on_realtime : on_http
//
// The process must ignore SIGPIPE (net/stream.h).
#pragma once

#include <sys/socket.h>

#include "base/clock.h"
#include "base/error.h"
#include "net/stream.h"

struct acceptor;

// Texts and lists are copied; the clock and what `context` points to are borrowed for the
// acceptor's life.
struct acceptor_settings {
    const char *listen; // "127.0.0.1:8080", "[::]:8080", "localhost:0" (both loopbacks, any port)
    const char *tls_cert, *tls_key;     // both or neither
    const char *const *trusted_proxies; // CIDR
    size_t trusted_proxy_count;
    uint32_t connections_per_address; // 0: no limit
    uint32_t connections_max;         // handed on ones count until their slot is given back
    uint32_t head_timeout_ms, head_bytes_max;
    const struct clock *clock;
    // Takes the stream (moved). Runs on the acceptor's thread: hand over and return.
    void (*on_realtime)(void *context, struct stream *stream);
    // Takes the fd: plain HTTP follows on it. `address` is the peer's (behind TLS the real one, not
    // the pair's); `secure` says TLS was ended here. `address_slot` is to be given back with
    // acceptor_release_address() when the connection ends (the pump does so itself for TLS: then it
    // is ADDRESS_SLOT_NONE).
    void (*on_http)(void *context, int fd, const struct sockaddr *address, socklen_t address_size,
                    bool secure, uint32_t address_slot);
    void *context;
};

// 127.0.0.1:8080, no TLS, 64 connections an address, 20,000 in all, 10 s and 16 kB for a head.
void acceptor_settings_preset(struct acceptor_settings *settings);
void acceptor_register_metrics(void);

// Binds and listens; ERR_CONFLICT when the port is in use, ERR_INVALID for a bad address or key
// pair.
MUST_CHECK struct acceptor *acceptor_create(const struct acceptor_settings *settings,
                                            struct error *err);
// "http://127.0.0.1:8080" as bound; borrowed.
const char *acceptor_url(const struct acceptor *acceptor);
MUST_CHECK bool acceptor_start(struct acceptor *acceptor, struct error *err);
// Any thread. New handshakes use the files as they are now; on failure the old ones stay.
// ERR_CONFLICT without TLS.
MUST_CHECK bool acceptor_reload_tls(struct acceptor *acceptor, struct error *err);
// Any thread. No new connections; those waiting for a head are closed; pumps go on until destroy.
void acceptor_stop_accepting(struct acceptor *acceptor);
void acceptor_destroy(struct acceptor *acceptor); // joins the thread; takes NULL

// Any thread. Does nothing for ADDRESS_SLOT_NONE and 0. Works after the acceptor is gone, too.
void acceptor_release_address(uint32_t address_slot);
// Any thread.
bool acceptor_address_is_trusted(const struct acceptor *acceptor, const struct address *address);
