// hub_metrics: what the hub counts, for /metrics. Updated with relaxed atomics from its threads.
#pragma once

#include "base/metric.h"

extern struct metric hub_clients, hub_instances, hub_people_total, hub_joins, hub_resumes,
    hub_frames, hub_sent_bytes, hub_received_bytes, hub_frames_skipped, hub_resets,
    hub_moves_accepted, hub_moves_dropped, hub_corrections, hub_events_in, hub_events_out,
    hub_event_errors, hub_kicks, hub_lost_notices, hub_refused_joins, hub_stride, hub_late_ticks;
extern struct metric hub_closed_slow, hub_closed_silent, hub_closed_abuse, hub_closed_protocol;
extern struct metric_histogram hub_tick_seconds, hub_send_seconds;
