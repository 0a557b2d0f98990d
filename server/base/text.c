#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

enum { MARKS_A_BASE_MAX = 4 };

static const char base64url_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

size_t text_base64url_encode(const void *bytes, size_t size, char *out)
{
    const uint8_t *in = bytes;
    size_t length = 0;
    uint32_t bits = 0;
    int bit_count = 0;
    for (size_t i = 0; i < size; i++) {
        bits = bits << 8 | in[i];
        bit_count += 8;
        while (bit_count >= 6) {
            bit_count -= 6;
            out[length++] = base64url_digits[bits >> bit_count & 63];
        }
    }
    if (bit_count > 0)
        out[length++] = base64url_digits[bits << (6 - bit_count) & 63];
    out[length] = '\0';
    return length;
}

static int digit_value(char digit)
{
    if (digit >= 'A' && digit <= 'Z')
        return digit - 'A';
    if (digit >= 'a' && digit <= 'z')
        return digit - 'a' + 26;
    if (digit >= '0' && digit <= '9')
        return digit - '0' + 52;
    return digit == '-' ? 62 : digit == '_' ? 63 : -1;
}

static bool is_base64url(const char *text, size_t length)
{
    if (length % 4 == 1)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (digit_value(text[i]) < 0)
            return false;
    }
    // The last digit's bits that belong to no byte must be zero: one text for one value.
    int stray = length % 4 == 2 ? 15 : length % 4 == 3 ? 3 : 0;
    return length == 0 || (digit_value(text[length - 1]) & stray) == 0;
}

bool text_base64url_decode(const char *text, size_t length, void *out, size_t capacity,
                           size_t *out_size)
{
    size_t size = length / 4 * 3 + (length % 4 ? length % 4 - 1 : 0);
    if (!is_base64url(text, length) || size > capacity)
        return false;
    uint8_t *bytes = out;
    uint32_t bits = 0;
    int bit_count = 0;
    for (size_t i = 0; i < length; i++) {
        bits = bits << 6 | (uint32_t)digit_value(text[i]);
        bit_count += 6;
        if (bit_count >= 8) {
            bit_count -= 8;
            *bytes++ = (uint8_t)(bits >> bit_count);
        }
    }
    *out_size = size;
    return true;
}

// The bytes of the character at `at`, 0 when it is not one. RFC 3629 section 4.
static size_t character_bytes(const uint8_t *at, size_t left)
{
    uint8_t lead = at[0];
    if (lead < 0x80)
        return 1;
    size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || bytes > left)
        return 0;
    for (size_t i = 1; i < bytes; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    }
    // The second byte's range rules out overlong forms, surrogates and what is above U+10FFFF.
    if ((lead == 0xE0 && at[1] < 0xA0) || (lead == 0xED && at[1] > 0x9F) ||
        (lead == 0xF0 && at[1] < 0x90) || (lead == 0xF4 && at[1] > 0x8F))
        return 0;
    return bytes;
}

bool text_is_utf8(const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    while (size > 0) {
        size_t step = character_bytes(at, size);
        if (step == 0)
            return false;
        at += step;
        size -= step;
    }
    return true;
}

// Format characters that change the order of the text around them, or that only hide in it. The
// joiners (Persian, Indic scripts, emoji) and the single direction marks stay.
static bool is_unwanted_format(int32_t character)
{
    return character == 0x00AD || character == 0x200B || character == 0xFEFF ||
           (character >= 0x202A && character <= 0x202E) ||
           (character >= 0x2060 && character <= 0x206F) ||
           (character >= 0xFFF9 && character <= 0xFFFB);
}

static bool is_space(int32_t character, utf8proc_category_t category)
{
    return (character >= '\t' && character <= '\r') || character == 0x85 ||
           category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

static bool is_removed(int32_t character, utf8proc_category_t category)
{
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CS ||
           category == UTF8PROC_CATEGORY_CO || category == UTF8PROC_CATEGORY_CN ||
           is_unwanted_format(character);
}

static bool is_mark(utf8proc_category_t category)
{
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ME;
}

// Letters by category that show nothing: the Hangul fillers and the empty Braille pattern.
static bool is_blank_letter(int32_t character)
{
    return character == 0x115F || character == 0x1160 || character == 0x3164 ||
           character == 0xFFA0 || character == 0x2800;
}

// Copies what stays of `text` to `out` (as large as `text`), white space folded and trimmed.
static size_t filter(const uint8_t *text, size_t size, uint8_t *out)
{
    size_t length = 0;
    bool space_waits = false;
    for (size_t i = 0; i < size;) {
        utf8proc_int32_t character;
        size_t bytes = (size_t)utf8proc_iterate(text + i, (utf8proc_ssize_t)(size - i), &character);
        utf8proc_category_t category = utf8proc_category(character);
        if (is_space(character, category)) {
            space_waits = length > 0;
        } else if (!is_removed(character, category)) {
            if (space_waits)
                out[length++] = ' ';
            space_waits = false;
            memcpy(out + length, text + i, bytes);
            length += bytes;
        }
        i += bytes;
    }
    return length;
}

// Drops the marks over the limit, in place. Counts the characters that stay and whether any can be
// seen.
static size_t limit_marks(uint8_t *text, size_t *out_characters, bool *out_visible)
{
    size_t size = strlen((const char *)text), length = 0, characters = 0;
    int marks = 0;
    bool visible = false;
    for (size_t i = 0; i < size;) {
        utf8proc_int32_t character;
        size_t bytes = (size_t)utf8proc_iterate(text + i, (utf8proc_ssize_t)(size - i), &character);
        utf8proc_category_t category = utf8proc_category(character);
        bool format = category == UTF8PROC_CATEGORY_CF;
        marks = is_mark(category) ? marks + 1 : format ? marks : 0;
        if (marks <= MARKS_A_BASE_MAX || format) {
            memmove(text + length, text + i, bytes);
            length += bytes;
            characters++;
            visible = visible ||
                      (marks == 0 && !format && character != ' ' && !is_blank_letter(character));
        }
        i += bytes;
    }
    text[length] = '\0';
    *out_characters = characters;
    *out_visible = visible;
    return length;
}

static uint8_t *normalize(const uint8_t *text, size_t size, struct error *err)
{
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t length =
        utf8proc_map(text, (utf8proc_ssize_t)size, &out, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (length >= 0)
        return out;
    fail(err, ERR_SYSTEM, "cannot normalize the text: %s", utf8proc_errmsg(length));
    return NULL;
}

static bool fits(uint8_t *text, size_t characters_max, struct error *err)
{
    size_t characters;
    bool visible;
    limit_marks(text, &characters, &visible);
    if (!visible)
        return fail(err, ERR_INVALID, "the text has nothing that can be seen");
    if (characters > characters_max)
        return fail(err, ERR_TOO_LARGE, "the text has %zu characters, at most %zu are allowed",
                    characters, characters_max);
    return true;
}

char *text_clean(const char *text, size_t size, size_t characters_max, struct error *err)
{
    if (!text_is_utf8(text, size)) {
        fail(err, ERR_INVALID, "the text is not UTF-8");
        return NULL;
    }
    uint8_t *kept = malloc(size + 1);
    if (!kept) {
        fail(err, ERR_SYSTEM, "no memory for a text of %zu bytes", size);
        return NULL;
    }
    size_t length = filter((const uint8_t *)text, size, kept);
    uint8_t *normal = normalize(kept, length, err);
    free(kept);
    if (normal && !fits(normal, characters_max, err)) {
        free(normal);
        return NULL;
    }
    return (char *)normal;
}
