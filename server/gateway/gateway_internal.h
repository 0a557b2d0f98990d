// gateway_internal: what the gateway's files know of each other. For this room only.
#pragma once

#include <jansson.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "gateway/asset.h"
#include "gateway/gateway.h"
#include "gateway/page.h"
#include "gateway/rate.h"
#include "services/world/shelf.h"

enum gateway_state { GATEWAY_STARTING, GATEWAY_READY, GATEWAY_DRAINING };

enum { TOKEN_HASH_BYTES = 32 };

struct gateway {
    struct gateway_settings settings;
    struct rate *requests, *guests; // NULL: no limit
    bool has_token;
    uint8_t
        token_hash[TOKEN_HASH_BYTES]; // of the operator's, so that comparing tells nothing of it
    struct page_shell shell;
    struct asset *worlds; // the documents, as the shelf orders them
    struct arena home;
    _Atomic int state; // enum gateway_state; relaxed: it stands alone
};

enum { ROUTE_PARTS_MAX = 2 };

// The parts of the path that stood where the route has "*".
struct route_match {
    const char *parts[ROUTE_PARTS_MAX];
};

typedef void route_handler(struct gateway *gateway, const struct http_request *request,
                           const struct route_match *match, struct http_response *response);

// route.c
void route_dispatch(struct gateway *gateway, const struct http_request *request,
                    struct http_response *response);
size_t route_body_bytes_max(const char *method, const char *path);

// The handlers.
route_handler recordings_get, recording_post, recording_stop, replay_get, replay_put;
route_handler guest_post, kick_post, worlds_get, world_get, health_live, health_ready, metrics_get,
    page_root, page_world, realtime_misdirected;
void page_not_found(struct gateway *gateway, const struct http_request *request,
                    struct http_response *response);

// Answers any method on a path below /v1 with what the asking page may do. cors.c
void cors_preflight(struct gateway *gateway, const struct http_request *request,
                    struct http_response *response);
void cors_headers(const struct gateway *gateway, const struct http_request *request,
                  struct http_response *response);
bool cors_is_api(const char *path);

// security.c
void security_headers(const struct gateway *gateway, const struct http_request *request,
                      struct http_response *response);
// "https://flux.example", from the settings or from the request; NULL when neither says.
const char *security_own_url(const struct gateway *gateway, const struct http_request *request);
bool security_is_host(const char *host);
// Whether the request carries the operator's token; false with the answer written: 404 without one
// configured, else 401.
bool security_is_operator(const struct gateway *gateway, const struct http_request *request,
                          struct http_response *response);
// As above, with no answer written.
bool security_has_token(const struct gateway *gateway, const struct http_request *request);

// problem.c
void problem_answer(const struct http_request *request, struct http_response *response, int status,
                    const char *code, const char *format, ...) PRINTF_LIKE(5, 6);
void problem_answer_error(const struct http_request *request, struct http_response *response,
                          const struct error *err);
// Takes `value`.
void json_answer(const struct http_request *request, struct http_response *response, int status,
                 json_t *value);
// The body as a JSON object, or NULL with the answer written. The caller owns it.
json_t *json_body(const struct http_request *request, struct http_response *response);

// metrics.c
void metrics_count_guest(void);
void metrics_count_refused_guest(void);
void metrics_count_refused_request(void);
