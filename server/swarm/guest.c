#include "swarm/guest.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "swarm/answer.h"

static const uint64_t ANSWER_TIMEOUT_US = 20000000;
enum { READ_BYTES = 16384 };

enum line_state { LINE_CLOSED, LINE_DIALLING, LINE_IDLE, LINE_BUSY };

struct line {
    struct loop_source source; // first: the loop hands it back
    struct guest_desk *desk;
    struct stream stream;
    enum line_state state;
    uint32_t number; // who the request is for, while there is one
    bool asked;      // a request is open
    uint64_t deadline_us;
    struct buffer out, in;
};

struct guest_desk {
    struct guest_desk_settings settings;
    struct line *lines;
};

// --- answers
// ---------------------------------------------------------------------------------------------

// What may stand in a request line as it is: tokens are base64url with dots, paths have slashes.
static bool is_plain(const char *text)
{
    return text[strspn(text,
                       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~/")] == 0;
}

static bool copy_plain(const json_t *from, char *out, size_t capacity)
{
    const char *text = json_string_value(from);
    size_t length = json_string_length(from);
    if (!text || length == 0 || length >= capacity || strlen(text) != length || !is_plain(text))
        return false;
    memcpy(out, text, length + 1);
    return true;
}

bool guest_answer_read(const char *body, size_t size, char path[GUEST_PATH_BYTES_MAX],
                       char ticket[GUEST_TICKET_BYTES_MAX], struct error *err)
{
    json_t *json = json_loadb(body, size, 0, NULL);
    bool good = copy_plain(json_object_get(json, "realtime"), path, GUEST_PATH_BYTES_MAX) &&
                path[0] == '/' &&
                copy_plain(json_object_get(json, "ticket"), ticket, GUEST_TICKET_BYTES_MAX);
    json_decref(json);
    return good ||
           fail(err, ERR_INVALID, "the answer to POST /v1/guest holds no ticket and realtime path");
}

// The `detail` of an RFC 9457 problem, when there is one.
static void refusal_describe(const struct answer *answer, struct guest_refusal *refusal)
{
    json_t *json = json_loadb(answer->body, answer->body_size, 0, NULL);
    const char *detail = json_string_value(json_object_get(json, "detail"));
    fail(&refusal->why, ERR_UNAVAILABLE, "POST /v1/guest was answered with %d%s%.140s",
         answer->status, detail ? ": " : "", detail ? detail : "");
    json_decref(json);
}

// --- lines
// -----------------------------------------------------------------------------------------------

static void line_close(struct line *line)
{
    if (line->state == LINE_CLOSED)
        return;
    loop_remove(line->desk->settings.loop, &line->source);
    stream_close(&line->stream);
    line->state = LINE_CLOSED;
    line->in.size = 0;
}

static void line_refuse(struct line *line, const struct guest_refusal *refusal)
{
    if (!line->asked)
        return;
    line->asked = false;
    line->out.size = 0;
    line->desk->settings.on_refused(line->desk->settings.context, line->number, refusal);
}

static void line_fail(struct line *line, const struct error *why)
{
    line_close(line);
    line_refuse(line, &(struct guest_refusal){.why = *why});
}

static void line_on_ready(struct loop_source *source, uint32_t ready);

static bool line_dial(struct line *line, struct error *err)
{
    const struct guest_desk_settings *settings = &line->desk->settings;
    if (!target_dial(settings->target, &line->stream, err))
        return false;
    line->source = (struct loop_source){.fd = line->stream.fd, .on_ready = line_on_ready};
    if (!loop_add(settings->loop, &line->source, LOOP_WRITE, err)) {
        stream_close(&line->stream);
        return false;
    }
    line->state = LINE_DIALLING;
    return true;
}

static void line_flush(struct line *line)
{
    size_t written;
    enum stream_result result = STREAM_OK;
    while (line->out.size > 0 && result == STREAM_OK) {
        result = stream_write(&line->stream, line->out.bytes, line->out.size, &written);
        buffer_consume(&line->out, written);
    }
    // A connection that failed or was closed while it was idle is found out by reading.
    uint32_t wanted = LOOP_READ | (result == STREAM_AGAIN ? LOOP_WRITE : 0);
    loop_change(line->desk->settings.loop, &line->source, wanted);
}

static void line_answer(struct line *line, const struct answer *answer)
{
    char path[GUEST_PATH_BYTES_MAX], ticket[GUEST_TICKET_BYTES_MAX];
    struct guest_refusal refusal = {.status = answer->status,
                                    .retry_after_s = answer->retry_after_s};
    bool good = false;
    if (answer->status == 201)
        good = guest_answer_read(answer->body, answer->body_size, path, ticket, &refusal.why);
    else
        refusal_describe(answer, &refusal);
    // The line is free before anyone is told, because they may ask again.
    if (answer->keep_alive) {
        line->state = LINE_IDLE;
        line->in.size = 0;
    } else {
        line_close(line);
    }
    if (!good) {
        line_refuse(line, &refusal);
        return;
    }
    line->asked = false;
    line->desk->settings.on_ticket(line->desk->settings.context, line->number, path, ticket);
}

// The connection ended without a whole answer, or while it was idle.
static void line_ended(struct line *line)
{
    struct error why;
    fail(&why, ERR_UNAVAILABLE, "the server hung up on POST /v1/guest");
    line_fail(line, &why);
}

static void line_read(struct line *line)
{
    size_t got;
    enum stream_result result =
        stream_read(&line->stream, buffer_reserve(&line->in, READ_BYTES), READ_BYTES, &got);
    if (result == STREAM_AGAIN)
        return;
    line->in.size += got;
    struct answer answer;
    enum answer_result parsed = ANSWER_MORE;
    if (line->asked && line->in.size > 0)
        parsed =
            answer_read((const char *)line->in.bytes, line->in.size, result == STREAM_END, &answer);
    if (parsed == ANSWER_DONE) {
        answer.keep_alive &= result == STREAM_OK;
        line_answer(line, &answer);
    } else if (parsed == ANSWER_BAD) {
        struct error why;
        fail(&why, ERR_INVALID, "the answer to POST /v1/guest is not whole HTTP");
        line_fail(line, &why);
    } else if (result != STREAM_OK || !line->asked) {
        line_ended(line);
    }
}

static void line_dialled(struct line *line)
{
    struct error why;
    uint32_t wanted;
    switch (target_finish_dial(line->desk->settings.target, &line->stream, &wanted, &why)) {
    case STREAM_OK:
        line->state = LINE_BUSY;
        line_flush(line);
        break;
    case STREAM_AGAIN:
        loop_change(line->desk->settings.loop, &line->source, wanted);
        break;
    default:
        line_fail(line, &why);
    }
}

static void line_on_ready(struct loop_source *source, uint32_t ready)
{
    struct line *line = (struct line *)source;
    if (line->state == LINE_DIALLING) {
        line_dialled(line);
        return;
    }
    if (ready & LOOP_WRITE)
        line_flush(line);
    if (ready & LOOP_READ)
        line_read(line);
}

// --- the desk
// --------------------------------------------------------------------------------------------

struct guest_desk *guest_desk_create(const struct guest_desk_settings *settings)
{
    struct guest_desk *desk = calloc(1, sizeof *desk);
    ASSERT(desk && settings->lines > 0);
    desk->settings = *settings;
    desk->lines = calloc(settings->lines, sizeof *desk->lines);
    ASSERT(desk->lines);
    for (uint32_t i = 0; i < settings->lines; i++)
        desk->lines[i].desk = desk;
    return desk;
}

void guest_desk_destroy(struct guest_desk *desk)
{
    if (!desk)
        return;
    for (uint32_t i = 0; i < desk->settings.lines; i++) {
        line_close(&desk->lines[i]);
        buffer_done(&desk->lines[i].in);
        buffer_done(&desk->lines[i].out);
    }
    free(desk->lines);
    free(desk);
}

static void request_write(const struct guest_desk_settings *settings, uint32_t number,
                          uint32_t look, struct buffer *out)
{
    char body[256];
    int length = snprintf(body, sizeof body, "{\"world\":\"%s\",\"name\":\"Swarm %u\",\"look\":%u}",
                          settings->world, number + 1, look);
    ASSERT(length > 0 && (size_t)length < sizeof body);
    buffer_printf(out,
                  "POST /v1/guest HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"
                  "Content-Length: %d\r\n\r\n%s",
                  settings->target->authority, length, body);
}

// An open line before a new one; NULL when all are busy.
static struct line *line_choose(struct guest_desk *desk)
{
    struct line *closed = NULL;
    for (uint32_t i = 0; i < desk->settings.lines; i++) {
        struct line *line = &desk->lines[i];
        if (line->state == LINE_IDLE)
            return line;
        if (line->state == LINE_CLOSED && !line->asked)
            closed = line;
    }
    return closed;
}

bool guest_desk_ask(struct guest_desk *desk, uint32_t number, uint32_t look, uint64_t now_us)
{
    struct line *line = line_choose(desk);
    if (!line)
        return false;
    line->number = number;
    line->asked = true;
    line->deadline_us = now_us + ANSWER_TIMEOUT_US;
    line->out.size = 0;
    request_write(&desk->settings, number, look, &line->out);
    struct error why;
    if (line->state == LINE_IDLE) {
        line->state = LINE_BUSY;
        line_flush(line);
    } else if (!line_dial(line, &why)) {
        line_refuse(line, &(struct guest_refusal){.why = why});
    }
    return true;
}

void guest_desk_expire(struct guest_desk *desk, uint64_t now_us)
{
    for (uint32_t i = 0; i < desk->settings.lines; i++) {
        struct line *line = &desk->lines[i];
        if (!line->asked || now_us < line->deadline_us)
            continue;
        struct error why;
        fail(&why, ERR_UNAVAILABLE, "POST /v1/guest was not answered in %u s",
             (unsigned)(ANSWER_TIMEOUT_US / 1000000));
        line_fail(line, &why);
    }
}
