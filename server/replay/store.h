// store: the recordings on disk, written by a thread of their own, so that a slow disk delays
// neither ticks nor the recorder.
//
// A file grows as NAME.flxr.part, a stretch at a time, each on disk (fsync) before the next; when
// it is ended it takes its name. What a crash leaves behind is renamed at the next start, and plays
// as far as it is whole. The folder is bounded; a file that meets the bound, or the disk's end, is
// ended there and says why.
//
// Any thread may call; the lock is held for moments only, and never while the disk is waited for
// (docs/decisions/0011-recording.md).
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "replay/reel.h"

enum { STORE_NAME_BYTES = 65, STORE_FILES_MAX = 64, STORE_WAITING_BYTES_MAX = 128 << 20 };

struct store;
struct stored; // a file that is being written, or was since the start

enum stored_state { STORED_OPEN, STORED_DONE, STORED_FAILED };

// A file's standing, as the operator sees it.
struct stored_report {
    char name[STORE_NAME_BYTES];
    enum stored_state state;
    uint64_t bytes;
    uint32_t ticks;    // 0: not known (a file from before the start)
    char trouble[192]; // why it was ended early; "": it was not
};

// Makes the folder. ERR_SYSTEM when that cannot be.
struct store *store_create(const char *folder, uint64_t bytes_max, struct error *err);
MUST_CHECK bool store_start(struct store *store, struct error *err);
// Writes what waits, ends every file, and joins the thread.
void store_stop(struct store *store);
void store_destroy(struct store *store);

bool store_name_is_good(const char *name); // 1 to 64 of a-z, 0-9, "-" and "_"

// `head` is the JSON of the file's head. ERR_CONFLICT when there is a recording of this name,
// ERR_LIMIT when the folder is full or STORE_FILES_MAX are being written. What is returned lives as
// long as the store.
MUST_CHECK struct stored *store_open(struct store *store, const char *name, const char *head,
                                     struct error *err);
void store_add(struct store *store, struct stored *file, struct reel *reel); // holds it for itself
// Nothing more will be added, and the file not be spoken of again by its opener.
void store_end(struct store *store, struct stored *file);
const char *store_name(const struct stored *file);
// False once it was ended early.
bool store_is_writing(struct store *store, const struct stored *file);

uint64_t store_bytes(const struct store *store); // in the folder
// Files of this start and of earlier ones; returns how many.
size_t store_list(struct store *store, struct stored_report *out, size_t capacity);
