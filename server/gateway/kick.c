// POST /v1/worlds/{world}/instances/{n}/kick {"id": …, "reason": …}: the operator ends a visit.
#include "base/text.h"
#include "gateway/gateway_internal.h"

// A close frame carries 123 bytes of reason (RFC 6455, 5.5).
enum { REASON_BYTES_MAX = 120, ENTITY_ID_MAX = (1 << 24) - 1 };

static bool read_number(const char *text, uint32_t *out)
{
    char *end;
    if (*text < '1' || *text > '9' || strlen(text) > 9)
        return false;
    *out = (uint32_t)strtoul(text, &end, 10);
    return *end == '\0';
}

static bool read_entity(const json_t *body, uint32_t *out, struct error *err)
{
    const json_t *value = json_object_get(body, "id");
    json_int_t id = json_integer_value(value);
    if (id < 1 || id > ENTITY_ID_MAX)
        return fail(err, ERR_INVALID, "id must be a whole number from 1 to %d", ENTITY_ID_MAX);
    *out = (uint32_t)id;
    return true;
}

static bool read_reason(const json_t *body, struct arena *arena, const char **out,
                        struct error *err)
{
    const json_t *value = json_object_get(body, "reason");
    *out = "the operator ended your visit";
    if (!value)
        return true;
    if (!json_is_string(value))
        return fail(err, ERR_INVALID, "reason must be a string");
    char *clean =
        text_clean(json_string_value(value), json_string_length(value), REASON_BYTES_MAX, err);
    bool good = clean && strlen(clean) <= REASON_BYTES_MAX;
    if (good)
        *out = arena_strndup(arena, clean, strlen(clean));
    free(clean);
    return good || fail(err, ERR_INVALID, "reason must have 1 to %d bytes", REASON_BYTES_MAX);
}

void kick_post(struct gateway *gateway, const struct http_request *request,
               const struct route_match *match, struct http_response *response)
{
    if (!security_is_operator(gateway, request, response))
        return;
    const char *world = match->parts[0], *reason;
    uint32_t instance, entity = 0;
    if (!world_shelf_find(gateway->settings.shelf, world) ||
        !read_number(match->parts[1], &instance)) {
        problem_answer(request, response, 404, "NOT_FOUND", "there is no such instance");
        return;
    }
    json_t *body = json_body(request, response);
    if (!body)
        return;
    struct error err;
    const struct gateway_hub *hub = &gateway->settings.hub;
    bool good =
        read_entity(body, &entity, &err) && read_reason(body, request->arena, &reason, &err);
    json_decref(body);
    if (good && !hub->kick(hub->context, world, instance, entity, reason))
        good = fail(&err, ERR_UNAVAILABLE, "the instance is busy: try again");
    if (!good) {
        problem_answer_error(request, response, &err);
        return;
    }
    // Whether that person is there is known only to the instance's own thread.
    json_answer(request, response, 202, json_pack("{s:s}", "status", "queued"));
}
