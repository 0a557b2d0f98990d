// http: requests and answers over libmicrohttpd, on connections that the acceptor hands in.
//
// One thread of its own, in which the library is driven by our loop: so nothing here needs a lock.
// Handlers run there and must not block; the whole body, up to the route's limit, is in memory when
// the handler is called. Beyond what the library does, each connection has deadlines: the next head
// within 30 s of the last answer, a body at 4 kB/s or more, an answer taken at 8 kB/s or more. A
// request with a body ends its connection (nothing can be smuggled behind it), and so does one from
// a trusted proxy (which would use it for the realtime next); ambiguous lengths are refused.
// Refusals made here are application/problem+json (RFC 9457).
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"
#include "net/stream.h"

struct http;

struct http_request {
    const char *method;
    const char *path;  // percent-decoded UTF-8, begins with '/', no "//", "." or ".." parts, no
                       // control characters
    const char *query; // raw, "" when none
    const uint8_t *body;
    size_t body_size;
    struct address peer; // the person's: forwarded when the proxy is trusted
    bool secure;
    const char *host; // as the person typed it: forwarded when the proxy is trusted; "" when none
    struct arena *arena; // dies with the request, after its answer was sent
    void *library;       // for http_header
};

// Case-insensitive; NULL when absent. Lives as long as the request.
const char *http_header(const struct http_request *request, const char *name);
// Percent-decoded query parameter ('+' is a space), from the request's arena; the first of that
// name; NULL when absent or when it does not decode to UTF-8 without NUL.
const char *http_query(const struct http_request *request, const char *name);

struct http_header_pair {
    const char *name, *value;
};

enum { HTTP_HEADERS_MAX = 24 };

struct http_response {
    int status;
    const void
        *body; // from the arena, or static (living as long as the process): neither is copied
    size_t body_size;
    bool body_is_static; // for the reader: the library needs no difference
    struct http_header_pair headers[HTTP_HEADERS_MAX];
    int header_count;
};

// Both texts must live until the handler returned. A control character in a value is our own
// mistake: the request is answered with 500.
void http_respond_header(struct http_response *response, const char *name, const char *value);

// Texts and functions are borrowed for the server's life; functions are called in its thread.
struct http_settings {
    // The largest body a request to this method and path may have; 0: none.
    size_t (*body_bytes_max)(void *context, const char *method, const char *path);
    // Fills the response. Every request, HEAD included (its body is not sent).
    void (*on_request)(void *context, const struct http_request *request,
                       struct http_response *response);
    // Called first for each request; false refuses it with 429 before its body is read. NULL:
    // admits all.
    bool (*admit)(void *context, const struct address *peer);
    // Whose X-Forwarded-For, -Proto and -Host are believed. NULL: nobody's.
    bool (*is_trusted)(void *context, const struct address *peer);
    void *context;
    uint32_t connections_max;
    const struct clock *clock; // NULL: the system's
};

// Starts the thread.
MUST_CHECK struct http *http_create(const struct http_settings *settings, struct error *err);
// Any thread. Takes the fd in any case. `address_slot` as in acceptor.h.
void http_take(struct http *http, int fd, const struct sockaddr *address, socklen_t address_size,
               bool secure, uint32_t address_slot);
void http_register_metrics(void);
void http_destroy(struct http *http); // finishes what is being answered, at most 2 s; takes NULL
