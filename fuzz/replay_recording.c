// Whatever a file holds, it is refused, or played to its end: every stretch that is found lies on
// the timeline, and its people have ids that can be.
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz/target.h"
#include "replay/playback.h"
#include "replay/recording.h"

static void stretch_play(const struct recording *recording, uint32_t index,
                         struct playback *playback)
{
    const struct recording_stretch *stretch = &recording->stretches[index];
    struct buffer bytes = {0};
    TARGET_CHECK(recording_load(recording, index, &bytes, NULL));
    TARGET_CHECK(recording_find(recording, stretch->start) == index);
    playback_load(playback, &bytes);
    playback_run(playback, stretch->head.ticks - 1, NULL, NULL);
    struct playback_person person;
    for (uint32_t row = 0; row < playback_rows(playback); row++)
        if (playback_person(playback, row, &person))
            TARGET_CHECK((person.identity.id & UINT16_MAX) < recording->index_end);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct playback *playback;
    if (!playback)
        playback = playback_create();
    int fd = memfd_create("recording", MFD_CLOEXEC);
    TARGET_CHECK(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    char path[32];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct recording recording;
    if (recording_open(&recording, path, NULL)) {
        for (uint32_t i = 0; i < recording.count; i++)
            stretch_play(&recording, i, playback);
        recording_close(&recording);
    }
    close(fd);
    return 0;
}
