// swarm: `flux swarm`, simulated people who come through the front door like anyone, walk about,
// and check what they are shown. See docs/decisions/0006-swarm.md.
//
// Takes over the process: threads, SIGINT, SIGTERM and SIGPIPE, the limit on open files.
#pragma once

// argv[0] is the subcommand's name. Returns the exit code: 0 when all came in and saw the truth, 1
// when somebody did not, 2 for bad usage.
int swarm_main(int argc, char **argv);

// To standard output.
void swarm_write_help(void);
