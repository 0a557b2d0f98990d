#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"

static char folder[64];

static const char *path_in(const char *name)
{
    static char path[200];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    return path;
}

static int make_folder(void **state)
{
    snprintf(folder, sizeof(folder), "/tmp/flux file test.XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static void remove_tree(const char *path)
{
    DIR *open_folder = opendir(path);
    for (struct dirent *entry; open_folder && (entry = readdir(open_folder));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char inner[600];
        snprintf(inner, sizeof(inner), "%s/%s", path, entry->d_name);
        if (unlink(inner) != 0)
            remove_tree(inner);
    }
    if (open_folder)
        closedir(open_folder);
    rmdir(path);
}

static int drop_folder(void **state)
{
    remove_tree(folder);
    return 0;
}

static int count_entries(void)
{
    DIR *open_folder = opendir(folder);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(open_folder));)
        count += entry->d_name[0] != '.';
    closedir(open_folder);
    return count;
}

static void what_was_written_is_read_back(void **state)
{
    struct error err = {0};
    struct buffer out = {0};
    assert_true(file_write_atomic(path_in("world"), "first", 5, 0600, &err));
    assert_true(file_write_atomic(path_in("world"), "second\0!", 8, 0640, &err));
    assert_true(file_read(path_in("world"), 8, &out, &err));
    assert_int_equal(out.size, 8);
    assert_memory_equal(out.bytes, "second\0!", 8);
    buffer_done(&out);

    struct stat status;
    assert_int_equal(stat(path_in("world"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    assert_int_equal(count_entries(), 1);
}

static void a_large_file_is_read_whole(void **state)
{
    struct error err = {0};
    size_t size = 300001;
    uint8_t *bytes = malloc(size);
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(i * 31);
    struct buffer out = {0};
    buffer_append(&out, "head", 4);
    assert_true(file_write_atomic(path_in("large"), bytes, size, 0600, &err));
    assert_true(file_read(path_in("large"), size, &out, &err));
    assert_int_equal(out.size, size + 4);
    assert_memory_equal(out.bytes, "head", 4);
    assert_memory_equal(out.bytes + 4, bytes, size);
    buffer_done(&out);
    free(bytes);
}

static void an_empty_file_is_read_as_nothing(void **state)
{
    struct error err = {0};
    struct buffer out = {0};
    assert_true(file_write_atomic(path_in("empty"), "", 0, 0600, &err));
    assert_true(file_read(path_in("empty"), 0, &out, &err));
    assert_int_equal(out.size, 0);
    buffer_done(&out);
}

static void a_missing_file_is_not_found(void **state)
{
    struct error err = {0};
    struct buffer out = {0};
    assert_false(file_read(path_in("missing"), 10, &out, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, "missing"));
    assert_false(file_read(folder, 10, &out, &err));
    assert_int_equal(err.code, ERR_SYSTEM);
    buffer_done(&out);
}

static void a_file_over_the_limit_leaves_the_buffer_as_it_was(void **state)
{
    struct error err = {0};
    struct buffer out = {0};
    buffer_append(&out, "kept", 4);
    assert_true(file_write_atomic(path_in("nine"), "123456789", 9, 0600, &err));
    assert_false(file_read(path_in("nine"), 8, &out, &err));
    assert_int_equal(err.code, ERR_TOO_LARGE);
    assert_int_equal(out.size, 4);
    assert_memory_equal(out.bytes, "kept", 4);
    buffer_done(&out);
}

static void a_write_that_fails_leaves_nothing_behind(void **state)
{
    struct error err = {0};
    assert_false(file_write_atomic(path_in("no/such/folder"), "x", 1, 0600, &err));
    assert_int_equal(err.code, ERR_NOT_FOUND);
    // A folder stands where the file should go: the rename fails after everything was written.
    assert_int_equal(mkdir(path_in("taken"), 0700), 0);
    assert_false(file_write_atomic(path_in("taken"), "x", 1, 0600, &err));
    assert_int_equal(err.code, ERR_SYSTEM);
    assert_int_equal(count_entries(), 1);
}

static void a_folder_is_made_with_its_parents_and_locked(void **state)
{
    struct error err = {0};
    int fd = -1;
    assert_true(file_lock_folder(path_in("a/b/c"), &fd, &err));
    assert_true(fd >= 0);
    struct buffer out = {0};
    assert_true(file_read(path_in("a/b/c/lock"), 20, &out, &err));
    char pid[24];
    int length = snprintf(pid, sizeof(pid), "%ld\n", (long)getpid());
    assert_int_equal(out.size, length);
    assert_memory_equal(out.bytes, pid, (size_t)length);
    buffer_done(&out);
    close(fd);
}

static void a_locked_folder_names_its_holder(void **state)
{
    struct error err = {0};
    int fd = -1, other = -1;
    assert_true(file_lock_folder(path_in("held"), &fd, &err));
    assert_false(file_lock_folder(path_in("held/"), &other, &err));
    assert_int_equal(err.code, ERR_CONFLICT);
    assert_int_equal(other, -1);
    char pid[24];
    snprintf(pid, sizeof(pid), " %ld:", (long)getpid());
    assert_non_null(strstr(err.text, pid));
    close(fd);
    assert_true(file_lock_folder(path_in("held"), &other, &err));
    close(other);
}

static void a_lock_ends_with_its_process(void **state)
{
    pid_t child = fork();
    if (child == 0) {
        int fd;
        struct error err;
        _exit(file_lock_folder(path_in("left"), &fd, &err) ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    int fd = -1;
    struct error err = {0};
    assert_true(file_lock_folder(path_in("left"), &fd, &err));
    close(fd);
}

static void a_folder_that_cannot_be_made_says_why(void **state)
{
    struct error err = {0};
    int fd = -1;
    assert_true(file_write_atomic(path_in("file"), "", 0, 0600, &err));
    assert_false(file_lock_folder(path_in("file"), &fd, &err));
    assert_int_equal(err.code, ERR_SYSTEM);
    assert_non_null(strstr(err.text, "not a folder"));
    assert_false(file_lock_folder(path_in("file/below"), &fd, &err));
    assert_int_equal(err.code, ERR_SYSTEM);
    assert_false(file_lock_folder("", &fd, &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_int_equal(fd, -1);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, drop_folder)

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        IN_FOLDER(what_was_written_is_read_back),
        IN_FOLDER(a_large_file_is_read_whole),
        IN_FOLDER(an_empty_file_is_read_as_nothing),
        IN_FOLDER(a_missing_file_is_not_found),
        IN_FOLDER(a_file_over_the_limit_leaves_the_buffer_as_it_was),
        IN_FOLDER(a_write_that_fails_leaves_nothing_behind),
        IN_FOLDER(a_folder_is_made_with_its_parents_and_locked),
        IN_FOLDER(a_locked_folder_names_its_holder),
        IN_FOLDER(a_lock_ends_with_its_process),
        IN_FOLDER(a_folder_that_cannot_be_made_says_why),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
