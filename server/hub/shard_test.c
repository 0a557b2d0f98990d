// One shard, with the test in the tick thread's place: what of many people's moves comes through
// the ring that they share, and what becomes of those who flood it. Time stands still unless it is
// moved. Runs under ThreadSanitizer as well.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hub/shard.h"

enum {
    PATIENCE_MS = 20000,
    PEERS_MAX = 4,
    BURST = 30,          // of moves, docs/protocol.md section 3
    FRAMES_BURST = 1000, // section 5.4
    MOVE_US = 40000,     // earns one move
    ROOM_OF_MOVES = MAIL_ORDERS - MAIL_ORDERS / 4,
    ENTITY = 65536, // of the first peer
    FILLER = 999,
};

static _Atomic uint64_t time_us;

static uint64_t read_us(void *context)
{
    return atomic_load(&time_us);
}

static uint64_t read_ms(void *context)
{
    return 1000000;
}

static const struct clock test_clock = {.monotonic_us = read_us, .wall_ms = read_ms};

struct peer {
    int fd;
    entity_id entity;
    uint64_t connection;
    struct websocket_reader reader;
    struct buffer in;
    uint16_t sequence;
};

struct stage {
    struct hub_settings settings;
    struct mailbox mailbox;
    struct shard shard;
    struct peer peers[PEERS_MAX];
    uint32_t peer_count;
};

static struct stage *stage_open(uint32_t fillers)
{
    struct stage *stage = calloc(1, sizeof *stage);
    assert_non_null(stage);
    atomic_store(&time_us, 1000000);
    stage->settings.clock = &test_clock;
    stage->settings.unread_bytes_max = 65536;
    viewer_settings_preset(&stage->settings.viewer);
    mailbox_init(&stage->mailbox);
    for (uint32_t i = 0; i < fillers; i++) {
        struct order order = {.kind = ORDER_MOVE, .entity = {FILLER}};
        assert_true(ring_push(&stage->mailbox.orders, &order));
    }
    struct error err;
    assert_true(shard_init(&stage->shard, 0, &stage->settings, &stage->mailbox, &err));
    assert_true(shard_start(&stage->shard, &err));
    return stage;
}

static void stage_close(struct stage *stage)
{
    shard_stop(&stage->shard);
    shard_done(&stage->shard);
    mailbox_done(&stage->mailbox);
    for (uint32_t i = 0; i < stage->peer_count; i++) {
        close(stage->peers[i].fd);
        websocket_reader_done(&stage->peers[i].reader);
        buffer_done(&stage->peers[i].in);
    }
    free(stage);
}

static void wait_for_orders(struct stage *stage, uint32_t count)
{
    for (int i = 0; ring_count(&stage->mailbox.orders) < count; i++) {
        assert_true(i < PATIENCE_MS);
        usleep(1000);
    }
}

// What waits in the ring, joins and fillers left out.
static uint32_t take_orders(struct stage *stage, struct order *out, uint32_t capacity)
{
    uint32_t count = 0;
    struct order order;
    while (ring_pop(&stage->mailbox.orders, &order)) {
        order_free(&order);
        if (order.kind == ORDER_JOIN || order.entity.value == FILLER)
            continue;
        assert_true(count < capacity);
        out[count++] = order;
    }
    return count;
}

// --- a peer on one end of a socket pair ----------------------------------------------------------

static void peer_send(struct peer *peer, const void *bytes, size_t size)
{
    assert_int_equal(send(peer->fd, bytes, size, MSG_NOSIGNAL), size);
}

static bool peer_read_more(struct peer *peer)
{
    struct pollfd wait = {.fd = peer->fd, .events = POLLIN};
    assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
    uint8_t *room = buffer_reserve(&peer->in, 65536);
    ssize_t got = recv(peer->fd, room, 65536, 0);
    if (got <= 0)
        return false;
    peer->in.size += (size_t)got;
    return true;
}

static void peer_ask(struct peer *peer)
{
    struct ticket ticket = {.use = TICKET_ENTER, .expires_wall_ms = UINT32_MAX, .instance = 1};
    memset(ticket.person, 7, sizeof ticket.person);
    snprintf(ticket.name, sizeof ticket.name, "Ada");
    snprintf(ticket.world, sizeof ticket.world, "plaza");
    static const uint8_t secret[TICKET_SECRET_BYTES]; // zeros, as in the settings
    char token[TICKET_TEXT_BYTES_MAX], request[2048];
    ticket_write(&ticket, secret, token);
    int size = snprintf(request, sizeof request,
                        "GET /v1/realtime?ticket=%s HTTP/1.1\r\nHost: localhost\r\n"
                        "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        "Sec-WebSocket-Version: 13\r\n\r\n",
                        token);
    peer_send(peer, request, (size_t)size);
}

static void let_in(struct stage *stage, const struct peer *peer)
{
    struct notice_joined *joined = calloc(1, sizeof *joined);
    assert_non_null(joined);
    joined->connection = peer->connection;
    joined->joined.entity = peer->entity;
    struct notice notice = {.kind = NOTICE_JOINED, .joined = joined};
    assert_true(ring_push(&stage->mailbox.notices, &notice));
    shard_wake(&stage->shard);
}

static struct peer *peer_enter_by(struct stage *stage, int socket_type)
{
    uint32_t slot = stage->peer_count++;
    struct peer *peer = &stage->peers[slot];
    int pair[2], on = 1;
    assert_int_equal(socketpair(AF_UNIX, socket_type | SOCK_CLOEXEC, 0, pair), 0);
    *peer = (struct peer){.fd = pair[0],
                          .entity = {ENTITY + slot},
                          .connection = connection_handle(0, slot, slot + 1)};
    websocket_reader_init(&peer->reader, WEBSOCKET_CLIENT, 1 << 20);
    assert_int_equal(ioctl(pair[1], FIONBIO, &on), 0);
    struct stream stream = {.fd = pair[1], .address_slot = UINT32_MAX};
    uint32_t orders = ring_count(&stage->mailbox.orders);
    shard_take(&stage->shard, &stream);
    peer_ask(peer);
    wait_for_orders(stage, orders + 1);
    let_in(stage, peer);
    uint8_t *end = NULL;
    while (!end) {
        assert_true(peer_read_more(peer));
        end = memmem(peer->in.bytes, peer->in.size, "\r\n\r\n", 4);
    }
    buffer_consume(&peer->in, (size_t)(end + 4 - peer->in.bytes));
    return peer;
}

static struct peer *peer_enter(struct stage *stage)
{
    return peer_enter_by(stage, SOCK_STREAM);
}

static void peer_say(struct peer *peer, enum websocket_opcode opcode, const void *payload,
                     size_t size)
{
    static const uint8_t mask[4] = {1, 2, 3, 4};
    struct buffer out = {0};
    websocket_append_masked(&out, opcode, payload, size, mask);
    peer_send(peer, out.bytes, out.size);
    buffer_done(&out);
}

static void peer_move(struct peer *peer, int times)
{
    for (int i = 0; i < times; i++) {
        struct wire_move move = {.sequence = ++peer->sequence, .state = {.x_cm = peer->sequence}};
        uint8_t bytes[WIRE_MOVE_BYTES];
        wire_move_write(&move, bytes);
        peer_say(peer, WEBSOCKET_OP_BINARY, bytes, sizeof bytes);
    }
}

// The code the connection is closed with; 0 when a text with `word` comes first.
static uint16_t peer_wait(struct peer *peer, const char *word)
{
    for (;;) {
        size_t taken = 0;
        struct websocket_event event = {0};
        if (peer->in.size)
            event = websocket_read(&peer->reader, peer->in.bytes, peer->in.size, &taken);
        bool found = event.kind == WEBSOCKET_TEXT &&
                     memmem(event.payload, event.size, word, strlen(word)) != NULL;
        buffer_consume(&peer->in, taken);
        if (event.kind == WEBSOCKET_CLOSE)
            return event.close_code;
        if (found)
            return 0;
        if (taken == 0)
            assert_true(peer_read_more(peer));
    }
}

// Until the shard has read all that the peer has sent.
static void peer_sync(struct peer *peer)
{
    static const char ping[] = "{\"t\":\"ping\",\"n\":1}";
    peer_say(peer, WEBSOCKET_OP_TEXT, ping, sizeof ping - 1);
    assert_int_equal(peer_wait(peer, "pong"), 0);
}

// --- facts ---------------------------------------------------------------------------------------

static void of_moves_beyond_the_rate_the_newest_is_taken_when_it_may(void **state)
{
    struct stage *stage = stage_open(0);
    struct peer *ada = peer_enter(stage);
    struct order orders[64];
    peer_move(ada, BURST + 10);
    peer_sync(ada);
    assert_int_equal(take_orders(stage, orders, 64), BURST);
    for (int i = 0; i < BURST; i++)
        assert_int_equal(orders[i].move.sequence, i + 1);
    atomic_fetch_add(&time_us, MOVE_US);
    wait_for_orders(stage, 1);
    assert_int_equal(take_orders(stage, orders, 64), 1);
    assert_int_equal(orders[0].move.sequence, BURST + 10);
    // It is taken once, and the next one goes straight through.
    atomic_fetch_add(&time_us, MOVE_US);
    usleep(100000);
    peer_move(ada, 1);
    peer_sync(ada);
    assert_int_equal(take_orders(stage, orders, 64), 1);
    assert_int_equal(orders[0].move.sequence, BURST + 11);
    stage_close(stage);
}

static void an_older_move_that_waits_is_not_taken_after_a_newer_one(void **state)
{
    struct stage *stage = stage_open(0);
    struct peer *ada = peer_enter(stage);
    struct order orders[64];
    for (int round = 0; round < 20; round++) {
        peer_move(ada, BURST + 2);
        atomic_fetch_add(&time_us, 2 * MOVE_US);
        peer_move(ada, 1);
        peer_sync(ada);
        uint32_t count = take_orders(stage, orders, 64);
        for (uint32_t i = 1; i < count; i++)
            assert_true(orders[i].move.sequence > orders[i - 1].move.sequence);
        atomic_fetch_add(&time_us, 1000000);
        usleep(30000);
        take_orders(stage, orders, 64);
        atomic_fetch_add(&time_us, 1000000);
    }
    stage_close(stage);
}

static void a_flood_takes_no_more_of_the_ring_than_anybody_may(void **state)
{
    struct stage *stage = stage_open(0);
    struct peer *flooder = peer_enter(stage), *ada = peer_enter(stage);
    struct order orders[256];
    peer_move(flooder, FRAMES_BURST - 100);
    peer_move(ada, 5);
    peer_sync(flooder);
    peer_sync(ada);
    uint32_t count = take_orders(stage, orders, 256), of_flooder = 0, of_ada = 0;
    for (uint32_t i = 0; i < count; i++) {
        of_flooder += orders[i].entity.value == flooder->entity.value;
        if (orders[i].entity.value == ada->entity.value)
            assert_int_equal(orders[i].move.sequence, ++of_ada);
    }
    assert_int_equal(of_flooder, BURST);
    assert_int_equal(of_ada, 5);
    stage_close(stage);
}

static void the_last_move_outlives_a_full_ring(void **state)
{
    struct stage *stage = stage_open(ROOM_OF_MOVES);
    struct peer *ada = peer_enter(stage), *ben = peer_enter(stage), *eve = peer_enter(stage);
    struct order orders[16];
    peer_move(ada, 3);
    peer_move(ben, 7);
    peer_move(eve, 2);
    peer_sync(ada);
    peer_sync(ben);
    close(eve->fd); // who is gone no longer waits
    eve->fd = -1;
    wait_for_orders(stage, ROOM_OF_MOVES + 4); // three joined, one lingers: those found room
    assert_int_equal(take_orders(stage, orders, 16), 1);
    assert_int_equal(orders[0].kind, ORDER_LINGER);
    wait_for_orders(stage, 2);
    assert_int_equal(take_orders(stage, orders, 16), 2);
    assert_int_equal(orders[0].entity.value, ada->entity.value);
    assert_int_equal(orders[0].move.sequence, 3);
    assert_int_equal(orders[1].entity.value, ben->entity.value);
    assert_int_equal(orders[1].move.sequence, 7);
    stage_close(stage);
}

static void check_expelled(struct stage *stage, struct peer *peer, struct peer *other)
{
    assert_int_equal(peer_wait(peer, "pong"), 4429);
    peer_sync(other);
    struct order orders[64];
    uint32_t count = take_orders(stage, orders, 64);
    assert_true(count > 0);
    assert_int_equal(orders[count - 1].kind, ORDER_LEAVE);
    assert_int_equal(orders[count - 1].entity.value, peer->entity.value);
    assert_true(orders[count - 1].connection == peer->connection);
}

static void a_lasting_flood_is_closed_and_its_sender_goes_at_once(void **state)
{
    struct stage *stage = stage_open(0);
    struct peer *flooder = peer_enter(stage), *ada = peer_enter(stage);
    struct order orders[64];
    peer_move(flooder, FRAMES_BURST - 1);
    peer_sync(flooder); // the last that is borne
    assert_int_equal(take_orders(stage, orders, 64), BURST);
    peer_move(flooder, 20);
    check_expelled(stage, flooder, ada);
    stage_close(stage);
}

static void pieces_of_a_message_count_as_much_as_messages(void **state)
{
    struct stage *stage = stage_open(0);
    struct peer *flooder = peer_enter(stage), *ada = peer_enter(stage);
    for (int i = 0; i <= FRAMES_BURST; i++) {
        const uint8_t piece[] = {i ? 0 : WEBSOCKET_OP_TEXT, 0x81, 0, 0, 0, 0, ' '};
        peer_send(flooder, piece, sizeof piece);
    }
    check_expelled(stage, flooder, ada);
    stage_close(stage);
}

static void single_bytes_count_as_much_as_messages(void **state)
{
    struct stage *stage = stage_open(0);
    // Keeps what is sent apart, so that each byte is a read of its own.
    struct peer *dribbler = peer_enter_by(stage, SOCK_SEQPACKET), *ada = peer_enter(stage);
    static const uint8_t head[] = {0x82, 0x80 | 126, 4000 >> 8, 4000 & 255, 0, 0, 0, 0};
    for (size_t i = 0; i <= FRAMES_BURST; i++)
        peer_send(dribbler, i < sizeof head ? &head[i] : &head[4], 1);
    check_expelled(stage, dribbler, ada);
    stage_close(stage);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_moves_beyond_the_rate_the_newest_is_taken_when_it_may),
        cmocka_unit_test(an_older_move_that_waits_is_not_taken_after_a_newer_one),
        cmocka_unit_test(a_flood_takes_no_more_of_the_ring_than_anybody_may),
        cmocka_unit_test(the_last_move_outlives_a_full_ring),
        cmocka_unit_test(a_lasting_flood_is_closed_and_its_sender_goes_at_once),
        cmocka_unit_test(pieces_of_a_message_count_as_much_as_messages),
        cmocka_unit_test(single_bytes_count_as_much_as_messages),
    };
    return cmocka_run_group_tests_name("hub/shard", tests, NULL, NULL);
}
