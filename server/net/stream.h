// stream: a connected, non-blocking socket, with or without TLS: one interface, so that whoever
// speaks over it does not know which.
//
// Owner: the thread that it was handed to. Streams may start with bytes that were read already. A
// process that uses TLS streams must ignore SIGPIPE (OpenSSL writes with write(2)); plain ones
// never raise it.
#pragma once

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

struct ssl_st;

struct address {
    uint8_t bytes[16]; // IPv6, IPv4 mapped
    uint16_t port;
};

// No count to give back. A zeroed stream has none either.
#define ADDRESS_SLOT_NONE UINT32_MAX

struct stream {
    int fd;
    struct ssl_st *ssl; // NULL: plain; owned
    uint8_t *early;     // read before the hand-over, not yet taken; owned (malloc)
    uint32_t early_size, early_taken;
    bool wants_write;       // TLS: the read in progress needs the socket writable
    uint32_t pending_write; // TLS: bytes of a write that must be repeated
    bool broken;            // TLS: failed for good, so that no goodbye may be said
    struct address peer; // who it is for limits and logs: behind a trusted proxy, the forwarded one
    bool secure;         // https to the person, here or at a trusted proxy
    uint32_t address_slot; // the acceptor's count for this address, given back at close
};

enum stream_result { STREAM_OK, STREAM_AGAIN, STREAM_END, STREAM_FAILED };

// Reads what is there, up to `capacity`; *size > 0 with STREAM_OK.
enum stream_result stream_read(struct stream *stream, void *out, size_t capacity, size_t *size);
// Writes as much as the socket takes now; *size may be less, with STREAM_OK, and 0 with
// STREAM_AGAIN. After STREAM_AGAIN or a short write the caller must offer the same bytes first the
// next time, and (TLS) at least `pending_write` of them.
enum stream_result stream_write(struct stream *stream, const void *bytes, size_t size,
                                size_t *written);
// Bytes that can be read without the socket becoming readable (early or inside TLS).
bool stream_has_buffered(const struct stream *stream);
// Says goodbye (TLS close_notify, best effort), closes, frees what is owned, and gives the
// address's connection back to the acceptor's count. Nothing of the stream may be used afterwards.
void stream_close(struct stream *stream);
void stream_set_no_delay(struct stream *stream);
// How much the kernel may hold for it, in bytes; 0 leaves that to the kernel. The kernel takes
// twice the number, for its own upkeep (socket(7)).
void stream_set_receive_bytes(struct stream *stream, int bytes);
void stream_set_send_bytes(struct stream *stream, int bytes);
