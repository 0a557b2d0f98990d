#include "replay/loader.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "base/assert.h"
#include "base/log.h"
#include "base/ring.h"

enum { ASKED_MAX = 4 };

struct loader {
    const struct recording *recording;
    struct ring asked;  // uint32_t, to the thread
    struct ring loaded; // struct loaded, from the thread
    sem_t wake;
    pthread_t thread;
    bool started;
    _Atomic bool stopping;
};

struct loader *loader_create(const struct recording *recording)
{
    struct loader *loader = aligned_alloc(64, (sizeof *loader + 63) & ~(size_t)63);
    ASSERT(loader);
    memset(loader, 0, sizeof *loader);
    loader->recording = recording;
    ring_init(&loader->asked, ASKED_MAX, sizeof(uint32_t));
    // Twice as many: what was answered may not be taken yet while as much again is asked for.
    ring_init(&loader->loaded, 2 * ASKED_MAX, sizeof(struct loaded));
    sem_init(&loader->wake, 0, 0);
    return loader;
}

static void answer(struct loader *loader, uint32_t stretch)
{
    struct loaded loaded = {.stretch = stretch};
    struct error err;
    if (!recording_load(loader->recording, stretch, &loaded.bytes, &err)) {
        log_event(LOG_ERROR, "replay.stretch_not_read", LOG_TEXT("error", err.text));
        loaded.bytes.size = 0;
    }
    if (!ring_push(&loader->loaded, &loaded))
        buffer_done(&loaded.bytes); // nobody takes: it will be asked for again
}

static void *loader_main(void *argument)
{
    struct loader *loader = argument;
    pthread_setname_np(pthread_self(), "flux-loader");
    while (!atomic_load_explicit(&loader->stopping, memory_order_acquire)) {
        uint32_t stretch;
        while (ring_pop(&loader->asked, &stretch))
            answer(loader, stretch);
        while (sem_wait(&loader->wake) != 0 && errno == EINTR)
            continue;
    }
    return NULL;
}

bool loader_start(struct loader *loader, struct error *err)
{
    int code = pthread_create(&loader->thread, NULL, loader_main, loader);
    if (code)
        return fail(err, ERR_SYSTEM, "cannot start the loader's thread: %s", strerror(code));
    loader->started = true;
    return true;
}

void loader_destroy(struct loader *loader)
{
    if (!loader)
        return;
    if (loader->started) {
        atomic_store_explicit(&loader->stopping, true, memory_order_release);
        sem_post(&loader->wake);
        pthread_join(loader->thread, NULL);
    }
    struct loaded loaded;
    while (loader_take(loader, &loaded))
        buffer_done(&loaded.bytes);
    ring_done(&loader->asked);
    ring_done(&loader->loaded);
    sem_destroy(&loader->wake);
    free(loader);
}

bool loader_ask(struct loader *loader, uint32_t stretch)
{
    if (!ring_push(&loader->asked, &stretch))
        return false;
    sem_post(&loader->wake);
    return true;
}

bool loader_take(struct loader *loader, struct loaded *out)
{
    return ring_pop(&loader->loaded, out);
}
