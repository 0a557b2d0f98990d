#include "gateway/gateway.h"

#include <openssl/sha.h>
#include <zlib.h>

#include "base/assert.h"
#include "base/random.h"
#include "gateway/gateway_internal.h"

void gateway_settings_preset(struct gateway_settings *settings)
{
    *settings = (struct gateway_settings){
        .clock = &clock_system,
        .site_name = "Flux",
        .requests_per_s = 200,
        .requests_burst = 2000,
        .guests_per_minute = 60,
        .guests_burst = 60,
        .addresses_max = 65536,
        .client = client_assets,
        .client_count = client_asset_count,
    };
}

static size_t size_without_slash(const char *url)
{
    size_t size = strlen(url);
    return size > 0 && url[size - 1] == '/' ? size - 1 : size;
}

static const char *without_slash(const char *url, struct arena *home)
{
    return arena_strndup(home, url, size_without_slash(url));
}

static bool check_url(const char *name, const char *url, struct error *err)
{
    size_t scheme = strncmp(url, "https://", 8) == 0 ? 8 : strncmp(url, "http://", 7) == 0 ? 7 : 0;
    if (scheme == 0 || !security_is_host(url + scheme))
        return fail(err, ERR_INVALID,
                    "%s must be like https://flux.example, with no path: \"%.100s\"", name, url);
    return true;
}

// A slash at the end is forgiven: it is how browsers show an address.
static bool check_public_url(const char *url, struct error *err)
{
    char copy[300];
    size_t size = size_without_slash(url);
    if (size >= sizeof copy)
        return fail(err, ERR_INVALID, "the public URL is longer than %zu bytes", sizeof copy - 1);
    memcpy(copy, url, size);
    copy[size] = '\0';
    return check_url("the public URL", copy, err);
}

static bool check_origins(const char *name, const char *const *origins, size_t count,
                          struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(origins[i], "*") != 0 && !check_url(name, origins[i], err))
            return false;
    }
    return true;
}

static bool check_limit(const char *name, double often, double burst, struct error *err)
{
    if (!(often >= 0 && often <= 1e6) || (often > 0 && !(burst >= 1 && burst <= 1e6)))
        return fail(err, ERR_INVALID,
                    "the limit of %s must be from 0 to 1000000, and its burst "
                    "from 1 to 1000000",
                    name);
    return true;
}

static bool check_settings(const struct gateway_settings *settings, struct error *err)
{
    if (settings->public_url && !check_public_url(settings->public_url, err))
        return false;
    if (settings->operator_token && strlen(settings->operator_token) < 16)
        return fail(err, ERR_INVALID, "the operator's token must have at least 16 characters");
    return check_origins("an allowed origin", settings->allowed_origins,
                         settings->allowed_origin_count, err) &&
           check_origins("a frame ancestor", settings->frame_ancestors,
                         settings->frame_ancestor_count, err) &&
           check_limit("requests", settings->requests_per_s, settings->requests_burst, err) &&
           check_limit("guests", settings->guests_per_minute, settings->guests_burst, err);
}

static struct rate *make_limit(const struct gateway_settings *settings, double per_s, double burst)
{
    if (per_s == 0)
        return NULL;
    struct rate_settings rate = {
        .per_s = per_s, .burst = burst, .addresses_max = settings->addresses_max};
    random_secret(&rate.seed, sizeof rate.seed);
    return rate_create(&rate);
}

// A gzip form, when it is smaller; made once, at start.
static void add_gzip(struct asset *asset, struct arena *home, const char *etag)
{
    const struct asset_form *plain = &asset->forms[ASSET_PLAIN];
    z_stream stream = {.next_in = (Bytef *)plain->bytes, .avail_in = (uInt)plain->size};
    // 16 more window bits: with gzip's head and foot.
    int result =
        deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    ASSERT(result == Z_OK);
    stream.next_out = arena_alloc(home, plain->size);
    stream.avail_out = (uInt)plain->size;
    const void *bytes = stream.next_out;
    if (deflate(&stream, Z_FINISH) == Z_STREAM_END) {
        asset->forms[ASSET_GZIP] = (struct asset_form){
            bytes, stream.total_out, arena_printf(home, "%.*s-gz\"", (int)strlen(etag) - 1, etag)};
    }
    deflateEnd(&stream);
}

static void make_worlds(struct gateway *gateway)
{
    size_t count = world_shelf_count(gateway->settings.shelf);
    gateway->worlds = arena_alloc(&gateway->home, (count + 1) * sizeof *gateway->worlds);
    for (size_t i = 0; i < count; i++) {
        const struct world_document *world = world_shelf_at(gateway->settings.shelf, i);
        struct asset *asset = &gateway->worlds[i];
        *asset = (struct asset){
            .path = world->id,
            .content_type = "application/json",
            .forms = {[ASSET_PLAIN] = {world->json, world->json_size, world->etag}},
        };
        add_gzip(asset, &gateway->home, world->etag);
    }
}

static void cut_shell(struct gateway *gateway)
{
    const struct asset *index =
        asset_find(gateway->settings.client, gateway->settings.client_count, "/index.html");
    if (index)
        page_shell_cut(index->forms[ASSET_PLAIN].bytes, index->forms[ASSET_PLAIN].size,
                       &gateway->shell);
}

struct gateway *gateway_create(const struct gateway_settings *settings, struct error *err)
{
    ASSERT(settings->shelf);
    ASSERT(settings->hub.admit_guest && settings->hub.people && settings->hub.kick);
    if (!check_settings(settings, err))
        return NULL;
    struct gateway *gateway = calloc(1, sizeof *gateway);
    if (!gateway) {
        fail(err, ERR_SYSTEM, "out of memory");
        return NULL;
    }
    gateway->settings = *settings;
    arena_init(&gateway->home, 64 << 10);
    if (settings->public_url)
        gateway->settings.public_url = without_slash(settings->public_url, &gateway->home);
    gateway->requests = make_limit(settings, settings->requests_per_s, settings->requests_burst);
    gateway->guests =
        make_limit(settings, settings->guests_per_minute / 60, settings->guests_burst);
    gateway->has_token = settings->operator_token != NULL;
    if (gateway->has_token)
        SHA256((const unsigned char *)settings->operator_token, strlen(settings->operator_token),
               gateway->token_hash);
    cut_shell(gateway);
    make_worlds(gateway);
    return gateway;
}

void gateway_destroy(struct gateway *gateway)
{
    if (!gateway)
        return;
    rate_destroy(gateway->requests);
    rate_destroy(gateway->guests);
    arena_done(&gateway->home);
    free(gateway);
}

void gateway_set_ready(struct gateway *gateway, bool ready)
{
    int before = atomic_load_explicit(&gateway->state, memory_order_relaxed);
    int after = ready                        ? GATEWAY_READY
                : before == GATEWAY_STARTING ? GATEWAY_STARTING
                                             : GATEWAY_DRAINING;
    atomic_store_explicit(&gateway->state, after, memory_order_relaxed);
}

bool gateway_admit(void *context, const struct address *peer)
{
    struct gateway *gateway = context;
    uint32_t retry_after_s;
    if (!gateway->requests ||
        rate_take(gateway->requests, peer, clock_now_us(gateway->settings.clock), &retry_after_s))
        return true;
    metrics_count_refused_request();
    return false;
}

size_t gateway_body_bytes_max(void *context, const char *method, const char *path)
{
    return route_body_bytes_max(method, path);
}

void gateway_on_request(void *context, const struct http_request *request,
                        struct http_response *response)
{
    struct gateway *gateway = context;
    route_dispatch(gateway, request, response);
    cors_headers(gateway, request, response);
    security_headers(gateway, request, response);
}

bool gateway_is_trusted(void *context, const struct address *peer)
{
    struct gateway *gateway = context;
    const struct gateway_settings *settings = &gateway->settings;
    return settings->is_trusted && settings->is_trusted(settings->trust_context, peer);
}
