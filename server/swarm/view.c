#include "swarm/view.h"

#include <stdlib.h>

#include "base/assert.h"

enum { PICTURE_ALIGNMENT = 16 };

void view_done(struct view *view)
{
    follow_done(&view->follow);
    free(view->kept);
    *view = (struct view){0};
}

void view_restart(struct view *view, uint32_t capacity)
{
    follow_reset(&view->follow);
    view->begun = view->resyncing = false;
    if (view->kept)
        view->picture = picture_init(view->kept, capacity);
}

void *view_block_create(uint32_t capacity)
{
    size_t size = picture_bytes(capacity);
    size += -size % PICTURE_ALIGNMENT;
    void *block = aligned_alloc(PICTURE_ALIGNMENT, size);
    ASSERT(block);
    return block;
}

void view_keep_picture(struct view *view, uint32_t capacity)
{
    view->kept = view_block_create(capacity);
    view->picture = picture_init(view->kept, capacity);
    view->begun = false;
}

void view_lend(struct view *view, void *block, uint32_t capacity)
{
    ASSERT(!view->picture);
    view->picture = picture_init(block, capacity);
    view->begun = false;
}

void view_take_back(struct view *view)
{
    ASSERT(view->picture && !view->kept);
    view->picture = NULL;
    view->begun = false;
}

static enum wire_result picture_take(struct view *view, const struct wire_frame *frame,
                                     const uint8_t *bytes, size_t size)
{
    view->begun |= frame->flags & WIRE_FRAME_RESET;
    if (!view->begun)
        return WIRE_DONE;
    return picture_apply(view->picture, bytes, size, (double)frame->tick);
}

enum wire_result view_take(struct view *view, struct reading *reading, const uint8_t *bytes,
                           size_t size, uint32_t *changes)
{
    struct wire_frame frame;
    *changes = 0;
    enum wire_result result = wire_frame_read(bytes, size, &frame);
    if (result == WIRE_DONE) {
        if (view->resyncing && !(frame.flags & WIRE_FRAME_RESET))
            return WIRE_DONE;
        result = follow_apply(&view->follow, reading, bytes, size, changes);
        // Both look, even at what the other refused: they are two ways to the same answer.
        if (view->picture && picture_take(view, &frame, bytes, size) == WIRE_BAD)
            result = WIRE_BAD;
    }
    view->resyncing = result == WIRE_BAD;
    if (view->resyncing)
        view->begun = false;
    return result;
}
