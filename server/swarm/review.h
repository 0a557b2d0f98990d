// review: holds pictures against the truth of their instances, and keeps count. Pure.
//
// Owner: the run, which tells the truth first; then pictures may be held against it from any thread
// (a lock inside), as long as nobody moves.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "swarm/check.h"

struct review;

struct review *review_create(void);
void review_destroy(struct review *review); // takes NULL

// See truth_add.
void review_tell(struct review *review, uint32_t instance, uint32_t id,
                 const struct wire_state *state, bool present);

// See truth_add_gone. Of an instance that nobody is in, nothing is kept.
void review_tell_gone(struct review *review, uint32_t instance, uint32_t id);

// The picture of `watcher`, somebody of this instance who was told of.
void review_picture(struct review *review, uint32_t instance, const struct picture *picture,
                    uint32_t watcher);

// What was found so far. *anomalies: changes that pictures could make no sense of.
struct check_tally review_result(struct review *review, uint32_t *anomalies);
