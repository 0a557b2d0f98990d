#include "app/replay.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/serve.h"
#include "app/settings.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "hub/instance.h"
#include "replay/player.h"

enum { EXIT_CANNOT_START = 2 };

struct replay_settings {
    struct settings serve;
    double speed, at_s;
    bool loop;
};

#define AT(field) .offset = offsetof(struct replay_settings, field)

static const struct option replay_options[] = {
    {"listen", NULL, "ADDRESS", "address and port to listen on", OPTION_TEXT, AT(serve.listen),
     .preset = "localhost:8080"},
    {"speed", "", "N", "how fast time goes", OPTION_REAL, AT(speed), .preset = "1", .least = 0.25,
     .most = 8},
    {"at", "", "SECONDS", "where it begins", OPTION_REAL, AT(at_s), .preset = "0", .least = 0,
     .most = 1e8},
    {"loop", "", NULL, "begin again at the end", OPTION_SWITCH, AT(loop)},
    {"operator-token", NULL, "TOKEN", "only who has it may steer; none: everybody who comes in",
     OPTION_TEXT, AT(serve.operator_token)},
    {0},
};

static int say_why(const struct error *err)
{
    fprintf(stderr, "flux replay: %s\n", err->text);
    return EXIT_CANNOT_START;
}

// What `flux serve` presets and the environment says, and then the line's own words.
static bool read_settings(int argc, char **argv, struct arena *home, struct replay_settings *out,
                          bool *help_wanted, struct error *err)
{
    return option_read(settings_options, 1, argv, home, &out->serve, help_wanted, err) &&
           settings_check(&out->serve, err) &&
           option_read(replay_options, argc - 1, argv + 1, home, out, help_wanted, err);
}

static int play(struct replay_settings *settings, const char *path)
{
    struct error err;
    struct recording recording;
    if (!recording_open(&recording, path, &err))
        return say_why(&err);
    if (recording.trouble[0])
        fprintf(stderr, "flux replay: %s: %s; playing what is whole\n", path, recording.trouble);
    int code = EXIT_CANNOT_START;
    if (recording.index_end > PLAYER_INDEX_END_MAX) {
        fail(&err, ERR_LIMIT, "%s: so many came and went that no number is left for who watches",
             path);
        say_why(&err);
    } else {
        struct player_settings wanted = {.at_tick =
                                             (uint32_t)lround(settings->at_s * 1000 / HUB_TICK_MS),
                                         .speed_milli = (uint32_t)lround(settings->speed * 1000),
                                         .loop = settings->loop};
        struct player *player = player_create(&recording, &wanted);
        code = player_start(player, &err) ? serve_replay(&settings->serve, player) : say_why(&err);
        player_destroy(player);
    }
    recording_close(&recording);
    return code;
}

int replay_main(int argc, char **argv)
{
    struct replay_settings settings = {0};
    struct arena home;
    struct error err = {0};
    bool help_wanted = argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0);
    if (help_wanted) {
        replay_write_help();
        return 0;
    }
    if (argc < 2 || argv[1][0] == '-') {
        fail(&err, ERR_INVALID, "which file? usage: flux replay FILE [OPTIONS]");
        return say_why(&err);
    }
    arena_init(&home, 65536);
    int code = 0;
    if (!read_settings(argc, argv, &home, &settings, &help_wanted, &err))
        code = say_why(&err);
    else if (help_wanted)
        replay_write_help();
    else
        code = play(&settings, argv[1]);
    arena_done(&home);
    return code;
}

void replay_write_help(void)
{
    struct buffer text = {0};
    option_write_help(replay_options, &text);
    printf("flux replay FILE [OPTIONS]\n\nPlays a recording to browsers as it was. Those who come "
           "in walk about freely and see each\nother; the recorded people know nothing of "
           "them.\n\n%.*s",
           (int)text.size, (const char *)text.bytes);
    buffer_done(&text);
}
