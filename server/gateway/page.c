#include "gateway/page.h"

#include <openssl/sha.h>

#include "base/buffer.h"
#include "gateway/gateway_internal.h"

static const char site_description[] =
    "Open a link and walk in: worlds full of people, in your browser.";

// Said when the server was built without its web client.
static const char no_client[] =
    "<body><main><h1>Flux</h1>\n"
    "<p>This server runs, and it was built without the web client. To build it in:</p>\n"
    "<pre>npm install &amp;&amp; npm run build --workspace clients/web\n"
    "meson configure BUILD -Dclient=clients/web/dist\n"
    "ninja -C BUILD</pre>\n"
    "<p>The worlds are at <a href=\"/v1/worlds\">/v1/worlds</a>.</p></main></body>\n</html>\n";

struct page {
    const char *title, *description;
    const char *path;    // "" for the front page's canonical "/"
    const char *image;   // path of a picture, or NULL
    const char *preload; // path of the picture that the client shows behind the door, or NULL
    const struct world_document *world; // whose door it is, or NULL
    bool listed;                        // search engines may list it
};

static const char *find_text(const char *in, size_t size, const char *text)
{
    return memmem(in, size, text, strlen(text));
}

void page_shell_cut(const char *html, size_t size, struct page_shell *out)
{
    const char *end = html + size, *from = find_text(html, size, "<title>"), *to = NULL;
    if (from && (to = find_text(from, (size_t)(end - from), "</title>")))
        to += strlen("</title>");
    if (!to)
        from = to = find_text(html, size, "</head>");
    if (!to)
        from = to = html;
    *out = (struct page_shell){html, to, (size_t)(from - html), (size_t)(end - to)};
}

static void write_escaped(struct buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        const char *name = *text == '&'    ? "&amp;"
                           : *text == '<'  ? "&lt;"
                           : *text == '>'  ? "&gt;"
                           : *text == '"'  ? "&quot;"
                           : *text == '\'' ? "&#39;"
                                           : NULL;
        if (name)
            buffer_append(out, name, strlen(name));
        else
            buffer_append(out, *text == '\n' ? " " : text, 1);
    }
}

static void write_meta(struct buffer *out, const char *kind, const char *name, const char *content)
{
    buffer_printf(out, "    <meta %s=\"%s\" content=\"", kind, name);
    write_escaped(out, content);
    buffer_printf(out, "\">\n");
}

// What needs an absolute URL is left out when the server does not know its own.
static void write_urls(struct buffer *out, const struct page *page, const char *own_url,
                       struct arena *arena)
{
    const char *url = arena_printf(arena, "%s%s", own_url, page->path);
    buffer_printf(out, "    <link rel=\"canonical\" href=\"");
    write_escaped(out, url);
    buffer_printf(out, "\">\n");
    write_meta(out, "property", "og:url", url);
    if (!page->image)
        return;
    const char *image = arena_printf(arena, "%s%s", own_url, page->image);
    write_meta(out, "property", "og:image", image);
    write_meta(out, "name", "twitter:image", image);
}

// So that the door stands complete with the client's first words, without having asked for
// anything.
static void write_door(struct buffer *out, const struct page *page)
{
    if (page->world) {
        write_meta(out, "name", "flux:world", page->world->id);
        write_meta(out, "name", "flux:world-name", page->world->name);
        write_meta(out, "name", "flux:world-description", page->world->description);
    }
    if (page->preload)
        buffer_printf(out,
                      "    <link rel=\"preload\" as=\"image\" href=\"%s\" "
                      "fetchpriority=\"high\">\n",
                      page->preload);
}

static void write_head(struct buffer *out, const struct gateway *gateway,
                       const struct http_request *request, const struct page *page)
{
    const char *own_url = security_own_url(gateway, request);
    buffer_printf(out, "<title>");
    write_escaped(out, page->title);
    buffer_printf(out, "</title>\n");
    write_meta(out, "name", "description", page->description);
    if (!page->listed) {
        write_meta(out, "name", "robots", "noindex");
        return;
    }
    write_door(out, page);
    write_meta(out, "property", "og:type", "website");
    write_meta(out, "property", "og:site_name", gateway->settings.site_name);
    write_meta(out, "property", "og:title", page->title);
    write_meta(out, "property", "og:description", page->description);
    write_meta(out, "property", "og:locale", "en_US");
    write_meta(out, "property", "og:locale:alternate", "ko_KR");
    bool pictured = page->image && own_url;
    write_meta(out, "name", "twitter:card", pictured ? "summary_large_image" : "summary");
    if (own_url)
        write_urls(out, page, own_url, request->arena);
}

static void write_page(struct buffer *out, const struct gateway *gateway,
                       const struct http_request *request, const struct page *page)
{
    const struct page_shell *shell = &gateway->shell;
    if (shell->before) {
        buffer_append(out, shell->before, shell->before_size);
        write_head(out, gateway, request, page);
        buffer_append(out, shell->after, shell->after_size);
        return;
    }
    buffer_printf(out, "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\n");
    write_head(out, gateway, request, page);
    buffer_printf(out, "</head>\n%s", no_client);
}

static const char *tag_of(const struct buffer *page, struct arena *arena)
{
    uint8_t hash[SHA256_DIGEST_LENGTH];
    uint64_t first;
    SHA256(page->bytes, page->size, hash);
    memcpy(&first, hash, sizeof first);
    return arena_printf(arena, "\"%016llx\"", (unsigned long long)first);
}

static void answer_page(struct gateway *gateway, const struct http_request *request,
                        struct http_response *response, int status, const struct page *page)
{
    struct buffer out = {0};
    write_page(&out, gateway, request, page);
    const char *tag = tag_of(&out, request->arena), *known = http_header(request, "If-None-Match");
    http_respond_header(response, "Cache-Control", "no-cache");
    if (status == 200)
        http_respond_header(response, "ETag", tag);
    if (status == 200 && known && asset_tag_matches(known, tag)) {
        response->status = 304;
    } else {
        response->status = status;
        response->body = arena_strndup(request->arena, (const char *)out.bytes, out.size);
        response->body_size = out.size;
        http_respond_header(response, "Content-Type", "text/html; charset=utf-8");
    }
    buffer_done(&out);
}

// A file of a world, when the client brings it.
static const char *client_path(const struct gateway *gateway, const char *path)
{
    return asset_find(gateway->settings.client, gateway->settings.client_count, path) ? path : NULL;
}

static void answer_door(struct gateway *gateway, const struct http_request *request,
                        struct http_response *response, const struct world_document *world,
                        struct page page)
{
    if (world) {
        page.world = world;
        page.image = client_path(gateway, arena_printf(request->arena, "/og/%s.png", world->id));
        page.preload = client_path(gateway, arena_printf(request->arena, "/og/%s.webp", world->id));
    }
    page.listed = true;
    answer_page(gateway, request, response, 200, &page);
}

void page_root(struct gateway *gateway, const struct http_request *request,
               const struct route_match *match, struct http_response *response)
{
    struct page page = {
        .title = gateway->settings.site_name, .description = site_description, .path = "/"};
    answer_door(gateway, request, response, world_shelf_find(gateway->settings.shelf, "plaza"),
                page);
}

void page_world(struct gateway *gateway, const struct http_request *request,
                const struct route_match *match, struct http_response *response)
{
    const struct world_document *world = world_shelf_find(gateway->settings.shelf, match->parts[0]);
    if (!world) {
        page_not_found(gateway, request, response);
        return;
    }
    struct page page = {
        .title = arena_printf(request->arena, "%s \302\267 %s", world->name,
                              gateway->settings.site_name),
        .description = world->description,
        .path = arena_printf(request->arena, "/w/%s", world->id),
    };
    answer_door(gateway, request, response, world, page);
}

// People get the client, which says so in their language; programs get a problem.
void page_not_found(struct gateway *gateway, const struct http_request *request,
                    struct http_response *response)
{
    const char *accept = http_header(request, "Accept");
    if (cors_is_api(request->path) || !accept || !strstr(accept, "text/html")) {
        problem_answer(request, response, 404, "NOT_FOUND", "there is nothing at this path");
        return;
    }
    struct page page = {
        .title = arena_printf(request->arena, "Not found \302\267 %s", gateway->settings.site_name),
        .description = "There is nothing here.",
    };
    answer_page(gateway, request, response, 404, &page);
}
