// words: what people say and show to each other, and who gets it: chat, emotes, profiles, presence.
//
// Tick thread only. The connection's own limits were applied by its shard (allowance.c); the limit
// on chat to a whole instance is here.
#pragma once

#include <stdint.h>

#include "hub/hub.h"
#include "hub/mail.h"

struct ticker;
struct ticker_instance;

void words_take(struct ticker *ticker, struct ticker_instance *here, uint16_t place,
                entity_id speaker, const struct word *word, uint64_t now_us);

// For struct hub_scene: what a puppet says, to those who stand near it or to all.
void words_of_puppet(const struct hub_scene *scene, entity_id puppet, bool to_all,
                     const char *text);

// Tells everyone how many are here, when that changed and at most every two seconds.
void words_presence(struct ticker *ticker, struct ticker_instance *here, uint16_t place,
                    uint64_t now_us);
