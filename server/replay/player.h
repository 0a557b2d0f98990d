// player: plays a recording into a hub: the recorded people are its puppets, those who watch are
// people like any other.
//
// Time goes on by ticks of the hub while somebody is in the world. The tick thread calls through
// player_puppeteer(); player_steer() and player_status() are for any other thread, and wait for
// nothing.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hub/hub.h"
#include "replay/recording.h"

enum {
    PLAYER_SPEED_LEAST_MILLI = 250,
    PLAYER_SPEED_MOST_MILLI = 8000,
    // What the recorded people leave of the numbers that people can have.
    PLAYER_INDEX_END_MAX = 64000,
};

struct player;

struct player_settings {
    uint32_t at_tick; // where it begins
    uint32_t speed_milli;
    bool loop; // begins again at the end, instead of standing still there
};

struct player_status {
    uint32_t tick, ticks; // of the timeline
    uint32_t speed_milli;
    bool paused;
    uint64_t wall_ms; // when that was
};

struct player_order {
    bool has_tick, has_speed, has_paused;
    uint32_t tick, speed_milli; // a tick past the end is the end
    bool paused;
};

// The recording is borrowed.
struct player *player_create(const struct recording *recording,
                             const struct player_settings *settings);
MUST_CHECK bool player_start(struct player *player, struct error *err);
void player_destroy(struct player *player); // after the hub

const struct hub_puppeteer *player_puppeteer(const struct player *player);
const struct recording *player_recording(const struct player *player);

void player_steer(struct player *player, const struct player_order *order);
// What was just asked for counts as done.
void player_status(const struct player *player, struct player_status *out);
