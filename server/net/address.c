#include "net/address.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

static const uint8_t mapped_prefix[12] = {[10] = 0xff, [11] = 0xff};

static void set_ipv4(struct address *out, const void *four_bytes)
{
    memcpy(out->bytes, mapped_prefix, sizeof mapped_prefix);
    memcpy(out->bytes + 12, four_bytes, 4);
}

bool address_from_socket(const struct sockaddr *from, socklen_t size, struct address *out)
{
    *out = (struct address){0};
    if (size >= sizeof(struct sockaddr_in) && from->sa_family == AF_INET) {
        struct sockaddr_in ipv4;
        memcpy(&ipv4, from, sizeof ipv4);
        set_ipv4(out, &ipv4.sin_addr);
        out->port = ntohs(ipv4.sin_port);
        return true;
    }
    if (size >= sizeof(struct sockaddr_in6) && from->sa_family == AF_INET6) {
        struct sockaddr_in6 ipv6;
        memcpy(&ipv6, from, sizeof ipv6);
        memcpy(out->bytes, &ipv6.sin6_addr, 16);
        out->port = ntohs(ipv6.sin6_port);
        return true;
    }
    return false;
}

static bool host_parse(const char *text, size_t size, bool may_be_ipv4, struct address *out)
{
    char host[INET6_ADDRSTRLEN];
    if (size == 0 || size >= sizeof host || memchr(text, '\0', size))
        return false;
    memcpy(host, text, size);
    host[size] = '\0';
    struct in_addr ipv4;
    struct in6_addr ipv6;
    if (may_be_ipv4 && inet_pton(AF_INET, host, &ipv4) == 1) {
        set_ipv4(out, &ipv4);
        return true;
    }
    if (inet_pton(AF_INET6, host, &ipv6) != 1)
        return false;
    memcpy(out->bytes, &ipv6, 16);
    return true;
}

static bool port_parse(const char *text, size_t size, uint16_t *out)
{
    uint32_t port = 0;
    if (size == 0 || size > 5)
        return false;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        port = port * 10 + (uint32_t)(text[i] - '0');
    }
    *out = (uint16_t)port;
    return port <= 65535;
}

bool address_parse(const char *text, size_t size, struct address *out)
{
    struct address parsed = {0};
    const char *host = text, *rest = text + size;
    size_t host_size = size;
    bool bracketed = size > 0 && text[0] == '[';
    if (bracketed) {
        const char *close = memchr(text, ']', size);
        if (!close)
            return false;
        host = text + 1;
        host_size = (size_t)(close - host);
        rest = close + 1;
    } else {
        const char *colon = size ? memchr(text, ':', size) : NULL;
        if (colon && !memchr(colon + 1, ':', (size_t)(text + size - colon - 1))) {
            host_size = (size_t)(colon - text);
            rest = colon;
        }
    }
    if (!host_parse(host, host_size, !bracketed, &parsed))
        return false;
    size_t rest_size = (size_t)(text + size - rest);
    if (rest_size > 0 && (*rest != ':' || !port_parse(rest + 1, rest_size - 1, &parsed.port)))
        return false;
    *out = parsed;
    return true;
}

bool address_is_ipv4(const struct address *address)
{
    return memcmp(address->bytes, mapped_prefix, sizeof mapped_prefix) == 0;
}

void address_format(const struct address *address, char out[ADDRESS_TEXT_BYTES_MAX])
{
    bool ipv4 = address_is_ipv4(address);
    const char *text = inet_ntop(ipv4 ? AF_INET : AF_INET6, address->bytes + (ipv4 ? 12 : 0), out,
                                 ADDRESS_TEXT_BYTES_MAX);
    ASSERT(text);
}

bool address_is_loopback(const struct address *address)
{
    static const uint8_t one[16] = {[15] = 1};
    if (address_is_ipv4(address))
        return address->bytes[12] == 127;
    return memcmp(address->bytes, one, sizeof one) == 0;
}

static uint32_t bit_of(const uint8_t *bytes, uint32_t index)
{
    return bytes[index / 8] >> (7 - index % 8) & 1;
}

bool address_range_parse(const char *text, struct address_range *out, struct error *err)
{
    const char *slash = strchr(text, '/');
    struct address base = {0};
    if (!host_parse(text, slash ? (size_t)(slash - text) : strlen(text), true, &base))
        return fail(err, ERR_INVALID,
                    "\"%.60s\" is not an address range such as 10.0.0.0/8 or fd00::/8", text);
    uint32_t offset = address_is_ipv4(&base) && !strchr(text, ':') ? 96 : 0;
    uint32_t bits = 128 - offset;
    if (slash) {
        uint16_t number;
        if (!port_parse(slash + 1, strlen(slash + 1), &number) || number > bits)
            return fail(err, ERR_INVALID, "\"%.60s\": what follows the slash must be 0 to %u", text,
                        bits);
        bits = number;
    }
    for (uint32_t i = offset + bits; i < 128; i++) {
        if (bit_of(base.bytes, i))
            return fail(err, ERR_INVALID, "\"%.60s\" has bits set below its prefix", text);
    }
    memcpy(out->bytes, base.bytes, 16);
    out->prefix_bits = offset + bits;
    return true;
}

bool address_in_range(const struct address *address, const struct address_range *range)
{
    uint32_t whole = range->prefix_bits / 8, rest = range->prefix_bits % 8;
    if (memcmp(address->bytes, range->bytes, whole) != 0)
        return false;
    return rest == 0 || (address->bytes[whole] ^ range->bytes[whole]) >> (8 - rest) == 0;
}

struct address address_forwarded(const struct address *peer, const char *list,
                                 bool (*is_trusted)(void *context, const struct address *address),
                                 void *context)
{
    struct address best = *peer;
    size_t end = strlen(list);
    while (end > 0) {
        size_t begin = end;
        while (begin > 0 && list[begin - 1] != ',')
            begin--;
        const char *item = list + begin;
        size_t size = end - begin;
        for (; size > 0 && (*item == ' ' || *item == '\t'); size--)
            item++;
        while (size > 0 && (item[size - 1] == ' ' || item[size - 1] == '\t'))
            size--;
        if (!address_parse(item, size, &best) || !is_trusted(context, &best))
            break;
        end = begin > 0 ? begin - 1 : 0;
    }
    return best;
}
