#include "app/data_folder.h"

#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/random.h"

enum { PATH_BYTES_MAX = 4096 };

static bool read_or_make_secret(struct data_folder *folder, struct error *err)
{
    char path[PATH_BYTES_MAX];
    if (snprintf(path, sizeof path, "%s/ticket.key", folder->path) >= (int)sizeof path)
        return fail(err, ERR_INVALID, "the data folder's name is too long");
    struct buffer found = {0};
    if (file_read(path, 4096, &found, err)) {
        bool whole = found.size == sizeof folder->secret;
        if (whole)
            memcpy(folder->secret, found.bytes, sizeof folder->secret);
        buffer_done(&found);
        return whole || fail(err, ERR_INVALID,
                             "%s is not a key of %zu bytes; remove it to have a new one made", path,
                             sizeof folder->secret);
    }
    buffer_done(&found);
    if (err->code != ERR_NOT_FOUND)
        return false;
    random_secret(folder->secret, sizeof folder->secret);
    return file_write_atomic(path, folder->secret, sizeof folder->secret, 0600, err);
}

bool data_folder_open(struct data_folder *folder, const char *path, struct error *err)
{
    *folder = (struct data_folder){.path = path, .lock_fd = -1};
    if (!file_lock_folder(path, &folder->lock_fd, err))
        return false;
    if (read_or_make_secret(folder, err))
        return true;
    data_folder_close(folder);
    return false;
}

void data_folder_close(struct data_folder *folder)
{
    if (folder->lock_fd >= 0)
        close(folder->lock_fd);
    folder->lock_fd = -1;
}
