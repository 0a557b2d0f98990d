// What an operator may ask of the recorder (docs/recording.md):
//   GET  /v1/recordings                                  what is remembered, and the files
//   POST /v1/worlds/{world}/instances/{n}/recording      {"name": …, "continue": false}
//   POST /v1/recordings/{name}/stop
#include "gateway/gateway_internal.h"
#include "hub/instance.h"
#include "replay/recorder.h"

enum { FILES_MAX = 1000, WINDOWS_MAX = 2 * 64, INSTANCE_DIGITS_MAX = 9 };

static bool is_allowed(struct gateway *gateway, const struct http_request *request,
                       struct http_response *response)
{
    if (!security_is_operator(gateway, request, response))
        return false;
    if (gateway->settings.recorder)
        return true;
    problem_answer(request, response, 404, "NOT_FOUND", "this server records nothing");
    return false;
}

static double seconds(uint32_t ticks)
{
    return ticks * (HUB_TICK_MS / 1000.0);
}

static json_t *windows_list(struct gateway *gateway, struct arena *arena)
{
    struct recorder_window *rows = arena_alloc(arena, WINDOWS_MAX * sizeof *rows);
    size_t count = recorder_windows(gateway->settings.recorder, rows, WINDOWS_MAX);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list,
                              json_pack("{s:s, s:I, s:f, s:I, s:s*}", "world", rows[i].world,
                                        "instance", (json_int_t)rows[i].instance, "seconds",
                                        seconds(rows[i].ticks), "bytes", (json_int_t)rows[i].bytes,
                                        "recording", rows[i].file[0] ? rows[i].file : NULL));
    return list;
}

static json_t *files_list(struct gateway *gateway, struct arena *arena)
{
    static const char *const states[] = {
        [STORED_OPEN] = "open", [STORED_DONE] = "done", [STORED_FAILED] = "failed"};
    struct stored_report *rows = arena_alloc(arena, FILES_MAX * sizeof *rows);
    size_t count = recorder_files(gateway->settings.recorder, rows, FILES_MAX);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *row = json_pack("{s:s, s:s, s:I}", "name", rows[i].name, "state",
                                states[rows[i].state], "bytes", (json_int_t)rows[i].bytes);
        if (rows[i].ticks)
            json_object_set_new(row, "seconds", json_real(seconds(rows[i].ticks)));
        if (rows[i].trouble[0])
            json_object_set_new(row, "trouble", json_string(rows[i].trouble));
        json_array_append_new(list, row);
    }
    return list;
}

void recordings_get(struct gateway *gateway, const struct http_request *request,
                    const struct route_match *match, struct http_response *response)
{
    if (!is_allowed(gateway, request, response))
        return;
    const struct recorder *recorder = gateway->settings.recorder;
    json_answer(request, response, 200,
                json_pack("{s:o, s:o, s:I, s:I}", "remembered",
                          windows_list(gateway, request->arena), "files",
                          files_list(gateway, request->arena), "bytes",
                          (json_int_t)recorder_folder_bytes(recorder), "bytes_max",
                          (json_int_t)recorder_settings_of(recorder)->folder_bytes_max));
}

static bool read_instance(const char *text, uint32_t *out, struct error *err)
{
    if (strlen(text) > INSTANCE_DIGITS_MAX || strspn(text, "0123456789") != strlen(text))
        return fail(err, ERR_NOT_FOUND, "there is no such instance");
    *out = (uint32_t)strtoul(text, NULL, 10);
    return true;
}

static bool keep(struct gateway *gateway, const struct route_match *match, const json_t *body,
                 struct error *err)
{
    const char *name = json_string_value(json_object_get(body, "name"));
    const json_t *go_on = json_object_get(body, "continue");
    uint32_t instance = 0;
    if (!name)
        return fail(err, ERR_INVALID, "name must be a string");
    if (go_on && !json_is_boolean(go_on))
        return fail(err, ERR_INVALID, "continue must be true or false");
    return read_instance(match->parts[1], &instance, err) &&
           recorder_keep(gateway->settings.recorder, match->parts[0], instance, name,
                         json_is_true(go_on), err);
}

void recording_post(struct gateway *gateway, const struct http_request *request,
                    const struct route_match *match, struct http_response *response)
{
    if (!is_allowed(gateway, request, response))
        return;
    json_t *body = json_body(request, response);
    if (!body)
        return;
    struct error err;
    bool good = keep(gateway, match, body, &err);
    json_decref(body);
    if (good)
        json_answer(request, response, 202, json_pack("{s:s}", "status", "queued"));
    else
        problem_answer_error(request, response, &err);
}

void recording_stop(struct gateway *gateway, const struct http_request *request,
                    const struct route_match *match, struct http_response *response)
{
    struct error err;
    if (!is_allowed(gateway, request, response))
        return;
    if (recorder_finish(gateway->settings.recorder, match->parts[0], &err))
        json_answer(request, response, 202, json_pack("{s:s}", "status", "queued"));
    else
        problem_answer_error(request, response, &err);
}
