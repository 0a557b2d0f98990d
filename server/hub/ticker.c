#include "hub/ticker.h"

#include <errno.h>

#include "base/assert.h"
#include "base/log.h"
#include "hub/hub_metrics.h"
#include "hub/words.h"

enum {
    TICK_US = HUB_TICK_MS * 1000,
    EMPTY_CLOSE_US = 60 * 1000000, // an instance with nobody in it is closed after this long
    KICKS = 64,
    // Of a notice ring: frames stop first, texts next, so that joins and closes always find room.
    ROOM_FOR_TEXTS = MAIL_NOTICES / 4,
    ROOM_FOR_FRAMES = MAIL_NOTICES / 2,
};

void ticker_init(struct ticker *ticker, const struct hub_settings *settings,
                 struct directory *directories, struct mailbox *mailboxes, uint32_t shard_count)
{
    *ticker = (struct ticker){.settings = settings,
                              .directories = directories,
                              .mailboxes = mailboxes,
                              .shard_count = shard_count};
    ring_init(&ticker->kicks, KICKS, sizeof(struct kick_order));
}

void ticker_done(struct ticker *ticker)
{
    for (int i = 0; i < HUB_INSTANCES_MAX; i++)
        instance_destroy(ticker->instances[i].instance);
    ring_done(&ticker->kicks);
}

// --- frames that shards are reading
// -------------------------------------------------------------------------

static bool lend_frame(struct ticker_instance *here, const struct frame *frame, uint32_t readers)
{
    for (int i = 0; i < TICKER_FRAMES_OUT_MAX; i++)
        if (!here->out[i].frame) {
            here->out[i].frame = frame;
            here->out[i].readers = readers;
            return true;
        }
    return false;
}

static void take_frame_back(struct ticker_instance *here, const struct frame *frame)
{
    for (int i = 0; i < TICKER_FRAMES_OUT_MAX; i++)
        if (here->out[i].frame == frame) {
            if (--here->out[i].readers == 0) {
                here->out[i].frame = NULL;
                instance_return_frame(here->instance, frame);
            }
            return;
        }
    ASSERT(!"a frame came back that was not lent");
}

static bool any_frame_is_out(const struct ticker_instance *here)
{
    for (int i = 0; i < TICKER_FRAMES_OUT_MAX; i++)
        if (here->out[i].frame)
            return true;
    return false;
}

void ticker_send(struct ticker *ticker, uint64_t connection, struct notice *notice)
{
    struct ring *ring = &ticker->mailboxes[connection_shard(connection)].notices;
    uint32_t room = MAIL_NOTICES - ring_count(ring);
    uint32_t needed = notice->kind == NOTICE_FRAME    ? ROOM_FOR_FRAMES
                      : notice->kind == NOTICE_PARCEL ? ROOM_FOR_TEXTS
                                                      : 0;
    if (room > needed && ring_push(ring, notice))
        return;
    metric_add(&hub_lost_notices, 1);
    if (notice->kind == NOTICE_FRAME)
        take_frame_back(&ticker->instances[notice->instance], notice->frame);
    notice_free(notice);
}

struct tap_news ticker_news_of(const struct ticker_instance *here, uint16_t place, entity_id entity)
{
    return (struct tap_news){
        .place = place,
        .instance = here->number,
        .world = here->world->id,
        .tick = instance_tick_number(here->instance),
        .entity = entity,
    };
}

static void tell_tap_name(struct ticker *ticker, struct ticker_instance *here, uint16_t place,
                          entity_id entity)
{
    struct instance_person person;
    if (ticker->settings->tap && instance_find(here->instance, entity, &person))
        tap_tell_name(ticker->settings->tap, ticker_news_of(here, place, entity), person.look,
                      person.name);
}

// --- instances
// -------------------------------------------------------------------------------------------

static const struct hub_world *find_world(const struct ticker *ticker, const char *id)
{
    for (uint32_t i = 0; i < ticker->settings->world_count; i++)
        if (strcmp(ticker->settings->worlds[i].id, id) == 0)
            return &ticker->settings->worlds[i];
    return NULL;
}

static int find_instance(const struct ticker *ticker, const struct hub_world *world,
                         uint32_t number)
{
    for (int i = 0; i < HUB_INSTANCES_MAX; i++)
        if (ticker->instances[i].instance && ticker->instances[i].world == world &&
            ticker->instances[i].number == number)
            return i;
    return -1;
}

static int open_instance(struct ticker *ticker, const struct hub_world *world, uint32_t number,
                         struct error *err)
{
    int place = 0;
    while (place < HUB_INSTANCES_MAX && ticker->instances[place].instance)
        place++;
    if (place == HUB_INSTANCES_MAX) {
        fail(err, ERR_LIMIT, "%d instances are open, which is as many as one server holds",
             HUB_INSTANCES_MAX);
        return -1;
    }
    struct instance_settings settings = world->instance;
    settings.number = number;
    settings.seed = ticker->settings->seed + ++ticker->opened;
    ticker->instances[place] = (struct ticker_instance){
        .instance = instance_create(&settings),
        .world = world,
        .directory = &ticker->directories[world - ticker->settings->worlds],
        .number = number,
    };
    metric_add(&hub_instances, 1);
    log_event(LOG_INFO, "hub.instance_opened", LOG_TEXT("world", world->id),
              LOG_NUMBER("instance", number));
    return place;
}

static void close_if_empty(struct ticker *ticker, uint16_t place, uint64_t now_us)
{
    struct ticker_instance *here = &ticker->instances[place];
    if (instance_population(here->instance) > 0 || any_frame_is_out(here)) {
        here->empty_since_us = now_us;
        return;
    }
    if (now_us - here->empty_since_us < EMPTY_CLOSE_US)
        return;
    log_event(LOG_INFO, "hub.instance_closed", LOG_TEXT("world", here->world->id),
              LOG_NUMBER("instance", here->number));
    struct tap_news news = ticker_news_of(here, place, (entity_id){0});
    news.kind = TAP_CLOSED;
    tap_tell(ticker->settings->tap, &news);
    instance_destroy(here->instance);
    here->instance = NULL;
    metric_add(&hub_instances, -1);
}

// --- orders
// ------------------------------------------------------------------------------------------------

static void refuse(struct ticker *ticker, uint64_t connection, const struct error *error)
{
    struct notice_refused *refused = malloc(sizeof *refused);
    ASSERT(refused);
    *refused = (struct notice_refused){.connection = connection, .error = *error};
    struct notice notice = {.kind = NOTICE_REFUSED, .refused = refused};
    ticker_send(ticker, connection, &notice);
    metric_add(&hub_refused_joins, 1);
}

static void close_connection(struct ticker *ticker, uint64_t connection, uint16_t code,
                             const char *reason)
{
    struct notice_close *order = calloc(1, sizeof *order);
    ASSERT(order);
    order->connection = connection;
    order->code = code;
    snprintf(order->reason, sizeof order->reason, "%s", reason);
    struct notice notice = {.kind = NOTICE_CLOSE, .close = order};
    ticker_send(ticker, connection, &notice);
}

static bool was_kicked(const struct ticker *ticker, const uint8_t person[16], uint64_t now_us)
{
    for (int i = 0; i < TICKER_KICKED_MAX; i++)
        if (ticker->kicked[i].until_us > now_us &&
            memcmp(ticker->kicked[i].person, person, 16) == 0)
            return true;
    return false;
}

static int place_for(struct ticker *ticker, const struct ticket *ticket, uint64_t now_us,
                     struct error *err)
{
    const struct hub_world *world = find_world(ticker, ticket->world);
    if (!world || ticket->instance < 1 || ticket->instance > DIRECTORY_NUMBERS) {
        fail(err, ERR_NOT_FOUND, "there is no world \"%s\" here any more", ticket->world);
        return -1;
    }
    if (was_kicked(ticker, ticket->person, now_us)) {
        fail(err, ERR_FORBIDDEN, "you were removed from here; try again later");
        return -1;
    }
    int place = find_instance(ticker, world, ticket->instance);
    return place >= 0 ? place : open_instance(ticker, world, ticket->instance, err);
}

static void take_join(struct ticker *ticker, const struct order_join *join, uint64_t now_us)
{
    const struct ticket *ticket = &join->ticket;
    struct error err;
    int place = place_for(ticker, ticket, now_us, &err);
    if (place < 0) {
        refuse(ticker, join->connection, &err);
        return;
    }
    struct ticker_instance *here = &ticker->instances[place];
    struct instance_join asked = {.look = ticket->look,
                                  .spawn = ticket->spawn,
                                  .placed = ticket->use == TICKET_RETURN,
                                  .place = ticket->place,
                                  .connection = join->connection};
    memcpy(asked.person, ticket->person, sizeof asked.person);
    memcpy(asked.name, ticket->name, sizeof asked.name);
    struct notice_joined *joined = calloc(1, sizeof *joined);
    ASSERT(joined);
    if (!instance_join(here->instance, &asked, now_us, &joined->joined, &err)) {
        free(joined);
        refuse(ticker, join->connection, &err);
        return;
    }
    uint64_t replaced = joined->joined.replaced_connection;
    if (replaced) {
        here->clients[connection_shard(replaced)]--;
        close_connection(ticker, replaced, (uint16_t)error_close_code(ERR_CONFLICT),
                         "you came in from elsewhere");
    }
    here->clients[connection_shard(join->connection)]++;
    if (!joined->joined.resumed) {
        directory_arrived(here->directory, here->number);
        tell_tap_name(ticker, here, (uint16_t)place, joined->joined.entity);
    }
    metric_add(joined->joined.resumed ? &hub_resumes : &hub_joins, 1);
    joined->connection = join->connection;
    joined->instance = (uint16_t)place;
    joined->number = here->number;
    joined->people = instance_population(here->instance) + instance_puppet_count(here->instance);
    joined->earshot_cm = here->world->instance.earshot_cm;
    joined->speed_max_cm_s = here->world->instance.speed_max_cm_s;
    struct notice notice = {.kind = NOTICE_JOINED, .instance = (uint16_t)place, .joined = joined};
    ticker_send(ticker, join->connection, &notice);
}

static void take_move(struct ticker *ticker, struct ticker_instance *here,
                      const struct order *order, uint64_t now_us)
{
    struct wire_state at;
    switch (instance_move(here->instance, order->entity, &order->move, now_us, &at)) {
    case MOVE_ACCEPTED:
        metric_add(&hub_moves_accepted, 1);
        return;
    case MOVE_STALE:
        return;
    case MOVE_CORRECTED:
        break;
    }
    metric_add(&hub_corrections, 1);
    struct instance_person person;
    if (!instance_find(here->instance, order->entity, &person) || !person.connection)
        return;
    struct notice notice = {
        .kind = NOTICE_CORRECT,
        .correct = {.connection = person.connection, .sequence = order->move.sequence, .at = at}};
    ticker_send(ticker, person.connection, &notice);
}

// The connection no longer belongs to the entity, unless a newer one replaced it before.
static void detach(struct ticker_instance *here, entity_id entity, uint64_t connection)
{
    struct instance_person person;
    if (instance_find(here->instance, entity, &person) && person.connection == connection)
        here->clients[connection_shard(connection)]--;
}

static void take_order(struct ticker *ticker, struct order *order, uint64_t now_us)
{
    if (order->kind == ORDER_JOIN) {
        take_join(ticker, order->join, now_us);
        return;
    }
    struct ticker_instance *here = &ticker->instances[order->instance];
    if (!here->instance)
        return;
    switch (order->kind) {
    case ORDER_MOVE:
        take_move(ticker, here, order, now_us);
        break;
    case ORDER_WORD:
        words_take(ticker, here, order->instance, order->entity, order->word, now_us);
        if (order->word->kind == WORD_PROFILE)
            tell_tap_name(ticker, here, order->instance, order->entity);
        break;
    case ORDER_LINGER:
        detach(here, order->entity, order->connection);
        instance_linger(here->instance, order->entity, order->connection, now_us);
        break;
    case ORDER_LEAVE: {
        struct instance_person person;
        if (instance_find(here->instance, order->entity, &person) &&
            person.connection == order->connection) {
            here->clients[connection_shard(order->connection)]--;
            instance_leave(here->instance, order->entity);
        }
        break;
    }
    case ORDER_JOIN:
        break;
    }
}

static void take_kick(struct ticker *ticker, const struct kick_order *kick, uint64_t now_us)
{
    int place = find_instance(ticker, kick->world, kick->instance);
    struct instance_person person;
    if (place < 0 || !instance_find(ticker->instances[place].instance, kick->entity, &person))
        return;
    struct ticker_instance *here = &ticker->instances[place];
    struct kicked *kicked = &ticker->kicked[ticker->kicked_next++ % TICKER_KICKED_MAX];
    kicked->until_us = now_us + TICKER_KICKED_US;
    memcpy(kicked->person, person.person, sizeof kicked->person);
    if (person.connection) {
        here->clients[connection_shard(person.connection)]--;
        close_connection(ticker, person.connection, (uint16_t)error_close_code(ERR_FORBIDDEN),
                         kick->reason);
    }
    instance_leave(here->instance, kick->entity);
    metric_add(&hub_kicks, 1);
    log_event(LOG_INFO, "hub.kicked", LOG_TEXT("world", kick->world->id),
              LOG_NUMBER("instance", kick->instance), LOG_NUMBER("entity", kick->entity.value),
              LOG_TEXT("reason", kick->reason));
}

// --- the tick
// ------------------------------------------------------------------------------------------------

static void take_mail(struct ticker *ticker, uint64_t now_us)
{
    for (uint32_t shard = 0; shard < ticker->shard_count; shard++) {
        struct mailbox *mailbox = &ticker->mailboxes[shard];
        struct frame_return done;
        while (ring_pop(&mailbox->returns, &done))
            take_frame_back(&ticker->instances[done.instance], done.frame);
        struct order order;
        // Bounded by the ring: what comes in meanwhile waits for the next tick.
        for (uint32_t i = ring_count(&mailbox->orders); i > 0 && ring_pop(&mailbox->orders, &order);
             i--) {
            take_order(ticker, &order, now_us);
            order_free(&order);
        }
    }
    struct frame_return done;
    while (ticker->settings->tap && ring_pop(&ticker->settings->tap->returns, &done)) {
        ticker->instances[done.instance].tapped--;
        take_frame_back(&ticker->instances[done.instance], done.frame);
    }
    struct kick_order kick;
    while (ring_pop(&ticker->kicks, &kick))
        take_kick(ticker, &kick, now_us);
}

static void tell_tap_frame(struct ticker *ticker, struct ticker_instance *here, uint16_t place,
                           const struct frame *frame)
{
    struct tap_news news = ticker_news_of(here, place, (entity_id){0});
    news.kind = TAP_FRAME;
    news.frame = frame;
    if (tap_tell(ticker->settings->tap, &news))
        here->tapped++;
    else
        take_frame_back(here, frame);
}

static void publish(struct ticker *ticker, uint16_t place, uint64_t now_us)
{
    struct ticker_instance *here = &ticker->instances[place];
    const struct frame *frame = instance_tick(here->instance, now_us);
    bool tapped = here->tapped < TAP_FRAMES_OUT_MAX && tap_wants_frames(ticker->settings->tap);
    uint32_t readers = tapped;
    for (uint32_t shard = 0; shard < ticker->shard_count; shard++)
        readers += here->clients[shard] > 0;
    if (!readers || !lend_frame(here, frame, readers)) {
        metric_add(&hub_lost_notices, readers);
        instance_return_frame(here->instance, frame);
        return;
    }
    for (uint32_t shard = 0; shard < ticker->shard_count; shard++)
        if (here->clients[shard]) {
            struct notice notice = {.kind = NOTICE_FRAME, .instance = place, .frame = frame};
            ticker_send(ticker, connection_handle(shard, 0, 0), &notice);
        }
    if (tapped)
        tell_tap_frame(ticker, here, place, frame);
}

// Before the tick, so that the frame shows the puppets where they were put.
static void move_puppets(struct ticker *ticker, uint16_t place, uint64_t now_us)
{
    const struct hub_puppeteer *puppeteer = ticker->settings->puppeteer;
    if (!puppeteer)
        return;
    struct hub_scene scene = {.instance = ticker->instances[place].instance,
                              .now_us = now_us,
                              .say = words_of_puppet,
                              .context = ticker,
                              .place = place};
    puppeteer->before_tick(puppeteer->context, &scene);
}

void ticker_step(struct ticker *ticker, uint64_t now_us)
{
    take_mail(ticker, now_us);
    int64_t people = 0;
    for (int place = 0; place < HUB_INSTANCES_MAX; place++) {
        struct ticker_instance *here = &ticker->instances[place];
        if (!here->instance)
            continue;
        move_puppets(ticker, (uint16_t)place, now_us);
        publish(ticker, place, now_us);
        words_presence(ticker, here, place, now_us);
        people += instance_population(here->instance);
        directory_publish(here->directory, here->number, instance_population(here->instance));
        close_if_empty(ticker, (uint16_t)place, now_us);
    }
    metric_set(&hub_people_total, people);
    for (uint32_t shard = 0; shard < ticker->shard_count; shard++)
        if (ring_count(&ticker->mailboxes[shard].notices))
            ticker->wake_shard(ticker->context, shard);
    struct tap *tap = ticker->settings->tap;
    if (tap && ring_count(&tap->news))
        tap->wake(tap->context);
}

static void sleep_until(uint64_t at_us)
{
    struct timespec at = {.tv_sec = (time_t)(at_us / 1000000),
                          .tv_nsec = (long)(at_us % 1000000) * 1000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR)
        continue;
}

static void *ticker_main(void *argument)
{
    struct ticker *ticker = argument;
    pthread_setname_np(pthread_self(), "flux-tick");
    const struct clock *clock = ticker->settings->clock;
    uint64_t due_us = clock_now_us(clock);
    while (!atomic_load_explicit(&ticker->stopping, memory_order_acquire)) {
        uint64_t begun_us = clock_now_us(clock);
        if (begun_us > due_us + TICK_US) {
            metric_add(&hub_late_ticks, 1);
            due_us = begun_us; // what was missed is not caught up: time goes on
        }
        ticker_step(ticker, begun_us);
        metric_observe(&hub_tick_seconds, (int64_t)(clock_now_us(clock) - begun_us));
        due_us += TICK_US;
        sleep_until(due_us);
    }
    return NULL;
}

bool ticker_start(struct ticker *ticker, struct error *err)
{
    int code = pthread_create(&ticker->thread, NULL, ticker_main, ticker);
    if (code)
        return fail(err, ERR_SYSTEM, "cannot start the tick thread: %s", strerror(code));
    ticker->started = true;
    return true;
}

void ticker_stop(struct ticker *ticker)
{
    if (!ticker->started)
        return;
    atomic_store_explicit(&ticker->stopping, true, memory_order_release);
    pthread_join(ticker->thread, NULL);
    ticker->started = false;
}
