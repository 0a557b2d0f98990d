// recorder: listens in to every instance (hub/tap.h), remembers each one's last minutes when the
// operator wishes, and writes recordings when asked.
//
// A thread of its own reads frames as a shard does; another writes files (store.h). Memory: the
// windows together hold at most `window_bytes_max`; the oldest seconds, of whichever instance, go
// first.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/error.h"
#include "replay/store.h"

struct recorder;
struct tap;

struct recorder_world {
    const char *document, *etag; // JSON, and its version
};

struct recorder_settings {
    const char *folder;
    uint32_t window_minutes; // 0: nothing is remembered
    uint64_t window_bytes_max;
    uint64_t folder_bytes_max;
    bool words; // chat and emotes too
    const struct clock *clock;
    // Any thread; false for a world that is not known.
    bool (*find_world)(void *context, const char *id, struct recorder_world *out);
    void *context;
};

void recorder_register_metrics(void);

struct recorder *recorder_create(const struct recorder_settings *settings, struct error *err);
// For hub_settings.tap. The hub goes before the recorder is destroyed.
struct tap *recorder_tap(struct recorder *recorder);
MUST_CHECK bool recorder_start(struct recorder *recorder, struct error *err);
// Ends every recording with what was heard so far, and joins the threads; the hub may still run.
void recorder_stop(struct recorder *recorder);
void recorder_destroy(struct recorder *recorder);

// --- any thread

// Writes the window of that instance to a file; `go_on`: and what happens from now on, until
// recorder_finish(), or the instance closes. Answers when it is queued: recorder_files() tells how
// it went. ERR_INVALID for a name that cannot be, or nothing to write; ERR_CONFLICT, ERR_LIMIT as
// store_open(); ERR_NOT_FOUND: there is no such instance.
MUST_CHECK bool recorder_keep(struct recorder *recorder, const char *world, uint32_t instance,
                              const char *name, bool go_on, struct error *err);
// ERR_NOT_FOUND: no recording of this name goes on.
MUST_CHECK bool recorder_finish(struct recorder *recorder, const char *name, struct error *err);

struct recorder_window {
    char world[65];
    uint32_t instance;
    uint32_t ticks; // remembered
    uint64_t bytes;
    char file[STORE_NAME_BYTES]; // the recording that goes on; "": none
};

// As of the last second.
size_t recorder_windows(struct recorder *recorder, struct recorder_window *out, size_t capacity);
size_t recorder_files(struct recorder *recorder, struct stored_report *out, size_t capacity);
uint64_t recorder_folder_bytes(const struct recorder *recorder);
const struct recorder_settings *recorder_settings_of(const struct recorder *recorder);
