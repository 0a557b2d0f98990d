// However its bytes are cut into pieces, a stream of frames tells the same story: the same
// messages, then the same end. No message is over the limit, and text is UTF-8.
#include "base/text.h"
#include "fuzz/target.h"
#include "net/websocket.h"

enum { MESSAGE_MAX = 300 };

struct story {
    uint64_t hash;
    int events;
};

static void story_mix(struct story *story, const void *bytes, size_t size)
{
    const uint8_t *from = bytes;
    for (size_t i = 0; i < size; i++)
        story->hash = (story->hash ^ from[i]) * 0x100000001b3u;
}

static void story_add(struct story *story, const struct websocket_event *event)
{
    story->events++;
    story_mix(story, &event->kind, sizeof event->kind);
    story_mix(story, &event->close_code, sizeof event->close_code);
    story_mix(story, &event->size, sizeof event->size);
    if (event->size)
        story_mix(story, event->payload, event->size);
}

static void event_check(const struct websocket_event *event)
{
    TARGET_CHECK(event->size <= MESSAGE_MAX);
    if (event->kind == WEBSOCKET_TEXT)
        TARGET_CHECK(text_is_utf8(event->size ? event->payload : (const uint8_t *)"", event->size));
    if (event->kind == WEBSOCKET_PING || event->kind == WEBSOCKET_PONG)
        TARGET_CHECK(event->size <= 125);
    if (event->kind == WEBSOCKET_VIOLATION)
        TARGET_CHECK(event->reason && event->close_code >= 1002 && event->close_code <= 1009);
}

// Takes what it can from `size` bytes at `bytes`; false when the story has ended.
static bool feed(struct websocket_reader *reader, struct story *story, uint8_t *bytes, size_t size,
                 size_t *consumed)
{
    *consumed = 0;
    for (;;) {
        size_t taken;
        struct websocket_event event =
            websocket_read(reader, bytes + *consumed, size - *consumed, &taken);
        TARGET_CHECK(taken <= size - *consumed);
        event_check(&event);
        if (event.kind != WEBSOCKET_NEED_MORE)
            story_add(story, &event);
        if (event.kind == WEBSOCKET_VIOLATION || event.kind == WEBSOCKET_CLOSE)
            return false;
        *consumed += taken;
        if (taken == 0)
            return true;
    }
}

static struct story story_of(enum websocket_role role, const uint8_t *data, size_t size,
                             size_t step)
{
    struct story story = {0xcbf29ce484222325u, 0};
    struct websocket_reader reader;
    uint8_t *inbox = NULL;
    size_t held = 0, consumed;
    websocket_reader_init(&reader, role, MESSAGE_MAX);
    bool more = true;
    for (size_t at = 0; at < size && more; at += step) {
        size_t piece = size - at < step ? size - at : step;
        // A block of exactly what is held, so that a look past it traps.
        uint8_t *block = malloc(held + piece);
        if (held)
            memcpy(block, inbox, held);
        memcpy(block + held, data + at, piece);
        free(inbox);
        inbox = block;
        held += piece;
        more = feed(&reader, &story, inbox, held, &consumed);
        held -= consumed;
        memmove(inbox, inbox + consumed, held);
        TARGET_CHECK(!more || held <= MESSAGE_MAX + WEBSOCKET_HEADER_BYTES_MAX ||
                     step > MESSAGE_MAX);
    }
    free(inbox);
    websocket_reader_done(&reader);
    return story;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || size > 4096)
        return 0;
    enum websocket_role role = data[0] & 1 ? WEBSOCKET_CLIENT : WEBSOCKET_SERVER;
    size_t step = (size_t)(data[0] >> 1) % 61 + 1;
    struct story whole = story_of(role, data + 1, size - 1, size);
    struct story pieces = story_of(role, data + 1, size - 1, step);
    TARGET_CHECK(whole.events == pieces.events);
    TARGET_CHECK(whole.hash == pieces.hash);
    return 0;
}
