#include <stdarg.h>
#include <strings.h>

#include "gateway/gateway_internal.h"

static const char *title_of(int status)
{
    switch (status) {
    case 400:
        return "Bad request";
    case 401:
        return "Not signed in";
    case 403:
        return "Not allowed";
    case 404:
        return "Not found";
    case 405:
        return "Method not allowed";
    case 406:
        return "Not acceptable";
    case 409:
        return "Conflict";
    case 413:
        return "Too large";
    case 415:
        return "Unsupported media type";
    case 416:
        return "Range not satisfiable";
    case 429:
        return "Too many requests";
    case 503:
        return "Not available";
    default:
        return "Internal error";
    }
}

static void answer_as(const struct http_request *request, struct http_response *response,
                      int status, const char *content_type, json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT);
    json_decref(value);
    response->status = status;
    response->body = text ? arena_strndup(request->arena, text, strlen(text)) : "{}";
    response->body_size = strlen(response->body);
    response->body_is_static = false;
    free(text);
    http_respond_header(response, "Content-Type", content_type);
    http_respond_header(response, "Cache-Control", "no-store");
}

void json_answer(const struct http_request *request, struct http_response *response, int status,
                 json_t *value)
{
    answer_as(request, response, status, "application/json", value);
}

void problem_answer(const struct http_request *request, struct http_response *response, int status,
                    const char *code, const char *format, ...)
{
    char detail[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(detail, sizeof detail, format, arguments);
    va_end(arguments);
    // json_stringn refuses what is not UTF-8: a detail that was cut within a character, say.
    json_t *text = json_string(detail);
    json_t *value = json_pack("{s:s, s:i, s:o, s:s}", "title", title_of(status), "status", status,
                              "detail", text ? text : json_string(title_of(status)), "code", code);
    answer_as(request, response, status, "application/problem+json", value);
}

void problem_answer_error(const struct http_request *request, struct http_response *response,
                          const struct error *err)
{
    problem_answer(request, response, error_http_status(err->code), error_name(err->code), "%s",
                   err->text);
}

static bool is_json_type(const char *type)
{
    static const char wanted[] = "application/json";
    if (!type || strncasecmp(type, wanted, sizeof wanted - 1) != 0)
        return false;
    char after = type[sizeof wanted - 1];
    return after == '\0' || after == ';' || after == ' ' || after == '\t';
}

json_t *json_body(const struct http_request *request, struct http_response *response)
{
    if (!is_json_type(http_header(request, "Content-Type"))) {
        problem_answer(request, response, 415, "INVALID", "Content-Type must be application/json");
        return NULL;
    }
    json_error_t where;
    json_t *body =
        json_loadb((const char *)request->body, request->body_size, JSON_REJECT_DUPLICATES, &where);
    if (!json_is_object(body)) {
        json_decref(body);
        problem_answer(request, response, 400, "INVALID", "the body must be one JSON object%s%s",
                       body ? "" : ": ", body ? "" : where.text);
        return NULL;
    }
    return body;
}
