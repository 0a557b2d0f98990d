// GET /metrics, and the gateway's own numbers.
#include <arpa/inet.h>

#include "base/buffer.h"
#include "base/metric.h"
#include "gateway/gateway_internal.h"

static struct metric answers[] = {
    {"flux_gateway_answers_total", "class=\"2xx\"", "HTTP answers, by class of status",
     METRIC_COUNTER},
    {"flux_gateway_answers_total", "class=\"3xx\"", "", METRIC_COUNTER},
    {"flux_gateway_answers_total", "class=\"4xx\"", "", METRIC_COUNTER},
    {"flux_gateway_answers_total", "class=\"5xx\"", "", METRIC_COUNTER},
};
static struct metric_histogram handling = {
    .name = "flux_gateway_handling_seconds",
    .labels = "",
    .help = "Time that the gateway takes to make an answer, sending it left out",
    .scale = 1e-6,
    .bucket_count = 7,
    .upper = {50, 200, 1000, 5000, 20000, 100000, 500000},
};
static struct metric guests = {"flux_guests_total", "", "Guests that were given a ticket",
                               METRIC_COUNTER};
static struct metric kicks = {"flux_kicks_total", "", "Orders to end a visit", METRIC_COUNTER};
static struct metric refused[] = {
    {"flux_limit_refused_total", "limit=\"requests\"", "Requests refused by a limit per address",
     METRIC_COUNTER},
    {"flux_limit_refused_total", "limit=\"guests\"", "", METRIC_COUNTER},
};

void gateway_register_metrics(void)
{
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
        metric_register(&answers[i]);
    metric_register_histogram(&handling);
    metric_register(&guests);
    metric_register(&kicks);
    metric_register(&refused[0]);
    metric_register(&refused[1]);
}

void metrics_count_answer(int status, uint64_t took_us)
{
    int class = status / 100 - 2;
    if (class >= 0 && class < 4)
        metric_add(&answers[class], 1);
    metric_observe(&handling, (int64_t)took_us);
}

void metrics_count_guest(void)
{
    metric_add(&guests, 1);
}

void metrics_count_kick(void)
{
    metric_add(&kicks, 1);
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
