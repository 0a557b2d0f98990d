#include "net/acceptor.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/assert.h"
#include "base/log.h"
#include "net/acceptor_internal.h"
#include "net/tls.h"

enum { SWEEP_US = 50000, ACCEPTS_A_TURN = 64 };

void acceptor_settings_preset(struct acceptor_settings *settings)
{
    *settings = (struct acceptor_settings){
        .listen = "127.0.0.1:8080",
        .connections_per_address = 64,
        .connections_max = 20000,
        .head_timeout_ms = 10000,
        .head_bytes_max = 16384,
        .clock = &clock_system,
    };
}

static void on_sweep(void *context, uint64_t now_us);
static void on_wake(void *context);

static char *text_copy(const char *text)
{
    char *copy = text ? strdup(text) : NULL;
    if (text && !copy)
        assert_memory_failed(strlen(text) + 1);
    return copy;
}

// After this nothing of the caller's settings is borrowed but the clock and the context.
static void settings_copy(struct acceptor *acceptor, const struct acceptor_settings *settings)
{
    acceptor->settings = *settings;
    acceptor->settings.listen = text_copy(settings->listen);
    acceptor->settings.tls_cert = text_copy(settings->tls_cert);
    acceptor->settings.tls_key = text_copy(settings->tls_key);
    acceptor->settings.trusted_proxies = NULL;
    acceptor->scratch = malloc(settings->head_bytes_max);
    acceptor->trusted = calloc(settings->trusted_proxy_count + 1, sizeof acceptor->trusted[0]);
    if (!acceptor->scratch || !acceptor->trusted)
        assert_memory_failed(settings->head_bytes_max);
}

static bool trusted_parse(struct acceptor *acceptor, const struct acceptor_settings *settings,
                          struct error *err)
{
    for (size_t i = 0; i < settings->trusted_proxy_count; i++) {
        if (!address_range_parse(settings->trusted_proxies[i], &acceptor->trusted[i], err))
            return error_prefix(err, "trusted proxy");
    }
    acceptor->trusted_count = settings->trusted_proxy_count;
    return true;
}

static bool acceptor_init(struct acceptor *acceptor, const struct acceptor_settings *settings,
                          struct error *err)
{
    if (!settings->tls_cert != !settings->tls_key)
        return fail(err, ERR_INVALID, "TLS needs both a certificate and a key");
    if (!trusted_parse(acceptor, settings, err))
        return false;
    if (settings->tls_cert) {
        acceptor->tls = tls_context_create(settings->tls_cert, settings->tls_key, err);
        if (!acceptor->tls)
            return false;
    }
    acceptor->quota =
        quota_create(settings->connections_max, settings->connections_per_address, err);
    if (!acceptor->quota)
        return false;
    acceptor->loop = loop_create(err);
    if (!acceptor->loop)
        return false;
    linger_init(&acceptor->linger, acceptor->loop);
    pump_list_init(&acceptor->pumps, acceptor->loop, &acceptor->linger, acceptor->settings.clock);
    return listeners_open(acceptor, err);
}

static void acceptor_free(struct acceptor *acceptor)
{
    listeners_close(acceptor);
    connections_close_all(acceptor);
    pump_list_done(&acceptor->pumps);
    linger_done(&acceptor->linger);
    loop_destroy(acceptor->loop);
    quota_destroy(acceptor->quota);
    tls_context_free(acceptor->tls);
    tls_context_free(atomic_load_explicit(&acceptor->tls_next, memory_order_acquire));
    free((char *)acceptor->settings.listen);
    free((char *)acceptor->settings.tls_cert);
    free((char *)acceptor->settings.tls_key);
    free(acceptor->trusted);
    free(acceptor->scratch);
    free(acceptor);
}

struct acceptor *acceptor_create(const struct acceptor_settings *settings, struct error *err)
{
    ASSERT(settings->clock);
    ASSERT(settings->on_realtime);
    ASSERT(settings->on_http);
    ASSERT(settings->head_bytes_max >= 256);
    struct acceptor *acceptor = calloc(1, sizeof *acceptor);
    if (!acceptor)
        assert_memory_failed(sizeof *acceptor);
    settings_copy(acceptor, settings);
    if (!acceptor_init(acceptor, settings, err)) {
        acceptor_free(acceptor);
        return NULL;
    }
    return acceptor;
}

const char *acceptor_url(const struct acceptor *acceptor)
{
    return acceptor->url;
}

// Out of descriptors or memory: a listener that stays ready would spin, so it rests until the next
// sweep.
static void listeners_pause(struct acceptor *acceptor, int reason)
{
    uint64_t now_us = clock_now_us(acceptor->settings.clock);
    if (acceptor->pause_logged_us == 0 || now_us - acceptor->pause_logged_us >= 1000000) {
        acceptor->pause_logged_us = now_us;
        log_event(LOG_ERROR, "net.accept_paused", LOG_TEXT("reason", strerror(reason)));
    }
    for (int i = 0; i < acceptor->listener_count; i++)
        loop_change(acceptor->loop, &acceptor->listeners[i].source, 0);
    acceptor->listeners_paused = true;
}

static void listeners_resume(struct acceptor *acceptor)
{
    for (int i = 0; i < acceptor->listener_count; i++)
        loop_change(acceptor->loop, &acceptor->listeners[i].source, LOOP_READ);
    acceptor->listeners_paused = false;
}

static void on_listener(struct loop_source *source, uint32_t ready)
{
    struct acceptor *acceptor = ((struct listener *)source)->acceptor;
    for (int i = 0; i < ACCEPTS_A_TURN; i++) {
        struct sockaddr_storage from;
        socklen_t size = sizeof from;
        int fd = accept4(source->fd, (struct sockaddr *)&from, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (fd >= 0) {
            struct address peer;
            address_from_socket((struct sockaddr *)&from, size, &peer);
            connection_open(acceptor, fd, &peer);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return;
        } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            listeners_pause(acceptor, errno);
            return;
        }
        // What else accept(2) names is of the one connection that went away before we took it.
    }
}

static void *thread_main(void *context)
{
    loop_run(((struct acceptor *)context)->loop);
    return NULL;
}

// Signals are for the main thread.
static int thread_start(struct acceptor *acceptor)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int result = pthread_create(&acceptor->thread, NULL, thread_main, acceptor);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (result == 0)
        pthread_setname_np(acceptor->thread, "flux-accept");
    return result;
}

bool acceptor_start(struct acceptor *acceptor, struct error *err)
{
    ASSERT(!acceptor->is_running);
    for (int i = 0; i < acceptor->listener_count; i++) {
        struct listener *listener = &acceptor->listeners[i];
        listener->acceptor = acceptor;
        listener->source.on_ready = on_listener;
        if (!loop_add(acceptor->loop, &listener->source, LOOP_READ, err))
            return false;
    }
    loop_on_wake(acceptor->loop, on_wake, acceptor);
    loop_every(acceptor->loop, SWEEP_US, on_sweep, acceptor);
    int result = thread_start(acceptor);
    if (result != 0)
        return fail(err, ERR_SYSTEM, "cannot start the acceptor's thread: %s", strerror(result));
    acceptor->is_running = true;
    return true;
}

static void on_sweep(void *context, uint64_t loop_now_us)
{
    struct acceptor *acceptor = context;
    uint64_t now_us = clock_now_us(acceptor->settings.clock);
    if (acceptor->listeners_paused)
        listeners_resume(acceptor);
    connections_sweep(acceptor, now_us);
    pump_sweep(&acceptor->pumps);
    linger_sweep(&acceptor->linger, now_us);
}

static void on_wake(void *context)
{
    struct acceptor *acceptor = context;
    struct ssl_ctx_st *next =
        atomic_exchange_explicit(&acceptor->tls_next, NULL, memory_order_acq_rel);
    if (next) {
        tls_context_free(acceptor->tls);
        acceptor->tls = next;
    }
    if (!atomic_load_explicit(&acceptor->stop_accepting, memory_order_acquire))
        return;
    for (int i = 0; i < acceptor->listener_count; i++)
        loop_remove(acceptor->loop, &acceptor->listeners[i].source);
    listeners_close(acceptor);
    connections_close_all(acceptor);
}

bool acceptor_reload_tls(struct acceptor *acceptor, struct error *err)
{
    if (!acceptor->settings.tls_cert)
        return fail(err, ERR_CONFLICT, "there is no certificate to reload: TLS is off");
    struct ssl_ctx_st *next =
        tls_context_create(acceptor->settings.tls_cert, acceptor->settings.tls_key, err);
    if (!next)
        return false;
    // One that was not taken yet is older than this one.
    tls_context_free(atomic_exchange_explicit(&acceptor->tls_next, next, memory_order_acq_rel));
    loop_wake(acceptor->loop);
    return true;
}

void acceptor_stop_accepting(struct acceptor *acceptor)
{
    atomic_store_explicit(&acceptor->stop_accepting, true, memory_order_release);
    loop_wake(acceptor->loop);
}

void acceptor_destroy(struct acceptor *acceptor)
{
    if (!acceptor)
        return;
    if (acceptor->is_running) {
        loop_stop(acceptor->loop);
        pthread_join(acceptor->thread, NULL);
    }
    acceptor_free(acceptor);
}

void acceptor_release_address(uint32_t address_slot)
{
    quota_release(address_slot);
}

bool acceptor_address_is_trusted(const struct acceptor *acceptor, const struct address *address)
{
    for (size_t i = 0; i < acceptor->trusted_count; i++) {
        if (address_in_range(address, &acceptor->trusted[i]))
            return true;
    }
    return false;
}
