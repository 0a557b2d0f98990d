#include "net/quota.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/metric.h"
#include "base/random.h"

// A hash table with chains, whose links belong to the taking thread alone. Other threads only count
// an entry down. An entry at zero is free for another address: it is unlinked when a walk meets it,
// or by a sweep when no entry is left. There are twice as many entries as connections, so a sweep
// finds at least half of them free and costs, spread over the connections in between, a constant.
//
// A slot is the table's place in `tables` (from 1) above the entry's index. Entry 0 has no address:
// it counts those that have no limit of their own.

enum { INDEX_BITS = 24, NO_ENTRY = 0 };

struct quota_entry {
    uint8_t key[16];
    // Taken: relaxed, by the owner. Given back: release, read with acquire before the entry is
    // reused.
    _Atomic uint32_t count;
    uint32_t next; // in the chain, or in the free list
};

struct quota {
    // One for the owner and one for each connection: the last one to leave frees. Also the count of
    // all.
    _Atomic uint32_t references;
    uint32_t table; // place in `tables`
    uint32_t connections_max, connections_per_address;
    uint32_t entry_count, free_entry;
    uint32_t bucket_mask;
    uint64_t secret[2]; // so that nobody can choose addresses that fall into one chain
    uint32_t *buckets;
    struct quota_entry entries[];
};

// Claimed by compare-and-swap (release), looked up with acquire by whoever holds a slot.
static struct quota *_Atomic tables[QUOTA_TABLES_MAX + 1];

static struct metric connections_metric = {.name = "flux_net_connections",
                                           .labels = "",
                                           .help = "Connections open now, in whatever state",
                                           .kind = METRIC_GAUGE};

void quota_register_metrics(void)
{
    metric_register(&connections_metric);
}

static bool table_claim(struct quota *quota)
{
    for (uint32_t i = 1; i <= QUOTA_TABLES_MAX; i++) {
        struct quota *none = NULL;
        quota->table = i;
        if (atomic_compare_exchange_strong_explicit(&tables[i], &none, quota, memory_order_acq_rel,
                                                    memory_order_acquire))
            return true;
    }
    return false;
}

static uint32_t power_of_two_from(uint32_t least)
{
    uint32_t value = 16;
    while (value < least)
        value *= 2;
    return value;
}

static void quota_free(struct quota *quota)
{
    free(quota->buckets);
    free(quota);
}

struct quota *quota_create(uint32_t connections_max, uint32_t connections_per_address,
                           struct error *err)
{
    ASSERT(connections_max > 0);
    ASSERT(connections_max < 1u << (INDEX_BITS - 2));
    uint32_t entry_count = 2 * connections_max + 1;
    uint32_t bucket_count = power_of_two_from(entry_count);
    size_t bytes = sizeof(struct quota) + entry_count * sizeof(struct quota_entry);
    struct quota *quota = calloc(1, bytes);
    if (!quota)
        assert_memory_failed(bytes);
    quota->buckets = calloc(bucket_count, sizeof quota->buckets[0]);
    if (!quota->buckets)
        assert_memory_failed(bucket_count * sizeof quota->buckets[0]);
    atomic_init(&quota->references, 1);
    quota->connections_max = connections_max;
    quota->connections_per_address = connections_per_address;
    quota->entry_count = entry_count;
    quota->bucket_mask = bucket_count - 1;
    random_secret(quota->secret, sizeof quota->secret);
    for (uint32_t i = entry_count - 1; i > 0; i--) {
        quota->entries[i].next = quota->free_entry;
        quota->free_entry = i;
    }
    if (!table_claim(quota)) {
        fail(err, ERR_LIMIT, "more than %d acceptors in one process", QUOTA_TABLES_MAX);
        quota_free(quota);
        return NULL;
    }
    return quota;
}

static void reference_drop(struct quota *quota)
{
    // acq_rel: the last one must see all that the others did before it frees.
    if (atomic_fetch_sub_explicit(&quota->references, 1, memory_order_acq_rel) != 1)
        return;
    atomic_store_explicit(&tables[quota->table], NULL, memory_order_release);
    quota_free(quota);
}

void quota_destroy(struct quota *quota)
{
    if (quota)
        reference_drop(quota);
}

// An IPv4 address whole; of an IPv6 address the /64, which is what one household or machine is
// given.
static void key_write(const struct address *address, uint8_t key[16])
{
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
    memcpy(key, address->bytes, 16);
    if (memcmp(address->bytes, mapped, sizeof mapped) != 0)
        memset(key + 8, 0, 8);
}

static uint32_t bucket_of(const struct quota *quota, const uint8_t key[16])
{
    uint64_t high, low;
    memcpy(&high, key, 8);
    memcpy(&low, key + 8, 8);
    uint64_t hash = (high ^ quota->secret[0]) * 0x9e3779b97f4a7c15u;
    hash = (hash ^ hash >> 32 ^ low ^ quota->secret[1]) * 0xd6e8feb86659fd93u;
    return (uint32_t)(hash ^ hash >> 32) & quota->bucket_mask;
}

static bool is_unused(const struct quota_entry *entry)
{
    return atomic_load_explicit(&entry->count, memory_order_acquire) == 0;
}

static void chain_reclaim(struct quota *quota, uint32_t *link)
{
    while (*link != NO_ENTRY) {
        uint32_t index = *link;
        struct quota_entry *entry = &quota->entries[index];
        if (!is_unused(entry)) {
            link = &entry->next;
            continue;
        }
        *link = entry->next;
        entry->next = quota->free_entry;
        quota->free_entry = index;
    }
}

static uint32_t entry_find(struct quota *quota, const uint8_t key[16], uint32_t *bucket)
{
    chain_reclaim(quota, bucket);
    for (uint32_t i = *bucket; i != NO_ENTRY; i = quota->entries[i].next) {
        if (memcmp(quota->entries[i].key, key, 16) == 0)
            return i;
    }
    return NO_ENTRY;
}

static uint32_t entry_add(struct quota *quota, const uint8_t key[16], uint32_t *bucket)
{
    if (quota->free_entry == NO_ENTRY) {
        for (uint32_t i = 0; i <= quota->bucket_mask; i++)
            chain_reclaim(quota, &quota->buckets[i]);
    }
    // There are more entries than connections, and each one in use has a connection.
    uint32_t index = quota->free_entry;
    ASSERT(index != NO_ENTRY);
    struct quota_entry *entry = &quota->entries[index];
    quota->free_entry = entry->next;
    memcpy(entry->key, key, 16);
    entry->next = *bucket;
    *bucket = index;
    return index;
}

enum quota_result quota_take(struct quota *quota, const struct address *address, uint32_t *slot)
{
    if (quota_count(quota) >= quota->connections_max)
        return QUOTA_FULL;
    uint32_t index = 0;
    if (address && quota->connections_per_address > 0) {
        uint8_t key[16];
        key_write(address, key);
        uint32_t *bucket = &quota->buckets[bucket_of(quota, key)];
        index = entry_find(quota, key, bucket);
        if (index == NO_ENTRY)
            index = entry_add(quota, key, bucket);
        else if (atomic_load_explicit(&quota->entries[index].count, memory_order_relaxed) >=
                 quota->connections_per_address)
            return QUOTA_ADDRESS_FULL;
    }
    atomic_fetch_add_explicit(&quota->entries[index].count, 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&quota->references, 1, memory_order_relaxed);
    metric_add(&connections_metric, 1);
    *slot = quota->table << INDEX_BITS | index;
    return QUOTA_OK;
}

void quota_release(uint32_t slot)
{
    if (slot == 0 || slot == ADDRESS_SLOT_NONE)
        return;
    uint32_t table = slot >> INDEX_BITS, index = slot & ((1u << INDEX_BITS) - 1);
    ASSERT(table <= QUOTA_TABLES_MAX);
    struct quota *quota = atomic_load_explicit(&tables[table], memory_order_acquire);
    ASSERT(quota);
    ASSERT(index < quota->entry_count);
    uint32_t before =
        atomic_fetch_sub_explicit(&quota->entries[index].count, 1, memory_order_release);
    ASSERT(before > 0);
    metric_add(&connections_metric, -1);
    reference_drop(quota);
}

uint32_t quota_count(const struct quota *quota)
{
    return atomic_load_explicit(&quota->references, memory_order_relaxed) - 1;
}
