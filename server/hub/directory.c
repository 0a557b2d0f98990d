#include "hub/directory.h"

#include "base/assert.h"

void directory_init(struct directory *directory, uint32_t capacity)
{
    *directory = (struct directory){.capacity = capacity};
}

// Brings the window of the last minute up to the present second.
static void entry_advance(struct directory_entry *entry, uint64_t second)
{
    uint64_t arrived = atomic_load_explicit(&entry->arrived, memory_order_relaxed);
    uint64_t from = entry->second + 1;
    if (second >= entry->second + DIRECTORY_WINDOW_S)
        from = second - DIRECTORY_WINDOW_S + 1;
    for (uint64_t at = from; at <= second; at++) {
        entry->promised[at % DIRECTORY_WINDOW_S] = 0;
        entry->arrived_at[at % DIRECTORY_WINDOW_S] = arrived;
    }
    if (second > entry->second)
        entry->second = second;
}

// Tickets of the last minute whose people have not come yet, as far as counting can tell.
static uint32_t entry_expected(const struct directory_entry *entry)
{
    uint64_t promised = 0;
    for (int i = 0; i < DIRECTORY_WINDOW_S; i++)
        promised += entry->promised[i];
    uint64_t before = entry->arrived_at[(entry->second + 1) % DIRECTORY_WINDOW_S];
    uint64_t came = atomic_load_explicit(&entry->arrived, memory_order_relaxed) - before;
    return promised > came ? (uint32_t)(promised - came) : 0;
}

bool directory_choose(struct directory *directory, uint32_t wanted, uint64_t now_us, uint32_t *out,
                      struct error *err)
{
    if (wanted > DIRECTORY_NUMBERS)
        return fail(err, ERR_NOT_FOUND, "there is no instance %u; leave it out to be given one",
                    wanted);
    uint64_t second = now_us / 1000000;
    uint32_t best = 0, best_people = 0;
    for (uint32_t number = 1; number <= DIRECTORY_NUMBERS; number++) {
        struct directory_entry *entry = &directory->entries[number - 1];
        if (wanted && number != wanted)
            continue;
        entry_advance(entry, second);
        uint32_t people =
            atomic_load_explicit(&entry->people, memory_order_relaxed) + entry_expected(entry);
        if (people < directory->capacity && (!best || people > best_people))
            best = number, best_people = people;
    }
    if (!best && wanted)
        return fail(err, ERR_LIMIT, "instance %u is full", wanted);
    if (!best)
        return fail(err, ERR_LIMIT, "every instance of this world is full; try again in a minute");
    directory->entries[best - 1].promised[second % DIRECTORY_WINDOW_S]++;
    *out = best;
    return true;
}

void directory_publish(struct directory *directory, uint32_t number, uint32_t people)
{
    ASSERT(number >= 1 && number <= DIRECTORY_NUMBERS);
    atomic_store_explicit(&directory->entries[number - 1].people, people, memory_order_relaxed);
}

void directory_arrived(struct directory *directory, uint32_t number)
{
    ASSERT(number >= 1 && number <= DIRECTORY_NUMBERS);
    atomic_fetch_add_explicit(&directory->entries[number - 1].arrived, 1, memory_order_relaxed);
}

uint32_t directory_people(const struct directory *directory)
{
    uint32_t people = 0;
    for (int i = 0; i < DIRECTORY_NUMBERS; i++)
        people += atomic_load_explicit(&directory->entries[i].people, memory_order_relaxed);
    return people;
}
