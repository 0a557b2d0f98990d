#include "replay/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/log.h"
#include "replay/block.h"

#define ENDING ".flxr"
#define ENDING_PART ".flxr.part"

enum { PATH_BYTES = 4096, FOLDER_BYTES = PATH_BYTES - 128 };

struct stored {
    struct stored_report report; // under the lock
    bool used, ended;            // under the lock; ended: nothing more will be added
    uint32_t errands;            // under the lock: those that wait, or are being done
    char *head;                  // until the file is begun; the writer's thread from then on
    int fd;                      // the writer's thread
};

// A thing to be done: a stretch to be added, or (no reel) a file to be ended.
struct errand {
    struct errand *next;
    struct stored *file;
    struct reel *reel;
};

struct store {
    char folder[FOLDER_BYTES];
    uint64_t bytes_max;
    pthread_t thread;
    bool started;
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct errand *first, *last;
    size_t waiting_bytes;
    bool stopping;
    struct stored files[STORE_FILES_MAX];
};

static bool has_ending(const char *name, const char *ending)
{
    size_t size = strlen(name), tail = strlen(ending);
    return size > tail && strcmp(name + size - tail, ending) == 0;
}

static void path_of(const struct store *store, const char *name, const char *ending,
                    char out[PATH_BYTES])
{
    snprintf(out, PATH_BYTES, "%s/%s%s", store->folder, name, ending);
}

bool store_name_is_good(const char *name)
{
    size_t size = strlen(name);
    return size > 0 && size < STORE_NAME_BYTES &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") == size;
}

// --- the folder ----------------------------------------------------------------------------------

static bool folder_sync(const struct store *store)
{
    int fd = open(store->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

static bool folder_each(const struct store *store,
                        void (*on_file)(void *context, const char *name, uint64_t bytes),
                        void *context)
{
    DIR *folder = opendir(store->folder);
    if (!folder)
        return false;
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        struct stat status;
        if ((has_ending(entry->d_name, ENDING) || has_ending(entry->d_name, ENDING_PART)) &&
            fstatat(dirfd(folder), entry->d_name, &status, 0) == 0 && S_ISREG(status.st_mode))
            on_file(context, entry->d_name, (uint64_t)status.st_size);
    }
    closedir(folder);
    return true;
}

static void bytes_add(void *context, const char *name, uint64_t bytes)
{
    *(uint64_t *)context += bytes;
}

uint64_t store_bytes(const struct store *store)
{
    uint64_t bytes = 0;
    folder_each(store, bytes_add, &bytes);
    return bytes;
}

// What a crash left behind takes its name, unless a whole recording has it.
static void part_rename(void *context, const char *name, uint64_t bytes)
{
    const struct store *store = context;
    if (!has_ending(name, ENDING_PART))
        return;
    char from[PATH_BYTES], to[PATH_BYTES];
    snprintf(from, sizeof from, "%s/%s", store->folder, name);
    snprintf(to, sizeof to, "%s/%.*s", store->folder, (int)(strlen(name) - strlen(".part")), name);
    if (access(to, F_OK) != 0 && rename(from, to) == 0)
        log_event(LOG_WARN, "replay.recording_recovered", LOG_TEXT("file", to));
}

struct store *store_create(const char *folder, uint64_t bytes_max, struct error *err)
{
    if (strlen(folder) >= FOLDER_BYTES) {
        fail(err, ERR_INVALID, "the name of the recordings' folder is too long");
        return NULL;
    }
    if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
        fail(err, ERR_SYSTEM, "cannot make the folder %s: %s", folder, strerror(errno));
        return NULL;
    }
    struct store *store = calloc(1, sizeof *store);
    ASSERT(store);
    snprintf(store->folder, sizeof store->folder, "%s", folder);
    store->bytes_max = bytes_max;
    pthread_mutex_init(&store->lock, NULL);
    pthread_cond_init(&store->work, NULL);
    folder_each(store, part_rename, store);
    return store;
}

void store_destroy(struct store *store)
{
    if (!store)
        return;
    store_stop(store);
    for (int i = 0; i < STORE_FILES_MAX; i++)
        free(store->files[i].head);
    pthread_cond_destroy(&store->work);
    pthread_mutex_destroy(&store->lock);
    free(store);
}

// --- the writer's thread -------------------------------------------------------------------------

static bool write_all(int fd, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    while (size > 0) {
        ssize_t put = write(fd, at, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        at += put;
        size -= (size_t)put;
    }
    return true;
}

static bool block_write(int fd, uint32_t kind, const void *bytes, size_t size)
{
    uint8_t head[BLOCK_HEADER_BYTES];
    block_head_write(kind, bytes, (uint32_t)size, head);
    return write_all(fd, head, sizeof head) && write_all(fd, bytes, size) && fsync(fd) == 0;
}

static bool room_check(const struct store *store, size_t more, struct error *err)
{
    uint64_t held = store_bytes(store);
    return held + more <= store->bytes_max ||
           fail(err, ERR_LIMIT,
                "the recordings hold %llu MB and may hold %llu: delete some, or raise "
                "--recordings-mb",
                (unsigned long long)(held >> 20), (unsigned long long)(store->bytes_max >> 20));
}

// A block that did not fit on the disk is cut off again: what is there stays whole.
static bool block_add(const struct store *store, struct stored *file, uint32_t kind,
                      const void *bytes, size_t size, struct error *err)
{
    if (!room_check(store, size + BLOCK_HEADER_BYTES, err))
        return false;
    off_t before = lseek(file->fd, 0, SEEK_CUR);
    if (block_write(file->fd, kind, bytes, size))
        return true;
    fail(err, ERR_SYSTEM, "cannot write the recording: %s", strerror(errno));
    if (before < 0 || ftruncate(file->fd, before) != 0 || lseek(file->fd, before, SEEK_SET) < 0)
        error_prefix(err, "its end may be damaged");
    return false;
}

static bool file_begin(const struct store *store, struct stored *file, struct error *err)
{
    char path[PATH_BYTES];
    path_of(store, file->report.name, ENDING_PART, path);
    file->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file->fd < 0)
        return fail(err, ERR_SYSTEM, "cannot make %s: %s", path, strerror(errno));
    return block_add(store, file, BLOCK_HEAD, file->head, strlen(file->head), err);
}

// With nothing in it, the file goes.
static bool file_end(const struct store *store, struct stored *file, uint32_t ticks,
                     struct error *err)
{
    char part[PATH_BYTES], path[PATH_BYTES];
    path_of(store, file->report.name, ENDING_PART, part);
    path_of(store, file->report.name, ENDING, path);
    close(file->fd);
    file->fd = -1;
    if (ticks == 0) {
        unlink(part);
        return fail(err, ERR_NOT_FOUND, "nobody was there: nothing was recorded");
    }
    if (rename(part, path) == 0 && folder_sync(store))
        return true;
    return fail(err, ERR_SYSTEM, "cannot name %s: %s", path, strerror(errno));
}

static void state_set(struct store *store, struct stored *file, enum stored_state state,
                      const struct error *why)
{
    pthread_mutex_lock(&store->lock);
    file->report.state = state;
    if (why && !file->report.trouble[0])
        snprintf(file->report.trouble, sizeof file->report.trouble, "%s", why->text);
    pthread_mutex_unlock(&store->lock);
    if (state != STORED_OPEN)
        log_event(why ? LOG_ERROR : LOG_INFO, "replay.recording_written",
                  LOG_TEXT("name", file->report.name),
                  LOG_NUMBER("bytes", (int64_t)file->report.bytes),
                  LOG_TEXT("trouble", why ? why->text : ""));
}

// Ended early: what is in it stays.
static void file_fail(struct store *store, struct stored *file, const struct error *why)
{
    struct error ignored;
    if (file->fd >= 0)
        (void)file_end(store, file, file->report.ticks, &ignored);
    state_set(store, file, STORED_FAILED, why);
}

static void reel_write(struct store *store, struct stored *file, const struct reel *reel)
{
    struct error err;
    if ((file->fd < 0 && !file_begin(store, file, &err)) ||
        !block_add(store, file, BLOCK_STRETCH, reel->bytes.bytes, reel->bytes.size, &err)) {
        file_fail(store, file, &err);
        return;
    }
    pthread_mutex_lock(&store->lock);
    file->report.bytes = (uint64_t)lseek(file->fd, 0, SEEK_CUR);
    file->report.ticks += reel->head.ticks;
    pthread_mutex_unlock(&store->lock);
}

static void errand_do(struct store *store, const struct errand *errand)
{
    struct stored *file = errand->file;
    struct error err = {0};
    if (file->report.state != STORED_OPEN)
        return; // it was ended early
    if (errand->reel) {
        reel_write(store, file, errand->reel);
        return;
    }
    bool good = file->fd >= 0 ? file_end(store, file, file->report.ticks, &err)
                              : fail(&err, ERR_NOT_FOUND, "nobody was there: nothing was recorded");
    state_set(store, file, good ? STORED_DONE : STORED_FAILED, good ? NULL : &err);
}

static struct errand *errand_wait(struct store *store)
{
    pthread_mutex_lock(&store->lock);
    while (!store->first && !store->stopping)
        pthread_cond_wait(&store->work, &store->lock);
    struct errand *errand = store->first;
    if (errand) {
        store->first = errand->next;
        if (!store->first)
            store->last = NULL;
        store->waiting_bytes -= errand->reel ? errand->reel->bytes.size : 0;
    }
    pthread_mutex_unlock(&store->lock);
    return errand;
}

static void *store_main(void *argument)
{
    struct store *store = argument;
    pthread_setname_np(pthread_self(), "flux-rec-disk");
    for (struct errand *errand = errand_wait(store); errand; errand = errand_wait(store)) {
        errand_do(store, errand);
        pthread_mutex_lock(&store->lock);
        errand->file->errands--;
        pthread_mutex_unlock(&store->lock);
        reel_unref(errand->reel);
        free(errand);
    }
    return NULL;
}

bool store_start(struct store *store, struct error *err)
{
    int code = pthread_create(&store->thread, NULL, store_main, store);
    if (code)
        return fail(err, ERR_SYSTEM, "cannot start the thread that writes recordings: %s",
                    strerror(code));
    store->started = true;
    return true;
}

void store_stop(struct store *store)
{
    if (!store->started)
        return;
    for (int i = 0; i < STORE_FILES_MAX; i++)
        if (store->files[i].used)
            store_end(store, &store->files[i]);
    pthread_mutex_lock(&store->lock);
    store->stopping = true;
    pthread_cond_signal(&store->work);
    pthread_mutex_unlock(&store->lock);
    pthread_join(store->thread, NULL);
    store->started = false;
}

// --- any thread ----------------------------------------------------------------------------------

static void errand_add(struct store *store, struct stored *file, struct reel *reel)
{
    struct errand *errand = calloc(1, sizeof *errand);
    ASSERT(errand);
    *errand = (struct errand){.file = file, .reel = reel};
    file->errands++;
    if (store->last)
        store->last->next = errand;
    else
        store->first = errand;
    store->last = errand;
    store->waiting_bytes += reel ? reel->bytes.size : 0;
    pthread_cond_signal(&store->work);
}

void store_add(struct store *store, struct stored *file, struct reel *reel)
{
    pthread_mutex_lock(&store->lock);
    // A disk that cannot follow must not fill the memory instead; a lone stretch always may.
    if (store->waiting_bytes > STORE_WAITING_BYTES_MAX)
        snprintf(file->report.trouble, sizeof file->report.trouble,
                 "the disk is too slow: some of it is missing");
    else
        errand_add(store, file, reel_ref(reel));
    pthread_mutex_unlock(&store->lock);
}

void store_end(struct store *store, struct stored *file)
{
    pthread_mutex_lock(&store->lock);
    if (!file->ended)
        errand_add(store, file, NULL);
    file->ended = true;
    pthread_mutex_unlock(&store->lock);
}

const char *store_name(const struct stored *file)
{
    return file->report.name; // it stays as long as the file is open
}

bool store_is_writing(struct store *store, const struct stored *file)
{
    pthread_mutex_lock(&store->lock);
    bool writing = file->report.state == STORED_OPEN;
    pthread_mutex_unlock(&store->lock);
    return writing;
}

static bool name_is_taken(const struct store *store, const char *name)
{
    char path[PATH_BYTES], part[PATH_BYTES];
    path_of(store, name, ENDING, path);
    path_of(store, name, ENDING_PART, part);
    return access(path, F_OK) == 0 || access(part, F_OK) == 0;
}

// A free place, else that of a file that is ended. NULL when the name is being written, or all are.
static struct stored *place_find(struct store *store, const char *name)
{
    struct stored *found = NULL;
    for (int i = 0; i < STORE_FILES_MAX; i++) {
        struct stored *file = &store->files[i];
        bool busy = file->used && (!file->ended || file->errands > 0);
        if (busy && strcmp(file->report.name, name) == 0)
            return NULL;
        if (!busy && (!found || (found->used && !file->used)))
            found = file;
    }
    return found;
}

struct stored *store_open(struct store *store, const char *name, const char *head,
                          struct error *err)
{
    if (name_is_taken(store, name)) {
        fail(err, ERR_CONFLICT, "there is a recording \"%s\" already", name);
        return NULL;
    }
    if (!room_check(store, strlen(head) + BLOCK_HEADER_BYTES, err))
        return NULL;
    pthread_mutex_lock(&store->lock);
    struct stored *file = place_find(store, name);
    if (file) {
        free(file->head);
        *file = (struct stored){.used = true, .fd = -1, .head = strdup(head)};
        ASSERT(file->head);
        snprintf(file->report.name, sizeof file->report.name, "%s", name);
    }
    pthread_mutex_unlock(&store->lock);
    if (!file)
        fail(err, ERR_CONFLICT, "\"%s\", or as many as can be, are being written", name);
    return file;
}

// --- the list ------------------------------------------------------------------------------------

struct listing {
    struct store *store;
    struct stored_report *out;
    size_t count, capacity;
};

static bool is_listed(const struct listing *listing, const char *name, size_t size)
{
    for (size_t i = 0; i < listing->count; i++)
        if (strlen(listing->out[i].name) == size && memcmp(listing->out[i].name, name, size) == 0)
            return true;
    return false;
}

static void file_list(void *context, const char *name, uint64_t bytes)
{
    struct listing *listing = context;
    size_t size = strlen(name) - strlen(ENDING);
    if (!has_ending(name, ENDING) || size >= STORE_NAME_BYTES ||
        listing->count == listing->capacity || is_listed(listing, name, size))
        return;
    struct stored_report *row = &listing->out[listing->count++];
    *row = (struct stored_report){.state = STORED_DONE, .bytes = bytes};
    memcpy(row->name, name, size);
}

size_t store_list(struct store *store, struct stored_report *out, size_t capacity)
{
    struct listing listing = {.store = store, .out = out, .capacity = capacity};
    pthread_mutex_lock(&store->lock);
    for (int i = 0; i < STORE_FILES_MAX && listing.count < capacity; i++)
        if (store->files[i].used)
            out[listing.count++] = store->files[i].report;
    pthread_mutex_unlock(&store->lock);
    folder_each(store, file_list, &listing);
    return listing.count;
}
