#include "net/refusal.h"

#include <stddef.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

static const struct {
    int status;
    enum error_code code;
    const char *title;
} refusals[] = {
    {400, ERR_INVALID, "Bad Request"},
    {401, ERR_UNAUTHENTICATED, "Unauthorized"},
    {403, ERR_FORBIDDEN, "Forbidden"},
    {404, ERR_NOT_FOUND, "Not Found"},
    {405, ERR_INVALID, "Method Not Allowed"},
    {408, ERR_INVALID, "Request Timeout"},
    {409, ERR_CONFLICT, "Conflict"},
    {411, ERR_INVALID, "Length Required"},
    {413, ERR_TOO_LARGE, "Content Too Large"},
    {414, ERR_TOO_LARGE, "URI Too Long"},
    {421, ERR_INVALID, "Misdirected Request"},
    {426, ERR_INVALID, "Upgrade Required"},
    {429, ERR_RATE_LIMITED, "Too Many Requests"},
    {431, ERR_TOO_LARGE, "Request Header Fields Too Large"},
    {500, ERR_SYSTEM, "Internal Server Error"},
    {501, ERR_INVALID, "Not Implemented"},
    {503, ERR_UNAVAILABLE, "Service Unavailable"},
    {505, ERR_INVALID, "HTTP Version Not Supported"},
};

static size_t refusal_index(int status)
{
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        if (refusals[i].status == status)
            return i;
    }
    return SIZE_MAX;
}

const char *refusal_title(int status)
{
    size_t i = refusal_index(status);
    return i == SIZE_MAX ? "Error" : refusals[i].title;
}

// A reason may quote what the peer sent, and may have been cut inside a character.
static void json_text_append(const char *text, struct buffer *out)
{
    bool utf8 = text_is_utf8(text, strlen(text));
    for (; *text; text++) {
        uint8_t c = (uint8_t)*text;
        if (c < 0x20 || c == '"' || c == '\\')
            buffer_printf(out, "\\u%04x", c);
        else
            buffer_append(out, c >= 0x80 && !utf8 ? "?" : text, 1);
    }
}

void refusal_body_write(int status, const char *reason, struct buffer *out)
{
    size_t i = refusal_index(status);
    buffer_printf(out, "{\"title\":\"%s\",\"status\":%d,\"detail\":\"", refusal_title(status),
                  status);
    json_text_append(reason, out);
    buffer_printf(out, "\",\"code\":\"%s\"}",
                  error_name(i == SIZE_MAX ? ERR_INVALID : refusals[i].code));
}

void refusal_write(int status, const char *reason, struct buffer *out)
{
    struct buffer body = {0};
    refusal_body_write(status, reason, &body);
    buffer_printf(out,
                  "HTTP/1.1 %d %s\r\nContent-Type: application/problem+json\r\n"
                  "Content-Length: %zu\r\nCache-Control: no-store\r\nConnection: close\r\n",
                  status, refusal_title(status), body.size);
    if (status == 426)
        buffer_printf(out, "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    if (status == 429 || status == 503)
        buffer_printf(out, "Retry-After: 5\r\n");
    buffer_append(out, "\r\n", 2);
    buffer_append(out, body.bytes, body.size);
    buffer_done(&body);
}
