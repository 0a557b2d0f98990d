// What every answer says about itself to browsers, and who is the operator.
#include <openssl/crypto.h>
#include <openssl/sha.h>
#include <strings.h>

#include "base/buffer.h"
#include "gateway/gateway_internal.h"

bool security_is_host(const char *host)
{
    size_t size = strlen(host);
    return size > 0 && size <= 255 &&
           strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") ==
               size;
}

const char *security_own_url(const struct gateway *gateway, const struct http_request *request)
{
    if (gateway->settings.public_url)
        return gateway->settings.public_url;
    if (!security_is_host(request->host))
        return NULL;
    return arena_printf(request->arena, "%s://%s", request->secure ? "https" : "http",
                        request->host);
}

// Where scripts may connect to: this server, by HTTP and WebSocket. Naming the host keeps a script
// that got in from sending what it finds elsewhere. blob: is how glTF's own textures are read.
static void write_connect(struct buffer *out, const char *own_url)
{
    buffer_printf(out, "connect-src 'self' blob: data:");
    const char *host = own_url ? strstr(own_url, "://") : NULL;
    if (!host)
        buffer_printf(out, " ws: wss:; ");
    else if (strncmp(own_url, "https", 5) == 0)
        buffer_printf(out, " wss%s; ", host);
    else
        buffer_printf(out, " ws%s wss%s; ", host, host);
}

static const char *page_policy(const struct gateway *gateway, const struct http_request *request)
{
    struct buffer out = {0};
    buffer_printf(&out, "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
                        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
                        "media-src 'self' blob:; font-src 'self' data:; worker-src 'self' blob:; ");
    write_connect(&out, security_own_url(gateway, request));
    buffer_printf(&out, "object-src 'none'; base-uri 'none'; form-action 'none'; "
                        "frame-ancestors 'self'");
    for (size_t i = 0; i < gateway->settings.frame_ancestor_count; i++)
        buffer_printf(&out, " %s", gateway->settings.frame_ancestors[i]);
    const char *policy = arena_strndup(request->arena, (const char *)out.bytes, out.size);
    buffer_done(&out);
    return policy;
}

static bool is_data(const char *path)
{
    return cors_is_api(path) || strncmp(path, "/health/", 8) == 0 || strcmp(path, "/metrics") == 0;
}

void security_headers(const struct gateway *gateway, const struct http_request *request,
                      struct http_response *response)
{
    http_respond_header(response, "X-Content-Type-Options", "nosniff");
    http_respond_header(response, "Referrer-Policy", "strict-origin-when-cross-origin");
    if (request->secure) {
        http_respond_header(response, "Strict-Transport-Security", "max-age=31536000");
        http_respond_header(response, "Cross-Origin-Opener-Policy", "same-origin");
    }
    if (is_data(request->path)) {
        http_respond_header(response, "Content-Security-Policy",
                            "default-src 'none'; frame-ancestors 'none'");
        return;
    }
    // The client's scripts too: a worker obeys the policy that came with its own file.
    http_respond_header(response, "Content-Security-Policy", page_policy(gateway, request));
    http_respond_header(response, "Permissions-Policy",
                        "microphone=(self), camera=(self), xr-spatial-tracking=(self), "
                        "fullscreen=(self), gamepad=(self), geolocation=(), payment=(), usb=()");
}

bool security_has_token(const struct gateway *gateway, const struct http_request *request)
{
    const char *given = http_header(request, "Authorization");
    if (!gateway->has_token || !given || strncasecmp(given, "Bearer ", 7) != 0)
        return false;
    // Hashes are equally long and tell nothing of how far the tokens agree.
    uint8_t hash[TOKEN_HASH_BYTES];
    SHA256((const unsigned char *)given + 7, strlen(given + 7), hash);
    return CRYPTO_memcmp(hash, gateway->token_hash, sizeof hash) == 0;
}

bool security_is_operator(const struct gateway *gateway, const struct http_request *request,
                          struct http_response *response)
{
    if (security_has_token(gateway, request))
        return true;
    if (!gateway->has_token) {
        problem_answer(request, response, 404, "NOT_FOUND",
                       "this server has no operator's token set");
        return false;
    }
    problem_answer(request, response, 401, "UNAUTHENTICATED", "this needs the operator's token");
    http_respond_header(response, "WWW-Authenticate", "Bearer");
    return false;
}
