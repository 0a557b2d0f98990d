// GET /v1/realtime, where it came too late: the acceptor takes those that begin a connection, and
// this one came on one that HTTP has used before. RFC 9110 section 15.5.20: the client may try
// again over another.
#include "gateway/gateway_internal.h"

void realtime_misdirected(struct gateway *gateway, const struct http_request *request,
                          const struct route_match *match, struct http_response *response)
{
    problem_answer(request, response, 421, "INVALID",
                   "the realtime begins a connection: ask for it as the first thing on a new one");
    http_respond_header(response, "Connection", "close");
}
