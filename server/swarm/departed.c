#include "swarm/departed.h"

#include <stdlib.h>

#include "base/assert.h"

// The server notices a cut at once or, when a packet was lost, later; far cells speak once a
// second.
static const uint64_t LINGER_US = 34000000, GOODBYE_US = 3000000;

void departed_done(struct departed *departed)
{
    free(departed->rows);
    *departed = (struct departed){0};
}

void departed_add(struct departed *departed, uint32_t instance, uint32_t id, bool left,
                  uint64_t now_us)
{
    if (!departed->rows)
        departed->rows = calloc(DEPARTED_ROWS, sizeof *departed->rows);
    ASSERT(departed->rows);
    departed->rows[id % DEPARTED_ROWS] =
        (struct departed_row){.id = id, .instance = instance, .left = left, .gone_us = now_us};
}

bool departed_may_linger(const struct departed_row *row, uint64_t now_us)
{
    return now_us - row->gone_us < (row->left ? GOODBYE_US : LINGER_US);
}
