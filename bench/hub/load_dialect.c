#include "bench/hub/load_dialect.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

// Nobody listens in on loopback: the mask only has to be there.
static const uint8_t MASK[4] = {0x5a, 0xc3, 0x1e, 0x87};

// Of Colyseus: the first byte of a message.
enum { JOIN_ROOM = 10, ROOM_DATA = 13, ROOM_STATE_PATCH = 15 };
// `number` is the fifth field of a person in peers/colyseus.mjs: "replace, field 4".
enum { NUMBER_CHANGED = 0x84 };

bool load_dialect_parse(const char *text, enum load_dialect *out)
{
    static const char *const names[] = {"records", "socket.io", "colyseus"};
    for (int i = DIALECT_RECORDS; i <= DIALECT_COLYSEUS; i++)
        if (!strcmp(text, names[i])) {
            *out = (enum load_dialect)i;
            return true;
        }
    return false;
}

bool load_dialect_books(enum load_dialect dialect)
{
    return dialect == DIALECT_COLYSEUS;
}

bool load_dialect_greets(enum load_dialect dialect)
{
    return dialect != DIALECT_RECORDS;
}

void load_dialect_booking_write(const struct record *at, uint16_t port, struct buffer *out)
{
    char body[128];
    int size = snprintf(body, sizeof body, "{\"person\":%u,\"x\":%d,\"z\":%d}", at->person,
                        at->x_cm, at->z_cm);
    buffer_printf(out,
                  "POST /matchmake/joinOrCreate/crowd HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n"
                  "Content-Type: application/json\r\nContent-Length: %d\r\n"
                  "Connection: close\r\n\r\n%s",
                  port, size, body);
}

bool load_dialect_booking_read(const char *body, size_t size, char path[DIALECT_PATH_BYTES])
{
    const char *process, *room, *session;
    json_t *json = json_loadb(body, size, 0, NULL);
    bool good = json_unpack(json, "{s:s, s:s, s:s}", "processId", &process, "roomId", &room,
                            "sessionId", &session) == 0 &&
                snprintf(path, DIALECT_PATH_BYTES, "/%s/%s?sessionId=%s&skipHandshake=1", process,
                         room, session) < DIALECT_PATH_BYTES;
    json_decref(json);
    return good;
}

void load_dialect_path_write(enum load_dialect dialect, const struct record *at,
                             char path[DIALECT_PATH_BYTES])
{
    const char *before =
        dialect == DIALECT_SOCKETIO ? "/socket.io/?EIO=4&transport=websocket&" : "/?";
    snprintf(path, DIALECT_PATH_BYTES, "%sperson=%u&x=%d&z=%d", before, at->person, at->x_cm,
             at->z_cm);
}

static enum dialect_heard socketio_hear(const struct websocket_event *event, struct buffer *reply)
{
    if (event->kind == WEBSOCKET_BINARY)
        return HEARD_FRAME;
    const char *text = (const char *)event->payload;
    if (event->size >= 1 && text[0] == '0')
        websocket_append_masked(reply, WEBSOCKET_OP_TEXT, "40", 2, MASK);
    else if (event->size == 1 && text[0] == '2')
        websocket_append_masked(reply, WEBSOCKET_OP_TEXT, "3", 1, MASK);
    else if (event->size >= 2 && !memcmp(text, "40", 2))
        return HEARD_WELCOME;
    return HEARD_OTHER;
}

static enum dialect_heard colyseus_hear(const struct websocket_event *event, struct buffer *reply)
{
    static const uint8_t joined = JOIN_ROOM;
    if (event->kind != WEBSOCKET_BINARY || event->size == 0)
        return HEARD_OTHER;
    if (event->payload[0] == ROOM_STATE_PATCH)
        return HEARD_FRAME;
    if (event->payload[0] != JOIN_ROOM)
        return HEARD_OTHER;
    websocket_append_masked(reply, WEBSOCKET_OP_BINARY, &joined, 1, MASK);
    return HEARD_WELCOME;
}

enum dialect_heard load_dialect_hear(enum load_dialect dialect, const struct websocket_event *event,
                                     struct buffer *reply)
{
    if (event->kind == WEBSOCKET_PING) {
        websocket_append_masked(reply, WEBSOCKET_OP_PONG, event->payload, event->size, MASK);
        return HEARD_OTHER;
    }
    if (event->kind != WEBSOCKET_TEXT && event->kind != WEBSOCKET_BINARY)
        return HEARD_OTHER;
    if (dialect == DIALECT_SOCKETIO)
        return socketio_hear(event, reply);
    if (dialect == DIALECT_COLYSEUS)
        return colyseus_hear(event, reply);
    return event->kind == WEBSOCKET_BINARY ? HEARD_FRAME : HEARD_OTHER;
}

static size_t key_write(uint8_t *out, const char *key)
{
    size_t size = strlen(key);
    out[0] = (uint8_t)(0xa0 | size); // MessagePack: a short string
    memcpy(out + 1, key, size);
    return 1 + size;
}

static size_t number_write(uint8_t *out, uint8_t type, uint32_t value, size_t bytes)
{
    out[0] = type;
    for (size_t i = 0; i < bytes; i++) // MessagePack is big-endian
        out[1 + i] = (uint8_t)(value >> (8 * (bytes - 1 - i)));
    return 1 + bytes;
}

// room.send('move', { x, z, yaw, pose, number })
static void colyseus_move_write(const struct record *record, struct buffer *out)
{
    enum { UINT8 = 0xcc, UINT32 = 0xce, INT16 = 0xd1, MAP_OF_5 = 0x85 };
    uint8_t bytes[64];
    size_t at = 0;
    bytes[at++] = ROOM_DATA;
    at += key_write(bytes + at, "move");
    bytes[at++] = MAP_OF_5;
    at += key_write(bytes + at, "x");
    at += number_write(bytes + at, INT16, (uint16_t)record->x_cm, 2);
    at += key_write(bytes + at, "z");
    at += number_write(bytes + at, INT16, (uint16_t)record->z_cm, 2);
    at += key_write(bytes + at, "yaw");
    at += number_write(bytes + at, UINT8, record->yaw, 1);
    at += key_write(bytes + at, "pose");
    at += number_write(bytes + at, UINT8, record->pose, 1);
    at += key_write(bytes + at, "number");
    at += number_write(bytes + at, UINT32, record->number, 4);
    websocket_append_masked(out, WEBSOCKET_OP_BINARY, bytes, at, MASK);
}

void load_dialect_move_write(enum load_dialect dialect, const struct record *record,
                             struct buffer *out)
{
    if (dialect == DIALECT_COLYSEUS) {
        colyseus_move_write(record, out);
    } else if (dialect == DIALECT_SOCKETIO) {
        char text[128]; // socket.emit('move', x, z, yaw, pose, number)
        int size = snprintf(text, sizeof text, "42[\"move\",%d,%d,%u,%u,%" PRIu32 "]", record->x_cm,
                            record->z_cm, record->yaw, record->pose, record->number);
        websocket_append_masked(out, WEBSOCKET_OP_TEXT, text, (size_t)size, MASK);
    } else {
        websocket_append_masked(out, WEBSOCKET_OP_BINARY, record, sizeof *record, MASK);
    }
}

static void records_read(const uint8_t *bytes, size_t size,
                         void (*on_number)(void *context, uint32_t number), void *context)
{
    struct record_frame header;
    if (size < sizeof header)
        return;
    memcpy(&header, bytes, sizeof header);
    if (header.kind != RECORD_FRAME_KIND ||
        size < sizeof header + header.count * sizeof(struct record))
        return;
    for (uint16_t i = 0; i < header.count; i++) {
        struct record record;
        memcpy(&record, bytes + sizeof header + i * sizeof record, sizeof record);
        on_number(context, record.number);
    }
}

void load_dialect_frame_read(enum load_dialect dialect, const uint8_t *bytes, size_t size,
                             void (*on_number)(void *context, uint32_t number), void *context)
{
    if (dialect != DIALECT_COLYSEUS) {
        records_read(bytes, size, on_number, context);
        return;
    }
    for (size_t i = 0; i + 5 <= size; i++) {
        uint32_t number;
        if (bytes[i] != NUMBER_CHANGED)
            continue;
        memcpy(&number, bytes + i + 1, sizeof number);
        on_number(context, number);
    }
}
