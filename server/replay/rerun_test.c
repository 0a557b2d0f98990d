// What was recorded is what was there: a crowd is simulated, recorded tick by tick, written, read,
// and compared at every tick, to the centimetre. FLUX_SEED=n runs another crowd.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/random.h"
#include "hub/instance.h"
#include "replay/rerun.h"
#include "replay/store.h"
#include "replay/track.h"

enum { PEOPLE = 200, TICKS = 300, GAP_AT = 140, GAP_TICKS = 5, WORLD_CM = 100000 };

struct truth {
    uint32_t count;
    struct playback_person people[PEOPLE];
    char names[PEOPLE][HUB_NAME_BYTES];
};

struct walker {
    uint32_t entity; // 0: away
    uint16_t sequence;
    uint32_t renamed;
    struct wire_state state;
    char name[HUB_NAME_BYTES];
};

struct crowd {
    struct random random;
    struct instance *instance;
    struct walker walkers[PEOPLE];
    uint64_t now_us, connections;
    struct truth truths[TICKS];
    uint32_t truth_count;
    struct track track;
    struct store *store;
    struct stored *file;
    char folder[64], path[128];
};

static const char *const head =
    "{\"version\":1,\"world\":\"plaza\",\"etag\":\"\\\"1\\\"\",\"instance\":3,\"begun\":1000,"
    "\"document\":{\"id\":\"plaza\"}}";

static uint32_t below(struct crowd *crowd, uint32_t bound)
{
    return random_below(&crowd->random, bound);
}

static struct instance *instance_for(uint64_t seed)
{
    static const struct instance_spawn spawn = {.radius_cm = 2500};
    return instance_create(&(struct instance_settings){.number = 3,
                                                       .capacity = 4 * PEOPLE,
                                                       .least_x_cm = -WORLD_CM,
                                                       .least_z_cm = -WORLD_CM,
                                                       .most_x_cm = WORLD_CM,
                                                       .most_z_cm = WORLD_CM,
                                                       .least_y_cm = -1000,
                                                       .most_y_cm = 10000,
                                                       .speed_max_cm_s = 4000,
                                                       .earshot_cm = 2000,
                                                       .spawns = &spawn,
                                                       .spawn_count = 1,
                                                       .seed = seed});
}

// --- the crowd -----------------------------------------------------------------------------------

static void walker_join(struct crowd *crowd, struct walker *walker)
{
    struct instance_join join = {.look = below(crowd, UINT32_MAX),
                                 .connection = ++crowd->connections};
    memcpy(join.person, &join.connection, sizeof join.connection);
    snprintf(join.name, sizeof join.name, "n%u", (unsigned)join.connection);
    struct instance_joined joined;
    assert_true(instance_join(crowd->instance, &join, crowd->now_us, &joined, NULL));
    *walker = (struct walker){.entity = joined.entity.value, .state = joined.place};
    snprintf(walker->name, sizeof walker->name, "%s", join.name);
    names_set(&crowd->track.names, walker->entity, join.look, walker->name,
              (uint32_t)strlen(walker->name));
    if (crowd->track.tape.running)
        tape_add_name(&crowd->track.tape, walker->entity, join.look, walker->name);
}

static void walker_rename(struct crowd *crowd, struct walker *walker)
{
    uint32_t look = below(crowd, UINT32_MAX);
    snprintf(walker->name, sizeof walker->name, "new%u", below(crowd, 1000000));
    instance_set_profile(crowd->instance, (entity_id){walker->entity}, walker->name, &look);
    names_set(&crowd->track.names, walker->entity, look, walker->name,
              (uint32_t)strlen(walker->name));
    if (crowd->track.tape.running)
        tape_add_name(&crowd->track.tape, walker->entity, look, walker->name);
}

static void walker_walk(struct crowd *crowd, struct walker *walker)
{
    struct wire_move move = {.sequence = ++walker->sequence, .state = walker->state};
    move.state.x_cm += (int32_t)below(crowd, 240) - 120;
    move.state.z_cm += (int32_t)below(crowd, 240) - 120;
    move.state.y_cm = (int16_t)below(crowd, 300);
    move.state.yaw = (uint8_t)below(crowd, 256);
    move.state.pose = (uint8_t)below(crowd, WIRE_POSES);
    move.state.flags = (uint8_t)below(crowd, 32);
    struct wire_state at;
    if (instance_move(crowd->instance, (entity_id){walker->entity}, &move, crowd->now_us, &at) ==
        MOVE_ACCEPTED)
        walker->state = move.state;
}

static void walkers_do(struct crowd *crowd)
{
    for (uint32_t i = 0; i < PEOPLE; i++) {
        struct walker *walker = &crowd->walkers[i];
        if (!walker->entity) {
            if (below(crowd, 10) == 0)
                walker_join(crowd, walker);
        } else if (below(crowd, 60) == 0) {
            instance_leave(crowd->instance, (entity_id){walker->entity});
            walker->entity = 0;
        } else if (below(crowd, 100) == 0) {
            walker_rename(crowd, walker);
        } else if (below(crowd, 5) < 3) {
            walker_walk(crowd, walker);
        }
    }
}

static void truth_note(struct crowd *crowd)
{
    struct truth *truth = &crowd->truths[crowd->truth_count++];
    for (uint32_t i = 0; i < PEOPLE; i++) {
        struct instance_person person;
        if (!instance_find(crowd->instance, (entity_id){crowd->walkers[i].entity}, &person))
            continue;
        uint32_t at = truth->count++;
        snprintf(truth->names[at], sizeof truth->names[at], "%s", person.name);
        truth->people[at] =
            (struct playback_person){.identity = {.id = person.entity.value, .look = person.look},
                                     .state = person.state,
                                     .name = truth->names[at]};
    }
}

static void reel_store(struct crowd *crowd, struct reel *reel)
{
    if (!reel)
        return;
    store_add(crowd->store, crowd->file, reel);
    reel_unref(reel);
}

static void tick_run(struct crowd *crowd, bool recorded)
{
    crowd->now_us += HUB_TICK_MS * 1000;
    walkers_do(crowd);
    const struct frame *frame = instance_tick(crowd->instance, crowd->now_us);
    if (recorded) {
        reel_store(crowd,
                   track_add_frame(&crowd->track, frame, crowd->now_us, crowd->now_us / 1000));
        truth_note(crowd);
    }
    instance_return_frame(crowd->instance, frame);
}

// --- fixtures ------------------------------------------------------------------------------------

static int crowd_record(void **state)
{
    struct crowd *crowd = calloc(1, sizeof *crowd);
    assert_non_null(crowd);
    const char *asked = getenv("FLUX_SEED");
    uint64_t seed = asked ? strtoull(asked, NULL, 10) : 20;
    print_message("# seed %llu\n", (unsigned long long)seed);
    random_seed(&crowd->random, seed);
    crowd->instance = instance_for(seed);
    snprintf(crowd->folder, sizeof crowd->folder, "/tmp/flux-rerun-XXXXXX");
    assert_non_null(mkdtemp(crowd->folder));
    snprintf(crowd->path, sizeof crowd->path, "%s/crowd.flxr", crowd->folder);
    struct error err;
    crowd->store = store_create(crowd->folder, 1 << 30, &err);
    assert_non_null(crowd->store);
    assert_true(store_start(crowd->store, &err));
    crowd->file = store_open(crowd->store, "crowd", head, &err);
    assert_non_null(crowd->file);
    track_init(&crowd->track, "plaza", 3);
    for (uint32_t i = 0; i < PEOPLE; i++)
        walker_join(crowd, &crowd->walkers[i]);
    for (uint32_t tick = 0; tick < TICKS; tick++) {
        for (uint32_t i = 0; tick == GAP_AT && i < GAP_TICKS; i++)
            tick_run(crowd, false); // the recorder was late
        tick_run(crowd, true);
    }
    reel_store(crowd, track_seal(&crowd->track, crowd->now_us));
    store_stop(crowd->store);
    *state = crowd;
    return 0;
}

static int crowd_done(void **state)
{
    struct crowd *crowd = *state;
    unlink(crowd->path);
    rmdir(crowd->folder);
    track_done(&crowd->track);
    store_destroy(crowd->store);
    instance_destroy(crowd->instance);
    free(crowd);
    return 0;
}

static void assert_shows(const struct rerun *rerun, const struct truth *truth)
{
    uint32_t shown = 0;
    struct playback_person person;
    const struct playback *playback = rerun_playback(rerun);
    for (uint32_t row = 0; row < playback_rows(playback); row++)
        shown += playback_person(playback, row, &person);
    assert_int_equal(shown, truth->count);
    for (uint32_t i = 0; i < truth->count; i++) {
        const struct playback_person *true_one = &truth->people[i];
        assert_true(playback_find(playback, true_one->identity.id, &person));
        assert_int_equal(person.identity.look, true_one->identity.look);
        assert_int_equal(person.state.x_cm, true_one->state.x_cm);
        assert_int_equal(person.state.y_cm, true_one->state.y_cm);
        assert_int_equal(person.state.z_cm, true_one->state.z_cm);
        assert_int_equal(person.state.yaw, true_one->state.yaw);
        assert_int_equal(person.state.pose, true_one->state.pose);
        assert_int_equal(person.state.flags, true_one->state.flags);
        assert_string_equal(person.name, true_one->name);
    }
}

static struct rerun *rerun_of(const struct crowd *crowd)
{
    struct error err;
    struct rerun *rerun = rerun_open(crowd->path, &err);
    if (!rerun)
        print_error("%s\n", err.text);
    assert_non_null(rerun);
    return rerun;
}

static void show(struct rerun *rerun, uint32_t position)
{
    struct error err = {0};
    bool shown = rerun_show(rerun, position, &err);
    if (!shown)
        print_error("tick %u: %s\n", position, err.text);
    assert_true(shown);
}

// --- facts ---------------------------------------------------------------------------------------

static void every_tick_shows_everyone_where_they_were(void **state)
{
    struct crowd *crowd = *state;
    struct rerun *rerun = rerun_of(crowd);
    assert_int_equal(rerun_recording(rerun)->ticks, TICKS);
    assert_string_equal(rerun_recording(rerun)->trouble, "");
    for (uint32_t tick = 0; tick < TICKS; tick++) {
        show(rerun, tick);
        assert_shows(rerun, &crowd->truths[tick]);
    }
    rerun_close(rerun);
}

static void a_jump_backwards_or_forwards_shows_the_same(void **state)
{
    struct crowd *crowd = *state;
    struct rerun *rerun = rerun_of(crowd);
    for (int i = 0; i < 60; i++) {
        uint32_t tick = below(crowd, TICKS);
        show(rerun, tick);
        assert_shows(rerun, &crowd->truths[tick]);
    }
    rerun_close(rerun);
}

static void missing_ticks_begin_a_stretch_and_leave_no_hole(void **state)
{
    struct crowd *crowd = *state;
    struct rerun *rerun = rerun_of(crowd);
    const struct recording *recording = rerun_recording(rerun);
    assert_true(recording->count >= 2);
    assert_int_equal(recording->stretches[1].start, GAP_AT);
    assert_int_equal(recording->stretches[1].head.first_tick -
                         recording->stretches[0].head.first_tick,
                     GAP_AT + GAP_TICKS);
    rerun_close(rerun);
}

static void past_the_end_is_refused(void **state)
{
    struct crowd *crowd = *state;
    struct rerun *rerun = rerun_of(crowd);
    struct error err;
    assert_false(rerun_show(rerun, TICKS, &err));
    assert_int_equal(err.code, ERR_INVALID);
    rerun_close(rerun);
}

static void a_file_cut_off_plays_what_is_whole(void **state)
{
    struct crowd *crowd = *state;
    struct rerun *rerun = rerun_of(crowd);
    const struct recording *whole = rerun_recording(rerun);
    uint64_t second = whole->stretches[1].offset;
    rerun_close(rerun);
    char cut[160];
    snprintf(cut, sizeof cut, "%s/cut.flxr", crowd->folder);
    struct buffer bytes = {0};
    struct error err;
    assert_true(file_read(crowd->path, 1 << 30, &bytes, &err));
    int fd = open(cut, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_int_equal(write(fd, bytes.bytes, second + 100), (ssize_t)second + 100);
    close(fd);
    buffer_done(&bytes);

    rerun = rerun_open(cut, &err);
    assert_non_null(rerun);
    assert_int_equal(rerun_recording(rerun)->ticks, GAP_AT);
    assert_non_null(strstr(rerun_recording(rerun)->trouble, "cut off"));
    show(rerun, GAP_AT - 1);
    assert_shows(rerun, &crowd->truths[GAP_AT - 1]);
    rerun_close(rerun);
    unlink(cut);
}

static void a_damaged_stretch_is_left_out_and_those_behind_it_play(void **state)
{
    struct crowd *crowd = *state;
    struct rerun *rerun = rerun_of(crowd);
    uint32_t last = rerun_recording(rerun)->count - 1;
    uint32_t start = rerun_recording(rerun)->stretches[1].start;
    uint64_t inside = rerun_recording(rerun)->stretches[0].offset + 1000;
    rerun_close(rerun);
    int fd = open(crowd->path, O_RDWR);
    uint8_t was, other;
    assert_int_equal(pread(fd, &was, 1, (off_t)inside), 1);
    other = (uint8_t)~was;
    assert_int_equal(pwrite(fd, &other, 1, (off_t)inside), 1);

    rerun = rerun_of(crowd);
    assert_int_equal(rerun_recording(rerun)->count, last);
    assert_non_null(strstr(rerun_recording(rerun)->trouble, "damaged"));
    show(rerun, 0);
    assert_shows(rerun, &crowd->truths[start]);
    rerun_close(rerun);
    assert_int_equal(pwrite(fd, &was, 1, (off_t)inside), 1);
    close(fd);
}

static void what_is_no_recording_is_refused_with_its_name(void **state)
{
    struct error err;
    assert_null(rerun_open("/dev/null", &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_non_null(strstr(err.text, "/dev/null"));
    assert_null(rerun_open("/nowhere/at-all.flxr", &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
}

static void a_full_folder_ends_the_file_and_says_why(void **state)
{
    struct crowd *crowd = *state;
    char folder[] = "/tmp/flux-store-XXXXXX";
    assert_non_null(mkdtemp(folder));
    struct error err;
    struct store *store = store_create(folder, 1000, &err);
    assert_non_null(store);
    assert_true(store_start(store, &err));
    struct stored *file = store_open(store, "small", head, &err);
    assert_non_null(file);
    struct buffer bytes = {0};
    memset(buffer_reserve(&bytes, 2000), 0, 2000);
    bytes.size = 2000;
    struct reel *reel = reel_create(bytes, crowd->now_us);
    store_add(store, file, reel);
    reel_unref(reel);
    store_stop(store);
    struct stored_report report;
    assert_int_equal(store_list(store, &report, 1), 1);
    assert_int_equal(report.state, STORED_FAILED);
    assert_non_null(strstr(report.trouble, "--recordings-mb"));
    assert_int_equal(store_bytes(store), 0); // nothing was recorded, so nothing stays
    store_destroy(store);
    assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_tick_shows_everyone_where_they_were),
        cmocka_unit_test(a_jump_backwards_or_forwards_shows_the_same),
        cmocka_unit_test(missing_ticks_begin_a_stretch_and_leave_no_hole),
        cmocka_unit_test(past_the_end_is_refused),
        cmocka_unit_test(a_file_cut_off_plays_what_is_whole),
        cmocka_unit_test(a_damaged_stretch_is_left_out_and_those_behind_it_play),
        cmocka_unit_test(what_is_no_recording_is_refused_with_its_name),
        cmocka_unit_test(a_full_folder_ends_the_file_and_says_why),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("replay/rerun", tests, crowd_record, crowd_done);
}
