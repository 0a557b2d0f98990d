#include "replay/track.h"

#include "base/assert.h"

void track_init(struct track *track, const char *world, uint32_t instance)
{
    *track = (struct track){.used = true, .open = true, .world = world, .instance = instance};
}

void track_done(struct track *track)
{
    while (track->first)
        track_drop_oldest(track);
    names_done(&track->names);
    tape_done(&track->tape);
    *track = (struct track){0};
}

struct reel *track_seal(struct track *track, uint64_t now_us)
{
    return track->tape.running ? reel_create(tape_end(&track->tape), now_us) : NULL;
}

static bool stretch_is_full(const struct tape *tape)
{
    return tape->running && (tape->tick - tape->head.first_tick + 1 >= TRACK_STRETCH_TICKS ||
                             tape->bytes.size >= TRACK_STRETCH_BYTES);
}

struct reel *track_add_frame(struct track *track, const struct frame *frame, uint64_t now_us,
                             uint64_t wall_ms)
{
    struct tape *tape = &track->tape;
    if (tape_continues(tape, frame) && !stretch_is_full(tape)) {
        tape_add_frame(tape, frame);
        return NULL;
    }
    struct reel *ended = track_seal(track, now_us);
    // An empty place is not worth a stretch.
    if (frame->population > 0)
        tape_begin(tape, frame, &track->names, wall_ms);
    return ended;
}

void track_remember(struct track *track, struct reel *reel)
{
    reel_ref(reel);
    ASSERT(!reel->next);
    if (track->last)
        track->last->next = reel;
    else
        track->first = reel;
    track->last = reel;
    track->reel_bytes += reel->bytes.size;
}

void track_drop_oldest(struct track *track)
{
    struct reel *oldest = track->first;
    ASSERT(oldest);
    track->first = oldest->next;
    if (!track->first)
        track->last = NULL;
    track->reel_bytes -= oldest->bytes.size;
    reel_unref(oldest);
}

size_t track_bytes(const struct track *track)
{
    return track->reel_bytes + track->tape.bytes.size;
}

uint32_t track_ticks(const struct track *track)
{
    uint32_t ticks = 0;
    for (const struct reel *reel = track->first; reel; reel = reel->next)
        ticks += reel->head.ticks;
    return track->tape.running ? ticks + track->tape.tick - track->tape.head.first_tick + 1 : ticks;
}
