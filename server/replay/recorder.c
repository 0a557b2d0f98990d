// Once a round (woken by the tick thread, or every half second): the operator's orders, then the
// tap's news in their order, then what is too old or too much goes. Frames are returned as soon as
// their sections are copied, so that the tick thread always has some to lend.

#include "replay/recorder.h"

#include <errno.h>
#include <jansson.h>
#include <pthread.h>
#include <semaphore.h>

#include "base/assert.h"
#include "base/metric.h"
#include "hub/tap.h"
#include "replay/track.h"

enum {
    TRACKS_MAX = 2 * HUB_INSTANCES_MAX, // those whose instance closed wait for their window to pass
    ORDERS_MAX = 16,
    ROUND_MS = 500,
    PUBLISH_US = 1000000,
};

struct order_keep {
    struct stored *file;
    const char *world; // as the hub's tap names it
    uint32_t instance;
    bool go_on, finish;
};

struct recorder {
    struct recorder_settings settings;
    struct tap tap;
    struct store *store;
    sem_t wake;
    pthread_t thread;
    bool started;
    _Atomic bool stopping;

    // The recorder's thread:
    struct track tracks[TRACKS_MAX];
    uint64_t published_us;

    pthread_mutex_t lock; // of what follows; held for moments only
    struct order_keep orders[ORDERS_MAX];
    uint32_t order_count;
    struct recorder_window windows[TRACKS_MAX];
    const char *window_worlds[TRACKS_MAX]; // as the tap names them
    struct stored *window_files[TRACKS_MAX];
    uint32_t window_count;
};

static struct metric metric_window_bytes = {
    .name = "flux_replay_window_bytes",
    .labels = "",
    .help = "Memory that the last minutes of all instances take.",
    .kind = METRIC_GAUGE};
static struct metric metric_stretches = {.name = "flux_replay_stretches_total",
                                         .labels = "",
                                         .help = "Stretches recorded.",
                                         .kind = METRIC_COUNTER};
static struct metric metric_gaps = {
    .name = "flux_replay_gaps_total",
    .labels = "",
    .help = "Times that the recorder was too late, and ticks are missing from a recording.",
    .kind = METRIC_COUNTER};

void recorder_register_metrics(void)
{
    metric_register(&metric_window_bytes);
    metric_register(&metric_stretches);
    metric_register(&metric_gaps);
}

// --- tracks --------------------------------------------------------------------------------------

static struct track *track_find(struct recorder *recorder, const char *world, uint32_t instance)
{
    for (int i = 0; i < TRACKS_MAX; i++) {
        struct track *track = &recorder->tracks[i];
        if (track->used && track->instance == instance && strcmp(track->world, world) == 0)
            return track;
    }
    return NULL;
}

// There are twice as many as instances can be open.
static struct track *track_find_free(struct recorder *recorder)
{
    struct track *found = NULL;
    for (int i = 0; i < TRACKS_MAX; i++) {
        struct track *track = &recorder->tracks[i];
        if (!track->used)
            return track;
        if (!track->open && !found)
            found = track;
    }
    ASSERT(found);
    track_done(found);
    return found;
}

static struct track *track_of(struct recorder *recorder, const struct tap_news *news)
{
    struct track *track = track_find(recorder, news->world, news->instance);
    if (!track) {
        track = track_find_free(recorder);
        track_init(track, news->world, news->instance);
    }
    track->open = true;
    return track;
}

// A stretch is ended: the window and the file that goes on each hold on to it.
static void track_keep(struct recorder *recorder, struct track *track, struct reel *reel)
{
    if (!reel)
        return;
    metric_add(&metric_stretches, 1);
    if (track->file)
        store_add(recorder->store, track->file, reel);
    if (recorder->settings.window_minutes > 0)
        track_remember(track, reel);
    reel_unref(reel);
}

static uint64_t now_us(const struct recorder *recorder)
{
    return clock_now_us(recorder->settings.clock);
}

static void track_end_file(struct recorder *recorder, struct track *track)
{
    if (!track->file)
        return;
    track_keep(recorder, track, track_seal(track, now_us(recorder)));
    store_end(recorder->store, track->file);
    track->file = NULL;
}

static void frames_want(struct recorder *recorder)
{
    bool wanted = recorder->settings.window_minutes > 0;
    for (int i = 0; i < TRACKS_MAX && !wanted; i++)
        wanted = recorder->tracks[i].used && recorder->tracks[i].file;
    atomic_store_explicit(&recorder->tap.wants_frames, wanted, memory_order_relaxed);
}

// --- news ----------------------------------------------------------------------------------------

static void take_frame(struct recorder *recorder, struct track *track, const struct tap_news *news)
{
    bool wanted = recorder->settings.window_minutes > 0 || track->file;
    if (wanted) {
        if (track->tape.running && !tape_continues(&track->tape, news->frame))
            metric_add(&metric_gaps, 1);
        track_keep(recorder, track,
                   track_add_frame(track, news->frame, now_us(recorder),
                                   clock_wall_ms(recorder->settings.clock)));
    }
    tap_return_frame(&recorder->tap, news);
}

static void take_name(struct track *track, const struct tap_news *news)
{
    const struct tap_named *named = news->named;
    names_set(&track->names, news->entity.value, named->look, named->name,
              (uint32_t)strlen(named->name));
    if (track->tape.running)
        tape_add_name(&track->tape, news->entity.value, named->look, named->name);
}

static void take_closed(struct recorder *recorder, struct track *track)
{
    track_end_file(recorder, track);
    track_keep(recorder, track, track_seal(track, now_us(recorder)));
    names_clear(&track->names);
    track->open = false;
}

static void take_news(struct recorder *recorder, struct tap_news *news)
{
    struct track *track = track_of(recorder, news);
    switch (news->kind) {
    case TAP_FRAME:
        take_frame(recorder, track, news);
        break;
    case TAP_NAMED:
        take_name(track, news);
        break;
    case TAP_SAID:
        if (track->tape.running && strlen(news->said->text) <= WORDS_BYTES_MAX)
            tape_add_words(&track->tape, news->entity.value, news->said->to_all, news->said->text);
        break;
    case TAP_CLOSED:
        take_closed(recorder, track);
        break;
    }
    tap_news_free(news);
}

// --- orders --------------------------------------------------------------------------------------

static void do_keep(struct recorder *recorder, const struct order_keep *order)
{
    struct track *track = track_find(recorder, order->world, order->instance);
    if (!track || (order->go_on && track->file)) { // it closed, or another order was first
        store_end(recorder->store, order->file);
        return;
    }
    // What is being made belongs to it as well.
    track_keep(recorder, track, track_seal(track, now_us(recorder)));
    for (struct reel *reel = track->first; reel; reel = reel->next)
        store_add(recorder->store, order->file, reel);
    if (order->go_on && track->open)
        track->file = order->file;
    else
        store_end(recorder->store, order->file);
}

static void do_finish(struct recorder *recorder, const struct order_keep *order)
{
    for (int i = 0; i < TRACKS_MAX; i++)
        if (recorder->tracks[i].used && recorder->tracks[i].file == order->file)
            track_end_file(recorder, &recorder->tracks[i]);
}

static void take_orders(struct recorder *recorder)
{
    struct order_keep orders[ORDERS_MAX];
    pthread_mutex_lock(&recorder->lock);
    uint32_t count = recorder->order_count;
    memcpy(orders, recorder->orders, count * sizeof orders[0]);
    recorder->order_count = 0;
    pthread_mutex_unlock(&recorder->lock);
    for (uint32_t i = 0; i < count; i++) {
        if (orders[i].finish)
            do_finish(recorder, &orders[i]);
        else
            do_keep(recorder, &orders[i]);
    }
    if (count > 0) {
        frames_want(recorder);
        recorder->published_us = 0; // whoever asked looks now
    }
}

// --- bounds --------------------------------------------------------------------------------------

static void drop_old(struct recorder *recorder, struct track *track, uint64_t now)
{
    uint64_t age_us = (uint64_t)recorder->settings.window_minutes * 60 * 1000000;
    while (track->first && now - track->first->sealed_us > age_us)
        track_drop_oldest(track);
    if (!track->open && !track->first)
        track_done(track);
}

static void drop_surplus(struct recorder *recorder)
{
    for (;;) {
        uint64_t bytes = 0;
        struct track *oldest = NULL;
        for (int i = 0; i < TRACKS_MAX; i++) {
            struct track *track = &recorder->tracks[i];
            if (!track->used)
                continue;
            bytes += track_bytes(track);
            if (track->first && (!oldest || track->first->sealed_us < oldest->first->sealed_us))
                oldest = track;
        }
        metric_set(&metric_window_bytes, (int64_t)bytes);
        if (bytes <= recorder->settings.window_bytes_max || !oldest)
            return;
        track_drop_oldest(oldest);
    }
}

// A file that was ended early (the disk was full) is not written to any more.
static void drop_failed_file(struct recorder *recorder, struct track *track)
{
    if (!track->file || store_is_writing(recorder->store, track->file))
        return;
    store_end(recorder->store, track->file);
    track->file = NULL;
    frames_want(recorder);
}

static void publish(struct recorder *recorder)
{
    pthread_mutex_lock(&recorder->lock);
    recorder->window_count = 0;
    for (int i = 0; i < TRACKS_MAX; i++) {
        const struct track *track = &recorder->tracks[i];
        if (!track->used)
            continue;
        uint32_t at = recorder->window_count++;
        struct recorder_window *window = &recorder->windows[at];
        *window = (struct recorder_window){
            .instance = track->instance, .ticks = track_ticks(track), .bytes = track_bytes(track)};
        snprintf(window->world, sizeof window->world, "%s", track->world);
        if (track->file)
            snprintf(window->file, sizeof window->file, "%s", store_name(track->file));
        recorder->window_worlds[at] = track->world;
        recorder->window_files[at] = track->file;
    }
    pthread_mutex_unlock(&recorder->lock);
}

static void keep_bounds(struct recorder *recorder)
{
    uint64_t now = now_us(recorder);
    if (recorder->published_us && now - recorder->published_us < PUBLISH_US)
        return;
    recorder->published_us = now;
    for (int i = 0; i < TRACKS_MAX; i++) {
        if (!recorder->tracks[i].used)
            continue;
        drop_failed_file(recorder, &recorder->tracks[i]);
        drop_old(recorder, &recorder->tracks[i], now);
    }
    drop_surplus(recorder);
    publish(recorder);
}

// --- the thread ----------------------------------------------------------------------------------

static void wait_for_news(struct recorder *recorder)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += ROUND_MS * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    while (sem_timedwait(&recorder->wake, &until) != 0 && errno == EINTR)
        continue;
    while (sem_trywait(&recorder->wake) == 0)
        continue; // many ticks are one round
}

static void round_run(struct recorder *recorder)
{
    struct tap_news news;
    while (tap_next(&recorder->tap, &news))
        take_news(recorder, &news);
    take_orders(recorder);
    keep_bounds(recorder);
}

static void *recorder_main(void *argument)
{
    struct recorder *recorder = argument;
    pthread_setname_np(pthread_self(), "flux-recorder");
    bool last;
    do {
        wait_for_news(recorder);
        // Looked at before the round: an order that was given before the stop is carried out.
        last = atomic_load_explicit(&recorder->stopping, memory_order_acquire);
        round_run(recorder);
    } while (!last);
    for (int i = 0; i < TRACKS_MAX; i++)
        if (recorder->tracks[i].used)
            track_end_file(recorder, &recorder->tracks[i]);
    return NULL;
}

static void wake(void *context)
{
    struct recorder *recorder = context;
    sem_post(&recorder->wake);
}

struct recorder *recorder_create(const struct recorder_settings *settings, struct error *err)
{
    struct store *store = store_create(settings->folder, settings->folder_bytes_max, err);
    if (!store)
        return NULL;
    struct recorder *recorder = aligned_alloc(64, (sizeof *recorder + 63) & ~(size_t)63);
    ASSERT(recorder);
    memset(recorder, 0, sizeof *recorder);
    recorder->settings = *settings;
    recorder->settings.folder = NULL; // the store has a copy
    recorder->store = store;
    tap_init(&recorder->tap, wake, recorder);
    atomic_store(&recorder->tap.wants_words, settings->words);
    sem_init(&recorder->wake, 0, 0);
    pthread_mutex_init(&recorder->lock, NULL);
    frames_want(recorder);
    return recorder;
}

struct tap *recorder_tap(struct recorder *recorder)
{
    return &recorder->tap;
}

bool recorder_start(struct recorder *recorder, struct error *err)
{
    if (!store_start(recorder->store, err))
        return false;
    int code = pthread_create(&recorder->thread, NULL, recorder_main, recorder);
    if (code)
        return fail(err, ERR_SYSTEM, "cannot start the recorder's thread: %s", strerror(code));
    recorder->started = true;
    return true;
}

void recorder_stop(struct recorder *recorder)
{
    if (!recorder)
        return;
    if (recorder->started) {
        atomic_store_explicit(&recorder->stopping, true, memory_order_release);
        sem_post(&recorder->wake);
        pthread_join(recorder->thread, NULL);
        recorder->started = false;
        atomic_store_explicit(&recorder->tap.wants_frames, false, memory_order_relaxed);
    }
    store_stop(recorder->store);
}

void recorder_destroy(struct recorder *recorder)
{
    if (!recorder)
        return;
    recorder_stop(recorder);
    for (int i = 0; i < TRACKS_MAX; i++)
        if (recorder->tracks[i].used)
            track_done(&recorder->tracks[i]);
    store_destroy(recorder->store);
    tap_done(&recorder->tap);
    sem_destroy(&recorder->wake);
    pthread_mutex_destroy(&recorder->lock);
    free(recorder);
}

// --- any thread ----------------------------------------------------------------------------------

static bool order_post(struct recorder *recorder, const struct order_keep *order, struct error *err)
{
    pthread_mutex_lock(&recorder->lock);
    bool room = recorder->order_count < ORDERS_MAX;
    if (room)
        recorder->orders[recorder->order_count++] = *order;
    pthread_mutex_unlock(&recorder->lock);
    sem_post(&recorder->wake);
    return room || fail(err, ERR_UNAVAILABLE, "the recorder is busy: try again");
}

static bool window_find(struct recorder *recorder, const char *world, uint32_t instance,
                        struct recorder_window *out, const char **tap_world)
{
    bool found = false;
    pthread_mutex_lock(&recorder->lock);
    for (uint32_t i = 0; i < recorder->window_count && !found; i++) {
        found = recorder->windows[i].instance == instance &&
                strcmp(recorder->windows[i].world, world) == 0;
        if (found) {
            *out = recorder->windows[i];
            *tap_world = recorder->window_worlds[i];
        }
    }
    pthread_mutex_unlock(&recorder->lock);
    return found;
}

static char *head_text(const struct recorder *recorder, const char *world, uint32_t instance)
{
    struct recorder_world found;
    if (!recorder->settings.find_world(recorder->settings.context, world, &found))
        return NULL;
    json_t *head =
        json_pack("{s:i, s:s, s:s, s:I, s:I, s:b, s:o}", "version", FORMAT_VERSION, "world", world,
                  "etag", found.etag, "instance", (json_int_t)instance, "begun",
                  (json_int_t)clock_wall_ms(recorder->settings.clock), "words",
                  recorder->settings.words, "document", json_loads(found.document, 0, NULL));
    ASSERT(head);
    char *text = json_dumps(head, JSON_COMPACT);
    json_decref(head);
    return text;
}

bool recorder_keep(struct recorder *recorder, const char *world, uint32_t instance,
                   const char *name, bool go_on, struct error *err)
{
    struct recorder_window window;
    struct order_keep order = {.instance = instance, .go_on = go_on};
    if (!store_name_is_good(name))
        return fail(err, ERR_INVALID, "name must have 1 to %d of a-z, 0-9, - and _",
                    STORE_NAME_BYTES - 1);
    if (!window_find(recorder, world, instance, &window, &order.world))
        return fail(err, ERR_NOT_FOUND, "nobody is in instance %u of \"%s\"", instance, world);
    if (!go_on && window.ticks == 0)
        return fail(err, ERR_INVALID,
                    "nothing is remembered: start the server with --record-minutes, or ask to go "
                    "on from now with \"continue\": true");
    if (go_on && window.file[0])
        return fail(err, ERR_CONFLICT, "\"%s\" is being recorded there: stop it first",
                    window.file);
    char *head = head_text(recorder, world, instance);
    if (!head)
        return fail(err, ERR_NOT_FOUND, "there is no world \"%s\"", world);
    order.file = store_open(recorder->store, name, head, err);
    free(head);
    if (!order.file)
        return false;
    if (order_post(recorder, &order, err))
        return true;
    store_end(recorder->store, order.file);
    return false;
}

bool recorder_finish(struct recorder *recorder, const char *name, struct error *err)
{
    struct order_keep order = {.finish = true};
    pthread_mutex_lock(&recorder->lock);
    for (uint32_t i = 0; i < recorder->window_count; i++)
        if (recorder->window_files[i] && strcmp(recorder->windows[i].file, name) == 0)
            order.file = recorder->window_files[i];
    pthread_mutex_unlock(&recorder->lock);
    if (!order.file)
        return fail(err, ERR_NOT_FOUND, "no recording \"%s\" goes on", name);
    return order_post(recorder, &order, err);
}

size_t recorder_windows(struct recorder *recorder, struct recorder_window *out, size_t capacity)
{
    pthread_mutex_lock(&recorder->lock);
    size_t count = recorder->window_count < capacity ? recorder->window_count : capacity;
    memcpy(out, recorder->windows, count * sizeof *out);
    pthread_mutex_unlock(&recorder->lock);
    return count;
}

size_t recorder_files(struct recorder *recorder, struct stored_report *out, size_t capacity)
{
    return store_list(recorder->store, out, capacity);
}

uint64_t recorder_folder_bytes(const struct recorder *recorder)
{
    return store_bytes(recorder->store);
}

const struct recorder_settings *recorder_settings_of(const struct recorder *recorder)
{
    return &recorder->settings;
}
