#include "swarm/totals.h"

static uint64_t most(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static uint64_t earliest(uint64_t a, uint64_t b)
{
    return a && (a < b || !b) ? a : b;
}

static uint64_t read64(const _Atomic uint64_t *count)
{
    return atomic_load_explicit(count, memory_order_relaxed);
}

static uint32_t read32(const _Atomic uint32_t *count)
{
    return atomic_load_explicit(count, memory_order_relaxed);
}

static void totals_add_comings(struct totals *totals, const struct tally *tally)
{
    totals->joins += read32(&tally->joins);
    totals->leaves += read32(&tally->leaves);
    totals->cuts += read32(&tally->cuts);
    totals->drops += read32(&tally->drops);
    totals->returned += read32(&tally->returned);
    totals->resumed += read32(&tally->resumed);
    totals->returned_anew += read32(&tally->returned_anew);
    totals->first_drop_us = earliest(totals->first_drop_us, read64(&tally->first_drop_us));
    totals->last_return_us = most(totals->last_return_us, read64(&tally->last_return_us));
}

static void totals_add_burdens(struct totals *totals, const struct tally *tally)
{
    totals->burdens_came += read32(&tally->burdens_came);
    totals->burdens_came_back += read32(&tally->burdens_came_back);
    totals->burdens_there += read32(&tally->burdens_there);
    for (int kind = 0; kind < BURDEN_KINDS; kind++)
        totals->thrown_out[kind] += read32(&tally->thrown_out[kind]);
    totals->hostile_bytes += read64(&tally->hostile_bytes);
}

static void totals_add(struct totals *totals, const struct tally *tally)
{
    for (int i = 0; i < PERSON_STATES; i++)
        totals->people[i] += read32(&tally->people[i]);
    totals->away += read32(&tally->away);
    totals->welcomed += read32(&tally->welcomed);
    totals->rate_refusals += read32(&tally->rate_refusals);
    totals->corrections += read32(&tally->corrections);
    totals->errors += read32(&tally->errors);
    totals->frames += read64(&tally->frames);
    totals->bytes += read64(&tally->bytes);
    totals->updates += read64(&tally->updates);
    totals->moves += read64(&tally->moves);
    totals->bytes_most = most(totals->bytes_most, read64(&tally->bytes_most));
    totals->last_welcome_us = most(totals->last_welcome_us, read64(&tally->last_welcome_us));
    totals->last_news_us = most(totals->last_news_us, read64(&tally->last_news_us));
}

struct totals totals_of(const struct troop *troops, uint32_t count)
{
    struct totals totals = {0};
    for (uint32_t i = 0; i < count; i++) {
        totals_add(&totals, &troops[i].scene.tally);
        totals_add_comings(&totals, &troops[i].scene.tally);
        totals_add_burdens(&totals, &troops[i].scene.tally);
    }
    return totals;
}

uint32_t totals_to_come(const struct totals *totals)
{
    return totals->people[PERSON_WAITING] + totals->people[PERSON_ASKING] +
           totals->people[PERSON_CONNECTING] + totals->people[PERSON_UPGRADING] +
           totals->people[PERSON_GREETING];
}
