#include "hub/hub.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/random.h"
#include "hub/directory.h"
#include "hub/shard.h"
#include "hub/ticker.h"

struct hub {
    struct hub_settings settings;
    struct directory *directories; // one a world
    struct mailbox *mailboxes;     // one a shard
    struct shard *shards;
    struct ticker ticker;
    uint32_t shard_count;
    uint32_t next_shard; // the acceptor's thread: connections are dealt in turn
};

static void wake_shard(void *context, uint32_t shard)
{
    struct hub *hub = context;
    shard_wake(&hub->shards[shard]);
}

static uint32_t choose_shard_count(uint32_t wanted)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    uint32_t count = wanted ? wanted : cores > 2 ? (uint32_t)cores - 1 : 1;
    return count < HUB_SHARDS_MAX ? count : HUB_SHARDS_MAX;
}

struct hub *hub_create(const struct hub_settings *settings, struct error *err)
{
    ASSERT(settings->world_count > 0);
    // jansson seeds its hashing once, and not in a thread-safe way: do it before there are threads.
    uint32_t hash_seed;
    random_secret(&hash_seed, sizeof hash_seed);
    json_object_seed(hash_seed | 1);

    struct hub *hub = aligned_alloc(64, sizeof *hub); // its rings are aligned to cache lines
    ASSERT(hub);
    memset(hub, 0, sizeof *hub);
    hub->settings = *settings;
    uint32_t count = choose_shard_count(settings->shard_count);
    hub->directories = calloc(settings->world_count, sizeof *hub->directories);
    hub->mailboxes = aligned_alloc(64, count * sizeof *hub->mailboxes);
    hub->shards = aligned_alloc(64, count * sizeof *hub->shards);
    ASSERT(hub->directories && hub->mailboxes && hub->shards);
    for (uint32_t i = 0; i < settings->world_count; i++)
        directory_init(&hub->directories[i], settings->worlds[i].instance.capacity);
    ticker_init(&hub->ticker, &hub->settings, hub->directories, hub->mailboxes, count);
    hub->ticker.wake_shard = wake_shard;
    hub->ticker.context = hub;
    for (; hub->shard_count < count; hub->shard_count++) {
        struct mailbox *mailbox = &hub->mailboxes[hub->shard_count];
        mailbox_init(mailbox);
        if (!shard_init(&hub->shards[hub->shard_count], hub->shard_count, &hub->settings, mailbox,
                        err)) {
            mailbox_done(mailbox);
            hub_destroy(hub);
            return NULL;
        }
    }
    return hub;
}

bool hub_start(struct hub *hub, struct error *err)
{
    for (uint32_t i = 0; i < hub->shard_count; i++)
        if (!shard_start(&hub->shards[i], err))
            return false;
    return ticker_start(&hub->ticker, err);
}

void hub_destroy(struct hub *hub)
{
    if (!hub)
        return;
    // The tick thread wakes shards, so it goes first; then nobody touches a mailbox.
    ticker_stop(&hub->ticker);
    for (uint32_t i = 0; i < hub->shard_count; i++)
        shard_stop(&hub->shards[i]);
    for (uint32_t i = 0; i < hub->shard_count; i++) {
        shard_done(&hub->shards[i]);
        mailbox_done(&hub->mailboxes[i]);
    }
    ticker_done(&hub->ticker);
    free(hub->shards);
    free(hub->mailboxes);
    free(hub->directories);
    free(hub);
}

void hub_take(struct hub *hub, struct stream *stream)
{
    shard_take(&hub->shards[hub->next_shard++ % hub->shard_count], stream);
}

static int find_world(const struct hub *hub, const char *id)
{
    for (uint32_t i = 0; i < hub->settings.world_count; i++)
        if (strcmp(hub->settings.worlds[i].id, id) == 0)
            return (int)i;
    return -1;
}

bool hub_admit_guest(struct hub *hub, const struct hub_guest *guest,
                     char ticket[TICKET_TEXT_BYTES_MAX], uint32_t *instance, struct error *err)
{
    int world = find_world(hub, guest->world);
    if (world < 0)
        return fail(err, ERR_NOT_FOUND, "there is no world \"%.64s\"", guest->world);
    struct ticket claims = {.use = TICKET_ENTER, .look = guest->look, .spawn = guest->spawn};
    if (!directory_choose(&hub->directories[world], guest->instance,
                          clock_now_us(hub->settings.clock), &claims.instance, err))
        return false;
    snprintf(claims.world, sizeof claims.world, "%s", guest->world);
    snprintf(claims.name, sizeof claims.name, "%s", guest->name);
    random_secret(claims.person, sizeof claims.person);
    claims.expires_wall_ms = clock_wall_ms(hub->settings.clock) + TICKET_LIFE_MS;
    ticket_write(&claims, hub->settings.secret, ticket);
    *instance = claims.instance;
    return true;
}

uint32_t hub_people(const struct hub *hub, const char *id)
{
    int world = find_world(hub, id);
    return world < 0 ? 0 : directory_people(&hub->directories[world]);
}

bool hub_kick(struct hub *hub, const char *id, uint32_t instance, entity_id entity,
              const char *reason)
{
    int world = find_world(hub, id);
    if (world < 0)
        return false;
    struct kick_order kick = {
        .world = &hub->settings.worlds[world], .instance = instance, .entity = entity};
    snprintf(kick.reason, sizeof kick.reason, "%s", reason);
    return ring_push(&hub->ticker.kicks, &kick);
}

void hub_drain(struct hub *hub, uint32_t reconnect_ms)
{
    for (uint32_t i = 0; i < hub->shard_count; i++)
        shard_drain(&hub->shards[i], reconnect_ms);
}

bool hub_is_empty(const struct hub *hub)
{
    for (uint32_t i = 0; i < hub->shard_count; i++)
        if (atomic_load_explicit(&hub->shards[i].open, memory_order_relaxed) > 0)
            return false;
    return true;
}
