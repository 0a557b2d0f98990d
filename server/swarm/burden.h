// burden: peers that a server has to bear beside its people: who stop reading, who read a thousand
// bytes a second, and who send garbage. They come through the front door, and when they are thrown
// out they come back with a fresh ticket, at most COMEBACKS_A_SECOND of them.
//
//   WAITING -> ASKING -> CONNECTING -> UPGRADING -> THERE
//      ^_______________failed, or thrown out____________|
//
// Owner: a troop's thread. Memory: one block for all, and a small buffer for each who is on the way
// in or could not send everything.
#pragma once

#include <stdint.h>

#include "base/buffer.h"
#include "swarm/garbage.h"
#include "swarm/scene.h"
#include "swarm/upgrade.h"

enum burden_state {
    BURDEN_WAITING,
    BURDEN_ASKING,
    BURDEN_CONNECTING,
    BURDEN_UPGRADING,
    BURDEN_THERE,
};

struct burden {
    struct loop_source source; // first: the loop hands it back
    struct burdens *all;
    struct stream stream;
    enum burden_kind kind;
    enum burden_state state;
    uint32_t number;
    bool came; // has been there
    // WAITING: when to try again; on the way: when to give up; THERE: when to read again.
    uint64_t due_us;
    struct buffer in, out;
    char key[UPGRADE_KEY_BYTES];
    struct garbage garbage;
};

enum { BURDENS_TURN_MS = 5 };

struct burdens {
    struct scene *scene;
    struct guest_desk *desk; // NULL: there are none
    struct burden *rows;     // numbers `first`, `first` + step, `first` + 2 * step ...
    uint32_t count, first, step;
    uint32_t turn; // the next one
    uint32_t next_to_ask, entering;
    uint32_t comebacks_a_second;
    uint64_t comeback_us; // when the next one may come back
    struct buffer flood;
    uint64_t flood_left; // bytes that may still be sent in this round of turns
};

// Of the course's burdens those with number `index`, `index` + `step` ...
void burdens_init(struct burdens *burdens, struct scene *scene, uint32_t index, uint32_t step);
void burdens_done(struct burdens *burdens);

// Lets in whose time has come, and has the next part of them do what they do. Call every
// BURDENS_TURN_MS: everyone's turn is then ten times a second.
void burdens_take_turn(struct burdens *burdens, uint64_t now_us);
// Cuts the hostile ones' connections, or everyone's, for good.
void burdens_end(struct burdens *burdens, bool everyone);
