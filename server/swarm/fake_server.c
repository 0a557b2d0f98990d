#include "swarm/fake_server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "net/websocket.h"
#include "wire/codec.h"

enum {
    PEERS_MAX = 128, // over all the time, of people
    TICK_US = 50000,
    CELL = 1,
    READ_BYTES = 4096,
    GRACE_TICKS = 10,
    FRAME_BYTES_MAX = PEERS_MAX * 64 + 1024,
};

enum peer_kind { PEER_NONE, PEER_HTTP, PEER_NEW, PEER_PERSON };

struct peer {
    enum peer_kind kind;
    int fd;
    struct buffer in;
    struct websocket_reader reader;
    uint32_t slot, number;
    uint8_t sequence; // of the last delta it was, or should have been, sent
    bool wants_reset, skipped;
};

struct fake_server {
    struct fake_faults faults;
    uint32_t people_meant;
    pthread_t thread;
    atomic_bool stop;
    int listener;
    uint16_t port;
    struct peer peers[PEERS_MAX];
    struct wire_slot slots[PEERS_MAX];
    uint32_t numbers[PEERS_MAX]; // of the people in the slots
    uint32_t slot_count, people, tickets, moves, tick, complete_tick;
    bool dropped;
};

static void send_all(int fd, const void *bytes, size_t size)
{
    // A peer that hangs up is found out by reading.
    ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
    (void)sent;
}

static void send_message(const struct peer *peer, enum websocket_opcode opcode, const void *bytes,
                         size_t size)
{
    struct buffer out = {0};
    websocket_append(&out, opcode, bytes, size);
    send_all(peer->fd, out.bytes, out.size);
    buffer_done(&out);
}

static void peer_end(struct fake_server *server, struct peer *peer)
{
    if (peer->kind >= PEER_NEW) {
        if (!server->faults.keep_who_left)
            server->slots[peer->slot].use = WIRE_SLOT_LEFT;
        server->slots[peer->slot].member_tick = server->slots[peer->slot].changed_tick =
            server->tick + 1;
        websocket_reader_done(&peer->reader);
        server->people--;
    }
    close(peer->fd);
    buffer_done(&peer->in);
    *peer = (struct peer){0};
}

// --- HTTP
// ------------------------------------------------------------------------------------------------

static void answer(const struct peer *peer, const char *status, const char *body)
{
    struct buffer out = {0};
    buffer_printf(&out, "HTTP/1.1 %s\r\nContent-Length: %zu\r\n%s\r\n%s", status, strlen(body),
                  status[0] == '4' ? "Retry-After: 1\r\n" : "", body);
    send_all(peer->fd, out.bytes, out.size);
    buffer_done(&out);
}

// The ticket is the number in the name, so that who comes with it is known.
static void answer_guest(struct fake_server *server, const struct peer *peer, size_t size)
{
    const char *name = memmem(peer->in.bytes, size, "\"name\":\"Swarm ", 14);
    char body[128];
    ASSERT(name);
    if (server->faults.refuse_after && server->tickets >= server->faults.refuse_after) {
        answer(peer, "429 Too Many Requests", "{\"detail\":\"slower\"}");
        return;
    }
    server->tickets++;
    snprintf(body, sizeof body,
             "{\"ticket\":\"t.%lu\",\"instance\":3,\"realtime\":\"/v1/realtime\"}",
             strtoul(name + 14, NULL, 10));
    answer(peer, "201 Created", body);
}

static void person_begin(struct fake_server *server, struct peer *peer)
{
    peer->kind = PEER_NEW;
    peer->slot = server->slot_count++;
    ASSERT(peer->slot < PEERS_MAX);
    server->numbers[peer->slot] = peer->number;
    server->people++;
    server->slots[peer->slot] = (struct wire_slot){
        .use = WIRE_SLOT_TAKEN,
        .identity.id = 0x010000 + peer->slot + 1,
        .state = {.x_cm = (int32_t)peer->slot * 10},
        .described_until = server->tick + 20,
        .member_tick = server->tick + 1,
        .changed_tick = server->tick + 1,
    };
    websocket_reader_init(&peer->reader, WEBSOCKET_SERVER, 4096);
}

// Returns whether a request was there and dealt with.
static bool request_take(struct fake_server *server, struct peer *peer)
{
    char *text = (char *)peer->in.bytes, *end = memmem(text, peer->in.size, "\r\n\r\n", 4);
    if (!end)
        return false;
    size_t head = (size_t)(end + 4 - text);
    static const char enter[] = "GET /v1/realtime?ticket=t.";
    if (head > sizeof enter && !memcmp(text, enter, sizeof enter - 1)) {
        peer->number = (uint32_t)strtoul(text + sizeof enter - 1, NULL, 10);
        struct websocket_request request;
        struct buffer out = {0};
        int status;
        const char *reason;
        enum websocket_request_result result =
            websocket_request_read(text, peer->in.size, &request, &head, &status, &reason);
        ASSERT(result == WEBSOCKET_REQUEST_OK);
        websocket_accept_write(&request, &out);
        send_all(peer->fd, out.bytes, out.size);
        buffer_done(&out);
        buffer_consume(&peer->in, head);
        person_begin(server, peer);
        return true;
    }
    const char *length = memmem(text, head, "Content-Length: ", 16);
    size_t body = length ? strtoul(length + 16, NULL, 10) : 0;
    if (peer->in.size < head + body)
        return false;
    if (!memcmp(text, "POST /v1/guest ", 15))
        answer_guest(server, peer, head + body);
    else if (!memcmp(text, "GET /metrics ", 13))
        answer(peer, "200 OK",
               "flux_process_cpu_seconds_total 1\nflux_process_resident_memory_bytes 5e6\n");
    else
        answer(peer, "404 Not Found", "");
    buffer_consume(&peer->in, head + body);
    return true;
}

// --- people
// ----------------------------------------------------------------------------------------------

static void message_take(struct fake_server *server, struct peer *peer,
                         const struct websocket_event *event)
{
    struct wire_move move;
    if (event->kind == WEBSOCKET_BINARY) {
        if (wire_move_read(event->payload, event->size, &move) != WIRE_DONE) {
            peer_end(server, peer);
            return;
        }
        server->slots[peer->slot].state = move.state;
        server->slots[peer->slot].changed_tick = server->tick + 1;
        server->moves++;
    } else if (event->kind == WEBSOCKET_TEXT &&
               memmem(event->payload, event->size, "resync", strlen("resync"))) {
        peer->wants_reset = !server->faults.ignore_resync;
    } else if (event->kind != WEBSOCKET_NEED_MORE) {
        // "leave", the end, and everything else: all end it.
        peer_end(server, peer);
    }
}

static void peer_parse(struct fake_server *server, struct peer *peer)
{
    while (peer->kind == PEER_HTTP && request_take(server, peer))
        continue;
    size_t taken = 1;
    while (peer->kind >= PEER_NEW && peer->in.size > 0 && taken > 0) {
        struct websocket_event event =
            websocket_read(&peer->reader, peer->in.bytes, peer->in.size, &taken);
        message_take(server, peer, &event);
        if (peer->kind >= PEER_NEW)
            buffer_consume(&peer->in, taken);
    }
}

static void peer_read(struct fake_server *server, struct peer *peer)
{
    ssize_t got = recv(peer->fd, buffer_reserve(&peer->in, READ_BYTES), READ_BYTES, MSG_DONTWAIT);
    if (got <= 0) {
        peer_end(server, peer);
        return;
    }
    peer->in.size += (size_t)got;
    peer_parse(server, peer);
}

static void peer_accept(struct fake_server *server)
{
    int fd = accept4(server->listener, NULL, NULL, SOCK_CLOEXEC);
    ASSERT(fd >= 0);
    for (int i = 0; i < PEERS_MAX; i++)
        if (server->peers[i].kind == PEER_NONE) {
            server->peers[i] = (struct peer){.kind = PEER_HTTP, .fd = fd};
            return;
        }
    ASSERT(!"a place for a connection");
}

// --- ticks
// -----------------------------------------------------------------------------------------------

static void welcome(const struct fake_server *server, const struct peer *peer)
{
    char text[512];
    int size =
        snprintf(text, sizeof text,
                 "{\"t\":\"welcome\",\"protocol\":1,\"you\":%u,\"instance\":3,\"world\":\"plaza\","
                 "\"at\":[%d,0,0],\"yaw\":0,\"speed_max_cm_s\":2000,\"token\":\"t.%u\"}",
                 server->slots[peer->slot].identity.id, (int)peer->slot * 10, peer->number);
    send_message(peer, WEBSOCKET_OP_TEXT, text, (size_t)size);
}

// What this peer is shown of everyone; 0: nothing that is new.
static size_t show(const struct fake_server *server, const struct peer *peer, bool whole,
                   uint8_t *out)
{
    struct wire_slot shown[PEERS_MAX];
    ASSERT(wire_section_bytes_max(PEERS_MAX) + WIRE_FRAME_HEADER_BYTES <= FRAME_BYTES_MAX);
    memcpy(shown, server->slots, sizeof shown);
    for (uint32_t i = 0; i < server->slot_count; i++) {
        if (server->numbers[i] != 1)
            continue;
        if (server->faults.hide_one || server->faults.hide_one_from == peer->number)
            shown[i].use = WIRE_SLOT_NEVER;
        shown[i].state.x_cm += server->faults.shift_one ? 5 : 0;
    }
    wire_frame_header_write(whole ? WIRE_FRAME_RESET : 0, server->tick, out);
    size_t more = whole ? wire_full_write(CELL, WIRE_NEAR, peer->sequence, shown,
                                          server->slot_count, out + WIRE_FRAME_HEADER_BYTES)
                        : wire_delta_write(CELL, WIRE_NEAR, (uint8_t)(peer->sequence + 1),
                                           server->tick - 1, server->tick, shown,
                                           server->slot_count, out + WIRE_FRAME_HEADER_BYTES);
    return more ? WIRE_FRAME_HEADER_BYTES + more : 0;
}

// Faults wait until everyone is in and has been told so.
static bool is_after_grace(const struct fake_server *server)
{
    return server->complete_tick && server->tick >= server->complete_tick + GRACE_TICKS;
}

static void peer_tell_whole(const struct fake_server *server, struct peer *peer)
{
    uint8_t bytes[FRAME_BYTES_MAX];
    size_t size = show(server, peer, true, bytes);
    peer->wants_reset = false;
    send_message(peer, WEBSOCKET_OP_BINARY, bytes, size);
}

static void peer_tell_delta(const struct fake_server *server, struct peer *peer)
{
    uint8_t bytes[FRAME_BYTES_MAX];
    size_t size = show(server, peer, false, bytes);
    if (size == 0)
        return;
    peer->sequence++;
    if (server->faults.skip_a_delta && !peer->skipped && is_after_grace(server))
        peer->skipped = true;
    else
        send_message(peer, WEBSOCKET_OP_BINARY, bytes, size);
}

static void people_tell(struct fake_server *server)
{
    for (int i = 0; i < PEERS_MAX; i++) {
        struct peer *peer = &server->peers[i];
        if (peer->kind == PEER_PERSON)
            peer_tell_delta(server, peer);
        if (peer->kind == PEER_NEW)
            welcome(server, peer);
        if (peer->kind == PEER_NEW || peer->wants_reset)
            peer_tell_whole(server, peer);
        if (peer->kind == PEER_NEW)
            peer->kind = PEER_PERSON;
    }
}

static void people_cut(struct fake_server *server)
{
    for (int i = 0; i < PEERS_MAX; i++)
        if (server->peers[i].kind >= PEER_NEW)
            peer_end(server, &server->peers[i]);
}

static void tick(struct fake_server *server)
{
    server->tick++;
    if (!server->complete_tick && server->people == server->people_meant)
        server->complete_tick = server->tick;
    if (server->faults.cut_all && is_after_grace(server))
        people_cut(server);
    if (server->faults.drop_all_once && is_after_grace(server) && !server->dropped) {
        server->dropped = true;
        people_cut(server);
    }
    people_tell(server);
}

static void *serve(void *context)
{
    struct fake_server *server = context;
    uint64_t due_us = clock_now_us(&clock_system) + TICK_US;
    while (!atomic_load(&server->stop)) {
        struct pollfd polls[PEERS_MAX + 1];
        for (int i = 0; i < PEERS_MAX; i++)
            polls[i] = (struct pollfd){server->peers[i].kind ? server->peers[i].fd : -1, POLLIN, 0};
        polls[PEERS_MAX] = (struct pollfd){server->listener, POLLIN, 0};
        poll(polls, PEERS_MAX + 1, 5);
        for (int i = 0; i < PEERS_MAX; i++)
            if (polls[i].revents)
                peer_read(server, &server->peers[i]);
        if (polls[PEERS_MAX].revents)
            peer_accept(server);
        for (; clock_now_us(&clock_system) >= due_us; due_us += TICK_US)
            tick(server);
    }
    return NULL;
}

struct fake_server *fake_server_start(struct fake_faults faults, uint32_t people_meant)
{
    struct fake_server *server = calloc(1, sizeof *server);
    ASSERT(server);
    server->faults = faults;
    server->people_meant = people_meant;
    server->tick = 1000;
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    ASSERT(bind(server->listener, (struct sockaddr *)&address, size) == 0);
    ASSERT(listen(server->listener, PEERS_MAX) == 0);
    ASSERT(getsockname(server->listener, (struct sockaddr *)&address, &size) == 0);
    server->port = ntohs(address.sin_port);
    ASSERT(pthread_create(&server->thread, NULL, serve, server) == 0);
    return server;
}

uint16_t fake_server_port(const struct fake_server *server)
{
    return server->port;
}

uint32_t fake_server_stop(struct fake_server *server)
{
    atomic_store(&server->stop, true);
    pthread_join(server->thread, NULL);
    for (int i = 0; i < PEERS_MAX; i++)
        if (server->peers[i].kind)
            peer_end(server, &server->peers[i]);
    close(server->listener);
    uint32_t moves = server->moves;
    free(server);
    return moves;
}
