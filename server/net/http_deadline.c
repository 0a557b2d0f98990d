#include <linux/tcp.h>
#include <sys/socket.h>

#include "net/http_internal.h"
#include "net/refusal.h"

// The library's own timeout is for inactivity: a byte now and then holds a connection for ever. So
// each phase has a bound here, looked at twice a second.
//
// How much of an answer was taken is asked of the kernel (bytes the peer has acknowledged), since
// the library does not say. Behind TLS the socket is a pair's, which knows nothing of the peer:
// there the pump has the same bound, and ends the pair.

enum {
    WAIT_US = 30000000,
    STOP_US = 2000000,
    BODY_BYTES_PER_S_MIN = 4096,
    ANSWER_BYTES_PER_S_MIN = 8192,
};

static uint64_t acknowledged_bytes(int fd)
{
    struct tcp_info info = {0};
    socklen_t size = sizeof info;
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0)
        return 0;
    return info.tcpi_bytes_acked;
}

void http_phase_set(struct http_connection *connection, enum http_phase phase)
{
    connection->phase = phase;
    connection->phase_since_us = http_now_us(connection->http);
    connection->rate_is_begun = false;
}

void http_connection_end(struct http_connection *connection)
{
    if (connection->is_ended)
        return;
    connection->is_ended = true;
    shutdown(connection->fd, SHUT_RDWR);
}

static bool is_too_slow(struct http_connection *connection, uint64_t now_us)
{
    if (connection->phase == HTTP_WAITING)
        return now_us - connection->phase_since_us > WAIT_US;
    bool answering = connection->phase == HTTP_ANSWERING;
    if (answering && connection->is_pair)
        return false;
    uint64_t bytes = answering ? acknowledged_bytes(connection->fd) : connection->body_bytes;
    // Most answers are over before the first sweep sees them, and cost nothing here.
    if (!connection->rate_is_begun) {
        connection->rate_is_begun = true;
        rate_begin(&connection->rate, bytes, now_us);
        return false;
    }
    return rate_is_low(&connection->rate, bytes, now_us,
                       answering ? ANSWER_BYTES_PER_S_MIN : BODY_BYTES_PER_S_MIN);
}

static void say_too_slow(const struct http_connection *connection)
{
    struct buffer answer = {0};
    refusal_write(408, "the request took too long to arrive", &answer);
    (void)!send(connection->fd, answer.bytes, answer.size, MSG_NOSIGNAL | MSG_DONTWAIT);
    buffer_done(&answer);
}

static void stop_sweep(struct http *http, uint64_t now_us)
{
    if (http->stop_deadline_us == 0)
        http->stop_deadline_us = now_us + STOP_US;
    for (struct http_connection *one = http->first; one; one = one->next) {
        if (one->phase == HTTP_WAITING)
            http_connection_end(one);
    }
    if (!http->first || now_us >= http->stop_deadline_us)
        loop_stop(http->loop);
}

void http_deadlines_sweep(struct http *http)
{
    uint64_t now_us = http_now_us(http);
    for (struct http_connection *one = http->first; one; one = one->next) {
        if (one->is_ended || !is_too_slow(one, now_us))
            continue;
        if (one->phase == HTTP_BODY)
            say_too_slow(one);
        http_connection_end(one);
    }
    linger_sweep(&http->linger, now_us);
    if (atomic_load_explicit(&http->stop, memory_order_acquire))
        stop_sweep(http, now_us);
}
