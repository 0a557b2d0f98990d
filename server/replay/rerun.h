// rerun: a recording's picture at any tick, for tests: a bug that a crowd showed once can be shown
// again. Reads the file in the caller's own thread.
//
//   struct rerun *rerun = rerun_open("crowd.flxr", &err);
//   rerun_show(rerun, 20 * 14, &err);              fourteen seconds in
//   playback_find(rerun_playback(rerun), id, &person);
#pragma once

#include "base/error.h"
#include "replay/playback.h"
#include "replay/recording.h"

struct rerun;

// As recording_open(); shows nobody yet.
struct rerun *rerun_open(const char *path, struct error *err);
void rerun_close(struct rerun *rerun);

const struct recording *rerun_recording(const struct rerun *rerun);
// The picture as it was at the end of that tick of the timeline; forwards or backwards. ERR_INVALID
// past the end, or when the stretch cannot be read that far.
MUST_CHECK bool rerun_show(struct rerun *rerun, uint32_t position, struct error *err);
const struct playback *rerun_playback(const struct rerun *rerun);
