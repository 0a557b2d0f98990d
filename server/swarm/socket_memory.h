// socket_memory: what this machine's kernel holds in the buffers of TCP sockets.
#pragma once

#include <stdbool.h>
#include <stddef.h>

// From the text of /proc/net/sockstat: its TCP line counts pages. Pure.
bool socket_memory_read(const char *text, size_t page_bytes, double *out_bytes);
// Now; false when the kernel does not tell.
bool socket_memory_now(double *out_bytes);
