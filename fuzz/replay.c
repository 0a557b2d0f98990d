// replay: stands in for libFuzzer where there is none: runs the target on every file of the folders
// named, so that seeds and former crashes are tested with any compiler.
#include <dirent.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SEED_BYTES_MAX = 16 << 20 };

static bool replay_file(const char *path)
{
    struct buffer seed = {0};
    struct error err;
    bool good = file_read(path, SEED_BYTES_MAX, &seed, &err);
    if (good)
        LLVMFuzzerTestOneInput(seed.bytes, seed.size);
    else
        fprintf(stderr, "%s\n", err.text);
    buffer_done(&seed);
    return good;
}

static bool replay_folder(const char *path, int *count)
{
    struct dirent **entries;
    int found = scandir(path, &entries, NULL, alphasort);
    bool good = found >= 0;
    for (int i = 0; i < found; i++) {
        char file[4096];
        snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.' && good) {
            good = replay_file(file);
            *count += 1;
        }
        free(entries[i]);
    }
    if (found >= 0)
        free(entries);
    return good;
}

int main(int argc, char **argv)
{
    int count = 0;
    for (int i = 1; i < argc; i++) {
        if (!replay_folder(argv[i], &count)) {
            fprintf(stderr, "%s: cannot be replayed\n", argv[i]);
            return 1;
        }
    }
    printf("%d seeds\n", count);
    return count > 0 ? 0 : 1;
}
