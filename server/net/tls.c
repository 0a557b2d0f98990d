#include "net/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <string.h>

#include "base/assert.h"

// For TLS 1.2; those of TLS 1.3 are all good.
static const char ciphers[] = "ECDHE+AESGCM:ECDHE+CHACHA20";

// A key with a password is refused instead of asking for it on a terminal nobody looks at.
static int no_password(char *out, int capacity, int writing, void *context)
{
    return 0;
}

static int choose_protocol(SSL *ssl, const unsigned char **out, unsigned char *out_size,
                           const unsigned char *offer, unsigned offer_size, void *context)
{
    static const unsigned char ours[] = "\x08http/1.1";
    unsigned char *chosen;
    int result = SSL_select_next_proto(&chosen, out_size, ours, sizeof ours - 1, offer, offer_size);
    *out = chosen;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

static bool fail_with_file(struct error *err, const char *what, const char *path)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    fail(err, ERR_INVALID, "TLS %s %.100s: %s", what, path, reason ? reason : "cannot be read");
    ERR_clear_error();
    return false;
}

static bool files_load(SSL_CTX *context, const char *cert, const char *key, struct error *err)
{
    ERR_clear_error();
    if (SSL_CTX_use_certificate_chain_file(context, cert) != 1)
        return fail_with_file(err, "certificate", cert);
    if (SSL_CTX_use_PrivateKey_file(context, key, SSL_FILETYPE_PEM) != 1)
        return fail_with_file(err, "key", key);
    if (SSL_CTX_check_private_key(context) != 1)
        return fail_with_file(err, "key", key);
    return true;
}

SSL_CTX *tls_context_create(const char *cert, const char *key, struct error *err)
{
    SSL_CTX *context = SSL_CTX_new(TLS_server_method());
    if (!context) {
        fail(err, ERR_SYSTEM, "OpenSSL has no memory for a context");
        return NULL;
    }
    SSL_CTX_set_default_passwd_cb(context, no_password);
    if (!files_load(context, cert, key, err)) {
        SSL_CTX_free(context);
        return NULL;
    }
    int done = SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) &&
               SSL_CTX_set_cipher_list(context, ciphers) &&
               SSL_CTX_set_session_id_context(context, (const unsigned char *)"flux", 4);
    ASSERT(done);
    // A peer that goes without close_notify is common, and harmless where messages say their
    // length.
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                     SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_PRIORITIZE_CHACHA |
                                     SSL_OP_CIPHER_SERVER_PREFERENCE);
    // Release: an idle connection keeps no record buffers (34 kB otherwise). The other two are
    // what stream_write() promises its callers.
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    // Sessions come back by ticket, which costs no memory here.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, NULL);
    return context;
}

void tls_context_free(SSL_CTX *context)
{
    SSL_CTX_free(context);
}

SSL *tls_session_create(SSL_CTX *context, int fd)
{
    SSL *session = SSL_new(context);
    if (session && SSL_set_fd(session, fd) == 1) {
        SSL_set_accept_state(session);
        return session;
    }
    SSL_free(session);
    ERR_clear_error();
    return NULL;
}

enum tls_result tls_session_accept(SSL *session)
{
    ERR_clear_error();
    int result = SSL_do_handshake(session);
    if (result == 1)
        return TLS_DONE;
    switch (SSL_get_error(session, result)) {
    case SSL_ERROR_WANT_READ:
        return TLS_WANTS_READ;
    case SSL_ERROR_WANT_WRITE:
        return TLS_WANTS_WRITE;
    default:
        break;
    }
    bool http = ERR_GET_REASON(ERR_peek_error()) == SSL_R_HTTP_REQUEST;
    ERR_clear_error();
    return http ? TLS_NOT_TLS : TLS_FAILED;
}
