#include <openssl/err.h>
#include <openssl/ssl.h>

#include "base/assert.h"
#include "net/stream_internal.h"

// One TLS record: larger writes gain nothing, and a write that must be repeated stays small.
enum { RECORD_BYTES_MAX = 16384 };

enum stream_result stream_tls_read(struct stream *stream, void *out, size_t capacity, size_t *size)
{
    if (stream->broken)
        return STREAM_FAILED;
    // The error queue is the thread's: what another connection left there would be taken for ours.
    ERR_clear_error();
    stream->wants_write = false;
    int result = SSL_read_ex(stream->ssl, out, capacity, size);
    if (result > 0)
        return STREAM_OK;
    *size = 0;
    switch (SSL_get_error(stream->ssl, result)) {
    case SSL_ERROR_WANT_READ:
        return STREAM_AGAIN;
    case SSL_ERROR_WANT_WRITE:
        stream->wants_write = true;
        return STREAM_AGAIN;
    case SSL_ERROR_ZERO_RETURN:
        return STREAM_END;
    default:
        stream->broken = true;
        ERR_clear_error();
        return STREAM_FAILED;
    }
}

// One record. Contexts are in partial-write and moving-buffer mode (net/tls.c).
static enum stream_result record_write(struct stream *stream, const void *bytes, size_t size,
                                       size_t *written)
{
    ERR_clear_error();
    int result = SSL_write_ex(stream->ssl, bytes, size, written);
    if (result > 0) {
        stream->pending_write = 0;
        return STREAM_OK;
    }
    *written = 0;
    switch (SSL_get_error(stream->ssl, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        stream->pending_write = (uint32_t)size;
        return STREAM_AGAIN;
    default:
        stream->broken = true;
        ERR_clear_error();
        return STREAM_FAILED;
    }
}

enum stream_result stream_tls_write(struct stream *stream, const void *bytes, size_t size,
                                    size_t *written)
{
    if (stream->broken)
        return STREAM_FAILED;
    ASSERT(size >= stream->pending_write);
    const uint8_t *from = bytes;
    while (*written < size) {
        size_t left = size - *written;
        size_t piece = stream->pending_write     ? stream->pending_write
                       : left < RECORD_BYTES_MAX ? left
                                                 : RECORD_BYTES_MAX;
        size_t put = 0;
        enum stream_result result = record_write(stream, from + *written, piece, &put);
        if (result == STREAM_AGAIN && *written > 0)
            return STREAM_OK;
        if (result != STREAM_OK)
            return result;
        *written += put;
    }
    return STREAM_OK;
}

bool stream_tls_has_buffered(const struct stream *stream)
{
    // SSL_has_pending alone also counts bytes of a record that is not whole yet, for which only the
    // socket can help: then a caller who loops on this would spin.
    return !stream->broken && SSL_pending(stream->ssl) > 0;
}

void stream_tls_end(struct stream *stream)
{
    ERR_clear_error();
    if (!stream->broken && SSL_is_init_finished(stream->ssl))
        SSL_shutdown(stream->ssl);
    ERR_clear_error();
    SSL_free(stream->ssl);
    stream->ssl = NULL;
}
