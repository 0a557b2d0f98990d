// POST /v1/guest (docs/protocol.md section 1.1).
#include "base/text.h"
#include "gateway/gateway_internal.h"

enum { NAME_CHARACTERS_MAX = 32, WORLD_ID_BYTES_MAX = 64 };

static bool read_whole(const json_t *body, const char *name, uint32_t least, uint32_t *out,
                       struct error *err)
{
    const json_t *value = json_object_get(body, name);
    if (!value)
        return true;
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < least || number > UINT32_MAX)
        return fail(err, ERR_INVALID, "%s must be a whole number from %u to %u", name, least,
                    UINT32_MAX);
    *out = (uint32_t)number;
    return true;
}

// Which of the world's spawns, from 0: what portals name. One that is not there is any.
static bool read_spawn(const json_t *body, uint8_t *out, struct error *err)
{
    const json_t *value = json_object_get(body, "spawn");
    json_int_t number = json_integer_value(value);
    if (value && (!json_is_integer(value) || number < 0 || number >= WORLD_SPAWNS_MAX))
        return fail(err, ERR_INVALID, "spawn must be a whole number from 0 to %d",
                    WORLD_SPAWNS_MAX - 1);
    *out = value ? (uint8_t)(number + 1) : 0;
    return true;
}

static bool read_world(const struct gateway *gateway, const json_t *body,
                       const struct world_document **out, struct error *err)
{
    const char *id = json_string_value(json_object_get(body, "world"));
    if (!id)
        return fail(err, ERR_INVALID, "world must be a world's id");
    *out = world_shelf_find(gateway->settings.shelf, id);
    return *out || fail(err, ERR_NOT_FOUND, "there is no world \"%.*s\"", WORLD_ID_BYTES_MAX, id);
}

static bool read_name(const json_t *body, struct arena *arena, const char **out, struct error *err)
{
    const json_t *value = json_object_get(body, "name");
    if (!json_is_string(value))
        return fail(err, ERR_INVALID, "name must be a string");
    char *clean =
        text_clean(json_string_value(value), json_string_length(value), NAME_CHARACTERS_MAX, err);
    if (!clean) {
        // What is too long here is a wrong input, not a body that is too large.
        err->code = ERR_INVALID;
        return error_prefix(err, "name");
    }
    *out = arena_strndup(arena, clean, strlen(clean));
    free(clean);
    return true;
}

static bool take_from_limit(struct gateway *gateway, const struct http_request *request,
                            struct http_response *response)
{
    uint32_t retry_after_s;
    uint64_t now_us = clock_now_us(gateway->settings.clock);
    if (!gateway->guests || rate_take(gateway->guests, &request->peer, now_us, &retry_after_s))
        return true;
    metrics_count_refused_guest();
    problem_answer(request, response, 429, "RATE_LIMITED",
                   "too many visits from your address: try again in %u s", retry_after_s);
    http_respond_header(response, "Retry-After", arena_printf(request->arena, "%u", retry_after_s));
    return false;
}

static void answer_admitted(const struct http_request *request, struct http_response *response,
                            const struct world_document *world,
                            const struct gateway_admission *admission)
{
    const char *url = arena_printf(request->arena, "/v1/worlds/%s", world->id);
    json_t *value =
        json_pack("{s:s, s:I, s:s, s:I, s:{s:s, s:s, s:s}}", "ticket", admission->ticket,
                  "instance", (json_int_t)admission->instance, "realtime", "/v1/realtime",
                  "expires_in", (json_int_t)admission->expires_in_s, "world", "id", world->id,
                  "name", world->name, "url", url);
    json_answer(request, response, 201, value);
    metrics_count_guest();
}

static void answer_refused(const struct http_request *request, struct http_response *response,
                           const struct error *err)
{
    problem_answer_error(request, response, err);
    if (error_http_status(err->code) == 503)
        http_respond_header(response, "Retry-After", "5");
}

void guest_post(struct gateway *gateway, const struct http_request *request,
                const struct route_match *match, struct http_response *response)
{
    json_t *body = json_body(request, response);
    if (!body)
        return;
    struct error err;
    struct gateway_guest guest = {0};
    struct gateway_admission admission = {0};
    const struct world_document *world = NULL;
    bool good = read_world(gateway, body, &world, &err) &&
                read_name(body, request->arena, &guest.name, &err) &&
                read_whole(body, "look", 0, &guest.look, &err) &&
                read_whole(body, "instance", 1, &guest.instance, &err) &&
                read_spawn(body, &guest.spawn, &err);
    json_decref(body);
    if (good && atomic_load_explicit(&gateway->state, memory_order_relaxed) != GATEWAY_READY)
        good = fail(&err, ERR_UNAVAILABLE, "the server is starting or going: try again soon");
    if (!good) {
        answer_refused(request, response, &err);
        return;
    }
    if (!take_from_limit(gateway, request, response))
        return;
    guest.world = world->id;
    const struct gateway_hub *hub = &gateway->settings.hub;
    if (hub->admit_guest(hub->context, &guest, &admission, &err))
        answer_admitted(request, response, world, &admission);
    else
        answer_refused(request, response, &err);
}
