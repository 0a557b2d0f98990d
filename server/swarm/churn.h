// churn: people who go while others come in their stead, so many a second.
//
// Owner: a troop's thread. No memory of its own.
#pragma once

#include <stdint.h>

#include "swarm/person.h"

struct churn {
    struct person *people;
    uint32_t count, next; // the next who may be asked to go
    uint32_t gone;
    double owed; // people who should have gone by now
    uint64_t at_us;
};

void churn_init(struct churn *churn, struct person *people, uint32_t count);
// Call often while there is churn; not having been called for a second is not made up for.
void churn_go_on(struct churn *churn, uint64_t now_us);
