// pump: carries bytes both ways between a TLS stream and a socket pair, behind which the HTTP
// library believes that it has a plain connection.
//
// Owner: the loop's thread. Memory: at most 64 kB each way, held only while bytes wait; a direction
// is read again only when what was read has been written, so a slow reader slows the writer behind
// it.
#pragma once

#include "base/clock.h"
#include "net/linger.h"
#include "net/loop.h"
#include "net/stream.h"

struct pump;

struct pump_list {
    struct loop *loop;
    struct linger_list *linger; // takes the sockets that are to end gently
    const struct clock *clock;
    struct pump *first;
};

void pump_list_init(struct pump_list *list, struct loop *loop, struct linger_list *linger,
                    const struct clock *clock);
void pump_list_done(struct pump_list *list); // ends all at once

// Takes the stream (whose early bytes go first) and the descriptor; *stream is moved on success.
// The pump ends itself: when either side fails, or the pair's other end closed and all of its bytes
// were delivered.
MUST_CHECK bool pump_start(struct pump_list *list, struct stream *stream, int pair_fd,
                           struct error *err);
// Now and then: ends those whose client takes its answer slower than 8 kB/s.
void pump_sweep(struct pump_list *list);
