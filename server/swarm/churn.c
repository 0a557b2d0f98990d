#include "swarm/churn.h"

enum { WITHOUT_A_WORD = 4 }; // one of so many cuts the connection; the others say goodbye

static const uint64_t BREAK_US = 1000000;

void churn_init(struct churn *churn, struct person *people, uint32_t count)
{
    *churn = (struct churn){.people = people, .count = count};
}

static struct person *churn_next(struct churn *churn)
{
    for (uint32_t scanned = 0; scanned < churn->count; scanned++) {
        struct person *person = &churn->people[churn->next];
        churn->next = (churn->next + 1) % churn->count;
        bool stays = person->pictured && person->scene->course->pictured_stay;
        if (person->state == PERSON_HERE && !stays)
            return person;
    }
    return NULL;
}

void churn_go_on(struct churn *churn, uint64_t now_us)
{
    if (churn->count == 0)
        return;
    uint64_t elapsed_us = now_us - churn->at_us;
    churn->at_us = now_us;
    if (elapsed_us < BREAK_US)
        churn->owed += churn->people->scene->course->churn * (double)elapsed_us * 1e-6;
    while (churn->owed >= 1) {
        struct person *person = churn_next(churn);
        churn->owed = person ? churn->owed - 1 : 0;
        if (!person)
            return;
        person_make_room(person, ++churn->gone % WITHOUT_A_WORD != 0, now_us);
    }
}
