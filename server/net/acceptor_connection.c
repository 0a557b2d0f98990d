#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "net/acceptor_internal.h"
#include "net/head.h"
#include "net/refusal.h"
#include "net/stream_internal.h"
#include "net/tls.h"

// Plain: the head is only looked at (MSG_PEEK), because whoever takes the socket wants all of it.
// Level- triggered, a part of a head that lies there would wake us for ever; so after each look
// SO_RCVLOWAT is set one above what lies there, and the kernel stays silent until more came. It
// also speaks when the peer has ended its side, and when it is short of memory: then there is
// nothing new to see, and poll() tells which it was.
//
// TLS: the head is read into a buffer that then goes first, to the hub's stream or into the pump.

struct metric refused_metrics[REFUSED_COUNT] = {
    [REFUSED_ADDRESS] = {.name = "flux_net_refused_total",
                         .labels = "reason=\"address\"",
                         .help = "Connections refused, by reason",
                         .kind = METRIC_COUNTER},
    [REFUSED_TOTAL] = {.name = "flux_net_refused_total",
                       .labels = "reason=\"total\"",
                       .kind = METRIC_COUNTER},
    [REFUSED_HEAD] = {.name = "flux_net_refused_total",
                      .labels = "reason=\"head\"",
                      .kind = METRIC_COUNTER},
    [REFUSED_TIMEOUT] = {.name = "flux_net_refused_total",
                         .labels = "reason=\"timeout\"",
                         .kind = METRIC_COUNTER},
    [REFUSED_TLS] = {.name = "flux_net_refused_total",
                     .labels = "reason=\"tls\"",
                     .kind = METRIC_COUNTER},
};

static_assert(sizeof(struct connection) < 300, "ten thousand of them may wait");

static void connection_unlink(struct connection *connection)
{
    struct acceptor *acceptor = connection->acceptor;
    *(connection->previous ? &connection->previous->next : &acceptor->oldest) = connection->next;
    *(connection->next ? &connection->next->previous : &acceptor->newest) = connection->previous;
    loop_remove(acceptor->loop, &connection->source);
}

static void connection_close(struct connection *connection)
{
    connection_unlink(connection);
    buffer_done(&connection->head);
    stream_close(&connection->stream);
    free(connection);
}

void connections_close_all(struct acceptor *acceptor)
{
    while (acceptor->oldest)
        connection_close(acceptor->oldest);
}

static void low_water_set(int fd, int bytes)
{
    setsockopt(fd, SOL_SOCKET, SO_RCVLOWAT, &bytes, sizeof bytes);
}

// Answers, lets the answer through, and closes.
static void connection_refuse(struct connection *connection, enum refused why, int status,
                              const char *reason)
{
    struct acceptor *acceptor = connection->acceptor;
    struct stream *stream = &connection->stream;
    struct buffer answer = {0};
    size_t written;
    metric_add(&refused_metrics[why], 1);
    if (connection->peeked)
        low_water_set(stream->fd, 1);
    refusal_write(status, reason, &answer);
    // A socket that takes not even this loses it.
    (void)stream_write(stream, answer.bytes, answer.size, &written);
    buffer_done(&answer);

    connection_unlink(connection);
    buffer_done(&connection->head);
    int fd = stream->fd;
    uint32_t slot = stream->address_slot;
    stream->fd = -1;
    stream->address_slot = ADDRESS_SLOT_NONE;
    stream_close(stream); // ends TLS; the descriptor lives on
    free(connection);
    linger_take(&acceptor->linger, fd, slot, clock_now_us(acceptor->settings.clock));
}

// From a trusted proxy: counts for the person instead of for nobody. False when that is one too
// many.
static bool slot_exchange(struct connection *connection, const struct address *person)
{
    struct stream *stream = &connection->stream;
    quota_release(stream->address_slot);
    stream->address_slot = ADDRESS_SLOT_NONE;
    return quota_take(connection->acceptor->quota, person, &stream->address_slot) == QUOTA_OK;
}

static bool is_trusted(void *context, const struct address *address)
{
    return acceptor_address_is_trusted(context, address);
}

// The last item of the list: what the nearest proxy says.
static bool last_item_is(const char *list, const char *word)
{
    const char *comma = strrchr(list, ',');
    const char *item = comma ? comma + 1 : list;
    item += strspn(item, " \t");
    return head_text_is((struct head_text){item, strlen(item)}, word);
}

static void person_learn(struct connection *connection, const struct head *head,
                         struct address *person, bool *secure)
{
    char list[512];
    *person = connection->stream.peer;
    *secure = connection->stream.ssl;
    if (!connection->is_of_proxy)
        return;
    if (head_join(head, "x-forwarded-for", list, sizeof list))
        *person = address_forwarded(person, list, is_trusted, connection->acceptor);
    if (head_join(head, "x-forwarded-proto", list, sizeof list))
        *secure = last_item_is(list, "https");
}

static bool is_realtime(const struct head *head)
{
    static const char path[] = "/v1/realtime";
    size_t size = sizeof path - 1;
    return head->method.size == 3 && memcmp(head->method.at, "GET", 3) == 0 &&
           head->target.size >= size && memcmp(head->target.at, path, size) == 0 &&
           (head->target.size == size || head->target.at[size] == '?');
}

// The connection is only a stream from here on.
static struct stream connection_to_stream(struct connection *connection)
{
    struct stream stream = connection->stream;
    connection_unlink(connection);
    if (connection->head.size > 0) {
        stream.early = connection->head.bytes; // malloc'ed, as a buffer's bytes are
        stream.early_size = (uint32_t)connection->head.size;
    } else {
        buffer_done(&connection->head);
    }
    free(connection);
    return stream;
}

static void hand_to_realtime(struct connection *connection)
{
    const struct acceptor_settings *settings = &connection->acceptor->settings;
    struct stream stream = connection_to_stream(connection);
    settings->on_realtime(settings->context, &stream);
}

static socklen_t address_to_socket(const struct address *address, struct sockaddr_storage *out)
{
    memset(out, 0, sizeof *out);
    if (address_is_ipv4(address)) {
        struct sockaddr_in *ipv4 = (struct sockaddr_in *)out;
        ipv4->sin_family = AF_INET;
        ipv4->sin_port = htons(address->port);
        memcpy(&ipv4->sin_addr, address->bytes + 12, 4);
        return sizeof *ipv4;
    }
    struct sockaddr_in6 *ipv6 = (struct sockaddr_in6 *)out;
    ipv6->sin6_family = AF_INET6;
    ipv6->sin6_port = htons(address->port);
    memcpy(&ipv6->sin6_addr, address->bytes, 16);
    return sizeof *ipv6;
}

// The library sees one end of a pair, the pump has the other.
static void hand_to_pump(struct acceptor *acceptor, struct stream *stream,
                         const struct sockaddr_storage *peer, socklen_t peer_size)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair) < 0) {
        stream_close(stream);
        return;
    }
    if (!pump_start(&acceptor->pumps, stream, pair[0], NULL)) {
        close(pair[0]);
        close(pair[1]);
        stream_close(stream);
        return;
    }
    acceptor->settings.on_http(acceptor->settings.context, pair[1], (const struct sockaddr *)peer,
                               peer_size, true, ADDRESS_SLOT_NONE);
}

static void hand_to_http(struct connection *connection)
{
    struct acceptor *acceptor = connection->acceptor;
    const struct acceptor_settings *settings = &acceptor->settings;
    struct sockaddr_storage peer;
    socklen_t peer_size = address_to_socket(&connection->stream.peer, &peer);
    struct stream stream = connection_to_stream(connection);
    if (stream.ssl)
        hand_to_pump(acceptor, &stream, &peer, peer_size);
    else
        settings->on_http(settings->context, stream.fd, (struct sockaddr *)&peer, peer_size, false,
                          stream.address_slot);
}

static void connection_dispatch(struct connection *connection, const struct head *head)
{
    struct address person;
    bool secure;
    person_learn(connection, head, &person, &secure);
    if (connection->is_of_proxy && !slot_exchange(connection, &person)) {
        connection_refuse(connection, REFUSED_ADDRESS, 429,
                          "too many connections from your address");
        return;
    }
    if (connection->peeked)
        low_water_set(connection->stream.fd, 1);
    if (!is_realtime(head)) {
        hand_to_http(connection); // which learns of persons by itself, for each request
        return;
    }
    connection->stream.peer = person;
    connection->stream.secure = secure;
    hand_to_realtime(connection);
}

static enum head_result connection_judge(struct connection *connection, const char *bytes,
                                         size_t size)
{
    struct head head;
    enum head_result result =
        head_read(bytes, size, connection->acceptor->settings.head_bytes_max, &head);
    if (result == HEAD_OK)
        connection_dispatch(connection, &head);
    else if (result == HEAD_BAD)
        connection_refuse(connection, REFUSED_HEAD, head.status, head.reason);
    return result;
}

static bool peer_has_ended(int fd)
{
    struct pollfd look = {.fd = fd, .events = POLLRDHUP};
    return poll(&look, 1, 0) == 1 && (look.revents & (POLLRDHUP | POLLHUP | POLLERR));
}

static void connection_pause(struct connection *connection)
{
    connection->is_paused = true;
    loop_change(connection->acceptor->loop, &connection->source, 0);
}

static void on_plain(struct connection *connection)
{
    struct acceptor *acceptor = connection->acceptor;
    int fd = connection->stream.fd;
    ssize_t got = recv(fd, acceptor->scratch, acceptor->settings.head_bytes_max, MSG_PEEK);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (got <= 0) {
        connection_close(connection);
        return;
    }
    if ((uint32_t)got == connection->peeked) {
        if (peer_has_ended(fd))
            connection_refuse(connection, REFUSED_HEAD, 400, "the request ended inside its head");
        else
            connection_pause(connection);
        return;
    }
    connection->peeked = (uint32_t)got;
    if (connection_judge(connection, acceptor->scratch, (size_t)got) == HEAD_MORE)
        low_water_set(fd, (int)got + 1);
}

// False when the connection is gone or must wait.
static bool handshake_step(struct connection *connection)
{
    struct acceptor *acceptor = connection->acceptor;
    struct stream *stream = &connection->stream;
    // Made at the first byte: a session costs far more memory than the rest of what waits here.
    if (!stream->ssl)
        stream->ssl = tls_session_create(acceptor->tls, stream->fd);
    enum tls_result result = stream->ssl ? tls_session_accept(stream->ssl) : TLS_FAILED;
    switch (result) {
    case TLS_DONE:
        connection->is_handshaking = false;
        loop_change(acceptor->loop, &connection->source, LOOP_READ);
        return true;
    case TLS_WANTS_READ:
        loop_change(acceptor->loop, &connection->source, LOOP_READ);
        return false;
    case TLS_WANTS_WRITE:
        loop_change(acceptor->loop, &connection->source, LOOP_WRITE);
        return false;
    case TLS_NOT_TLS:
        stream->broken = true;
        stream_tls_end(stream); // so that the answer goes out plain
        connection_refuse(connection, REFUSED_TLS, 400, "this port speaks HTTPS only");
        return false;
    case TLS_FAILED:
        break;
    }
    metric_add(&refused_metrics[REFUSED_TLS], 1);
    stream->broken = true;
    connection_close(connection);
    return false;
}

static void on_tls(struct connection *connection)
{
    struct stream *stream = &connection->stream;
    uint32_t head_bytes_max = connection->acceptor->settings.head_bytes_max;
    if (connection->is_handshaking && !handshake_step(connection))
        return;
    for (;;) {
        size_t got;
        size_t room = head_bytes_max - connection->head.size;
        size_t piece = room < 2048 ? room : 2048;
        ASSERT(piece > 0); // a full buffer was judged too large
        enum stream_result result =
            stream_read(stream, buffer_reserve(&connection->head, piece), piece, &got);
        if (result == STREAM_AGAIN)
            break;
        if (result != STREAM_OK) {
            connection_close(connection);
            return;
        }
        connection->head.size += got;
        if (connection_judge(connection, (char *)connection->head.bytes, connection->head.size) !=
            HEAD_MORE)
            return;
    }
    loop_change(connection->acceptor->loop, &connection->source,
                stream->wants_write ? LOOP_WRITE : LOOP_READ);
}

static void on_ready(struct loop_source *source, uint32_t ready)
{
    struct connection *connection = (struct connection *)source;
    if (connection->acceptor->tls)
        on_tls(connection);
    else
        on_plain(connection);
}

// One that is over the limit costs one answer and nothing that lasts.
static void refuse_at_once(struct acceptor *acceptor, int fd, enum quota_result why)
{
    bool address = why == QUOTA_ADDRESS_FULL;
    metric_add(&refused_metrics[address ? REFUSED_ADDRESS : REFUSED_TOTAL], 1);
    if (!acceptor->tls) {
        struct buffer answer = {0};
        char dropped[2048];
        refusal_write(address ? 429 : 503,
                      address ? "too many connections from your address" : "the server is full",
                      &answer);
        // Whatever comes of these: the connection is closed.
        (void)!send(fd, answer.bytes, answer.size, MSG_NOSIGNAL | MSG_DONTWAIT);
        (void)!recv(fd, dropped, sizeof dropped, MSG_DONTWAIT);
        buffer_done(&answer);
    }
    close(fd);
}

void connection_open(struct acceptor *acceptor, int fd, const struct address *peer)
{
    bool of_proxy = acceptor_address_is_trusted(acceptor, peer);
    uint32_t slot;
    enum quota_result result = quota_take(acceptor->quota, of_proxy ? NULL : peer, &slot);
    if (result != QUOTA_OK) {
        refuse_at_once(acceptor, fd, result);
        return;
    }
    struct connection *connection = calloc(1, sizeof *connection);
    if (!connection) {
        close(fd);
        quota_release(slot);
        return;
    }
    connection->acceptor = acceptor;
    connection->source = (struct loop_source){.fd = fd, .on_ready = on_ready};
    connection->stream = (struct stream){
        .fd = fd, .peer = *peer, .secure = acceptor->tls != NULL, .address_slot = slot};
    connection->is_handshaking = acceptor->tls != NULL;
    connection->is_of_proxy = of_proxy;
    connection->deadline_us = clock_now_us(acceptor->settings.clock) +
                              (uint64_t)acceptor->settings.head_timeout_ms * 1000;
    stream_set_no_delay(&connection->stream);
    if (!loop_add(acceptor->loop, &connection->source, LOOP_READ, NULL)) {
        stream_close(&connection->stream);
        free(connection);
        return;
    }
    connection->previous = acceptor->newest;
    *(acceptor->newest ? &acceptor->newest->next : &acceptor->oldest) = connection;
    acceptor->newest = connection;
}

static void connection_expire(struct connection *connection)
{
    bool said_nothing = connection->peeked == 0 && connection->head.size == 0;
    if (connection->is_handshaking || said_nothing) {
        // Nothing was asked, so nothing is answered.
        metric_add(&refused_metrics[REFUSED_TIMEOUT], 1);
        connection_close(connection);
        return;
    }
    connection_refuse(connection, REFUSED_TIMEOUT, 408, "the request took too long to arrive");
}

void connections_sweep(struct acceptor *acceptor, uint64_t now_us)
{
    while (acceptor->oldest && acceptor->oldest->deadline_us <= now_us)
        connection_expire(acceptor->oldest);
    for (struct connection *one = acceptor->oldest; one; one = one->next) {
        if (!one->is_paused)
            continue;
        one->is_paused = false;
        loop_change(acceptor->loop, &one->source, LOOP_READ);
    }
}

void acceptor_register_metrics(void)
{
    quota_register_metrics();
    for (int i = 0; i < REFUSED_COUNT; i++)
        metric_register(&refused_metrics[i]);
}
