// Any bytes as a world's file: a sentence that says what is wrong, or a world that stays the same
// when what is sent to clients is read again.
#include "base/assert.h"
#include "services/world/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena home;
    struct error err = {0};
    struct world_document world = {0}, again;
    arena_init(&home, 16 << 10);
    // In a block of exactly its size, so that one byte too many is seen.
    char *exact = malloc(size > 0 ? size : 1);
    ASSERT(exact);
    memcpy(exact, data, size);
    if (world_document_read(exact, size, &home, &world, &err)) {
        ASSERT(world.spawn_count >= 1 && world.spawn_count <= WORLD_SPAWNS_MAX);
        ASSERT(world.least_m[0] < world.most_m[0]);
        ASSERT(world.json_size <= size);
        ASSERT(world_document_read(world.json, world.json_size, &home, &again, &err));
        ASSERT(strcmp(again.etag, world.etag) == 0);
    } else {
        ASSERT(err.code == ERR_INVALID || err.code == ERR_TOO_LARGE);
        ASSERT(err.text[0] != '\0');
        ASSERT(world.id == NULL);
    }
    free(exact);
    arena_done(&home);
    return 0;
}
