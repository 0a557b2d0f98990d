// A WebSocket request read in part is never judged otherwise than whole; of one that is taken every
// text ends and the answer is an upgrade; one that is refused has a status and a sentence.
#include "fuzz/target.h"
#include "net/websocket.h"

struct verdict {
    enum websocket_request_result result;
    size_t head_size;
    int status;
    const char *reason;
};

static struct verdict judge(const uint8_t *data, size_t size, struct websocket_request *request)
{
    struct verdict verdict = {0};
    char *copy = (char *)target_copy(data, size);
    verdict.result = websocket_request_read(copy, size, request, &verdict.head_size,
                                            &verdict.status, &verdict.reason);
    free(copy);
    return verdict;
}

static void taken_check(const struct websocket_request *request)
{
    struct buffer answer = {0};
    TARGET_CHECK(request->target[0] == '/');
    TARGET_CHECK(memchr(request->target, '\0', sizeof request->target));
    TARGET_CHECK(strlen(request->key) == 24);
    TARGET_CHECK(memchr(request->origin, '\0', sizeof request->origin));
    TARGET_CHECK(memchr(request->host, '\0', sizeof request->host));
    TARGET_CHECK(memchr(request->forwarded_for, '\0', sizeof request->forwarded_for));
    TARGET_CHECK(!request->has_flux_protocol || request->offers_protocol);
    websocket_accept_write(request, &answer);
    TARGET_CHECK(answer.size > 100 && memcmp(answer.bytes, "HTTP/1.1 101 ", 13) == 0);
    TARGET_CHECK(memcmp(answer.bytes + answer.size - 4, "\r\n\r\n", 4) == 0);
    buffer_done(&answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || size > 4096)
        return 0;
    size_t total = size - 2;
    size_t part = total ? ((size_t)data[0] << 8 | data[1]) % (total + 1) : 0;
    struct websocket_request request, of_part;
    struct verdict whole = judge(data + 2, total, &request);
    struct verdict first = judge(data + 2, part, &of_part);
    if (first.result == WEBSOCKET_REQUEST_BAD)
        TARGET_CHECK(whole.result == WEBSOCKET_REQUEST_BAD && whole.status == first.status);
    if (first.result == WEBSOCKET_REQUEST_OK)
        TARGET_CHECK(whole.result == WEBSOCKET_REQUEST_OK && whole.head_size == first.head_size);
    if (whole.result == WEBSOCKET_REQUEST_BAD)
        TARGET_CHECK(whole.status >= 400 && whole.reason);
    if (whole.result == WEBSOCKET_REQUEST_OK)
        taken_check(&request);
    return 0;
}
