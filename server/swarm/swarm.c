#include "swarm/swarm.h"

#include <signal.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "swarm/ground.h"
#include "swarm/report.h"
#include "swarm/run.h"
#include "swarm/settings.h"
#include "swarm/target.h"

enum { EXIT_GOOD, EXIT_NOT_GOOD, EXIT_USAGE };
enum { GET_TIMEOUT_MS = 10000 };

static int end_with(int code, const struct error *why)
{
    fflush(stdout);
    fprintf(stderr, "flux swarm: %s\n", why->text);
    return code;
}

static bool target_find(const struct settings *settings, struct target *out, struct error *err)
{
    if (!target_parse(settings->url, out, err) || !target_resolve(out, settings->insecure, err))
        return error_prefix(err, "--url");
    if (target_is_loopback(out) || settings->allow_remote)
        return true;
    return fail(err, ERR_FORBIDDEN,
                "%.100s is not on this machine: --allow-remote visits it, with the full load of %d "
                "people, so it "
                "must be yours",
                out->url, (int)settings->clients);
}

// What must be known before anyone goes; also the first to notice that there is no server.
static bool world_ask(const struct target *target, const char *world, struct run_plan *plan,
                      struct error *err)
{
    char path[128];
    struct buffer list = {0}, document = {0};
    snprintf(path, sizeof path, "/v1/worlds/%s", world);
    bool good =
        target_get(target, "/v1/worlds", GET_TIMEOUT_MS, &list, err) &&
        ground_read_people((const char *)list.bytes, list.size, world, &plan->strangers, err) &&
        target_get(target, path, GET_TIMEOUT_MS, &document, err) &&
        ground_read_bounds((const char *)document.bytes, document.size, &plan->bounds, err);
    buffer_done(&list);
    buffer_done(&document);
    return good;
}

static void report_print(const struct report *report, bool json)
{
    struct buffer text = {0};
    if (json)
        report_write_json(report, &text);
    else
        report_write_table(report, &text);
    fwrite(text.bytes, 1, text.size, stdout);
    fflush(stdout);
    buffer_done(&text);
}

static int swarm_run(const struct settings *settings, const struct target *target)
{
    struct error err;
    struct run_plan plan = {.settings = settings, .target = target, .pace = run_pace_preset};
    if (!settings_raise_file_limit(settings, &err))
        return end_with(EXIT_USAGE, &err);
    if (!world_ask(target, settings->world, &plan, &err))
        return end_with(EXIT_NOT_GOOD, &err);
    if (!settings_check_memory(settings, run_picture_capacity(&plan), &err))
        return end_with(EXIT_USAGE, &err);
    // Larger than a stack frame should be: it holds a histogram.
    static struct report report;
    bool done = run_perform(&plan, &report, &err);
    report_print(&report, settings->json);
    if (!done)
        return end_with(EXIT_NOT_GOOD, &err);
    return report_is_good(&report) ? EXIT_GOOD : EXIT_NOT_GOOD;
}

static void signals_prepare(void)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); // the run takes them in; threads inherit the mask
    signal(SIGPIPE, SIG_IGN);
}

int swarm_main(int argc, char **argv)
{
    struct arena home;
    struct settings settings;
    struct target target = {0};
    struct error err;
    bool help_wanted;
    int code = EXIT_GOOD;
    arena_init(&home, 4096);
    if (!settings_read(argc, argv, &home, &settings, &help_wanted, &err) ||
        (!help_wanted && !target_find(&settings, &target, &err))) {
        code = end_with(EXIT_USAGE, &err);
    } else if (help_wanted) {
        swarm_write_help();
    } else {
        signals_prepare();
        code = swarm_run(&settings, &target);
    }
    target_done(&target);
    arena_done(&home);
    return code;
}

void swarm_write_help(void)
{
    struct buffer text = {0};
    settings_write_help(&text);
    fwrite(text.bytes, 1, text.size, stdout);
    buffer_done(&text);
}
