#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "net/websocket.h"
#include "swarm/garbage.h"
#include "wire/codec.h"

enum { STEPS = 300, MESSAGE_BYTES_MAX = 4096, IN_PLACE_CM = 4000 };

struct heard {
    uint32_t texts, binaries, moves, pings, violations;
};

static bool is_possible(const struct wire_move *move)
{
    return abs(move->state.x_cm) <= IN_PLACE_CM && abs(move->state.z_cm) <= IN_PLACE_CM;
}

// What a server hears, until it would hang up.
static struct heard server_hears(struct buffer *bytes)
{
    struct websocket_reader reader;
    struct heard heard = {0};
    struct wire_move move;
    websocket_reader_init(&reader, WEBSOCKET_SERVER, MESSAGE_BYTES_MAX);
    for (size_t taken = 1; taken > 0 && bytes->size > 0 && heard.violations == 0;) {
        struct websocket_event event = websocket_read(&reader, bytes->bytes, bytes->size, &taken);
        heard.texts += event.kind == WEBSOCKET_TEXT;
        heard.binaries += event.kind == WEBSOCKET_BINARY;
        heard.pings += event.kind == WEBSOCKET_PING;
        heard.violations += event.kind == WEBSOCKET_VIOLATION;
        if (event.kind == WEBSOCKET_BINARY)
            heard.moves +=
                wire_move_read(event.payload, event.size, &move) == WIRE_DONE && is_possible(&move);
        buffer_consume(bytes, taken);
    }
    websocket_reader_done(&reader);
    return heard;
}

static struct heard heard_of(enum garbage_kind kind)
{
    struct garbage garbage;
    struct random random;
    struct buffer bytes = {0};
    random_seed(&random, 7);
    garbage_begin(&garbage, kind);
    for (int i = 0; i < STEPS; i++)
        garbage_write(&garbage, &random, &bytes);
    struct heard heard = server_hears(&bytes);
    buffer_done(&bytes);
    return heard;
}

static void wrong_state_is_well_framed_and_never_a_move(void **state)
{
    struct heard heard = heard_of(GARBAGE_STATE);
    assert_int_equal(heard.binaries, STEPS);
    assert_int_equal(heard.moves, 0);
    assert_int_equal(heard.violations, 0);
}

static void wrong_events_come_many_before_one_is_not_utf8(void **state)
{
    struct heard heard = heard_of(GARBAGE_EVENTS);
    assert_true(heard.texts >= 100);
    assert_int_equal(heard.violations, 1);
}

static void broken_frames_follow_many_pings(void **state)
{
    struct heard heard = heard_of(GARBAGE_FRAMING);
    assert_int_equal(heard.pings, 250);
    assert_int_equal(heard.texts + heard.binaries, 0);
}

static void fragments_end_only_by_their_length(void **state)
{
    struct heard heard = heard_of(GARBAGE_FRAGMENTS);
    assert_int_equal(heard.texts, 0);
    assert_int_equal(heard.violations, 1);
}

static void a_dribble_says_nothing_yet(void **state)
{
    struct heard heard = heard_of(GARBAGE_DRIBBLE);
    assert_int_equal(heard.texts + heard.binaries + heard.violations, 0);
}

static void a_flood_is_all_moves(void **state)
{
    struct random random;
    struct buffer bytes = {0};
    random_seed(&random, 7);
    garbage_flood_write(&random, &bytes);
    struct heard heard = server_hears(&bytes);
    assert_int_equal(heard.moves, heard.binaries);
    assert_true(heard.moves >= 1000);
    assert_int_equal(bytes.size, 0);
    buffer_done(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_state_is_well_framed_and_never_a_move),
        cmocka_unit_test(wrong_events_come_many_before_one_is_not_utf8),
        cmocka_unit_test(broken_frames_follow_many_pings),
        cmocka_unit_test(fragments_end_only_by_their_length),
        cmocka_unit_test(a_dribble_says_nothing_yet),
        cmocka_unit_test(a_flood_is_all_moves),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/garbage", tests, NULL, NULL);
}
