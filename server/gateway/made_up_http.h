// made_up_http: requests that never came over a socket, for the gateway's tests. It stands in for
// net/http's three functions that handlers call.
#pragma once

#include "gateway/gateway.h"

enum { MADE_UP_HEADERS_MAX = 8 };

struct made_up {
    struct http_request request;
    struct http_response response;
    struct arena arena;
    struct http_header_pair headers[MADE_UP_HEADERS_MAX];
    int header_count;
};

// GET from 192.0.2.1 on host "flux.test", not secure.
void made_up_init(struct made_up *made, const char *method, const char *path);
void made_up_done(struct made_up *made);
void made_up_header(struct made_up *made, const char *name, const char *value);
void made_up_json(struct made_up *made, const char *body);
// NULL when the answer has no such header.
const char *made_up_answered(const struct made_up *made, const char *name);
// The answer's body, as text.
const char *made_up_text(struct made_up *made);
