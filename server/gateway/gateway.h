// gateway: the HTTP front: which handler answers which request, and who may ask how often.
//
// Owner:  the HTTP library's one thread, which calls gateway_admit(), gateway_body_bytes_max() and
//         gateway_on_request(); gateway_set_ready() may be called from any thread.
// Memory: what it serves is made at creation and lives until gateway_destroy(), so destroy http
// first.
//
//   http_settings = {.admit = gateway_admit, .body_bytes_max = gateway_body_bytes_max,
//                    .on_request = gateway_on_request, .context = gateway, …}
//   (.is_trusted takes the same context: gateway_is_trusted() asks settings.is_trusted.)
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/error.h"
#include "net/http.h"

struct gateway;
struct world_shelf;
struct asset;
struct recorder;
struct player;

struct gateway_guest {
    const char *world, *name; // the name is clean
    uint32_t look;
    uint32_t instance; // 0: any
    uint8_t spawn;     // 1 and its place in the world's list; 0: any
};

enum { GATEWAY_TICKET_BYTES = 1024 };

struct gateway_admission {
    char ticket[GATEWAY_TICKET_BYTES];
    uint32_t instance;
    uint32_t expires_in_s;
};

// What the gateway asks of the hub: app fills it with calls of hub/hub.h.
struct gateway_hub {
    // ERR_NOT_FOUND, ERR_LIMIT, ERR_UNAVAILABLE.
    bool (*admit_guest)(void *context, const struct gateway_guest *guest,
                        struct gateway_admission *out, struct error *err);
    uint32_t (*people)(void *context, const char *world);
    // False when the order could not be queued.
    bool (*kick)(void *context, const char *world, uint32_t instance, uint32_t entity,
                 const char *reason);
    void *context;
};

// Everything that is pointed to is borrowed for the gateway's life.
struct gateway_settings {
    struct gateway_hub hub;
    const struct world_shelf *shelf;
    struct recorder *recorder; // NULL: nothing is recorded
    struct player *player;     // NULL: nothing is replayed
    const struct clock *clock;

    const char *site_name;              // in titles and link previews
    const char *public_url;             // "https://flux.example"; NULL: as each request's Host
    const char *operator_token;         // NULL: the operator's routes do not exist
    const char *const *allowed_origins; // whose pages may use /v1; "*": all
    size_t allowed_origin_count;
    const char *const *frame_ancestors; // whose pages may show ours in a frame, beside our own
    size_t frame_ancestor_count;

    double requests_per_s, requests_burst; // of one address (IPv6: of a /64); 0: no limit
    double guests_per_minute, guests_burst;
    uint32_t addresses_max; // remembered by each of the two limits

    // For gateway_is_trusted(); NULL: nobody is.
    bool (*is_trusted)(void *context, const struct address *peer);
    void *trust_context;

    // The client's files, ordered by path; preset: those built in.
    const struct asset *client;
    size_t client_count;
};

void gateway_settings_preset(struct gateway_settings *settings);
void gateway_register_metrics(void);

// ERR_INVALID for a public_url, origin or number that cannot be; names it.
MUST_CHECK struct gateway *gateway_create(const struct gateway_settings *settings,
                                          struct error *err);
void gateway_destroy(struct gateway *gateway);

// Not ready at first ("starting"). Once it was, false means "draining": /health/ready answers 503
// and no guest is let in.
void gateway_set_ready(struct gateway *gateway, bool ready);

// For struct http_settings: `gateway` is the context.
bool gateway_admit(void *gateway, const struct address *peer);
size_t gateway_body_bytes_max(void *gateway, const char *method, const char *path);
void gateway_on_request(void *gateway, const struct http_request *request,
                        struct http_response *response);
bool gateway_is_trusted(void *gateway, const struct address *peer);
