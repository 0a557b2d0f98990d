// settings: everything an operator can set for `flux serve`, in one struct and one table.
#pragma once

#include "base/option.h"

struct settings {
    const char *listen, *data;
    const char *tls_cert, *tls_key;
    struct option_list trust_proxy, allow_origin, frame_ancestors;
    const char *public_url, *operator_token;
    bool no_address_limits;
    int64_t connections_per_address, guests_per_minute, requests_per_second;
    int64_t connections_max, shards, bytes_per_second, reconnect_ms, drain_seconds;
    int64_t record_minutes, record_mb, recordings_mb;
    bool record_words;
    const char *log_level;
};

extern const struct option settings_options[];

// Options that must agree with each other. ERR_INVALID names both.
MUST_CHECK bool settings_check(const struct settings *settings, struct error *err);
