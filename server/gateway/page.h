// page: the client's one page, with what link previews and search engines read of it.
// For this room only.
#pragma once

#include <stddef.h>

// index.html in two halves, between which each page's own head goes.
struct page_shell {
    const char *before, *after; // borrowed from the client's files; NULL: no client is built in
    size_t before_size, after_size;
};

// Takes "<title>…</title>" out, or cuts before "</head>" when there is none.
void page_shell_cut(const char *html, size_t size, struct page_shell *out);
