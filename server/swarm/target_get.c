// The blocking half of target: one GET for the thread that may wait.
#include <errno.h>
#include <poll.h>
#include <string.h>

#include "base/clock.h"
#include "net/loop.h"
#include "swarm/answer.h"
#include "swarm/target.h"

struct exchange {
    const struct target *target;
    struct stream stream;
    uint64_t deadline_us;
};

static bool wait_for(const struct exchange *exchange, uint32_t wanted, struct error *err)
{
    struct pollfd poll_fd = {
        .fd = exchange->stream.fd,
        .events = (short)((wanted & LOOP_READ ? POLLIN : 0) | (wanted & LOOP_WRITE ? POLLOUT : 0)),
    };
    uint64_t now_us = clock_now_us(&clock_system);
    if (now_us >= exchange->deadline_us)
        return fail(err, ERR_UNAVAILABLE, "%.100s did not answer in time", exchange->target->url);
    int result = poll(&poll_fd, 1, (int)((exchange->deadline_us - now_us) / 1000) + 1);
    if (result < 0 && errno != EINTR)
        return fail(err, ERR_SYSTEM, "cannot wait for %.100s: %s", exchange->target->url,
                    strerror(errno));
    return true;
}

static bool connect_now(struct exchange *exchange, struct error *err)
{
    enum stream_result result;
    uint32_t wanted = LOOP_WRITE;
    while ((result = target_finish_dial(exchange->target, &exchange->stream, &wanted, err)) ==
           STREAM_AGAIN)
        if (!wait_for(exchange, wanted, err))
            return false;
    return result == STREAM_OK;
}

static bool send_now(struct exchange *exchange, const struct buffer *request, struct error *err)
{
    size_t sent = 0, written;
    while (sent < request->size) {
        enum stream_result result =
            stream_write(&exchange->stream, request->bytes + sent, request->size - sent, &written);
        if (result != STREAM_OK && result != STREAM_AGAIN)
            return fail(err, ERR_UNAVAILABLE, "%.100s hung up", exchange->target->url);
        sent += written;
        if (sent < request->size && !wait_for(exchange, LOOP_WRITE, err))
            return false;
    }
    return true;
}

static bool receive_now(struct exchange *exchange, struct buffer *in, struct answer *answer,
                        struct error *err)
{
    enum answer_result parsed = ANSWER_MORE;
    while (parsed == ANSWER_MORE) {
        size_t got;
        enum stream_result result =
            stream_read(&exchange->stream, buffer_reserve(in, 16384), 16384, &got);
        if (result == STREAM_FAILED)
            return fail(err, ERR_UNAVAILABLE, "%.100s hung up", exchange->target->url);
        in->size += got;
        if (result == STREAM_AGAIN) {
            if (!wait_for(exchange, LOOP_READ, err))
                return false;
        } else {
            parsed = answer_read((char *)in->bytes, in->size, result == STREAM_END, answer);
        }
    }
    if (parsed == ANSWER_BAD)
        return fail(err, ERR_INVALID, "%.100s does not answer as a Flux server does",
                    exchange->target->url);
    return true;
}

static bool exchange_run(struct exchange *exchange, const struct buffer *request, const char *path,
                         struct buffer *out, struct error *err)
{
    struct buffer in = {0};
    struct answer answer = {0};
    bool done = connect_now(exchange, err) && send_now(exchange, request, err) &&
                receive_now(exchange, &in, &answer, err);
    if (done && answer.status != 200)
        done = fail(err, answer.status == 404 ? ERR_NOT_FOUND : ERR_UNAVAILABLE,
                    "%.100s%.40s answers %d", exchange->target->url, path, answer.status);
    if (done)
        buffer_append(out, answer.body, answer.body_size);
    buffer_done(&in);
    return done;
}

bool target_get(const struct target *target, const char *path, int timeout_ms, struct buffer *out,
                struct error *err)
{
    struct exchange exchange = {
        .target = target,
        .deadline_us = clock_now_us(&clock_system) + (uint64_t)timeout_ms * 1000,
    };
    if (!target_dial(target, &exchange.stream, err))
        return false;
    struct buffer request = {0};
    buffer_printf(&request, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path,
                  target->authority);
    bool done = exchange_run(&exchange, &request, path, out, err);
    buffer_done(&request);
    stream_close(&exchange.stream);
    return done;
}
