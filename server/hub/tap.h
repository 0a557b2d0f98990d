// tap: what one reader outside of the hub hears of every instance: the frames that the shards get,
// the names of those who come, and what is said to others.
//
//   tick thread                                      reader's thread
//   tap_tell()  ==ring: frames, names, words==>  tap_next()
//        ^                                           |
//        +------------- ring: frames, done ----------+  tap_return_frame()
//
// The reader is one more borrower of frames, as a shard is: the tick thread spends a push on it. A
// reader that is late misses frames (their ticks tell), and delays nobody.
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/ring.h"
#include "hub/frame.h"
#include "hub/instance.h"
#include "hub/mail.h"

enum {
    TAP_NEWS = 16384,
    TAP_FRAMES_OUT_MAX = 8, // of one instance, with the reader
};

enum tap_kind { TAP_FRAME, TAP_NAMED, TAP_SAID, TAP_CLOSED };

struct tap_named {
    uint32_t look;
    char name[HUB_NAME_BYTES];
};

struct tap_said {
    bool to_all; // else to those in earshot of the speaker
    char text[]; // the event, as docs/protocol.md section 5.1 has it
};

struct tap_news {
    enum tap_kind kind;
    uint16_t place;    // of the instance in the tick thread's table
    uint32_t instance; // its number
    const char *world; // lives as long as the hub
    uint32_t tick;     // the instance's last one
    entity_id entity;  // NAMED, SAID
    union {
        const struct frame *frame;
        struct tap_named *named; // owned
        struct tap_said *said;   // owned
    };
};

struct tap {
    struct ring news;    // struct tap_news
    struct ring returns; // struct frame_return
    // Set by any thread; relaxed: a tick sooner or later makes no difference.
    _Atomic bool wants_frames, wants_words;
    void (*wake)(void *context); // from the tick thread, after a tick with news; must not block
    void *context;
};

void tap_init(struct tap *tap, void (*wake)(void *context), void *context);
// When neither thread uses it any more: frees what is still inside.
void tap_done(struct tap *tap);

// --- the tick thread; `tap` may be NULL: then nobody listens
bool tap_wants_frames(const struct tap *tap);
// Takes what the news owns, also when it returns false: the reader is too far behind.
bool tap_tell(struct tap *tap, const struct tap_news *news);
void tap_tell_name(struct tap *tap, struct tap_news news, uint32_t look, const char *name);
void tap_tell_words(struct tap *tap, struct tap_news news, bool to_all, const char *text);

// --- the reader
MUST_CHECK bool tap_next(struct tap *tap, struct tap_news *out);
void tap_return_frame(struct tap *tap, const struct tap_news *news);
void tap_news_free(struct tap_news *news); // but a frame, which is returned
