// person: one simulated person: a connection, a walk, and what they are shown.
//
//   WAITING -> ASKING -> CONNECTING -> UPGRADING -> GREETING -> HERE -> LEAVING -> LEFT
//      ^__________________failed, tried again__________|          |
//                         (at last: REFUSED)                      +-> LOST
//
// Who makes room for somebody else, or comes back after being dropped, goes from HERE or LEAVING to
// WAITING.
//
// Owner: the scene's thread. Memory: buffers and tables from the heap, none per frame once they
// have grown.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "net/loop.h"
#include "net/stream.h"
#include "net/websocket.h"
#include "swarm/crowd.h"
#include "swarm/guest.h"
#include "swarm/scene.h"
#include "swarm/upgrade.h"
#include "swarm/view.h"
#include "swarm/watch.h"

struct person {
    struct loop_source source; // first: the loop hands it back
    struct scene *scene;
    struct stream stream;
    struct websocket_reader reader;
    struct buffer carry; // bytes of a message that is not whole yet
    struct buffer out;   // what the socket did not take at once
    char key[UPGRADE_KEY_BYTES];
    uint32_t number;
    enum person_state state;
    uint32_t lives; // how many have been in this one's stead
    uint32_t attempts;
    uint64_t due_us; // WAITING: when to try again; on the way in and out: when to give up

    uint64_t asked_us, here_us; // set out (0: not on the way), came in
    uint64_t dropped_us;        // 0: is not coming back
    bool anew;                  // comes back by a ticket
    bool makes_room;            // LEAVING, and somebody else will come
    char *token;                // the latest place token; NULL: none was kept
    uint64_t bytes;             // received; the troop counts from where it likes

    uint32_t id, instance, speed_max_cm_s;
    uint16_t sequence;
    bool restate; // tell the server where we are even if nothing changed here
    struct walker walker;
    struct wire_state sent; // the truth: what the server has last been told, or has told us
    uint64_t moved_us;

    bool pictured; // keeps a picture from `welcome` on
    struct view view;
    struct watcher *watcher; // NULL: not one
    struct track *track;     // NULL: does not walk about
};

void person_init(struct person *person, struct scene *scene, uint32_t number);
void person_done(struct person *person);

// From WAITING: their request for a ticket went out.
void person_asks(struct person *person, uint64_t now_us);
// It did not: back to WAITING.
void person_stop_asking(struct person *person);
// The two answers to that.
void person_take_ticket(struct person *person, const char *path, const char *ticket,
                        uint64_t now_us);
void person_take_refusal(struct person *person, const struct guest_refusal *refusal,
                         uint64_t now_us);

// Who they are for others: a new one for each who comes in somebody's stead.
uint32_t person_face(const struct person *person);

// From WAITING, after being dropped: with their token, when they have one.
bool person_has_token(const struct person *person);
void person_come_back(struct person *person, uint64_t now_us);

// From HERE: they go, with a goodbye or by cutting the connection, and somebody else will come.
void person_make_room(struct person *person, bool politely, uint64_t now_us);

// One step of their walk, or a look at their deadline. Call `rate` times a second.
void person_step(struct person *person, uint64_t now_us);

// Asks the server for a frame with RESET.
void person_ask_anew(struct person *person);
