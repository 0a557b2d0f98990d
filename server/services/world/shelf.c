#include "services/world/shelf.h"

#include <dirent.h>
#include <errno.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "services/world/embedded.h"

struct place {
    struct world_document world;
    const char *file;
    bool built_in;
};

struct world_shelf {
    struct arena home;
    size_t count;
    struct place places[WORLD_SHELF_MAX];
};

static int compare_places(const void *a, const void *b)
{
    return strcmp(((const struct place *)a)->world.id, ((const struct place *)b)->world.id);
}

// Where a world of this id stands, or will stand.
static struct place *find_place(struct world_shelf *shelf, const char *id)
{
    size_t i = 0;
    while (i < shelf->count && strcmp(shelf->places[i].world.id, id) != 0)
        i++;
    return &shelf->places[i];
}

static bool put(struct world_shelf *shelf, const struct place *made, struct error *err)
{
    struct place *place = find_place(shelf, made->world.id);
    bool is_new = place == &shelf->places[shelf->count];
    if (is_new && shelf->count == WORLD_SHELF_MAX)
        return fail(err, ERR_LIMIT, "%s: more than %d worlds", made->file, WORLD_SHELF_MAX);
    if (!is_new && !place->built_in)
        return fail(err, ERR_CONFLICT, "%s: the world \"%s\" is in %s already", made->file,
                    made->world.id, place->file);
    shelf->count += is_new;
    *place = *made;
    return true;
}

static bool put_built_in(struct world_shelf *shelf, struct error *err)
{
    for (size_t i = 0; i < embedded_world_count; i++) {
        const struct embedded_world *one = &embedded_worlds[i];
        struct place made = {.file = one->file, .built_in = true};
        if (!world_document_read(one->json, (size_t)(one->json_end - one->json), &shelf->home,
                                 &made.world, err))
            return error_prefix(err, "built-in %s", one->file);
        if (!put(shelf, &made, err))
            return false;
    }
    return true;
}

static bool put_file(struct world_shelf *shelf, const char *path, struct error *err)
{
    struct buffer bytes = {0};
    struct place made = {.file = path};
    bool good = file_read(path, WORLD_DOCUMENT_BYTES_MAX, &bytes, err);
    if (good &&
        !world_document_read((const char *)bytes.bytes, bytes.size, &shelf->home, &made.world, err))
        good = error_prefix(err, "%s", path);
    buffer_done(&bytes);
    return good && put(shelf, &made, err);
}

static int is_world_file(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);
    return entry->d_name[0] != '.' && size > 5 && strcmp(entry->d_name + size - 5, ".json") == 0;
}

static bool put_folder(struct world_shelf *shelf, const char *folder, struct error *err)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_world_file, alphasort);
    if (count < 0 && errno == ENOENT)
        return true;
    if (count < 0)
        return fail(err, ERR_SYSTEM, "%s: %s", folder, strerror(errno));
    bool good = true;
    for (int i = 0; i < count; i++) {
        const char *path = arena_printf(&shelf->home, "%s/%s", folder, entries[i]->d_name);
        good = good && put_file(shelf, path, err);
        free(entries[i]);
    }
    free(entries);
    return good;
}

static bool check_portal(const struct world_shelf *shelf, const struct place *from,
                         const struct world_portal *portal, struct error *err)
{
    if (strncmp(portal->to, "https://", 8) == 0)
        return true;
    if (world_shelf_find(shelf, portal->to))
        return true;
    return fail(err, ERR_INVALID, "%s: the portal \"%s\" leads to \"%s\", which is no world here",
                from->file, portal->id, portal->to);
}

static bool check_portals(const struct world_shelf *shelf, struct error *err)
{
    for (size_t i = 0; i < shelf->count; i++) {
        const struct place *from = &shelf->places[i];
        for (size_t j = 0; j < from->world.portal_count; j++) {
            if (!check_portal(shelf, from, &from->world.portals[j], err))
                return false;
        }
    }
    return true;
}

static struct world_shelf *create_empty(struct error *err)
{
    struct world_shelf *shelf = calloc(1, sizeof *shelf);
    if (!shelf) {
        fail(err, ERR_SYSTEM, "out of memory");
        return NULL;
    }
    arena_init(&shelf->home, 64 << 10);
    return shelf;
}

struct world_shelf *world_shelf_create_of(const char *json, size_t size, struct error *err)
{
    struct world_shelf *shelf = create_empty(err);
    if (!shelf)
        return NULL;
    struct place made = {.file = "the world"};
    if (world_document_read(json, size, &shelf->home, &made.world, err) && put(shelf, &made, err))
        return shelf;
    world_shelf_destroy(shelf);
    return NULL;
}

struct world_shelf *world_shelf_create(const char *folder, struct error *err)
{
    struct world_shelf *shelf = create_empty(err);
    if (!shelf)
        return NULL;
    bool good = put_built_in(shelf, err) && (!folder || put_folder(shelf, folder, err)) &&
                check_portals(shelf, err);
    if (!good) {
        world_shelf_destroy(shelf);
        return NULL;
    }
    qsort(shelf->places, shelf->count, sizeof *shelf->places, compare_places);
    return shelf;
}

void world_shelf_destroy(struct world_shelf *shelf)
{
    if (!shelf)
        return;
    arena_done(&shelf->home);
    free(shelf);
}

size_t world_shelf_count(const struct world_shelf *shelf)
{
    return shelf->count;
}

const struct world_document *world_shelf_at(const struct world_shelf *shelf, size_t index)
{
    return &shelf->places[index].world;
}

const struct world_document *world_shelf_find(const struct world_shelf *shelf, const char *id)
{
    for (size_t i = 0; i < shelf->count; i++) {
        if (strcmp(shelf->places[i].world.id, id) == 0)
            return &shelf->places[i].world;
    }
    return NULL;
}
