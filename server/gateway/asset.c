#include "gateway/asset.h"

#include <stdint.h>
#include <strings.h>

#include "gateway/gateway_internal.h"

static const char *const coding_names[ASSET_CODINGS] = {NULL, "gzip", "br"};

const struct asset *asset_find(const struct asset *assets, size_t count, const char *path)
{
    size_t least = 0, most = count;
    while (least < most) {
        size_t middle = least + (most - least) / 2;
        int order = strcmp(path, assets[middle].path);
        if (order == 0)
            return &assets[middle];
        if (order < 0)
            most = middle;
        else
            least = middle + 1;
    }
    return NULL;
}

static const char *skip_space(const char *at)
{
    return at + strspn(at, " \t");
}

// "0.5" in thousandths; -1 when it is no qvalue (RFC 9110, 12.4.2).
static int read_quality(const char *at, const char *end)
{
    if (at == end || (*at != '0' && *at != '1'))
        return -1;
    int value = (*at++ - '0') * 1000;
    if (at == end)
        return value;
    if (*at++ != '.' || end - at > 3)
        return -1;
    for (int unit = 100; at < end; at++, unit /= 10) {
        if (*at < '0' || *at > '9')
            return -1;
        value += (*at - '0') * unit;
    }
    return value <= 1000 ? value : -1;
}

// One element of the list, "gzip;q=0.5": its name's length, and its quality.
static int read_element(const char *at, const char *end, size_t *name_size)
{
    *name_size = strcspn(at, " \t;,");
    const char *after = skip_space(at + *name_size);
    if (after >= end)
        return 1000;
    if (*after != ';')
        return -1;
    after = skip_space(after + 1);
    if ((*after != 'q' && *after != 'Q') || after[1] != '=')
        return -1;
    const char *value = after + 2;
    return read_quality(value, value + strcspn(value, " \t,;"));
}

static bool is_named(const char *at, size_t size, const char *name)
{
    return size == strlen(name) && strncasecmp(at, name, size) == 0;
}

int asset_choose_coding(const char *accept_encoding, unsigned have)
{
    // -1: not mentioned.
    int quality[ASSET_CODINGS] = {-1, -1, -1}, star = -1;
    for (const char *at = skip_space(accept_encoding ? accept_encoding : ""); *at != '\0';) {
        const char *end = at + strcspn(at, ",");
        size_t name_size;
        int q = read_element(at, end, &name_size);
        if (q >= 0) {
            if (is_named(at, name_size, "*"))
                star = q;
            else if (is_named(at, name_size, "identity"))
                quality[ASSET_PLAIN] = q;
            else if (is_named(at, name_size, "gzip") || is_named(at, name_size, "x-gzip"))
                quality[ASSET_GZIP] = q;
            else if (is_named(at, name_size, "br"))
                quality[ASSET_BROTLI] = q;
        }
        at = *end == ',' ? skip_space(end + 1) : end;
    }
    // What "*" speaks for is what was not mentioned; plain is allowed unless it is refused.
    if (quality[ASSET_PLAIN] < 0)
        quality[ASSET_PLAIN] = star == 0 ? 0 : 1;
    int best = -1, best_quality = 0;
    for (int coding = ASSET_BROTLI; coding >= ASSET_PLAIN; coding--) {
        int q = quality[coding] >= 0 ? quality[coding] : star;
        if ((have >> coding & 1) != 0 && q > best_quality) {
            best = coding;
            best_quality = q;
        }
    }
    return best;
}

bool asset_tag_matches(const char *if_none_match, const char *etag)
{
    size_t etag_size = strlen(etag);
    const char *at = skip_space(if_none_match);
    if (*at == '*')
        return true;
    while (*at != '\0') {
        if (strncmp(at, "W/", 2) == 0)
            at += 2;
        if (*at != '"')
            return false;
        const char *close = strchr(at + 1, '"');
        if (!close)
            return false;
        if ((size_t)(close + 1 - at) == etag_size && memcmp(at, etag, etag_size) == 0)
            return true;
        at = close + 1;
        at += strspn(at, " \t,");
    }
    return false;
}

// Digits from `at`, saturated; false when there is none.
static bool read_digits(const char **at, size_t *out)
{
    const char *begin = *at;
    *out = 0;
    for (; **at >= '0' && **at <= '9'; ++*at) {
        size_t digit = (size_t)(**at - '0');
        *out = *out > (SIZE_MAX - digit) / 10 ? SIZE_MAX : *out * 10 + digit;
    }
    return *at != begin;
}

enum asset_range asset_read_range(const char *range, size_t size, size_t *first, size_t *last)
{
    size_t a, b;
    if (strncasecmp(range, "bytes=", 6) != 0)
        return ASSET_RANGE_ALL;
    const char *at = skip_space(range + 6);
    bool has_first = read_digits(&at, &a);
    if (*at != '-')
        return ASSET_RANGE_ALL;
    at++;
    bool has_last = read_digits(&at, &b);
    at = skip_space(at);
    if (*at != '\0' || (!has_first && !has_last) || (has_first && has_last && a > b))
        return ASSET_RANGE_ALL;
    if (!has_first) {
        // The last b bytes.
        if (b == 0 || size == 0)
            return ASSET_RANGE_OUTSIDE;
        *first = b < size ? size - b : 0;
        *last = size - 1;
        return ASSET_RANGE_PART;
    }
    if (a >= size)
        return ASSET_RANGE_OUTSIDE;
    *first = a;
    *last = has_last && b < size ? b : size - 1;
    return ASSET_RANGE_PART;
}

static unsigned codings_of(const struct asset *asset)
{
    unsigned have = 0;
    for (int coding = 0; coding < ASSET_CODINGS; coding++)
        have |= (asset->forms[coding].bytes != NULL ? 1U : 0U) << coding;
    return have;
}

static void answer_part(const struct asset_form *form, const struct http_request *request,
                        struct http_response *response, size_t first, size_t last)
{
    response->status = 206;
    response->body = (const char *)form->bytes + first;
    response->body_size = last - first + 1;
    http_respond_header(response, "Content-Range",
                        arena_printf(request->arena, "bytes %zu-%zu/%zu", first, last, form->size));
}

static void answer_outside(const struct asset_form *form, const struct http_request *request,
                           struct http_response *response)
{
    response->header_count = 0;
    problem_answer(request, response, 416, "INVALID", "the file has %zu bytes", form->size);
    http_respond_header(response, "Content-Range",
                        arena_printf(request->arena, "bytes */%zu", form->size));
}

// A part is asked for of the plain form; If-Range must be its own strong tag.
static const char *wanted_range(const struct asset *asset, const struct http_request *request)
{
    const char *range = http_header(request, "Range");
    const char *only_if = http_header(request, "If-Range");
    if (!range || strcmp(request->method, "GET") != 0)
        return NULL;
    return !only_if || strcmp(only_if, asset->forms[ASSET_PLAIN].etag) == 0 ? range : NULL;
}

// A file whose name stays is named by its content all the same when the asker says which one it
// wants: ?v= and the first half of its hash, which the plain form's tag is.
static bool is_named_by_content(const struct asset *asset, const struct http_request *request)
{
    enum { VERSION_BYTES = 16 };
    const char *version = http_query(request, "v"), *tag = asset->forms[ASSET_PLAIN].etag;
    return asset->immutable || (version && strlen(version) == VERSION_BYTES &&
                                strncmp(tag + 1, version, VERSION_BYTES) == 0);
}

void asset_answer(const struct asset *asset, const struct http_request *request,
                  struct http_response *response)
{
    const char *range = wanted_range(asset, request);
    int coding =
        range ? ASSET_PLAIN
              : asset_choose_coding(http_header(request, "Accept-Encoding"), codings_of(asset));
    if (coding < 0) {
        problem_answer(request, response, 406, "INVALID",
                       "the file is there as br, gzip or identity, and none of them is accepted");
        return;
    }
    const struct asset_form *form = &asset->forms[coding];
    http_respond_header(response, "ETag", form->etag);
    http_respond_header(response, "Vary", "Accept-Encoding");
    http_respond_header(response, "Accept-Ranges", "bytes");
    http_respond_header(response, "Cache-Control",
                        is_named_by_content(asset, request) ? "public, max-age=31536000, immutable"
                                                            : "no-cache");
    const char *known = http_header(request, "If-None-Match");
    if (known && asset_tag_matches(known, form->etag)) {
        response->status = 304;
        return;
    }
    http_respond_header(response, "Content-Type", asset->content_type);
    if (coding_names[coding])
        http_respond_header(response, "Content-Encoding", coding_names[coding]);
    response->status = 200;
    response->body = form->bytes;
    response->body_size = form->size;
    response->body_is_static = true;
    size_t first, last;
    enum asset_range part =
        range ? asset_read_range(range, form->size, &first, &last) : ASSET_RANGE_ALL;
    if (part == ASSET_RANGE_PART)
        answer_part(form, request, response, first, last);
    else if (part == ASSET_RANGE_OUTSIDE)
        answer_outside(form, request, response);
}
