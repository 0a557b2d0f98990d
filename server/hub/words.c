#include "hub/words.h"

#include <jansson.h>

#include "base/assert.h"
#include "hub/ticker.h"

enum { PRESENCE_PERIOD_US = 2000000 };

// Chat to the whole instance costs a frame to each: everyone's together has a limit.
static const float loud_per_second = 20, loud_burst = 40;

// --- parcels: one for each shard that has someone to tell
// --------------------------------------------------

struct mailing {
    struct parcel *parcels[HUB_SHARDS_MAX];
};

static struct parcel *parcel_create(void)
{
    struct parcel *parcel = calloc(1, sizeof *parcel);
    ASSERT(parcel);
    return parcel;
}

static void mailing_add(void *context, uint64_t connection, entity_id entity)
{
    struct mailing *mailing = context;
    struct parcel **place = &mailing->parcels[connection_shard(connection)];
    if (!*place)
        *place = parcel_create();
    struct parcel *parcel = *place;
    if (parcel->count == parcel->capacity) {
        parcel->capacity = parcel->capacity ? parcel->capacity * 2 : 8;
        parcel->connections =
            realloc(parcel->connections, parcel->capacity * sizeof *parcel->connections);
        ASSERT(parcel->connections);
    }
    parcel->connections[parcel->count++] = connection;
}

// Puts a copy of the text into the parcel and hands it to the shard.
static void send_parcel(struct ticker *ticker, uint32_t shard, uint16_t place,
                        struct parcel *parcel, const char *text)
{
    parcel->size = strlen(text);
    parcel->text = malloc(parcel->size + 1);
    ASSERT(parcel->text);
    memcpy(parcel->text, text, parcel->size + 1);
    struct notice notice = {.kind = NOTICE_PARCEL, .instance = place, .parcel = parcel};
    ticker_send(ticker, connection_handle(shard, 0, 0), &notice);
}

static void mailing_send(struct ticker *ticker, struct mailing *mailing, uint16_t place,
                         const char *text)
{
    for (uint32_t shard = 0; shard < ticker->shard_count; shard++)
        if (mailing->parcels[shard])
            send_parcel(ticker, shard, place, mailing->parcels[shard], text);
}

// Takes `event`; the caller frees the text.
static char *text_of(json_t *event)
{
    char *text = json_dumps(event, JSON_COMPACT);
    json_decref(event);
    ASSERT(text);
    return text;
}

// Frees `event`.
static void tell_one(struct ticker *ticker, uint64_t connection, uint16_t place, json_t *event)
{
    char *text = text_of(event);
    struct mailing mailing = {0};
    mailing_add(&mailing, connection, (entity_id){0});
    mailing_send(ticker, &mailing, place, text);
    free(text);
}

static void tell_everyone(struct ticker *ticker, const struct ticker_instance *here, uint16_t place,
                          const char *text)
{
    for (uint32_t shard = 0; shard < ticker->shard_count; shard++) {
        if (!here->clients[shard])
            continue;
        struct parcel *parcel = parcel_create();
        parcel->everyone = true;
        send_parcel(ticker, shard, place, parcel, text);
    }
}

static void tell_earshot(struct ticker *ticker, const struct ticker_instance *here, uint16_t place,
                         const struct wire_state *at, const char *text)
{
    struct mailing mailing = {0};
    instance_each_within(here->instance, at->x_cm, at->z_cm,
                         instance_settings_of(here->instance)->earshot_cm, mailing_add, &mailing);
    mailing_send(ticker, &mailing, place, text);
}

// --- the words
// -----------------------------------------------------------------------------------------------

static json_t *error_event(enum error_code code, const char *message, const char *about)
{
    return json_pack("{s:s,s:s,s:s,s:s}", "t", "error", "code", error_name(code), "message",
                     message, "about", about);
}

// Frees `event`.
static void say(struct ticker *ticker, struct ticker_instance *here, uint16_t place,
                const struct instance_person *speaker, bool to_all, json_t *event)
{
    char *text = text_of(event);
    if (to_all)
        tell_everyone(ticker, here, place, text);
    else
        tell_earshot(ticker, here, place, &speaker->state, text);
    tap_tell_words(ticker->settings->tap, ticker_news_of(here, place, speaker->entity), to_all,
                   text);
    free(text);
}

static void chat(struct ticker *ticker, struct ticker_instance *here, uint16_t place,
                 const struct instance_person *speaker, const struct word *word, uint64_t now_us)
{
    bool to_all = word->chat.to_all;
    if (to_all && !bucket_take(&here->loud, loud_per_second, loud_burst, now_us)) {
        tell_one(ticker, word->connection, place,
                 error_event(ERR_RATE_LIMITED,
                             "too many people are talking to everyone; try again in a moment",
                             "chat"));
        return;
    }
    json_t *event =
        json_pack("{s:s,s:i,s:s,s:s,s:s,s:I}", "t", "chat", "id", (int)speaker->entity.value,
                  "name", speaker->name, "scope", to_all ? "all" : "near", "text", word->chat.text,
                  "at", (json_int_t)clock_wall_ms(ticker->settings->clock));
    ASSERT(event); // names and texts were cleaned: they are UTF-8
    say(ticker, here, place, speaker, to_all, event);
}

static void emote(struct ticker *ticker, struct ticker_instance *here, uint16_t place,
                  const struct instance_person *speaker, const struct word *word)
{
    json_t *event = json_pack("{s:s,s:i,s:s}", "t", "emote", "id", (int)speaker->entity.value,
                              "emote", hub_emotes[word->emote]);
    ASSERT(event);
    say(ticker, here, place, speaker, false, event);
}

static void profiles(struct ticker *ticker, const struct ticker_instance *here, uint16_t place,
                     const struct word *word)
{
    json_t *found = json_array(), *gone = json_array();
    for (uint32_t i = 0; i < word->profiles.count; i++) {
        struct instance_person person;
        entity_id id = {word->profiles.ids[i]};
        if (instance_find(here->instance, id, &person))
            json_array_append_new(found,
                                  json_pack("{s:I,s:s,s:I}", "id", (json_int_t)id.value, "name",
                                            person.name, "look", (json_int_t)person.look));
        else
            json_array_append_new(gone, json_integer(id.value));
    }
    tell_one(ticker, word->connection, place,
             json_pack("{s:s,s:o,s:o}", "t", "profiles", "profiles", found, "gone", gone));
}

static void profile(struct ticker *ticker, struct ticker_instance *here, uint16_t place,
                    entity_id speaker, const struct word *word)
{
    instance_set_profile(here->instance, speaker,
                         word->profile.has_name ? word->profile.name : NULL,
                         word->profile.has_look ? &word->profile.look : NULL);
    struct instance_person person;
    if (!instance_find(here->instance, speaker, &person))
        return;
    // Those who can read the name learn it now; others ask when they come near.
    json_t *event = json_pack("{s:s,s:[{s:I,s:s,s:I}],s:[]}", "t", "profiles", "profiles", "id",
                              (json_int_t)speaker.value, "name", person.name, "look",
                              (json_int_t)person.look, "gone");
    ASSERT(event);
    char *text = text_of(event);
    tell_earshot(ticker, here, place, &person.state, text);
    free(text);
}

void words_take(struct ticker *ticker, struct ticker_instance *here, uint16_t place,
                entity_id speaker_id, const struct word *word, uint64_t now_us)
{
    struct instance_person speaker;
    if (!instance_find(here->instance, speaker_id, &speaker) ||
        speaker.connection != word->connection)
        return; // gone, or replaced by a newer connection, since it was said
    switch (word->kind) {
    case WORD_CHAT:
        chat(ticker, here, place, &speaker, word, now_us);
        break;
    case WORD_EMOTE:
        emote(ticker, here, place, &speaker, word);
        break;
    case WORD_PROFILES:
        profiles(ticker, here, place, word);
        break;
    case WORD_PROFILE:
        profile(ticker, here, place, speaker_id, word);
        break;
    }
}

void words_presence(struct ticker *ticker, struct ticker_instance *here, uint16_t place,
                    uint64_t now_us)
{
    uint32_t people = instance_population(here->instance) + instance_puppet_count(here->instance);
    if (people == here->people_told || now_us < here->presence_due_us)
        return;
    here->people_told = people;
    here->presence_due_us = now_us + PRESENCE_PERIOD_US;
    char *text = text_of(json_pack("{s:s,s:I}", "t", "presence", "people", (json_int_t)people));
    tell_everyone(ticker, here, place, text);
    free(text);
}

void words_of_puppet(const struct hub_scene *scene, entity_id puppet, bool to_all, const char *text)
{
    struct ticker *ticker = scene->context;
    struct ticker_instance *here = &ticker->instances[scene->place];
    struct instance_person speaker;
    if (to_all)
        tell_everyone(ticker, here, scene->place, text);
    else if (instance_find(here->instance, puppet, &speaker))
        tell_earshot(ticker, here, scene->place, &speaker.state, text);
}
