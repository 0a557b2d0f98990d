// codec: the binary protocol of state, as docs/protocol.md states it. Freestanding: no libc, no
// allocation, no floating point. The same source runs in the server, in the swarm and, as
// WebAssembly, in the clients: there is no second codec.
//
// Ticks are serial numbers, compared by their wrapped difference: they may pass 2^32.
//
// Writers assert nothing and trust their caller's limits; readers trust nothing: any bytes give
// either a value in range or a refusal, and no byte outside [bytes, bytes + size) is read.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WIRE_VERSION = 1 };

// The ground of an instance is a square of 2^18 cm centred on the origin: every coordinate on the
// wire is in [-131072, 131071] cm. Quadtree cells halve it, down to 2^8 cm.
enum {
    WIRE_GROUND_EXPONENT = 18,
    WIRE_DEPTH_MAX = 10,
    WIRE_COORDINATE_MIN_CM = -131072,
    WIRE_COORDINATE_MAX_CM = 131071,
    WIRE_POSES = 64,
    WIRE_KINDS = 8,
    WIRE_SLOTS_MAX = 65535, // in one cell
};

// How near a cell is to whoever watches it: how often it is sent and how finely.
enum wire_level { WIRE_NEAR, WIRE_MIDDLE, WIRE_FAR, WIRE_LEVELS };

// Ticks between two encodings of a changed cell at each level.
extern const uint8_t wire_level_period[WIRE_LEVELS]; // 1, 4, 20
// Positions are in units of 2^exponent cm: 1, 8 and 32 cm; a decoded one is the unit's middle.
extern const uint8_t wire_level_exponent[WIRE_LEVELS]; // 0, 3, 5
// Yaw is in units of 2^shift of 256ths of a turn: 1, 4, 16.
extern const uint8_t wire_level_yaw_shift[WIRE_LEVELS]; // 0, 2, 4

enum wire_frame_kind { WIRE_KIND_FRAME = 0x01, WIRE_KIND_MOVE = 0x10 };

// Set in a frame that starts anew: forget every cell before reading its sections.
enum { WIRE_FRAME_RESET = 1 };

enum wire_result { WIRE_DONE, WIRE_BAD };

// What is sent of an entity each time it changes.
struct wire_state {
    int32_t x_cm, z_cm; // right-handed, y up; see docs/protocol.md
    int16_t y_cm;
    uint8_t yaw;   // 256ths of a turn about +y; 0 looks along -z, 64 along -x
    uint8_t pose;  // below WIRE_POSES
    uint8_t flags; // bit 0 speaking, 1 hand raised, 2 away, 3 client is a phone, 4 in VR
};

// Who an entity is: sent with every whole cell, and with news of it while it is young.
struct wire_identity {
    uint32_t id;   // 24 bits: index (16) and generation (8, high); 0 is nobody
    uint8_t kind;  // 0 person; below WIRE_KINDS
    uint32_t look; // appearance code of a person
};

// A place in a cell. Places keep their number while their entity stays in the cell. A place that
// was LEFT keeps its identity until it is taken again: the news of the leaving names who left.
enum wire_slot_use { WIRE_SLOT_NEVER, WIRE_SLOT_TAKEN, WIRE_SLOT_MOVED_ON, WIRE_SLOT_LEFT };

struct wire_slot {
    struct wire_state state;
    struct wire_identity identity;
    uint8_t use;              // enum wire_slot_use; MOVED_ON: to another cell; LEFT: the instance
    uint32_t described_until; // news of this entity carries its identity through this tick
    uint32_t member_tick;     // when the slot was last taken or emptied
    uint32_t changed_tick;    // when the state last changed (taking counts)
};

// --- moves: client to server, WIRE_MOVE_BYTES
// ----------------------------------------------------------
enum { WIRE_MOVE_BYTES = 14 };

struct wire_move {
    uint16_t sequence;
    struct wire_state state;
};

void wire_move_write(const struct wire_move *move, uint8_t out[WIRE_MOVE_BYTES]);
enum wire_result wire_move_read(const uint8_t *bytes, size_t size, struct wire_move *out);

// --- cells
// ---------------------------------------------------------------------------------------------- A
// cell's key is (1 << 2 * depth) | morton, where morton interleaves the column's bits (even places)
// and the row's (odd places): the root is 1, the children of k are 4k .. 4k + 3.
struct wire_cell {
    int32_t x_cm, z_cm; // least corner
    uint8_t exponent;   // the side is 2^exponent cm
};

bool wire_key_is_valid(uint32_t key);
struct wire_cell wire_key_cell(uint32_t key); // valid keys only
unsigned wire_key_depth(uint32_t key);
// The key at `depth` whose cell holds the point; the point must be on the ground.
uint32_t wire_key_at(int32_t x_cm, int32_t z_cm, unsigned depth);

// --- sections: server to client, the content of a frame
// --------------------------------------------------
enum wire_op { WIRE_DELTA, WIRE_FULL, WIRE_GONE };

// The most bytes a section of `slot_count` slots can take, and what writers overwrite beyond them.
size_t wire_section_bytes_max(uint32_t slot_count);

// Whole cell at a level: every taken slot. `sequence` is that of the level's last delta.
// Returns the bytes written; `out` holds wire_section_bytes_max(slot_count).
size_t wire_full_write(uint32_t key, enum wire_level level, uint8_t sequence,
                       const struct wire_slot *slots, uint32_t slot_count, uint8_t *out);

// What changed after tick `since` (exclusive), as seen at tick `now`; 0 when nothing did.
size_t wire_delta_write(uint32_t key, enum wire_level level, uint8_t sequence, uint32_t since,
                        uint32_t now, const struct wire_slot *slots, uint32_t slot_count,
                        uint8_t *out);

size_t wire_gone_write(uint32_t key, uint8_t *out);

// --- frames
// -----------------------------------------------------------------------------------------------
enum { WIRE_FRAME_HEADER_BYTES = 6 };

void wire_frame_header_write(uint8_t flags, uint32_t tick, uint8_t out[WIRE_FRAME_HEADER_BYTES]);

struct wire_frame {
    uint8_t flags;
    uint32_t tick;
    const uint8_t *rest; // sections not read yet
    size_t rest_size;
};

enum wire_result wire_frame_read(const uint8_t *bytes, size_t size, struct wire_frame *out);

struct wire_section {
    enum wire_op op;
    enum wire_level level;
    uint8_t sequence;
    uint32_t key;
    const uint8_t *body; // empty for WIRE_GONE
    size_t body_size;
};

// Takes the next section off the frame; call while rest_size is not 0.
enum wire_result wire_section_read(struct wire_frame *frame, struct wire_section *out);

// One thing that a section says. For a full: one TAKE for each entity.
enum wire_change_kind { WIRE_TAKE, WIRE_UPDATE, WIRE_MOVE_ON, WIRE_LEAVE };

struct wire_change {
    enum wire_change_kind kind;
    uint32_t slot;
    bool described;                // identity.kind and .look are meant (TAKE only)
    struct wire_identity identity; // .id for TAKE and LEAVE
    struct wire_state state;       // TAKE and UPDATE
};

// Reads a section's body change by change. A bad body may be noticed only at its end: whoever must
// not act on half a section walks it twice.
struct wire_reader {
    const uint8_t *bytes;
    size_t size, bit;
    struct wire_cell cell;
    enum wire_op op;
    enum wire_level level;
    uint32_t slot_count, slot;
    int32_t y_base_cm;
    uint8_t y_bits;
};

enum wire_next { WIRE_NEXT_CHANGE, WIRE_NEXT_END, WIRE_NEXT_BAD };

enum wire_result wire_reader_open(struct wire_reader *reader, const struct wire_section *section);
enum wire_next wire_reader_next(struct wire_reader *reader, struct wire_change *out);

// What `state` reads as after travelling at `level` in the cell of `key`: for tests and the swarm's
// check.
struct wire_state wire_state_at_level(const struct wire_state *state, uint32_t key,
                                      enum wire_level level);
