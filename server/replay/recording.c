#include "replay/recording.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"
#include "replay/block.h"

enum { SEARCH_BYTES = 65536, TICKS_MAX = INT32_MAX };

// What the walk through a file has found.
struct walk {
    struct recording *recording;
    uint64_t file_size, at;
    uint64_t damaged_at; // of the first damage; UINT64_MAX: none
    uint32_t damages;
    struct buffer bytes; // of the block at hand
    uint32_t capacity;   // of the list of stretches
};

static bool read_at(int fd, uint64_t offset, uint8_t *out, size_t size)
{
    while (size > 0) {
        ssize_t got = pread(fd, out, size, (off_t)offset);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        out += got;
        offset += (uint64_t)got;
        size -= (size_t)got;
    }
    return true;
}

// --- blocks --------------------------------------------------------------------------------------

static bool block_take(struct walk *walk, struct block *out)
{
    uint8_t head[BLOCK_HEADER_BYTES];
    int fd = walk->recording->fd;
    if (walk->file_size - walk->at < BLOCK_HEADER_BYTES ||
        !read_at(fd, walk->at, head, sizeof head) || !block_head_read(head, out) ||
        out->size > walk->file_size - walk->at - BLOCK_HEADER_BYTES)
        return false;
    walk->bytes.size = 0;
    uint8_t *bytes = buffer_reserve(&walk->bytes, out->size);
    if (!read_at(fd, walk->at + BLOCK_HEADER_BYTES, bytes, out->size) ||
        !block_is_whole(out, bytes))
        return false;
    walk->bytes.size = out->size;
    return true;
}

// The next place after `walk->at` where a block may begin, or the end of the file.
static void block_search(struct walk *walk)
{
    uint8_t window[SEARCH_BYTES];
    for (walk->at++; walk->file_size - walk->at >= BLOCK_HEADER_BYTES;) {
        uint64_t rest = walk->file_size - walk->at;
        size_t size = rest < sizeof window ? (size_t)rest : sizeof window;
        if (!read_at(walk->recording->fd, walk->at, window, size))
            break;
        const uint8_t *found = memmem(window, size, FORMAT_MAGIC, 4);
        if (found) {
            walk->at += (uint64_t)(found - window);
            return;
        }
        walk->at += size - 3; // it may lie across the window's end
    }
    walk->at = walk->file_size;
}

static void damage_note(struct walk *walk)
{
    if (walk->damages++ == 0)
        walk->damaged_at = walk->at;
}

// --- the head ------------------------------------------------------------------------------------

static bool head_text(const json_t *head, const char *key, char *out, size_t capacity)
{
    const char *text = json_string_value(json_object_get(head, key));
    return text && strlen(text) > 0 && snprintf(out, capacity, "%s", text) < (int)capacity;
}

static bool head_read(struct recording *recording, const json_t *head, struct error *err)
{
    json_int_t version = json_integer_value(json_object_get(head, "version"));
    if (version != FORMAT_VERSION)
        return fail(err, ERR_INVALID,
                    "it is a recording of version %" JSON_INTEGER_FORMAT "; this reads version %d",
                    version, FORMAT_VERSION);
    json_int_t instance = json_integer_value(json_object_get(head, "instance"));
    json_int_t begun = json_integer_value(json_object_get(head, "begun"));
    json_t *document = json_object_get(head, "document");
    if (!head_text(head, "world", recording->world, sizeof recording->world) ||
        !head_text(head, "etag", recording->version, sizeof recording->version) || instance < 0 ||
        instance > UINT32_MAX || begun < 0 || !json_is_object(document))
        return fail(err, ERR_INVALID, "its head does not say which world it is of");
    recording->instance = (uint32_t)instance;
    recording->begun_wall_ms = (uint64_t)begun;
    // By this the client knows that it is looking at what was.
    json_object_set_new(document, "x-replay", json_true());
    recording->document = json_dumps(document, JSON_COMPACT);
    ASSERT(recording->document);
    recording->document_size = strlen(recording->document);
    return true;
}

static bool head_take(struct walk *walk, struct error *err)
{
    struct block block;
    if (!block_take(walk, &block) || block.kind != BLOCK_HEAD)
        return fail(err, ERR_INVALID, "it is no recording, or its head is damaged");
    json_t *head =
        json_loadb((const char *)walk->bytes.bytes, walk->bytes.size, JSON_REJECT_DUPLICATES, NULL);
    bool good = json_is_object(head) ? head_read(walk->recording, head, err)
                                     : fail(err, ERR_INVALID, "its head cannot be read");
    json_decref(head);
    walk->at += BLOCK_HEADER_BYTES + block.size;
    return good;
}

// --- stretches -----------------------------------------------------------------------------------

static bool stretch_add(struct walk *walk, const struct block *block)
{
    struct recording *recording = walk->recording;
    if (block->size < STRETCH_HEAD_BYTES)
        return false;
    struct stretch_head head = stretch_head_read(walk->bytes.bytes);
    if (head.ticks == 0 || head.ticks > STRETCH_TICKS_MAX || head.index_end > UINT16_MAX + 1 ||
        recording->ticks > TICKS_MAX - head.ticks)
        return false;
    if (recording->count == walk->capacity) {
        walk->capacity = walk->capacity ? walk->capacity * 2 : 64;
        recording->stretches =
            realloc(recording->stretches, walk->capacity * sizeof *recording->stretches);
        ASSERT(recording->stretches);
    }
    recording->stretches[recording->count++] =
        (struct recording_stretch){.offset = walk->at + BLOCK_HEADER_BYTES,
                                   .size = block->size,
                                   .start = recording->ticks,
                                   .head = head};
    recording->ticks += head.ticks;
    if (recording->index_end < head.index_end)
        recording->index_end = head.index_end;
    return true;
}

static void stretches_take(struct walk *walk)
{
    while (walk->at < walk->file_size) {
        struct block block;
        if (!block_take(walk, &block)) {
            damage_note(walk);
            block_search(walk);
            continue;
        }
        // Kinds that a later version may add are passed over.
        if (block.kind == BLOCK_STRETCH && !stretch_add(walk, &block))
            damage_note(walk);
        walk->at += BLOCK_HEADER_BYTES + block.size;
    }
}

static void trouble_tell(struct walk *walk)
{
    if (walk->damages == 0)
        return;
    snprintf(walk->recording->trouble, sizeof walk->recording->trouble,
             "the file is damaged or cut off in %u place%s, first at byte %" PRIu64 " of %" PRIu64
             "; %u stretch%s whole",
             walk->damages, walk->damages == 1 ? "" : "s", walk->damaged_at, walk->file_size,
             walk->recording->count, walk->recording->count == 1 ? " is" : "es are");
}

static bool walk_through(struct walk *walk, struct error *err)
{
    struct stat status;
    if (fstat(walk->recording->fd, &status) != 0 || !S_ISREG(status.st_mode))
        return fail(err, ERR_INVALID, "it is no file");
    walk->file_size = (uint64_t)status.st_size;
    if (!head_take(walk, err))
        return false;
    stretches_take(walk);
    trouble_tell(walk);
    return walk->recording->count > 0 ||
           fail(err, ERR_INVALID, "nothing in it is whole but its head");
}

bool recording_open(struct recording *recording, const char *path, struct error *err)
{
    *recording = (struct recording){.fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (recording->fd < 0) {
        int number = errno;
        return fail(err, number == ENOENT ? ERR_NOT_FOUND : ERR_SYSTEM, "cannot open %s: %s", path,
                    strerror(number));
    }
    struct walk walk = {.recording = recording, .damaged_at = UINT64_MAX};
    bool good = walk_through(&walk, err);
    buffer_done(&walk.bytes);
    if (good)
        return true;
    recording_close(recording);
    return error_prefix(err, "%s", path);
}

void recording_close(struct recording *recording)
{
    if (recording->fd >= 0)
        close(recording->fd);
    free(recording->document);
    free(recording->stretches);
    *recording = (struct recording){.fd = -1};
}

uint32_t recording_find(const struct recording *recording, uint32_t position)
{
    ASSERT(position < recording->ticks);
    uint32_t low = 0, high = recording->count - 1;
    while (low < high) {
        uint32_t middle = (low + high + 1) / 2;
        if (recording->stretches[middle].start <= position)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

bool recording_load(const struct recording *recording, uint32_t index, struct buffer *out,
                    struct error *err)
{
    ASSERT(index < recording->count);
    const struct recording_stretch *stretch = &recording->stretches[index];
    uint8_t bytes[BLOCK_HEADER_BYTES];
    struct block block;
    out->size = 0;
    uint8_t *body = buffer_reserve(out, stretch->size);
    if (!read_at(recording->fd, stretch->offset - BLOCK_HEADER_BYTES, bytes, sizeof bytes) ||
        !read_at(recording->fd, stretch->offset, body, stretch->size))
        return fail(err, ERR_SYSTEM, "cannot read the recording at byte %" PRIu64, stretch->offset);
    if (!block_head_read(bytes, &block) || block.size != stretch->size ||
        !block_is_whole(&block, body))
        return fail(err, ERR_INVALID, "the recording changed at byte %" PRIu64, stretch->offset);
    out->size = stretch->size;
    return true;
}
