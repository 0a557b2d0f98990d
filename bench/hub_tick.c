// hub_tick: what a tick of a crowded instance costs, and a message for each of its viewers.
//
//   hub_tick [people] [ticks]     default 150 40, the smoke size; real sizes: 2000 200, 10000 200
//
// Half of the people stand in a plaza of 60 x 60 m, half are scattered over 500 x 500 m; in each
// tick two in five walk. Everyone has a viewer. The hash is of all messages: it changes only with
// the protocol or the rules. One thread, no sockets.

#include <inttypes.h>
#include <stdlib.h>

#include "base/assert.h"
#include "base/clock.h"
#include "base/random.h"
#include "hub/instance.h"
#include "hub/viewer.h"

enum { WARM_TICKS = 25 };

struct walker {
    uint32_t entity;
    uint16_t sequence;
    struct wire_state state;
    struct viewer *viewer;
};

struct bench {
    uint32_t people, ticks;
    struct random random;
    struct instance *instance;
    struct walker *walkers;
    struct viewer_cache *cache;
    struct buffer out;
    uint64_t now_us;
    uint64_t moves_us, tick_us, compose_us, worst_tick_us, worst_compose_us;
    uint64_t bytes, messages, reset_bytes, hash;
    const struct frame *history[VIEWER_HISTORY_TICKS];
    uint32_t history_count;
};

static int32_t scattered(struct random *random, int32_t side_cm)
{
    return (int32_t)random_below(random, (uint32_t)side_cm) - side_cm / 2;
}

static void walkers_join(struct bench *bench)
{
    for (uint32_t i = 0; i < bench->people; i++) {
        int32_t side_cm = i % 2 ? 50000 : 6000;
        struct instance_join join = {
            .name = "walker", .look = i, .placed = true, .connection = i + 1};
        join.place.x_cm = scattered(&bench->random, side_cm);
        join.place.z_cm = scattered(&bench->random, side_cm);
        memcpy(join.person, &i, sizeof i);
        struct instance_joined joined;
        struct error err;
        if (!instance_join(bench->instance, &join, 0, &joined, &err)) {
            fprintf(stderr, "%s\n", err.text);
            exit(1);
        }
        struct viewer_settings settings;
        viewer_settings_preset(&settings);
        bench->walkers[i] = (struct walker){
            .entity = joined.entity.value,
            .state = joined.place,
            .viewer = viewer_create(joined.entity.value, &settings),
        };
    }
}

static void bench_init(struct bench *bench, uint32_t people, uint32_t ticks)
{
    static const struct instance_spawn spawn = {.radius_cm = 1000};
    struct instance_settings settings = {
        .number = 1,
        .capacity = people,
        .least_x_cm = -100000,
        .least_z_cm = -100000,
        .most_x_cm = 100000,
        .most_z_cm = 100000,
        .least_y_cm = -1000,
        .most_y_cm = 10000,
        .speed_max_cm_s = 600,
        .spawns = &spawn,
        .spawn_count = 1,
        .seed = 1,
    };
    *bench = (struct bench){.people = people, .ticks = ticks};
    random_seed(&bench->random, 1);
    bench->instance = instance_create(&settings);
    bench->cache = viewer_cache_create();
    bench->walkers = calloc(people, sizeof *bench->walkers);
    ASSERT(bench->walkers);
    walkers_join(bench);
}

static void bench_done(struct bench *bench)
{
    for (uint32_t i = 0; i < bench->people; i++)
        viewer_destroy(bench->walkers[i].viewer);
    free(bench->walkers);
    instance_destroy(bench->instance);
    viewer_cache_destroy(bench->cache);
    buffer_done(&bench->out);
}

static void walkers_walk(struct bench *bench)
{
    for (uint32_t i = 0; i < bench->people; i++) {
        // The same people walk for a second, then others.
        if ((i + bench->now_us / 1000000) % 5 >= 2)
            continue;
        struct walker *walker = &bench->walkers[i];
        struct wire_move move = {.sequence = ++walker->sequence, .state = walker->state};
        move.state.x_cm += scattered(&bench->random, 30);
        move.state.z_cm += scattered(&bench->random, 30);
        move.state.yaw = (uint8_t)random_below(&bench->random, 256);
        struct wire_state at;
        entity_id entity = {walker->entity};
        if (instance_move(bench->instance, entity, &move, bench->now_us, &at) == MOVE_ACCEPTED)
            walker->state = move.state;
    }
}

static void messages_compose(struct bench *bench, bool counted)
{
    viewer_cache_reset(bench->cache);
    bench->out.size = 0;
    uint64_t messages = 0;
    for (uint32_t i = 0; i < bench->people; i++)
        messages += viewer_compose(bench->walkers[i].viewer, bench->history, bench->history_count,
                                   bench->cache, (struct viewer_pressure){1}, &bench->out) > 0;
    if (counted) {
        bench->bytes += bench->out.size;
        bench->messages += messages;
    } else if (bench->out.size > bench->reset_bytes) {
        bench->reset_bytes = bench->out.size;
    }
}

static void history_add(struct bench *bench, const struct frame *frame)
{
    if (bench->history_count == VIEWER_HISTORY_TICKS) {
        instance_return_frame(bench->instance, bench->history[0]);
        memmove(bench->history, bench->history + 1, sizeof bench->history - sizeof frame);
        bench->history_count--;
    }
    bench->history[bench->history_count++] = frame;
}

static void out_hash(struct bench *bench)
{
    uint64_t hash = bench->hash;
    for (size_t i = 0; i < bench->out.size; i++)
        hash = (hash ^ bench->out.bytes[i]) * 0x100000001b3u;
    bench->hash = hash;
}

static void tick_run(struct bench *bench, bool counted)
{
    bench->now_us += HUB_TICK_MS * 1000;
    uint64_t start_us = clock_now_us(&clock_system);
    walkers_walk(bench);
    uint64_t walked_us = clock_now_us(&clock_system);
    history_add(bench, instance_tick(bench->instance, bench->now_us));
    uint64_t ticked_us = clock_now_us(&clock_system);
    messages_compose(bench, counted);
    uint64_t composed_us = clock_now_us(&clock_system);
    out_hash(bench);
    if (!counted)
        return;
    bench->moves_us += walked_us - start_us;
    bench->tick_us += ticked_us - walked_us;
    bench->compose_us += composed_us - ticked_us;
    if (ticked_us - walked_us > bench->worst_tick_us)
        bench->worst_tick_us = ticked_us - walked_us;
    if (composed_us - ticked_us > bench->worst_compose_us)
        bench->worst_compose_us = composed_us - ticked_us;
}

static uint32_t cells_used(const struct frame *frame)
{
    uint32_t used = 0;
    for (uint32_t i = 0; i < frame->cell_count; i++)
        used += frame->cells[i].key != 0;
    return used;
}

static void report(const struct bench *bench)
{
    double ticks = bench->ticks, people = bench->people;
    printf("people %u, cells %u, ticks %u\n", bench->people,
           cells_used(bench->history[bench->history_count - 1]), bench->ticks);
    printf("moves    %8.1f us a tick\n", (double)bench->moves_us / ticks);
    printf("tick     %8.1f us a tick, worst %" PRIu64 "\n", (double)bench->tick_us / ticks,
           bench->worst_tick_us);
    printf("compose  %8.1f us a tick, worst %" PRIu64 ", %.2f us a viewer\n",
           (double)bench->compose_us / ticks, bench->worst_compose_us,
           (double)bench->compose_us / ticks / people);
    printf("sent     %8.1f kB/s a viewer in %.1f messages/s; to begin with %.1f kB\n",
           (double)bench->bytes / ticks * 20 / people / 1000,
           (double)bench->messages / ticks * 20 / people,
           (double)bench->reset_bytes / people / 1000);
    printf("hash     %016" PRIx64 "\n", bench->hash);
}

int main(int argc, char **argv)
{
    uint32_t people = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 150;
    uint32_t ticks = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : 40;
    if (people == 0 || people > 65000 || ticks == 0) {
        fprintf(stderr, "usage: hub_tick [people, 1 to 65000] [ticks]\n");
        return 2;
    }
    struct bench bench;
    bench_init(&bench, people, ticks);
    for (uint32_t i = 0; i < WARM_TICKS; i++)
        tick_run(&bench, false);
    for (uint32_t i = 0; i < ticks; i++)
        tick_run(&bench, true);
    report(&bench);
    bench_done(&bench);
    return 0;
}
