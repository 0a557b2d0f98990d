// What may be asked of cells: who stands within a circle, and whether all is well.

#include "base/assert.h"
#include "hub/cells.h"

// Nodes still to be looked into: three siblings of each node on the way down, and the last four.
enum { NODES_WAITING_MAX = 3 * WIRE_DEPTH_MAX + 4 };

static int64_t distance_to_span(int32_t at, int32_t least, int32_t most)
{
    if (at < least)
        return (int64_t)least - at;
    return at > most ? (int64_t)at - most : 0;
}

struct circle {
    int32_t x_cm, z_cm;
    int64_t radius_cm;
};

static bool circle_meets(const struct circle *circle, const struct frame_box *box)
{
    if (circle->radius_cm < 0)
        return true;
    int64_t dx = distance_to_span(circle->x_cm, box->least_x_cm, box->most_x_cm);
    int64_t dz = distance_to_span(circle->z_cm, box->least_z_cm, box->most_z_cm);
    return dx * dx + dz * dz <= circle->radius_cm * circle->radius_cm;
}

static struct frame_box box_of_place(const struct wire_state *state)
{
    return (struct frame_box){state->x_cm, state->z_cm, state->x_cm, state->z_cm};
}

static struct frame_box box_quarter(const struct frame_box *box, int quarter)
{
    int32_t half = (box->most_x_cm - box->least_x_cm + 1) / 2;
    int32_t x = box->least_x_cm + (quarter & 1 ? half : 0);
    int32_t z = box->least_z_cm + (quarter & 2 ? half : 0);
    return (struct frame_box){x, z, x + half - 1, z + half - 1};
}

static void cell_each_within(const struct cell *cell, const struct circle *circle,
                             void (*on_entity)(void *context, uint32_t id), void *context)
{
    const struct wire_slot *slots = cells_slots(cell);
    for (uint32_t i = 0; i < cell->slot_count; i++) {
        struct frame_box place = box_of_place(&slots[i].state);
        if (slots[i].use == WIRE_SLOT_TAKEN && circle_meets(circle, &place))
            on_entity(context, slots[i].identity.id);
    }
}

void cells_each_within(const struct cells *cells, int32_t x_cm, int32_t z_cm, int32_t radius_cm,
                       void (*on_entity)(void *context, uint32_t id), void *context)
{
    struct circle circle = {x_cm, z_cm, radius_cm};
    struct {
        uint16_t node;
        struct frame_box box;
    } waiting[NODES_WAITING_MAX];
    uint32_t count = 0;
    waiting[count].node = 0;
    waiting[count++].box = (struct frame_box){WIRE_COORDINATE_MIN_CM, WIRE_COORDINATE_MIN_CM,
                                              WIRE_COORDINATE_MAX_CM, WIRE_COORDINATE_MAX_CM};
    while (count > 0) {
        struct frame_box box = waiting[--count].box;
        const struct cell_node *node = &cells->nodes[waiting[count].node];
        if (!circle_meets(&circle, &box))
            continue;
        if (node->cell != CELL_NONE) {
            cell_each_within(&cells->cell[node->cell], &circle, on_entity, context);
            continue;
        }
        for (int i = 3; i >= 0; i--) {
            waiting[count].node = (uint16_t)(node->children + i);
            waiting[count++].box = box_quarter(&box, i);
        }
    }
}

static void slot_verify(const struct cells *cells, uint32_t index, uint32_t at)
{
    const struct wire_slot *slot = &cells_slots(&cells->cell[index])[at];
    const struct frame_box *box = &cells->boxes[index];
    uint32_t entity = slot->identity.id & UINT16_MAX;
    ASSERT(cells_has(cells, entity));
    ASSERT(cells->places[entity].cell == index && cells->places[entity].slot == at);
    ASSERT(slot->state.x_cm >= box->least_x_cm && slot->state.x_cm <= box->most_x_cm);
    ASSERT(slot->state.z_cm >= box->least_z_cm && slot->state.z_cm <= box->most_z_cm);
}

static void cell_verify(const struct cells *cells, uint32_t index)
{
    const struct cell *cell = &cells->cell[index];
    ASSERT(wire_key_is_valid(cell->key));
    ASSERT(cells->nodes[cell->node].used && cells->nodes[cell->node].cell == index);
    const struct wire_slot *slots = cells_slots(cell);
    uint32_t taken = 0;
    for (uint32_t i = 0; i < cell->slot_count; i++) {
        if (slots[i].use == WIRE_SLOT_TAKEN) {
            slot_verify(cells, index, i);
            taken++;
        }
        ASSERT(i >= cell->free_from || slots[i].use == WIRE_SLOT_TAKEN);
    }
    ASSERT(taken == cell->population);
    ASSERT(!cell->block || cell->block->holders > 0);
}

void cells_verify(const struct cells *cells)
{
    uint64_t area = 0;
    uint32_t population = 0, placed = 0;
    for (uint32_t i = 0; i < cells->cell_count; i++) {
        const struct cell *cell = &cells->cell[i];
        if (!cell->key)
            continue;
        cell_verify(cells, i);
        unsigned exponent = wire_key_cell(cell->key).exponent;
        area += (uint64_t)1 << 2 * exponent;
        population += cell->population;
        // With the area's sum, this makes the leaves a partition: each is where the tree finds it.
        ASSERT(cells_at(cells, cells->boxes[i].least_x_cm, cells->boxes[i].least_z_cm) == i);
        ASSERT(cells_at(cells, cells->boxes[i].most_x_cm, cells->boxes[i].most_z_cm) == i);
    }
    for (uint32_t i = 0; i < cells->place_count; i++)
        placed += cells->places[i].cell != CELL_NONE;
    ASSERT(area == (uint64_t)1 << 2 * WIRE_GROUND_EXPONENT);
    ASSERT(population == cells->population && placed == cells->population);
}
