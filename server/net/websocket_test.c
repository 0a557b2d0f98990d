#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "net/utf8.h"
#include "net/websocket.h"

static const uint8_t mask[4] = {0x37, 0xfa, 0x21, 0x3d};

enum { MESSAGE_MAX = 1000, SEEN_MAX = 16 };

struct seen {
    enum websocket_event_kind kind;
    uint16_t close_code;
    size_t size;
    uint8_t payload[MESSAGE_MAX + 200];
};

// What a reader made of some bytes: every event but NEED_MORE.
struct story {
    struct seen events[SEEN_MAX];
    int count;
};

static void story_add(struct story *story, const struct websocket_event *event)
{
    assert_true(story->count < SEEN_MAX);
    struct seen *seen = &story->events[story->count++];
    seen->kind = event->kind;
    seen->close_code = event->close_code;
    seen->size = event->size;
    assert_true(event->size <= sizeof seen->payload);
    if (event->size > 0)
        memcpy(seen->payload, event->payload, event->size);
}

// Feeds `step` bytes at a time from an exact-size block, as a socket would.
static struct story read_in_steps(enum websocket_role role, const uint8_t *bytes, size_t size,
                                  size_t step)
{
    struct story story = {0};
    struct websocket_reader reader;
    struct buffer inbox = {0};
    websocket_reader_init(&reader, role, MESSAGE_MAX);
    for (size_t at = 0; at < size && !reader.failed; at += step) {
        buffer_append(&inbox, bytes + at, size - at < step ? size - at : step);
        for (;;) {
            size_t taken;
            struct websocket_event event = websocket_read(&reader, inbox.bytes, inbox.size, &taken);
            if (event.kind != WEBSOCKET_NEED_MORE)
                story_add(&story, &event);
            if (event.kind == WEBSOCKET_VIOLATION) {
                assert_int_equal(taken, 0);
                assert_non_null(event.reason);
                break;
            }
            if (taken == 0)
                break;
            buffer_consume(&inbox, taken);
        }
    }
    websocket_reader_done(&reader);
    buffer_done(&inbox);
    return story;
}

static void assert_same_story(const struct story *a, const struct story *b)
{
    assert_int_equal(a->count, b->count);
    for (int i = 0; i < a->count; i++) {
        assert_int_equal(a->events[i].kind, b->events[i].kind);
        assert_int_equal(a->events[i].close_code, b->events[i].close_code);
        assert_int_equal(a->events[i].size, b->events[i].size);
        assert_memory_equal(a->events[i].payload, b->events[i].payload, a->events[i].size);
    }
}

// Whole, byte by byte, and in pieces that divide nothing evenly: it must not matter.
static struct story read_all_ways(const uint8_t *bytes, size_t size)
{
    struct story whole = read_in_steps(WEBSOCKET_SERVER, bytes, size, size);
    for (size_t step = 1; step < 8; step++) {
        struct story pieces = read_in_steps(WEBSOCKET_SERVER, bytes, size, step);
        assert_same_story(&whole, &pieces);
    }
    return whole;
}

// A client's frame with any first byte.
static void put_frame(struct buffer *out, uint8_t first, const void *payload, size_t size)
{
    size_t begin = out->size;
    websocket_append_masked(out, WEBSOCKET_OP_TEXT, payload, size, mask);
    out->bytes[begin] = first;
}

static void one_frame_is_one_message(void **state)
{
    static const size_t sizes[] = {0, 1, 7, 125, 126, 127, 128, 999, 1000};
    uint8_t payload[MESSAGE_MAX];
    for (size_t i = 0; i < sizeof payload; i++)
        payload[i] = (uint8_t)(i * 7);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        struct buffer frame = {0};
        websocket_append_masked(&frame, WEBSOCKET_OP_BINARY, payload, sizes[i], mask);
        struct story story = read_all_ways(frame.bytes, frame.size);
        assert_int_equal(story.count, 1);
        assert_int_equal(story.events[0].kind, WEBSOCKET_BINARY);
        assert_int_equal(story.events[0].size, sizes[i]);
        assert_memory_equal(story.events[0].payload, payload, sizes[i]);
        buffer_done(&frame);
    }
}

static void a_large_message_has_a_64_bit_length(void **state)
{
    struct buffer frame = {0};
    static uint8_t payload[70000];
    memset(payload, 'x', sizeof payload);
    websocket_append(&frame, WEBSOCKET_OP_TEXT, payload, sizeof payload);
    assert_int_equal(frame.size, sizeof payload + 10);
    struct websocket_reader reader;
    size_t taken;
    websocket_reader_init(&reader, WEBSOCKET_CLIENT, 70000);
    struct websocket_event event = websocket_read(&reader, frame.bytes, frame.size, &taken);
    assert_int_equal(event.kind, WEBSOCKET_TEXT);
    assert_int_equal(event.size, sizeof payload);
    assert_int_equal(taken, frame.size);
    websocket_reader_done(&reader);
    buffer_done(&frame);
}

static void fragments_are_joined_around_control_frames(void **state)
{
    struct buffer bytes = {0};
    put_frame(&bytes, 0x01, "Hel", 3);
    put_frame(&bytes, 0x89, "are you there", 13);
    put_frame(&bytes, 0x00, "", 0);
    put_frame(&bytes, 0x8a, "", 0);
    put_frame(&bytes, 0x80, "lo", 2);
    put_frame(&bytes, 0x82, "\x01", 1);
    struct story story = read_all_ways(bytes.bytes, bytes.size);
    assert_int_equal(story.count, 4);
    assert_int_equal(story.events[0].kind, WEBSOCKET_PING);
    assert_memory_equal(story.events[0].payload, "are you there", 13);
    assert_int_equal(story.events[1].kind, WEBSOCKET_PONG);
    assert_int_equal(story.events[2].kind, WEBSOCKET_TEXT);
    assert_int_equal(story.events[2].size, 5);
    assert_memory_equal(story.events[2].payload, "Hello", 5);
    assert_int_equal(story.events[3].kind, WEBSOCKET_BINARY);
    buffer_done(&bytes);
}

static void an_empty_fragmented_message_is_a_message(void **state)
{
    struct buffer bytes = {0};
    put_frame(&bytes, 0x02, "", 0);
    put_frame(&bytes, 0x80, "", 0);
    struct story story = read_all_ways(bytes.bytes, bytes.size);
    assert_int_equal(story.count, 1);
    assert_int_equal(story.events[0].kind, WEBSOCKET_BINARY);
    assert_int_equal(story.events[0].size, 0);
    buffer_done(&bytes);
}

static void a_character_may_be_cut_by_a_fragment(void **state)
{
    struct buffer bytes = {0};
    put_frame(&bytes, 0x01, "\xf0\x9f", 2);
    put_frame(&bytes, 0x00, "\x98", 1);
    put_frame(&bytes, 0x80, "\x80", 1);
    struct story story = read_all_ways(bytes.bytes, bytes.size);
    assert_int_equal(story.count, 1);
    assert_int_equal(story.events[0].kind, WEBSOCKET_TEXT);
    assert_int_equal(story.events[0].size, 4);
    buffer_done(&bytes);
}

static void broken_text_fails_with_its_first_bad_fragment(void **state)
{
    struct buffer bytes = {0};
    put_frame(&bytes, 0x01, "\xce\xba\xe1\xbd\xb9\xed\xa0\x80", 8);
    struct story story = read_all_ways(bytes.bytes, bytes.size);
    assert_int_equal(story.count, 1);
    assert_int_equal(story.events[0].kind, WEBSOCKET_VIOLATION);
    assert_int_equal(story.events[0].close_code, 1007);
    buffer_done(&bytes);
}

// Each row is the beginning of what a client sends, and the code that must answer it. No row is
// longer than what shows the fault, so each also says that it is found without waiting for more.
static void what_breaks_the_rules_is_refused_with_its_code(void **state)
{
#define ROW(code, text)                                                                            \
    {                                                                                              \
        code, text, sizeof text - 1                                                                \
    }
    static const struct {
        uint16_t code;
        const char *bytes;
        size_t size;
    } rows[] = {
        ROW(1002, "\x81\x05"),                                 // not masked
        ROW(1002, "\xc1\x85"),                                 // RSV1
        ROW(1002, "\xa1\x85"),                                 // RSV2
        ROW(1002, "\x91\x85"),                                 // RSV3
        ROW(1002, "\x83\x80"),                                 // reserved data opcodes
        ROW(1002, "\x87\x80"),                                 //
        ROW(1002, "\x8b\x80"),                                 // reserved control opcodes
        ROW(1002, "\x8f\x80"),                                 //
        ROW(1002, "\x09\x80"),                                 // a fragmented ping
        ROW(1002, "\x08\x80"),                                 // a fragmented close
        ROW(1002, "\x89\xfe"),                                 // a ping over 125 bytes
        ROW(1002, "\x88\xff"),                                 // a close over 125 bytes
        ROW(1002, "\x80\x80"),                                 // a continuation of nothing
        ROW(1002, "\x00\x80"),                                 //
        ROW(1002, "\x01\x80....\x81\x80"),                     // a message inside a message
        ROW(1002, "\x02\x80....\x82\x80"),                     //
        ROW(1002, "\x82\xfe\x00\x7d"),                         // lengths not in their shortest form
        ROW(1002, "\x82\xff\0\0\0\0\0\0\xff\xff"),             //
        ROW(1002, "\x82\xff\0\0\0\0\0\0\0\x05"),               //
        ROW(1002, "\x82\xff\x80\0\0\0\0\0\0\0"),               // the top bit of a length
        ROW(1009, "\x82\xfe\x03\xe9"),                         // one over the limit
        ROW(1009, "\x82\xff\0\0\0\0\0\x01\0\0"),               //
        ROW(1009, "\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff"), //
        ROW(1009, "\x02\x81.....\x80\xfe\x03\xe8"),            // the sum of fragments
        ROW(1007, "\x81\x81\0\0\0\0\xff"),                     // not UTF-8
        ROW(1007, "\x81\x82\0\0\0\0\xc3"
                  "A"),
        ROW(1007, "\x81\x81\0\0\0\0\xc3"), // ends inside a character
        ROW(1007, "\x01\x81\0\0\0\0\xc3\x80\x80\0\0\0\0"),
        ROW(1002, "\x88\x81\0\0\0\0\x03"),         // half a close code
        ROW(1002, "\x88\x82\0\0\0\0\x00\x00"),     // close codes that may not be sent
        ROW(1002, "\x88\x82\0\0\0\0\x03\xe7"),     // 999
        ROW(1002, "\x88\x82\0\0\0\0\x03\xec"),     // 1004
        ROW(1002, "\x88\x82\0\0\0\0\x03\xed"),     // 1005
        ROW(1002, "\x88\x82\0\0\0\0\x03\xee"),     // 1006
        ROW(1002, "\x88\x82\0\0\0\0\x03\xf7"),     // 1015
        ROW(1002, "\x88\x82\0\0\0\0\x03\xf8"),     // 1016
        ROW(1002, "\x88\x82\0\0\0\0\x0b\xb7"),     // 2999
        ROW(1002, "\x88\x82\0\0\0\0\x13\x88"),     // 5000
        ROW(1002, "\x88\x82\0\0\0\0\xff\xff"),     //
        ROW(1007, "\x88\x83\0\0\0\0\x03\xe8\xff"), // a reason that is not UTF-8
        ROW(1007, "\x88\x83\0\0\0\0\x03\xe8\xc3"), //
    };
#undef ROW
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct story story = read_all_ways((const uint8_t *)rows[i].bytes, rows[i].size);
        if (story.count != 1)
            print_error("row %zu\n", i);
        assert_int_equal(story.count, 1);
        assert_int_equal(story.events[0].kind, WEBSOCKET_VIOLATION);
        if (story.events[0].close_code != rows[i].code)
            print_error("row %zu\n", i);
        assert_int_equal(story.events[0].close_code, rows[i].code);
        struct story before =
            read_in_steps(WEBSOCKET_SERVER, (const uint8_t *)rows[i].bytes, rows[i].size - 1, 1);
        assert_int_equal(before.count, 0);
    }
}

static void a_close_names_its_code_and_reason(void **state)
{
    static const uint16_t good[] = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011,
                                    1012, 1013, 1014, 3000, 3999, 4000, 4409, 4999};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        uint8_t payload[] = {(uint8_t)(good[i] >> 8), (uint8_t)good[i], 'b', 'y', 'e'};
        struct buffer frame = {0};
        websocket_append_masked(&frame, WEBSOCKET_OP_CLOSE, payload, sizeof payload, mask);
        struct story story = read_all_ways(frame.bytes, frame.size);
        assert_int_equal(story.count, 1);
        assert_int_equal(story.events[0].kind, WEBSOCKET_CLOSE);
        assert_int_equal(story.events[0].close_code, good[i]);
        assert_int_equal(story.events[0].size, 3);
        assert_memory_equal(story.events[0].payload, "bye", 3);
        buffer_done(&frame);
    }
}

static void a_close_without_a_code_is_echoed_as_1000(void **state)
{
    struct buffer frame = {0};
    websocket_append_masked(&frame, WEBSOCKET_OP_CLOSE, "", 0, mask);
    struct story story = read_all_ways(frame.bytes, frame.size);
    assert_int_equal(story.count, 1);
    assert_int_equal(story.events[0].kind, WEBSOCKET_CLOSE);
    assert_int_equal(story.events[0].close_code, 1000);
    buffer_done(&frame);
}

static void a_failed_reader_stays_failed(void **state)
{
    struct websocket_reader reader;
    uint8_t bad[] = {0x81, 0x05}, good[] = {0x82, 0x80, 0, 0, 0, 0};
    size_t taken;
    websocket_reader_init(&reader, WEBSOCKET_SERVER, MESSAGE_MAX);
    assert_int_equal(websocket_read(&reader, bad, sizeof bad, &taken).kind, WEBSOCKET_VIOLATION);
    assert_int_equal(websocket_read(&reader, good, sizeof good, &taken).kind, WEBSOCKET_VIOLATION);
    assert_int_equal(taken, 0);
    websocket_reader_done(&reader);
}

static void a_client_refuses_masked_frames(void **state)
{
    static const uint8_t bytes[] = {0x82, 0x80};
    struct story story = read_in_steps(WEBSOCKET_CLIENT, bytes, sizeof bytes, 1);
    assert_int_equal(story.count, 1);
    assert_int_equal(story.events[0].close_code, 1002);
}

static void masking_twice_changes_nothing(void **state)
{
    uint8_t bytes[67], copy[67];
    for (size_t size = 0; size <= sizeof bytes; size++) {
        for (size_t i = 0; i < size; i++)
            bytes[i] = copy[i] = (uint8_t)(i * 31);
        websocket_mask(bytes, size, mask);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], copy[i] ^ mask[i % 4]);
        websocket_mask(bytes, size, mask);
        assert_memory_equal(bytes, copy, size);
    }
}

static void a_long_close_reason_is_cut_between_characters(void **state)
{
    char reason[200];
    memset(reason, 'a', sizeof reason - 1);
    reason[sizeof reason - 1] = '\0';
    memcpy(reason + 122, "\xea\xb0\x80", 3); // one that begins at the last byte there is room for
    struct buffer frame = {0};
    websocket_append_close(&frame, 4403, reason);
    assert_int_equal(frame.size, 2 + 2 + 122);
    struct story story = read_in_steps(WEBSOCKET_CLIENT, frame.bytes, frame.size, frame.size);
    assert_int_equal(story.events[0].kind, WEBSOCKET_CLOSE);
    assert_int_equal(story.events[0].close_code, 4403);
    assert_int_equal(story.events[0].size, 122);
    buffer_done(&frame);
}

// Against the definition itself: every code point, and every pair of bytes.
static void utf8_takes_what_rfc_3629_takes(void **state)
{
    for (uint32_t c = 0; c < 0x110000; c++) {
        uint8_t bytes[4];
        size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        if (size == 1)
            bytes[0] = (uint8_t)c;
        for (size_t i = size; size > 1 && i > 0; i--)
            bytes[i - 1] = i > 1 ? (uint8_t)(0x80 | (c >> (6 * (size - i)) & 0x3f))
                                 : (uint8_t)(0xf00 >> size | c >> (6 * (size - 1)));
        bool surrogate = c >= 0xd800 && c < 0xe000;
        uint32_t after = utf8_follow(UTF8_BOUNDARY, bytes, size);
        if ((after == UTF8_BOUNDARY) == surrogate)
            print_error("U+%04X\n", c);
        assert_int_equal(after == UTF8_BOUNDARY, !surrogate);
    }
    static const char *const bad[] = {
        "\x80", "\xc0\x80", "\xc1\xbf",    "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
        "\xf5", "\xff",     "abcdefgh\xfe"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_int_equal(utf8_follow(UTF8_BOUNDARY, (const uint8_t *)bad[i], strlen(bad[i])),
                         UTF8_BROKEN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_frame_is_one_message),
        cmocka_unit_test(a_large_message_has_a_64_bit_length),
        cmocka_unit_test(fragments_are_joined_around_control_frames),
        cmocka_unit_test(an_empty_fragmented_message_is_a_message),
        cmocka_unit_test(a_character_may_be_cut_by_a_fragment),
        cmocka_unit_test(broken_text_fails_with_its_first_bad_fragment),
        cmocka_unit_test(what_breaks_the_rules_is_refused_with_its_code),
        cmocka_unit_test(a_close_names_its_code_and_reason),
        cmocka_unit_test(a_close_without_a_code_is_echoed_as_1000),
        cmocka_unit_test(a_failed_reader_stays_failed),
        cmocka_unit_test(a_client_refuses_masked_frames),
        cmocka_unit_test(masking_twice_changes_nothing),
        cmocka_unit_test(a_long_close_reason_is_cut_between_characters),
        cmocka_unit_test(utf8_takes_what_rfc_3629_takes),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("websocket", tests, NULL, NULL);
}
