#include <openssl/evp.h>
#include <string.h>

#include "base/assert.h"
#include "net/head.h"
#include "net/refusal.h"
#include "net/websocket.h"

struct handshake_fault {
    int status;
    const char *reason;
};

static bool copy_text(struct head_text from, char *out, size_t capacity)
{
    if (from.size >= capacity)
        return false;
    memcpy(out, from.at, from.size);
    out[from.size] = '\0';
    return true;
}

// Base64 of 16 bytes: 22 characters and "==".
static bool is_key(struct head_text text)
{
    if (text.size != 24 || memcmp(text.at + 22, "==", 2) != 0)
        return false;
    for (size_t i = 0; i < 22; i++) {
        char c = text.at[i];
        if (!(c >= '0' && c <= '9') && !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && c != '+' &&
            c != '/')
            return false;
    }
    return true;
}

static bool any_list_has(const struct head *head, const char *name, const char *token)
{
    struct head_field field;
    for (size_t offset = 0; head_next(head, &offset, &field);) {
        if (head_text_is(field.name, name) && head_list_has(field.value, token))
            return true;
    }
    return false;
}

static bool fault(struct handshake_fault *out, int status, const char *reason)
{
    *out = (struct handshake_fault){status, reason};
    return false;
}

// Section 4.2.1, points 1 to 6.
static bool upgrade_check(const struct head *head, struct handshake_fault *out)
{
    size_t count;
    if (head->method.size != 3 || memcmp(head->method.at, "GET", 3) != 0)
        return fault(out, 405, "a WebSocket is asked for with GET");
    if (head->minor != 1)
        return fault(out, 505, "a WebSocket needs HTTP/1.1");
    if (head->is_chunked || (head->has_length && head->content_length > 0))
        return fault(out, 400, "a WebSocket request has no body");
    if (!any_list_has(head, "upgrade", "websocket") || !any_list_has(head, "connection", "upgrade"))
        return fault(out, 426, "this is a WebSocket endpoint");
    struct head_text version = head_find(head, "sec-websocket-version", &count);
    if (count != 1 || !head_text_is(version, "13"))
        return fault(out, 426, "only version 13 of the WebSocket protocol is spoken here");
    return true;
}

static bool fields_take(const struct head *head, struct websocket_request *out,
                        struct handshake_fault *bad)
{
    size_t count;
    struct head_text key = head_find(head, "sec-websocket-key", &count);
    if (count != 1 || !is_key(key) || !copy_text(key, out->key, sizeof out->key))
        return fault(bad, 400, "Sec-WebSocket-Key must be 16 bytes in base64, once");
    struct head_text origin = head_find(head, "origin", &count);
    if (count > 1 || !copy_text(origin, out->origin, sizeof out->origin))
        return fault(bad, 400, "an Origin that is too long, or more than one");
    if (!copy_text(head->host, out->host, sizeof out->host))
        return fault(bad, 400, "a Host that is too long");
    if (!copy_text(head->target, out->target, sizeof out->target))
        return fault(bad, 414, "the target is too long");
    head_join(head, "x-forwarded-for", out->forwarded_for, sizeof out->forwarded_for);
    head_join(head, "x-forwarded-proto", out->forwarded_proto, sizeof out->forwarded_proto);
    head_join(head, "x-forwarded-host", out->forwarded_host, sizeof out->forwarded_host);
    head_find(head, "sec-websocket-protocol", &count);
    out->offers_protocol = count > 0;
    out->has_flux_protocol = any_list_has(head, "sec-websocket-protocol", "flux.v1");
    return true;
}

enum websocket_request_result websocket_request_read(const char *bytes, size_t size,
                                                     struct websocket_request *out,
                                                     size_t *head_size, int *status,
                                                     const char **reason)
{
    struct head head;
    struct handshake_fault bad = {0};
    *out = (struct websocket_request){0};
    enum head_result result = head_read(bytes, size, WEBSOCKET_REQUEST_BYTES_MAX, &head);
    if (result == HEAD_MORE)
        return WEBSOCKET_REQUEST_MORE;
    if (result == HEAD_BAD)
        bad = (struct handshake_fault){head.status, head.reason};
    if (result == HEAD_BAD || !upgrade_check(&head, &bad) || !fields_take(&head, out, &bad)) {
        *status = bad.status;
        *reason = bad.reason;
        return WEBSOCKET_REQUEST_BAD;
    }
    *head_size = head.size;
    return WEBSOCKET_REQUEST_OK;
}

void websocket_accept_write(const struct websocket_request *request, struct buffer *out)
{
    // Section 1.3: the answer's key is the SHA-1 of the request's with this text behind it.
    static const char guid[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    char joined[sizeof request->key + sizeof guid];
    int joined_size = snprintf(joined, sizeof joined, "%s%s", request->key, guid);
    uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned digest_size = 0;
    int done = EVP_Digest(joined, (size_t)joined_size, digest, &digest_size, EVP_sha1(), NULL);
    ASSERT(done == 1);
    char accept[32];
    EVP_EncodeBlock((unsigned char *)accept, digest, (int)digest_size);

    buffer_printf(out,
                  "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                  "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n%s\r\n",
                  accept, request->has_flux_protocol ? "Sec-WebSocket-Protocol: flux.v1\r\n" : "");
}

void websocket_refuse_write(int status, const char *reason, struct buffer *out)
{
    refusal_write(status, reason, out);
}
