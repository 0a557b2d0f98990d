#include "bench/hub/load_person.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "swarm/answer.h"

enum { READ_BYTES = 1 << 16, MESSAGE_BYTES_MAX = 1 << 20 };

static uint8_t input[READ_BYTES];

void load_person_close(struct load_room *room, uint32_t number)
{
    struct load_person *person = &room->people[number];
    if (person->fd >= 0)
        close(person->fd);
    person->fd = -1;
    buffer_done(&person->pending);
    buffer_done(&person->unsent);
    websocket_reader_done(&person->reader);
}

static void person_lose(struct load_room *room, uint32_t number, const char *why)
{
    struct load_person *person = &room->people[number];
    if (room->trouble[0] == '\0')
        snprintf(room->trouble, sizeof room->trouble, "person %u: %s", number, why);
    if (person->state == LOAD_HERE)
        room->here--;
    else
        room->entering--;
    room->lost++;
    person->state = LOAD_LOST;
    load_person_close(room, number);
}

static bool person_send(struct load_person *person, const void *bytes, size_t size)
{
    if (person->unsent.size > 0) {
        buffer_append(&person->unsent, bytes, size);
        return true;
    }
    ssize_t sent = send(person->fd, bytes, size, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN)
        return false;
    size_t done = sent < 0 ? 0 : (size_t)sent;
    buffer_append(&person->unsent, (const uint8_t *)bytes + done, size - done);
    return true;
}

static bool person_flush(struct load_person *person)
{
    if (person->unsent.size == 0)
        return true;
    ssize_t sent = send(person->fd, person->unsent.bytes, person->unsent.size, MSG_NOSIGNAL);
    if (sent < 0)
        return errno == EAGAIN;
    buffer_consume(&person->unsent, (size_t)sent);
    return true;
}

static bool person_connect(struct load_room *room, uint32_t number)
{
    struct load_person *person = &room->people[number];
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(room->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int yes = 1;
    person->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    // On loopback a connection is there at once or not at all.
    if (person->fd < 0 || connect(person->fd, (struct sockaddr *)&address, sizeof address) < 0 ||
        fcntl(person->fd, F_SETFL, O_NONBLOCK) < 0)
        return false;
    setsockopt(person->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = number};
    return epoll_ctl(room->epoll, EPOLL_CTL_ADD, person->fd, &event) == 0;
}

static bool person_upgrade(struct load_room *room, uint32_t number, const char *path)
{
    struct load_person *person = &room->people[number];
    struct buffer request = {0};
    buffer_printf(&request,
                  "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUpgrade: websocket\r\n"
                  "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                  "Sec-WebSocket-Key: aHViIGJlbmNobWFyay4uLg==\r\n\r\n",
                  path, room->port);
    bool sent = person_send(person, request.bytes, request.size);
    buffer_done(&request);
    websocket_reader_init(&person->reader, WEBSOCKET_CLIENT, MESSAGE_BYTES_MAX);
    person->state = LOAD_UPGRADING;
    return sent;
}

static bool person_ask(struct load_room *room, uint32_t number)
{
    const struct record *at = &room->crowd.records[number];
    struct load_person *person = &room->people[number];
    if (load_dialect_books(room->dialect)) {
        struct buffer request = {0};
        load_dialect_booking_write(at, room->port, &request);
        bool sent = person_send(person, request.bytes, request.size);
        buffer_done(&request);
        person->state = LOAD_BOOKING;
        return sent;
    }
    char path[DIALECT_PATH_BYTES];
    load_dialect_path_write(room->dialect, at, path);
    return person_upgrade(room, number, path);
}

void load_person_enter(struct load_room *room, uint32_t number)
{
    room->entering++;
    if (!person_connect(room, number) || !person_ask(room, number))
        person_lose(room, number, strerror(errno));
}

static void person_arrive(struct load_room *room, struct load_person *person)
{
    person->state = LOAD_HERE;
    room->entering--;
    room->here++;
}

// The booking's connection has done its work; the seat is taken on another.
static const char *booking_read(struct load_room *room, uint32_t number)
{
    struct load_person *person = &room->people[number];
    struct answer answer;
    enum answer_result result =
        answer_read((const char *)person->pending.bytes, person->pending.size, false, &answer);
    if (result == ANSWER_MORE)
        return NULL;
    char path[DIALECT_PATH_BYTES];
    if (result == ANSWER_BAD || answer.status != 200 ||
        !load_dialect_booking_read(answer.body, answer.body_size, path))
        return "no seat could be booked";
    load_person_close(room, number);
    return person_connect(room, number) && person_upgrade(room, number, path) ? NULL
                                                                              : strerror(errno);
}

static const char *upgrade_read(struct load_room *room, struct load_person *person)
{
    struct answer answer;
    enum answer_result result =
        answer_read_head((const char *)person->pending.bytes, person->pending.size, &answer);
    if (result == ANSWER_MORE)
        return NULL;
    if (result == ANSWER_BAD || answer.status != 101)
        return "the WebSocket request was refused";
    buffer_consume(&person->pending, answer.head_size);
    person->state = LOAD_ENTERING;
    if (!load_dialect_greets(room->dialect))
        person_arrive(room, person);
    return NULL;
}

struct sight {
    struct load_crowd *crowd;
    uint32_t watcher;
    uint64_t now_us;
};

static void number_see(void *context, uint32_t number)
{
    struct sight *sight = (struct sight *)context;
    load_crowd_saw(sight->crowd, sight->watcher, number, sight->now_us);
}

static void frame_take(struct load_room *room, uint32_t number, const struct websocket_event *event)
{
    room->frames++;
    int16_t watcher = room->crowd.watcher_of[number];
    if (watcher < 0)
        return;
    struct sight sight = {&room->crowd, (uint32_t)watcher, clock_now_us(&clock_system)};
    load_dialect_frame_read(room->dialect, event->payload, event->size, number_see, &sight);
}

static const char *message_take(struct load_room *room, uint32_t number,
                                const struct websocket_event *event)
{
    struct load_person *person = &room->people[number];
    if (event->kind == WEBSOCKET_CLOSE)
        return "the server closed the connection";
    if (event->kind == WEBSOCKET_VIOLATION)
        return event->reason;
    struct buffer reply = {0};
    enum dialect_heard heard = load_dialect_hear(room->dialect, event, &reply);
    bool sent = reply.size == 0 || person_send(person, reply.bytes, reply.size);
    buffer_done(&reply);
    if (heard == HEARD_FRAME)
        frame_take(room, number, event);
    else if (heard == HEARD_WELCOME && person->state == LOAD_ENTERING)
        person_arrive(room, person);
    return sent ? NULL : strerror(errno);
}

static const char *messages_read(struct load_room *room, uint32_t number, uint8_t *bytes,
                                 size_t size, size_t *used)
{
    const char *why = NULL;
    *used = 0;
    while (!why) {
        size_t taken;
        struct websocket_event event =
            websocket_read(&room->people[number].reader, bytes + *used, size - *used, &taken);
        *used += taken;
        if (event.kind == WEBSOCKET_NEED_MORE && taken == 0)
            break;
        if (event.kind != WEBSOCKET_NEED_MORE)
            why = message_take(room, number, &event);
    }
    return why;
}

static const char *bytes_take(struct load_room *room, uint32_t number, size_t size)
{
    struct load_person *person = &room->people[number];
    size_t used;
    // Nearly all frames come whole: those are read where they are.
    if (person->state >= LOAD_ENTERING && person->pending.size == 0) {
        const char *why = messages_read(room, number, input, size, &used);
        if (!why)
            buffer_append(&person->pending, input + used, size - used);
        return why;
    }
    buffer_append(&person->pending, input, size);
    if (person->state == LOAD_BOOKING)
        return booking_read(room, number);
    const char *why = person->state == LOAD_UPGRADING ? upgrade_read(room, person) : NULL;
    if (why || person->state == LOAD_UPGRADING)
        return why;
    why = messages_read(room, number, person->pending.bytes, person->pending.size, &used);
    if (!why)
        buffer_consume(&person->pending, used);
    return why;
}

void load_person_read(struct load_room *room, uint32_t number)
{
    struct load_person *person = &room->people[number];
    if (person->fd < 0)
        return;
    ssize_t size = recv(person->fd, input, sizeof input, 0);
    if (size < 0 && errno == EAGAIN)
        return;
    const char *why = size < 0 ? strerror(errno) : "the server ended the connection";
    if (size > 0) {
        room->bytes += (uint64_t)size;
        why = bytes_take(room, number, (size_t)size);
        if (!why && !person_flush(person))
            why = strerror(errno);
    }
    if (why)
        person_lose(room, number, why);
}

void load_person_move(struct load_room *room, uint32_t mover, uint64_t now_us)
{
    uint32_t number = room->crowd.movers[mover];
    struct load_person *person = &room->people[number];
    if (person->state != LOAD_HERE)
        return;
    if (person->unsent.size > 0) {
        room->moves_held_back++;
        if (!person_flush(person))
            person_lose(room, number, strerror(errno));
        return;
    }
    struct buffer message = {0};
    load_dialect_move_write(room->dialect, load_crowd_step(&room->crowd, mover, now_us), &message);
    if (person_send(person, message.bytes, message.size))
        room->moves_sent++;
    else
        person_lose(room, number, strerror(errno));
    buffer_done(&message);
}
