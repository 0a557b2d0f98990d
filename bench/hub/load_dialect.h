// load_dialect: what each system wants to hear from a client, and how its frames are read: plain
// WebSocket messages of records, Socket.IO 5 over Engine.IO 4, and Colyseus 0.18. Pure.
#pragma once

#include "base/buffer.h"
#include "bench/hub/record.h"
#include "net/websocket.h"

enum load_dialect { DIALECT_RECORDS, DIALECT_SOCKETIO, DIALECT_COLYSEUS };

enum { DIALECT_PATH_BYTES = 256 };

enum dialect_heard {
    HEARD_OTHER,
    HEARD_WELCOME, // this person is in the room now
    HEARD_FRAME,
};

bool load_dialect_parse(const char *text, enum load_dialect *out);

// Colyseus wants a seat to be booked by HTTP before; whoever does not is here after the upgrade.
bool load_dialect_books(enum load_dialect dialect);
bool load_dialect_greets(enum load_dialect dialect);

void load_dialect_booking_write(const struct record *at, uint16_t port, struct buffer *out);
// False when the answer is no booking.
MUST_CHECK bool load_dialect_booking_read(const char *body, size_t size,
                                          char path[DIALECT_PATH_BYTES]);
// Of the WebSocket, for those that book nothing.
void load_dialect_path_write(enum load_dialect dialect, const struct record *at,
                             char path[DIALECT_PATH_BYTES]);

// Says what a message is; appends what has to be answered.
enum dialect_heard load_dialect_hear(enum load_dialect dialect, const struct websocket_event *event,
                                     struct buffer *reply);

void load_dialect_move_write(enum load_dialect dialect, const struct record *record,
                             struct buffer *out);

// Calls for each number of a move that is found in a frame. A frame of Colyseus is not decoded but
// searched for what a changed `number` looks like: something else looks so less than once in 10^7
// bytes, and a number that no move has is passed over by the caller.
void load_dialect_frame_read(enum load_dialect dialect, const uint8_t *bytes, size_t size,
                             void (*on_number)(void *context, uint32_t number), void *context);
