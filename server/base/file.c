#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/buffer.h"

static bool fail_errno(struct error *err, const char *verb, const char *path)
{
    int number = errno;
    return fail(err, number == ENOENT ? ERR_NOT_FOUND : ERR_SYSTEM, "cannot %s %s: %s", verb, path,
                strerror(number));
}

// Room for `bytes_max + 1`: the one more tells a file that is too long from one that just fits.
static bool read_all(int fd, const char *path, size_t bytes_max, struct buffer *out,
                     struct error *err)
{
    size_t total = 0;
    for (;;) {
        size_t wanted = bytes_max - total + 1;
        if (wanted > 65536)
            wanted = 65536;
        ssize_t got = read(fd, buffer_reserve(out, wanted), wanted);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_errno(err, "read", path);
        if (got == 0)
            return true;
        total += (size_t)got;
        if (total > bytes_max)
            return fail(err, ERR_TOO_LARGE, "%s is larger than %zu bytes", path, bytes_max);
        out->size += (size_t)got;
    }
}

bool file_read(const char *path, size_t bytes_max, struct buffer *out, struct error *err)
{
    ASSERT(bytes_max < SIZE_MAX);
    // Not blocking: a pipe given by mistake is an error, not a wait for ever.
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return fail_errno(err, "open", path);
    size_t size_before = out->size;
    bool ok = read_all(fd, path, bytes_max, out, err);
    if (!ok)
        out->size = size_before;
    close(fd);
    return ok;
}

static bool write_all(int fd, const uint8_t *bytes, size_t size)
{
    while (size > 0) {
        ssize_t put = write(fd, bytes, size);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        bytes += put;
        size -= (size_t)put;
    }
    return true;
}

static char *text_join(const char *first, size_t first_length, const char *second)
{
    size_t bytes = first_length + strlen(second) + 1;
    char *joined = malloc(bytes);
    if (!joined)
        assert_memory_failed(bytes);
    snprintf(joined, bytes, "%.*s%s", (int)first_length, first, second);
    return joined;
}

// The rename is on disk only when its folder is.
static bool sync_folder_of(const char *path, struct error *err)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? text_join(path, (size_t)(slash - path) + 1, "") : text_join("", 0, ".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (!ok)
        fail_errno(err, "sync", folder);
    if (fd >= 0)
        close(fd);
    free(folder);
    return ok;
}

static bool write_beside(const char *beside, int fd, const void *bytes, size_t size, unsigned mode,
                         struct error *err)
{
    if (!write_all(fd, bytes, size) || fchmod(fd, (mode_t)mode) != 0 || fsync(fd) != 0)
        return fail_errno(err, "write", beside);
    return true;
}

bool file_write_atomic(const char *path, const void *bytes, size_t size, unsigned mode,
                       struct error *err)
{
    char *beside = text_join(path, strlen(path), ".XXXXXX");
    int fd = mkostemp(beside, O_CLOEXEC);
    bool ok = fd >= 0 || fail_errno(err, "create", beside);
    if (ok) {
        ok = write_beside(beside, fd, bytes, size, mode, err);
        close(fd);
        if (ok && rename(beside, path) != 0)
            ok = fail_errno(err, "replace", path);
        if (!ok)
            unlink(beside);
    }
    free(beside);
    return ok && sync_folder_of(path, err);
}

static bool make_folder(const char *path, struct error *err)
{
    struct stat status;
    if (mkdir(path, 0700) == 0)
        return true;
    if (errno == EEXIST && stat(path, &status) == 0) {
        if (S_ISDIR(status.st_mode))
            return true;
        return fail(err, ERR_SYSTEM, "%s is not a folder", path);
    }
    return fail(err, ERR_SYSTEM, "cannot make the folder %s: %s", path, strerror(errno));
}

static bool make_folders(const char *path, struct error *err)
{
    char *partial = text_join(path, strlen(path), "");
    bool ok = true;
    for (char *slash = strchr(partial + 1, '/'); ok && slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        ok = make_folder(partial, err);
        *slash = '/';
    }
    ok = ok && make_folder(path, err);
    free(partial);
    return ok;
}

static bool fail_locked(int fd, const char *path, struct error *err)
{
    char holder[24] = "";
    ssize_t got = pread(fd, holder, sizeof(holder) - 1, 0);
    holder[strspn(holder, "0123456789")] = '\0';
    return fail(err, ERR_CONFLICT,
                "%s is in use by process %s: stop that one or use another folder", path,
                got > 0 && holder[0] ? holder : "(unknown)");
}

static bool lock_taken(int fd, const char *path, const char *lock, struct error *err)
{
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK
                   ? fail_locked(fd, path, err)
                   : fail(err, ERR_SYSTEM, "cannot lock %s: %s", lock, strerror(errno));
    char holder[24];
    int length = snprintf(holder, sizeof(holder), "%ld\n", (long)getpid());
    if (ftruncate(fd, 0) != 0 || pwrite(fd, holder, (size_t)length, 0) != length)
        return fail(err, ERR_SYSTEM, "cannot write %s: %s", lock, strerror(errno));
    return true;
}

bool file_lock_folder(const char *path, int *out_fd, struct error *err)
{
    if (path[0] == '\0')
        return fail(err, ERR_INVALID, "the folder's name is empty");
    if (!make_folders(path, err))
        return false;
    char *lock = text_join(path, strlen(path), "/lock");
    int fd = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    bool ok = fd >= 0 || fail(err, ERR_SYSTEM, "cannot write %s: %s", lock, strerror(errno));
    if (ok && !lock_taken(fd, path, lock, err)) {
        close(fd);
        ok = false;
    }
    free(lock);
    if (ok)
        *out_fd = fd;
    return ok;
}
