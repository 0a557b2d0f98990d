#include "swarm/audit.h"

#include <stdlib.h>

#include "base/assert.h"
#include "swarm/review.h"

static const uint64_t RESET_TIMEOUT_US = 5000000;
// Three ticks: what was encoded beside the RESET comes within them.
static const uint64_t AFTER_RESET_US = 150000;

void audit_init(struct audit *audit, struct person *people, uint32_t count, uint32_t seats)
{
    *audit = (struct audit){.people = people, .count = count, .seat_count = seats};
    audit->seats = calloc(seats ? seats : 1, sizeof *audit->seats);
    ASSERT(audit->seats);
}

void audit_done(struct audit *audit)
{
    for (uint32_t i = 0; i < audit->seat_count; i++)
        free(audit->seats[i].block);
    free(audit->seats);
    *audit = (struct audit){0};
}

static void seat_take(struct audit *audit, struct audit_seat *seat, struct person *person,
                      uint64_t now_us)
{
    uint32_t capacity = person->scene->course->picture_capacity;
    if (!seat->block)
        seat->block = view_block_create(capacity);
    seat->person = person;
    seat->asked_us = now_us;
    seat->begun_us = 0;
    audit->seats_taken++;
    view_lend(&person->view, seat->block, capacity);
    person_ask_anew(person);
}

static void seat_give_back(struct audit *audit, struct audit_seat *seat)
{
    view_take_back(&seat->person->view);
    seat->person = NULL;
    audit->seats_taken--;
}

static void seat_review(const struct audit_seat *seat)
{
    const struct person *person = seat->person;
    review_picture(person->scene->course->review, person->instance, person->view.picture,
                   person->id);
}

static void seat_fail(struct audit *audit, const struct audit_seat *seat)
{
    struct error why;
    fail(&why, ERR_UNAVAILABLE,
         "entity %u asked for everything anew (resync) and was not sent it within %u s",
         seat->person->id, (unsigned)(RESET_TIMEOUT_US / 1000000));
    scene_trouble(seat->person->scene, &why);
    audit->failures++;
}

static void seat_look(struct audit *audit, struct audit_seat *seat, uint64_t now_us)
{
    const struct person *person = seat->person;
    // Not begun again after it had: something was lost, which is an error already, and another
    // RESET is on its way.
    if (!person->view.begun)
        seat->begun_us = 0;
    else if (!seat->begun_us)
        seat->begun_us = now_us;
    if (person->state != PERSON_HERE) {
        seat_give_back(audit, seat); // lost, and counted as that
    } else if (seat->begun_us && now_us - seat->begun_us >= AFTER_RESET_US) {
        seat_review(seat);
        seat_give_back(audit, seat);
    } else if (now_us - seat->asked_us >= RESET_TIMEOUT_US) {
        seat_fail(audit, seat);
        seat_give_back(audit, seat);
    }
}

// The next who is here and has no picture; NULL when there is none.
static struct person *audit_next(struct audit *audit)
{
    if (audit->failures >= audit->seat_count)
        return NULL;
    while (audit->next < audit->count) {
        struct person *person = &audit->people[audit->next++];
        if (person->state == PERSON_HERE && !person->view.picture)
            return person;
    }
    return NULL;
}

bool audit_go_on(struct audit *audit, uint64_t now_us)
{
    for (uint32_t i = 0; i < audit->seat_count; i++)
        if (audit->seats[i].person)
            seat_look(audit, &audit->seats[i], now_us);
    // Only now: those who failed together have all been counted.
    for (uint32_t i = 0; i < audit->seat_count; i++) {
        struct person *next = audit->seats[i].person ? NULL : audit_next(audit);
        if (next)
            seat_take(audit, &audit->seats[i], next, now_us);
    }
    return audit->seats_taken > 0;
}
