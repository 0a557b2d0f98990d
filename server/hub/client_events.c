// What a client's text messages say, and what it is told in answer. Limits a message must keep are
// checked here; how often is in allowance.c.

#include <jansson.h>

#include "base/assert.h"
#include "base/text.h"
#include "hub/client.h"
#include "hub/hub_metrics.h"
#include "hub/shard.h"

static void tell_json(struct client *client, json_t *event)
{
    char *text = json_dumps(event, JSON_COMPACT);
    json_decref(event);
    ASSERT(text);
    client_tell(client, text, strlen(text));
    free(text);
}

void client_tell_error(struct client *client, enum error_code code, const char *about,
                       const char *message, uint64_t now_us)
{
    metric_add(&hub_event_errors, 1);
    json_t *event =
        json_pack("{s:s,s:s,s:s}", "t", "error", "code", error_name(code), "message", message);
    ASSERT(event);
    if (about)
        json_object_set_new(event, "about", json_string(about));
    tell_json(client, event);
    if (!allowance_take(&client->allowance, ALLOW_ERROR, now_us))
        client_expel(client, "too many refused messages", now_us);
}

void client_correct(struct client *client, uint16_t sequence, const struct wire_state *at)
{
    char text[128];
    int size = snprintf(text, sizeof text,
                        "{\"t\":\"correct\",\"sequence\":%u,\"at\":[%d,%d,%d],\"yaw\":%u}",
                        sequence, at->x_cm, at->y_cm, at->z_cm, at->yaw);
    client_tell(client, text, (size_t)size);
}

void client_tell_token(struct client *client, const struct wire_state *at)
{
    const struct hub_settings *settings = client->shard->settings;
    client->ticket.place = *at;
    client->ticket.expires_wall_ms = clock_wall_ms(settings->clock) + TICKET_PLACE_LIFE_MS;
    char token[TICKET_TEXT_BYTES_MAX];
    ticket_write(&client->ticket, settings->secret, token);
    char text[TICKET_TEXT_BYTES_MAX + 64];
    int size = snprintf(text, sizeof text, "{\"t\":\"token\",\"token\":\"%s\"}", token);
    client_tell(client, text, (size_t)size);
}

void client_tell_drain(struct client *client, uint32_t reconnect_ms)
{
    char text[64];
    int size = snprintf(text, sizeof text, "{\"t\":\"drain\",\"reconnect_ms\":%u}", reconnect_ms);
    client_tell(client, text, (size_t)size);
}

// --- each kind of message: fills an order's word, or fails
// -------------------------------------------------

static bool read_chat(const json_t *event, struct word *word, struct error *err)
{
    const json_t *text = json_object_get(event, "text"), *scope = json_object_get(event, "scope");
    if (!json_is_string(text))
        return fail(err, ERR_INVALID, "\"text\" must be a string");
    const char *to = scope ? json_string_value(scope) : "near";
    if (!to || (strcmp(to, "near") != 0 && strcmp(to, "all") != 0))
        return fail(err, ERR_INVALID, "\"scope\" must be \"near\" or \"all\"");
    char *clean =
        text_clean(json_string_value(text), json_string_length(text), HUB_CHAT_CHARACTERS_MAX, err);
    if (!clean)
        return error_prefix(err, "\"text\"");
    word->kind = WORD_CHAT;
    word->chat.to_all = strcmp(to, "all") == 0;
    word->chat.text = clean;
    return true;
}

static bool read_emote(const json_t *event, struct word *word, struct error *err)
{
    const char *name = json_string_value(json_object_get(event, "emote"));
    for (uint32_t i = 0; name && i < HUB_EMOTES; i++)
        if (strcmp(name, hub_emotes[i]) == 0) {
            word->kind = WORD_EMOTE;
            word->emote = i;
            return true;
        }
    return fail(err, ERR_INVALID, "\"emote\" must be the name of one, such as \"wave\"");
}

static bool read_profiles(const json_t *event, struct word *word, struct error *err)
{
    const json_t *ids = json_object_get(event, "ids");
    size_t count = json_array_size(ids);
    if (count < 1 || count > HUB_PROFILES_MAX)
        return fail(err, ERR_INVALID, "\"ids\" must be a list of 1 to %d numbers",
                    HUB_PROFILES_MAX);
    for (size_t i = 0; i < count; i++) {
        const json_t *id = json_array_get(ids, i);
        json_int_t value = json_integer_value(id);
        if (!json_is_integer(id) || value < 1 || value > 0xffffff)
            return fail(err, ERR_INVALID, "\"ids\"[%zu] must be an entity id", i);
        word->profiles.ids[i] = (uint32_t)value;
    }
    word->kind = WORD_PROFILES;
    word->profiles.count = (uint32_t)count;
    return true;
}

static bool read_profile(const json_t *event, struct word *word, struct error *err)
{
    const json_t *name = json_object_get(event, "name"), *look = json_object_get(event, "look");
    if (!name && !look)
        return fail(err, ERR_INVALID, "\"name\" or \"look\" must be given");
    if (look && (!json_is_integer(look) || json_integer_value(look) < 0 ||
                 json_integer_value(look) > UINT32_MAX))
        return fail(err, ERR_INVALID, "\"look\" must be a number from 0 to 4294967295");
    if (name && !json_is_string(name))
        return fail(err, ERR_INVALID, "\"name\" must be a string");
    word->kind = WORD_PROFILE;
    word->profile.has_look = look != NULL;
    word->profile.look = look ? (uint32_t)json_integer_value(look) : 0;
    word->profile.has_name = name != NULL;
    if (!name)
        return true;
    char *clean = text_clean(json_string_value(name), json_string_length(name), 32, err);
    if (!clean)
        return error_prefix(err, "\"name\"");
    snprintf(word->profile.name, sizeof word->profile.name, "%s", clean);
    free(clean);
    return true;
}

// --- routing
// -------------------------------------------------------------------------------------------------

static const struct {
    const char *name;
    enum allowance_kind allowance;
    bool (*read)(const json_t *event, struct word *word, struct error *err);
} words[] = {
    {"chat", ALLOW_CHAT, read_chat},
    {"emote", ALLOW_EMOTE, read_emote},
    {"profiles", ALLOW_PROFILES, read_profiles},
    {"profile", ALLOW_PROFILE, read_profile},
};

static void send_word(struct client *client, const struct word *read)
{
    struct word *word = malloc(sizeof *word);
    ASSERT(word);
    *word = *read;
    word->connection = client_handle(client);
    if (word->kind == WORD_PROFILE && word->profile.has_name)
        memcpy(client->ticket.name, word->profile.name, sizeof client->ticket.name);
    if (word->kind == WORD_PROFILE && word->profile.has_look)
        client->ticket.look = word->profile.look;
    struct order order = {
        .kind = ORDER_WORD, .instance = client->instance, .entity = client->entity, .word = word};
    shard_order(client->shard, &order);
}

static void ping(struct client *client, const json_t *event)
{
    const json_t *n = json_object_get(event, "n");
    const struct shard_history *history = &client->shard->histories[client->instance];
    uint32_t tick = history->count ? history->frames[history->count - 1]->tick : 0;
    tell_json(client, json_pack("{s:s,s:O?,s:I}", "t", "pong", "n", json_is_number(n) ? n : NULL,
                                "tick", (json_int_t)tick));
}

// Events of this kind that are no words to others.
static bool take_own(struct client *client, const char *kind, const json_t *event, uint64_t now_us)
{
    if (strcmp(kind, "leave") == 0) {
        client_leave(client);
        client_close(client, 1000, "left", now_us);
    } else if (strcmp(kind, "ping") == 0) {
        if (allowance_take(&client->allowance, ALLOW_PING, now_us))
            ping(client, event);
        else
            client_tell_error(client, ERR_RATE_LIMITED, kind, "too many pings", now_us);
    } else if (strcmp(kind, "resync") == 0) {
        if (allowance_take(&client->allowance, ALLOW_RESYNC, now_us))
            viewer_reset(client->viewer);
        else
            client_tell_error(client, ERR_RATE_LIMITED, kind, "too many resyncs", now_us);
    } else {
        return false;
    }
    return true;
}

static void take_object(struct client *client, const json_t *event, uint64_t now_us)
{
    const char *kind = json_string_value(json_object_get(event, "t"));
    if (!kind) {
        client_tell_error(client, ERR_INVALID, NULL, "\"t\" must name the kind of event", now_us);
        return;
    }
    if (take_own(client, kind, event, now_us))
        return;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(kind, words[i].name) != 0)
            continue;
        struct word word = {0};
        struct error err;
        if (!allowance_take(&client->allowance, words[i].allowance, now_us))
            client_tell_error(client, ERR_RATE_LIMITED, kind,
                              "too many of these; try again in a moment", now_us);
        else if (!words[i].read(event, &word, &err))
            client_tell_error(client, err.code, kind, err.text, now_us);
        else
            send_word(client, &word);
        return;
    }
    client_tell_error(client, ERR_INVALID, NULL, "this \"t\" is not known", now_us);
}

void client_take_event(struct client *client, const uint8_t *text, size_t size, uint64_t now_us)
{
    json_error_t error;
    json_t *event = json_loadb((const char *)text, size, JSON_REJECT_DUPLICATES, &error);
    if (json_is_object(event))
        take_object(client, event, now_us);
    else
        client_tell_error(client, ERR_INVALID, NULL, "a text message must be one JSON object",
                          now_us);
    json_decref(event);
}
