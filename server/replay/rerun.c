#include "replay/rerun.h"

#include "base/assert.h"

struct rerun {
    struct recording recording;
    struct playback *playback;
    uint32_t stretch; // the one that is loaded; UINT32_MAX: none
    uint32_t shown;   // position on the timeline
};

struct rerun *rerun_open(const char *path, struct error *err)
{
    struct rerun *rerun = calloc(1, sizeof *rerun);
    ASSERT(rerun);
    if (!recording_open(&rerun->recording, path, err)) {
        free(rerun);
        return NULL;
    }
    rerun->playback = playback_create();
    rerun->stretch = UINT32_MAX;
    return rerun;
}

void rerun_close(struct rerun *rerun)
{
    if (!rerun)
        return;
    playback_destroy(rerun->playback);
    recording_close(&rerun->recording);
    free(rerun);
}

const struct recording *rerun_recording(const struct rerun *rerun)
{
    return &rerun->recording;
}

const struct playback *rerun_playback(const struct rerun *rerun)
{
    return rerun->playback;
}

bool rerun_show(struct rerun *rerun, uint32_t position, struct error *err)
{
    const struct recording *recording = &rerun->recording;
    if (position >= recording->ticks)
        return fail(err, ERR_INVALID, "the recording has %u ticks, and no tick %u",
                    recording->ticks, position);
    uint32_t wanted = recording_find(recording, position);
    if (wanted != rerun->stretch || position < rerun->shown) {
        struct buffer bytes = {0};
        if (!recording_load(recording, wanted, &bytes, err)) {
            buffer_done(&bytes);
            return false;
        }
        playback_load(rerun->playback, &bytes);
        rerun->stretch = wanted;
    }
    rerun->shown = position;
    playback_run(rerun->playback, position - recording->stretches[wanted].start, NULL, NULL);
    return !playback_is_broken(rerun->playback) ||
           fail(err, ERR_INVALID, "tick %u lies in a stretch that cannot be read through",
                position);
}
