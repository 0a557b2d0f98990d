// Starting goes from what others depend on to what depends on them: data folder, worlds, hub,
// gateway, HTTP, acceptor; stopping goes the other way round, after everyone was told.

#include "app/serve.h"

#include <assert.h>
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/data_folder.h"
#include "app/settings.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/log.h"
#include "base/random.h"
#include "gateway/gateway.h"
#include "hub/hub.h"
#include "net/acceptor.h"
#include "net/http.h"
#include "replay/player.h"
#include "replay/recorder.h"
#include "services/world/shelf.h"

enum {
    EXIT_CANNOT_START = 2,
    UNREAD_BYTES_MAX = 65536,
    SOCKET_SEND_BYTES = 65536, // what a reader that stalls may hold in the kernel
    RESETS_BYTES = 6 << 20,    // 120 MB/s: 10,000 people are told of each other in 12 s
    WORLD_PATH_BYTES = 4096,
};

struct platform {
    struct settings settings;
    struct arena home;
    struct data_folder folder;
    struct world_shelf *shelf;
    struct hub_world *worlds;
    struct recorder *recorder; // NULL in a replay
    struct player *player;     // in a replay alone
    struct hub *hub;
    struct gateway *gateway;
    struct http *http;
    struct acceptor *acceptor;
};

// --- the hub's worlds, from the documents
// --------------------------------------------------------------

static int32_t centimetres(double metres)
{
    return (int32_t)lround(metres * 100);
}

static struct instance_spawn spawn_from(const struct world_spawn *spawn)
{
    double turns = spawn->yaw_degrees / 360;
    return (struct instance_spawn){
        .x_cm = centimetres(spawn->x_m),
        .y_cm = (int16_t)centimetres(spawn->y_m),
        .z_cm = centimetres(spawn->z_m),
        .yaw = (uint8_t)(int)lround((turns - floor(turns)) * 256),
        .radius_cm = centimetres(spawn->radius_m),
        .portal = spawn->portal,
    };
}

static struct hub_world world_from(struct platform *platform, const struct world_document *document)
{
    struct instance_spawn *spawns =
        arena_alloc(&platform->home, document->spawn_count * sizeof *spawns);
    for (size_t i = 0; i < document->spawn_count; i++)
        spawns[i] = spawn_from(&document->spawns[i]);
    return (struct hub_world){
        .id = document->id,
        .instance = {.capacity = document->capacity,
                     .least_x_cm = centimetres(document->least_m[0]),
                     .least_y_cm = (int16_t)centimetres(document->least_m[1]),
                     .least_z_cm = centimetres(document->least_m[2]),
                     .most_x_cm = centimetres(document->most_m[0]),
                     .most_y_cm = (int16_t)centimetres(document->most_m[1]),
                     .most_z_cm = centimetres(document->most_m[2]),
                     .speed_max_cm_s = (uint32_t)centimetres(document->speed_max_m_s),
                     .earshot_cm = centimetres(document->earshot_m),
                     .spawns = spawns,
                     .spawn_count = (uint32_t)document->spawn_count},
    };
}

static bool open_shelf(struct platform *platform, struct error *err)
{
    char folder[WORLD_PATH_BYTES];
    if (platform->player) {
        const struct recording *recording = player_recording(platform->player);
        platform->shelf = world_shelf_create_of(recording->document, recording->document_size, err);
        return platform->shelf || error_prefix(err, "the recorded world");
    }
    snprintf(folder, sizeof folder, "%s/worlds", platform->settings.data);
    platform->shelf = world_shelf_create(folder, err);
    return platform->shelf != NULL;
}

static bool open_worlds(struct platform *platform, struct error *err)
{
    if (!open_shelf(platform, err))
        return false;
    size_t count = world_shelf_count(platform->shelf);
    platform->worlds = arena_alloc(&platform->home, count * sizeof *platform->worlds);
    for (size_t i = 0; i < count; i++)
        platform->worlds[i] = world_from(platform, world_shelf_at(platform->shelf, i));
    if (platform->player)
        platform->worlds[0].instance.puppet_index_end =
            player_recording(platform->player)->index_end;
    return true;
}

// --- recording
// --------------------------------------------------------------------------------------------

static bool find_world(void *context, const char *id, struct recorder_world *out)
{
    const struct platform *platform = context;
    const struct world_document *world = world_shelf_find(platform->shelf, id);
    if (!world)
        return false;
    *out = (struct recorder_world){world->json, world->etag};
    return true;
}

static bool open_recorder(struct platform *platform, struct error *err)
{
    const struct settings *settings = &platform->settings;
    char folder[WORLD_PATH_BYTES];
    if (platform->player)
        return true;
    snprintf(folder, sizeof folder, "%s/recordings", settings->data);
    struct recorder_settings recorder = {
        .folder = folder,
        .window_minutes = (uint32_t)settings->record_minutes,
        .window_bytes_max = (uint64_t)settings->record_mb << 20,
        .folder_bytes_max = (uint64_t)settings->recordings_mb << 20,
        .words = settings->record_words,
        .clock = &clock_system,
        .find_world = find_world,
        .context = platform,
    };
    platform->recorder = recorder_create(&recorder, err);
    return platform->recorder && recorder_start(platform->recorder, err);
}

static bool open_hub(struct platform *platform, struct error *err)
{
    const struct settings *settings = &platform->settings;
    struct hub_settings hub = {
        .worlds = platform->worlds,
        .world_count = (uint32_t)world_shelf_count(platform->shelf),
        .shard_count = (uint32_t)settings->shards,
        .unread_bytes_max = UNREAD_BYTES_MAX,
        .socket_send_bytes = SOCKET_SEND_BYTES,
        .resets_bytes = RESETS_BYTES,
        .allowed_origins = settings->allow_origin.items,
        .allowed_origin_count = (uint32_t)settings->allow_origin.count,
        .clock = &clock_system,
    };
    memcpy(hub.secret, platform->folder.secret, sizeof hub.secret);
    random_secret(&hub.seed, sizeof hub.seed);
    viewer_settings_preset(&hub.viewer);
    hub.viewer.bytes_per_second = (uint32_t)settings->bytes_per_second;
    hub.tap = platform->recorder ? recorder_tap(platform->recorder) : NULL;
    hub.puppeteer = platform->player ? player_puppeteer(platform->player) : NULL;
    platform->hub = hub_create(&hub, err);
    return platform->hub != NULL;
}

// --- what the gateway asks of the hub
// ------------------------------------------------------------------

static bool admit_guest(void *context, const struct gateway_guest *guest,
                        struct gateway_admission *out, struct error *err)
{
    struct platform *platform = context;
    static_assert((int)GATEWAY_TICKET_BYTES >= (int)TICKET_TEXT_BYTES_MAX, "a ticket fits");
    struct hub_guest asked = {.world = guest->world,
                              .name = guest->name,
                              .look = guest->look,
                              .instance = guest->instance,
                              .spawn = guest->spawn};
    out->expires_in_s = TICKET_LIFE_MS / 1000;
    return hub_admit_guest(platform->hub, &asked, out->ticket, &out->instance, err);
}

static uint32_t people(void *context, const char *world)
{
    const struct platform *platform = context;
    return hub_people(platform->hub, world);
}

static bool kick(void *context, const char *world, uint32_t instance, uint32_t entity,
                 const char *reason)
{
    struct platform *platform = context;
    return hub_kick(platform->hub, world, instance, (entity_id){entity}, reason);
}

static bool is_trusted(void *context, const struct address *peer)
{
    const struct platform *platform = context;
    return acceptor_address_is_trusted(platform->acceptor, peer);
}

static bool open_gateway(struct platform *platform, struct error *err)
{
    const struct settings *settings = &platform->settings;
    struct gateway_settings gateway;
    gateway_settings_preset(&gateway);
    gateway.hub = (struct gateway_hub){admit_guest, people, kick, platform};
    gateway.shelf = platform->shelf;
    gateway.recorder = platform->recorder;
    gateway.player = platform->player;
    gateway.clock = &clock_system;
    gateway.public_url = settings->public_url;
    gateway.operator_token = settings->operator_token;
    gateway.allowed_origins = settings->allow_origin.items;
    gateway.allowed_origin_count = settings->allow_origin.count;
    gateway.frame_ancestors = settings->frame_ancestors.items;
    gateway.frame_ancestor_count = settings->frame_ancestors.count;
    bool limited = !settings->no_address_limits;
    gateway.requests_per_s = limited ? (double)settings->requests_per_second : 0;
    gateway.requests_burst = gateway.requests_per_s * 3;
    gateway.guests_per_minute = limited ? (double)settings->guests_per_minute : 0;
    gateway.guests_burst = gateway.guests_per_minute;
    gateway.is_trusted = is_trusted;
    gateway.trust_context = platform;
    platform->gateway = gateway_create(&gateway, err);
    return platform->gateway != NULL;
}

static bool open_http(struct platform *platform, struct error *err)
{
    struct http_settings http = {.body_bytes_max = gateway_body_bytes_max,
                                 .on_request = gateway_on_request,
                                 .admit = gateway_admit,
                                 .is_trusted = gateway_is_trusted,
                                 .context = platform->gateway,
                                 .connections_max = (uint32_t)platform->settings.connections_max};
    platform->http = http_create(&http, err);
    return platform->http != NULL;
}

// --- the acceptor
// -------------------------------------------------------------------------------------

static void on_realtime(void *context, struct stream *stream)
{
    struct platform *platform = context;
    hub_take(platform->hub, stream);
}

static void on_http(void *context, int fd, const struct sockaddr *address, socklen_t address_size,
                    bool secure, uint32_t address_slot)
{
    struct platform *platform = context;
    http_take(platform->http, fd, address, address_size, secure, address_slot);
}

static bool open_acceptor(struct platform *platform, struct error *err)
{
    const struct settings *settings = &platform->settings;
    struct acceptor_settings acceptor;
    acceptor_settings_preset(&acceptor);
    acceptor.listen = settings->listen;
    acceptor.tls_cert = settings->tls_cert;
    acceptor.tls_key = settings->tls_key;
    acceptor.trusted_proxies = settings->trust_proxy.items;
    acceptor.trusted_proxy_count = settings->trust_proxy.count;
    acceptor.connections_per_address =
        settings->no_address_limits ? 0 : (uint32_t)settings->connections_per_address;
    acceptor.connections_max = (uint32_t)settings->connections_max;
    acceptor.clock = &clock_system;
    acceptor.on_realtime = on_realtime;
    acceptor.on_http = on_http;
    acceptor.context = platform;
    platform->acceptor = acceptor_create(&acceptor, err);
    return platform->acceptor != NULL;
}

// --- start and stop
// -----------------------------------------------------------------------------------

static void register_metrics(void)
{
    hub_register_metrics();
    acceptor_register_metrics();
    http_register_metrics();
    gateway_register_metrics();
    recorder_register_metrics();
}

// Each connection is a descriptor: as many as the system allows, up to what the settings can use.
static void raise_descriptor_limit(const struct settings *settings)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    rlim_t wanted = (rlim_t)settings->connections_max + 1000;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < wanted)
        log_event(LOG_WARN, "serve.few_descriptors", LOG_NUMBER("allowed", (int64_t)limit.rlim_cur),
                  LOG_NUMBER("wanted", (int64_t)wanted),
                  LOG_TEXT("what_to_do", "raise the limit on open files (ulimit -n, LimitNOFILE)"));
}

// A replay stores nothing: whoever watches has no way back after it ended.
static bool open_folder(struct platform *platform, struct error *err)
{
    if (!platform->player)
        return data_folder_open(&platform->folder, platform->settings.data, err) ||
               error_prefix(err, "--data");
    random_secret(platform->folder.secret, sizeof platform->folder.secret);
    return true;
}

static bool open_platform(struct platform *platform, struct error *err)
{
    // The acceptor comes before the data folder: a port in use is the likelier mistake, and it
    // changes nothing on disk. It takes nobody in before it is started.
    return open_acceptor(platform, err) && open_folder(platform, err) &&
           open_worlds(platform, err) && open_recorder(platform, err) && open_hub(platform, err) &&
           open_gateway(platform, err) && open_http(platform, err) &&
           hub_start(platform->hub, err) && acceptor_start(platform->acceptor, err);
}

static void close_platform(struct platform *platform)
{
    acceptor_destroy(platform->acceptor); // hands to the two below, so it goes first
    if (platform->http)
        http_destroy(platform->http);
    recorder_stop(platform->recorder); // while the frames that it reads are there
    hub_destroy(platform->hub);
    recorder_destroy(platform->recorder);
    gateway_destroy(platform->gateway);
    world_shelf_destroy(platform->shelf);
    data_folder_close(&platform->folder);
    arena_done(&platform->home);
}

static void tell_ready(const struct platform *platform)
{
    const char *url = acceptor_url(platform->acceptor);
    if (isatty(STDOUT_FILENO))
        printf("Flux is ready: open %s\n", url);
    else
        printf("{\"event\":\"ready\",\"url\":\"%s\"}\n", url);
    fflush(stdout);
}

static void reload_tls(struct platform *platform)
{
    struct error err;
    if (acceptor_reload_tls(platform->acceptor, &err))
        log_event(LOG_INFO, "serve.certificate_reloaded",
                  LOG_TEXT("file", platform->settings.tls_cert));
    else
        log_event(LOG_ERROR, "serve.certificate_not_reloaded", LOG_TEXT("error", err.text));
}

static void drain(struct platform *platform)
{
    log_event(LOG_INFO, "serve.draining");
    gateway_set_ready(platform->gateway, false);
    acceptor_stop_accepting(platform->acceptor);
    hub_drain(platform->hub, (uint32_t)platform->settings.reconnect_ms);
    uint64_t deadline_us =
        clock_now_us(&clock_system) + (uint64_t)platform->settings.drain_seconds * 1000000;
    while (!hub_is_empty(platform->hub) && clock_now_us(&clock_system) < deadline_us)
        usleep(20000);
    log_event(LOG_INFO, "serve.stopped",
              LOG_TEXT("everyone_told", hub_is_empty(platform->hub) ? "yes" : "no"));
}

static void run_until_told_to_stop(struct platform *platform, const sigset_t *signals)
{
    for (;;) {
        int signal = 0;
        if (sigwait(signals, &signal) != 0)
            continue;
        if (signal != SIGHUP) {
            drain(platform);
            return;
        }
        reload_tls(platform);
    }
}

// Signals are for the main thread alone: blocked before any other thread starts.
static void block_signals(sigset_t *signals)
{
    sigemptyset(signals);
    sigaddset(signals, SIGTERM);
    sigaddset(signals, SIGINT);
    sigaddset(signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, signals, NULL);
    signal(SIGPIPE, SIG_IGN); // a peer that went away is a failed write, not the end of the process
}

static int say_why(const struct error *err)
{
    fprintf(stderr, "flux serve: %s\n", err->text);
    return EXIT_CANNOT_START;
}

// From settings that were read and checked to the process's end.
static int run(struct platform *platform)
{
    struct error err = {0};
    enum log_level level = LOG_INFO;
    log_level_parse(platform->settings.log_level, &level); // it was checked
    log_set_level(level);
    sigset_t signals;
    block_signals(&signals);
    raise_descriptor_limit(&platform->settings);
    register_metrics();
    if (!open_platform(platform, &err)) {
        close_platform(platform);
        return say_why(&err);
    }
    if (platform->settings.no_address_limits)
        log_event(LOG_WARN, "serve.no_address_limits",
                  LOG_TEXT("meaning", "one address may connect and ask as often as it likes"));
    gateway_set_ready(platform->gateway, true);
    tell_ready(platform);
    run_until_told_to_stop(platform, &signals);
    close_platform(platform);
    return 0;
}

int serve_replay(const struct settings *settings, struct player *player)
{
    struct platform platform = {.settings = *settings, .folder.lock_fd = -1, .player = player};
    arena_init(&platform.home, 65536);
    return run(&platform);
}

int serve_main(int argc, char **argv)
{
    struct platform platform = {.folder.lock_fd = -1};
    arena_init(&platform.home, 65536);
    struct error err = {0};
    bool help_wanted = false;
    if (!option_read(settings_options, argc, argv, &platform.home, &platform.settings, &help_wanted,
                     &err) ||
        (!help_wanted && !settings_check(&platform.settings, &err))) {
        arena_done(&platform.home);
        return say_why(&err);
    }
    if (help_wanted) {
        serve_write_help();
        arena_done(&platform.home);
        return 0;
    }
    return run(&platform);
}

void serve_write_help(void)
{
    struct buffer text = {0};
    option_write_help(settings_options, &text);
    printf("flux serve [OPTIONS]\n\nRuns the platform: web client, API and realtime hub in one "
           "process.\n\n%.*s",
           (int)text.size, (const char *)text.bytes);
    printf(
        "\nSignals: SIGTERM and SIGINT drain (people are told when to come back) and end with 0;\n"
        "SIGHUP reloads the certificate. A start that fails says why and ends with 2.\n");
    buffer_done(&text);
}
