// asset: a file that is served as it is: which form of it (brotli, gzip, plain), whether the asker
// has it already, and which part of it was asked for (RFC 9110).
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "net/http.h"

enum asset_coding { ASSET_PLAIN, ASSET_GZIP, ASSET_BROTLI, ASSET_CODINGS };

struct asset_form {
    const void *bytes; // NULL: there is no such form
    size_t size;
    const char *etag; // with its quotes; each form has its own
};

struct asset {
    const char *path; // "/assets/index-B1x2.js"
    const char *content_type;
    bool immutable; // its name changes with its content
    struct asset_form forms[ASSET_CODINGS];
};

// The client's files as built in (scripts/pack-client.mjs), ordered by path; none when it was left
// out.
extern const struct asset client_assets[];
extern const size_t client_asset_count;

const struct asset *asset_find(const struct asset *assets, size_t count, const char *path);
// 200, 206, 304, 406 or 416. The bytes must outlive the answer.
void asset_answer(const struct asset *asset, const struct http_request *request,
                  struct http_response *response);

// The parsers of what askers send; `text` is a header's value.

// The best coding that `accept_encoding` (NULL: only plain) allows and `have` (a bit a coding) has;
// -1: none.
int asset_choose_coding(const char *accept_encoding, unsigned have);
// Whether If-None-Match names the tag (weakly compared).
bool asset_tag_matches(const char *if_none_match, const char *etag);

enum asset_range { ASSET_RANGE_ALL, ASSET_RANGE_PART, ASSET_RANGE_OUTSIDE };
// ALL also for what is no single byte range: it is then ignored. PART: first <= last < size.
enum asset_range asset_read_range(const char *range, size_t size, size_t *first, size_t *last);
