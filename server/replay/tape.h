// tape: turns the frames of one instance into stretches: some seconds each that begin with
// everything whole and go on with the very sections that people near are sent.
//
// Owner: one thread. It reads frames and keeps none. Memory: the stretch that is being made, and 12
// kB. Ticks must follow each other within a stretch: begin anew when one is missing.
#pragma once

#include <stdbool.h>

#include "base/buffer.h"
#include "hub/frame.h"
#include "replay/format.h"
#include "replay/names.h"

struct tape {
    bool running;
    struct stretch_head head;
    uint32_t tick; // through this one
    struct buffer bytes;
    uint32_t cell_count;
    uint32_t keys[FRAME_CELLS_MAX];        // by cell index, as the stretch has them; 0: none
    uint16_t generations[FRAME_CELLS_MAX]; // of the index
};

void tape_done(struct tape *tape);

// Everyone's name, then everything whole. What ran before must have been ended.
void tape_begin(struct tape *tape, const struct frame *frame, const struct names *names,
                uint64_t wall_ms);
// Whether the frame is the one that comes next.
bool tape_continues(const struct tape *tape, const struct frame *frame);
void tape_add_frame(struct tape *tape, const struct frame *frame);
void tape_add_name(struct tape *tape, uint32_t id, uint32_t look, const char *name);
void tape_add_words(struct tape *tape, uint32_t id, bool to_all, const char *event);
// The stretch so far, which becomes the caller's; the tape stands still then.
struct buffer tape_end(struct tape *tape);
