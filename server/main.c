// The command line: finds the subcommand and hands over.

#include <stdio.h>
#include <string.h>

#include "app/replay.h"
#include "app/serve.h"
#include "swarm/swarm.h"

static int version_main(int argc, char **argv)
{
    printf("flux %s\n", FLUX_VERSION);
    return 0;
}

static void version_write_help(void)
{
    printf("flux version\n\nPrints the version.\n");
}

static const struct {
    const char *name, *summary;
    int (*main)(int argc, char **argv);
    void (*write_help)(void);
} commands[] = {
    {"serve", "run the platform: web client, API and realtime hub", serve_main, serve_write_help},
    {"replay", "play a recording to browsers", replay_main, replay_write_help},
    {"swarm", "send simulated people into a world and check what they see", swarm_main,
     swarm_write_help},
    {"version", "print the version", version_main, version_write_help},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static void write_overview(FILE *out)
{
    fprintf(out, "Flux: a self-hosted metaverse platform.\n\nusage: flux COMMAND [OPTIONS]\n\n");
    for (int i = 0; i < COMMANDS; i++)
        fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].summary);
    fprintf(out, "  %-8s %s\n\nStart with: flux serve\n", "help",
            "explain a command: flux help serve");
}

static int find_command(const char *name)
{
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return i;
    return -1;
}

static int help_main(int argc, char **argv)
{
    if (argc < 2) {
        write_overview(stdout);
        return 0;
    }
    int command = find_command(argv[1]);
    if (command < 0) {
        fprintf(stderr, "flux: there is no command \"%s\"; flux help lists them\n", argv[1]);
        return 2;
    }
    commands[command].write_help();
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        write_overview(stderr);
        return 2;
    }
    const char *name = argv[1];
    if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        return help_main(argc - 1, argv + 1);
    if (strcmp(name, "--version") == 0)
        name = "version";
    int command = find_command(name);
    if (command < 0) {
        fprintf(stderr, "flux: there is no command \"%s\"; flux help lists them\n", name);
        return 2;
    }
    return commands[command].main(argc - 1, argv + 1);
}
