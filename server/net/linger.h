// linger: the last seconds of a connection that was answered before all of its request was read.
//
// Closing a socket with unread bytes makes the kernel reset it, and the peer may then lose the
// answer. So the sending side is ended and what still comes is read and dropped, until the peer
// closes too, 2 s pass, or it sends too much.
//
// Owner: one loop's thread.
#pragma once

#include "net/loop.h"

struct lingering;

struct linger_list {
    struct loop *loop;
    struct lingering *first, *last; // oldest first
};

void linger_init(struct linger_list *list, struct loop *loop);
void linger_done(struct linger_list *list); // closes all
// Takes the descriptor and the slot (net/quota.h).
void linger_take(struct linger_list *list, int fd, uint32_t address_slot, uint64_t now_us);
// Now and then: closes those whose time is over.
void linger_sweep(struct linger_list *list, uint64_t now_us);
