// Joins, leaves and looks reach the cells at once, as of the tick to come. Moves wait in the entity
// until that tick: whoever sends two in one tick crosses at most one border, and a cell is told
// once.

#include "hub/instance.h"

#include "base/assert.h"
#include "base/random.h"
#include "hub/frame_pool.h"
#include "hub/puppets.h"
#include "hub/roster.h"

enum { FLAGS_KNOWN = 0x1f }; // docs/protocol.md, section 6

struct instance {
    struct instance_settings settings;
    struct instance_spawn *spawns;
    struct random random;
    uint32_t tick;
    struct roster roster;
    struct puppets puppets;
    struct cells *cells;
    struct frame_pool frames;
    uint32_t dirty_count;
    uint16_t *dirty; // indices of those who moved since the last tick, each once
};

struct instance *instance_create(const struct instance_settings *settings)
{
    ASSERT(settings->spawn_count > 0 && settings->capacity > 0 && settings->capacity <= 65000);
    ASSERT(settings->least_x_cm >= WIRE_COORDINATE_MIN_CM &&
           settings->most_x_cm <= WIRE_COORDINATE_MAX_CM);
    ASSERT(settings->least_z_cm >= WIRE_COORDINATE_MIN_CM &&
           settings->most_z_cm <= WIRE_COORDINATE_MAX_CM);
    struct instance *instance = calloc(1, sizeof *instance);
    ASSERT(instance);
    instance->settings = *settings;
    instance->spawns = calloc(settings->spawn_count, sizeof *instance->spawns);
    ASSERT(instance->spawns);
    memcpy(instance->spawns, settings->spawns, settings->spawn_count * sizeof *settings->spawns);
    instance->settings.spawns = instance->spawns;
    random_seed(&instance->random, settings->seed);
    puppets_init(&instance->puppets, settings->puppet_index_end);
    roster_init(&instance->roster, settings->capacity, settings->puppet_index_end);
    instance->cells = cells_create(instance->roster.index_max + 1, 0);
    frame_pool_init(&instance->frames);
    instance->dirty = calloc(instance->roster.index_max + 1, sizeof *instance->dirty);
    ASSERT(instance->dirty);
    return instance;
}

void instance_destroy(struct instance *instance)
{
    if (!instance)
        return;
    frame_pool_done(&instance->frames);
    cells_destroy(instance->cells);
    roster_done(&instance->roster);
    puppets_done(&instance->puppets);
    free(instance->dirty);
    free(instance->spawns);
    free(instance);
}

// --- places --------------------------------------------------------------------------------------

static int32_t clamp(int32_t value, int32_t least, int32_t most)
{
    return value < least ? least : value > most ? most : value;
}

static bool is_within_bounds(const struct instance_settings *world, const struct wire_state *state)
{
    return state->x_cm >= world->least_x_cm && state->x_cm <= world->most_x_cm &&
           state->z_cm >= world->least_z_cm && state->z_cm <= world->most_z_cm &&
           state->y_cm >= world->least_y_cm && state->y_cm <= world->most_y_cm;
}

static struct wire_state fitted(const struct instance_settings *world, struct wire_state state)
{
    state.x_cm = clamp(state.x_cm, world->least_x_cm, world->most_x_cm);
    state.z_cm = clamp(state.z_cm, world->least_z_cm, world->most_z_cm);
    state.y_cm = (int16_t)clamp(state.y_cm, world->least_y_cm, world->most_y_cm);
    state.pose = state.pose < WIRE_POSES ? state.pose : 0;
    state.flags &= FLAGS_KNOWN;
    return state;
}

// Evenly within the circle: of points in the square around it, the first inside.
static void scatter(struct random *random, int32_t radius_cm, int32_t *dx_cm, int32_t *dz_cm)
{
    int64_t radius = radius_cm;
    do {
        *dx_cm = (int32_t)((int64_t)random_below(random, (uint32_t)(2 * radius + 1)) - radius);
        *dz_cm = (int32_t)((int64_t)random_below(random, (uint32_t)(2 * radius + 1)) - radius);
    } while ((int64_t)*dx_cm * *dx_cm + (int64_t)*dz_cm * *dz_cm > radius * radius);
}

// One of those that are for everybody; of all, when there are none.
static const struct instance_spawn *spawn_any(struct instance *instance)
{
    uint32_t count = instance->settings.spawn_count, open = 0;
    for (uint32_t i = 0; i < count; i++)
        open += !instance->spawns[i].portal;
    if (open == 0)
        return &instance->spawns[random_below(&instance->random, count)];
    uint32_t which = random_below(&instance->random, open), i = 0;
    for (; instance->spawns[i].portal || which > 0; i++)
        which -= !instance->spawns[i].portal;
    return &instance->spawns[i];
}

static struct wire_state spawn_place(struct instance *instance, uint32_t asked)
{
    bool there = asked >= 1 && asked <= instance->settings.spawn_count;
    const struct instance_spawn *spawn = there ? &instance->spawns[asked - 1] : spawn_any(instance);
    int32_t dx_cm = 0, dz_cm = 0;
    if (spawn->radius_cm > 0)
        scatter(&instance->random, spawn->radius_cm, &dx_cm, &dz_cm);
    struct wire_state place = {
        .x_cm = spawn->x_cm + dx_cm,
        .z_cm = spawn->z_cm + dz_cm,
        .y_cm = spawn->y_cm,
        .yaw = spawn->yaw,
    };
    return fitted(&instance->settings, place);
}

// --- coming and going ----------------------------------------------------------------------------

static void name_copy(char to[HUB_NAME_BYTES], const char *from)
{
    size_t length = strnlen(from, HUB_NAME_BYTES - 1);
    memcpy(to, from, length);
    to[length] = '\0';
}

static void joined_fill(const struct instance *instance, const struct entity *entity,
                        struct instance_joined *out)
{
    out->entity.value = entity->id;
    out->place = entity->state;
    out->tick = instance->tick;
}

static void entity_resume(struct instance *instance, struct entity *entity, uint64_t connection,
                          struct instance_joined *out)
{
    *out = (struct instance_joined){.resumed = true, .replaced_connection = entity->connection};
    roster_connect(&instance->roster, entity, connection);
    pace_forget_sequence(&entity->pace);
    joined_fill(instance, entity, out);
}

bool instance_join(struct instance *instance, const struct instance_join *join, uint64_t now_us,
                   struct instance_joined *out, struct error *err)
{
    ASSERT(join->connection != 0);
    struct entity *entity = roster_find_person(&instance->roster, join->person);
    if (entity) {
        entity_resume(instance, entity, join->connection, out);
        return true;
    }
    entity = roster_add(&instance->roster, join->person, join->connection, instance->tick);
    if (!entity && instance->roster.population == instance->settings.capacity)
        return fail(err, ERR_LIMIT, "this place is full: %u people are here",
                    instance->settings.capacity);
    if (!entity)
        return fail(err, ERR_LIMIT, "too many came and went in the last minute: try again soon");

    entity->look = join->look;
    name_copy(entity->name, join->name);
    entity->state = join->placed ? fitted(&instance->settings, join->place)
                                 : spawn_place(instance, join->spawn);
    pace_init(&entity->pace, instance->settings.speed_max_cm_s, now_us);
    struct wire_identity identity = {.id = entity->id, .look = entity->look};
    cells_put(instance->cells, &identity, &entity->state, instance->tick + 1);
    *out = (struct instance_joined){0};
    joined_fill(instance, entity, out);
    return true;
}

void instance_linger(struct instance *instance, entity_id id, uint64_t connection, uint64_t now_us)
{
    struct entity *entity = roster_find(&instance->roster, id.value);
    if (!entity || entity->connection == 0 || entity->connection != connection)
        return;
    roster_linger(&instance->roster, entity, now_us + HUB_RESUME_MS * (uint64_t)1000);
}

static void entity_go(struct instance *instance, struct entity *entity)
{
    cells_remove(instance->cells, entity_index(entity), instance->tick + 1);
    roster_remove(&instance->roster, entity, instance->tick);
}

void instance_leave(struct instance *instance, entity_id id)
{
    struct entity *entity = roster_find(&instance->roster, id.value);
    if (entity)
        entity_go(instance, entity);
}

// --- moves ---------------------------------------------------------------------------------------

static bool states_equal(const struct wire_state *a, const struct wire_state *b)
{
    return a->x_cm == b->x_cm && a->z_cm == b->z_cm && a->y_cm == b->y_cm && a->yaw == b->yaw &&
           a->pose == b->pose && a->flags == b->flags;
}

static void entity_stand(struct instance *instance, struct entity *entity,
                         const struct wire_state *state)
{
    if (states_equal(&entity->state, state))
        return;
    entity->state = *state;
    if (entity->dirty)
        return;
    entity->dirty = true;
    instance->dirty[instance->dirty_count++] = (uint16_t)entity_index(entity);
}

enum instance_move_result instance_move(struct instance *instance, entity_id id,
                                        const struct wire_move *move, uint64_t now_us,
                                        struct wire_state *at)
{
    const struct instance_settings *world = &instance->settings;
    struct entity *entity = roster_find(&instance->roster, id.value);
    if (!entity || entity->connection == 0)
        return MOVE_STALE;
    pace_refill(&entity->pace, world->speed_max_cm_s, now_us);
    if (pace_is_stale(&entity->pace, move->sequence))
        return MOVE_STALE;

    struct wire_state wanted = move->state;
    wanted.flags &= FLAGS_KNOWN;
    if (wanted.pose >= WIRE_POSES || !is_within_bounds(world, &wanted) ||
        !pace_take_way(&entity->pace, &entity->state, &wanted)) {
        pace_correct(&entity->pace, move->sequence);
        *at = entity->state;
        return MOVE_CORRECTED;
    }
    entity_stand(instance, entity, &wanted);
    return MOVE_ACCEPTED;
}

// --- puppets -------------------------------------------------------------------------------------

static void puppet_go(struct instance *instance, struct puppet *puppet)
{
    cells_remove(instance->cells, puppet->id & UINT16_MAX, instance->tick + 1);
    instance->puppets.count--;
    *puppet = (struct puppet){0};
}

static void puppet_come(struct instance *instance, struct puppet *puppet,
                        const struct instance_puppet *wanted)
{
    *puppet = (struct puppet){
        .id = wanted->identity.id, .kind = wanted->identity.kind, .look = wanted->identity.look};
    puppet->state = wanted->state;
    cells_put(instance->cells, &wanted->identity, &wanted->state, instance->tick + 1);
    instance->puppets.count++;
}

void instance_show_puppet(struct instance *instance, const struct instance_puppet *wanted)
{
    uint32_t id = wanted->identity.id, index = id & UINT16_MAX;
    struct puppet *puppet = puppets_place(&instance->puppets, id);
    if (puppet->id != 0 && (puppet->id != id || puppet->kind != wanted->identity.kind))
        puppet_go(instance, puppet);
    if (puppet->id == 0)
        puppet_come(instance, puppet, wanted);
    if (!states_equal(&puppet->state, &wanted->state)) {
        puppet->state = wanted->state;
        cells_move(instance->cells, index, &puppet->state, instance->tick + 1);
    }
    if (puppet->look != wanted->identity.look) {
        puppet->look = wanted->identity.look;
        cells_describe(instance->cells, index, puppet->look, instance->tick + 1);
    }
    if (strncmp(puppet->name, wanted->name, HUB_NAME_BYTES - 1) != 0)
        name_copy(puppet->name, wanted->name);
}

void instance_drop_puppet(struct instance *instance, entity_id id)
{
    if (puppets_find(&instance->puppets, id.value))
        puppet_go(instance, puppets_place(&instance->puppets, id.value));
}

entity_id instance_next_puppet(const struct instance *instance, entity_id id)
{
    const struct puppet *next = puppets_after(&instance->puppets, id.value & UINT16_MAX);
    return (entity_id){next ? next->id : 0};
}

uint32_t instance_puppet_count(const struct instance *instance)
{
    return instance->puppets.count;
}

// --- ticks ---------------------------------------------------------------------------------------

static void lingerers_expire(struct instance *instance, uint64_t now_us)
{
    struct entity *entity = roster_oldest_gone(&instance->roster);
    for (; entity && entity->gone_us <= now_us; entity = roster_oldest_gone(&instance->roster))
        entity_go(instance, entity);
}

static void moves_reach_cells(struct instance *instance)
{
    for (uint32_t i = 0; i < instance->dirty_count; i++) {
        struct entity *entity = &instance->roster.entities[instance->dirty[i]];
        entity->dirty = false;
        if (entity->id != 0)
            cells_move(instance->cells, instance->dirty[i], &entity->state, instance->tick);
    }
    instance->dirty_count = 0;
}

const struct frame *instance_tick(struct instance *instance, uint64_t now_us)
{
    lingerers_expire(instance, now_us);
    instance->tick++;
    moves_reach_cells(instance);
    cells_reshape(instance->cells, instance->tick);
    return frame_pool_make(&instance->frames, instance->cells, instance->settings.number,
                           instance->tick);
}

void instance_return_frame(struct instance *instance, const struct frame *frame)
{
    frame_pool_return(&instance->frames, instance->cells, frame);
}

// --- questions -----------------------------------------------------------------------------------

uint32_t instance_population(const struct instance *instance)
{
    return instance->roster.population;
}

uint32_t instance_tick_number(const struct instance *instance)
{
    return instance->tick;
}

const struct instance_settings *instance_settings_of(const struct instance *instance)
{
    return &instance->settings;
}

static bool find_puppet(const struct instance *instance, entity_id id, struct instance_person *out)
{
    static const uint8_t no_person[16];
    const struct puppet *puppet = puppets_find(&instance->puppets, id.value);
    if (!puppet)
        return false;
    *out = (struct instance_person){
        .entity.value = puppet->id,
        .name = puppet->name,
        .look = puppet->look,
        .state = puppet->state,
        .person = no_person,
    };
    return true;
}

bool instance_find(const struct instance *instance, entity_id id, struct instance_person *out)
{
    const struct entity *entity = roster_find(&instance->roster, id.value);
    if (!entity)
        return find_puppet(instance, id, out);
    *out = (struct instance_person){
        .entity.value = entity->id,
        .name = entity->name,
        .look = entity->look,
        .state = entity->state,
        .connection = entity->connection,
        .person = entity->person,
    };
    return true;
}

void instance_set_profile(struct instance *instance, entity_id id, const char *name,
                          const uint32_t *look)
{
    struct entity *entity = roster_find(&instance->roster, id.value);
    if (!entity)
        return;
    if (name)
        name_copy(entity->name, name);
    if (!look || *look == entity->look)
        return;
    entity->look = *look;
    cells_describe(instance->cells, entity_index(entity), entity->look, instance->tick + 1);
}

struct each_within {
    const struct instance *instance;
    void (*on_connection)(void *context, uint64_t connection, entity_id entity);
    void *context;
};

static void on_entity(void *context, uint32_t id)
{
    const struct each_within *each = context;
    if (puppets_own_index(&each->instance->puppets, id & UINT16_MAX))
        return;
    const struct entity *entity = roster_find(&each->instance->roster, id);
    ASSERT(entity);
    if (entity->connection)
        each->on_connection(each->context, entity->connection, (entity_id){id});
}

void instance_each_within(struct instance *instance, int32_t x_cm, int32_t z_cm, int32_t radius_cm,
                          void (*on_connection)(void *context, uint64_t connection,
                                                entity_id entity),
                          void *context)
{
    struct each_within each = {instance, on_connection, context};
    cells_each_within(instance->cells, x_cm, z_cm, radius_cm, on_entity, &each);
}

static void puppets_verify(const struct instance *instance)
{
    const struct puppets *puppets = &instance->puppets;
    uint32_t count = 0;
    for (uint32_t i = 1; i < puppets->index_end; i++) {
        const struct puppet *puppet = &puppets->by_index[i];
        ASSERT(cells_has(instance->cells, i) == (puppet->id != 0));
        if (puppet->id == 0)
            continue;
        count++;
        struct frame_place place = instance->cells->places[i];
        const struct wire_slot *slot = &cells_slots(&instance->cells->cell[place.cell])[place.slot];
        ASSERT(slot->identity.id == puppet->id && slot->identity.look == puppet->look);
        ASSERT(states_equal(&slot->state, &puppet->state));
    }
    ASSERT(count == puppets->count);
}

void instance_verify(const struct instance *instance)
{
    const struct roster *roster = &instance->roster;
    roster_verify(roster);
    cells_verify(instance->cells);
    puppets_verify(instance);
    ASSERT(instance->cells->population == roster->population + instance->puppets.count);
    for (uint32_t i = roster->index_first; i < roster->index_count; i++) {
        const struct entity *entity = &roster->entities[i];
        ASSERT(cells_has(instance->cells, i) == (entity->id != 0));
        if (entity->id == 0)
            continue;
        struct frame_place place = instance->cells->places[i];
        const struct wire_slot *slot = &cells_slots(&instance->cells->cell[place.cell])[place.slot];
        ASSERT(slot->identity.id == entity->id && slot->identity.look == entity->look);
        ASSERT(entity->dirty || states_equal(&slot->state, &entity->state));
        ASSERT(is_within_bounds(&instance->settings, &entity->state));
    }
}
