// change_list: all that a frame says, as one list of numbers: how tests in C and in TypeScript
// compare what they read with golden vectors.
//
//   flags, tick, then for each section  op, level, key, sequence, changes,
//                and for each change    kind, slot, described, id, entity kind, look, x, y, z, yaw,
//                pose, flags
#pragma once

#include <stddef.h>
#include <stdint.h>

#define CHANGE_LIST_BAD SIZE_MAX

enum { CHANGE_LIST_FRAME_WORDS = 2, CHANGE_LIST_SECTION_WORDS = 5, CHANGE_LIST_CHANGE_WORDS = 12 };

// Writes the list, or with `out` NULL only counts it; returns its words, or CHANGE_LIST_BAD for a
// frame that must be refused (`out` may then hold its beginning).
size_t change_list_read(const uint8_t *bytes, size_t size, int32_t *out);
