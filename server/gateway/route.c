// Which handler answers which request.
#include "gateway/gateway_internal.h"

enum { BODY_BYTES_MAX = 4096, ALLOW_BYTES = 32 };

static const struct route {
    const char *method; // GET answers HEAD too
    const char *path;   // "*" stands for one part
    route_handler *handle;
} routes[] = {
    {"GET", "/", page_root},
    {"GET", "/index.html", page_root},
    {"GET", "/w/*", page_world},
    {"POST", "/v1/guest", guest_post},
    {"GET", "/v1/worlds", worlds_get},
    {"GET", "/v1/worlds/*", world_get},
    {"POST", "/v1/worlds/*/instances/*/kick", kick_post},
    {"POST", "/v1/worlds/*/instances/*/recording", recording_post},
    {"GET", "/v1/recordings", recordings_get},
    {"POST", "/v1/recordings/*/stop", recording_stop},
    {"GET", "/v1/replay", replay_get},
    {"PUT", "/v1/replay", replay_put},
    {"GET", "/v1/realtime", realtime_misdirected},
    {"GET", "/health/live", health_live},
    {"GET", "/health/ready", health_ready},
    {"GET", "/metrics", metrics_get},
};

// Both go part by part; the parts under "*" are told by where they begin and how long they are.
static bool path_fits(const char *pattern, const char *path, const char *begins[ROUTE_PARTS_MAX],
                      size_t sizes[ROUTE_PARTS_MAX])
{
    int found = 0;
    while (*pattern != '\0') {
        if (*pattern == '*') {
            size_t size = strcspn(path, "/");
            if (size == 0)
                return false;
            begins[found] = path;
            sizes[found++] = size;
            pattern++;
            path += size;
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    return *path == '\0';
}

static bool method_fits(const char *route, const char *method)
{
    return strcmp(route, method) == 0 || (strcmp(route, "GET") == 0 && strcmp(method, "HEAD") == 0);
}

// The route, or NULL with `*allow` saying which methods the path has ("" when there is no such
// path).
static const struct route *find_route(const char *method, const char *path,
                                      const char *begins[ROUTE_PARTS_MAX],
                                      size_t sizes[ROUTE_PARTS_MAX], const char **allow)
{
    *allow = "";
    for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
        if (!path_fits(routes[i].path, path, begins, sizes))
            continue;
        if (method_fits(routes[i].method, method))
            return &routes[i];
        *allow = strcmp(routes[i].method, "GET") == 0 ? "GET, HEAD" : routes[i].method;
    }
    return NULL;
}

static void refuse_method(const struct http_request *request, struct http_response *response,
                          const char *allow)
{
    problem_answer(request, response, 405, "INVALID", "this path takes %s", allow);
    http_respond_header(response, "Allow", allow);
}

// What is no route may be one of the client's files.
static void answer_file(struct gateway *gateway, const struct http_request *request,
                        struct http_response *response)
{
    const struct asset *asset =
        asset_find(gateway->settings.client, gateway->settings.client_count, request->path);
    if (!asset)
        page_not_found(gateway, request, response);
    else if (method_fits("GET", request->method))
        asset_answer(asset, request, response);
    else
        refuse_method(request, response, "GET, HEAD");
}

void route_dispatch(struct gateway *gateway, const struct http_request *request,
                    struct http_response *response)
{
    const char *begins[ROUTE_PARTS_MAX] = {NULL}, *allow;
    size_t sizes[ROUTE_PARTS_MAX] = {0};
    if (strcmp(request->method, "OPTIONS") == 0 && cors_is_api(request->path)) {
        cors_preflight(gateway, request, response);
        return;
    }
    const struct route *route = find_route(request->method, request->path, begins, sizes, &allow);
    if (!route && *allow != '\0') {
        refuse_method(request, response, allow);
        return;
    }
    if (!route) {
        answer_file(gateway, request, response);
        return;
    }
    struct route_match match = {0};
    for (int i = 0; i < ROUTE_PARTS_MAX && begins[i]; i++)
        match.parts[i] = arena_strndup(request->arena, begins[i], sizes[i]);
    route->handle(gateway, request, &match, response);
}

size_t route_body_bytes_max(const char *method, const char *path)
{
    const char *begins[ROUTE_PARTS_MAX], *allow;
    size_t sizes[ROUTE_PARTS_MAX];
    const struct route *route = find_route(method, path, begins, sizes, &allow);
    return route && strcmp(route->method, "GET") != 0 ? BODY_BYTES_MAX : 0;
}
