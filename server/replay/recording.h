// recording: a file of recorded minutes, opened for reading (docs/recording.md).
//
// Opening walks the whole file once and checks every block. What is damaged or cut off is left out,
// and said in `trouble`: what is whole can be played. Made at opening and never changed: any thread
// may then call recording_load().
#pragma once

#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "replay/format.h"

struct recording_stretch {
    uint64_t offset; // of its bytes in the file
    uint32_t size;
    uint32_t start; // on the recording's timeline, in ticks: stretches follow without a gap
    struct stretch_head head;
};

struct recording {
    int fd;
    char world[65], version[40]; // the document's id, and its ETag
    uint32_t instance;
    uint64_t begun_wall_ms;
    char *document; // the world as it was, JSON
    size_t document_size;
    struct recording_stretch *stretches; // at least one
    uint32_t count;
    uint32_t ticks;     // in all
    uint32_t index_end; // of every entity's index
    char trouble[192];  // "": the file is whole
};

// ERR_NOT_FOUND, ERR_SYSTEM, ERR_INVALID: it is no recording, of another version, or nothing in it
// is whole.
MUST_CHECK bool recording_open(struct recording *recording, const char *path, struct error *err);
void recording_close(struct recording *recording);

// Which stretch holds a tick of the timeline (below .ticks).
uint32_t recording_find(const struct recording *recording, uint32_t position);
// Replaces what is in `out`. ERR_SYSTEM, or ERR_INVALID when the file changed since it was opened.
MUST_CHECK bool recording_load(const struct recording *recording, uint32_t stretch,
                               struct buffer *out, struct error *err);
