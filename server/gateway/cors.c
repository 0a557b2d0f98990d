// Which other sites' pages may use /v1 from a browser (Fetch standard, CORS protocol).
#include "gateway/gateway_internal.h"

bool cors_is_api(const char *path)
{
    return strncmp(path, "/v1/", 4) == 0;
}

// The asking page's origin when it is allowed, else NULL.
static const char *allowed_origin(const struct gateway *gateway, const struct http_request *request)
{
    const char *origin = http_header(request, "Origin");
    for (size_t i = 0; origin && i < gateway->settings.allowed_origin_count; i++) {
        const char *allowed = gateway->settings.allowed_origins[i];
        if (strcmp(allowed, "*") == 0 || strcmp(allowed, origin) == 0)
            return origin;
    }
    return NULL;
}

void cors_headers(const struct gateway *gateway, const struct http_request *request,
                  struct http_response *response)
{
    if (!cors_is_api(request->path) || gateway->settings.allowed_origin_count == 0)
        return;
    http_respond_header(response, "Vary", "Origin");
    const char *origin = allowed_origin(gateway, request);
    if (!origin)
        return;
    http_respond_header(response, "Access-Control-Allow-Origin",
                        arena_strndup(request->arena, origin, strlen(origin)));
    http_respond_header(response, "Access-Control-Expose-Headers", "ETag, Retry-After");
}

void cors_preflight(struct gateway *gateway, const struct http_request *request,
                    struct http_response *response)
{
    response->status = 204;
    if (!allowed_origin(gateway, request))
        return;
    http_respond_header(response, "Access-Control-Allow-Methods", "GET, HEAD, POST, PUT");
    http_respond_header(response, "Access-Control-Allow-Headers", "Authorization, Content-Type");
    http_respond_header(response, "Access-Control-Max-Age", "7200");
}
