// playback: a stretch, told tick by tick: who is where, what they are called, what is said.
//
// Pure: it is handed a stretch's bytes and reads them with the codec that clients use. Owner: one
// thread. Memory: a picture of 65,535 people, made once, and the stretch.
#pragma once

#include <stdbool.h>

#include "base/buffer.h"
#include "replay/format.h"
#include "wire/codec.h"

struct playback;

struct playback_person {
    struct wire_identity identity;
    struct wire_state state; // to the centimetre
    const char *name;        // borrowed until the playback moves; "" when none was told
};

struct playback_words {
    uint32_t speaker;
    bool to_all;
    const char *event; // not ended by a zero
    size_t size;
};

struct playback *playback_create(void);
void playback_destroy(struct playback *playback);

// Takes the stretch, whose head was checked; nothing of it is told yet, and nobody is there.
void playback_load(struct playback *playback, struct buffer *stretch);
// Back to before its first tick.
void playback_rewind(struct playback *playback);
// Goes on through a tick of the stretch, counted from 0; never back. What is said on the way goes
// to `on_words`, which may be NULL.
void playback_run(struct playback *playback, uint32_t tick,
                  void (*on_words)(void *context, const struct playback_words *words),
                  void *context);

// Rows [0, playback_rows()); false for a row that shows nobody.
uint32_t playback_rows(const struct playback *playback);
bool playback_person(const struct playback *playback, uint32_t row, struct playback_person *out);
bool playback_find(const struct playback *playback, uint32_t id, struct playback_person *out);
// Whether a record could not be read: the rest of the stretch was left out.
bool playback_is_broken(const struct playback *playback);
