#include "replay/fixture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <unistd.h>

#include "replay/store.h"
#include "replay/track.h"

enum { BOUND_CM = 131000 };

struct making {
    struct instance *instance;
    struct track track;
    struct store *store;
    struct stored *file;
    uint64_t now_us;
};

static const char *const head =
    "{\"version\":1,\"world\":\"plaza\",\"etag\":\"\\\"1\\\"\",\"instance\":3,\"begun\":50,"
    "\"words\":true,\"document\":{\"id\":\"plaza\"}}";

static void reel_pass(struct making *making, struct reel *reel)
{
    if (!reel)
        return;
    store_add(making->store, making->file, reel);
    reel_unref(reel);
}

static uint32_t person_join(struct making *making, const char *name, uint64_t connection)
{
    struct instance_join join = {.look = 5, .connection = connection, .placed = true};
    struct instance_joined joined;
    memcpy(join.person, &connection, sizeof connection);
    snprintf(join.name, sizeof join.name, "%s", name);
    assert_true(instance_join(making->instance, &join, making->now_us, &joined, NULL));
    names_set(&making->track.names, joined.entity.value, join.look, name, (uint32_t)strlen(name));
    if (making->track.tape.running)
        tape_add_name(&making->track.tape, joined.entity.value, join.look, name);
    return joined.entity.value;
}

static void step(struct making *making, uint32_t ada, uint32_t tick)
{
    struct wire_move move = {.sequence = (uint16_t)(tick + 1),
                             .state.x_cm = (int32_t)(tick * FIXTURE_STEP_CM)};
    struct wire_state at;
    assert_int_equal(instance_move(making->instance, (entity_id){ada}, &move, making->now_us, &at),
                     MOVE_ACCEPTED);
}

static void words_add(struct making *making, uint32_t speaker)
{
    char event[128];
    snprintf(event, sizeof event, "{\"t\":\"chat\",\"id\":%u,\"text\":\"hello\"}",
             (unsigned)speaker);
    tape_add_words(&making->track.tape, speaker, false, event);
}

static void tick_make(struct making *making, struct fixture_file *out, uint32_t tick)
{
    making->now_us += HUB_TICK_MS * 1000;
    if (tick == FIXTURE_BEN_COMES)
        out->ben = person_join(making, "Ben", 2);
    if (tick == FIXTURE_BEN_GOES)
        instance_leave(making->instance, (entity_id){out->ben});
    if (tick == FIXTURE_SECOND_STRETCH)
        reel_pass(making, track_seal(&making->track, making->now_us));
    step(making, out->ada, tick);
    const struct frame *frame = instance_tick(making->instance, making->now_us);
    reel_pass(making,
              track_add_frame(&making->track, frame, making->now_us, making->now_us / 1000));
    instance_return_frame(making->instance, frame);
    if (tick == FIXTURE_WORDS)
        words_add(making, out->ada);
}

struct instance *fixture_instance(void)
{
    static const struct instance_spawn spawn;
    return instance_create(&(struct instance_settings){.number = 3,
                                                       .capacity = 10,
                                                       .least_x_cm = -BOUND_CM,
                                                       .least_z_cm = -BOUND_CM,
                                                       .most_x_cm = BOUND_CM,
                                                       .most_z_cm = BOUND_CM,
                                                       .most_y_cm = 1000,
                                                       .speed_max_cm_s = 4000,
                                                       .earshot_cm = 2000,
                                                       .spawns = &spawn,
                                                       .spawn_count = 1,
                                                       .seed = 1});
}

void fixture_file_make(struct fixture_file *out)
{
    struct making making = {.instance = fixture_instance()};
    struct error err;
    snprintf(out->folder, sizeof out->folder, "/tmp/flux-walk-XXXXXX");
    assert_non_null(mkdtemp(out->folder));
    snprintf(out->path, sizeof out->path, "%s/walk.flxr", out->folder);
    making.store = store_create(out->folder, 1 << 30, &err);
    assert_non_null(making.store);
    assert_true(store_start(making.store, &err));
    making.file = store_open(making.store, "walk", head, &err);
    assert_non_null(making.file);
    track_init(&making.track, "plaza", 3);
    out->ada = person_join(&making, "Ada", 1);
    for (uint32_t tick = 0; tick < FIXTURE_TICKS; tick++)
        tick_make(&making, out, tick);
    reel_pass(&making, track_seal(&making.track, making.now_us));
    store_destroy(making.store);
    track_done(&making.track);
    instance_destroy(making.instance);
}

void fixture_file_remove(struct fixture_file *file)
{
    unlink(file->path);
    assert_int_equal(rmdir(file->folder), 0);
}
