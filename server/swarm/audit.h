// audit: at the end, gives everyone who kept no picture one for a moment, and has it reviewed.
//
// The crowd stands still. A few at a time ask for everything anew (resync), build a picture from
// the RESET that comes and from what follows shortly after, and hand its memory on to the next.
// Whom no RESET reaches in time is an error; when a whole round of them waited in vain, the others
// are not asked.
//
// Owner: a troop's thread. Memory: a block a seat, from its first use on.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "swarm/person.h"

struct audit_seat {
    struct person *person; // NULL: free
    void *block;
    uint64_t asked_us, begun_us; // begun_us is 0 until the RESET was taken in
};

struct audit {
    struct person *people;
    uint32_t count, next; // the next one to ask
    struct audit_seat *seats;
    uint32_t seat_count, seats_taken;
    uint32_t failures;
};

void audit_init(struct audit *audit, struct person *people, uint32_t count, uint32_t seats);
void audit_done(struct audit *audit);

// Call often. False when everyone has had their turn.
bool audit_go_on(struct audit *audit, uint64_t now_us);
