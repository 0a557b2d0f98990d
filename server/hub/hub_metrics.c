#include "hub/hub_metrics.h"

#include "hub/hub.h"

#define COUNTER(variable, metric_name, metric_labels, text)                                        \
    struct metric variable = {                                                                     \
        .name = metric_name, .labels = metric_labels, .help = text, .kind = METRIC_COUNTER}
#define GAUGE(variable, metric_name, text)                                                         \
    struct metric variable = {.name = metric_name, .labels = "", .help = text, .kind = METRIC_GAUGE}

GAUGE(hub_clients, "flux_hub_clients", "Connections that are in an instance.");
GAUGE(hub_instances, "flux_hub_instances", "Instances open.");
GAUGE(hub_people_total, "flux_hub_people",
      "People in all instances, those whose connection was just lost included.");
GAUGE(hub_stride, "flux_hub_stride",
      "Every how many ticks a person is sent to: 1 unless the machine is short.");
COUNTER(hub_joins, "flux_hub_joins_total", "", "People who entered an instance.");
COUNTER(hub_resumes, "flux_hub_resumes_total", "",
        "Connections that came back as the same entity.");
COUNTER(hub_refused_joins, "flux_hub_refused_joins_total", "",
        "Connections refused before they entered.");
COUNTER(hub_frames, "flux_hub_frames_total", "", "State frames sent.");
COUNTER(hub_sent_bytes, "flux_hub_sent_bytes_total", "",
        "Bytes sent to clients, framing included, TLS not.");
COUNTER(hub_received_bytes, "flux_hub_received_bytes_total", "", "Bytes received from clients.");
COUNTER(hub_frames_skipped, "flux_hub_frames_skipped_total", "",
        "Frames not sent because the client's socket was full.");
COUNTER(hub_resets, "flux_hub_resets_total", "", "Frames that gave a client everything anew.");
COUNTER(hub_moves_accepted, "flux_hub_moves_total", "result=\"accepted\"", "Moves received.");
COUNTER(hub_moves_dropped, "flux_hub_moves_total", "result=\"dropped\"", "Moves received.");
COUNTER(hub_corrections, "flux_hub_corrections_total", "",
        "Moves refused; the client was told its place.");
COUNTER(hub_events_in, "flux_hub_events_received_total", "", "Events (text messages) received.");
COUNTER(hub_events_out, "flux_hub_events_sent_total", "", "Events (text messages) sent.");
COUNTER(hub_event_errors, "flux_hub_event_errors_total", "", "Events answered with an error.");
COUNTER(hub_kicks, "flux_hub_kicks_total", "", "People removed by an operator.");
COUNTER(hub_lost_notices, "flux_hub_lost_notices_total", "",
        "Frames or texts that a shard was too late to take.");
COUNTER(hub_late_ticks, "flux_hub_late_ticks_total", "",
        "Ticks that began more than one slot late.");
COUNTER(hub_closed_slow, "flux_hub_closed_total", "reason=\"slow\"",
        "Connections closed by the hub.");
COUNTER(hub_closed_silent, "flux_hub_closed_total", "reason=\"silent\"",
        "Connections closed by the hub.");
COUNTER(hub_closed_abuse, "flux_hub_closed_total", "reason=\"abuse\"",
        "Connections closed by the hub.");
COUNTER(hub_closed_protocol, "flux_hub_closed_total", "reason=\"protocol\"",
        "Connections closed by the hub.");

struct metric_histogram hub_tick_seconds = {
    .name = "flux_hub_tick_duration_seconds",
    .labels = "",
    .help = "Time the tick thread took for a tick of all instances.",
    .scale = 1e-6,
    .bucket_count = 13,
    .upper = {100, 250, 500, 1000, 2000, 4000, 8000, 15000, 25000, 50000, 100000, 250000, 1000000},
};

struct metric_histogram hub_send_seconds = {
    .name = "flux_hub_send_duration_seconds",
    .labels = "",
    .help = "Time a shard took to compose and send a tick to its clients.",
    .scale = 1e-6,
    .bucket_count = 13,
    .upper = {100, 250, 500, 1000, 2000, 4000, 8000, 15000, 25000, 50000, 100000, 250000, 1000000},
};

void hub_register_metrics(void)
{
    struct metric *all[] = {
        &hub_clients,         &hub_instances,      &hub_people_total,   &hub_stride,
        &hub_joins,           &hub_resumes,        &hub_refused_joins,  &hub_frames,
        &hub_sent_bytes,      &hub_received_bytes, &hub_frames_skipped, &hub_resets,
        &hub_moves_accepted,  &hub_moves_dropped,  &hub_corrections,    &hub_events_in,
        &hub_events_out,      &hub_event_errors,   &hub_kicks,          &hub_lost_notices,
        &hub_late_ticks,      &hub_closed_slow,    &hub_closed_silent,  &hub_closed_abuse,
        &hub_closed_protocol,
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        metric_register(all[i]);
    metric_register_histogram(&hub_tick_seconds);
    metric_register_histogram(&hub_send_seconds);
}
