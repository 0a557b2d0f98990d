#include "swarm/person_text.h"

#include <jansson.h>
#include <string.h>

#include "wire/codec.h"

// Nearly all events of a crowd (presence, tokens) are of no interest here: they are passed over
// without being parsed. What is looked for cannot be spelt otherwise by our own server.
static bool may_matter(const char *text, size_t size, bool wants_tokens)
{
    static const char *const words[] = {"welcome", "correct", "error", "drain", "token"};
    size_t count = sizeof words / sizeof words[0] - !wants_tokens;
    for (size_t i = 0; i < count; i++)
        if (memmem(text, size, words[i], strlen(words[i])))
            return true;
    return false;
}

static bool integer_read(const json_t *from, int64_t least, int64_t most, int64_t *out)
{
    *out = json_integer_value(from);
    return json_is_integer(from) && *out >= least && *out <= most;
}

static bool place_read(const json_t *json, struct person_event *out)
{
    int64_t x, y, z, yaw;
    const json_t *at = json_object_get(json, "at");
    if (!integer_read(json_array_get(at, 0), WIRE_COORDINATE_MIN_CM, WIRE_COORDINATE_MAX_CM, &x) ||
        !integer_read(json_array_get(at, 1), INT16_MIN, INT16_MAX, &y) ||
        !integer_read(json_array_get(at, 2), WIRE_COORDINATE_MIN_CM, WIRE_COORDINATE_MAX_CM, &z) ||
        !integer_read(json_object_get(json, "yaw"), 0, 255, &yaw))
        return false;
    out->x_cm = (int32_t)x;
    out->y_cm = (int32_t)y;
    out->z_cm = (int32_t)z;
    out->yaw = (uint8_t)yaw;
    return true;
}

// What may stand in a request line as it is: base64url with dots (docs/protocol.md, section 1.2).
static bool token_read(const json_t *json, char out[PERSON_TOKEN_BYTES_MAX])
{
    const json_t *token = json_object_get(json, "token");
    const char *text = json_string_value(token);
    size_t length = json_string_length(token);
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    if (!text || length == 0 || length >= PERSON_TOKEN_BYTES_MAX || strspn(text, plain) != length)
        return false;
    memcpy(out, text, length + 1);
    return true;
}

static bool welcome_read(const json_t *json, struct person_event *out)
{
    int64_t protocol, id, instance, speed;
    if (!integer_read(json_object_get(json, "protocol"), WIRE_VERSION, WIRE_VERSION, &protocol) ||
        !integer_read(json_object_get(json, "you"), 1, 0xffffff, &id) ||
        !integer_read(json_object_get(json, "instance"), 0, UINT32_MAX, &instance) ||
        !integer_read(json_object_get(json, "speed_max_cm_s"), 1, 1000000, &speed) ||
        !place_read(json, out))
        return false;
    out->id = (uint32_t)id;
    out->instance = (uint32_t)instance;
    out->speed_max_cm_s = (uint32_t)speed;
    out->resumed = json_is_true(json_object_get(json, "resumed"));
    return true;
}

static void event_take(const json_t *json, const char *t, bool wants_tokens,
                       struct person_event *out)
{
    bool good = true;
    if (!strcmp(t, "welcome")) {
        out->kind = EVENT_WELCOME;
        good = welcome_read(json, out) && (!wants_tokens || token_read(json, out->token));
    } else if (!strcmp(t, "correct")) {
        out->kind = EVENT_CORRECT;
        good = place_read(json, out);
    } else if (!strcmp(t, "error")) {
        const char *code = json_string_value(json_object_get(json, "code"));
        const char *message = json_string_value(json_object_get(json, "message"));
        out->kind = EVENT_ERROR;
        fail(&out->why, ERR_INVALID, "the server says %.20s: %.140s", code ? code : "error",
             message ? message : "");
    } else if (!strcmp(t, "drain")) {
        int64_t reconnect_ms = 0;
        out->kind = EVENT_DRAIN;
        good = integer_read(json_object_get(json, "reconnect_ms"), 0, 86400000, &reconnect_ms);
        out->reconnect_ms = (uint32_t)reconnect_ms;
    } else if (!strcmp(t, "token") && wants_tokens) {
        out->kind = EVENT_TOKEN;
        good = token_read(json, out->token);
    }
    if (!good) {
        out->kind = EVENT_BAD;
        fail(&out->why, ERR_INVALID, "the server's \"%s\" does not have the members it should", t);
    }
}

void person_event_read(const char *text, size_t size, bool wants_tokens, struct person_event *out)
{
    // The token's place is large and seldom used: not cleared for every event of a crowd.
    memset(out, 0, offsetof(struct person_event, token));
    out->token[0] = 0;
    if (!may_matter(text, size, wants_tokens))
        return;
    json_t *json = json_loadb(text, size, 0, NULL);
    const char *t = json_string_value(json_object_get(json, "t"));
    if (t) {
        event_take(json, t, wants_tokens, out);
    } else {
        out->kind = EVENT_BAD;
        fail(&out->why, ERR_INVALID, "the server sent a text that is not an event");
    }
    json_decref(json);
}
