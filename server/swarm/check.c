#include "swarm/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

enum { INDICES = 65536 };

struct truth_entry {
    uint32_t id;      // 0: nobody of ours
    uint32_t seen_in; // number of the last picture that showed it
    struct wire_state state;
    bool present, gone;
};

struct truth {
    uint32_t present_count;
    uint32_t picture_count;
    struct truth_entry entries[INDICES]; // by an id's low 16 bits, unique at any one time
};

struct truth *truth_create(void)
{
    struct truth *truth = calloc(1, sizeof *truth);
    ASSERT(truth);
    return truth;
}

void truth_destroy(struct truth *truth)
{
    free(truth);
}

void truth_add(struct truth *truth, uint32_t id, const struct wire_state *state, bool present)
{
    struct truth_entry *entry = &truth->entries[id % INDICES];
    // Somebody lost may have had the index of somebody who came later: who is here matters.
    if (entry->id && entry->present && !present)
        return;
    truth->present_count += present && !entry->present;
    *entry = (struct truth_entry){.id = id, .state = *state, .present = present};
}

void truth_add_gone(struct truth *truth, uint32_t id)
{
    struct truth_entry *entry = &truth->entries[id % INDICES];
    if (!entry->present)
        *entry = (struct truth_entry){.id = id, .gone = true};
}

static void note(struct check_tally *tally, const struct check_example *example)
{
    if (!tally->first.fault)
        tally->first = *example;
}

// A decoded value is the middle of its unit.
static bool is_near(int32_t shown, int32_t meant, int32_t unit)
{
    int32_t off = shown > meant ? shown - meant : meant - shown;
    return off <= unit / 2;
}

static bool yaw_is_near(int32_t shown, uint8_t meant, int32_t unit)
{
    int32_t off = (shown - meant) & 255;
    return (off > 128 ? 256 - off : off) <= unit / 2;
}

static const char *fault_of_row(const struct picture_rows *rows, uint32_t row,
                                const struct wire_state *meant)
{
    int32_t unit = 1 << wire_level_exponent[rows->level[row]];
    const int32_t *exact = &rows->exact[4 * (size_t)row];
    if (!is_near(exact[0], meant->x_cm, unit) || !is_near(exact[1], meant->y_cm, unit) ||
        !is_near(exact[2], meant->z_cm, unit))
        return "at another place";
    if (!yaw_is_near(exact[3], meant->yaw, 1 << wire_level_yaw_shift[rows->level[row]]))
        return "turned another way";
    if (rows->pose[row] != meant->pose || rows->flags[row] != meant->flags)
        return "in another pose";
    return NULL;
}

static void check_row(struct truth *truth, const struct picture_rows *rows, uint32_t row,
                      uint32_t tick, uint32_t watcher, struct check_tally *tally)
{
    struct truth_entry *entry = &truth->entries[rows->id[row] % INDICES];
    struct check_example example = {
        .watcher = watcher,
        .entity = rows->id[row],
        .level = (enum wire_level)rows->level[row],
        .age_ticks = tick - rows->heard[row],
        .meant = {entry->state.x_cm, entry->state.y_cm, entry->state.z_cm},
    };
    memcpy(example.shown, &rows->exact[4 * (size_t)row], sizeof example.shown);
    if (entry->seen_in == truth->picture_count) {
        tally->doubled++;
        example.fault = "shown twice";
    } else {
        entry->seen_in = truth->picture_count;
        example.fault = fault_of_row(rows, row, &entry->state);
        tally->wrong += example.fault != NULL;
    }
    if (example.fault)
        note(tally, &example);
}

static void note_gone(const struct picture_rows *rows, uint32_t row, uint32_t tick,
                      uint32_t watcher, struct check_tally *tally)
{
    struct check_example example = {
        .watcher = watcher,
        .entity = rows->id[row],
        .fault = "gone, and still shown",
        .level = (enum wire_level)rows->level[row],
        .age_ticks = tick - rows->heard[row],
    };
    memcpy(example.shown, &rows->exact[4 * (size_t)row], sizeof example.shown);
    tally->gone++;
    note(tally, &example);
}

static void note_missing(const struct truth *truth, uint32_t watcher, struct check_tally *tally)
{
    for (uint32_t i = 0; i < INDICES; i++) {
        const struct truth_entry *entry = &truth->entries[i];
        if (!entry->present || entry->seen_in == truth->picture_count || entry->id == watcher)
            continue;
        note(tally, &(struct check_example){
                        .watcher = watcher,
                        .entity = entry->id,
                        .fault = "missing",
                        .meant = {entry->state.x_cm, entry->state.y_cm, entry->state.z_cm},
                    });
        return;
    }
}

void check_picture(struct truth *truth, const struct picture_rows *rows, uint32_t row_count,
                   uint32_t tick, uint32_t watcher, struct check_tally *tally)
{
    uint32_t strangers = 0, present = 0;
    bool shows_itself = false;
    truth->picture_count++;
    for (uint32_t row = 0; row < row_count; row++) {
        struct truth_entry *entry = &truth->entries[rows->id[row] % INDICES];
        if (entry->id == 0 || entry->id != rows->id[row]) {
            strangers++;
            continue;
        }
        if (entry->gone)
            note_gone(rows, row, tick, watcher, tally);
        if (!entry->present)
            continue;
        present += entry->seen_in != truth->picture_count;
        shows_itself |= entry->id == watcher;
        check_row(truth, rows, row, tick, watcher, tally);
    }
    const struct truth_entry *self = &truth->entries[watcher % INDICES];
    uint32_t expected = truth->present_count;
    if (!shows_itself && self->present && self->id == watcher)
        expected--;
    tally->missing += expected - present;
    if (expected != present)
        note_missing(truth, watcher, tally);
    tally->pictures++;
    tally->entities += row_count;
    if (strangers > tally->strangers)
        tally->strangers = strangers;
}
