// file: whole files, never half written.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct buffer;

// Reads the whole file; ERR_NOT_FOUND, ERR_TOO_LARGE over `bytes_max`, ERR_SYSTEM.
MUST_CHECK bool file_read(const char *path, size_t bytes_max, struct buffer *out,
                          struct error *err);

// Writes beside the target, fsyncs, renames and fsyncs the folder: after a crash either the old or
// the new content is there, whole.
MUST_CHECK bool file_write_atomic(const char *path, const void *bytes, size_t size, unsigned mode,
                                  struct error *err);

// Makes the folder (and its parents) and locks it for this process until it ends (flock on
// DIR/lock). ERR_CONFLICT names the process that holds it; ERR_SYSTEM when it cannot be written.
MUST_CHECK bool file_lock_folder(const char *path, int *out_fd, struct error *err);
