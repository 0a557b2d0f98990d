#include <string.h>

#include "base/text.h"
#include "net/address.h"
#include "net/head.h"
#include "net/http_internal.h"

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// From the arena; NULL when a percent sign is not followed by two digits, or the result has a
// control character or is not UTF-8.
static char *percent_decode(struct arena *arena, const char *from, size_t size, bool plus_is_space)
{
    char *out = arena_strndup(arena, from, size);
    size_t length = 0;
    for (size_t i = 0; i < size; i++) {
        char c = from[i];
        if (c == '%') {
            int high = i + 2 < size ? hex_value(from[i + 1]) : -1;
            int low = high >= 0 ? hex_value(from[i + 2]) : -1;
            if (low < 0)
                return NULL;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus_is_space) {
            c = ' ';
        }
        out[length++] = c;
    }
    out[length] = '\0';
    return memchr(out, '\0', length) || !text_is_utf8(out, length) ? NULL : out;
}

static bool has_control(const char *text)
{
    for (; *text; text++) {
        if ((uint8_t)*text < 0x20 || *text == 0x7f)
            return true;
    }
    return false;
}

// Begins with '/', and no part is empty (but the last), "." or "..".
static bool path_is_plain(const char *path)
{
    if (path[0] != '/' || has_control(path) || strchr(path, '\\'))
        return false;
    for (const char *part = path + 1;; part++) {
        size_t size = strcspn(part, "/");
        if (size == 0 && part[0] == '/')
            return false;
        if ((size == 1 && part[0] == '.') || (size == 2 && part[0] == '.' && part[1] == '.'))
            return false;
        part += size;
        if (!*part)
            return true;
    }
}

static bool target_split(struct http_exchange *exchange)
{
    const char *mark = strchr(exchange->target, '?');
    size_t path_size = mark ? (size_t)(mark - exchange->target) : strlen(exchange->target);
    exchange->request.query = mark ? mark + 1 : "";
    exchange->request.path = percent_decode(&exchange->arena, exchange->target, path_size, false);
    return exchange->request.path && path_is_plain(exchange->request.path);
}

const char *http_header(const struct http_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->library, MHD_HEADER_KIND, name);
}

const char *http_query(const struct http_request *request, const char *name)
{
    for (const char *pair = request->query; *pair;) {
        size_t size = strcspn(pair, "&");
        const char *equals = memchr(pair, '=', size);
        size_t name_size = equals ? (size_t)(equals - pair) : size;
        char *found = percent_decode(request->arena, pair, name_size, true);
        if (found && strcmp(found, name) == 0)
            return equals ? percent_decode(request->arena, equals + 1, size - name_size - 1, true)
                          : "";
        pair += size;
        pair += *pair == '&';
    }
    return NULL;
}

// The library keeps the first of a header that is given twice and passes over what it does not
// understand; here is counted what it passes over. (The acceptor has looked at a connection's first
// head, but not at those that follow it.)
struct length_check {
    int hosts, lengths, encodings;
    bool bad;
    uint64_t content_length;
};

static enum MHD_Result length_check_field(void *context, enum MHD_ValueKind kind, const char *name,
                                          const char *value)
{
    struct length_check *check = context;
    struct head_text text = {value ? value : "", value ? strlen(value) : 0};
    struct head_text key = {name, strlen(name)};
    if (head_text_is(key, "host")) {
        check->hosts++;
        check->bad |= !head_host_is_sane(text);
    } else if (head_text_is(key, "content-length")) {
        check->lengths++;
        check->bad |= !head_length_parse(text, &check->content_length);
    } else if (head_text_is(key, "transfer-encoding")) {
        check->encodings++;
        check->bad |= !head_text_is(text, "chunked");
    }
    return MHD_YES;
}

static bool length_fill(struct http_exchange *exchange, struct MHD_Connection *library)
{
    struct length_check check = {0};
    MHD_get_connection_values(library, MHD_HEADER_KIND, length_check_field, &check);
    if (check.bad || check.hosts > 1 || check.lengths + check.encodings > 1)
        return false;
    exchange->content_length = check.content_length;
    exchange->has_body = check.encodings > 0 || check.content_length > 0;
    return true;
}

struct header_join {
    const char *name;
    struct arena *arena;
    const char *list; // NULL: none yet
};

static enum MHD_Result header_join_field(void *context, enum MHD_ValueKind kind, const char *name,
                                         const char *value)
{
    struct header_join *join = context;
    if (!value || !head_text_is((struct head_text){name, strlen(name)}, join->name))
        return MHD_YES;
    join->list = join->list ? arena_printf(join->arena, "%s, %s", join->list, value) : value;
    return MHD_YES;
}

// All headers of that name as one list; NULL when there is none.
static const char *header_list(struct http_exchange *exchange, const char *name)
{
    struct header_join join = {.name = name, .arena = &exchange->arena};
    MHD_get_connection_values(exchange->request.library, MHD_HEADER_KIND, header_join_field, &join);
    return join.list;
}

// What the nearest proxy wrote.
static struct head_text list_last(const char *list)
{
    const char *comma = strrchr(list, ',');
    const char *item = comma ? comma + 1 : list;
    item += strspn(item, " \t");
    return (struct head_text){item, strlen(item)};
}

static void proxy_believe(struct http_exchange *exchange)
{
    const struct http_settings *settings = &exchange->connection->http->settings;
    struct http_request *request = &exchange->request;
    const char *list = header_list(exchange, "x-forwarded-for");
    if (list)
        request->peer =
            address_forwarded(&request->peer, list, settings->is_trusted, settings->context);
    list = header_list(exchange, "x-forwarded-proto");
    if (list)
        request->secure = head_text_is(list_last(list), "https");
    list = header_list(exchange, "x-forwarded-host");
    if (list && head_host_is_sane(list_last(list)))
        request->host = list_last(list).at;
}

static bool fault_set(struct http_fault *fault, int status, const char *reason)
{
    *fault = (struct http_fault){status, reason};
    return false;
}

bool http_request_fill(struct http_exchange *exchange, struct MHD_Connection *library,
                       const char *method, struct http_fault *fault)
{
    struct http_connection *connection = exchange->connection;
    const struct http_settings *settings = &connection->http->settings;
    struct http_request *request = &exchange->request;
    *request = (struct http_request){.method = method,
                                     .path = "",
                                     .query = "",
                                     .peer = connection->peer,
                                     .secure = connection->is_secure,
                                     .arena = &exchange->arena,
                                     .library = library};
    if (!length_fill(exchange, library)) {
        exchange->has_body = true; // for all we know
        return fault_set(fault, 400,
                         "a Host, Content-Length or Transfer-Encoding that is not clear");
    }
    const char *host = http_header(request, "host");
    request->host = host ? host : "";
    if (settings->is_trusted && settings->is_trusted(settings->context, &connection->peer))
        proxy_believe(exchange);
    if (settings->admit && !settings->admit(settings->context, &request->peer))
        return fault_set(fault, 429, "too many requests from your address");
    if (!target_split(exchange))
        return fault_set(fault, 400, "the request's path is malformed");
    if (!exchange->has_body)
        return true;
    exchange->body_bytes_max =
        settings->body_bytes_max
            ? settings->body_bytes_max(settings->context, method, request->path)
            : 0;
    if (exchange->content_length > exchange->body_bytes_max || exchange->body_bytes_max == 0)
        return fault_set(fault, 413, "the request's body is larger than is taken here");
    return true;
}
