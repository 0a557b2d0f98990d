#include "net/linger.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/quota.h"

enum { LINGER_US = 2000000, LINGER_BYTES_MAX = 4 << 20, READS_A_TURN = 16 };

struct lingering {
    struct loop_source source;
    struct linger_list *list;
    struct lingering *previous, *next;
    uint64_t end_us;
    size_t dropped_bytes;
    uint32_t address_slot;
};

void linger_init(struct linger_list *list, struct loop *loop)
{
    *list = (struct linger_list){.loop = loop};
}

static void lingering_end(struct lingering *one)
{
    struct linger_list *list = one->list;
    *(one->previous ? &one->previous->next : &list->first) = one->next;
    *(one->next ? &one->next->previous : &list->last) = one->previous;
    loop_remove(list->loop, &one->source);
    close(one->source.fd);
    quota_release(one->address_slot);
    free(one);
}

void linger_done(struct linger_list *list)
{
    while (list->first)
        lingering_end(list->first);
}

static void on_ready(struct loop_source *source, uint32_t ready)
{
    struct lingering *one = (struct lingering *)source;
    for (int i = 0; i < READS_A_TURN; i++) {
        char dropped[4096];
        ssize_t got = recv(source->fd, dropped, sizeof dropped, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got > 0)
            one->dropped_bytes += (size_t)got;
        if (got <= 0 || one->dropped_bytes > LINGER_BYTES_MAX) {
            lingering_end(one);
            return;
        }
    }
}

void linger_take(struct linger_list *list, int fd, uint32_t address_slot, uint64_t now_us)
{
    shutdown(fd, SHUT_WR);
    struct lingering *one = calloc(1, sizeof *one);
    if (one)
        *one = (struct lingering){.source = {.fd = fd, .on_ready = on_ready},
                                  .list = list,
                                  .end_us = now_us + LINGER_US,
                                  .address_slot = address_slot};
    if (!one || !loop_add(list->loop, &one->source, LOOP_READ, NULL)) {
        close(fd);
        quota_release(address_slot);
        free(one);
        return;
    }
    one->previous = list->last;
    *(list->last ? &list->last->next : &list->first) = one;
    list->last = one;
}

void linger_sweep(struct linger_list *list, uint64_t now_us)
{
    while (list->first && list->first->end_us <= now_us)
        lingering_end(list->first);
}
