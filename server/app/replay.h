// replay: `flux replay FILE`: plays a recording to browsers, until a signal.
#pragma once

// Returns the process's exit code: 0 after a drained stop, 2 when it cannot start (one sentence
// says why).
int replay_main(int argc, char **argv);
void replay_write_help(void);
