// quota: how many connections there are, in all and for each address.
//
// Owner: the acceptor's thread takes; any thread gives back. A slot is a number that can be passed
// along with a connection; it stays good even after the acceptor is gone, so that whoever closes
// last need not know. Memory: one block, sized at creation: 24 bytes for each of twice
// `connections_max`.
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "net/stream.h"

struct quota;

void quota_register_metrics(void);

// ERR_LIMIT when the process has QUOTA_TABLES_MAX of them (an acceptor makes one).
enum { QUOTA_TABLES_MAX = 64 };
MUST_CHECK struct quota *quota_create(uint32_t connections_max, uint32_t connections_per_address,
                                      struct error *err);
void quota_destroy(struct quota *quota);

enum quota_result { QUOTA_OK, QUOTA_ADDRESS_FULL, QUOTA_FULL };

// Counts a connection of this address (IPv6: of its /64). With NULL it counts only in all.
enum quota_result quota_take(struct quota *quota, const struct address *address, uint32_t *slot);
// Any thread. Does nothing for 0 and ADDRESS_SLOT_NONE.
void quota_release(uint32_t slot);
// In all, now.
uint32_t quota_count(const struct quota *quota);
