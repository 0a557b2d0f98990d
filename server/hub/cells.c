#include "hub/cells.h"

#include "base/assert.h"
#include "hub/viewer.h"

// --- slots ---------------------------------------------------------------------------------------

static const struct wire_slot no_slots[1];

// Past this, a cell gives out slots again before everyone heard that they were left.
enum { CELL_SLOTS_ROOMY = WIRE_SLOTS_MAX - 4096 };

const struct wire_slot *cells_slots(const struct cell *cell)
{
    return cell->block ? cell->block->slots : no_slots;
}

// A block that nobody else reads, with room for `slot_count` slots, holding what the cell holds.
static struct wire_slot *slots_for_write(struct cells *cells, struct cell *cell,
                                         uint32_t slot_count)
{
    struct slot_block *old = cell->block;
    bool fits = old && old->capacity >= slot_count;
    bool wasteful = old && old->capacity > BLOCK_SLOTS_MIN && old->capacity / 4 >= slot_count;
    if (fits && !wasteful && old->holders == 1)
        return old->slots;
    cell->block = block_take(&cells->blocks, slot_count);
    if (old) {
        uint32_t kept = cell->slot_count < slot_count ? cell->slot_count : slot_count;
        memcpy(cell->block->slots, old->slots, kept * sizeof old->slots[0]);
        block_unref(&cells->blocks, old);
    }
    return cell->block->slots;
}

static bool is_told(const struct cell *cell, const struct wire_slot *slot)
{
    for (int level = 0; level < WIRE_LEVELS; level++)
        if (tick_is_after(slot->member_tick, cell->since[level]))
            return false;
    return true;
}

// A slot that was left may be given out only when all know that it was left: otherwise its next
// owner would hide the news, and clients would show someone who is gone for seconds.
static bool slot_is_free(const struct cell *cell, const struct wire_slot *slot)
{
    if (slot->use == WIRE_SLOT_LEFT)
        return cell->slot_count >= CELL_SLOTS_ROOMY || is_told(cell, slot);
    return slot->use != WIRE_SLOT_TAKEN;
}

// The lowest slot that may be given out; slot_count when there is none.
static uint32_t slot_lowest_free(struct cell *cell)
{
    const struct wire_slot *slots = cells_slots(cell);
    uint32_t not_yet = UINT32_MAX; // left, and not told everywhere: free later
    uint32_t slot = cell->free_from;
    for (; slot < cell->slot_count && !slot_is_free(cell, &slots[slot]); slot++)
        if (slots[slot].use == WIRE_SLOT_LEFT && not_yet == UINT32_MAX)
            not_yet = slot;
    cell->free_from = not_yet < slot ? not_yet : slot;
    return slot;
}

static void place_set(struct cells *cells, uint32_t index, uint32_t cell, uint32_t slot)
{
    ASSERT(index < cells->places_capacity);
    while (cells->place_count <= index)
        cells->places[cells->place_count++] = (struct frame_place){.cell = CELL_NONE};
    cells->places[index] = (struct frame_place){.cell = (uint16_t)cell, .slot = (uint16_t)slot};
}

// Puts the entity into the lowest free slot of the cell.
static struct wire_slot *slot_take(struct cells *cells, uint32_t index,
                                   const struct wire_slot *entity, uint32_t tick)
{
    struct cell *cell = &cells->cell[index];
    uint32_t at = slot_lowest_free(cell);
    uint32_t count = at < cell->slot_count ? cell->slot_count : at + 1;
    ASSERT(count <= WIRE_SLOTS_MAX);
    struct wire_slot *slots = slots_for_write(cells, cell, count);
    cell->slot_count = count;
    slots[at] = *entity;
    slots[at].use = WIRE_SLOT_TAKEN;
    slots[at].member_tick = tick;
    cell->population++;
    cell->changed_tick = tick;
    place_set(cells, entity->identity.id & UINT16_MAX, index, at);
    return &slots[at];
}

static void slot_empty(struct cells *cells, struct frame_place place, enum wire_slot_use use,
                       uint32_t tick)
{
    struct cell *cell = &cells->cell[place.cell];
    struct wire_slot *slots = slots_for_write(cells, cell, cell->slot_count);
    ASSERT(slots[place.slot].use == WIRE_SLOT_TAKEN);
    slots[place.slot].use = (uint8_t)use;
    slots[place.slot].member_tick = tick;
    cell->population--;
    cell->changed_tick = tick;
    if (place.slot < cell->free_from)
        cell->free_from = place.slot;
}

// --- indices and nodes ---------------------------------------------------------------------------

// A freed index rests: viewers may have to follow VIEWER_HISTORY_TICKS ticks at once, and in those
// an index must mean one cell only.
static bool index_is_available(const struct cells *cells, uint32_t wanted, uint32_t tick)
{
    uint32_t available = FRAME_CELLS_MAX - cells->cell_count;
    for (uint32_t i = 0; i < cells->freed_count && available < wanted; i++) {
        uint32_t freed = cells->freed[(cells->freed_head + i) % FRAME_CELLS_MAX].tick;
        if (tick - freed < VIEWER_HISTORY_TICKS)
            break;
        available++;
    }
    return available >= wanted;
}

static uint16_t index_take(struct cells *cells, uint32_t tick)
{
    struct freed_index *oldest = &cells->freed[cells->freed_head];
    if (cells->freed_count && tick - oldest->tick >= VIEWER_HISTORY_TICKS) {
        cells->freed_head = (cells->freed_head + 1) % FRAME_CELLS_MAX;
        cells->freed_count--;
        return oldest->index;
    }
    ASSERT(cells->cell_count < FRAME_CELLS_MAX);
    return (uint16_t)cells->cell_count++;
}

static void index_free(struct cells *cells, uint16_t index, uint32_t tick)
{
    uint32_t at = (cells->freed_head + cells->freed_count) % FRAME_CELLS_MAX;
    ASSERT(cells->freed_count < FRAME_CELLS_MAX);
    cells->freed[at] = (struct freed_index){.index = index, .tick = tick};
    cells->freed_count++;
}

static struct frame_box box_of(uint32_t key)
{
    struct wire_cell cell = wire_key_cell(key);
    int32_t side = (int32_t)1 << cell.exponent;
    return (struct frame_box){cell.x_cm, cell.z_cm, cell.x_cm + side - 1, cell.z_cm + side - 1};
}

static uint16_t cell_make(struct cells *cells, uint32_t key, uint16_t node, uint32_t tick)
{
    uint16_t index = index_take(cells, tick);
    struct cell *cell = &cells->cell[index];
    ASSERT(cell->key == 0 && !cell->block);
    *cell = (struct cell){
        .key = key,
        .generation = (uint16_t)(cell->generation + 1),
        .node = node,
        .changed_tick = tick,
        .since = {tick, tick, tick},
        .phase = (uint8_t)((key * 2654435769u) >> 24),
    };
    cells->boxes[index] = box_of(key);
    cells->nodes[node].cell = index;
    return index;
}

static void cell_free(struct cells *cells, uint16_t index, uint32_t tick)
{
    struct cell *cell = &cells->cell[index];
    block_unref(&cells->blocks, cell->block);
    cell->block = NULL;
    cell->key = 0;
    int32_t nowhere = FRAME_BOX_NOWHERE_CM;
    cells->boxes[index] = (struct frame_box){nowhere, nowhere, nowhere, nowhere};
    index_free(cells, index, tick);
}

static uint16_t quad_take(struct cells *cells)
{
    uint16_t first = cells->free_quads;
    if (first != NODE_NONE) {
        cells->free_quads = cells->nodes[first].children;
    } else {
        ASSERT(cells->node_count + 4 <= NODES_MAX);
        first = (uint16_t)cells->node_count;
        cells->node_count += 4;
    }
    for (int i = 0; i < 4; i++)
        cells->nodes[first + i] =
            (struct cell_node){.cell = CELL_NONE, .children = NODE_NONE, .used = true};
    return first;
}

static void quad_free(struct cells *cells, uint16_t first)
{
    for (int i = 0; i < 4; i++)
        cells->nodes[first + i].used = false;
    cells->nodes[first].children = cells->free_quads;
    cells->free_quads = first;
}

struct cells *cells_create(uint32_t places_capacity, uint32_t tick)
{
    struct cells *cells = calloc(1, sizeof *cells);
    ASSERT(cells);
    cells->places_capacity = places_capacity;
    cells->places = calloc(places_capacity, sizeof *cells->places);
    cells->heard = calloc(places_capacity, sizeof *cells->heard);
    ASSERT(cells->places && cells->heard);
    block_pool_init(&cells->blocks);
    cells->free_quads = NODE_NONE;
    cells->node_count = 1;
    cells->nodes[0] = (struct cell_node){.cell = CELL_NONE, .children = NODE_NONE, .used = true};
    (void)cell_make(cells, 1, 0, tick);
    return cells;
}

void cells_destroy(struct cells *cells)
{
    if (!cells)
        return;
    block_pool_done(&cells->blocks);
    free(cells->places);
    free(cells->heard);
    free(cells);
}

uint16_t cells_at(const struct cells *cells, int32_t x_cm, int32_t z_cm)
{
    uint32_t x = (uint32_t)(x_cm - WIRE_COORDINATE_MIN_CM);
    uint32_t z = (uint32_t)(z_cm - WIRE_COORDINATE_MIN_CM);
    ASSERT((x | z) >> WIRE_GROUND_EXPONENT == 0);
    const struct cell_node *node = &cells->nodes[0];
    for (unsigned bit = WIRE_GROUND_EXPONENT - 1; node->cell == CELL_NONE; bit--)
        node = &cells->nodes[node->children + ((x >> bit & 1) | (z >> bit & 1) << 1)];
    return node->cell;
}

// --- entities ------------------------------------------------------------------------------------

void cells_put(struct cells *cells, const struct wire_identity *identity,
               const struct wire_state *state, uint32_t tick)
{
    uint32_t index = identity->id & UINT16_MAX;
    ASSERT(!cells_has(cells, index));
    struct wire_slot entity = {0};
    entity.state = *state;
    entity.identity = *identity;
    entity.described_until = tick + CELL_DESCRIBED_TICKS;
    entity.changed_tick = tick;
    slot_take(cells, cells_at(cells, state->x_cm, state->z_cm), &entity, tick);
    cells->heard[index] = tick;
    cells->population++;
}

static bool is_long_unheard(const struct cells *cells, uint32_t index, uint32_t tick)
{
    return tick - cells->heard[index] > CELL_UNHEARD_TICKS;
}

// How long news of an entity that moves on goes on saying who it is. Who heard of it at the far
// level knows; whoever runs through small cells may be gone each time before the cell speaks.
static uint32_t described_after_move(struct cells *cells, const struct cell *from,
                                     const struct wire_slot *slot, uint32_t index, uint32_t tick)
{
    if (!tick_is_after(slot->member_tick, from->since[WIRE_FAR])) {
        cells->heard[index] = from->since[WIRE_FAR];
        return slot->described_until;
    }
    bool still_new = !tick_is_after(tick, slot->described_until);
    return still_new || is_long_unheard(cells, index, tick) ? tick + CELL_DESCRIBED_TICKS
                                                            : slot->described_until;
}

static bool box_holds(const struct frame_box *box, const struct wire_state *state)
{
    return state->x_cm >= box->least_x_cm && state->x_cm <= box->most_x_cm &&
           state->z_cm >= box->least_z_cm && state->z_cm <= box->most_z_cm;
}

void cells_move(struct cells *cells, uint32_t index, const struct wire_state *state, uint32_t tick)
{
    ASSERT(cells_has(cells, index));
    struct frame_place place = cells->places[index];
    struct cell *from = &cells->cell[place.cell];
    if (box_holds(&cells->boxes[place.cell], state)) {
        struct wire_slot *slot = &slots_for_write(cells, from, from->slot_count)[place.slot];
        slot->state = *state;
        slot->changed_tick = tick;
        from->changed_tick = tick;
        return;
    }
    struct wire_slot entity = cells_slots(from)[place.slot];
    entity.described_until = described_after_move(cells, from, &entity, index, tick);
    entity.state = *state;
    entity.changed_tick = tick;
    slot_empty(cells, place, WIRE_SLOT_MOVED_ON, tick);
    uint16_t to = cells_at(cells, state->x_cm, state->z_cm);
    slot_take(cells, to, &entity, tick);
    if (is_long_unheard(cells, index, tick))
        cells->cell[to].far_wanted = true;
}

void cells_describe(struct cells *cells, uint32_t index, uint32_t look, uint32_t tick)
{
    ASSERT(cells_has(cells, index));
    struct frame_place place = cells->places[index];
    struct cell *cell = &cells->cell[place.cell];
    struct wire_slot *slot = &slots_for_write(cells, cell, cell->slot_count)[place.slot];
    slot->identity.look = look;
    slot->described_until = tick + CELL_DESCRIBED_TICKS;
    slot->member_tick = tick; // as if it were taken anew: only such news carries who it is
    cell->changed_tick = tick;
}

void cells_remove(struct cells *cells, uint32_t index, uint32_t tick)
{
    ASSERT(cells_has(cells, index));
    slot_empty(cells, cells->places[index], WIRE_SLOT_LEFT, tick);
    cells->places[index] = (struct frame_place){.cell = CELL_NONE};
    cells->population--;
}

// --- splits and merges ---------------------------------------------------------------------------

static void entities_take_over(struct cells *cells, const struct cell *old, uint32_t tick)
{
    const struct wire_slot *slots = cells_slots(old);
    for (uint32_t i = 0; i < old->slot_count; i++)
        if (slots[i].use == WIRE_SLOT_TAKEN)
            slot_take(cells, cells_at(cells, slots[i].state.x_cm, slots[i].state.z_cm), &slots[i],
                      tick);
}

static struct frame_split *split_record(struct cells *cells, uint16_t parent, bool merged)
{
    ASSERT(cells->split_count < FRAME_CELLS_MAX);
    struct frame_split *split = &cells->splits[cells->split_count++];
    *split = (struct frame_split){
        .parent_key = cells->cell[parent].key,
        .parent = parent,
        .parent_generation = cells->cell[parent].generation,
        .merged = merged,
    };
    return split;
}

static void cell_split(struct cells *cells, uint16_t parent, uint32_t tick)
{
    struct cell *old = &cells->cell[parent];
    struct frame_split *split = split_record(cells, parent, false);
    struct cell_node *node = &cells->nodes[old->node];
    uint16_t quad = quad_take(cells);
    node->cell = CELL_NONE;
    node->children = quad;
    node->calm = false;
    for (uint16_t i = 0; i < 4; i++) {
        uint16_t child = cell_make(cells, 4 * old->key + i, (uint16_t)(quad + i), tick);
        split->children[i] = child;
        split->children_generation[i] = cells->cell[child].generation;
    }
    entities_take_over(cells, old, tick);
    cell_free(cells, parent, tick);
}

// Splits the cell, and what comes out of it, until nothing is too full; at most WIRE_DEPTH_MAX
// deep, for the fourfold children wait in `todo`.
static void cell_split_down(struct cells *cells, uint16_t first, uint32_t tick)
{
    uint16_t todo[1 + 4 * WIRE_DEPTH_MAX];
    uint32_t count = 0;
    todo[count++] = first;
    while (count > 0) {
        uint16_t index = todo[--count];
        const struct cell *cell = &cells->cell[index];
        if (cell->population <= CELL_SPLIT_ABOVE || wire_key_depth(cell->key) == WIRE_DEPTH_MAX)
            continue;
        // One index more than a split takes stays free, or a full house could never merge.
        if (!index_is_available(cells, 5, tick))
            return;
        cell_split(cells, index, tick);
        const struct frame_split *split = &cells->splits[cells->split_count - 1];
        for (int i = 3; i >= 0; i--)
            todo[count++] = split->children[i];
    }
}

static bool node_is_calm(const struct cells *cells, const struct cell_node *node)
{
    uint32_t population = 0;
    for (int i = 0; i < 4; i++) {
        uint16_t cell = cells->nodes[node->children + i].cell;
        if (cell == CELL_NONE)
            return false;
        population += cells->cell[cell].population;
    }
    return population < CELL_MERGE_BELOW;
}

static void node_merge(struct cells *cells, uint16_t index, uint32_t tick)
{
    struct cell_node *node = &cells->nodes[index];
    uint16_t quad = node->children;
    uint32_t key = cells->cell[cells->nodes[quad].cell].key / 4;
    uint16_t parent = cell_make(cells, key, index, tick);
    struct frame_split *merge = split_record(cells, parent, true);
    for (int i = 0; i < 4; i++) {
        uint16_t child = cells->nodes[quad + i].cell;
        merge->children[i] = child;
        merge->children_generation[i] = cells->cell[child].generation;
        entities_take_over(cells, &cells->cell[child], tick);
        cell_free(cells, child, tick);
    }
    quad_free(cells, quad);
    node->children = NODE_NONE;
    node->calm = false;
}

static void node_try_merge(struct cells *cells, uint16_t index, uint32_t tick)
{
    struct cell_node *node = &cells->nodes[index];
    if (!node_is_calm(cells, node)) {
        node->calm = false;
    } else if (!node->calm) {
        node->calm = true;
        node->calm_since = tick;
    } else if (tick - node->calm_since >= CELL_MERGE_TICKS && index_is_available(cells, 1, tick)) {
        node_merge(cells, index, tick);
    }
}

void cells_reshape(struct cells *cells, uint32_t tick)
{
    cells->split_count = 0;
    uint32_t count = cells->cell_count;
    for (uint32_t i = 0; i < count; i++)
        if (cells->cell[i].key && cells->cell[i].population > CELL_SPLIT_ABOVE)
            cell_split_down(cells, (uint16_t)i, tick);
    for (uint32_t i = 0; i < cells->node_count; i++)
        if (cells->nodes[i].used && cells->nodes[i].cell == CELL_NONE)
            node_try_merge(cells, (uint16_t)i, tick);
}

// --- turns ---------------------------------------------------------------------------------------

bool cell_is_due(const struct cell *cell, enum wire_level level, uint32_t tick)
{
    bool is_turn = (tick + cell->phase) % wire_level_period[level] == 0;
    return is_turn || (level == WIRE_FAR && cell->far_wanted);
}

// Slots at the end that are empty, and known to be, go.
static void cell_trim(struct cells *cells, struct cell *cell)
{
    const struct wire_slot *slots = cells_slots(cell);
    while (cell->slot_count > 0) {
        const struct wire_slot *last = &slots[cell->slot_count - 1];
        if (last->use == WIRE_SLOT_TAKEN || !is_told(cell, last))
            break;
        cell->slot_count--;
    }
    if (cell->free_from > cell->slot_count)
        cell->free_from = cell->slot_count;
    if (cell->slot_count == 0) {
        block_unref(&cells->blocks, cell->block);
        cell->block = NULL;
    }
}

void cells_told(struct cells *cells, uint32_t index, enum wire_level level, uint32_t tick)
{
    struct cell *cell = &cells->cell[index];
    cell->since[level] = tick;
    if (level == WIRE_FAR)
        cell->far_wanted = false;
    if (level != WIRE_NEAR)
        cell_trim(cells, cell);
}
