#include "hub/puppets.h"

#include "base/assert.h"

void puppets_init(struct puppets *puppets, uint32_t index_end)
{
    ASSERT(index_end <= UINT16_MAX);
    *puppets = (struct puppets){.index_end = index_end};
    if (index_end == 0)
        return;
    puppets->by_index = calloc(index_end, sizeof *puppets->by_index);
    ASSERT(puppets->by_index);
}

void puppets_done(struct puppets *puppets)
{
    free(puppets->by_index);
    *puppets = (struct puppets){0};
}

struct puppet *puppets_place(const struct puppets *puppets, uint32_t id)
{
    uint32_t index = id & UINT16_MAX;
    ASSERT(index > 0 && puppets_own_index(puppets, index));
    return &puppets->by_index[index];
}

const struct puppet *puppets_find(const struct puppets *puppets, uint32_t id)
{
    uint32_t index = id & UINT16_MAX;
    if (id == 0 || !puppets_own_index(puppets, index) || puppets->by_index[index].id != id)
        return NULL;
    return &puppets->by_index[index];
}

const struct puppet *puppets_after(const struct puppets *puppets, uint32_t index)
{
    for (uint32_t i = index + 1; i < puppets->index_end; i++)
        if (puppets->by_index[i].id != 0)
            return &puppets->by_index[i];
    return NULL;
}
