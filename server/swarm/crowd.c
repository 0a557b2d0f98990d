#include "swarm/crowd.h"

#include <math.h>

#include "base/assert.h"

enum {
    PLAZA_RADIUS_CM = 1800,
    UNIFORM_REACH_CM = 20000,
    STADIUM_REACH_CM = 3000,
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

bool crowd_pattern_parse(const char *text, enum crowd_pattern *out)
{
    for (int i = CROWD_PLAZA; i <= CROWD_STADIUM; i++)
        if (!strcmp(text, crowd_pattern_name((enum crowd_pattern)i))) {
            *out = (enum crowd_pattern)i;
            return true;
        }
    return false;
}

const char *crowd_pattern_name(enum crowd_pattern pattern)
{
    static const char *const names[] = {"plaza", "uniform", "stadium"};
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

void crowd_init(struct crowd *crowd, const struct crowd_settings *settings)
{
    static const int32_t reach[] = {PLAZA_RADIUS_CM, UNIFORM_REACH_CM, STADIUM_REACH_CM};
    ASSERT(settings->steps_per_second > 0);
    *crowd = (struct crowd){.settings = *settings};
    crowd->area = area_within(&settings->bounds, reach[settings->pattern]);
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
    } else {
        walker->home_x = between(&walker->random, (float)area->least_x_cm, (float)area->most_x_cm);
        walker->home_z = between(&walker->random, (float)area->least_z_cm, (float)area->most_z_cm);
    }
    keep_inside(area, &walker->home_x, &walker->home_z);
    walker->home_x = rintf(walker->home_x);
    walker->home_z = rintf(walker->home_z);
}

static void pick_target(const struct crowd *crowd, struct walker *walker)
{
    static const float stroll_cm[] = {0, 3000, 1500};
    if (crowd->settings.pattern == CROWD_PLAZA) {
        pick_in_cluster(crowd, &walker->random, &walker->target_x, &walker->target_z);
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
    double share = crowd->settings.moving;
    walker->moves = floor((number + 1) * share) > floor(number * share);
    pick_home(crowd, walker);
    walker->target_x = walker->home_x;
    walker->target_z = walker->home_z;
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

bool walker_go_home(struct walker *walker, uint32_t speed_max_cm_s, uint64_t elapsed_us)
{
    if (walker->home)
        return false;
    if (elapsed_us > ELAPSED_MAX_US)
        elapsed_us = ELAPSED_MAX_US;
    float dx = walker->home_x - walker->x, dz = walker->home_z - walker->z;
    float distance = hypotf(dx, dz);
    float reach = (float)speed_max_cm_s * walker->hurry * (float)elapsed_us * 1e-6f;
    if (distance > 1)
        walker->heading = heading_to(dx, dz);
    walker->home = distance <= reach;
    walker->pose = walker->home ? CROWD_POSE_IDLE : CROWD_POSE_RUN;
    float part = walker->home ? 1 : reach / distance;
    walker->x += dx * part;
    walker->z += dz * part;
    return true;
}

// Turns towards the target as fast as a person does.
static void steer(struct walker *walker, float wanted, float turn_max)
{
    float turn = remainderf(wanted - walker->heading, 2 * (float)M_PI);
    turn = fminf(fmaxf(turn, -turn_max), turn_max);
    walker->heading = remainderf(walker->heading + turn, 2 * (float)M_PI);
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
        walker->pause_steps = random_below(&walker->random, 2 * steps_per_second + 1);
        return walker_stop(walker);
    }
    steer(walker, heading_to(dx, dz), TURN_RADIANS_S / (float)steps_per_second);
    walker->x -= crowd->step_cm * sinf(walker->heading);
    walker->z -= crowd->step_cm * cosf(walker->heading);
    keep_inside(&crowd->area, &walker->x, &walker->z);
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
