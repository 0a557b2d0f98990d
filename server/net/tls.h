// tls: the server side's OpenSSL context: TLS 1.2 and 1.3, forward secrecy only, ALPN http/1.1.
//
// A context may be shared by threads; connections keep the one they began with, so exchanging it
// for a newer one (a renewed certificate) disturbs nobody.
#pragma once

#include "base/error.h"

struct ssl_ctx_st;
struct ssl_st;

// Reads PEM files: the certificate with its chain, and the key, which must be without a password.
// ERR_INVALID names the file and what is wrong with it. Free with tls_context_free().
MUST_CHECK struct ssl_ctx_st *tls_context_create(const char *cert, const char *key,
                                                 struct error *err);
void tls_context_free(struct ssl_ctx_st *context); // takes NULL

// A server's side of a connection on this descriptor; NULL when memory is out.
MUST_CHECK struct ssl_st *tls_session_create(struct ssl_ctx_st *context, int fd);

enum tls_result {
    TLS_DONE,
    TLS_WANTS_READ,
    TLS_WANTS_WRITE,
    TLS_FAILED,
    TLS_NOT_TLS // the peer speaks plain HTTP
};

// Takes the handshake a step further.
enum tls_result tls_session_accept(struct ssl_st *session);
