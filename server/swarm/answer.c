#include "swarm/answer.h"

#include <string.h>
#include <strings.h>

struct line {
    const char *text;
    size_t length;
};

// Cuts the next line, without its CRLF, off [*at, end).
static bool line_take(const char **at, const char *end, struct line *out)
{
    const char *stop = memmem(*at, (size_t)(end - *at), "\r\n", 2);
    if (!stop)
        return false;
    *out = (struct line){*at, (size_t)(stop - *at)};
    *at = stop + 2;
    return true;
}

// Digits alone, at most nine of them.
static bool number_read(struct line text, uint32_t *out)
{
    uint32_t value = 0;
    if (text.length == 0 || text.length > 9)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.text[i] < '0' || text.text[i] > '9')
            return false;
        value = value * 10 + (uint32_t)(text.text[i] - '0');
    }
    *out = value;
    return true;
}

static bool status_read(struct line line, int *out)
{
    uint32_t status;
    if (line.length < 12 || memcmp(line.text, "HTTP/1.", 7) || line.text[8] != ' ' ||
        !number_read((struct line){line.text + 9, 3}, &status))
        return false;
    *out = (int)status;
    return true;
}

// The value, when the line is this header.
static bool header_is(struct line line, const char *name, struct line *value)
{
    size_t length = strlen(name);
    if (line.length <= length || strncasecmp(line.text, name, length) || line.text[length] != ':')
        return false;
    const char *from = line.text + length + 1, *to = line.text + line.length;
    while (from < to && (*from == ' ' || *from == '\t'))
        from++;
    while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
        to--;
    *value = (struct line){from, (size_t)(to - from)};
    return true;
}

struct head {
    struct answer answer;
    bool has_length;
    uint32_t length;
};

static bool header_take(struct line line, struct head *head)
{
    struct line value;
    if (header_is(line, "Content-Length", &value)) {
        head->has_length = number_read(value, &head->length);
        return head->has_length && head->length <= ANSWER_BODY_BYTES_MAX;
    }
    if (header_is(line, "Transfer-Encoding", &value))
        return false;
    if (header_is(line, "Connection", &value) && value.length == 5 &&
        !strncasecmp(value.text, "close", 5))
        head->answer.keep_alive = false;
    if (header_is(line, "Retry-After", &value) && !number_read(value, &head->answer.retry_after_s))
        head->answer.retry_after_s = 0;
    if (header_is(line, "Sec-WebSocket-Accept", &value) &&
        value.length < sizeof head->answer.accept)
        memcpy(head->answer.accept, value.text, value.length);
    return true;
}

static enum answer_result head_read(const char *bytes, size_t size, struct head *head)
{
    const char *stop = memmem(bytes, size, "\r\n\r\n", 4);
    if (!stop)
        return size > ANSWER_HEAD_BYTES_MAX ? ANSWER_BAD : ANSWER_MORE;
    const char *at = bytes, *end = stop + 2;
    struct line line;
    if (!line_take(&at, end, &line) || !status_read(line, &head->answer.status))
        return ANSWER_BAD;
    head->answer.keep_alive = true;
    while (line_take(&at, end, &line))
        if (!header_take(line, head))
            return ANSWER_BAD;
    head->answer.head_size = (size_t)(stop + 4 - bytes);
    return ANSWER_DONE;
}

enum answer_result answer_read_head(const char *bytes, size_t size, struct answer *out)
{
    struct head head = {0};
    enum answer_result result = head_read(bytes, size, &head);
    if (result == ANSWER_DONE)
        *out = head.answer;
    return result;
}

enum answer_result answer_read(const char *bytes, size_t size, bool ended, struct answer *out)
{
    struct head head = {0};
    enum answer_result result = head_read(bytes, size, &head);
    if (result != ANSWER_DONE)
        return ended ? ANSWER_BAD : result;
    size_t left = size - head.answer.head_size;
    bool bodyless =
        head.answer.status == 101 || head.answer.status == 204 || head.answer.status == 304;
    if (bodyless) {
        left = 0;
    } else if (head.has_length) {
        if (left < head.length)
            return ended ? ANSWER_BAD : ANSWER_MORE;
        left = head.length;
    } else if (!ended) {
        return left > ANSWER_BODY_BYTES_MAX ? ANSWER_BAD : ANSWER_MORE;
    }
    *out = head.answer;
    out->body = bytes + out->head_size;
    out->body_size = left;
    return ANSWER_DONE;
}
