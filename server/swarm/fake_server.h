// fake_server: the least of a Flux server that a swarm can visit: for tests. One cell, everyone
// near, and faults on demand. People's numbers are those of their names, from 1. Who sends anything
// but moves, `resync` and `leave` is thrown out.
//
// Owner: the test. It runs in a thread of its own.
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct fake_faults {
    uint32_t refuse_after;  // tickets, then 429 for ever; 0: never
    bool cut_all;           // hangs up on everyone, half a second after all came in
    bool hide_one;          // the first person is shown to nobody
    bool shift_one;         // the first person is shown 5 cm aside
    uint32_t hide_one_from; // the first person is hidden from this number of the swarm's; 0: nobody
    bool skip_a_delta;      // one delta is not sent, once everyone has come in
    bool ignore_resync;
    bool drop_all_once; // hangs up on everyone once, half a second after all came in
    bool keep_who_left; // who says goodbye is shown for ever
};

struct fake_server;

// `people_meant`: how many the test will send.
struct fake_server *fake_server_start(struct fake_faults faults, uint32_t people_meant);
uint16_t fake_server_port(const struct fake_server *server);
// Moves that were taken in.
uint32_t fake_server_stop(struct fake_server *server);
