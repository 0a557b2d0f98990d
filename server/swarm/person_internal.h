// What the files of person share: person.c is their life, person_talk.c their connection.
#pragma once

#include "swarm/person.h"
#include "swarm/person_text.h"

// --- person.c
// -------------------------------------------------------------------------------------------------
void person_become(struct person *person, enum person_state state);
// The connection is of no further use: what that means depends on how far it had come. Closes it.
void person_fail(struct person *person, const struct error *why);
// The server goes down, and says when to come back.
void person_drain(struct person *person, const struct person_event *event);
void person_welcome(struct person *person, const struct person_event *event, uint64_t now_us);
void person_keep_token(struct person *person, const char *token);

// --- person_talk.c
// --------------------------------------------------------------------------------------------
// Writes what waits. Failure is left for reading to find out.
void person_flush(struct person *person);
void person_say_text(struct person *person, const char *text);
void person_send_move(struct person *person, uint64_t now_us);
// Reads and takes in what is there; the person may be disconnected afterwards.
void person_read(struct person *person);
// The server says where they are.
void person_put(struct person *person, const struct person_event *event);
