#include "net/head.h"

#include <string.h>
#include <strings.h>

#include "base/assert.h"

// One pass from the first byte on; whoever runs out of bytes says MORE and is called again with
// more of them. A head arrives in one piece nearly always, so starting over costs less than keeping
// a state.

struct head_cursor {
    const char *bytes;
    size_t at, end; // `end` is never above the limit: reaching it there is BAD
    bool is_cut;    // `end` is the limit, not the end of what arrived
};

static enum head_result bad(struct head *out, int status, const char *reason)
{
    out->status = status;
    out->reason = reason;
    return HEAD_BAD;
}

static enum head_result run_out(const struct head_cursor *cursor, struct head *out, int status)
{
    if (!cursor->is_cut)
        return HEAD_MORE;
    return bad(out, status,
               status == 414 ? "the request's first line is too long" : "the head is too large");
}

static bool is_token_character(uint8_t c)
{
    static const char others[] = "!#$%&'*+-.^_`|~";
    bool alphanumeric = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    return alphanumeric || (c && strchr(others, c));
}

static bool is_target_character(uint8_t c)
{
    return c > 0x20 && c < 0x7f && c != '#';
}

static bool is_value_character(uint8_t c)
{
    return c == '\t' || (c >= 0x20 && c != 0x7f);
}

// Takes characters of one kind; the cursor stands on the first that is not, or at the end.
static struct head_text take_run(struct head_cursor *cursor, bool (*is_of_run)(uint8_t))
{
    size_t begin = cursor->at;
    while (cursor->at < cursor->end && is_of_run((uint8_t)cursor->bytes[cursor->at]))
        cursor->at++;
    return (struct head_text){cursor->bytes + begin, cursor->at - begin};
}

// OK when exactly this text follows.
static enum head_result take_exact(struct head_cursor *cursor, const char *text)
{
    for (; *text; text++, cursor->at++) {
        if (cursor->at == cursor->end)
            return HEAD_MORE;
        if (cursor->bytes[cursor->at] != *text)
            return HEAD_BAD;
    }
    return HEAD_OK;
}

static enum head_result version_read(struct head_cursor *cursor, struct head *out)
{
    enum head_result result = take_exact(cursor, " HTTP/1.");
    if (result == HEAD_MORE)
        return run_out(cursor, out, 414);
    if (result == HEAD_BAD)
        return bad(out, 400, "the first line does not end with HTTP/1.1");
    if (cursor->at == cursor->end)
        return run_out(cursor, out, 414);
    char minor = cursor->bytes[cursor->at++];
    if (minor != '0' && minor != '1')
        return bad(out, 505, "only HTTP/1.0 and HTTP/1.1 are spoken here");
    out->minor = minor - '0';
    result = take_exact(cursor, "\r\n");
    if (result == HEAD_MORE)
        return run_out(cursor, out, 414);
    return result == HEAD_OK ? HEAD_OK : bad(out, 400, "the first line does not end with CR LF");
}

static enum head_result first_line_read(struct head_cursor *cursor, struct head *out)
{
    out->method = take_run(cursor, is_token_character);
    if (out->method.size > 16)
        return bad(out, 501, "an unknown method");
    if (cursor->at == cursor->end)
        return run_out(cursor, out, 414);
    if (out->method.size == 0 || cursor->bytes[cursor->at++] != ' ')
        return bad(out, 400, "this is not an HTTP request");
    out->target = take_run(cursor, is_target_character);
    if (out->target.size > 0 && out->target.at[0] != '/')
        return bad(out, 400, "the request's target must begin with '/'");
    if (cursor->at == cursor->end)
        return run_out(cursor, out, 414);
    if (out->target.size == 0)
        return bad(out, 400, "the request has no target");
    return version_read(cursor, out);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static struct head_text trim(struct head_text text)
{
    while (text.size > 0 && is_blank(text.at[0])) {
        text.at++;
        text.size--;
    }
    while (text.size > 0 && is_blank(text.at[text.size - 1]))
        text.size--;
    return text;
}

static enum head_result field_read(struct head_cursor *cursor, struct head_field *field,
                                   struct head *out)
{
    field->name = take_run(cursor, is_token_character);
    if (cursor->at == cursor->end)
        return run_out(cursor, out, 431);
    if (field->name.size == 0)
        return bad(out, 400,
                   is_blank(cursor->bytes[cursor->at]) ? "a folded header line"
                                                       : "a header line without a name");
    if (cursor->bytes[cursor->at++] != ':')
        return bad(out, 400, "a header name that is not followed by a colon");
    field->value = trim(take_run(cursor, is_value_character));
    if (cursor->at == cursor->end)
        return run_out(cursor, out, 431);
    enum head_result result = take_exact(cursor, "\r\n");
    if (result == HEAD_MORE)
        return run_out(cursor, out, 431);
    return result == HEAD_OK ? HEAD_OK : bad(out, 400, "a control character in a header line");
}

bool head_text_is(struct head_text text, const char *word)
{
    return strlen(word) == text.size && strncasecmp(text.at, word, text.size) == 0;
}

bool head_length_parse(struct head_text text, uint64_t *out)
{
    if (text.size == 0 || text.size > 18)
        return false;
    uint64_t value = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        value = value * 10 + (uint64_t)(text.at[i] - '0');
    }
    *out = value;
    return true;
}

bool head_host_is_sane(struct head_text text)
{
    if (text.size > 255)
        return false;
    for (size_t i = 0; i < text.size; i++) {
        uint8_t c = (uint8_t)text.at[i];
        bool alphanumeric = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (!alphanumeric && (c == 0 || !strchr(".-:[]_", c)))
            return false;
    }
    return true;
}

// The fields that say where the request goes and where it ends.
static enum head_result field_check(const struct head_field *field, bool *has_host,
                                    struct head *out)
{
    if (head_text_is(field->name, "host")) {
        if (*has_host)
            return bad(out, 400, "more than one Host");
        if (!head_host_is_sane(field->value))
            return bad(out, 400, "a Host that is no host");
        *has_host = true;
        out->host = field->value;
    } else if (head_text_is(field->name, "content-length")) {
        if (out->has_length || out->is_chunked)
            return bad(out, 400, "the body's length is given twice");
        if (!head_length_parse(field->value, &out->content_length))
            return bad(out, 400, "a Content-Length that is no number");
        out->has_length = true;
    } else if (head_text_is(field->name, "transfer-encoding")) {
        if (out->has_length || out->is_chunked)
            return bad(out, 400, "the body's length is given twice");
        if (out->minor == 0 || !head_text_is(field->value, "chunked"))
            return bad(out, 400, "a Transfer-Encoding other than chunked");
        out->is_chunked = true;
    }
    return HEAD_OK;
}

static enum head_result fields_read(struct head_cursor *cursor, struct head *out)
{
    bool has_host = false;
    for (int count = 0;; count++) {
        if (cursor->at == cursor->end)
            return run_out(cursor, out, 431);
        if (cursor->bytes[cursor->at] == '\r')
            break;
        if (count == HEAD_FIELDS_MAX)
            return bad(out, 431, "too many header lines");
        struct head_field field;
        enum head_result result = field_read(cursor, &field, out);
        if (result == HEAD_OK)
            result = field_check(&field, &has_host, out);
        if (result != HEAD_OK)
            return result;
    }
    out->fields.size = cursor->at - (size_t)(out->fields.at - cursor->bytes);
    enum head_result result = take_exact(cursor, "\r\n");
    if (result == HEAD_MORE)
        return run_out(cursor, out, 431);
    if (result == HEAD_BAD)
        return bad(out, 400, "a control character in a header line");
    if (!has_host && out->minor == 1)
        return bad(out, 400, "HTTP/1.1 without a Host");
    return HEAD_OK;
}

enum head_result head_read(const char *bytes, size_t size, size_t bytes_max, struct head *out)
{
    *out = (struct head){0};
    struct head_cursor cursor = {
        .bytes = bytes, .end = size < bytes_max ? size : bytes_max, .is_cut = size >= bytes_max};
    enum head_result result = first_line_read(&cursor, out);
    if (result != HEAD_OK)
        return result;
    out->fields.at = bytes + cursor.at;
    result = fields_read(&cursor, out);
    if (result == HEAD_OK)
        out->size = cursor.at;
    return result;
}

bool head_next(const struct head *head, size_t *offset, struct head_field *out)
{
    if (*offset >= head->fields.size)
        return false;
    const char *line = head->fields.at + *offset;
    const char *end = memchr(line, '\r', head->fields.size - *offset);
    const char *colon = memchr(line, ':', head->fields.size - *offset);
    ASSERT(end && colon && colon < end); // head_read() has seen them
    out->name = (struct head_text){line, (size_t)(colon - line)};
    out->value = trim((struct head_text){colon + 1, (size_t)(end - colon - 1)});
    *offset = (size_t)(end + 2 - head->fields.at);
    return true;
}

struct head_text head_find(const struct head *head, const char *name, size_t *count)
{
    struct head_text found = {"", 0};
    struct head_field field;
    *count = 0;
    for (size_t offset = 0; head_next(head, &offset, &field);) {
        if (!head_text_is(field.name, name))
            continue;
        found = field.value;
        ++*count;
    }
    return found;
}

// Puts `text` before what stands in [*begin, capacity), with a comma between; whole items of `text`
// from the right, as many as fit. False when some did not.
static bool prepend_items(char *out, size_t *begin, size_t capacity, struct head_text text)
{
    size_t comma = *begin < capacity - 1 ? 2 : 0;
    if (text.size + comma > *begin) {
        size_t room = *begin > comma ? *begin - comma : 0;
        // One more than fits: the comma itself is not taken.
        const char *from = text.at + text.size - room - 1;
        const char *item = memchr(from, ',', room + 1);
        if (!item)
            return false;
        text.size = (size_t)(text.at + text.size - item - 1);
        text.at = item + 1;
        text = trim(text);
        if (text.size == 0)
            return false;
        prepend_items(out, begin, capacity, text);
        return false;
    }
    if (comma) {
        *begin -= 2;
        memcpy(out + *begin, ", ", 2);
    }
    *begin -= text.size;
    memcpy(out + *begin, text.at, text.size);
    return true;
}

bool head_join(const struct head *head, const char *name, char *out, size_t capacity)
{
    ASSERT(capacity > 0);
    struct head_text values[HEAD_FIELDS_MAX];
    size_t count = 0;
    struct head_field field;
    for (size_t offset = 0; head_next(head, &offset, &field);) {
        if (head_text_is(field.name, name) && field.value.size > 0)
            values[count++] = field.value;
    }
    size_t begin = capacity - 1;
    out[begin] = '\0';
    for (size_t i = count; i > 0; i--) {
        if (!prepend_items(out, &begin, capacity, values[i - 1]))
            break;
    }
    memmove(out, out + begin, capacity - begin);
    return count > 0;
}

bool head_list_has(struct head_text list, const char *token)
{
    while (list.size > 0) {
        const char *comma = memchr(list.at, ',', list.size);
        size_t item_size = comma ? (size_t)(comma - list.at) : list.size;
        if (head_text_is(trim((struct head_text){list.at, item_size}), token))
            return true;
        size_t step = comma ? item_size + 1 : item_size;
        list.at += step;
        list.size -= step;
    }
    return false;
}
