#include "wire/picture_rows.h"

enum {
    ENTITY_INDEX_MASK = 0xffff,
    SNAP_METRES = 15, // farther than anyone goes between two news: shown at once, not glided to
};

static void row_touch(struct picture *picture, uint32_t row)
{
    if (row < picture->dirty_first)
        picture->dirty_first = row;
    if (row >= picture->dirty_last)
        picture->dirty_last = row + 1;
}

void rows_touch_all(struct picture *picture)
{
    picture->dirty_first = 0;
    picture->dirty_last = picture->count;
}

uint32_t row_at(const struct picture *picture, uint32_t key, uint32_t slot)
{
    return row_table_find(&picture->by_place, (uint64_t)key << 16 | slot);
}

uint32_t row_of_index(const struct picture *picture, uint32_t id)
{
    return row_table_find(&picture->by_who, id & ENTITY_INDEX_MASK);
}

// --- lists
// -----------------------------------------------------------------------------------------------

static struct row_list *row_list_of(struct picture *picture, uint32_t row)
{
    uint32_t key = picture->rows.cell[row];
    return key ? &cell_table_find(picture->cells, key)->rows : &picture->unclaimed;
}

static void list_append(struct picture *picture, struct row_list *list, uint32_t row)
{
    picture->next[row] = ROW_NONE;
    picture->previous[row] = list->last;
    if (list->last == ROW_NONE)
        list->first = row;
    else
        picture->next[list->last] = row;
    list->last = row;
}

// What stands before and after `row` in its list, or the list's ends, now name these instead.
static void list_relink(struct picture *picture, uint32_t row, uint32_t after_previous,
                        uint32_t before_next)
{
    struct row_list *list = row_list_of(picture, row);
    uint32_t previous = picture->previous[row], next = picture->next[row];
    *(previous == ROW_NONE ? &list->first : &picture->next[previous]) = after_previous;
    *(next == ROW_NONE ? &list->last : &picture->previous[next]) = before_next;
}

// Out of its list, and out of its place if it has one.
static void row_detach(struct picture *picture, uint32_t row)
{
    list_relink(picture, row, picture->next[row], picture->previous[row]);
    if (picture->rows.cell[row])
        row_table_remove(&picture->by_place, row);
}

void row_claim(struct picture *picture, uint32_t row, struct picture_cell *cell, uint32_t slot)
{
    row_detach(picture, row);
    picture->rows.cell[row] = cell->key;
    picture->place[row] = (uint64_t)cell->key << 16 | slot;
    row_table_add(&picture->by_place, row);
    list_append(picture, &cell->rows, row);
    row_touch(picture, row);
}

void row_release(struct picture *picture, uint32_t row)
{
    row_detach(picture, row);
    picture->rows.cell[row] = 0;
    picture->unclaimed_since[row] = picture->tick;
    list_append(picture, &picture->unclaimed, row);
    row_touch(picture, row);
}

// --- segments
// --------------------------------------------------------------------------------------------

static float metres(int32_t cm)
{
    return (float)cm * 0.01f;
}

static void row_set_exact(struct picture *picture, uint32_t row, const struct wire_state *state)
{
    int32_t *exact = picture->rows.exact + 4 * (size_t)row;
    exact[0] = state->x_cm;
    exact[1] = state->y_cm;
    exact[2] = state->z_cm;
    exact[3] = state->yaw;
}

static bool row_is_exactly(const struct picture *picture, uint32_t row,
                           const struct wire_state *state)
{
    const int32_t *exact = picture->rows.exact + 4 * (size_t)row;
    return exact[0] == state->x_cm && exact[1] == state->y_cm && exact[2] == state->z_cm &&
           exact[3] == state->yaw;
}

static void place_of(const struct wire_state *state, float out[4])
{
    out[0] = metres(state->x_cm);
    out[1] = metres(state->y_cm);
    out[2] = metres(state->z_cm);
    out[3] = (float)state->yaw * (1.0f / 256);
}

// Where the row is shown now.
static void row_shown(const struct picture *picture, uint32_t row, float out[4])
{
    const float *from = picture->rows.from + 4 * (size_t)row;
    const float *to = picture->rows.to + 4 * (size_t)row;
    const float *time = picture->rows.time + 2 * (size_t)row;
    float part = (picture->now - time[0]) / (time[1] - time[0]);
    if (part < 0)
        part = 0;
    if (part > 1)
        part = 1;
    for (int i = 0; i < 4; i++)
        out[i] = from[i] + (to[i] - from[i]) * part;
}

// Brings from[3] into [0, 1) and to[3] to the same direction by the short way round.
static void turn_short_way(float from[4], float to[4])
{
    if (from[3] < 0)
        from[3] += 1;
    if (from[3] >= 1)
        from[3] -= 1;
    if (to[3] - from[3] > 0.5f)
        to[3] -= 1;
    if (to[3] - from[3] < -0.5f)
        to[3] += 1;
}

static bool is_far(const float from[4], const float to[4])
{
    float x = to[0] - from[0], y = to[1] - from[1], z = to[2] - from[2];
    return x * x + y * y + z * z > (float)(SNAP_METRES * SNAP_METRES);
}

static void row_set_segment(struct picture *picture, uint32_t row, const float from[4],
                            const float to[4], enum wire_level level)
{
    for (size_t i = 0; i < 4; i++) {
        picture->rows.from[4 * (size_t)row + i] = from[i];
        picture->rows.to[4 * (size_t)row + i] = to[i];
    }
    picture->rows.time[2 * (size_t)row] = picture->now;
    picture->rows.time[2 * (size_t)row + 1] = picture->now + picture->hold_ticks[level];
}

void row_tell(struct picture *picture, uint32_t row, const struct wire_state *state,
              enum wire_level level)
{
    picture->rows.heard[row] = picture->tick;
    picture->rows.pose[row] = state->pose;
    picture->rows.flags[row] = state->flags;
    picture->rows.level[row] = (uint8_t)level;
    row_touch(picture, row);
    if (row_is_exactly(picture, row, state))
        return; // it keeps going there, in the time it had
    float from[4], to[4];
    row_shown(picture, row, from);
    place_of(state, to);
    turn_short_way(from, to);
    row_set_segment(picture, row, is_far(from, to) ? to : from, to, level);
    row_set_exact(picture, row, state);
}

// --- life
// ------------------------------------------------------------------------------------------------

uint32_t row_add(struct picture *picture, uint32_t id, const struct wire_state *state)
{
    if (picture->count == picture->capacity)
        return ROW_NONE;
    uint32_t row = picture->count++;
    struct picture_rows *rows = &picture->rows;
    rows->id[row] = id;
    rows->look[row] = rows->cell[row] = 0;
    rows->heard[row] = picture->tick;
    rows->kind[row] = rows->pose[row] = rows->flags[row] = rows->level[row] = 0;
    float place[4];
    place_of(state, place);
    row_set_segment(picture, row, place, place, WIRE_NEAR);
    row_set_exact(picture, row, state);
    picture->who[row] = id & ENTITY_INDEX_MASK;
    row_table_add(&picture->by_who, row);
    picture->unclaimed_since[row] = picture->tick;
    list_append(picture, &picture->unclaimed, row);
    picture->membership_version++;
    row_touch(picture, row);
    return row;
}

void row_describe(struct picture *picture, uint32_t row, const struct wire_identity *identity)
{
    struct picture_rows *rows = &picture->rows;
    if (rows->look[row] == identity->look && rows->kind[row] == identity->kind)
        return;
    rows->look[row] = identity->look;
    rows->kind[row] = identity->kind;
    picture->membership_version++;
    row_touch(picture, row);
}

// Copies what the row `from` holds to `to`, whose own content is gone already.
static void row_copy(struct picture *picture, uint32_t to, uint32_t from)
{
    struct picture_rows *rows = &picture->rows;
    rows->id[to] = rows->id[from];
    rows->look[to] = rows->look[from];
    rows->cell[to] = rows->cell[from];
    rows->heard[to] = rows->heard[from];
    rows->kind[to] = rows->kind[from];
    rows->pose[to] = rows->pose[from];
    rows->flags[to] = rows->flags[from];
    rows->level[to] = rows->level[from];
    for (size_t i = 0; i < 4; i++) {
        rows->exact[4 * (size_t)to + i] = rows->exact[4 * (size_t)from + i];
        rows->from[4 * (size_t)to + i] = rows->from[4 * (size_t)from + i];
        rows->to[4 * (size_t)to + i] = rows->to[4 * (size_t)from + i];
    }
    for (size_t i = 0; i < 2; i++)
        rows->time[2 * (size_t)to + i] = rows->time[2 * (size_t)from + i];
    picture->who[to] = picture->who[from];
    picture->place[to] = picture->place[from];
    picture->next[to] = picture->next[from];
    picture->previous[to] = picture->previous[from];
    picture->unclaimed_since[to] = picture->unclaimed_since[from];
}

void row_drop(struct picture *picture, uint32_t row)
{
    row_detach(picture, row);
    row_table_remove(&picture->by_who, row);
    uint32_t last = --picture->count;
    picture->membership_version++;
    row_touch(picture, row);
    if (row == last)
        return;
    row_copy(picture, row, last);
    list_relink(picture, row, row, row);
    row_table_renumber(&picture->by_who, last, row);
    if (picture->rows.cell[row])
        row_table_renumber(&picture->by_place, last, row);
}
