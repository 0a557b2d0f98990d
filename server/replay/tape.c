#include "replay/tape.h"

#include "base/assert.h"

void tape_done(struct tape *tape)
{
    buffer_done(&tape->bytes);
    *tape = (struct tape){0};
}

// Returns where the record's content begins; record_close() states its size.
static size_t record_open(struct tape *tape, enum record_kind kind, uint32_t tick)
{
    uint8_t *head = buffer_reserve(&tape->bytes, RECORD_HEAD_BYTES);
    head[0] = (uint8_t)kind;
    format_put32(head + 1, tick);
    tape->bytes.size += RECORD_HEAD_BYTES;
    return tape->bytes.size;
}

static void record_close(struct tape *tape, size_t content)
{
    format_put32(tape->bytes.bytes + content - 4, (uint32_t)(tape->bytes.size - content));
}

static void frame_head_add(struct tape *tape, uint8_t flags, uint32_t tick)
{
    wire_frame_header_write(flags, tick, buffer_reserve(&tape->bytes, WIRE_FRAME_HEADER_BYTES));
    tape->bytes.size += WIRE_FRAME_HEADER_BYTES;
}

// --- cells ---------------------------------------------------------------------------------------

static void cell_add_whole(struct tape *tape, const struct frame_cell *cell)
{
    uint8_t *out = buffer_reserve(&tape->bytes, wire_section_bytes_max(cell->slot_count));
    tape->bytes.size += wire_full_write(cell->key, WIRE_NEAR, cell->sequence[WIRE_NEAR],
                                        cell->slots, cell->slot_count, out);
}

static bool cell_is_held(const struct tape *tape, const struct frame *frame, uint32_t index)
{
    return index < tape->cell_count && tape->keys[index] == frame->cells[index].key &&
           (tape->keys[index] == 0 || tape->generations[index] == frame->cells[index].generation);
}

static void cells_hold(struct tape *tape, const struct frame *frame)
{
    tape->cell_count = frame->cell_count;
    for (uint32_t i = 0; i < frame->cell_count; i++) {
        tape->keys[i] = frame->cells[i].key;
        tape->generations[i] = frame->cells[i].generation;
    }
}

// Cells that were split or merged go, all before those that came of them are given whole.
static void cells_change(struct tape *tape, const struct frame *frame)
{
    for (uint32_t i = 0; i < tape->cell_count; i++)
        if (tape->keys[i] && !cell_is_held(tape, frame, i))
            tape->bytes.size += wire_gone_write(tape->keys[i], buffer_reserve(&tape->bytes, 16));
    for (uint32_t i = 0; i < frame->cell_count; i++)
        if (frame->cells[i].key && !cell_is_held(tape, frame, i))
            cell_add_whole(tape, &frame->cells[i]);
}

// A cell given whole in this frame has told its news with it.
static void deltas_copy(struct tape *tape, const struct frame *frame)
{
    for (uint32_t i = 0; i < frame->cell_count; i++) {
        const struct frame_cell *cell = &frame->cells[i];
        if (cell->key && cell->delta[WIRE_NEAR] && cell_is_held(tape, frame, i))
            buffer_append(&tape->bytes, cell->delta[WIRE_NEAR], cell->delta_bytes[WIRE_NEAR]);
    }
}

// --- stretches -----------------------------------------------------------------------------------

static void index_reached(struct tape *tape, uint32_t index_end)
{
    if (tape->head.index_end < index_end)
        tape->head.index_end = index_end;
}

static void name_add(struct tape *tape, uint32_t tick, uint32_t id, uint32_t look, const char *name)
{
    size_t content = record_open(tape, RECORD_NAME, tick);
    uint8_t numbers[NAME_RECORD_BYTES];
    format_put32(numbers, id);
    format_put32(numbers + 4, look);
    buffer_append(&tape->bytes, numbers, sizeof numbers);
    buffer_append(&tape->bytes, name, strlen(name));
    record_close(tape, content);
}

static void names_of_all_add(struct tape *tape, const struct frame *frame,
                             const struct names *names)
{
    for (uint32_t i = 0; i < frame->place_count; i++) {
        struct frame_place place = frame->places[i];
        if (place.cell == CELL_NONE)
            continue;
        uint32_t id = frame->cells[place.cell].slots[place.slot].identity.id;
        const struct name *name = names_find(names, id);
        if (name)
            name_add(tape, frame->tick, id, name->look, name->text);
    }
}

void tape_begin(struct tape *tape, const struct frame *frame, const struct names *names,
                uint64_t wall_ms)
{
    ASSERT(!tape->running);
    tape->running = true;
    tape->tick = frame->tick;
    tape->head = (struct stretch_head){.first_tick = frame->tick, .begun_wall_ms = wall_ms};
    index_reached(tape, frame->place_count);
    buffer_reserve(&tape->bytes, STRETCH_HEAD_BYTES);
    tape->bytes.size = STRETCH_HEAD_BYTES;
    names_of_all_add(tape, frame, names);

    size_t content = record_open(tape, RECORD_FRAME, frame->tick);
    frame_head_add(tape, WIRE_FRAME_RESET, frame->tick);
    for (uint32_t i = 0; i < frame->cell_count; i++)
        if (frame->cells[i].key)
            cell_add_whole(tape, &frame->cells[i]);
    record_close(tape, content);
    cells_hold(tape, frame);
}

bool tape_continues(const struct tape *tape, const struct frame *frame)
{
    return tape->running && frame->tick == tape->tick + 1;
}

void tape_add_frame(struct tape *tape, const struct frame *frame)
{
    ASSERT(tape_continues(tape, frame));
    tape->tick = frame->tick;
    index_reached(tape, frame->place_count);
    size_t before = tape->bytes.size;
    size_t content = record_open(tape, RECORD_FRAME, frame->tick);
    frame_head_add(tape, 0, frame->tick);
    size_t empty = tape->bytes.size;
    cells_change(tape, frame);
    deltas_copy(tape, frame);
    cells_hold(tape, frame);
    if (tape->bytes.size == empty)
        tape->bytes.size = before; // a quiet tick needs no record
    else
        record_close(tape, content);
}

void tape_add_name(struct tape *tape, uint32_t id, uint32_t look, const char *name)
{
    // It is told before the frame that comes next. When none does, the next stretch tells it.
    name_add(tape, tape->tick + 1, id, look, name);
}

void tape_add_words(struct tape *tape, uint32_t id, bool to_all, const char *event)
{
    size_t content = record_open(tape, to_all ? RECORD_WORDS_TO_ALL : RECORD_WORDS, tape->tick);
    uint8_t number[WORDS_RECORD_BYTES];
    format_put32(number, id);
    buffer_append(&tape->bytes, number, sizeof number);
    buffer_append(&tape->bytes, event, strlen(event));
    record_close(tape, content);
}

struct buffer tape_end(struct tape *tape)
{
    ASSERT(tape->running);
    tape->head.ticks = tape->tick - tape->head.first_tick + 1;
    stretch_head_write(&tape->head, tape->bytes.bytes);
    struct buffer out = tape->bytes;
    tape->bytes = (struct buffer){0};
    tape->running = false;
    return out;
}
