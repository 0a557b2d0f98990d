// load_person: one connection of hub_load, from its first byte until it is in the room, and then
// what it reads and sends.
//
// Owner: the one thread of hub_load.
#pragma once

#include "bench/hub/load_crowd.h"
#include "bench/hub/load_dialect.h"

enum load_person_state {
    LOAD_OUTSIDE,
    LOAD_BOOKING,
    LOAD_UPGRADING,
    LOAD_ENTERING,
    LOAD_HERE,
    LOAD_LOST,
};

struct load_person {
    enum load_person_state state;
    int fd; // -1: none
    struct buffer pending, unsent;
    struct websocket_reader reader;
};

struct load_room {
    enum load_dialect dialect;
    uint16_t port;
    int epoll;
    struct load_crowd crowd;
    struct load_person *people; // by number, as the crowd's
    uint32_t entering, here, lost;
    uint64_t frames, bytes, moves_sent, moves_held_back;
    char trouble[160]; // the first, in words
};

// Connects and asks to be let in.
void load_person_enter(struct load_room *room, uint32_t person);
// Reads what has come.
void load_person_read(struct load_room *room, uint32_t person);
// A mover that cannot write holds the move back.
void load_person_move(struct load_room *room, uint32_t mover, uint64_t now_us);
void load_person_close(struct load_room *room, uint32_t person);
