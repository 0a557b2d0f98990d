#include "swarm/crowd.h"

#include <math.h>
#include <string.h>

#include "base/assert.h"

enum {
    PLAZA_RADIUS_CM = 1800,
    UNIFORM_REACH_CM = 20000,
    STADIUM_REACH_CM = 3000,
    GATE_REACH_CM = 1500,
    RUSH_REACH_CM = 2000,
    RUSH_RADIUS_CM = 1200,
    SPOT_ASIDE_CM = 800, // from the origin: worlds have something in their middle
    // Ways round the middle keep a little more off it than feet do.
    DETOUR_CM = CROWD_MIDDLE_CM + 30,
    MOUTH_CM = 100, // before the gate, on either side
    // Nobody is told to stand on the very edge, where rounding might put them outside.
    EDGE_CM = 50,
};

static const float TURN_RADIANS_S = 2.4f;
// A leg ends this near its target. Above the turning circle (speed / turn rate), or a walker could
// circle a target for ever.
static const float ARRIVED_CM = 80;
static const double PEOPLE_PER_CLUSTER = 12;
// The way home is walked a little below the limit: a network that bunches two moves must not break
// it.
static const float HURRY = 0.85f, HURRY_LEAST = 0.2f;
static const uint64_t ELAPSED_MAX_US = 1000000;
// A rush: closing in takes under three seconds and standing there a second more saves up the way
// for the leap.
static const uint64_t RUSH_CYCLE_US = 10000000, RUSH_LEAP_US = 4000000, RUSH_HOME_US = 6000000;
static const float LEAP_S = 0.8f;

bool crowd_pattern_parse(const char *text, enum crowd_pattern *out)
{
    for (int i = CROWD_PLAZA; i < CROWD_PATTERNS; i++)
        if (!strcmp(text, crowd_pattern_name((enum crowd_pattern)i))) {
            *out = (enum crowd_pattern)i;
            return true;
        }
    return false;
}

const char *crowd_pattern_name(enum crowd_pattern pattern)
{
    static const char *const names[] = {"plaza", "uniform", "stadium", "gate", "teleport", "still"};
    return names[pattern];
}

static int32_t clamp_cm(int32_t value, int32_t least, int32_t most)
{
    return value < least ? least : value > most ? most : value;
}

// The square of `reach` around the origin, as far as it lies within the bounds. Bounds that leave
// out the origin altogether keep their nearest edge.
static struct crowd_area area_within(const struct crowd_area *bounds, int32_t reach_cm)
{
    return (struct crowd_area){
        .least_x_cm =
            clamp_cm(-reach_cm, bounds->least_x_cm + EDGE_CM, bounds->most_x_cm - EDGE_CM),
        .most_x_cm = clamp_cm(reach_cm, bounds->least_x_cm + EDGE_CM, bounds->most_x_cm - EDGE_CM),
        .least_z_cm =
            clamp_cm(-reach_cm, bounds->least_z_cm + EDGE_CM, bounds->most_z_cm - EDGE_CM),
        .most_z_cm = clamp_cm(reach_cm, bounds->least_z_cm + EDGE_CM, bounds->most_z_cm - EDGE_CM),
    };
}

static float between(struct random *random, float least, float most)
{
    return least + (float)random_unit(random) * (most - least);
}

static float turns(struct random *random)
{
    return between(random, 0, 2 * (float)M_PI);
}

// Uniform in the disc.
static void point_in_disc(struct random *random, float radius, float *x, float *z)
{
    float distance = radius * sqrtf((float)random_unit(random));
    float angle = turns(random);
    *x += distance * cosf(angle);
    *z += distance * sinf(angle);
}

static void keep_inside(const struct crowd_area *area, float *x, float *z)
{
    *x = fminf(fmaxf(*x, (float)area->least_x_cm), (float)area->most_x_cm);
    *z = fminf(fmaxf(*z, (float)area->least_z_cm), (float)area->most_z_cm);
}

static bool has_middle(const struct crowd *crowd)
{
    return crowd->settings.pattern == CROWD_PLAZA;
}

// Straight out of the plaza's middle, to `off_cm` from the origin.
static void keep_off_middle(const struct crowd *crowd, float off_cm, float *x, float *z)
{
    float distance = hypotf(*x, *z);
    if (!has_middle(crowd) || distance >= off_cm)
        return;
    *x = distance > 1 ? *x * off_cm / distance : off_cm;
    *z = distance > 1 ? *z * off_cm / distance : 0;
}

static void clusters_place(struct crowd *crowd)
{
    double wanted = ceil(crowd->settings.people / PEOPLE_PER_CLUSTER);
    crowd->cluster_count = (uint32_t)fmin(fmax(wanted, 3), CROWD_CLUSTERS_MAX);
    crowd->cluster_radius_cm = 250;
    struct random random;
    random_seed(&random, crowd->settings.seed);
    for (uint32_t i = 0; i < crowd->cluster_count; i++) {
        crowd->cluster_x[i] = crowd->cluster_z[i] = 0;
        point_in_disc(&random, PLAZA_RADIUS_CM - crowd->cluster_radius_cm, &crowd->cluster_x[i],
                      &crowd->cluster_z[i]);
    }
}

static void centre_place(struct crowd *crowd)
{
    const struct crowd_area *area = &crowd->area;
    crowd->centre_x = (float)(area->least_x_cm + area->most_x_cm) / 2;
    crowd->centre_z = (float)(area->least_z_cm + area->most_z_cm) / 2;
    if (crowd->settings.pattern == CROWD_TELEPORT) {
        crowd->centre_z += SPOT_ASIDE_CM;
        keep_inside(area, &crowd->centre_x, &crowd->centre_z);
    }
}

void crowd_init(struct crowd *crowd, const struct crowd_settings *settings)
{
    static const int32_t reach[CROWD_PATTERNS] = {PLAZA_RADIUS_CM,  UNIFORM_REACH_CM,
                                                  STADIUM_REACH_CM, GATE_REACH_CM,
                                                  RUSH_REACH_CM,    STADIUM_REACH_CM};
    ASSERT(settings->steps_per_second > 0);
    *crowd = (struct crowd){.settings = *settings, .moving = settings->moving};
    if (settings->pattern == CROWD_GATE || settings->pattern == CROWD_TELEPORT)
        crowd->moving = 1;
    if (settings->pattern == CROWD_STILL)
        crowd->moving = 0;
    crowd->area = area_within(&settings->bounds, reach[settings->pattern]);
    centre_place(crowd);
    crowd->step_cm = (float)CROWD_WALK_CM_S / (float)settings->steps_per_second;
    clusters_place(crowd);
}

static void pick_in_cluster(const struct crowd *crowd, struct random *random, float *x, float *z)
{
    uint32_t cluster = random_below(random, crowd->cluster_count);
    *x = crowd->cluster_x[cluster];
    *z = crowd->cluster_z[cluster];
    point_in_disc(random, crowd->cluster_radius_cm, x, z);
}

static void pick_home(const struct crowd *crowd, struct walker *walker)
{
    const struct crowd_area *area = &crowd->area;
    if (crowd->settings.pattern == CROWD_PLAZA) {
        pick_in_cluster(crowd, &walker->random, &walker->home_x, &walker->home_z);
        keep_off_middle(crowd, DETOUR_CM, &walker->home_x, &walker->home_z);
    } else if (crowd->settings.pattern == CROWD_TELEPORT) {
        walker->home_x = crowd->centre_x;
        walker->home_z = crowd->centre_z;
        point_in_disc(&walker->random, RUSH_RADIUS_CM, &walker->home_x, &walker->home_z);
    } else {
        walker->home_x = between(&walker->random, (float)area->least_x_cm, (float)area->most_x_cm);
        walker->home_z = between(&walker->random, (float)area->least_z_cm, (float)area->most_z_cm);
    }
    keep_inside(area, &walker->home_x, &walker->home_z);
    walker->home_x = rintf(walker->home_x);
    walker->home_z = rintf(walker->home_z);
}

// The next leg of the way through the gate: to its mouth on this side, through it, and on to
// anywhere in the other yard.
static void pick_gate_leg(const struct crowd *crowd, struct walker *walker)
{
    const struct crowd_area *area = &crowd->area;
    float side = walker->z < crowd->centre_z ? -1 : 1;
    switch (walker->leg) {
    case LEG_YARD:
        walker->leg = LEG_MOUTH;
        walker->target_x = crowd->centre_x + between(&walker->random, -15, 15);
        walker->target_z = crowd->centre_z + side * MOUTH_CM;
        break;
    case LEG_MOUTH:
        walker->leg = LEG_BEYOND;
        walker->target_z = crowd->centre_z - side * MOUTH_CM;
        break;
    case LEG_BEYOND:
        walker->leg = LEG_YARD;
        walker->target_x =
            between(&walker->random, (float)area->least_x_cm, (float)area->most_x_cm);
        walker->target_z =
            side < 0 ? between(&walker->random, (float)area->least_z_cm, crowd->centre_z - MOUTH_CM)
                     : between(&walker->random, crowd->centre_z + MOUTH_CM, (float)area->most_z_cm);
        break;
    }
    keep_inside(area, &walker->target_x, &walker->target_z);
}

static void pick_target(const struct crowd *crowd, struct walker *walker)
{
    static const float stroll_cm[CROWD_PATTERNS] = {0, 3000, 1500, 0, 0, 0};
    if (crowd->settings.pattern == CROWD_GATE) {
        pick_gate_leg(crowd, walker);
        return;
    }
    if (crowd->settings.pattern == CROWD_PLAZA) {
        pick_in_cluster(crowd, &walker->random, &walker->target_x, &walker->target_z);
        keep_off_middle(crowd, DETOUR_CM, &walker->target_x, &walker->target_z);
    } else {
        walker->target_x = walker->x;
        walker->target_z = walker->z;
        point_in_disc(&walker->random, stroll_cm[crowd->settings.pattern], &walker->target_x,
                      &walker->target_z);
    }
    keep_inside(&crowd->area, &walker->target_x, &walker->target_z);
}

void walker_init(struct walker *walker, const struct crowd *crowd, uint32_t number)
{
    *walker = (struct walker){.hurry = HURRY};
    random_seed(&walker->random, crowd->settings.seed * 0xd1342543de82ef95u + number + 1);
    // Spread evenly, so that any small group has its share: with 0.4, numbers 2, 4, 7, 9, 12 ...
    double share = crowd->moving;
    walker->moves = floor((number + 1) * share) > floor(number * share);
    pick_home(crowd, walker);
    walker->target_x = walker->home_x;
    walker->target_z = walker->home_z;
    if (crowd->settings.pattern == CROWD_TELEPORT) {
        walker->target_x = crowd->centre_x;
        walker->target_z = crowd->centre_z;
        point_in_disc(&walker->random, CROWD_SPOT_CM, &walker->target_x, &walker->target_z);
    }
    walker->pause_steps = random_below(&walker->random, crowd->settings.steps_per_second + 1);
}

void walker_place(struct walker *walker, int32_t x_cm, int16_t y_cm, int32_t z_cm, uint8_t yaw)
{
    walker->x = (float)x_cm;
    walker->z = (float)z_cm;
    walker->y_cm = y_cm;
    walker->heading = (float)yaw * (2 * (float)M_PI / 256);
}

void walker_slow_down(struct walker *walker)
{
    walker->hurry = fmaxf(walker->hurry * 0.8f, HURRY_LEAST);
}

// Yaw 0 looks along -z and grows towards -x.
static float heading_to(float dx, float dz)
{
    return atan2f(-dx, -dz);
}

// Which way to go to a place, round the plaza's middle when that lies between.
static float heading_round(const struct crowd *crowd, const struct walker *walker, float dx,
                           float dz)
{
    float x = walker->x, z = walker->z;
    float way = hypotf(dx, dz), off = hypotf(x, z);
    if (!has_middle(crowd) || way < 1 || off < CROWD_MIDDLE_CM)
        return heading_to(dx, dz);
    float along = fminf(fmaxf(-(x * dx + z * dz) / way, 0), way);
    if (hypotf(x + dx / way * along, z + dz / way * along) >= CROWD_MIDDLE_CM)
        return heading_to(dx, dz);
    // Along the tangent, on the side where the target is.
    float tangent = asinf(fminf(DETOUR_CM / off, 1));
    float turn = z * dx - x * dz > 0 ? tangent : -tangent;
    float c = cosf(turn), s = sinf(turn);
    return heading_to(-x * c + z * s, -x * s - z * c);
}

// Towards a place, as far as `reach` goes; whether it is there now.
static bool hurry_to(struct walker *walker, const struct crowd *crowd, float x, float z,
                     float reach)
{
    float dx = x - walker->x, dz = z - walker->z;
    float distance = hypotf(dx, dz);
    if (distance > 1)
        walker->heading = heading_round(crowd, walker, dx, dz);
    bool there = distance <= reach;
    walker->pose = there ? CROWD_POSE_IDLE : CROWD_POSE_RUN;
    walker->x = there ? x : walker->x - reach * sinf(walker->heading);
    walker->z = there ? z : walker->z - reach * cosf(walker->heading);
    return there;
}

static float reach_in(const struct walker *walker, uint32_t speed_max_cm_s, uint64_t elapsed_us)
{
    if (elapsed_us > ELAPSED_MAX_US)
        elapsed_us = ELAPSED_MAX_US;
    return (float)speed_max_cm_s * walker->hurry * (float)elapsed_us * 1e-6f;
}

bool walker_go_home(struct walker *walker, const struct crowd *crowd, uint32_t speed_max_cm_s,
                    uint64_t elapsed_us)
{
    if (walker->home)
        return false;
    float reach = reach_in(walker, speed_max_cm_s, elapsed_us);
    walker->home = hurry_to(walker, crowd, walker->home_x, walker->home_z, reach);
    return true;
}

bool walker_rush(struct walker *walker, const struct crowd *crowd, uint64_t since_us,
                 uint32_t speed_max_cm_s, uint64_t elapsed_us)
{
    uint64_t moment_us = since_us % RUSH_CYCLE_US;
    float x = walker->home_x, z = walker->home_z;
    if (moment_us < RUSH_HOME_US) {
        float dx = x - walker->target_x, dz = z - walker->target_z;
        float leap = (float)speed_max_cm_s * LEAP_S;
        float left = moment_us < RUSH_LEAP_US ? fminf(1, leap / fmaxf(hypotf(dx, dz), 1)) : 0;
        x = rintf(walker->target_x + dx * left);
        z = rintf(walker->target_z + dz * left);
    }
    if (walker->x == x && walker->z == z)
        return walker_stop(walker);
    hurry_to(walker, crowd, x, z, reach_in(walker, speed_max_cm_s, elapsed_us));
    return true;
}

// Turns towards the target as fast as a person does.
static void steer(struct walker *walker, float wanted, float turn_max)
{
    float turn = remainderf(wanted - walker->heading, 2 * (float)M_PI);
    turn = fminf(fmaxf(turn, -turn_max), turn_max);
    walker->heading = remainderf(walker->heading + turn, 2 * (float)M_PI);
}

// The gate's wall stops who would pass it beside the gate; they go along it.
static void keep_to_gate(const struct crowd *crowd, struct walker *walker, float from_z)
{
    bool crossed = (from_z < crowd->centre_z) != (walker->z < crowd->centre_z);
    if (crossed && fabsf(walker->x - crowd->centre_x) > CROWD_GATE_HALF_CM)
        walker->z = from_z;
}

static void step_ahead(struct walker *walker, const struct crowd *crowd)
{
    float from_z = walker->z;
    walker->x -= crowd->step_cm * sinf(walker->heading);
    walker->z -= crowd->step_cm * cosf(walker->heading);
    keep_off_middle(crowd, CROWD_MIDDLE_CM, &walker->x, &walker->z);
    keep_inside(&crowd->area, &walker->x, &walker->z);
    if (crowd->settings.pattern == CROWD_GATE)
        keep_to_gate(crowd, walker, from_z);
}

bool walker_walk(struct walker *walker, const struct crowd *crowd)
{
    if (!walker->moves)
        return walker_stop(walker);
    if (walker->pause_steps > 0) {
        walker->pause_steps--;
        return walker_stop(walker);
    }
    float dx = walker->target_x - walker->x, dz = walker->target_z - walker->z;
    uint32_t steps_per_second = crowd->settings.steps_per_second;
    if (hypotf(dx, dz) < fmaxf(ARRIVED_CM, crowd->step_cm)) {
        pick_target(crowd, walker);
        // Nobody dawdles in a gate.
        bool pauses = crowd->settings.pattern != CROWD_GATE;
        walker->pause_steps = pauses ? random_below(&walker->random, 2 * steps_per_second + 1) : 0;
        return walker_stop(walker);
    }
    float wanted = heading_round(crowd, walker, dx, dz);
    steer(walker, wanted, TURN_RADIANS_S / (float)steps_per_second);
    step_ahead(walker, crowd);
    walker->pose = CROWD_POSE_WALK;
    return true;
}

bool walker_stop(struct walker *walker)
{
    bool news = walker->pose != CROWD_POSE_IDLE;
    walker->pose = CROWD_POSE_IDLE;
    return news;
}

struct wire_state walker_state(const struct walker *walker)
{
    float yaw = walker->heading * (256 / (2 * (float)M_PI));
    return (struct wire_state){
        .x_cm = (int32_t)lrintf(walker->x),
        .z_cm = (int32_t)lrintf(walker->z),
        .y_cm = walker->y_cm,
        .yaw = (uint8_t)((int)lrintf(yaw) & 255),
        .pose = walker->pose,
    };
}
