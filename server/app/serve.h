// serve: the platform in one process: builds every part, hands each what it needs of the others,
// and takes it down in order.
#pragma once

// `flux serve`: argv[0] is the subcommand. Returns the exit code: 0 after a drain, 2 when it could
// not start.
struct settings;
struct player;

// The same for one recording's world, with nothing on disk; `player` is borrowed.
int serve_replay(const struct settings *settings, struct player *player);

int serve_main(int argc, char **argv);
void serve_write_help(void);
