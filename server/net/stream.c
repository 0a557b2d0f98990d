#include "net/stream.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/assert.h"
#include "net/quota.h"
#include "net/stream_internal.h"

static size_t early_read(struct stream *stream, void *out, size_t capacity)
{
    size_t left = stream->early_size - stream->early_taken;
    size_t size = left < capacity ? left : capacity;
    memcpy(out, stream->early + stream->early_taken, size);
    stream->early_taken += (uint32_t)size;
    if (stream->early_taken == stream->early_size) {
        free(stream->early);
        stream->early = NULL;
        stream->early_size = stream->early_taken = 0;
    }
    return size;
}

static enum stream_result plain_read(const struct stream *stream, void *out, size_t capacity,
                                     size_t *size)
{
    ssize_t got;
    do
        got = recv(stream->fd, out, capacity, 0);
    while (got < 0 && errno == EINTR);
    if (got > 0) {
        *size = (size_t)got;
        return STREAM_OK;
    }
    if (got == 0)
        return STREAM_END;
    return errno == EAGAIN || errno == EWOULDBLOCK ? STREAM_AGAIN : STREAM_FAILED;
}

enum stream_result stream_read(struct stream *stream, void *out, size_t capacity, size_t *size)
{
    ASSERT(capacity > 0);
    *size = 0;
    if (stream->early) {
        *size = early_read(stream, out, capacity);
        return STREAM_OK;
    }
    if (stream->ssl)
        return stream_tls_read(stream, out, capacity, size);
    return plain_read(stream, out, capacity, size);
}

static enum stream_result plain_write(const struct stream *stream, const void *bytes, size_t size,
                                      size_t *written)
{
    ssize_t put;
    do
        put = send(stream->fd, bytes, size, MSG_NOSIGNAL);
    while (put < 0 && errno == EINTR);
    if (put >= 0) {
        *written = (size_t)put;
        return STREAM_OK;
    }
    // ENOBUFS is the kernel short of memory for a moment, not the end of the connection.
    bool later = errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS;
    return later ? STREAM_AGAIN : STREAM_FAILED;
}

enum stream_result stream_write(struct stream *stream, const void *bytes, size_t size,
                                size_t *written)
{
    *written = 0;
    if (size == 0)
        return STREAM_OK;
    if (stream->ssl)
        return stream_tls_write(stream, bytes, size, written);
    return plain_write(stream, bytes, size, written);
}

bool stream_has_buffered(const struct stream *stream)
{
    return stream->early || (stream->ssl && stream_tls_has_buffered(stream));
}

void stream_close(struct stream *stream)
{
    if (stream->ssl)
        stream_tls_end(stream);
    free(stream->early);
    if (stream->fd >= 0)
        close(stream->fd);
    quota_release(stream->address_slot);
    *stream = (struct stream){.fd = -1, .address_slot = ADDRESS_SLOT_NONE};
}

void stream_set_no_delay(struct stream *stream)
{
    int on = 1;
    // Fails on what is not TCP (a socket pair in tests), where nothing is delayed anyway.
    setsockopt(stream->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

void stream_set_receive_bytes(struct stream *stream, int bytes)
{
    if (bytes > 0)
        setsockopt(stream->fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

void stream_set_send_bytes(struct stream *stream, int bytes)
{
    if (bytes > 0)
        setsockopt(stream->fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}
