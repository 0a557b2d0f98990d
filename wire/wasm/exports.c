// What JavaScript may call; README.md is the contract. One picture a module.
//
// Memory, upwards from the end of the linker's own: the picture's block, the input, the list of
// changes. Only the first two move what lies above them, and their calls say so.

#include "wire/change_list.h"
#include "wire/picture.h"

#define EXPORT(name) __attribute__((export_name(#name))) name

enum {
    PAGE_BYTES = 65536,
    BLOCK_ALIGNMENT = 16,
    INPUT_BYTES_MAX = 16 << 20,
    MOVE_WORDS = 7,
};

extern uint8_t __heap_base; // the linker's

static struct picture *picture;
static uint32_t capacity;
static uint8_t *block_end; // of the picture's block
static uint8_t *input;
static uint32_t input_size;
static int32_t *change_words;
static uint32_t dirty_first;
static uint8_t move_bytes[WIRE_MOVE_BYTES];
static int32_t move_words[MOVE_WORDS];

// --- memory
// ----------------------------------------------------------------------------------------------

static uint8_t *aligned(uint8_t *at)
{
    return (uint8_t *)(((uintptr_t)at + BLOCK_ALIGNMENT - 1) & ~(uintptr_t)(BLOCK_ALIGNMENT - 1));
}

// Makes the memory reach to `size` bytes past `from`.
static bool memory_reach(const uint8_t *from, size_t size)
{
    uint64_t end = (uint64_t)(uintptr_t)from + size;
    uint64_t have = (uint64_t)__builtin_wasm_memory_size(0) * PAGE_BYTES;
    if (end <= have)
        return true;
    uint64_t pages = (end - have + PAGE_BYTES - 1) / PAGE_BYTES;
    return pages <= UINT16_MAX && __builtin_wasm_memory_grow(0, (size_t)pages) != SIZE_MAX;
}

static uint8_t *input_place(void)
{
    return aligned(block_end ? block_end : &__heap_base);
}

uint32_t EXPORT(flux_version)(void)
{
    return WIRE_VERSION;
}

int32_t EXPORT(flux_init)(uint32_t rows)
{
    uint8_t *block = aligned(&__heap_base);
    uint32_t rows_within_reason = rows < 65536 ? rows : 65536;
    size_t bytes = picture_bytes(rows_within_reason);
    picture = NULL;
    capacity = input_size = 0;
    if (!memory_reach(block, bytes))
        return 0;
    picture = picture_init(block, rows_within_reason);
    capacity = rows_within_reason;
    block_end = block + bytes;
    dirty_first = 0;
    return 1;
}

uint32_t EXPORT(flux_capacity)(void)
{
    return capacity;
}

uint8_t *EXPORT(flux_input)(uint32_t size)
{
    uint8_t *place = input_place();
    input_size = 0;
    if (size > INPUT_BYTES_MAX || !memory_reach(place, size))
        return NULL;
    input = place;
    input_size = size;
    return input;
}

// --- the picture
// -----------------------------------------------------------------------------------------

void EXPORT(flux_reset)(void)
{
    picture_reset(picture);
}

void EXPORT(flux_set_hold)(uint32_t level, float ticks)
{
    picture_set_hold(picture, (enum wire_level)level, ticks);
}

int32_t EXPORT(flux_apply)(uint32_t size, double now_tick)
{
    if (size > input_size)
        return WIRE_BAD;
    return (int32_t)picture_apply(picture, input, size, now_tick);
}

uint32_t EXPORT(flux_count)(void)
{
    return picture_count(picture);
}

uint32_t EXPORT(flux_tick)(void)
{
    return picture_tick(picture);
}

uint32_t EXPORT(flux_epoch_tick)(void)
{
    return picture_epoch_tick(picture);
}

uint32_t EXPORT(flux_find)(uint32_t id)
{
    return picture_find(picture, id);
}

uint32_t EXPORT(flux_cell_count)(void)
{
    return picture_cell_count(picture);
}

uint32_t EXPORT(flux_anomalies)(void)
{
    return picture_anomalies(picture);
}

uint32_t EXPORT(flux_membership_version)(void)
{
    return picture_membership_version(picture);
}

uint32_t EXPORT(flux_take_dirty)(void)
{
    uint32_t last;
    picture_take_dirty(picture, &dirty_first, &last);
    return dirty_first < last ? last - dirty_first : 0;
}

uint32_t EXPORT(flux_dirty_first)(void)
{
    return dirty_first;
}

#define EXPORT_ROWS(type, field)                                                                   \
    type *EXPORT(flux_rows_##field)(void)                                                          \
    {                                                                                              \
        return picture_rows(picture)->field;                                                       \
    }

EXPORT_ROWS(uint32_t, id)
EXPORT_ROWS(uint32_t, look)
EXPORT_ROWS(uint32_t, cell)
EXPORT_ROWS(uint32_t, heard)
EXPORT_ROWS(uint8_t, kind)
EXPORT_ROWS(uint8_t, pose)
EXPORT_ROWS(uint8_t, flags)
EXPORT_ROWS(uint8_t, level)
EXPORT_ROWS(int32_t, exact)
EXPORT_ROWS(float, from)
EXPORT_ROWS(float, to)
EXPORT_ROWS(float, time)

// --- moves
// -----------------------------------------------------------------------------------------------

static int32_t within(int32_t value, int32_t least, int32_t most)
{
    return value < least ? least : value > most ? most : value;
}

uint8_t *EXPORT(flux_move_write)(uint32_t sequence, int32_t x_cm, int32_t y_cm, int32_t z_cm,
                                 uint32_t yaw, uint32_t pose, uint32_t flags)
{
    struct wire_move move = {
        .sequence = (uint16_t)sequence,
        .state = {.x_cm = within(x_cm, WIRE_COORDINATE_MIN_CM, WIRE_COORDINATE_MAX_CM),
                  .y_cm = (int16_t)within(y_cm, INT16_MIN, INT16_MAX),
                  .z_cm = within(z_cm, WIRE_COORDINATE_MIN_CM, WIRE_COORDINATE_MAX_CM),
                  .yaw = (uint8_t)yaw,
                  .pose = (uint8_t)(pose % WIRE_POSES),
                  .flags = (uint8_t)flags},
    };
    wire_move_write(&move, move_bytes);
    return move_bytes;
}

// --- for tests: reading without a picture
// ----------------------------------------------------------------

int32_t *EXPORT(flux_move_read)(uint32_t size)
{
    struct wire_move move;
    if (size > input_size || wire_move_read(input, size, &move) != WIRE_DONE)
        return NULL;
    const struct wire_state *state = &move.state;
    const int32_t words[MOVE_WORDS] = {move.sequence, state->x_cm, state->y_cm, state->z_cm,
                                       state->yaw,    state->pose, state->flags};
    for (int i = 0; i < MOVE_WORDS; i++)
        move_words[i] = words[i];
    return move_words;
}

int32_t EXPORT(flux_changes)(uint32_t size)
{
    if (size > input_size)
        return -1;
    size_t count = change_list_read(input, size, NULL);
    if (count == CHANGE_LIST_BAD)
        return -1;
    uint8_t *place = aligned(input + input_size);
    if (!memory_reach(place, count * sizeof *change_words))
        return -2;
    change_words = (int32_t *)place;
    return (int32_t)change_list_read(input, size, change_words);
}

int32_t *EXPORT(flux_changes_words)(void)
{
    return change_words;
}
