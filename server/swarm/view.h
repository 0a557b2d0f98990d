// view: what one person is shown: whether its frames are whole and in order, and, while there is
// one, the picture that they make. Pure.
//
// A picture begins with a frame with RESET: one that comes late takes in nothing before. Owner: one
// person. Memory: a kept picture is the view's; a lent one stays its lender's.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "swarm/follow.h"
#include "swarm/reading.h"
#include "wire/picture.h"

struct view {
    struct follow follow;
    struct picture *picture; // NULL: there is none now
    void *kept;              // block of a picture that lasts
    bool begun;              // the picture was given a frame with RESET
    bool resyncing;          // frames are passed over until one with RESET comes
};

void view_done(struct view *view);

// As at the first frame of a connection; a kept picture stays, empty. One that is lent must have
// been taken back.
void view_restart(struct view *view, uint32_t capacity);

// A block for view_lend: of picture_bytes(capacity), aligned; to be freed.
void *view_block_create(uint32_t capacity);
// From here on there is a picture, until view_done.
void view_keep_picture(struct view *view, uint32_t capacity);
// The same, until view_take_back; the view must have none. It begins with the next RESET.
void view_lend(struct view *view, void *block, uint32_t capacity);
void view_take_back(struct view *view);

// Takes in one frame. WIRE_BAD: it is not valid, or something before it was lost; the caller must
// ask for a RESET. *changes: how many entities it spoke of.
enum wire_result view_take(struct view *view, struct reading *reading, const uint8_t *bytes,
                           size_t size, uint32_t *changes);
