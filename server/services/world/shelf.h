// shelf: the worlds that this server has: those built in, and those in the data folder, which take
// the place of a built-in one of the same id.
//
// Made at start and never changed afterwards: any thread may read.
#pragma once

#include <stddef.h>

#include "base/error.h"
#include "services/world/document.h"

enum { WORLD_SHELF_MAX = 1024 };

struct world_shelf;

// Reads every *.json in `folder` (NULL, or one that does not exist: none). Fails, naming the file
// and the place in it, on the first that is not a world, on two files with one id, and on a portal
// to a world that is not there.
MUST_CHECK struct world_shelf *world_shelf_create(const char *folder, struct error *err);
// One world alone, wherever its portals lead: for showing what was.
MUST_CHECK struct world_shelf *world_shelf_create_of(const char *json, size_t size,
                                                     struct error *err);
void world_shelf_destroy(struct world_shelf *shelf);

// Ordered by id. Borrowed for the shelf's life.
size_t world_shelf_count(const struct world_shelf *shelf);
const struct world_document *world_shelf_at(const struct world_shelf *shelf, size_t index);
const struct world_document *world_shelf_find(const struct world_shelf *shelf, const char *id);
