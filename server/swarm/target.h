// target: the server under test: its URL, checked and resolved, and connections to it.
//
// Owner of a dialled stream: whoever dialled it. A target is read-only once resolved; any thread
// may dial.
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/buffer.h"
#include "base/error.h"
#include "net/stream.h"

struct ssl_ctx_st;

struct target {
    char url[512];       // without what follows the host and port
    char host[256];      // as in the URL, IPv6 without its brackets
    char authority[288]; // the Host header
    uint16_t port;
    bool tls;
    struct sockaddr_storage address;
    socklen_t address_size;
    struct ssl_ctx_st *tls_context;
};

// Takes an URL apart: http or https, a host, perhaps a port, nothing behind. ERR_INVALID says what
// is wrong.
MUST_CHECK bool target_parse(const char *url, struct target *out, struct error *err);
// Finds the address (the first that the system offers) and prepares TLS. `insecure`: any
// certificate will do.
MUST_CHECK bool target_resolve(struct target *target, bool insecure, struct error *err);
bool target_is_loopback(const struct target *target);
void target_done(struct target *target);

// Starts a connection: *out is a non-blocking stream, and target_finish_dial says when it can be
// used.
MUST_CHECK bool target_dial(const struct target *target, struct stream *out, struct error *err);

// STREAM_OK: connected, TLS included. STREAM_AGAIN: call again when the socket is ready for *wanted
// (a set of enum loop_interest). STREAM_FAILED: `err` says why.
enum stream_result target_finish_dial(const struct target *target, struct stream *stream,
                                      uint32_t *wanted, struct error *err);

// GETs `path` and waits for the whole answer, at most `timeout_ms`. For the thread that may wait.
// The body goes into `out`; any status but 200 is an error, ERR_NOT_FOUND for 404.
MUST_CHECK bool target_get(const struct target *target, const char *path, int timeout_ms,
                           struct buffer *out, struct error *err);
