// Each tick of the hub is `speed` ticks of the recording. The picture is always that of a whole
// recorded tick: the one at or before the position. A stretch that is not in memory yet is asked
// for, and until it comes everyone stands still; the one after the current is asked for in time.

#include "replay/player.h"

#include <jansson.h>
#include <math.h>
#include <stdatomic.h>

#include "base/assert.h"
#include "base/log.h"
#include "replay/loader.h"
#include "replay/playback.h"

enum {
    WORDS_MAX = 64, // said within one tick of the hub; more are passed over
    JUMP_TICKS = 9, // farther than the greatest speed goes: what was said between is not told
    NO_STRETCH = UINT32_MAX,
    UNASKED = -1,
};

struct said {
    uint32_t speaker;
    bool to_all;
    char *event;
};

struct player {
    const struct recording *recording;
    struct loader *loader;
    struct hub_puppeteer puppeteer;
    bool loop;

    // The tick thread:
    struct playback *playback;
    double position; // on the timeline, in ticks
    uint32_t shown;  // the tick that the picture shows
    uint32_t stretch, asked;
    struct loaded ready; // .stretch NO_STRETCH: none
    bool told_broken;
    uint64_t stepped_us;
    struct said said[WORDS_MAX]; // in this tick
    uint32_t said_count;

    // Written by the tick thread, read by others; relaxed: each is a lone figure.
    _Atomic uint32_t now_tick, now_speed_milli;
    _Atomic bool now_paused;
    // Written by others, taken by the tick thread; UNASKED: nothing is asked. Relaxed likewise.
    _Atomic int64_t wanted_tick, wanted_speed_milli, wanted_paused;
};

static void before_tick(void *context, const struct hub_scene *scene);

struct player *player_create(const struct recording *recording,
                             const struct player_settings *settings)
{
    struct player *player = calloc(1, sizeof *player);
    ASSERT(player);
    player->recording = recording;
    player->loader = loader_create(recording);
    player->puppeteer = (struct hub_puppeteer){before_tick, player};
    player->loop = settings->loop;
    player->playback = playback_create();
    player->stretch = player->asked = player->ready.stretch = NO_STRETCH;
    uint32_t last = recording->ticks - 1;
    player->position = settings->at_tick < last ? settings->at_tick : last;
    atomic_init(&player->now_tick, (uint32_t)player->position);
    atomic_init(&player->now_speed_milli, settings->speed_milli);
    atomic_init(&player->wanted_tick, UNASKED);
    atomic_init(&player->wanted_speed_milli, UNASKED);
    atomic_init(&player->wanted_paused, UNASKED);
    return player;
}

bool player_start(struct player *player, struct error *err)
{
    return loader_start(player->loader, err);
}

static void said_clear(struct player *player)
{
    for (uint32_t i = 0; i < player->said_count; i++)
        free(player->said[i].event);
    player->said_count = 0;
}

void player_destroy(struct player *player)
{
    if (!player)
        return;
    loader_destroy(player->loader);
    said_clear(player);
    buffer_done(&player->ready.bytes);
    playback_destroy(player->playback);
    free(player);
}

const struct hub_puppeteer *player_puppeteer(const struct player *player)
{
    return &player->puppeteer;
}

const struct recording *player_recording(const struct player *player)
{
    return player->recording;
}

// --- steering ------------------------------------------------------------------------------------

static void want(_Atomic int64_t *what, int64_t value)
{
    atomic_store_explicit(what, value, memory_order_relaxed);
}

static int64_t peek(const _Atomic int64_t *what)
{
    return atomic_load_explicit(what, memory_order_relaxed);
}

void player_steer(struct player *player, const struct player_order *order)
{
    uint32_t last = player->recording->ticks - 1;
    if (order->has_tick)
        want(&player->wanted_tick, order->tick < last ? order->tick : last);
    if (order->has_speed)
        want(&player->wanted_speed_milli, order->speed_milli);
    if (order->has_paused)
        want(&player->wanted_paused, order->paused);
}

void player_status(const struct player *player, struct player_status *out)
{
    int64_t tick = peek(&player->wanted_tick), speed = peek(&player->wanted_speed_milli);
    int64_t paused = peek(&player->wanted_paused);
    const struct recording *recording = player->recording;
    *out = (struct player_status){
        .tick = tick == UNASKED ? atomic_load_explicit(&player->now_tick, memory_order_relaxed)
                                : (uint32_t)tick,
        .ticks = recording->ticks,
        .speed_milli = speed == UNASKED
                           ? atomic_load_explicit(&player->now_speed_milli, memory_order_relaxed)
                           : (uint32_t)speed,
        .paused = paused == UNASKED
                      ? atomic_load_explicit(&player->now_paused, memory_order_relaxed)
                      : paused != 0,
    };
    const struct recording_stretch *stretch =
        &recording->stretches[recording_find(recording, out->tick)];
    out->wall_ms =
        stretch->head.begun_wall_ms + (uint64_t)(out->tick - stretch->start) * HUB_TICK_MS;
}

static int64_t take_wanted(_Atomic int64_t *what)
{
    return atomic_exchange_explicit(what, UNASKED, memory_order_relaxed);
}

static void take_orders(struct player *player)
{
    int64_t speed = take_wanted(&player->wanted_speed_milli);
    int64_t paused = take_wanted(&player->wanted_paused);
    int64_t tick = take_wanted(&player->wanted_tick);
    if (speed != UNASKED)
        atomic_store_explicit(&player->now_speed_milli, (uint32_t)speed, memory_order_relaxed);
    if (paused != UNASKED)
        atomic_store_explicit(&player->now_paused, paused != 0, memory_order_relaxed);
    if (tick == UNASKED)
        return;
    player->position = (double)tick;
    atomic_store_explicit(&player->now_tick, (uint32_t)tick, memory_order_relaxed);
}

// --- the picture ---------------------------------------------------------------------------------

static void on_words(void *context, const struct playback_words *words)
{
    struct player *player = context;
    json_t *event = json_loadb(words->event, words->size, JSON_REJECT_DUPLICATES, NULL);
    const char *kind = json_string_value(json_object_get(event, "t"));
    bool good = kind && (strcmp(kind, "chat") == 0 || strcmp(kind, "emote") == 0) &&
                json_integer_value(json_object_get(event, "id")) == words->speaker;
    if (good && player->said_count < WORDS_MAX)
        player->said[player->said_count++] =
            (struct said){words->speaker, words->to_all, json_dumps(event, JSON_COMPACT)};
    json_decref(event);
}

static void stretch_ask(struct player *player, uint32_t stretch)
{
    if (player->asked == NO_STRETCH && loader_ask(player->loader, stretch))
        player->asked = stretch;
}

static void answers_take(struct player *player)
{
    struct loaded loaded;
    while (loader_take(player->loader, &loaded)) {
        player->asked = NO_STRETCH;
        buffer_done(&player->ready.bytes);
        player->ready = loaded;
    }
}

// It could not be read: on to the one after it, or a stop where there is none.
static void stretch_skip(struct player *player, uint32_t stretch)
{
    if (stretch + 1 < player->recording->count)
        player->position = player->recording->stretches[stretch + 1].start;
    else
        atomic_store_explicit(&player->now_paused, true, memory_order_relaxed);
}

// Whether the stretch is the one in the playback now.
static bool stretch_enter(struct player *player, uint32_t stretch, uint32_t tick)
{
    if (stretch == player->stretch) {
        if (tick < player->shown)
            playback_rewind(player->playback);
        return true;
    }
    if (player->ready.stretch != stretch) {
        stretch_ask(player, stretch);
        return false;
    }
    player->ready.stretch = NO_STRETCH;
    if (player->ready.bytes.size == 0) {
        stretch_skip(player, stretch);
        return false;
    }
    playback_load(player->playback, &player->ready.bytes);
    player->stretch = stretch;
    player->told_broken = false;
    return true;
}

static void broken_tell(struct player *player, uint32_t tick)
{
    if (!playback_is_broken(player->playback) || player->told_broken)
        return;
    player->told_broken = true;
    log_event(LOG_WARN, "replay.stretch_broken", LOG_NUMBER("tick", tick),
              LOG_TEXT("meaning", "everyone stands still until the next stretch"));
}

// False while the stretch is not there yet.
static bool picture_show(struct player *player, uint32_t tick)
{
    const struct recording *recording = player->recording;
    uint32_t stretch = recording_find(recording, tick);
    bool told = player->stretch != NO_STRETCH && tick >= player->shown &&
                tick - player->shown <= JUMP_TICKS;
    if (!stretch_enter(player, stretch, tick))
        return false;
    playback_run(player->playback, tick - recording->stretches[stretch].start,
                 told ? on_words : NULL, player);
    player->shown = tick;
    broken_tell(player, tick);
    if (stretch + 1 < recording->count && player->ready.stretch != stretch + 1)
        stretch_ask(player, stretch + 1);
    return true;
}

static double position_next(struct player *player)
{
    double last = player->recording->ticks - 1;
    if (atomic_load_explicit(&player->now_paused, memory_order_relaxed))
        return player->position;
    uint32_t speed = atomic_load_explicit(&player->now_speed_milli, memory_order_relaxed);
    double next = player->position + speed / 1000.0;
    if (next <= last)
        return next;
    if (player->loop && player->position >= last)
        return 0;
    return last;
}

static void step(struct player *player)
{
    said_clear(player);
    answers_take(player);
    take_orders(player);
    // At the very first, and after a jump, the position itself is to be seen.
    bool arrived = player->stretch != NO_STRETCH && player->shown == (uint32_t)player->position;
    double next = arrived ? position_next(player) : player->position;
    if (!picture_show(player, (uint32_t)next))
        return;
    player->position = next;
    atomic_store_explicit(&player->now_tick, (uint32_t)next, memory_order_relaxed);
}

// --- the puppets ---------------------------------------------------------------------------------

static uint32_t puppets_show(const struct player *player, struct instance *instance)
{
    uint32_t shown = 0, rows = playback_rows(player->playback);
    struct playback_person person;
    for (uint32_t row = 0; row < rows; row++) {
        if (!playback_person(player->playback, row, &person))
            continue;
        struct instance_puppet puppet = {person.identity, person.state, person.name};
        instance_show_puppet(instance, &puppet);
        shown++;
    }
    return shown;
}

static void puppets_drop_absent(const struct player *player, struct instance *instance)
{
    struct playback_person person;
    for (entity_id id = instance_next_puppet(instance, (entity_id){0}); id.value;
         id = instance_next_puppet(instance, id))
        if (!playback_find(player->playback, id.value, &person))
            instance_drop_puppet(instance, id);
}

static void before_tick(void *context, const struct hub_scene *scene)
{
    struct player *player = context;
    if (scene->now_us != player->stepped_us) {
        player->stepped_us = scene->now_us; // once for all instances of the world
        step(player);
    }
    if (puppets_show(player, scene->instance) != instance_puppet_count(scene->instance))
        puppets_drop_absent(player, scene->instance);
    for (uint32_t i = 0; i < player->said_count; i++)
        scene->say(scene, (entity_id){player->said[i].speaker}, player->said[i].to_all,
                   player->said[i].event);
}
