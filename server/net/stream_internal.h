// stream_internal: the TLS half of net/stream, for this room only.
#pragma once

#include "net/stream.h"

enum stream_result stream_tls_read(struct stream *stream, void *out, size_t capacity, size_t *size);
enum stream_result stream_tls_write(struct stream *stream, const void *bytes, size_t size,
                                    size_t *written);
bool stream_tls_has_buffered(const struct stream *stream);
// Sends close_notify if it may, and frees the TLS state.
void stream_tls_end(struct stream *stream);
