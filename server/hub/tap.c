#include "hub/tap.h"

#include "base/assert.h"

enum { TAP_RETURNS = 1024 };

_Static_assert(TAP_RETURNS >= TAP_FRAMES_OUT_MAX * HUB_INSTANCES_MAX,
               "every frame that the reader can hold finds room on its way back");

void tap_init(struct tap *tap, void (*wake)(void *context), void *context)
{
    ring_init(&tap->news, TAP_NEWS, sizeof(struct tap_news));
    ring_init(&tap->returns, TAP_RETURNS, sizeof(struct frame_return));
    atomic_init(&tap->wants_frames, false);
    atomic_init(&tap->wants_words, false);
    tap->wake = wake;
    tap->context = context;
}

void tap_done(struct tap *tap)
{
    struct tap_news news;
    while (ring_pop(&tap->news, &news))
        tap_news_free(&news);
    ring_done(&tap->news);
    ring_done(&tap->returns);
}

bool tap_wants_frames(const struct tap *tap)
{
    return tap && atomic_load_explicit(&tap->wants_frames, memory_order_relaxed);
}

bool tap_tell(struct tap *tap, const struct tap_news *news)
{
    if (tap && ring_push(&tap->news, news))
        return true;
    struct tap_news lost = *news;
    tap_news_free(&lost);
    return false;
}

void tap_tell_name(struct tap *tap, struct tap_news news, uint32_t look, const char *name)
{
    if (!tap)
        return;
    news.kind = TAP_NAMED;
    news.named = calloc(1, sizeof *news.named);
    ASSERT(news.named);
    news.named->look = look;
    snprintf(news.named->name, sizeof news.named->name, "%s", name);
    tap_tell(tap, &news);
}

void tap_tell_words(struct tap *tap, struct tap_news news, bool to_all, const char *text)
{
    if (!tap || !atomic_load_explicit(&tap->wants_words, memory_order_relaxed))
        return;
    size_t bytes = strlen(text) + 1;
    news.kind = TAP_SAID;
    news.said = malloc(sizeof *news.said + bytes);
    ASSERT(news.said);
    news.said->to_all = to_all;
    memcpy(news.said->text, text, bytes);
    tap_tell(tap, &news);
}

bool tap_next(struct tap *tap, struct tap_news *out)
{
    return ring_pop(&tap->news, out);
}

void tap_return_frame(struct tap *tap, const struct tap_news *news)
{
    struct frame_return back = {.instance = news->place, .frame = news->frame};
    bool pushed = ring_push(&tap->returns, &back);
    ASSERT(pushed);
}

void tap_news_free(struct tap_news *news)
{
    if (news->kind == TAP_NAMED)
        free(news->named);
    else if (news->kind == TAP_SAID)
        free(news->said);
}
