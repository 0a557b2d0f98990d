#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "net/acceptor_internal.h"

enum { BACKLOG = 4096, PORT_TRIES = 8 };

struct listen_target {
    char host[URL_BYTES_MAX - 32];
    uint16_t port;
};

static bool target_parse(const char *text, struct listen_target *out, struct error *err)
{
    const char *colon = strrchr(text, ':');
    size_t host_size = colon ? (size_t)(colon - text) : 0;
    uint32_t port = 0;
    const char *digit = colon ? colon + 1 : "";
    for (; *digit >= '0' && *digit <= '9' && port <= 65535; digit++)
        port = port * 10 + (uint32_t)(*digit - '0');
    if (!colon || !colon[1] || *digit || port > 65535 || host_size == 0 ||
        host_size >= sizeof out->host)
        return fail(err, ERR_INVALID,
                    "cannot listen on \"%.80s\": say host:port, such as 127.0.0.1:8080", text);
    memcpy(out->host, text, host_size);
    out->host[host_size] = '\0';
    out->port = (uint16_t)port;
    return true;
}

union socket_address {
    struct sockaddr any;
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
};

static bool host_to_socket(const char *host, uint16_t port, union socket_address *out,
                           socklen_t *size, struct error *err)
{
    char inner[sizeof((struct listen_target *)0)->host];
    size_t length = strlen(host);
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, host, &out->ipv4.sin_addr) == 1) {
        out->ipv4.sin_family = AF_INET;
        out->ipv4.sin_port = htons(port);
        *size = sizeof out->ipv4;
        return true;
    }
    memset(inner, 0, sizeof inner);
    if (length > 2 && host[0] == '[' && host[length - 1] == ']')
        memcpy(inner, host + 1, length - 2);
    if (inet_pton(AF_INET6, inner, &out->ipv6.sin6_addr) != 1)
        return fail(
            err, ERR_INVALID,
            "cannot listen on host \"%.80s\": say an address (IPv6 in brackets) or localhost",
            host);
    out->ipv6.sin6_family = AF_INET6;
    out->ipv6.sin6_port = htons(port);
    *size = sizeof out->ipv6;
    return true;
}

static bool fail_errno(struct error *err, const char *host, uint16_t port)
{
    enum error_code code = errno == EADDRINUSE                         ? ERR_CONFLICT
                           : errno == EADDRNOTAVAIL || errno == EACCES ? ERR_INVALID
                                                                       : ERR_SYSTEM;
    return fail(err, code, "cannot listen on %s:%u: %s", host, port, strerror(errno));
}

static uint16_t port_of(int fd)
{
    union socket_address address = {0};
    socklen_t size = sizeof address;
    if (getsockname(fd, &address.any, &size) < 0)
        return 0;
    return ntohs(address.any.sa_family == AF_INET ? address.ipv4.sin_port : address.ipv6.sin6_port);
}

// Returns the descriptor, or -1 with the error filled and errno kept.
static int socket_listen(const union socket_address *address, socklen_t size, const char *host,
                         uint16_t port, struct error *err)
{
    int on = 1, off = 0;
    int fd = socket(address->any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0) {
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        if (address->any.sa_family == AF_INET6)
            setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
        if (bind(fd, &address->any, size) == 0 && listen(fd, BACKLOG) == 0)
            return fd;
    }
    int reason = errno;
    fail_errno(err, host, port);
    if (fd >= 0)
        close(fd);
    errno = reason;
    return -1;
}

static int host_listen(const char *host, uint16_t port, struct error *err)
{
    union socket_address address;
    socklen_t size = 0;
    errno = 0;
    if (!host_to_socket(host, port, &address, &size, err))
        return -1;
    return socket_listen(&address, size, host, port, err);
}

static void listener_add(struct acceptor *acceptor, int fd)
{
    acceptor->listeners[acceptor->listener_count++].source.fd = fd;
}

// Both loopbacks on one port. A machine without IPv6 has only the first.
static bool localhost_listen(struct acceptor *acceptor, uint16_t port, struct error *err)
{
    for (int i = 0; i < PORT_TRIES; i++) {
        int ipv4 = host_listen("127.0.0.1", port, err);
        if (ipv4 < 0)
            return false;
        int ipv6 = host_listen("[::1]", port_of(ipv4), err);
        if (ipv6 >= 0 || errno == EADDRNOTAVAIL || errno == EAFNOSUPPORT) {
            listener_add(acceptor, ipv4);
            if (ipv6 >= 0)
                listener_add(acceptor, ipv6);
            return true;
        }
        close(ipv4);
        if (port != 0 || errno != EADDRINUSE)
            return false;
    }
    return false; // the last try's error stands
}

bool listeners_open(struct acceptor *acceptor, struct error *err)
{
    struct listen_target target = {0};
    if (!target_parse(acceptor->settings.listen, &target, err))
        return false;
    if (strcmp(target.host, "localhost") == 0) {
        if (!localhost_listen(acceptor, target.port, err))
            return false;
    } else {
        int fd = host_listen(target.host, target.port, err);
        if (fd < 0)
            return false;
        listener_add(acceptor, fd);
    }
    snprintf(acceptor->url, sizeof acceptor->url, "%s://%s:%u",
             acceptor->settings.tls_cert ? "https" : "http", target.host,
             port_of(acceptor->listeners[0].source.fd));
    return true;
}

void listeners_close(struct acceptor *acceptor)
{
    for (int i = 0; i < acceptor->listener_count; i++)
        close(acceptor->listeners[i].source.fd);
    acceptor->listener_count = 0;
}
