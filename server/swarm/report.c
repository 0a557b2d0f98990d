#include "swarm/report.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"

// A thread with less time to spare than this leaves frames waiting before it reads them.
static const double BUSY_SHARE = 0.85;

bool report_is_good(const struct report *report)
{
    return report->connected == report->clients && report->measured_s > 0 &&
           report->check.pictures == report->clients && report->check.missing == 0 &&
           report->check.wrong == 0 && report->check.doubled == 0 && report->check.gone == 0 &&
           report->disconnects == 0 && report->errors == 0;
}

static double a_second(const struct report *report, double count)
{
    return report->measured_s > 0 ? count / report->measured_s : 0;
}

static double bytes_per_client(const struct report *report)
{
    return report->connected ? a_second(report, (double)report->bytes) / report->connected : 0;
}

static uint32_t burdens_of(const struct report *report)
{
    return report->burdens[BURDEN_STALLED] + report->burdens[BURDEN_SLOW] +
           report->burdens[BURDEN_HOSTILE];
}

// Of everyone who was there at once.
static double kb_a_person(const struct report *report, double bytes)
{
    uint32_t people = report->connected + burdens_of(report);
    return people ? bytes / people / 1000 : 0;
}

static double pulse_slots(const struct report *report)
{
    enum { SLOT_US = 50000 };
    return (double)report->pulse_us / SLOT_US;
}

// Three decimals are all that any of these numbers means.
static json_t *real(double value)
{
    char text[64];
    snprintf(text, sizeof text, "%.3f", value);
    return json_real(strtod(text, NULL));
}

static json_t *real_if(bool known, double value)
{
    return known ? real(value) : json_null();
}

static json_t *count_if(bool known, uint64_t value)
{
    return known ? json_integer((json_int_t)value) : json_null();
}

static json_t *latency_json(const struct latency *latency)
{
    bool known = latency->count > 0;
    return json_pack("{s:o, s:o, s:o, s:o}", "p50",
                     real_if(known, latency_quantile_ms(latency, 0.5)), "p90",
                     real_if(known, latency_quantile_ms(latency, 0.9)), "p99",
                     real_if(known, latency_quantile_ms(latency, 0.99)), "max",
                     real_if(known, (double)latency->max_us / 1000));
}

static json_t *burden_json(const struct report *report, enum burden_kind kind)
{
    return json_pack("{s:I, s:I}", "sent", (json_int_t)report->burdens[kind], "thrown_out",
                     (json_int_t)report->thrown_out[kind]);
}

static void set(json_t *json, const char *key, json_t *value)
{
    int result = json_object_set_new(json, key, value);
    ASSERT(result == 0);
}

static void set_comings(json_t *json, const struct report *report)
{
    set(json, "joins", json_integer(report->joins));
    set(json, "leaves", json_integer(report->leaves));
    set(json, "cuts", json_integer(report->cuts));
    set(json, "drops", json_integer(report->drops));
    set(json, "returned", json_integer(report->returned));
    set(json, "resumed", json_integer(report->resumed));
    set(json, "returned_anew", json_integer(report->returned_anew));
    set(json, "return_s", real_if(report->return_s > 0, report->return_s));
    set(json, "stalled", burden_json(report, BURDEN_STALLED));
    set(json, "slow", burden_json(report, BURDEN_SLOW));
    set(json, "garbage", burden_json(report, BURDEN_HOSTILE));
    set(json, "burdens_came_back", json_integer(report->burdens_came_back));
    set(json, "garbage_bytes_per_s", real(a_second(report, (double)report->hostile_bytes)));
}

static void set_memory(json_t *json, const struct report *report)
{
    bool known = report->has_server_memory && report->has_empty_memory;
    double grown = report->server_memory_bytes - report->empty_memory_bytes;
    set(json, "server_kb_per_person", real_if(known, kb_a_person(report, grown)));
    set(json, "socket_kb_per_person",
        real_if(report->has_socket_memory, kb_a_person(report, report->socket_memory_bytes)));
    set(json, "server_rss_left_mb",
        real_if(report->has_left_memory, report->left_memory_bytes / 1e6));
}

static json_t *report_json(const struct report *report)
{
    json_t *json = json_object();
    bool checked = report->check.pictures > 0;
    set(json, "clients_connected", json_integer(report->connected));
    set(json, "connect_s", real(report->connect_s));
    set(json, "frames_per_s", real(a_second(report, (double)report->frames)));
    set(json, "updates_per_s", real(a_second(report, (double)report->updates)));
    set(json, "bytes_per_client_per_s", real(bytes_per_client(report)));
    set(json, "bytes_per_client_per_s_max",
        real_if(report->bytes_most > 0, a_second(report, (double)report->bytes_most)));
    set(json, "latency_ms", latency_json(&report->latency));
    set(json, "enter_ms", latency_json(&report->entry));
    set(json, "checked", json_integer(report->checked));
    set(json, "audited", json_integer(report->audited));
    set(json, "missing", count_if(checked, report->check.missing));
    set(json, "wrong", count_if(checked, report->check.wrong));
    set(json, "double", count_if(checked, report->check.doubled));
    set(json, "gone", count_if(checked, report->check.gone));
    set(json, "strangers", count_if(checked, report->check.strangers));
    set(json, "disconnects", json_integer(report->disconnects));
    set(json, "errors", json_integer(report->errors));
    set(json, "server_cpu_s", real_if(report->has_server_cpu, report->server_cpu_s));
    set(json, "server_rss_mb",
        real_if(report->has_server_memory, report->server_memory_bytes / 1e6));
    set(json, "tick_ms",
        json_pack("{s:o, s:o, s:o}", "p50", real_if(report->has_tick, report->tick_p50_ms), "p99",
                  real_if(report->has_tick, report->tick_p99_ms), "max",
                  real_if(report->has_tick_bound, report->tick_bound_ms)));
    set(json, "tick_slots_max", real_if(report->pulse_us > 0, pulse_slots(report)));
    set(json, "swarm_cpu_s", real(report->swarm_cpu_s));
    set_comings(json, report);
    set_memory(json, report);
    return json;
}

void report_write_json(const struct report *report, struct buffer *out)
{
    json_t *json = report_json(report);
    char *text = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(12));
    ASSERT(text);
    buffer_printf(out, "%s\n", text);
    free(text);
    json_decref(json);
}

static void latency_row(const struct latency *latency, struct buffer *out)
{
    if (latency->count == 0) {
        buffer_printf(out, "  latency            no move was seen by a near neighbour\n");
        return;
    }
    buffer_printf(out,
                  "  latency            p50 %.1f, p90 %.1f, p99 %.1f, max %.1f ms (%" PRIu64
                  " moves seen by near neighbours)\n",
                  latency_quantile_ms(latency, 0.5), latency_quantile_ms(latency, 0.9),
                  latency_quantile_ms(latency, 0.99), (double)latency->max_us / 1000,
                  latency->count);
}

static void check_rows(const struct report *report, struct buffer *out)
{
    const struct check_tally *check = &report->check;
    if (check->pictures == 0) {
        buffer_printf(out, "  pictures           none were checked\n");
        return;
    }
    buffer_printf(out,
                  "  pictures           %" PRIu64 " checked, of %.0f people each: %" PRIu64
                  " missing, %" PRIu64 " wrong, %" PRIu64 " double, %" PRIu64
                  " gone and still shown, %u strangers\n",
                  check->pictures, (double)check->entities / (double)check->pictures,
                  check->missing, check->wrong, check->doubled, check->gone, check->strangers);
    buffer_printf(out,
                  "  of these           %u kept all the time, %u audited at the end, in %.1f s\n",
                  report->checked, report->audited, report->audit_s);
    buffer_printf(out, "  at rest            %.1f s after the last step\n", report->settle_s);
    const struct check_example *first = &check->first;
    if (!first->fault)
        return;
    buffer_printf(out,
                  "  first fault        entity %u in the picture of %u: %s (level %d, last told %u "
                  "ticks before; "
                  "shown at %d %d %d, is at %d %d %d cm)\n",
                  first->entity, first->watcher, first->fault, (int)first->level, first->age_ticks,
                  first->shown[0], first->shown[1], first->shown[2], first->meant[0],
                  first->meant[1], first->meant[2]);
}

static void memory_rows(const struct report *report, struct buffer *out)
{
    if (!report->has_server_memory)
        return;
    buffer_printf(out, "  server memory      %.1f MB", report->server_memory_bytes / 1e6);
    if (report->has_empty_memory)
        buffer_printf(
            out, ": %.1f kB a person",
            kb_a_person(report, report->server_memory_bytes - report->empty_memory_bytes));
    if (report->has_socket_memory)
        buffer_printf(out, ", and %.1f more in sockets (both ends)",
                      kb_a_person(report, report->socket_memory_bytes));
    if (report->has_left_memory)
        buffer_printf(out, "; %.1f MB when all had left", report->left_memory_bytes / 1e6);
    buffer_printf(out, "\n");
}

static void coming_rows(const struct report *report, struct buffer *out)
{
    if (report->entry.count > 0)
        buffer_printf(out, "  coming in          p50 %.0f, p99 %.0f, max %.0f ms for each\n",
                      latency_quantile_ms(&report->entry, 0.5),
                      latency_quantile_ms(&report->entry, 0.99),
                      (double)report->entry.max_us / 1000);
    if (report->churned)
        buffer_printf(out,
                      "  churn              %u left, %u cut their connection, %u came in their "
                      "stead\n",
                      report->leaves, report->cuts, report->joins);
    if (report->returns)
        buffer_printf(out,
                      "  dropped            %u; %u came back with their token (%u as the same "
                      "entity), %u with a new ticket, the last %.1f s after the first drop\n",
                      report->drops, report->returned, report->resumed, report->returned_anew,
                      report->return_s);
}

static void burden_rows(const struct report *report, struct buffer *out)
{
    static const char *const names[] = {"stalled ", "slow    ", "garbage "};
    for (int kind = 0; kind < BURDEN_KINDS; kind++)
        if (report->burdens[kind] > 0)
            buffer_printf(out, "  %s           %u sent, %u times thrown out while measured\n",
                          names[kind], report->burdens[kind], report->thrown_out[kind]);
    if (report->burdens[BURDEN_HOSTILE] > 0)
        buffer_printf(out, "  garbage sent       %.2f MB a second\n",
                      a_second(report, (double)report->hostile_bytes) / 1e6);
}

static void server_rows(const struct report *report, struct buffer *out)
{
    if (report->has_server_cpu && report->measured_s > 0)
        buffer_printf(out, "  server CPU         %.2f s (%.0f %% of a core)\n",
                      report->server_cpu_s, 100 * report->server_cpu_s / report->measured_s);
    memory_rows(report, out);
    if (report->has_tick)
        buffer_printf(out, "  server tick        p50 %.2f, p99 %.2f ms", report->tick_p50_ms,
                      report->tick_p99_ms);
    if (report->has_tick_bound)
        buffer_printf(out, ", the longest not over %.0f", report->tick_bound_ms);
    if (report->has_tick)
        buffer_printf(out, "\n");
    if (report->pulse_us > 0)
        buffer_printf(out, "  longest tick       %.1f slots of 50 ms, as seen here\n",
                      pulse_slots(report));
    if (report->measured_s > 0)
        buffer_printf(out, "  swarm CPU          %.2f s (%.0f %% of a core)\n", report->swarm_cpu_s,
                      100 * report->swarm_cpu_s / report->measured_s);
}

// Latency that is the swarm's own must not pass for the server's.
static void beware_row(const struct report *report, struct buffer *out)
{
    double worked_s = report->thread_worked_s, waited_s = report->thread_waited_s;
    if (report->measured_s == 0 || worked_s + waited_s < BUSY_SHARE * report->measured_s)
        return;
    buffer_printf(out,
                  "  beware             the swarm's busiest thread worked %.0f %% of the time and "
                  "waited %.0f %% for a core: some of the latency is its own; %s\n",
                  100 * worked_s / report->measured_s, 100 * waited_s / report->measured_s,
                  waited_s > worked_s ? "leave it more of this machine"
                                      : "keep fewer pictures (--check) or use more --threads");
}

static void measured_rows(const struct report *report, struct buffer *out)
{
    buffer_printf(out, "  measured           %.1f s\n", report->measured_s);
    buffer_printf(out, "  frames             %.0f a second, %.1f for each client\n",
                  a_second(report, (double)report->frames),
                  report->connected ? a_second(report, (double)report->frames) / report->connected
                                    : 0);
    buffer_printf(out, "  updates            %.0f a second\n",
                  a_second(report, (double)report->updates));
    buffer_printf(out, "  bytes              %.1f kB a second for each client, %.1f at most\n",
                  bytes_per_client(report) / 1000,
                  a_second(report, (double)report->bytes_most) / 1000);
    buffer_printf(out, "  moves              %.0f a second, %u corrected since the start\n",
                  a_second(report, (double)report->moves), report->corrections);
    latency_row(&report->latency, out);
}

void report_write_table(const struct report *report, struct buffer *out)
{
    buffer_printf(out, "\n  clients            %u of %u, in %.1f s", report->connected,
                  report->clients, report->connect_s);
    if (report->arrive_s > 0)
        buffer_printf(out, ", having set out within %.1f", report->arrive_s);
    buffer_printf(out, "\n");
    coming_rows(report, out);
    burden_rows(report, out);
    if (report->measured_s > 0)
        measured_rows(report, out);
    check_rows(report, out);
    buffer_printf(out, "  connections lost   %u\n  errors             %u\n", report->disconnects,
                  report->errors);
    server_rows(report, out);
    beware_row(report, out);
    buffer_printf(out, "  verdict            %s\n", report_is_good(report) ? "good" : "NOT GOOD");
}
