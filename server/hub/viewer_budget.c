// A bucket of bytes that fills at the budget's rate up to a second's worth. While it is overdrawn,
// each choice of levels goes a step down: fewer people at the middle level, then none, then fewer
// near ones, down to the nearest cell, and then far cells are skipped and given whole when there is
// room again. A bucket nearly full for some seconds goes a step up; when that turns out to be too
// much, the next try waits twice as long, so that a crowd at the edge of the budget does not swing.

#include "hub/viewer_internal.h"

enum { PATIENCE_LEAST_TICKS = 4 * TICKS_PER_SECOND, PATIENCE_MOST_TICKS = 60 * TICKS_PER_SECOND };

void viewer_budget_init(struct viewer *viewer, uint32_t tick)
{
    viewer->credit_bytes = viewer->settings.bytes_per_second;
    viewer->credit_tick = tick;
    viewer->thrift_patience_ticks = PATIENCE_LEAST_TICKS;
    viewer->thrift_changed_tick = tick;
}

void viewer_budget_earn(struct viewer *viewer, uint32_t tick)
{
    int64_t rate = viewer->settings.bytes_per_second;
    int64_t ticks = (int32_t)(tick - viewer->credit_tick);
    viewer->credit_tick = tick;
    if (ticks < 0 || ticks > TICKS_PER_SECOND)
        ticks = TICKS_PER_SECOND;
    viewer->credit_bytes += rate * ticks / TICKS_PER_SECOND;
    if (viewer->credit_bytes > rate)
        viewer->credit_bytes = rate;
}

void viewer_budget_spend(struct viewer *viewer, size_t bytes)
{
    viewer->credit_bytes -= (int64_t)bytes;
}

void viewer_budget_adjust(struct viewer *viewer, uint32_t tick)
{
    int64_t rate = viewer->settings.bytes_per_second;
    uint32_t unchanged_ticks = tick - viewer->thrift_changed_tick;
    if (viewer->credit_bytes < 0) {
        if (viewer->thrift == THRIFT_MOST)
            return;
        viewer->thrift++;
        viewer->thrift_changed_tick = tick;
        if (viewer->thrift_patience_ticks < PATIENCE_MOST_TICKS)
            viewer->thrift_patience_ticks *= 2;
    } else if (unchanged_ticks >= viewer->thrift_patience_ticks &&
               viewer->credit_bytes > rate * 3 / 4) {
        viewer->thrift_changed_tick = tick;
        if (viewer->thrift > 0)
            viewer->thrift--;
        else
            viewer->thrift_patience_ticks = PATIENCE_LEAST_TICKS;
    }
}

uint32_t viewer_budget_middle_people(const struct viewer *viewer)
{
    static const uint32_t quarters[] = {4, 2, 1};
    uint32_t thrift = viewer->thrift;
    return thrift < 3 ? (uint32_t)((uint64_t)viewer->settings.middle_people * quarters[thrift] / 4)
                      : 0;
}

uint32_t viewer_budget_near_people(const struct viewer *viewer)
{
    uint32_t quarters = viewer->thrift <= 3 ? 4 : THRIFT_MOST - viewer->thrift;
    return (uint32_t)((uint64_t)viewer->settings.near_people * quarters / 4);
}

bool viewer_budget_skips_far(const struct viewer *viewer)
{
    return viewer->thrift == THRIFT_MOST && viewer->credit_bytes < 0;
}
