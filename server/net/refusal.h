// refusal: a whole HTTP answer that says no and ends the connection, for whoever cannot or may not
// ask the HTTP library to answer.
#pragma once

#include "base/buffer.h"

// Appends status line, headers and an application/problem+json body (RFC 9457). `reason` is a
// sentence; what it quotes is escaped.
void refusal_write(int status, const char *reason, struct buffer *out);
// The body alone.
void refusal_body_write(int status, const char *reason, struct buffer *out);
// "Bad Request" for 400 and so on, "Error" for what is not known here.
const char *refusal_title(int status);
