// reel: a stretch that is finished, shared between the window that remembers it and the files that
// it goes to.
//
// Immutable once made; any thread may hold it. The count of holders is the only thing that changes:
// released with acquire and release, so that whoever frees it sees every use ended.
#pragma once

#include <stdatomic.h>
#include <stdint.h>

#include "base/buffer.h"
#include "replay/format.h"

struct reel {
    _Atomic uint32_t holders;
    struct reel *next;  // in its window; the recorder's thread alone
    uint64_t sealed_us; // when it was finished
    struct stretch_head head;
    struct buffer bytes;
};

// Takes the bytes of a stretch; held once.
struct reel *reel_create(struct buffer bytes, uint64_t sealed_us);
struct reel *reel_ref(struct reel *reel);
void reel_unref(struct reel *reel); // takes NULL
