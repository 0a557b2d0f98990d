// hub_bare: the least that a server can do for the work of bench/hub: what the others are measured
// against. One thread, epoll, one send() to each person a tick.
//
//   hub_bare PORT FRAME_BYTES
//
// It knows no ground, no rules and no interest. People are put into groups of 60 by their numbers;
// what came from a group since the last tick is laid into one frame, which everyone in it is sent,
// filled up with zeros to FRAME_BYTES: the bytes that Flux sends. Who does not read loses frames.
// Ends with SIGTERM.

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/clock.h"
#include "bench/hub/record.h"
#include "net/websocket.h"

enum {
    DESCRIPTORS_MAX = 20000,
    PEOPLE_MAX = 60000,
    GROUPS_MAX = PEOPLE_MAX / RECORD_GROUP_PEOPLE,
    TICK_US = 50000,
    FRAME_BYTES_MAX = 16384,
    EVENTS_MAX = 256,
    READ_BYTES = 16384,
};

struct peer {
    bool here; // the handshake is over
    uint16_t person;
    struct buffer pending;
    struct buffer unsent; // the rest of a frame that was sent in part
    struct websocket_reader reader;
};

struct group {
    uint16_t count;
    struct record news[RECORD_GROUP_PEOPLE];
    uint8_t frame[WEBSOCKET_HEADER_BYTES_MAX + FRAME_BYTES_MAX];
    size_t frame_size;
};

static struct peer *peers[DESCRIPTORS_MAX]; // by descriptor
static struct group groups[GROUPS_MAX];
static int top;         // no descriptor in use is greater
static int group_count; // of groups with somebody in them, and all below
static uint8_t input[READ_BYTES];
static volatile sig_atomic_t ending;

static void end_soon(int signal)
{
    ending = signal;
}

static void die(const char *what)
{
    fprintf(stderr, "hub_bare: %s: %s\n", what, strerror(errno));
    exit(2);
}

static int listener_open(uint16_t port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) < 0 ||
        bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 1024) < 0)
        die("cannot listen");
    return fd;
}

static void peer_close(int fd)
{
    struct peer *peer = peers[fd];
    websocket_reader_done(&peer->reader);
    buffer_done(&peer->pending);
    buffer_done(&peer->unsent);
    free(peer);
    peers[fd] = NULL;
    close(fd);
}

static void peers_accept(int epoll, int listener)
{
    for (;;) {
        int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd < 0)
            return;
        if (fd >= DESCRIPTORS_MAX) {
            close(fd);
            continue;
        }
        int yes = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0)
            die("epoll_ctl");
        peers[fd] = calloc(1, sizeof **peers);
        ASSERT(peers[fd]);
        websocket_reader_init(&peers[fd]->reader, WEBSOCKET_SERVER, 4096);
        if (fd > top)
            top = fd;
    }
}

// False: the peer is of no use. A whole request is answered, and taken off what is pending.
static bool peer_greet(int fd, struct peer *peer)
{
    struct websocket_request request;
    size_t head_size;
    int status;
    const char *reason;
    enum websocket_request_result result =
        websocket_request_read((const char *)peer->pending.bytes, peer->pending.size, &request,
                               &head_size, &status, &reason);
    if (result == WEBSOCKET_REQUEST_MORE)
        return true;
    unsigned person = PEOPLE_MAX;
    if (result == WEBSOCKET_REQUEST_BAD || sscanf(request.target, "/?person=%5u", &person) != 1 ||
        person >= PEOPLE_MAX)
        return false;
    struct buffer answer = {0};
    websocket_accept_write(&request, &answer);
    bool sent = send(fd, answer.bytes, answer.size, MSG_NOSIGNAL) == (ssize_t)answer.size;
    buffer_done(&answer);
    buffer_consume(&peer->pending, head_size);
    peer->person = (uint16_t)person;
    peer->here = sent;
    if (peer->person / RECORD_GROUP_PEOPLE >= group_count)
        group_count = peer->person / RECORD_GROUP_PEOPLE + 1;
    return sent;
}

static void move_take(const struct peer *peer, const struct websocket_event *event)
{
    struct group *group = &groups[peer->person / RECORD_GROUP_PEOPLE];
    // Who moves twice in a tick is told of twice; what does not fit is lost with the tick.
    if (event->size == sizeof(struct record) && group->count < RECORD_GROUP_PEOPLE)
        memcpy(&group->news[group->count++], event->payload, sizeof(struct record));
}

static bool peer_take(int fd, struct peer *peer, const struct websocket_event *event)
{
    if (event->kind == WEBSOCKET_BINARY)
        move_take(peer, event);
    return event->kind != WEBSOCKET_CLOSE && event->kind != WEBSOCKET_VIOLATION;
}

static bool peer_read_bytes(int fd, struct peer *peer, uint8_t *bytes, size_t size, size_t *used)
{
    *used = 0;
    for (;;) {
        size_t taken;
        struct websocket_event event =
            websocket_read(&peer->reader, bytes + *used, size - *used, &taken);
        *used += taken;
        if (event.kind == WEBSOCKET_NEED_MORE && taken == 0)
            return true;
        if (!peer_take(fd, peer, &event))
            return false;
    }
}

static bool peer_read(int fd, struct peer *peer)
{
    ssize_t size = recv(fd, input, sizeof input, 0);
    if (size <= 0)
        return size < 0 && errno == EAGAIN;
    size_t used;
    // A message that came whole, as nearly all do, is read where it is.
    if (peer->here && peer->pending.size == 0) {
        if (!peer_read_bytes(fd, peer, input, (size_t)size, &used))
            return false;
        buffer_append(&peer->pending, input + used, (size_t)size - used);
        return true;
    }
    buffer_append(&peer->pending, input, (size_t)size);
    if (!peer->here && !peer_greet(fd, peer))
        return false;
    if (!peer->here)
        return true;
    bool good = peer_read_bytes(fd, peer, peer->pending.bytes, peer->pending.size, &used);
    buffer_consume(&peer->pending, used);
    return good;
}

static void frames_compose(uint32_t tick, size_t frame_bytes)
{
    for (int g = 0; g < group_count; g++) {
        struct group *group = &groups[g];
        size_t said = sizeof(struct record_frame) + group->count * sizeof(struct record);
        size_t size = said > frame_bytes ? said : frame_bytes;
        struct record_frame header = {
            .kind = RECORD_FRAME_KIND, .count = group->count, .tick = tick};
        size_t at = websocket_header_write(group->frame, WEBSOCKET_OP_BINARY, size, NULL);
        memcpy(group->frame + at, &header, sizeof header);
        memcpy(group->frame + at + sizeof header, group->news, group->count * sizeof *group->news);
        memset(group->frame + at + said, 0, size - said);
        group->frame_size = at + size;
        group->count = 0;
    }
}

static bool frame_send(int fd, struct peer *peer)
{
    const struct group *group = &groups[peer->person / RECORD_GROUP_PEOPLE];
    const uint8_t *bytes = peer->unsent.size ? peer->unsent.bytes : group->frame;
    size_t size = peer->unsent.size ? peer->unsent.size : group->frame_size;
    ssize_t sent = send(fd, bytes, size, MSG_NOSIGNAL);
    if (sent < 0)
        return errno == EAGAIN;
    if (peer->unsent.size)
        buffer_consume(&peer->unsent, (size_t)sent);
    else if ((size_t)sent < size)
        buffer_append(&peer->unsent, bytes + sent, size - (size_t)sent);
    return true;
}

static void tick_send(uint32_t tick, size_t frame_bytes)
{
    frames_compose(tick, frame_bytes);
    for (int fd = 0; fd <= top; fd++)
        if (peers[fd] && peers[fd]->here && !frame_send(fd, peers[fd]))
            peer_close(fd);
}

static void serve(int epoll, int listener, size_t frame_bytes)
{
    uint64_t due_us = clock_now_us(&clock_system) + TICK_US;
    struct epoll_event events[EVENTS_MAX];
    for (uint32_t tick = 0; !ending;) {
        uint64_t now_us = clock_now_us(&clock_system);
        if (now_us >= due_us) {
            tick_send(++tick, frame_bytes);
            // Ticks that were missed are not made up for.
            due_us += TICK_US * (1 + (now_us - due_us) / TICK_US);
            continue;
        }
        int wait_ms = (int)((due_us - now_us + 999) / 1000);
        int count = epoll_wait(epoll, events, EVENTS_MAX, wait_ms);
        for (int i = 0; i < count; i++) {
            int fd = events[i].data.fd;
            if (fd == listener)
                peers_accept(epoll, listener);
            else if (peers[fd] && !peer_read(fd, peers[fd]))
                peer_close(fd);
        }
    }
}

int main(int argc, char **argv)
{
    long port = argc == 3 ? strtol(argv[1], NULL, 10) : 0;
    long frame_bytes = argc == 3 ? strtol(argv[2], NULL, 10) : 0;
    if (port < 1 || port > 65535 || frame_bytes < 1 || frame_bytes > FRAME_BYTES_MAX) {
        fprintf(stderr, "usage: hub_bare PORT FRAME_BYTES (1 to %d)\n", FRAME_BYTES_MAX);
        return 2;
    }
    signal(SIGTERM, end_soon);
    signal(SIGINT, end_soon);
    int epoll = epoll_create1(EPOLL_CLOEXEC), listener = listener_open((uint16_t)port);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
    if (epoll < 0 || epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event) < 0)
        die("epoll");
    printf("listening\n");
    fflush(stdout);
    serve(epoll, listener, (size_t)frame_bytes);
    for (int fd = 0; fd <= top; fd++)
        if (peers[fd])
            peer_close(fd);
    close(listener);
    close(epoll);
    return 0;
}
