// GET and PUT /v1/replay: where a replay stands, and where it is to go (docs/recording.md). Whoever
// can come in may steer, unless the operator set a token.
#include <math.h>

#include "gateway/gateway_internal.h"
#include "replay/player.h"

static bool is_here(struct gateway *gateway, const struct http_request *request,
                    struct http_response *response)
{
    if (gateway->settings.player)
        return true;
    problem_answer(request, response, 404, "NOT_FOUND", "this server plays no recording");
    return false;
}

static void answer_status(struct gateway *gateway, const struct http_request *request,
                          struct http_response *response)
{
    const double tick_s = HUB_TICK_MS / 1000.0;
    const struct recording *recording = player_recording(gateway->settings.player);
    struct player_status status;
    player_status(gateway->settings.player, &status);
    json_answer(request, response, 200,
                json_pack("{s:f, s:f, s:f, s:b, s:s, s:I, s:I, s:s}", "at", status.tick * tick_s,
                          "duration", (status.ticks - 1) * tick_s, "speed",
                          status.speed_milli / 1000.0, "paused", status.paused, "world",
                          recording->world, "instance", (json_int_t)recording->instance, "time",
                          (json_int_t)status.wall_ms, "trouble", recording->trouble));
}

void replay_get(struct gateway *gateway, const struct http_request *request,
                const struct route_match *match, struct http_response *response)
{
    if (is_here(gateway, request, response))
        answer_status(gateway, request, response);
}

static bool read_number(const json_t *body, const char *key, double least, double most, bool *has,
                        double *out, struct error *err)
{
    const json_t *value = json_object_get(body, key);
    *has = value != NULL;
    *out = json_number_value(value);
    if (!value || (json_is_number(value) && *out >= least && *out <= most))
        return true;
    return fail(err, ERR_INVALID, "%s must be a number from %g to %g", key, least, most);
}

static bool read_order(const struct gateway *gateway, const json_t *body,
                       struct player_order *order, struct error *err)
{
    const uint32_t ticks = player_recording(gateway->settings.player)->ticks;
    const json_t *paused = json_object_get(body, "paused");
    double at_s, speed;
    *order = (struct player_order){.has_paused = paused != NULL, .paused = json_is_true(paused)};
    if (!read_number(body, "at", 0, ticks * (HUB_TICK_MS / 1000.0), &order->has_tick, &at_s, err) ||
        !read_number(body, "speed", PLAYER_SPEED_LEAST_MILLI / 1000.0,
                     PLAYER_SPEED_MOST_MILLI / 1000.0, &order->has_speed, &speed, err))
        return false;
    if (paused && !json_is_boolean(paused))
        return fail(err, ERR_INVALID, "paused must be true or false");
    order->tick = (uint32_t)lround(at_s * 1000 / HUB_TICK_MS);
    order->speed_milli = (uint32_t)lround(speed * 1000);
    return true;
}

void replay_put(struct gateway *gateway, const struct http_request *request,
                const struct route_match *match, struct http_response *response)
{
    if (!is_here(gateway, request, response) ||
        (gateway->has_token && !security_is_operator(gateway, request, response)))
        return;
    json_t *body = json_body(request, response);
    if (!body)
        return;
    struct error err;
    struct player_order order;
    bool good = read_order(gateway, body, &order, &err);
    json_decref(body);
    if (!good) {
        problem_answer_error(request, response, &err);
        return;
    }
    player_steer(gateway->settings.player, &order);
    answer_status(gateway, request, response);
}
