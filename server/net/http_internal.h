// http_internal: what the files of the HTTP server share.
//   http.c           thread, library, connections, answers
//   http_request.c   what a request means: path, query, who asks, whether its length is clear
//   http_deadline.c  ends what takes too long
#pragma once

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "base/metric.h"
#include "net/http.h"
#include "net/linger.h"
#include "net/loop.h"
#include "net/rate.h"

enum http_phase {
    HTTP_WAITING, // for the next head
    HTTP_BODY,
    HTTP_ANSWERING
};

struct http_connection {
    struct http *http;
    struct http_connection *previous, *next; // `next` also in the list of arrivals
    int fd;
    bool is_secure, is_pair;
    bool wants_linger; // closing at once might cost the peer our answer
    bool is_ended;     // shut down: the library will notice
    struct address peer;
    uint32_t address_slot;
    enum http_phase phase;
    uint64_t phase_since_us;
    uint64_t body_bytes; // of the request that is being read
    struct rate rate;    // of body or answer, from the first sweep in that phase on
    bool rate_is_begun;
};

// A request from its first line until its answer was sent.
struct http_exchange {
    struct http_connection *connection;
    struct arena arena;
    struct http_request request;
    uint64_t began_us;
    char *target; // as sent
    bool is_begun, has_body;
    uint64_t content_length;
    size_t body_bytes_max;
    uint8_t *body; // malloc
    size_t body_size, body_capacity;
    int status; // answered with
};

struct http {
    struct http_settings settings;
    struct loop *loop;
    struct loop_source library_source;
    struct MHD_Daemon *library;
    struct linger_list linger;
    struct http_connection *first;
    uint32_t connection_count;
    struct http_connection *adding; // while the library takes it
    // Pushed by any thread (release), taken whole by ours (acquire).
    struct http_connection *_Atomic arrivals;
    atomic_bool stop; // release by http_destroy, acquire by the thread
    uint64_t stop_deadline_us;
    pthread_t thread;
};

static inline uint64_t http_now_us(const struct http *http)
{
    return clock_now_us(http->settings.clock);
}

// --- http_request.c ---
struct http_fault {
    int status;
    const char *reason;
};

// Fills exchange->request, has_body and content_length; false with what to answer.
MUST_CHECK bool http_request_fill(struct http_exchange *exchange, struct MHD_Connection *library,
                                  const char *method, struct http_fault *fault);

// --- http_deadline.c ---
void http_phase_set(struct http_connection *connection, enum http_phase phase);
void http_deadlines_sweep(struct http *http);
// Shuts the socket down; the library then closes it.
void http_connection_end(struct http_connection *connection);
