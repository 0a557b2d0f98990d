// directory: which instance of a world a newcomer goes to: the fullest that has room, so that
// people meet; a new one when none has.
//
// Written by two threads that never wait for each other: the tick thread publishes how many people
// are in each instance and how many have arrived; the gateway's thread reads that, and counts its
// own promises (tickets) of the last minute, so that a rush does not overfill an instance before it
// shows.
#pragma once

#include <stdatomic.h>
#include <stdint.h>

#include "base/error.h"

enum { DIRECTORY_NUMBERS = 64, DIRECTORY_WINDOW_S = 60 };

// One instance number of one world.
struct directory_entry {
    // Relaxed: each is a lone figure; a stale one only makes the choice a little worse.
    _Atomic uint32_t people;
    _Atomic uint64_t arrived;
    // The gateway's thread alone:
    uint32_t promised[DIRECTORY_WINDOW_S];   // tickets in each of the last seconds
    uint64_t arrived_at[DIRECTORY_WINDOW_S]; // `arrived` as it was at each of them
    uint64_t second;                         // the newest of them
};

struct directory {
    struct directory_entry entries[DIRECTORY_NUMBERS]; // instance numbers 1..DIRECTORY_NUMBERS
    uint32_t capacity;
};

void directory_init(struct directory *directory, uint32_t capacity);

// The gateway's thread. `wanted` 0: choose. ERR_LIMIT when it, or every one, is full; ERR_NOT_FOUND
// for a number that cannot exist. Counts a promise.
MUST_CHECK bool directory_choose(struct directory *directory, uint32_t wanted, uint64_t now_us,
                                 uint32_t *out, struct error *err);

// The tick thread.
void directory_publish(struct directory *directory, uint32_t number, uint32_t people);
void directory_arrived(struct directory *directory, uint32_t number);

// Any thread: people in all instances.
uint32_t directory_people(const struct directory *directory);
