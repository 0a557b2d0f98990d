// A look at a part of a request's head never says anything that a look at the whole would not; what
// is found lies inside the head; and of a head that is taken, the body's length can be read one way
// only.
#include "fuzz/target.h"
#include "net/head.h"

enum { HEAD_BYTES_MAX = 1024 };

static bool lies_inside(struct head_text text, const char *bytes, size_t size)
{
    return text.size == 0 || (text.at >= bytes && text.at + text.size <= bytes + size);
}

static void head_check(const struct head *head, const char *bytes)
{
    struct head_field field;
    char list[64];
    size_t count = 0, lengths = 0, encodings = 0, hosts = 0;
    TARGET_CHECK(lies_inside(head->method, bytes, head->size));
    TARGET_CHECK(lies_inside(head->target, bytes, head->size));
    TARGET_CHECK(lies_inside(head->host, bytes, head->size));
    TARGET_CHECK(head->size >= 4 && memcmp(bytes + head->size - 4, "\r\n\r\n", 4) == 0);
    TARGET_CHECK(!memchr(bytes, '\0', head->size));
    for (size_t offset = 0; head_next(head, &offset, &field); count++) {
        TARGET_CHECK(lies_inside(field.name, bytes, head->size) && field.name.size > 0);
        TARGET_CHECK(lies_inside(field.value, bytes, head->size));
        TARGET_CHECK(!memchr(field.value.at, '\n', field.value.size));
        TARGET_CHECK(!memchr(field.value.at, '\r', field.value.size));
        lengths += head_text_is(field.name, "content-length");
        encodings += head_text_is(field.name, "transfer-encoding");
        hosts += head_text_is(field.name, "host");
    }
    TARGET_CHECK(count <= HEAD_FIELDS_MAX);
    TARGET_CHECK(lengths + encodings <= 1);
    TARGET_CHECK(hosts == 1 || (hosts == 0 && head->minor == 0));
    TARGET_CHECK(head->has_length == (lengths == 1));
    TARGET_CHECK(head->is_chunked == (encodings == 1));
    head_join(head, "x-forwarded-for", list, sizeof list);
    TARGET_CHECK(strlen(list) < sizeof list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || size > 2 * HEAD_BYTES_MAX)
        return 0;
    size_t total = size - 2;
    size_t part = total ? ((size_t)data[0] << 8 | data[1]) % (total + 1) : 0;
    char *whole_copy = (char *)target_copy(data + 2, total);
    char *part_copy = (char *)target_copy(data + 2, part);
    struct head whole, first;
    enum head_result whole_result = head_read(whole_copy, total, HEAD_BYTES_MAX, &whole);
    enum head_result part_result = head_read(part_copy, part, HEAD_BYTES_MAX, &first);
    if (part_result == HEAD_BAD)
        TARGET_CHECK(whole_result == HEAD_BAD && first.status == whole.status);
    if (part_result == HEAD_OK)
        TARGET_CHECK(whole_result == HEAD_OK && first.size == whole.size);
    if (whole_result == HEAD_BAD)
        TARGET_CHECK(whole.status >= 400 && whole.status <= 505 && whole.reason);
    if (whole_result == HEAD_MORE)
        TARGET_CHECK(total < HEAD_BYTES_MAX);
    if (whole_result == HEAD_OK)
        head_check(&whole, whole_copy);
    free(whole_copy);
    free(part_copy);
    return 0;
}
