#include "net/http.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/log.h"
#include "net/address.h"
#include "net/http_internal.h"
#include "net/quota.h"
#include "net/refusal.h"

// The library runs without a thread of its own: its epoll descriptor is one source of our loop, and
// MHD_run() is called when that is ready. New connections come over an atomic list. So connections,
// deadlines and handlers belong to one thread, and shutting a socket down cannot hit another that
// got the same number in the meantime.

enum {
    SWEEP_US = 500000,
    // A head of 16 kB (the acceptor's limit) and what the library keeps beside it.
    LIBRARY_BYTES_PER_CONNECTION = 24576,
    LIBRARY_RUNS_A_TURN = 32,
    ARENA_CHUNK_BYTES = 4096,
    BODY_FIRST_BYTES = 4096,
};

static struct metric connections_metric = {.name = "flux_http_connections",
                                           .labels = "",
                                           .help = "HTTP connections open now",
                                           .kind = METRIC_GAUGE};
static struct metric requests_metrics[] = {
    {.name = "flux_http_requests_total",
     .labels = "code=\"2xx\"",
     .help = "Requests answered, by class of status code",
     .kind = METRIC_COUNTER},
    {.name = "flux_http_requests_total", .labels = "code=\"3xx\"", .kind = METRIC_COUNTER},
    {.name = "flux_http_requests_total", .labels = "code=\"4xx\"", .kind = METRIC_COUNTER},
    {.name = "flux_http_requests_total", .labels = "code=\"5xx\"", .kind = METRIC_COUNTER},
};
static struct metric_histogram duration_metric = {
    .name = "flux_http_request_duration_seconds",
    .labels = "",
    .help = "From a request's first line until its answer was handed to the kernel",
    .scale = 1e-6,
    .bucket_count = 10,
    .upper = {250, 500, 1000, 2500, 5000, 10000, 50000, 250000, 1000000, 5000000},
};

void http_register_metrics(void)
{
    metric_register(&connections_metric);
    for (size_t i = 0; i < sizeof requests_metrics / sizeof requests_metrics[0]; i++)
        metric_register(&requests_metrics[i]);
    metric_register_histogram(&duration_metric);
}

static void request_count(const struct http_exchange *exchange)
{
    int class = exchange->status / 100;
    if (class >= 2 && class <= 5)
        metric_add(&requests_metrics[class - 2], 1);
    uint64_t now_us = http_now_us(exchange->connection->http);
    metric_observe(&duration_metric, (int64_t)(now_us - exchange->began_us));
}

// --- connections ---

static void connection_drop(struct http_connection *connection)
{
    quota_release(connection->address_slot);
    free(connection);
}

static void connection_started(struct http *http, struct http_connection *connection)
{
    connection->next = http->first;
    if (http->first)
        http->first->previous = connection;
    http->first = connection;
    http->connection_count++;
    metric_add(&connections_metric, 1);
    http_phase_set(connection, HTTP_WAITING);
}

// The library is about to close the descriptor. A duplicate lives on where a reset could cost the
// peer an answer.
static void connection_closed(struct http_connection *connection)
{
    struct http *http = connection->http;
    *(connection->previous ? &connection->previous->next : &http->first) = connection->next;
    if (connection->next)
        connection->next->previous = connection->previous;
    http->connection_count--;
    metric_add(&connections_metric, -1);
    int fd = connection->wants_linger ? fcntl(connection->fd, F_DUPFD_CLOEXEC, 0) : -1;
    if (fd >= 0) {
        linger_take(&http->linger, fd, connection->address_slot, http_now_us(http));
        connection->address_slot = ADDRESS_SLOT_NONE;
    }
    connection_drop(connection);
}

static void on_connection(void *context, struct MHD_Connection *library, void **socket_context,
                          enum MHD_ConnectionNotificationCode code)
{
    struct http *http = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *socket_context = http->adding;
        connection_started(http, http->adding);
        http->adding = NULL;
    } else if (*socket_context) {
        connection_closed(*socket_context);
        *socket_context = NULL;
    }
}

static void refuse_when_full(struct http_connection *connection)
{
    struct buffer answer = {0};
    refusal_write(503, "the server is full", &answer);
    (void)!send(connection->fd, answer.bytes, answer.size, MSG_NOSIGNAL | MSG_DONTWAIT);
    buffer_done(&answer);
    linger_take(&connection->http->linger, connection->fd, connection->address_slot,
                http_now_us(connection->http));
    free(connection);
}

static void connection_add(struct http *http, struct http_connection *connection)
{
    static const struct sockaddr_in unused = {.sin_family = AF_INET};
    if (http->connection_count >= http->settings.connections_max) {
        refuse_when_full(connection);
        return;
    }
    http->adding = connection;
    // The library closes the descriptor when it cannot take it. Who the peer is, we know better.
    if (MHD_add_connection(http->library, connection->fd, (const struct sockaddr *)&unused,
                           sizeof unused) != MHD_YES &&
        http->adding)
        connection_drop(http->adding);
    http->adding = NULL;
}

// The list is in reverse: the newest stands first.
static void arrivals_take(struct http *http)
{
    struct http_connection *newest =
        atomic_exchange_explicit(&http->arrivals, NULL, memory_order_acquire);
    struct http_connection *oldest = NULL;
    while (newest) {
        struct http_connection *next = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    while (oldest) {
        struct http_connection *one = oldest;
        oldest = one->next;
        one->next = NULL;
        connection_add(http, one);
    }
}

void http_take(struct http *http, int fd, const struct sockaddr *address, socklen_t address_size,
               bool secure, uint32_t address_slot)
{
    struct http_connection *connection = calloc(1, sizeof *connection);
    if (!connection) {
        close(fd);
        quota_release(address_slot);
        return;
    }
    int domain = AF_UNIX;
    socklen_t domain_size = sizeof domain;
    getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &domain_size);
    connection->http = http;
    connection->fd = fd;
    connection->is_secure = secure;
    connection->is_pair = domain == AF_UNIX;
    connection->address_slot = address_slot;
    address_from_socket(address, address_size, &connection->peer);
    struct http_connection *head = atomic_load_explicit(&http->arrivals, memory_order_relaxed);
    do
        connection->next = head;
    while (!atomic_compare_exchange_weak_explicit(&http->arrivals, &head, connection,
                                                  memory_order_release, memory_order_relaxed));
    loop_wake(http->loop);
}

// --- answers ---

void http_respond_header(struct http_response *response, const char *name, const char *value)
{
    ASSERT(response->header_count < HTTP_HEADERS_MAX);
    response->headers[response->header_count++] = (struct http_header_pair){name, value};
}

static bool headers_add(struct MHD_Response *library, const struct http_response *response)
{
    for (int i = 0; i < response->header_count; i++) {
        const struct http_header_pair *pair = &response->headers[i];
        if (MHD_add_response_header(library, pair->name, pair->value) == MHD_YES)
            continue;
        log_event(LOG_ERROR, "http.header_refused", LOG_TEXT("name", pair->name));
        return false;
    }
    return true;
}

// A body may hide what follows it; a proxy mixes people, and the realtime begins connections only.
static bool must_close(const struct http_exchange *exchange)
{
    const struct http_connection *connection = exchange->connection;
    const struct http_settings *settings = &connection->http->settings;
    return exchange->has_body ||
           (settings->is_trusted && settings->is_trusted(settings->context, &connection->peer));
}

// NULL when a header is not fit to send.
static struct MHD_Response *response_make(const struct http_exchange *exchange,
                                          const struct http_response *response)
{
    // Persistent: the arena outlives the sending, and so does what is static.
    struct MHD_Response *library = MHD_create_response_from_buffer(
        response->body_size, response->body_size ? (void *)(uintptr_t)response->body : "",
        MHD_RESPMEM_PERSISTENT);
    if (!library)
        return NULL;
    bool good = headers_add(library, response);
    if (good && must_close(exchange))
        good = MHD_add_response_header(library, MHD_HTTP_HEADER_CONNECTION, "close") == MHD_YES;
    if (good)
        return library;
    MHD_destroy_response(library);
    return NULL;
}

static void refusal_fill(struct http_exchange *exchange, int status, const char *reason,
                         struct http_response *response)
{
    struct buffer body = {0};
    refusal_body_write(status, reason, &body);
    *response = (struct http_response){
        .status = status,
        .body = arena_strndup(&exchange->arena, (const char *)body.bytes, body.size),
        .body_size = body.size};
    buffer_done(&body);
    http_respond_header(response, "Content-Type", "application/problem+json");
    http_respond_header(response, "Cache-Control", "no-store");
    if (status == 429)
        http_respond_header(response, "Retry-After", "1");
}

static enum MHD_Result answer(struct http_exchange *exchange, struct MHD_Connection *connection,
                              const struct http_response *response)
{
    struct http_response failure;
    struct MHD_Response *library = NULL;
    if (response->status >= 200 && response->status <= 599)
        library = response_make(exchange, response);
    if (!library) {
        refusal_fill(exchange, 500, "the answer could not be made", &failure);
        response = &failure;
        library = response_make(exchange, response);
    }
    if (!library)
        return MHD_NO;
    exchange->status = response->status;
    http_phase_set(exchange->connection, HTTP_ANSWERING);
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)response->status, library);
    MHD_destroy_response(library); // the connection has its own reference
    return result;
}

static enum MHD_Result refuse(struct http_exchange *exchange, struct MHD_Connection *connection,
                              const struct http_fault *fault)
{
    struct http_response response;
    refusal_fill(exchange, fault->status, fault->reason, &response);
    return answer(exchange, connection, &response);
}

// --- requests ---

// The library's first sight of a request; what is returned comes back in on_handle() and
// on_completed().
static void *on_target(void *context, const char *target, struct MHD_Connection *library)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(library, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct http_exchange *exchange = calloc(1, sizeof *exchange);
    if (!exchange || !info || !info->socket_context) {
        free(exchange);
        return NULL;
    }
    exchange->connection = info->socket_context;
    exchange->began_us = http_now_us(exchange->connection->http);
    arena_init(&exchange->arena, ARENA_CHUNK_BYTES);
    exchange->target = arena_strndup(&exchange->arena, target, strlen(target));
    return exchange;
}

static void on_completed(void *context, struct MHD_Connection *library, void **request_context,
                         enum MHD_RequestTerminationCode code)
{
    struct http_exchange *exchange = *request_context;
    if (!exchange)
        return;
    *request_context = NULL;
    if (exchange->status)
        request_count(exchange);
    http_phase_set(exchange->connection, HTTP_WAITING);
    arena_done(&exchange->arena);
    free(exchange->body);
    free(exchange);
}

static enum MHD_Result begin(struct http_exchange *exchange, struct MHD_Connection *library,
                             const char *method)
{
    struct http_connection *connection = exchange->connection;
    struct http_fault fault;
    exchange->is_begun = true;
    bool good = http_request_fill(exchange, library, method, &fault);
    // Something may follow that nobody will read.
    connection->wants_linger = exchange->has_body;
    if (!good)
        return refuse(exchange, library, &fault);
    connection->body_bytes = 0;
    http_phase_set(connection, exchange->has_body ? HTTP_BODY : HTTP_ANSWERING);
    return MHD_YES;
}

// In the middle of a body the library takes no answer: so it is sent past it, and the connection
// ended.
static enum MHD_Result break_off(struct http_exchange *exchange, int status, const char *reason)
{
    struct buffer text = {0};
    refusal_write(status, reason, &text);
    (void)!send(exchange->connection->fd, text.bytes, text.size, MSG_NOSIGNAL | MSG_DONTWAIT);
    buffer_done(&text);
    exchange->status = status;
    return MHD_NO;
}

static enum MHD_Result body_append(struct http_exchange *exchange, const char *bytes, size_t size)
{
    exchange->connection->body_bytes += size;
    if (size > exchange->body_bytes_max - exchange->body_size)
        return break_off(exchange, 413, "the request's body is larger than is taken here");
    size_t needed = exchange->body_size + size;
    if (needed > exchange->body_capacity) {
        size_t capacity = exchange->body_capacity ? exchange->body_capacity : BODY_FIRST_BYTES;
        while (capacity < needed)
            capacity *= 2;
        uint8_t *grown = realloc(exchange->body, capacity);
        if (!grown)
            return break_off(exchange, 503, "no memory for the request's body");
        exchange->body = grown;
        exchange->body_capacity = capacity;
    }
    memcpy(exchange->body + exchange->body_size, bytes, size);
    exchange->body_size = needed;
    return MHD_YES;
}

static enum MHD_Result on_handle(void *context, struct MHD_Connection *library, const char *url,
                                 const char *method, const char *version, const char *upload,
                                 size_t *upload_size, void **request_context)
{
    struct http *http = context;
    struct http_exchange *exchange = *request_context;
    if (!exchange)
        return MHD_NO;
    if (!exchange->is_begun)
        return begin(exchange, library, method);
    if (*upload_size > 0) {
        size_t size = *upload_size;
        *upload_size = 0;
        return body_append(exchange, upload, size);
    }
    struct http_response response = {0};
    exchange->request.body = exchange->body;
    exchange->request.body_size = exchange->body_size;
    http->settings.on_request(http->settings.context, &exchange->request, &response);
    return answer(exchange, library, &response);
}

// --- thread ---

static void library_run(struct http *http)
{
    for (int i = 0; i < LIBRARY_RUNS_A_TURN; i++) {
        unsigned long long timeout_ms;
        MHD_run(http->library);
        if (MHD_get_timeout(http->library, &timeout_ms) != MHD_YES || timeout_ms > 0)
            return;
    }
    loop_wake(http->loop); // there is more to do: after the others had their turn
}

static void on_library_ready(struct loop_source *source, uint32_t ready)
{
    library_run((struct http *)((char *)source - offsetof(struct http, library_source)));
}

static void on_wake(void *context)
{
    struct http *http = context;
    arrivals_take(http);
    library_run(http);
    if (atomic_load_explicit(&http->stop, memory_order_acquire))
        http_deadlines_sweep(http);
}

static void on_sweep(void *context, uint64_t loop_now_us)
{
    struct http *http = context;
    http_deadlines_sweep(http);
    library_run(http); // frees what was ended
}

static bool library_start(struct http *http, struct error *err)
{
    http->library =
        MHD_start_daemon(MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET, 0, NULL, NULL, on_handle, http,
                         MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)LIBRARY_BYTES_PER_CONNECTION,
                         MHD_OPTION_CONNECTION_LIMIT, (unsigned)http->settings.connections_max + 16,
                         MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, on_target,
                         http, MHD_OPTION_NOTIFY_COMPLETED, on_completed, http,
                         MHD_OPTION_NOTIFY_CONNECTION, on_connection, http, MHD_OPTION_END);
    if (!http->library)
        return fail(err, ERR_SYSTEM, "cannot start the HTTP library: %s", strerror(errno));
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(http->library, MHD_DAEMON_INFO_EPOLL_FD);
    if (!info)
        return fail(err, ERR_SYSTEM, "the HTTP library was built without epoll");
    http->library_source = (struct loop_source){.fd = info->epoll_fd, .on_ready = on_library_ready};
    return loop_add(http->loop, &http->library_source, LOOP_READ, err);
}

static void *thread_main(void *context)
{
    loop_run(((struct http *)context)->loop);
    return NULL;
}

// Signals are for the main thread.
static bool thread_start(struct http *http, struct error *err)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int result = pthread_create(&http->thread, NULL, thread_main, http);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (result != 0)
        return fail(err, ERR_SYSTEM, "cannot start the HTTP thread: %s", strerror(result));
    pthread_setname_np(http->thread, "flux-http");
    return true;
}

static void http_free(struct http *http)
{
    if (http->library)
        MHD_stop_daemon(http->library); // closes what is left, and tells on_connection()
    linger_done(&http->linger);
    struct http_connection *next;
    for (struct http_connection *one = atomic_load(&http->arrivals); one; one = next) {
        next = one->next;
        close(one->fd);
        connection_drop(one);
    }
    loop_destroy(http->loop);
    free(http);
}

struct http *http_create(const struct http_settings *settings, struct error *err)
{
    ASSERT(settings->on_request);
    ASSERT(settings->connections_max > 0);
    struct http *http = calloc(1, sizeof *http);
    if (!http)
        assert_memory_failed(sizeof *http);
    http->settings = *settings;
    if (!http->settings.clock)
        http->settings.clock = &clock_system;
    http->loop = loop_create(err);
    if (!http->loop) {
        free(http);
        return NULL;
    }
    linger_init(&http->linger, http->loop);
    loop_on_wake(http->loop, on_wake, http);
    loop_every(http->loop, SWEEP_US, on_sweep, http);
    if (!library_start(http, err) || !thread_start(http, err)) {
        http_free(http);
        return NULL;
    }
    return http;
}

void http_destroy(struct http *http)
{
    if (!http)
        return;
    atomic_store_explicit(&http->stop, true, memory_order_release);
    loop_wake(http->loop);
    pthread_join(http->thread, NULL);
    http_free(http);
}
