// GET /metrics, and the gateway's own numbers.
#include <arpa/inet.h>

#include "base/buffer.h"
#include "base/metric.h"
#include "gateway/gateway_internal.h"

static struct metric guests = {"flux_guests_total", "", "Guests that were given a ticket",
                               METRIC_COUNTER};
static struct metric refused[] = {
    {"flux_limit_refused_total", "limit=\"requests\"", "Requests refused by a limit per address",
     METRIC_COUNTER},
    {"flux_limit_refused_total", "limit=\"guests\"", "", METRIC_COUNTER},
};

void gateway_register_metrics(void)
{
    metric_register(&guests);
    metric_register(&refused[0]);
    metric_register(&refused[1]);
}

void metrics_count_guest(void)
{
    metric_add(&guests, 1);
}

void metrics_count_refused_request(void)
{
    metric_add(&refused[0], 1);
}

void metrics_count_refused_guest(void)
{
    metric_add(&refused[1], 1);
}

static bool is_loopback(const struct address *peer)
{
    static const uint8_t mapped[13] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127};
    return memcmp(peer->bytes, mapped, sizeof mapped) == 0 ||
           memcmp(peer->bytes, &in6addr_loopback, sizeof peer->bytes) == 0;
}

// With an operator's token set, only its bearer and this machine itself may read.
void metrics_get(struct gateway *gateway, const struct http_request *request,
                 const struct route_match *match, struct http_response *response)
{
    if (gateway->has_token && !is_loopback(&request->peer) &&
        !security_is_operator(gateway, request, response))
        return;
    struct buffer text = {0};
    metric_write_all(&text);
    response->status = 200;
    response->body = arena_strndup(request->arena, (const char *)text.bytes, text.size);
    response->body_size = text.size;
    buffer_done(&text);
    http_respond_header(response, "Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    http_respond_header(response, "Cache-Control", "no-store");
}
