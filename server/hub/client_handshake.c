// A client's opening handshake: whether its request, its page and its ticket are good, and what the
// tick thread's answer becomes on the wire.

#include "base/assert.h"
#include "hub/client.h"
#include "hub/hub_metrics.h"
#include "hub/shard.h"

static void refuse(struct client *client, int status, const char *reason, uint64_t now_us)
{
    websocket_refuse_write(status, reason, &client->out);
    metric_add(&hub_refused_joins, 1);
    client_flush(client, now_us);
    client_drop(client);
}

void client_refuse(struct client *client, const struct error *error, uint64_t now_us)
{
    if (client->stage == CLIENT_JOINING)
        refuse(client, error_http_status(error->code), error->text, now_us);
}

// A browser says where the page came from; other sites must not ride on a person's visit.
static bool origin_is_allowed(const struct client *client, const struct websocket_request *request)
{
    const struct hub_settings *settings = client->shard->settings;
    if (request->origin[0] == 0)
        return true;
    const char *host = strstr(request->origin, "://");
    // The proxy's word for the host is only as good as the Host it could send as well: either may
    // match.
    if (host &&
        (strcmp(host + 3, request->host) == 0 || strcmp(host + 3, request->forwarded_host) == 0))
        return true;
    for (uint32_t i = 0; i < settings->allowed_origin_count; i++)
        if (strcmp(settings->allowed_origins[i], "*") == 0 ||
            strcmp(settings->allowed_origins[i], request->origin) == 0)
            return true;
    return false;
}

// The token in "/v1/realtime?ticket=TOKEN"; base64url needs no percent-decoding.
static const char *find_ticket(const char *target, size_t *length)
{
    const char *query = strchr(target, '?');
    while (query) {
        query++;
        if (strncmp(query, "ticket=", 7) == 0) {
            *length = strcspn(query + 7, "&");
            return query + 7;
        }
        query = strchr(query, '&');
    }
    return NULL;
}

static void ask_to_join(struct client *client)
{
    struct order_join *join = malloc(sizeof *join);
    ASSERT(join);
    *join = (struct order_join){.ticket = client->ticket, .connection = client_handle(client)};
    struct order order = {.kind = ORDER_JOIN, .join = join};
    client->stage = CLIENT_JOINING;
    shard_order(client->shard, &order);
}

void client_take_handshake(struct client *client, uint64_t now_us)
{
    struct websocket_request *request = client->request;
    const struct hub_settings *settings = client->shard->settings;
    size_t head_size;
    int status;
    const char *reason;
    enum websocket_request_result result = websocket_request_read(
        (const char *)client->in.bytes, client->in.size, request, &head_size, &status, &reason);
    if (result == WEBSOCKET_REQUEST_MORE)
        return;
    if (result == WEBSOCKET_REQUEST_BAD) {
        refuse(client, status, reason, now_us);
        return;
    }
    buffer_consume(&client->in, head_size);
    size_t length = 0;
    const char *token = find_ticket(request->target, &length);
    struct error err = {0};
    if (atomic_load_explicit(&client->shard->drain_ms, memory_order_relaxed))
        refuse(client, 503, "the server is going down; try again in a moment", now_us);
    else if (request->offers_protocol && !request->has_flux_protocol)
        refuse(client, 400, "offer the subprotocol flux.v1, or none", now_us);
    else if (!origin_is_allowed(client, request))
        refuse(client, 403, "this page may not connect here (origin not allowed)", now_us);
    else if (!token)
        refuse(client, 401, "a ticket is needed: POST /v1/guest", now_us);
    else if (!ticket_read(token, length, settings->secret, clock_wall_ms(settings->clock),
                          &client->ticket, &err))
        refuse(client, 401, err.text, now_us);
    else
        ask_to_join(client);
}

void client_welcome(struct client *client, const struct notice_joined *joined, uint64_t now_us)
{
    const struct instance_joined *who = &joined->joined;
    client->instance = joined->instance;
    client->entity = who->entity;
    client->stage = CLIENT_HERE;
    client->heard_us = client->token_us = now_us;
    client->viewer = viewer_create(who->entity.value, &client->shard->settings->viewer);
    websocket_accept_write(client->request, &client->out);
    free(client->request);
    client->request = NULL;

    client->ticket.use = TICKET_RETURN;
    client->ticket.place = who->place;
    client->ticket.expires_wall_ms =
        clock_wall_ms(client->shard->settings->clock) + TICKET_PLACE_LIFE_MS;
    char token[TICKET_TEXT_BYTES_MAX];
    ticket_write(&client->ticket, client->shard->settings->secret, token);
    char text[TICKET_TEXT_BYTES_MAX + 512];
    int size = snprintf(
        text, sizeof text,
        "{\"t\":\"welcome\",\"protocol\":%d,\"you\":%u,\"instance\":%u,\"world\":\"%s\",\"tick\":%"
        "u,"
        "\"tick_ms\":%d,\"at\":[%d,%d,%d],\"yaw\":%u,\"speed_max_cm_s\":%u,\"earshot_cm\":%d,"
        "\"resumed\":%s,\"people\":%u,\"token\":\"%s\"}",
        WIRE_VERSION, who->entity.value, joined->number, client->ticket.world, who->tick,
        HUB_TICK_MS, who->place.x_cm, who->place.y_cm, who->place.z_cm, who->place.yaw,
        joined->speed_max_cm_s, joined->earshot_cm, who->resumed ? "true" : "false", joined->people,
        token);
    ASSERT(size > 0 && (size_t)size < sizeof text);
    client_tell(client, text, (size_t)size);
    metric_add(&hub_clients, 1);
    client_flush(client, now_us);
}
