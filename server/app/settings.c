#include "app/settings.h"

#include <string.h>

#include "base/log.h"

static bool check_log_level(const char *text, struct error *err)
{
    enum log_level level;
    return log_level_parse(text, &level) ||
           fail(err, ERR_INVALID, "must be debug, info, warn or error");
}

static bool check_origin(const char *text, struct error *err)
{
    bool good = strcmp(text, "*") == 0 || strncmp(text, "https://", 8) == 0 ||
                strncmp(text, "http://", 7) == 0;
    return good || fail(err, ERR_INVALID, "must be an origin such as https://example.org, or *");
}

static bool check_url(const char *text, struct error *err)
{
    bool good = strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0;
    return good || fail(err, ERR_INVALID, "must begin with https:// or http://");
}

static bool check_token(const char *text, struct error *err)
{
    return strlen(text) >= 16 || fail(err, ERR_INVALID, "must have at least 16 characters");
}

#define AT(field) .offset = offsetof(struct settings, field)

const struct option settings_options[] = {
    {"listen", NULL, "ADDRESS", "address and port to listen on", OPTION_TEXT, AT(listen),
     .preset = "localhost:8080"},
    {"data", NULL, "DIR", "folder for what must survive a restart", OPTION_TEXT, AT(data),
     .preset = "data"},
    {"public-url", NULL, "URL", "address that people type, for link previews behind a proxy",
     OPTION_TEXT, AT(public_url), .check = check_url},
    {"tls-cert", NULL, "FILE", "certificate chain (PEM); serves https and wss; reloaded on SIGHUP",
     OPTION_TEXT, AT(tls_cert)},
    {"tls-key", NULL, "FILE", "private key of the certificate (PEM)", OPTION_TEXT, AT(tls_key)},
    {"trust-proxy", NULL, "CIDR", "proxies whose X-Forwarded-* headers are believed", OPTION_LIST,
     AT(trust_proxy)},
    {"allow-origin", NULL, "ORIGIN", "other sites whose pages may connect, or *", OPTION_LIST,
     AT(allow_origin), .check = check_origin},
    {"frame-ancestors", NULL, "ORIGIN", "other sites that may show this one in a frame, or *",
     OPTION_LIST, AT(frame_ancestors), .check = check_origin},
    {"operator-token", NULL, "TOKEN",
     "bearer token for operators' calls (kick); none: those calls are off", OPTION_TEXT,
     AT(operator_token), .check = check_token},
    {"connections-max", NULL, "N", "connections at once, over all addresses", OPTION_NUMBER,
     AT(connections_max), .preset = "16000", .least = 16, .most = 1000000},
    {"connections-per-address", NULL, "N",
     "connections at once from one address (an IPv6 /64 is one)", OPTION_NUMBER,
     AT(connections_per_address), .preset = "200", .least = 1, .most = 1000000},
    {"guests-per-minute", NULL, "N", "new guests from one address", OPTION_NUMBER,
     AT(guests_per_minute), .preset = "60", .least = 1, .most = 1000000},
    {"requests-per-second", NULL, "N", "HTTP requests from one address", OPTION_NUMBER,
     AT(requests_per_second), .preset = "100", .least = 1, .most = 1000000},
    {"no-address-limits", NULL, NULL, "lift the three limits per address (for load tests)",
     OPTION_SWITCH, AT(no_address_limits)},
    {"bytes-per-second", NULL, "N", "state sent to one person at most", OPTION_NUMBER,
     AT(bytes_per_second), .preset = "64000", .least = 4000, .most = 10000000},
    {"shards", NULL, "N", "threads that own people's sockets; 0: by the number of cores",
     OPTION_NUMBER, AT(shards), .preset = "0", .least = 0, .most = 8},
    {"drain-seconds", NULL, "N", "how long a stop waits for people to be told", OPTION_NUMBER,
     AT(drain_seconds), .preset = "5", .least = 0, .most = 9},
    {"reconnect-ms", NULL, "N",
     "when people are asked to come back after a stop (up to twice that)", OPTION_NUMBER,
     AT(reconnect_ms), .preset = "1000", .least = 1, .most = 600000},
    {"record-minutes", NULL, "N",
     "remember the last minutes of every instance, for operators to keep; 0: nothing",
     OPTION_NUMBER, AT(record_minutes), .preset = "0", .least = 0, .most = 1440},
    {"record-mb", NULL, "N", "memory that those minutes may take", OPTION_NUMBER, AT(record_mb),
     .preset = "64", .least = 1, .most = 65536},
    {"record-words", NULL, NULL, "record chat and emotes too; tell your people when you do",
     OPTION_SWITCH, AT(record_words)},
    {"recordings-mb", NULL, "N", "disk that DATA/recordings may take", OPTION_NUMBER,
     AT(recordings_mb), .preset = "1024", .least = 1, .most = 100000000},
    {"log-level", NULL, "LEVEL", "debug, info, warn or error", OPTION_TEXT, AT(log_level),
     .preset = "info", .check = check_log_level},
    {0},
};

bool settings_check(const struct settings *settings, struct error *err)
{
    if (settings->tls_cert && !settings->tls_key)
        return fail(err, ERR_INVALID, "--tls-cert needs --tls-key as well");
    if (settings->tls_key && !settings->tls_cert)
        return fail(err, ERR_INVALID, "--tls-key needs --tls-cert as well");
    return true;
}
