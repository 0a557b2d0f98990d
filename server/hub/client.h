// client: one person's connection on its shard: the opening handshake, what they send, what they
// are sent, and how it ends.
//
//   HANDSHAKE --ticket is good--> JOINING --tick thread says yes--> HERE --> CLOSING --> freed
//
// Owner: the shard's thread. Bytes to send are written at once when the socket takes them; what it
// does not take waits in `out`, and while it waits no frame is composed (the viewer is
// resynchronised later).
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "hub/allowance.h"
#include "hub/mail.h"
#include "hub/viewer.h"
#include "net/loop.h"
#include "net/stream.h"
#include "net/websocket.h"

struct shard;

enum client_stage { CLIENT_HANDSHAKE, CLIENT_JOINING, CLIENT_HERE, CLIENT_CLOSING };

enum { CLIENT_MESSAGE_BYTES_MAX = 4096 };

struct client {
    struct loop_source source; // first: the loop's callback finds the client by it
    struct shard *shard;
    struct stream stream;
    bool open; // false: dropped, freed at the end of the round
    uint32_t slot, generation;
    enum client_stage stage;
    bool blocked; // the socket did not take all of `out`
    bool closing_sent;
    bool done_when_sent; // the peer's close was answered: nothing more is to be heard
    bool deaf;           // expelled: nothing more is read
    bool moved;          // since the last place token
    uint16_t instance;   // place in the tick thread's table
    entity_id entity;
    struct viewer *viewer;
    struct websocket_reader reader;
    struct buffer in;   // a message that is not whole yet
    struct buffer out;  // not taken by the socket yet
    size_t piled_bytes; // of what was added to `out` while it was blocked: never a frame, which may
                        // be large
    struct allowance allowance;
    bool move_waits, listed; // a move waits; it is in the shard's line of those whose moves do
    struct wire_move waiting_move;
    struct client *next_waiting;
    struct ticket ticket;              // name and look as they are now
    struct websocket_request *request; // until the handshake is answered
    uint64_t begun_us, heard_us, pinged_us, blocked_us, closing_us, token_us;
    uint64_t reset_us, reset_wait_us; // when all was last sent anew, and for how long not again
};

// Takes the stream (moved). NULL when it could not be watched; the stream is closed then.
struct client *client_create(struct shard *shard, struct stream *stream, uint32_t slot,
                             uint32_t generation, uint64_t now_us);
void client_destroy(struct client *client);

uint64_t client_handle(const struct client *client);

// --- client_handshake.c
// Answers the request when it is whole: asks the tick thread to let the person in, or refuses.
void client_take_handshake(struct client *client, uint64_t now_us);
// The tick thread's answers to the join.
void client_welcome(struct client *client, const struct notice_joined *joined, uint64_t now_us);
void client_refuse(struct client *client, const struct error *error, uint64_t now_us);

// Queues one text message; client_flush() sends.
void client_tell(struct client *client, const char *text, size_t size);
void client_tell_error(struct client *client, enum error_code code, const char *about,
                       const char *message, uint64_t now_us);
void client_correct(struct client *client, uint16_t sequence, const struct wire_state *at);
// A signed token to come back with, for where the person is now.
void client_tell_token(struct client *client, const struct wire_state *at);
void client_tell_drain(struct client *client, uint32_t reconnect_ms);

// Composes what is new in the frames and sends it together with what waits. `frames` as in
// viewer_compose.
void client_send_frames(struct client *client, const struct frame *const *frames, size_t count,
                        uint64_t now_us);
void client_flush(struct client *client, uint64_t now_us);

// Queues a close frame; the connection ends when it was sent and answered, or 2 s later.
void client_close(struct client *client, uint16_t code, const char *reason, uint64_t now_us);
// The entity goes at once; the connection is the caller's to close.
void client_leave(struct client *client);
// Closes with 4429 who costs the others too much. The entity goes at once, and nothing more is
// read: so the reason has 2 s to arrive.
void client_expel(struct client *client, const char *reason, uint64_t now_us);
// Ends it now. The entity lingers unless it left. The client is freed at the end of the shard's
// round.
void client_drop(struct client *client);

// About four times a second: pings, deadlines, tokens.
void client_check_time(struct client *client, uint64_t now_us);

// --- client_events.c: what a text message says
// ------------------------------------------------------------ Answers, queues an order, or an
// error event.
void client_take_event(struct client *client, const uint8_t *text, size_t size, uint64_t now_us);
