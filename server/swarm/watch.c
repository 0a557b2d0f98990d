#include "swarm/watch.h"

void track_sent(struct track *track, int32_t x_cm, int32_t z_cm, uint64_t now_us)
{
    uint32_t last = (track->next - 1) % TRACK_PLACES;
    if (track->next != track->first && track->places[last].x_cm == x_cm &&
        track->places[last].z_cm == z_cm)
        return;
    uint32_t at = track->next++ % TRACK_PLACES;
    track->places[at].x_cm = x_cm;
    track->places[at].z_cm = z_cm;
    track->places[at].sent_us = now_us;
    if (track->next - track->first > TRACK_PLACES)
        track->first = track->next - TRACK_PLACES;
}

void track_clear(struct track *track)
{
    track->first = track->next;
}

void sight_lose(struct sight *sight)
{
    sight->known = false;
}

static bool is_place(const struct track *track, uint32_t number, int32_t x_cm, int32_t z_cm)
{
    uint32_t at = number % TRACK_PLACES;
    return track->places[at].x_cm == x_cm && track->places[at].z_cm == z_cm;
}

// The mover's place is known anew. A mover may have been there before: it is the last time that
// counts, so that what was walked since is not taken for news.
static void sight_find(struct sight *sight, const struct track *track, int32_t x_cm, int32_t z_cm)
{
    for (uint32_t i = track->next; i != track->first; i--)
        if (is_place(track, i - 1, x_cm, z_cm)) {
            *sight = (struct sight){.seen = i, .known = true};
            return;
        }
}

void sight_see(struct sight *sight, const struct track *track, int32_t x_cm, int32_t z_cm,
               uint64_t now_us, uint64_t since_us, uint64_t until_us, struct latency *latency)
{
    if (!sight->known) {
        sight_find(sight, track, x_cm, z_cm);
        return;
    }
    uint32_t from =
        sight->seen - track->first <= track->next - track->first ? sight->seen : track->first;
    uint32_t found = from;
    while (found != track->next && !is_place(track, found, x_cm, z_cm))
        found++;
    if (found == track->next)
        return;
    for (uint32_t i = from; i != found + 1; i++) {
        uint64_t sent_us = track->places[i % TRACK_PLACES].sent_us;
        if (sent_us >= since_us && sent_us < until_us)
            latency_add(latency, now_us - sent_us);
    }
    sight->seen = found + 1;
}

void watcher_look(struct watcher *watcher, const struct picture *picture, uint64_t now_us,
                  uint64_t since_us, uint64_t until_us, struct latency *latency)
{
    const struct picture_rows *rows = picture_rows(picture);
    for (int i = 0; i < WATCHED_MAX; i++) {
        struct watched *watched = &watcher->watched[i];
        if (!watched->mover)
            continue;
        uint32_t row = picture_find(picture, watched->mover);
        if (row == UINT32_MAX || rows->level[row] != WIRE_NEAR) {
            sight_lose(&watched->sight);
            continue;
        }
        const int32_t *exact = &rows->exact[4 * (size_t)row];
        sight_see(&watched->sight, watched->track, exact[0], exact[2], now_us, since_us, until_us,
                  latency);
    }
}
