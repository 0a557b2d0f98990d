// crowd: where simulated people stand and how they walk. Pure: no socket, no clock.
//
// Every person's course is a function of the crowd's seed, their number and how many steps they
// made: two runs with the same seed walk the same ways, once everyone has come to their place. Only
// the way from the spawn to that place, which the server chose, depends on time, and so do rushes,
// because everybody must leap at the same moment.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/random.h"
#include "wire/codec.h"

enum crowd_pattern {
    CROWD_PLAZA,    // clusters in a circle of 18 m, with walkers going between and round its middle
    CROWD_UNIFORM,  // all over the world's bounds, at most 200 m from the origin
    CROWD_STADIUM,  // everyone in a square of 60 m
    CROWD_GATE,     // a square of 30 m with a wall across: through its one gate, back and forth
    CROWD_TELEPORT, // within 12 m of one spot, which everybody leaps onto at once, every 10 s
    CROWD_STILL,    // as in the stadium, and nobody moves
    CROWD_PATTERNS,
};

enum {
    CROWD_WALK_CM_S = 140,
    CROWD_MIDDLE_CM = 400,    // the plaza's fountain, and a body's width
    CROWD_GATE_HALF_CM = 100, // from the gate's middle to its posts
    CROWD_SPOT_CM = 100,      // all who leapt stand this near the spot
    CROWD_CLUSTERS_MAX = 24,
    CROWD_POSE_IDLE = 0,
    CROWD_POSE_WALK = 1,
    CROWD_POSE_RUN = 2,
};

struct crowd_area {
    int32_t least_x_cm, least_z_cm, most_x_cm, most_z_cm;
};

struct crowd_settings {
    enum crowd_pattern pattern;
    uint32_t people;
    double moving; // share of people who walk, where the pattern leaves it open
    uint32_t steps_per_second;
    uint64_t seed;
    struct crowd_area bounds; // the world's
};

// Read-only once made; shared by all threads.
struct crowd {
    struct crowd_settings settings;
    struct crowd_area area; // what the pattern leaves of the bounds
    double moving;          // the share who do move
    float step_cm;
    float centre_x, centre_z; // the gate's middle; the spot that is leapt onto
    uint32_t cluster_count;
    float cluster_x[CROWD_CLUSTERS_MAX], cluster_z[CROWD_CLUSTERS_MAX];
    float cluster_radius_cm;
};

enum walker_leg { LEG_YARD, LEG_MOUTH, LEG_BEYOND }; // of the way through the gate: where it ends

struct walker {
    struct random random;
    float x, z, heading;      // cm, and radians as yaw is counted
    float target_x, target_z; // of a leap: where on the spot
    float home_x, home_z;
    uint32_t pause_steps;
    float hurry; // share of the greatest speed used on the way home; falls when the server objects
    bool moves;  // walks about, or stands
    bool home;   // has come to its place
    int16_t y_cm;
    uint8_t pose;
    enum walker_leg leg;
};

bool crowd_pattern_parse(const char *text, enum crowd_pattern *out);
const char *crowd_pattern_name(enum crowd_pattern pattern);

void crowd_init(struct crowd *crowd, const struct crowd_settings *settings);

void walker_init(struct walker *walker, const struct crowd *crowd, uint32_t number);
// The server says where the walker is: at the start, or because it refused a move.
void walker_place(struct walker *walker, int32_t x_cm, int16_t y_cm, int32_t z_cm, uint8_t yaw);
// The server refused a move on the way home: go slower from here on.
void walker_slow_down(struct walker *walker);

// Each of these makes one step, and returns whether there is news to send.
// On the way home, as far as `speed_max_cm_s` allows in `elapsed_us`; sets walker->home on arrival.
bool walker_go_home(struct walker *walker, const struct crowd *crowd, uint32_t speed_max_cm_s,
                    uint64_t elapsed_us);
bool walker_walk(struct walker *walker, const struct crowd *crowd);
// CROWD_TELEPORT, `since_us` after the crowd began: closes in to where one move reaches the spot,
// saves up way, leaps when all leap, and goes home again. `elapsed_us`: since its last move.
bool walker_rush(struct walker *walker, const struct crowd *crowd, uint64_t since_us,
                 uint32_t speed_max_cm_s, uint64_t elapsed_us);
// Stands still where it is; true when it did not before.
bool walker_stop(struct walker *walker);

struct wire_state walker_state(const struct walker *walker);
