#include "swarm/target.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "net/loop.h"

static bool port_read(const char *text, uint16_t *out)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end || value < 1 || value > 65535)
        return false;
    *out = (uint16_t)value;
    return true;
}

// "host", "host:port", "[::1]" or "[::1]:port".
static bool authority_read(const char *text, size_t length, struct target *out)
{
    char copy[288];
    if (length == 0 || length >= sizeof copy)
        return false;
    memcpy(copy, text, length);
    copy[length] = 0;
    char *host = copy, *after;
    if (copy[0] == '[') {
        host = copy + 1;
        after = strchr(host, ']');
        if (!after)
            return false;
        *after++ = 0;
    } else {
        after = copy + strcspn(copy, ":");
    }
    if (*after && *after != ':')
        return false;
    bool has_port = *after == ':';
    *after = 0;
    if (!host[0] || strlen(host) >= sizeof out->host || strpbrk(host, "@/?# \r\n"))
        return false;
    memcpy(out->host, host, strlen(host) + 1);
    memcpy(out->authority, text, length);
    return !has_port || port_read(after + 1, &out->port);
}

bool target_parse(const char *url, struct target *out, struct error *err)
{
    struct target target = {0};
    const char *rest;
    if (!strncmp(url, "http://", 7)) {
        rest = url + 7;
        target.port = 80;
    } else if (!strncmp(url, "https://", 8)) {
        rest = url + 8;
        target.port = 443;
        target.tls = true;
    } else {
        return fail(err, ERR_INVALID, "\"%.80s\" does not begin with http:// or https://", url);
    }
    size_t length = strcspn(rest, "/");
    if (rest[length] && rest[length + 1])
        return fail(err, ERR_INVALID, "\"%.80s\" has a path: the server's own address is wanted",
                    url);
    if (!authority_read(rest, length, &target))
        return fail(err, ERR_INVALID, "\"%.80s\" has no proper host and port", url);
    snprintf(target.url, sizeof target.url, "%.*s", (int)(rest + length - url), url);
    *out = target;
    return true;
}

static bool tls_prepare(struct target *target, bool insecure, struct error *err)
{
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    if (!context)
        return fail(err, ERR_SYSTEM, "cannot prepare TLS");
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_options(context, SSL_OP_IGNORE_UNEXPECTED_EOF);
    if (!insecure) {
        SSL_CTX_set_default_verify_paths(context);
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
    }
    target->tls_context = context;
    return true;
}

bool target_resolve(struct target *target, bool insecure, struct error *err)
{
    char port[8];
    snprintf(port, sizeof port, "%u", target->port);
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV}, *found;
    int result = getaddrinfo(target->host, port, &hints, &found);
    if (result != 0)
        return fail(err, ERR_NOT_FOUND, "cannot find the host \"%.80s\": %s", target->host,
                    gai_strerror(result));
    ASSERT(found); // success means one address at least
    // The server listens on IPv4 unless told otherwise: of several addresses prefer that.
    const struct addrinfo *chosen = found;
    for (const struct addrinfo *at = found; at; at = at->ai_next)
        if (at->ai_family == AF_INET) {
            chosen = at;
            break;
        }
    memcpy(&target->address, chosen->ai_addr, chosen->ai_addrlen);
    target->address_size = chosen->ai_addrlen;
    freeaddrinfo(found);
    return !target->tls || tls_prepare(target, insecure, err);
}

bool target_is_loopback(const struct target *target)
{
    if (target->address.ss_family == AF_INET) {
        const struct sockaddr_in *v4 = (const struct sockaddr_in *)&target->address;
        return ntohl(v4->sin_addr.s_addr) >> 24 == 127;
    }
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)&target->address;
    if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
        return v6->sin6_addr.s6_addr[12] == 127;
    return IN6_IS_ADDR_LOOPBACK(&v6->sin6_addr);
}

void target_done(struct target *target)
{
    SSL_CTX_free(target->tls_context);
    target->tls_context = NULL;
}

static bool dial_failed(const struct target *target, int reason, struct error *err)
{
    if (reason == ECONNREFUSED)
        return fail(err, ERR_UNAVAILABLE, "nothing listens at %.100s: is the server running?",
                    target->url);
    if (reason == EADDRNOTAVAIL)
        return fail(err, ERR_LIMIT, "this machine is out of local ports towards %.100s",
                    target->url);
    return fail(err, ERR_UNAVAILABLE, "cannot connect to %.100s: %s", target->url,
                strerror(reason));
}

static bool tls_start(const struct target *target, struct stream *stream, struct error *err)
{
    SSL *ssl = SSL_new(target->tls_context);
    if (!ssl || !SSL_set_fd(ssl, stream->fd) || !SSL_set1_host(ssl, target->host) ||
        !SSL_set_tlsext_host_name(ssl, target->host)) {
        SSL_free(ssl);
        return fail(err, ERR_SYSTEM, "cannot start TLS");
    }
    SSL_set_connect_state(ssl);
    stream->ssl = ssl;
    return true;
}

bool target_dial(const struct target *target, struct stream *out, struct error *err)
{
    int fd = socket(target->address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fail(err, ERR_LIMIT, "cannot open a socket: %s", strerror(errno));
    *out = (struct stream){.fd = fd, .address_slot = ADDRESS_SLOT_NONE};
    stream_set_no_delay(out);
    int result = connect(fd, (const struct sockaddr *)&target->address, target->address_size);
    if (result < 0 && errno != EINPROGRESS) {
        int reason = errno;
        stream_close(out);
        return dial_failed(target, reason, err);
    }
    if (target->tls && !tls_start(target, out, err)) {
        stream_close(out);
        return false;
    }
    return true;
}

static enum stream_result handshake(const struct target *target, struct stream *stream,
                                    uint32_t *wanted, struct error *err)
{
    ERR_clear_error();
    int result = SSL_do_handshake(stream->ssl);
    if (result == 1)
        return STREAM_OK;
    int reason = SSL_get_error(stream->ssl, result);
    *wanted = reason == SSL_ERROR_WANT_WRITE ? LOOP_WRITE : LOOP_READ;
    if (reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE)
        return STREAM_AGAIN;
    const char *text = ERR_reason_error_string(ERR_peek_error());
    long verdict = SSL_get_verify_result(stream->ssl);
    if (verdict != X509_V_OK)
        fail(err, ERR_FORBIDDEN, "the certificate of %.80s is not good (%s): --insecure takes any",
             target->url, X509_verify_cert_error_string(verdict));
    else
        fail(err, ERR_UNAVAILABLE, "no TLS with %.100s: %s", target->url,
             text ? text : "it was cut off");
    ERR_clear_error();
    return STREAM_FAILED;
}

enum stream_result target_finish_dial(const struct target *target, struct stream *stream,
                                      uint32_t *wanted, struct error *err)
{
    // The peer's name is known exactly when the connection stands.
    struct sockaddr_storage peer;
    socklen_t peer_size = sizeof peer;
    if (getpeername(stream->fd, (struct sockaddr *)&peer, &peer_size) < 0) {
        int reason = 0;
        socklen_t size = sizeof reason;
        getsockopt(stream->fd, SOL_SOCKET, SO_ERROR, &reason, &size);
        *wanted = LOOP_WRITE;
        if (reason == 0)
            return STREAM_AGAIN;
        dial_failed(target, reason, err);
        return STREAM_FAILED;
    }
    return stream->ssl ? handshake(target, stream, wanted, err) : STREAM_OK;
}
