// The whole hub with its threads, spoken to over socket pairs by small clients: what a person's
// connection goes through from ticket to drain. Runs under ThreadSanitizer as well.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <errno.h>
#include <jansson.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "hub/hub.h"
#include "net/websocket.h"
#include "wire/picture.h"

enum { PATIENCE_MS = 20000, SEND_BYTES = 4608 };

static const struct instance_spawn spawn = {.radius_cm = 300};
static const struct hub_world worlds[] = {
    {"plaza",
     {.capacity = 50,
      .least_x_cm = -10000,
      .least_z_cm = -10000,
      .most_x_cm = 10000,
      .most_z_cm = 10000,
      .least_y_cm = -100,
      .most_y_cm = 5000,
      .speed_max_cm_s = 800,
      .earshot_cm = 1500,
      .spawns = &spawn,
      .spawn_count = 1}},
    {"closet",
     {.capacity = 1,
      .least_x_cm = -1000,
      .least_z_cm = -1000,
      .most_x_cm = 1000,
      .most_z_cm = 1000,
      .most_y_cm = 500,
      .speed_max_cm_s = 800,
      .earshot_cm = 1500,
      .spawns = &spawn,
      .spawn_count = 1}},
};

static struct hub *start_hub_of(uint32_t shards, int64_t resets_bytes)
{
    struct hub_settings settings = {.worlds = worlds,
                                    .world_count = 2,
                                    .shard_count = shards,
                                    .resets_bytes = resets_bytes,
                                    .unread_bytes_max = 65536,
                                    .socket_send_bytes = SEND_BYTES,
                                    .clock = &clock_system,
                                    .seed = 7};
    memset(settings.secret, 42, sizeof settings.secret);
    viewer_settings_preset(&settings.viewer);
    struct error err;
    struct hub *hub = hub_create(&settings, &err);
    assert_non_null(hub);
    assert_true(hub_start(hub, &err));
    return hub;
}

static struct hub *start_hub(void)
{
    return start_hub_of(2, 0);
}

// --- a small client over one end of a socket pair
// ------------------------------------------------------------

struct guest {
    int fd;
    struct buffer in;
    struct websocket_reader reader;
    struct picture *picture;
    void *block;
    uint32_t id;
    uint16_t closed_with;
    bool ended;
    int resets;          // frames that began anew
    uint32_t reset_tick; // of the last of them
    char token[TICKET_TEXT_BYTES_MAX];
    int x_cm, y_cm, z_cm;
    uint16_t sequence;
};

static void guest_send_raw(struct guest *guest, const void *bytes, size_t size)
{
    assert_int_equal(send(guest->fd, bytes, size, MSG_NOSIGNAL), size);
}

static void guest_open(struct guest *guest, struct hub *hub, const char *token)
{
    int pair[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    *guest = (struct guest){.fd = pair[0]};
    websocket_reader_init(&guest->reader, WEBSOCKET_CLIENT, 1 << 20);
    guest->block = aligned_alloc(64, (picture_bytes(100) + 63) / 64 * 64);
    guest->picture = picture_init(guest->block, 100);
    struct stream stream = {.fd = pair[1], .address_slot = UINT32_MAX};
    int flags = 1;
    assert_int_equal(ioctl(pair[1], FIONBIO, &flags), 0);
    hub_take(hub, &stream);
    char request[2048];
    int size =
        snprintf(request, sizeof request,
                 "GET /v1/realtime?ticket=%s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                 "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                 "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: flux.v1\r\n\r\n",
                 token);
    guest_send_raw(guest, request, (size_t)size);
}

static void guest_done(struct guest *guest)
{
    close(guest->fd);
    websocket_reader_done(&guest->reader);
    buffer_done(&guest->in);
    free(guest->block);
}

// Reads more; false at the end of the connection. Fails the test when nothing comes for long.
static bool guest_read_more(struct guest *guest)
{
    struct pollfd wait = {.fd = guest->fd, .events = POLLIN};
    assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
    uint8_t *room = buffer_reserve(&guest->in, 65536);
    ssize_t got = recv(guest->fd, room, 65536, 0);
    if (got <= 0) {
        guest->ended = true;
        return false;
    }
    guest->in.size += (size_t)got;
    return true;
}

// The status of the answer to the upgrade; the head is taken off.
static int guest_read_status(struct guest *guest)
{
    for (;;) {
        uint8_t *end =
            guest->in.size ? memmem(guest->in.bytes, guest->in.size, "\r\n\r\n", 4) : NULL;
        if (end) {
            int status = (int)strtol((char *)guest->in.bytes + 9, NULL, 10);
            buffer_consume(&guest->in, (size_t)(end + 4 - guest->in.bytes));
            return status;
        }
        assert_true(guest_read_more(guest));
    }
}

// Takes in messages until a text whose "t" is `kind` comes (returned, to be freed), or the end
// (NULL). Frames go to the picture on the way; with kind NULL one frame ends the wait.
static json_t *guest_wait(struct guest *guest, const char *kind)
{
    for (;;) {
        size_t taken = 0;
        struct websocket_event event = {0};
        if (guest->in.size)
            event = websocket_read(&guest->reader, guest->in.bytes, guest->in.size, &taken);
        json_t *text = NULL;
        bool framed = false;
        if (event.kind == WEBSOCKET_TEXT) {
            text = json_loadb((const char *)event.payload, event.size, 0, NULL);
            assert_non_null(text);
        } else if (event.kind == WEBSOCKET_BINARY) {
            struct wire_frame frame;
            assert_int_equal(wire_frame_read(event.payload, event.size, &frame), WIRE_DONE);
            assert_int_equal(picture_apply(guest->picture, event.payload, event.size, frame.tick),
                             WIRE_DONE);
            if (frame.flags & WIRE_FRAME_RESET) {
                guest->resets++;
                guest->reset_tick = frame.tick;
            }
            framed = true;
        } else if (event.kind == WEBSOCKET_CLOSE) {
            guest->closed_with = event.close_code;
        }
        buffer_consume(&guest->in, taken);
        if (text && kind && strcmp(json_string_value(json_object_get(text, "t")), kind) == 0)
            return text;
        json_decref(text);
        if (framed && !kind)
            return NULL;
        if (taken == 0 && !guest_read_more(guest))
            return NULL;
    }
}

static void guest_say(struct guest *guest, const char *text)
{
    static const uint8_t mask[4] = {1, 2, 3, 4};
    struct buffer out = {0};
    websocket_append_masked(&out, WEBSOCKET_OP_TEXT, text, strlen(text), mask);
    guest_send_raw(guest, out.bytes, out.size);
    buffer_done(&out);
}

static void guest_move(struct guest *guest, int dx_cm, int dz_cm)
{
    static const uint8_t mask[4] = {9, 8, 7, 6};
    guest->x_cm += dx_cm;
    guest->z_cm += dz_cm;
    struct wire_move move = {
        .sequence = ++guest->sequence,
        .state = {.x_cm = guest->x_cm, .y_cm = (int16_t)guest->y_cm, .z_cm = guest->z_cm}};
    uint8_t bytes[WIRE_MOVE_BYTES];
    wire_move_write(&move, bytes);
    struct buffer out = {0};
    websocket_append_masked(&out, WEBSOCKET_OP_BINARY, bytes, sizeof bytes, mask);
    guest_send_raw(guest, out.bytes, out.size);
    buffer_done(&out);
}

static const char *text_of(const json_t *event, const char *member)
{
    return json_string_value(json_object_get(event, member));
}

static json_t *guest_welcome(struct guest *guest)
{
    assert_int_equal(guest_read_status(guest), 101);
    json_t *welcome = guest_wait(guest, "welcome");
    assert_non_null(welcome);
    guest->id = (uint32_t)json_integer_value(json_object_get(welcome, "you"));
    snprintf(guest->token, sizeof guest->token, "%s", text_of(welcome, "token"));
    json_t *at = json_object_get(welcome, "at");
    guest->x_cm = (int)json_integer_value(json_array_get(at, 0));
    guest->y_cm = (int)json_integer_value(json_array_get(at, 1));
    guest->z_cm = (int)json_integer_value(json_array_get(at, 2));
    return welcome;
}

static void ticket_for(struct hub *hub, const char *world, const char *name, char *ticket)
{
    struct hub_guest asked = {.world = world, .name = name, .look = 5};
    struct error err;
    uint32_t instance;
    assert_true(hub_admit_guest(hub, &asked, ticket, &instance, &err));
    assert_int_equal(instance, 1);
}

static void guest_enter(struct guest *guest, struct hub *hub, const char *name)
{
    char ticket[TICKET_TEXT_BYTES_MAX];
    ticket_for(hub, "plaza", name, ticket);
    guest_open(guest, hub, ticket);
    json_decref(guest_welcome(guest));
}

static void guest_wait_until_it_sees(struct guest *guest, uint32_t id)
{
    for (int frames = 0; picture_find(guest->picture, id) == UINT32_MAX; frames++) {
        assert_true(frames < 200);
        guest_wait(guest, NULL);
        assert_false(guest->ended);
    }
}

// --- facts
// -------------------------------------------------------------------------------------------------

static void two_people_see_each_other_move_and_hear_each_other(void **state)
{
    struct hub *hub = start_hub();
    struct guest ada, ben;
    guest_enter(&ada, hub, "Ada");
    guest_enter(&ben, hub, "Ben");
    assert_int_not_equal(ada.id, ben.id);
    guest_wait_until_it_sees(&ada, ben.id);
    guest_wait_until_it_sees(&ben, ada.id);

    guest_move(&ada, 37, -21);
    for (int frames = 0;; frames++) {
        assert_true(frames < 100);
        guest_wait(&ben, NULL);
        const int32_t *exact =
            picture_rows(ben.picture)->exact + 4 * picture_find(ben.picture, ada.id);
        if (exact[0] == ada.x_cm && exact[2] == ada.z_cm)
            break;
    }

    guest_say(&ada, "{\"t\":\"chat\",\"text\":\"  hi\\u0007 there \"}");
    json_t *chat = guest_wait(&ben, "chat");
    assert_string_equal(text_of(chat, "text"), "hi there");
    assert_string_equal(text_of(chat, "name"), "Ada");
    assert_string_equal(text_of(chat, "scope"), "near");
    assert_int_equal(json_integer_value(json_object_get(chat, "id")), ada.id);
    json_decref(chat);
    chat = guest_wait(&ada, "chat");
    assert_non_null(chat);
    json_decref(chat);

    char ask[64];
    snprintf(ask, sizeof ask, "{\"t\":\"profiles\",\"ids\":[%u,12345]}", ada.id);
    guest_say(&ben, ask);
    json_t *answer = guest_wait(&ben, "profiles");
    json_t *profile = json_array_get(json_object_get(answer, "profiles"), 0);
    assert_string_equal(text_of(profile, "name"), "Ada");
    assert_int_equal(json_integer_value(json_object_get(profile, "look")), 5);
    assert_int_equal(json_integer_value(json_array_get(json_object_get(answer, "gone"), 0)), 12345);
    json_decref(answer);

    guest_done(&ada);
    guest_done(&ben);
    hub_destroy(hub);
}

static void a_bad_ticket_is_refused_before_the_upgrade(void **state)
{
    struct hub *hub = start_hub();
    struct guest guest;
    guest_open(&guest, hub, "bm90IGEgdGlja2V0.AAAA");
    assert_int_equal(guest_read_status(&guest), 401);
    guest_done(&guest);
    hub_destroy(hub);
}

static void a_full_instance_refuses_whoever_holds_a_ticket_for_it(void **state)
{
    struct hub *hub = start_hub();
    char one[TICKET_TEXT_BYTES_MAX], two[TICKET_TEXT_BYTES_MAX];
    ticket_for(hub, "closet", "One", one);
    struct hub_guest asked = {.world = "closet", .name = "Two"};
    struct error err;
    uint32_t instance;
    assert_true(hub_admit_guest(hub, &asked, two, &instance, &err));
    assert_int_equal(instance, 2); // the first is promised away: another is opened
    asked.instance = 1;
    assert_false(hub_admit_guest(hub, &asked, two, &instance, &err));
    assert_int_equal(err.code, ERR_LIMIT);
    struct guest guest;
    guest_open(&guest, hub, one);
    json_decref(guest_welcome(&guest));
    guest_done(&guest);
    hub_destroy(hub);
}

static void a_lost_connection_comes_back_as_the_same_entity(void **state)
{
    struct hub *hub = start_hub();
    struct guest ada, again;
    guest_enter(&ada, hub, "Ada");
    char token[TICKET_TEXT_BYTES_MAX];
    snprintf(token, sizeof token, "%s", ada.token);
    uint32_t id = ada.id;
    guest_done(&ada);

    guest_open(&again, hub, token);
    json_t *welcome = guest_welcome(&again);
    assert_true(json_is_true(json_object_get(welcome, "resumed")));
    assert_int_equal(again.id, id);
    json_decref(welcome);
    guest_done(&again);
    hub_destroy(hub);
}

static void a_second_connection_of_one_person_replaces_the_first(void **state)
{
    struct hub *hub = start_hub();
    struct guest first, second;
    guest_enter(&first, hub, "Ada");
    guest_open(&second, hub, first.token);
    json_decref(guest_welcome(&second));
    assert_int_equal(second.id, first.id);
    assert_null(guest_wait(&first, "never"));
    assert_int_equal(first.closed_with, 4409);
    // The one who came later stays, and is still sent frames.
    guest_wait(&second, NULL);
    assert_false(second.ended);
    guest_done(&first);
    guest_done(&second);
    hub_destroy(hub);
}

static void a_leap_is_corrected_and_changes_nothing(void **state)
{
    struct hub *hub = start_hub();
    struct guest ada;
    guest_enter(&ada, hub, "Ada");
    int x_cm = ada.x_cm;
    guest_move(&ada, 9000, 0);
    json_t *correct = guest_wait(&ada, "correct");
    assert_int_equal(json_integer_value(json_object_get(correct, "sequence")), ada.sequence);
    assert_int_equal(json_integer_value(json_array_get(json_object_get(correct, "at"), 0)), x_cm);
    json_decref(correct);
    guest_done(&ada);
    hub_destroy(hub);
}

static void nonsense_is_answered_with_an_error_and_the_connection_stays(void **state)
{
    struct hub *hub = start_hub();
    struct guest ada;
    guest_enter(&ada, hub, "Ada");
    const struct {
        const char *text, *about;
    } nonsense[] = {
        {"hello", NULL},
        {"[1,2]", NULL},
        {"{}", NULL},
        {"{\"t\":5}", NULL},
        {"{\"t\":\"fly\"}", NULL},
        {"{\"t\":\"chat\"}", "chat"},
        {"{\"t\":\"chat\",\"text\":\"x\",\"scope\":\"moon\"}", "chat"},
        {"{\"t\":\"emote\",\"emote\":\"sneeze\"}", "emote"},
        {"{\"t\":\"profiles\",\"ids\":[]}", "profiles"},
        {"{\"t\":\"profiles\",\"ids\":[-1]}", "profiles"},
        {"{\"t\":\"profile\",\"look\":-1}", "profile"},
    };
    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        guest_say(&ada, nonsense[i].text);
        json_t *error = guest_wait(&ada, "error");
        assert_non_null(error);
        assert_string_equal(text_of(error, "code"), "INVALID");
        if (nonsense[i].about)
            assert_string_equal(text_of(error, "about"), nonsense[i].about);
        json_decref(error);
    }
    guest_say(&ada, "{\"t\":\"ping\",\"n\":77}");
    json_t *pong = guest_wait(&ada, "pong");
    assert_int_equal(json_integer_value(json_object_get(pong, "n")), 77);
    json_decref(pong);
    guest_done(&ada);
    hub_destroy(hub);
}

static void chat_beyond_its_rate_is_refused_and_abuse_is_closed(void **state)
{
    struct hub *hub = start_hub();
    struct guest ada;
    guest_enter(&ada, hub, "Ada");
    for (int i = 0; i < 40; i++)
        guest_say(&ada, "{\"t\":\"chat\",\"text\":\"spam\"}");
    json_t *error = guest_wait(&ada, "error");
    assert_string_equal(text_of(error, "code"), "RATE_LIMITED");
    json_decref(error);
    assert_null(guest_wait(&ada, "never"));
    assert_int_equal(ada.closed_with, 4429);
    guest_done(&ada);
    hub_destroy(hub);
}

static void a_kicked_person_is_told_why_and_stays_out(void **state)
{
    struct hub *hub = start_hub();
    struct guest ada, again;
    guest_enter(&ada, hub, "Ada");
    assert_true(hub_kick(hub, "plaza", 1, (entity_id){ada.id}, "that was unkind"));
    assert_null(guest_wait(&ada, "never"));
    assert_int_equal(ada.closed_with, 4403);
    guest_open(&again, hub, ada.token);
    assert_int_equal(guest_read_status(&again), 403);
    guest_done(&ada);
    guest_done(&again);
    hub_destroy(hub);
}

static void whoever_leaves_is_gone_at_once_for_the_others(void **state)
{
    struct hub *hub = start_hub();
    struct guest ada, ben;
    guest_enter(&ada, hub, "Ada");
    guest_enter(&ben, hub, "Ben");
    guest_wait_until_it_sees(&ada, ben.id);
    guest_say(&ben, "{\"t\":\"leave\"}");
    for (int frames = 0; picture_find(ada.picture, ben.id) != UINT32_MAX; frames++) {
        assert_true(frames < 100);
        guest_wait(&ada, NULL);
    }
    assert_null(guest_wait(&ben, "never"));
    assert_int_equal(ben.closed_with, 1000);
    guest_done(&ada);
    guest_done(&ben);
    hub_destroy(hub);
}

static void a_drain_tells_everyone_when_to_come_back(void **state)
{
    struct hub *hub = start_hub();
    struct guest ada;
    guest_enter(&ada, hub, "Ada");
    guest_wait(&ada, NULL);
    hub_drain(hub, 500);
    json_t *token = guest_wait(&ada, "token");
    assert_non_null(token);
    json_decref(token);
    json_t *drain = guest_wait(&ada, "drain");
    assert_non_null(drain);
    json_int_t after = json_integer_value(json_object_get(drain, "reconnect_ms"));
    assert_in_range(after, 500, 1000);
    json_decref(drain);
    assert_null(guest_wait(&ada, "never"));
    assert_int_equal(ada.closed_with, 1012);
    guest_done(&ada);
    for (int i = 0; i < 500 && !hub_is_empty(hub); i++)
        usleep(10000);
    assert_true(hub_is_empty(hub));
    hub_destroy(hub);
}

static void a_client_that_stops_reading_is_skipped_and_then_given_everything_anew(void **state)
{
    struct hub *hub = start_hub();
    struct guest slow, mover;
    guest_enter(&slow, hub, "Slow");
    guest_enter(&mover, hub, "Mover");
    guest_wait_until_it_sees(&slow, mover.id);
    guest_wait_until_it_sees(&mover, slow.id);
    int resets = slow.resets;
    // Words fill the socket (SEND_BYTES); then the mover goes on for longer than a viewer may lag.
    char words[600];
    snprintf(words, sizeof words, "{\"t\":\"chat\",\"text\":\"%0500d\"}", 7);
    for (int i = 0; i < 5; i++)
        guest_say(&mover, words);
    for (int i = 0; i < 30; i++) {
        guest_move(&mover, i % 2 ? 10 : -10, 5);
        if (i % 8 == 7)
            guest_say(&mover, words);
        usleep(50000);
    }
    for (int frames = 0;; frames++) {
        assert_true(frames < 400);
        guest_wait(&slow, NULL); // applies every frame: a gap in a cell's sequence would fail here
        uint32_t row = picture_find(slow.picture, mover.id);
        if (row != UINT32_MAX && picture_rows(slow.picture)->exact[4 * row + 2] == mover.z_cm)
            break;
    }
    assert_true(slow.resets > resets);
    assert_int_equal(picture_anomalies(slow.picture), 0);
    guest_done(&slow);
    guest_done(&mover);
    hub_destroy(hub);
}

static void a_crowd_that_comes_at_once_is_given_the_world_over_several_ticks(void **state)
{
    enum { GUESTS = 12 };
    struct hub *hub = start_hub_of(1, 1); // one of them fills a tick
    struct guest guests[GUESTS];
    for (int i = 0; i < GUESTS; i++) {
        char ticket[TICKET_TEXT_BYTES_MAX];
        ticket_for(hub, "plaza", "Early", ticket);
        guest_open(&guests[i], hub, ticket);
    }
    for (int i = 0; i < GUESTS; i++) {
        json_decref(guest_welcome(&guests[i]));
        while (guests[i].resets == 0)
            guest_wait(&guests[i], NULL);
        for (int other = 0; other < i; other++)
            assert_int_not_equal(guests[other].reset_tick, guests[i].reset_tick);
    }
    for (int i = 0; i < GUESTS; i++)
        guest_wait_until_it_sees(&guests[i], guests[(i + 1) % GUESTS].id);
    for (int i = 0; i < GUESTS; i++)
        guest_done(&guests[i]);
    hub_destroy(hub);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_people_see_each_other_move_and_hear_each_other),
        cmocka_unit_test(a_bad_ticket_is_refused_before_the_upgrade),
        cmocka_unit_test(a_full_instance_refuses_whoever_holds_a_ticket_for_it),
        cmocka_unit_test(a_lost_connection_comes_back_as_the_same_entity),
        cmocka_unit_test(a_second_connection_of_one_person_replaces_the_first),
        cmocka_unit_test(a_leap_is_corrected_and_changes_nothing),
        cmocka_unit_test(nonsense_is_answered_with_an_error_and_the_connection_stays),
        cmocka_unit_test(chat_beyond_its_rate_is_refused_and_abuse_is_closed),
        cmocka_unit_test(a_kicked_person_is_told_why_and_stays_out),
        cmocka_unit_test(whoever_leaves_is_gone_at_once_for_the_others),
        cmocka_unit_test(a_drain_tells_everyone_when_to_come_back),
        cmocka_unit_test(a_crowd_that_comes_at_once_is_given_the_world_over_several_ticks),
        cmocka_unit_test(a_client_that_stops_reading_is_skipped_and_then_given_everything_anew),
    };
    return cmocka_run_group_tests_name("hub", tests, NULL, NULL);
}
