// In a recording every cell is near and speaks in each tick, so nobody is ever on the way between
// two cells at a frame's end: a row that no cell claims has left, whatever the picture would wait
// for.

#include "replay/playback.h"

#include "base/assert.h"
#include "base/text.h"
#include "hub/instance.h"
#include "replay/names.h"
#include "wire/picture.h"

enum { PEOPLE_MAX = UINT16_MAX };

struct playback {
    struct picture *picture;
    struct names names;
    struct buffer stretch;
    struct stretch_head head;
    size_t at; // of the next record
    bool broken;
};

struct record {
    uint8_t kind;
    uint32_t tick; // from the stretch's first
    const uint8_t *bytes;
    uint32_t size;
};

struct playback *playback_create(void)
{
    struct playback *playback = calloc(1, sizeof *playback);
    ASSERT(playback);
    void *block = aligned_alloc(16, (picture_bytes(PEOPLE_MAX) + 15) & ~(size_t)15);
    ASSERT(block);
    playback->picture = picture_init(block, PEOPLE_MAX);
    return playback;
}

void playback_destroy(struct playback *playback)
{
    if (!playback)
        return;
    names_done(&playback->names);
    buffer_done(&playback->stretch);
    free(playback->picture);
    free(playback);
}

void playback_load(struct playback *playback, struct buffer *stretch)
{
    ASSERT(stretch->size >= STRETCH_HEAD_BYTES);
    buffer_done(&playback->stretch);
    playback->stretch = *stretch;
    *stretch = (struct buffer){0};
    playback->head = stretch_head_read(playback->stretch.bytes);
    playback_rewind(playback);
}

void playback_rewind(struct playback *playback)
{
    playback->at = STRETCH_HEAD_BYTES;
    playback->broken = false;
    names_clear(&playback->names);
    picture_reset(playback->picture);
}

// --- records -------------------------------------------------------------------------------------

// False at the end, and where no record can be.
static bool record_peek(struct playback *playback, struct record *out)
{
    size_t rest = playback->stretch.size - playback->at;
    if (rest == 0 || playback->broken)
        return false;
    const uint8_t *at = playback->stretch.bytes + playback->at;
    if (rest >= RECORD_HEAD_BYTES) {
        *out = (struct record){.kind = at[0],
                               .tick = format_get32(at + 1) - playback->head.first_tick,
                               .bytes = at + RECORD_HEAD_BYTES,
                               .size = format_get32(at + 5)};
        if (out->size <= rest - RECORD_HEAD_BYTES && out->tick <= playback->head.ticks)
            return true;
    }
    playback->broken = true;
    return false;
}

static bool is_plain_text(const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (bytes[i] < ' ' || bytes[i] == 0x7f)
            return false;
    return text_is_utf8(bytes, size);
}

static bool is_id(uint32_t id)
{
    return id != 0 && id < 1 << 24;
}

static bool name_take(struct playback *playback, const struct record *record)
{
    if (record->size < NAME_RECORD_BYTES || record->size >= NAME_RECORD_BYTES + HUB_NAME_BYTES)
        return false;
    uint32_t id = format_get32(record->bytes), size = record->size - NAME_RECORD_BYTES;
    const uint8_t *text = record->bytes + NAME_RECORD_BYTES;
    if (!is_id(id) || !is_plain_text(text, size))
        return false;
    names_set(&playback->names, id, format_get32(record->bytes + 4), (const char *)text, size);
    return true;
}

static bool words_read(const struct record *record, struct playback_words *out)
{
    if (record->size <= WORDS_RECORD_BYTES || record->size > WORDS_RECORD_BYTES + WORDS_BYTES_MAX)
        return false;
    *out = (struct playback_words){.speaker = format_get32(record->bytes),
                                   .to_all = record->kind == RECORD_WORDS_TO_ALL,
                                   .event = (const char *)record->bytes + WORDS_RECORD_BYTES,
                                   .size = record->size - WORDS_RECORD_BYTES};
    return is_id(out->speaker) && is_plain_text((const uint8_t *)out->event, out->size);
}

static bool frame_take(struct playback *playback, const struct record *record)
{
    return picture_apply(playback->picture, record->bytes, record->size,
                         (double)playback->head.first_tick + record->tick) == WIRE_DONE;
}

static bool record_take(struct playback *playback, const struct record *record,
                        struct playback_words *words)
{
    words->size = 0;
    switch (record->kind) {
    case RECORD_FRAME:
        return frame_take(playback, record);
    case RECORD_NAME:
        return name_take(playback, record);
    case RECORD_WORDS:
    case RECORD_WORDS_TO_ALL:
        return words_read(record, words);
    default:
        return true; // of a later version
    }
}

void playback_run(struct playback *playback, uint32_t tick,
                  void (*on_words)(void *context, const struct playback_words *words),
                  void *context)
{
    struct record record;
    struct playback_words words;
    while (record_peek(playback, &record) && record.tick <= tick) {
        playback->at += RECORD_HEAD_BYTES + record.size;
        if (!record_take(playback, &record, &words))
            playback->broken = true;
        else if (words.size && on_words)
            on_words(context, &words);
    }
}

// --- who is there --------------------------------------------------------------------------------

uint32_t playback_rows(const struct playback *playback)
{
    return picture_count(playback->picture);
}

bool playback_person(const struct playback *playback, uint32_t row, struct playback_person *out)
{
    const struct picture_rows *rows = picture_rows(playback->picture);
    if (rows->cell[row] == 0 || (rows->id[row] & UINT16_MAX) >= playback->head.index_end ||
        (rows->id[row] & UINT16_MAX) == 0)
        return false;
    const struct name *name = names_find(&playback->names, rows->id[row]);
    const int32_t *exact = &rows->exact[4 * (size_t)row];
    *out = (struct playback_person){
        .identity = {.id = rows->id[row], .kind = rows->kind[row], .look = rows->look[row]},
        .state = {.x_cm = exact[0],
                  .y_cm = (int16_t)exact[1],
                  .z_cm = exact[2],
                  .yaw = (uint8_t)exact[3],
                  .pose = rows->pose[row],
                  .flags = rows->flags[row]},
        .name = name ? name->text : "",
    };
    return true;
}

bool playback_find(const struct playback *playback, uint32_t id, struct playback_person *out)
{
    uint32_t row = picture_find(playback->picture, id);
    return row != UINT32_MAX && playback_person(playback, row, out);
}

bool playback_is_broken(const struct playback *playback)
{
    return playback->broken;
}
