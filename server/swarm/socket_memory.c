#include "swarm/socket_memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool socket_memory_read(const char *text, size_t page_bytes, double *out_bytes)
{
    const char *line = strstr(text, "TCP: ");
    const char *end = line ? line + strcspn(line, "\n") : NULL;
    const char *pages = line ? strstr(line, " mem ") : NULL;
    if (!pages || pages > end)
        return false;
    char *after;
    unsigned long count = strtoul(pages + 5, &after, 10);
    if (after == pages + 5)
        return false;
    *out_bytes = (double)count * (double)page_bytes;
    return true;
}

bool socket_memory_now(double *out_bytes)
{
    char text[2048];
    FILE *file = fopen("/proc/net/sockstat", "re");
    if (!file)
        return false;
    size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[size] = 0;
    return socket_memory_read(text, (size_t)sysconf(_SC_PAGESIZE), out_bytes);
}
