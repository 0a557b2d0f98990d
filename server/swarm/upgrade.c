#include "swarm/upgrade.h"

#include <openssl/evp.h>
#include <openssl/sha.h>
#include <string.h>

#include "swarm/answer.h"

static const char MAGIC[] = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

void upgrade_request_write(const char *authority, const char *path, const char *ticket,
                           struct random *random, char key[UPGRADE_KEY_BYTES], struct buffer *out)
{
    uint64_t nonce[2] = {random_u64(random), random_u64(random)};
    EVP_EncodeBlock((unsigned char *)key, (const unsigned char *)nonce, sizeof nonce);
    buffer_printf(out,
                  "GET %s?ticket=%s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\n"
                  "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: %s\r\n"
                  "Sec-WebSocket-Protocol: flux.v1\r\n\r\n",
                  path, ticket, authority, key);
}

static bool accept_is_right(const char *accept, const char *key)
{
    char joined[UPGRADE_KEY_BYTES + sizeof MAGIC], right[32];
    int length = snprintf(joined, sizeof joined, "%s%s", key, MAGIC);
    unsigned char digest[SHA_DIGEST_LENGTH];
    SHA1((const unsigned char *)joined, (size_t)length, digest);
    EVP_EncodeBlock((unsigned char *)right, digest, sizeof digest);
    return !strcmp(accept, right);
}

enum upgrade_result upgrade_answer_read(const char *bytes, size_t size, const char *key,
                                        size_t *head_size, struct upgrade_refusal *refusal,
                                        struct error *err)
{
    struct answer answer;
    *refusal = (struct upgrade_refusal){0};
    // A refusal is known by its head: its body is not waited for.
    enum answer_result result = answer_read_head(bytes, size, &answer);
    if (result == ANSWER_MORE)
        return UPGRADE_MORE;
    if (result == ANSWER_BAD) {
        fail(err, ERR_INVALID, "the answer to the WebSocket request is not HTTP");
        return UPGRADE_REFUSED;
    }
    if (answer.status != 101) {
        *refusal = (struct upgrade_refusal){answer.status, answer.retry_after_s};
        fail(err, ERR_UNAVAILABLE, "the WebSocket request was answered with %d", answer.status);
        return UPGRADE_REFUSED;
    }
    if (!accept_is_right(answer.accept, key)) {
        fail(err, ERR_INVALID,
             "the WebSocket handshake's Sec-WebSocket-Accept is not the right one");
        return UPGRADE_REFUSED;
    }
    *head_size = answer.head_size;
    return UPGRADE_DONE;
}
