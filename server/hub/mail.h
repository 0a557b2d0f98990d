// mail: what shard threads and the tick thread say to each other, through single-producer rings.
//
// An order goes from a shard to the tick thread, a notice the other way. Moves and frames travel by
// value or as a borrowed pointer; rarer things (joins, words, texts) are heap blocks whose
// ownership goes with the message.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ring.h"
#include "hub/instance.h"
#include "hub/ticket.h"

enum {
    HUB_SHARDS_MAX = 8,
    HUB_INSTANCES_MAX = 64, // open at once, over all worlds
    HUB_CHAT_CHARACTERS_MAX = 500,
    HUB_PROFILES_MAX = 64, // in one question
    MAIL_ORDERS = 16384,   // waiting from one shard: a tick's worth of 10,000 people, and more
    MAIL_NOTICES = 8192,
    MAIL_RETURNS = 4096,
    MAIL_STREAMS = 4096,
};

// A connection by shard, place in its table, and generation: never 0, never used again.
static inline uint64_t connection_handle(uint32_t shard, uint32_t slot, uint32_t generation)
{
    return (uint64_t)(shard + 1) << 56 | (uint64_t)slot << 32 | generation;
}

static inline uint32_t connection_shard(uint64_t handle)
{
    return (uint32_t)(handle >> 56) - 1;
}

static inline uint32_t connection_slot(uint64_t handle)
{
    return (uint32_t)(handle >> 32) & 0xffffff;
}

static inline uint32_t connection_generation(uint64_t handle)
{
    return (uint32_t)handle;
}

// --- orders: shard to tick thread
// ------------------------------------------------------------------------

struct order_join {
    struct ticket ticket;
    uint64_t connection;
};

enum word_kind { WORD_CHAT, WORD_EMOTE, WORD_PROFILES, WORD_PROFILE };

struct word {
    enum word_kind kind;
    uint64_t connection;
    union {
        struct {
            bool to_all;
            char *text; // clean; owned
        } chat;
        uint32_t emote; // index into hub_emotes
        struct {
            uint32_t count;
            uint32_t ids[HUB_PROFILES_MAX];
        } profiles;
        struct {
            bool has_name, has_look;
            char name[HUB_NAME_BYTES];
            uint32_t look;
        } profile;
    };
};

enum order_kind { ORDER_JOIN, ORDER_MOVE, ORDER_WORD, ORDER_LINGER, ORDER_LEAVE };

struct order {
    enum order_kind kind;
    uint16_t instance; // place in the tick thread's table, from NOTICE_JOINED
    entity_id entity;
    union {
        struct order_join *join; // owned
        struct word *word;       // owned
        struct wire_move move;
        uint64_t connection; // LINGER
    };
};

// --- notices: tick thread to shard
// ------------------------------------------------------------------------

struct notice_joined {
    uint64_t connection;
    uint16_t instance;
    uint32_t number; // of the instance, as people see it
    uint32_t people;
    struct instance_joined joined;
    int32_t earshot_cm;
    uint32_t speed_max_cm_s;
};

struct notice_refused {
    uint64_t connection;
    struct error error;
};

// One text for many: each shard gets a parcel of its own and frees it.
struct parcel {
    bool everyone; // in the instance; else the listed connections
    uint32_t count, capacity;
    uint64_t *connections;
    size_t size;
    char *text;
};

struct notice_close {
    uint64_t connection;
    uint16_t code;
    char reason[112];
};

enum notice_kind {
    NOTICE_FRAME,
    NOTICE_JOINED,
    NOTICE_REFUSED,
    NOTICE_PARCEL,
    NOTICE_CLOSE,
    NOTICE_CORRECT
};

struct notice {
    enum notice_kind kind;
    uint16_t instance;
    union {
        const struct frame *frame;      // to be returned
        struct notice_joined *joined;   // owned
        struct notice_refused *refused; // owned
        struct parcel *parcel;          // owned
        struct notice_close *close;     // owned
        struct {
            uint64_t connection;
            uint16_t sequence;
            struct wire_state at;
        } correct;
    };
};

struct frame_return {
    uint16_t instance;
    const struct frame *frame;
};

// The rings between one shard and the tick thread.
struct mailbox {
    struct ring orders;  // struct order, shard to ticker
    struct ring returns; // struct frame_return, shard to ticker
    struct ring notices; // struct notice, ticker to shard
};

void mailbox_init(struct mailbox *mailbox);
void mailbox_done(struct mailbox *mailbox); // frees what is still inside

void word_free(struct word *word);
void parcel_free(struct parcel *parcel);
void order_free(struct order *order);
void notice_free(struct notice *notice);

extern const char *const hub_emotes[];
enum { HUB_EMOTES = 12 };
