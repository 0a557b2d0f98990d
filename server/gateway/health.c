// GET /health/live: the process answers. GET /health/ready: it also takes guests.
#include "gateway/gateway_internal.h"

void health_live(struct gateway *gateway, const struct http_request *request,
                 const struct route_match *match, struct http_response *response)
{
    json_answer(request, response, 200, json_pack("{s:s}", "status", "live"));
}

void health_ready(struct gateway *gateway, const struct http_request *request,
                  const struct route_match *match, struct http_response *response)
{
    static const char *const names[] = {[GATEWAY_STARTING] = "starting",
                                        [GATEWAY_READY] = "ready",
                                        [GATEWAY_DRAINING] = "draining"};
    int state = atomic_load_explicit(&gateway->state, memory_order_relaxed);
    json_answer(request, response, state == GATEWAY_READY ? 200 : 503,
                json_pack("{s:s}", "status", names[state]));
}
