#include "wire/picture.h"

#include "wire/picture_rows.h"

enum {
    ALIGNMENT = 16,
    INDICES = 65536,       // an entity's index has 16 bits
    LEAD_TICKS_MAX = 1200, // a reader's clock farther than this from a frame's tick is not a clock
};

static const float hold_preset[WIRE_LEVELS] = {2.5f, 6, 24};
static const float hold_least = 0.05f, hold_most = 1200;

// --- memory
// ----------------------------------------------------------------------------------------------

// Hands out parts of a block; with no block it only counts.
struct carver {
    uint8_t *block;
    size_t used;
};

static void *carve(struct carver *carver, size_t count, size_t size)
{
    void *part = carver->block ? carver->block + carver->used : NULL;
    carver->used += (count * size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    return part;
}

static uint32_t capacity_within_reason(uint32_t capacity)
{
    return capacity < INDICES ? capacity : INDICES;
}

static void carve_public_rows(struct picture_rows *rows, size_t capacity, struct carver *carver)
{
    rows->id = carve(carver, capacity, sizeof *rows->id);
    rows->look = carve(carver, capacity, sizeof *rows->look);
    rows->cell = carve(carver, capacity, sizeof *rows->cell);
    rows->heard = carve(carver, capacity, sizeof *rows->heard);
    rows->kind = carve(carver, capacity, sizeof *rows->kind);
    rows->pose = carve(carver, capacity, sizeof *rows->pose);
    rows->flags = carve(carver, capacity, sizeof *rows->flags);
    rows->level = carve(carver, capacity, sizeof *rows->level);
    rows->exact = carve(carver, 4 * capacity, sizeof *rows->exact);
    rows->from = carve(carver, 4 * capacity, sizeof *rows->from);
    rows->to = carve(carver, 4 * capacity, sizeof *rows->to);
    rows->time = carve(carver, 2 * capacity, sizeof *rows->time);
}

static void carve_table(struct row_table *table, const uint64_t *names, uint32_t capacity,
                        struct carver *carver)
{
    uint32_t entries = row_table_entries(capacity);
    table->entries = carve(carver, entries, sizeof *table->entries);
    table->names = names;
    table->mask = entries - 1;
}

static void carve_all(struct picture *picture, struct carver *carver)
{
    size_t capacity = picture->capacity;
    carve_public_rows(&picture->rows, capacity, carver);
    picture->who = carve(carver, capacity, sizeof *picture->who);
    picture->place = carve(carver, capacity, sizeof *picture->place);
    picture->next = carve(carver, capacity, sizeof *picture->next);
    picture->previous = carve(carver, capacity, sizeof *picture->previous);
    picture->unclaimed_since = carve(carver, capacity, sizeof *picture->unclaimed_since);
    carve_table(&picture->by_who, picture->who, picture->capacity, carver);
    carve_table(&picture->by_place, picture->place, picture->capacity, carver);
    picture->cells = carve(carver, CELL_TABLE_ENTRIES, sizeof *picture->cells);
}

size_t picture_bytes(uint32_t capacity)
{
    struct picture shape = {.capacity = capacity_within_reason(capacity)};
    struct carver carver = {0};
    carve(&carver, 1, sizeof shape);
    carve_all(&shape, &carver);
    return carver.used;
}

struct picture *picture_init(void *block, uint32_t capacity)
{
    struct carver carver = {.block = block};
    struct picture *picture = carve(&carver, 1, sizeof *picture);
    *picture = (struct picture){.capacity = capacity_within_reason(capacity)};
    carve_all(picture, &carver);
    for (unsigned level = 0; level < WIRE_LEVELS; level++)
        picture->hold_ticks[level] = hold_preset[level];
    picture_reset(picture);
    return picture;
}

static void cells_clear(struct picture *picture)
{
    for (uint32_t i = 0; i < CELL_TABLE_ENTRIES; i++)
        picture->cells[i].key = 0;
    picture->cell_count = 0;
}

void picture_reset(struct picture *picture)
{
    row_table_clear(&picture->by_who);
    row_table_clear(&picture->by_place);
    cells_clear(picture);
    picture->unclaimed = (struct row_list){ROW_NONE, ROW_NONE};
    picture->count = 0;
    picture->begun = false;
    picture->tick = picture->epoch_tick = 0;
    picture->now = 0;
    picture->anomalies = 0;
    picture->membership_version++;
    picture->dirty_first = UINT32_MAX;
    picture->dirty_last = 0;
}

void picture_set_hold(struct picture *picture, enum wire_level level, float ticks)
{
    if ((unsigned)level >= WIRE_LEVELS || ticks != ticks)
        return;
    picture->hold_ticks[level] = ticks < hold_least  ? hold_least
                                 : ticks > hold_most ? hold_most
                                                     : ticks;
}

// --- time
// ------------------------------------------------------------------------------------------------

// Ends every segment where it goes: times of another count of ticks mean nothing now.
static void segments_settle(struct picture *picture)
{
    for (size_t row = 0; row < picture->count; row++) {
        picture->rows.time[2 * row] = -2;
        picture->rows.time[2 * row + 1] = -1;
    }
}

static void segments_shift(struct picture *picture, float ticks)
{
    for (size_t row = 0; row < picture->count; row++) {
        float *time = picture->rows.time + 2 * row;
        time[0] -= ticks;
        time[1] -= ticks;
        // A segment that is long over keeps its two ends apart however far back it lies.
        if (time[1] < -(float)PICTURE_EPOCH_SPAN_TICKS) {
            time[0] = -(float)PICTURE_EPOCH_SPAN_TICKS - 1;
            time[1] = -(float)PICTURE_EPOCH_SPAN_TICKS;
        }
    }
}

static void epoch_follow(struct picture *picture, uint32_t tick)
{
    uint32_t since = tick - picture->epoch_tick;
    if (picture->begun && since < PICTURE_EPOCH_SPAN_TICKS)
        return;
    if (picture->begun && since < 2 * PICTURE_EPOCH_SPAN_TICKS)
        segments_shift(picture, (float)since);
    else
        segments_settle(picture); // the first frame, or a server that counts anew
    picture->epoch_tick = tick;
    rows_touch_all(picture);
}

static void time_enter(struct picture *picture, uint32_t tick, double now_tick)
{
    epoch_follow(picture, tick);
    double lead = now_tick - (double)tick;
    if (!(lead >= -LEAD_TICKS_MAX && lead <= LEAD_TICKS_MAX)) // NaN too
        lead = 0;
    picture->now = (float)((double)(tick - picture->epoch_tick) + lead);
    picture->tick = tick;
    picture->begun = true;
}

// --- cells
// -----------------------------------------------------------------------------------------------

static void cell_release_rows(struct picture *picture, struct picture_cell *cell)
{
    while (cell->rows.first != ROW_NONE)
        row_release(picture, cell->rows.first);
}

// Forgets every cell. Whoever is not claimed again in this frame is dropped at its end: their time
// is up.
static void cells_forget(struct picture *picture)
{
    for (uint32_t i = 0; i < CELL_TABLE_ENTRIES; i++) {
        if (picture->cells[i].key)
            cell_release_rows(picture, &picture->cells[i]);
    }
    cells_clear(picture);
    for (uint32_t row = 0; row < picture->count; row++)
        picture->unclaimed_since[row] = picture->tick - PICTURE_ORPHAN_TICKS;
}

static void cell_take(struct picture *picture, struct picture_cell *cell,
                      const struct wire_change *change)
{
    uint32_t there = row_at(picture, cell->key, change->slot);
    if (there != ROW_NONE)
        row_release(picture, there); // if it is the same one, it is claimed again below
    uint32_t row = row_of_index(picture, change->identity.id);
    if (row != ROW_NONE && picture->rows.id[row] != change->identity.id) {
        row_drop(picture, row); // its index has a new owner: it left, whoever was to say so
        row = ROW_NONE;
    }
    if (row == ROW_NONE)
        row = row_add(picture, change->identity.id, &change->state);
    if (row == ROW_NONE) {
        picture->anomalies++;
        return;
    }
    row_claim(picture, row, cell, change->slot);
    if (change->described)
        row_describe(picture, row, &change->identity);
    row_tell(picture, row, &change->state, (enum wire_level)cell->level);
}

static void cell_change(struct picture *picture, struct picture_cell *cell,
                        const struct wire_change *change)
{
    if (change->kind == WIRE_TAKE) {
        cell_take(picture, cell, change);
        return;
    }
    uint32_t row = row_at(picture, cell->key, change->slot);
    if (change->kind == WIRE_UPDATE) {
        if (row == ROW_NONE)
            picture->anomalies++;
        else
            row_tell(picture, row, &change->state, (enum wire_level)cell->level);
        return;
    }
    // Who emptied the slot may have come and gone since this cell last spoke: then nobody is in it
    // here, or someone who moved on before.
    if (row != ROW_NONE)
        row_release(picture, row);
    uint32_t left =
        change->kind == WIRE_LEAVE ? picture_find(picture, change->identity.id) : ROW_NONE;
    if (left != ROW_NONE)
        row_drop(picture, left);
}

// --- frames
// ----------------------------------------------------------------------------------------------

// The section's cell, made ready to take its changes; NULL: the section is to be passed over.
// A lost delta spoils the cell until it is given whole, and *result.
static struct picture_cell *
section_enter(struct picture *picture, const struct wire_section *section, enum wire_result *result)
{
    struct picture_cell *cell = cell_table_find(picture->cells, section->key);
    if (section->op == WIRE_DELTA) {
        if (!cell || !cell->whole || cell->level != section->level)
            return NULL;
        cell->whole = section->sequence == (uint8_t)(cell->sequence + 1);
        cell->sequence = section->sequence;
        if (cell->whole)
            return cell;
        *result = WIRE_BAD;
        return NULL;
    }
    if (cell)
        cell_release_rows(picture, cell);
    if (section->op == WIRE_GONE) {
        if (cell) {
            cell_table_remove(picture->cells, cell);
            picture->cell_count--;
        }
        return NULL;
    }
    if (!cell) {
        if (picture->cell_count == PICTURE_CELLS_MAX) {
            picture->anomalies++;
            return NULL;
        }
        cell = cell_table_add(picture->cells, section->key);
        picture->cell_count++;
    }
    cell->level = (uint8_t)section->level;
    cell->sequence = section->sequence;
    cell->whole = true;
    return cell;
}

static bool section_is_valid(const struct wire_section *section)
{
    struct wire_reader reader;
    struct wire_change change;
    if (wire_reader_open(&reader, section) != WIRE_DONE)
        return false;
    enum wire_next next;
    do {
        next = wire_reader_next(&reader, &change);
    } while (next == WIRE_NEXT_CHANGE);
    return next == WIRE_NEXT_END;
}

static bool frame_is_valid(struct wire_frame frame)
{
    struct wire_section section;
    while (frame.rest_size) {
        if (wire_section_read(&frame, &section) != WIRE_DONE || !section_is_valid(&section))
            return false;
    }
    return true;
}

static void section_apply(struct picture *picture, const struct wire_section *section,
                          enum wire_result *result)
{
    struct picture_cell *cell = section_enter(picture, section, result);
    struct wire_reader reader;
    struct wire_change change;
    if (!cell || wire_reader_open(&reader, section) != WIRE_DONE)
        return;
    while (wire_reader_next(&reader, &change) == WIRE_NEXT_CHANGE)
        cell_change(picture, cell, &change);
}

static void unclaimed_drop(struct picture *picture)
{
    for (;;) {
        uint32_t row = picture->unclaimed.first;
        if (row == ROW_NONE ||
            (int32_t)(picture->tick - picture->unclaimed_since[row]) < PICTURE_ORPHAN_TICKS)
            return;
        row_drop(picture, row);
    }
}

enum wire_result picture_apply(struct picture *picture, const uint8_t *bytes, size_t size,
                               double now_tick)
{
    struct wire_frame frame;
    if (wire_frame_read(bytes, size, &frame) != WIRE_DONE || !frame_is_valid(frame))
        return WIRE_BAD;

    // Nothing above changed anything; below, only a gap in a cell's deltas can spoil the result.
    enum wire_result result = WIRE_DONE;
    struct wire_section section;
    time_enter(picture, frame.tick, now_tick);
    if (frame.flags & WIRE_FRAME_RESET)
        cells_forget(picture);
    while (frame.rest_size && wire_section_read(&frame, &section) == WIRE_DONE)
        section_apply(picture, &section, &result);
    unclaimed_drop(picture);
    return result;
}

// --- looking
// ---------------------------------------------------------------------------------------------

const struct picture_rows *picture_rows(const struct picture *picture)
{
    return &picture->rows;
}

uint32_t picture_count(const struct picture *picture)
{
    return picture->count;
}

uint32_t picture_tick(const struct picture *picture)
{
    return picture->tick;
}

uint32_t picture_epoch_tick(const struct picture *picture)
{
    return picture->epoch_tick;
}

uint32_t picture_find(const struct picture *picture, uint32_t id)
{
    uint32_t row = row_of_index(picture, id);
    return row != ROW_NONE && picture->rows.id[row] == id ? row : ROW_NONE;
}

uint32_t picture_cell_count(const struct picture *picture)
{
    return picture->cell_count;
}

uint32_t picture_anomalies(const struct picture *picture)
{
    return picture->anomalies;
}

void picture_take_dirty(struct picture *picture, uint32_t *first, uint32_t *last)
{
    *first = picture->dirty_first;
    *last = picture->dirty_last < picture->count ? picture->dirty_last : picture->count;
    picture->dirty_first = UINT32_MAX;
    picture->dirty_last = 0;
}

uint32_t picture_membership_version(const struct picture *picture)
{
    return picture->membership_version;
}
