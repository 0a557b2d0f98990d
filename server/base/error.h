// error: the one way a call says that it did not do what it was asked.
//
// What can fail returns bool or a pointer, is MUST_CHECK and takes `struct error *err` last. The
// error lives on the caller's stack and owns nothing. A failed call changed nothing.
#pragma once

#include <stdbool.h>

#define MUST_CHECK __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, first) __attribute__((__format__(__printf__, text, first)))

// One row per code, so that no two layers can disagree:
// code, wire name (GraphQL `extensions.code`, event `error.code`), HTTP status, WebSocket close
// code.
#define ERROR_TABLE(X)                                                                             \
    X(ERR_NONE, "OK", 200, 1000)                                                                   \
    X(ERR_INVALID, "INVALID", 400, 4400) /* the input is wrong; the text says where */             \
    X(ERR_UNAUTHENTICATED, "UNAUTHENTICATED", 401, 4401) /* no ticket, or one that is not good */  \
    X(ERR_FORBIDDEN, "FORBIDDEN", 403, 4403)             /* known, but may not */                  \
    X(ERR_NOT_FOUND, "NOT_FOUND", 404, 4404)                                                       \
    X(ERR_CONFLICT, "CONFLICT", 409, 4409) /* true of the input alone, not of what is here */      \
    X(ERR_TOO_LARGE, "TOO_LARGE", 413, 1009)                                                       \
    X(ERR_RATE_LIMITED, "RATE_LIMITED", 429, 4429)                                                 \
    X(ERR_LIMIT, "LIMIT", 503, 4503)             /* a bound of ours is reached: full, or busy */   \
    X(ERR_UNAVAILABLE, "UNAVAILABLE", 503, 1012) /* starting, draining, or a part is away */       \
    X(ERR_SYSTEM, "INTERNAL", 500, 1011)         /* the operating system or a library refused */

enum error_code {
#define X(code, name, http, close) code,
    ERROR_TABLE(X)
#undef X
};

struct error {
    enum error_code code;
    char text[192]; // one sentence for a person: the value, and what to do; never a secret
};

// cmocka, which tests include before, has a macro of this name.
#undef fail

// Fills `err` (may be NULL) and returns false, so that failing reads as one line.
bool fail(struct error *err, enum error_code code, const char *format, ...) PRINTF_LIKE(3, 4);

// Puts "where: " before the text, for callers that know more of the place than the callee did.
bool error_prefix(struct error *err, const char *format, ...) PRINTF_LIKE(2, 3);

const char *error_name(enum error_code code);
int error_http_status(enum error_code code);
int error_close_code(enum error_code code);
