#include "gateway/made_up_http.h"

#include <strings.h>

#include "base/assert.h"

const char *http_header(const struct http_request *request, const char *name)
{
    const struct made_up *made = request->library;
    for (int i = 0; i < made->header_count; i++) {
        if (strcasecmp(made->headers[i].name, name) == 0)
            return made->headers[i].value;
    }
    return NULL;
}

const char *http_query(const struct http_request *request, const char *name)
{
    size_t size = strlen(name);
    const char *pair = request->query;
    while (*pair != '\0') {
        size_t length = strcspn(pair, "&");
        if (length > size && strncmp(pair, name, size) == 0 && pair[size] == '=')
            return arena_strndup(request->arena, pair + size + 1, length - size - 1);
        pair += length + (pair[length] == '&');
    }
    return NULL;
}

void http_respond_header(struct http_response *response, const char *name, const char *value)
{
    ASSERT(response->header_count < HTTP_HEADERS_MAX);
    response->headers[response->header_count++] = (struct http_header_pair){name, value};
}

void made_up_init(struct made_up *made, const char *method, const char *path)
{
    *made = (struct made_up){0};
    arena_init(&made->arena, 1024);
    made->request = (struct http_request){
        .method = method,
        .path = path,
        .query = "",
        .peer = {.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 1}},
        .host = "flux.test",
        .arena = &made->arena,
        .library = made,
    };
}

void made_up_done(struct made_up *made)
{
    arena_done(&made->arena);
}

void made_up_header(struct made_up *made, const char *name, const char *value)
{
    ASSERT(made->header_count < MADE_UP_HEADERS_MAX);
    made->headers[made->header_count++] = (struct http_header_pair){name, value};
}

void made_up_json(struct made_up *made, const char *body)
{
    made_up_header(made, "Content-Type", "application/json");
    made->request.body = (const uint8_t *)body;
    made->request.body_size = strlen(body);
}

const char *made_up_answered(const struct made_up *made, const char *name)
{
    for (int i = 0; i < made->response.header_count; i++) {
        if (strcasecmp(made->response.headers[i].name, name) == 0)
            return made->response.headers[i].value;
    }
    return NULL;
}

const char *made_up_text(struct made_up *made)
{
    return arena_strndup(&made->arena, made->response.body ? made->response.body : "",
                         made->response.body_size);
}
