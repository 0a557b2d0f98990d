// address: who a connection comes from: parse, write, compare with ranges, and believe proxies.
//
// Pure values (struct address is in net/stream.h). IPv4 is kept as mapped IPv6, so that one address
// has one form.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#include "base/error.h"
#include "net/stream.h"

enum { ADDRESS_TEXT_BYTES_MAX = 64 };

struct address_range {
    uint8_t bytes[16];
    uint32_t prefix_bits; // of the 128
};

// False for families other than IPv4 and IPv6; *out is then zeroed.
bool address_from_socket(const struct sockaddr *from, socklen_t size, struct address *out);
// "192.0.2.1", "192.0.2.1:80", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:80".
MUST_CHECK bool address_parse(const char *text, size_t size, struct address *out);
// Without the port; IPv4 as IPv4.
void address_format(const struct address *address, char out[ADDRESS_TEXT_BYTES_MAX]);
bool address_is_ipv4(const struct address *address);
bool address_is_loopback(const struct address *address);

// "10.0.0.0/8", "::1", "fd00::/8". ERR_INVALID names the text; bits below the prefix must be zero.
MUST_CHECK bool address_range_parse(const char *text, struct address_range *out, struct error *err);
bool address_in_range(const struct address *address, const struct address_range *range);

// Who is meant by an X-Forwarded-For list that `peer`, a trusted proxy, handed on: the rightmost
// that is not itself trusted. What cannot be read ends the search: the proxy that wrote it is then
// the one.
struct address address_forwarded(const struct address *peer, const char *list,
                                 bool (*is_trusted)(void *context, const struct address *address),
                                 void *context);
