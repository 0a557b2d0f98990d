#include "wire/expectation.h"

#include <ctype.h>

#include "wire/change_list.h"
#include "wire/codec.h"

enum { WORDS_MAX = 8192, SLOTS_MAX = 1024, NOW = 1000 };

static const char *const op_names[] = {"delta", "full", "gone"};
static const char *const level_names[] = {"near", "middle", "far"};
static const char *const change_names[] = {"take", "update", "moved_on", "left"};

static int name_index(const char *const *names, int count, const char *name)
{
    for (int i = 0; i < count; i++) {
        if (name && strcmp(names[i], name) == 0)
            return i;
    }
    return -1;
}

struct words {
    int32_t at[WORDS_MAX];
    size_t count;
};

static void words_add(struct words *words, json_int_t value)
{
    if (words->count < WORDS_MAX)
        words->at[words->count++] = (int32_t)(uint32_t)value;
}

// A missing member counts as 0: what does not belong to a change is 0 in the list too.
static json_int_t number(const json_t *object, const char *member)
{
    const json_t *value = json_object_get(object, member);
    return json_is_boolean(value) ? json_is_true(value) : json_integer_value(value);
}

static void change_words(const json_t *change, struct words *words)
{
    words_add(words,
              name_index(change_names, 4, json_string_value(json_object_get(change, "kind"))));
    static const char *const members[] = {"slot", "described", "id",  "entity_kind", "look", "x",
                                          "y",    "z",         "yaw", "pose",        "flags"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        words_add(words, number(change, members[i]));
}

static void section_words(const json_t *section, struct words *words)
{
    int op = name_index(op_names, 3, json_string_value(json_object_get(section, "op")));
    int level = name_index(level_names, 3, json_string_value(json_object_get(section, "level")));
    const json_t *changes = json_object_get(section, "changes");
    words_add(words, op);
    words_add(words, op == WIRE_GONE ? 0 : level);
    words_add(words, number(section, "key"));
    words_add(words, number(section, "sequence"));
    words_add(words, (json_int_t)json_array_size(changes));
    size_t i;
    json_t *change;
    json_array_foreach(changes, i, change) change_words(change, words);
}

static struct words *frame_words(const json_t *expect)
{
    struct words *words = calloc(1, sizeof *words);
    if (!words)
        abort();
    words_add(words, number(expect, "reset") ? WIRE_FRAME_RESET : 0);
    words_add(words, number(expect, "tick"));
    size_t i;
    json_t *section;
    json_array_foreach(json_object_get(expect, "sections"), i, section)
        section_words(section, words);
    return words;
}

static bool words_are_equal(const struct words *words, const int32_t *read, size_t count,
                            char reason[EXPECTATION_REASON_BYTES])
{
    for (size_t i = 0; i < count || i < words->count; i++) {
        if (i < count && i < words->count && read[i] == words->at[i])
            continue;
        snprintf(reason, EXPECTATION_REASON_BYTES,
                 "word %zu is %d instead of %d (%zu words instead of %zu)", i,
                 i < count ? read[i] : 0, i < words->count ? words->at[i] : 0, count, words->count);
        return false;
    }
    return true;
}

// --- writing anew
// ----------------------------------------------------------------------------------------

// The slot that makes a delta since NOW - 1 say this change.
static struct wire_slot slot_of(const struct wire_change *change)
{
    struct wire_slot slot = {.identity = change->identity, .state = change->state};
    static const enum wire_slot_use uses[] = {WIRE_SLOT_TAKEN, WIRE_SLOT_TAKEN, WIRE_SLOT_MOVED_ON,
                                              WIRE_SLOT_LEFT};
    slot.use = (uint8_t)uses[change->kind];
    slot.member_tick = change->kind == WIRE_UPDATE ? NOW - 1 : NOW;
    slot.changed_tick = NOW;
    slot.described_until = change->described ? NOW : NOW - 1;
    return slot;
}

static bool section_is_same_anew(const struct wire_section *section, const uint8_t *start,
                                 size_t size)
{
    static struct wire_slot slots[SLOTS_MAX];
    struct wire_reader reader;
    struct wire_change change;
    uint32_t slot_count = 0;
    memset(slots, 0, sizeof slots);
    if (wire_reader_open(&reader, section) != WIRE_DONE)
        return false;
    while (wire_reader_next(&reader, &change) == WIRE_NEXT_CHANGE) {
        if (change.slot >= SLOTS_MAX)
            return false;
        slots[change.slot] = slot_of(&change);
        slot_count = change.slot + 1;
    }
    uint8_t *out = malloc(wire_section_bytes_max(slot_count));
    if (!out)
        abort();
    size_t written = section->op == WIRE_GONE ? wire_gone_write(section->key, out)
                     : section->op == WIRE_FULL
                         ? wire_full_write(section->key, section->level, section->sequence, slots,
                                           slot_count, out)
                         : wire_delta_write(section->key, section->level, section->sequence,
                                            NOW - 1, NOW, slots, slot_count, out);
    bool same = written == size && memcmp(out, start, size) == 0;
    free(out);
    return same;
}

static bool frame_is_same_anew(const uint8_t *bytes, size_t size,
                               char reason[EXPECTATION_REASON_BYTES])
{
    struct wire_frame frame;
    struct wire_section section;
    uint8_t header[WIRE_FRAME_HEADER_BYTES];
    bool same = wire_frame_read(bytes, size, &frame) == WIRE_DONE;
    wire_frame_header_write(frame.flags, frame.tick, header);
    same = same && memcmp(header, bytes, sizeof header) == 0;
    while (same && frame.rest_size) {
        const uint8_t *start = frame.rest;
        same = wire_section_read(&frame, &section) == WIRE_DONE &&
               section_is_same_anew(&section, start, (size_t)(frame.rest - start));
    }
    if (!same)
        snprintf(reason, EXPECTATION_REASON_BYTES, "written anew, it is other bytes");
    return same;
}

// --- kinds
// -----------------------------------------------------------------------------------------------

static bool frame_is_met(const json_t *expect, const uint8_t *bytes, size_t size,
                         char reason[EXPECTATION_REASON_BYTES])
{
    size_t count = change_list_read(bytes, size, NULL);
    if (count == CHANGE_LIST_BAD) {
        snprintf(reason, EXPECTATION_REASON_BYTES, "the frame is refused");
        return false;
    }
    struct words *words = frame_words(expect);
    int32_t *read = calloc(count, sizeof *read);
    if (!read)
        abort();
    change_list_read(bytes, size, read);
    bool met =
        words_are_equal(words, read, count, reason) && frame_is_same_anew(bytes, size, reason);
    free(read);
    free(words);
    return met;
}

static bool move_is_met(const json_t *expect, const uint8_t *bytes, size_t size,
                        char reason[EXPECTATION_REASON_BYTES])
{
    struct wire_move move;
    uint8_t anew[WIRE_MOVE_BYTES];
    snprintf(reason, EXPECTATION_REASON_BYTES, "the move is refused, or says something else");
    if (wire_move_read(bytes, size, &move) != WIRE_DONE)
        return false;
    wire_move_write(&move, anew);
    return memcmp(anew, bytes, sizeof anew) == 0 && move.sequence == number(expect, "sequence") &&
           move.state.x_cm == number(expect, "x") && move.state.y_cm == number(expect, "y") &&
           move.state.z_cm == number(expect, "z") && move.state.yaw == number(expect, "yaw") &&
           move.state.pose == number(expect, "pose") && move.state.flags == number(expect, "flags");
}

static bool refusal_is_met(const json_t *expect, const uint8_t *bytes, size_t size,
                           char reason[EXPECTATION_REASON_BYTES])
{
    const char *as = json_string_value(json_object_get(expect, "as"));
    struct wire_move move;
    bool is_move = as && strcmp(as, "move") == 0;
    snprintf(reason, EXPECTATION_REASON_BYTES, "it is taken");
    if (!is_move && (!as || strcmp(as, "frame") != 0))
        return false;
    return is_move ? wire_move_read(bytes, size, &move) == WIRE_BAD
                   : change_list_read(bytes, size, NULL) == CHANGE_LIST_BAD;
}

bool expectation_is_met(const json_t *expect, const uint8_t *bytes, size_t size,
                        char reason[EXPECTATION_REASON_BYTES])
{
    const char *kind = json_string_value(json_object_get(expect, "kind"));
    reason[0] = '\0';
    if (kind && strcmp(kind, "frame") == 0)
        return frame_is_met(expect, bytes, size, reason);
    if (kind && strcmp(kind, "move") == 0)
        return move_is_met(expect, bytes, size, reason);
    if (kind && strcmp(kind, "refused") == 0)
        return refusal_is_met(expect, bytes, size, reason);
    snprintf(reason, EXPECTATION_REASON_BYTES, "the expectation has no known kind");
    return false;
}

static int digit_value(char digit)
{
    return digit >= '0' && digit <= '9'   ? digit - '0'
           : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
                                          : -1;
}

uint8_t *expectation_bytes(const char *text, size_t length, size_t *size)
{
    uint8_t *bytes = malloc(length / 2 + 1);
    if (!bytes)
        abort();
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '#') {
            while (i < length && text[i] != '\n')
                i++;
        } else if (!isspace((unsigned char)text[i])) {
            int high = digit_value(text[i]), low = i + 1 < length ? digit_value(text[++i]) : -1;
            if (high < 0 || low < 0) {
                free(bytes);
                return NULL;
            }
            bytes[count++] = (uint8_t)(high * 16 + low);
        }
    }
    *size = count;
    // Exactly as large as what it holds, so that a sanitizer sees a reader that goes on.
    uint8_t *exact = realloc(bytes, count ? count : 1);
    return exact ? exact : bytes;
}
