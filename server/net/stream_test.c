#include "net/stream.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "net/address.h"
#include "net/quota.h"
#include "net/test_client.h"

static struct stream made(int *other)
{
    int pair[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
    *other = pair[1];
    return (struct stream){.fd = pair[0]};
}

static void early_bytes_come_first(void **state)
{
    int other;
    struct stream stream = made(&other);
    char got[16];
    size_t size;
    stream.early = (uint8_t *)strdup("early");
    stream.early_size = 5;
    assert_int_equal(write(other, "late", 4), 4);
    assert_true(stream_has_buffered(&stream));
    assert_int_equal(stream_read(&stream, got, 3, &size), STREAM_OK);
    assert_int_equal(size, 3);
    assert_memory_equal(got, "ear", 3);
    assert_int_equal(stream_read(&stream, got, sizeof got, &size), STREAM_OK);
    assert_memory_equal(got, "ly", 2);
    assert_false(stream_has_buffered(&stream));
    assert_int_equal(stream_read(&stream, got, sizeof got, &size), STREAM_OK);
    assert_memory_equal(got, "late", 4);
    assert_int_equal(stream_read(&stream, got, sizeof got, &size), STREAM_AGAIN);
    assert_int_equal(size, 0);
    stream_close(&stream);
    close(other);
}

static void early_bytes_never_taken_are_freed(void **state)
{
    int other;
    struct stream stream = made(&other);
    stream.early = (uint8_t *)strdup("early");
    stream.early_size = 5;
    stream_close(&stream);
    close(other);
}

static void the_end_is_told_after_the_last_byte(void **state)
{
    int other;
    struct stream stream = made(&other);
    char got[16];
    size_t size;
    assert_int_equal(write(other, "x", 1), 1);
    close(other);
    assert_int_equal(stream_read(&stream, got, sizeof got, &size), STREAM_OK);
    assert_int_equal(stream_read(&stream, got, sizeof got, &size), STREAM_END);
    // No signal: the default SIGPIPE would end this test.
    assert_int_equal(stream_write(&stream, "x", 1, &size), STREAM_FAILED);
    assert_int_equal(size, 0);
    stream_close(&stream);
}

static void a_full_socket_says_again_and_loses_nothing(void **state)
{
    int other;
    struct stream stream = made(&other);
    static char bytes[100000], got[100000];
    size_t sent = 0, received = 0, size;
    while (stream_write(&stream, bytes, sizeof bytes, &size) == STREAM_OK)
        sent += size;
    assert_int_equal(size, 0);
    assert_true(sent > 0);
    ssize_t part;
    while ((part = read(other, got, sizeof got)) > 0)
        received += (size_t)part;
    assert_int_equal(received, sent);
    stream_close(&stream);
    close(other);
}

static void closing_gives_back_the_place_and_the_descriptor(void **state)
{
    int other, before = test_open_descriptors();
    struct error err;
    struct quota *quota = quota_create(10, 1, &err);
    struct address address;
    assert_true(address_parse("192.0.2.1", 9, &address));
    struct stream stream = made(&other);
    assert_int_equal(quota_take(quota, &address, &stream.address_slot), QUOTA_OK);
    stream_close(&stream);
    assert_int_equal(quota_count(quota), 0);
    assert_int_equal(stream.fd, -1);
    close(other);
    assert_int_equal(test_open_descriptors(), before);
    quota_destroy(quota);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(early_bytes_come_first),
        cmocka_unit_test(early_bytes_never_taken_are_freed),
        cmocka_unit_test(the_end_is_told_after_the_last_byte),
        cmocka_unit_test(a_full_socket_says_again_and_loses_nothing),
        cmocka_unit_test(closing_gives_back_the_place_and_the_descriptor),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("stream", tests, NULL, NULL);
}
