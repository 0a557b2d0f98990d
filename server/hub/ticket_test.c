#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "hub/ticket.h"

static const uint8_t secret[TICKET_SECRET_BYTES] = "the hub's own secret of 32 bytes";
static const uint8_t other_secret[TICKET_SECRET_BYTES] = "not the hub's secret of 32 bytes";

static struct ticket ticket_example(enum ticket_use use)
{
    struct ticket ticket = {
        .use = use,
        .world = "plaza",
        .instance = 4294967295u,
        .person = {0, 1, 2, 3, 255, 254, 253, 0, 8, 9, 10, 11, 12, 13, 14, 15},
        .name = "안녕 \"Ada\" \\",
        .look = 0xfedcba98,
        .spawn = 64,
        .expires_wall_ms = 1700000000000,
    };
    if (use == TICKET_RETURN)
        ticket.place = (struct wire_state){-131072, 131071, -32768, 255, 63, 31};
    return ticket;
}

static bool reads(const char *text, size_t length, const uint8_t *with, uint64_t now_ms)
{
    struct ticket out = {.look = 5};
    struct error err = {0};
    bool good = ticket_read(text, length, with, now_ms, &out, &err);
    assert_int_equal(err.code, good ? ERR_NONE : ERR_UNAUTHENTICATED);
    assert_true(good || out.look == 5); // a refusal writes nothing
    return good;
}

static void what_was_written_reads_the_same(void **state)
{
    for (int use = TICKET_ENTER; use <= TICKET_RETURN; use++) {
        struct ticket ticket = ticket_example((enum ticket_use)use), out;
        char text[TICKET_TEXT_BYTES_MAX];
        size_t length = ticket_write(&ticket, secret, text);
        assert_int_equal(length, strlen(text));
        assert_true(ticket_read(text, length, secret, 1699999999999, &out, NULL));
        assert_int_equal(out.use, ticket.use);
        assert_string_equal(out.world, ticket.world);
        assert_string_equal(out.name, ticket.name);
        assert_memory_equal(out.person, ticket.person, sizeof out.person);
        assert_int_equal(out.instance, ticket.instance);
        assert_int_equal(out.look, ticket.look);
        assert_int_equal(out.spawn, ticket.spawn);
        assert_true(out.expires_wall_ms == ticket.expires_wall_ms);
        assert_memory_equal(&out.place, &ticket.place, sizeof out.place);
    }
}

static void the_longest_name_and_world_fit(void **state)
{
    struct ticket ticket = ticket_example(TICKET_RETURN), out;
    memset(ticket.name, '"', HUB_NAME_BYTES - 1); // each becomes two bytes
    memset(ticket.world, 'w', TICKET_WORLD_BYTES - 1);
    ticket.expires_wall_ms = INT64_MAX;
    char text[TICKET_TEXT_BYTES_MAX];
    size_t length = ticket_write(&ticket, secret, text);
    assert_true(length < TICKET_TEXT_BYTES_MAX);
    assert_true(ticket_read(text, length, secret, 0, &out, NULL));
    assert_string_equal(out.name, ticket.name);
}

static void it_ends_at_its_time(void **state)
{
    struct ticket ticket = ticket_example(TICKET_ENTER);
    char text[TICKET_TEXT_BYTES_MAX];
    size_t length = ticket_write(&ticket, secret, text);
    assert_true(reads(text, length, secret, ticket.expires_wall_ms - 1));
    assert_false(reads(text, length, secret, ticket.expires_wall_ms));
}

static void another_secret_does_not_read_it(void **state)
{
    struct ticket ticket = ticket_example(TICKET_ENTER);
    char text[TICKET_TEXT_BYTES_MAX];
    size_t length = ticket_write(&ticket, secret, text);
    assert_false(reads(text, length, other_secret, 0));
}

static void a_change_of_any_bit_is_noticed(void **state)
{
    struct ticket ticket = ticket_example(TICKET_RETURN);
    char text[TICKET_TEXT_BYTES_MAX];
    size_t length = ticket_write(&ticket, secret, text);
    for (size_t at = 0; at < length; at++) {
        for (unsigned bit = 0; bit < 8; bit++) {
            text[at] = (char)(text[at] ^ 1 << bit);
            assert_false(reads(text, length, secret, 0));
            text[at] = (char)(text[at] ^ 1 << bit);
        }
    }
    assert_true(reads(text, length, secret, 0));
}

static void every_shorter_text_and_longer_text_is_refused(void **state)
{
    struct ticket ticket = ticket_example(TICKET_RETURN);
    char text[TICKET_TEXT_BYTES_MAX];
    size_t length = ticket_write(&ticket, secret, text);
    for (size_t cut = 0; cut < length; cut++) {
        char *exact = malloc(cut + 1);
        memcpy(exact, text, cut);
        assert_false(reads(exact, cut, secret, 0));
        free(exact);
    }
    char longer[4 * TICKET_TEXT_BYTES_MAX];
    memset(longer, 'A', sizeof longer);
    memcpy(longer, text, length);
    assert_false(reads(longer, length + 1, secret, 0));
    assert_false(reads(longer, sizeof longer, secret, 0));
}

static void what_is_no_ticket_is_refused(void **state)
{
    static const char *const texts[] = {
        "", ".", "..", "AAAA.AAAAAAAAAAAAAAAAAAAAAA", "{\"u\":\"enter\"}.AAAAAAAAAAAAAAAAAAAAAA",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_false(reads(texts[i], strlen(texts[i]), secret, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_reads_the_same),
        cmocka_unit_test(the_longest_name_and_world_fit),
        cmocka_unit_test(it_ends_at_its_time),
        cmocka_unit_test(another_secret_does_not_read_it),
        cmocka_unit_test(a_change_of_any_bit_is_noticed),
        cmocka_unit_test(every_shorter_text_and_longer_text_is_refused),
        cmocka_unit_test(what_is_no_ticket_is_refused),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("hub/ticket", tests, NULL, NULL);
}
