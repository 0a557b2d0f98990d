// record: what the systems of this benchmark say of one person, where they have no words of their
// own. bench/hub/README.md describes the work. Little-endian, as every machine here is.
#pragma once

#include <assert.h>
#include <stdint.h>

enum { RECORD_FRAME_KIND = 1, RECORD_GROUP_PEOPLE = 60, RECORD_SIDE_CM = 6000 };

// Up: one of these is a move. Down: as many as the header says follow it.
struct record {
    uint32_t number; // of the move that brought the person here, unique in the room; 0: none yet
    uint16_t person;
    int16_t x_cm, z_cm;
    uint8_t yaw, pose;
};
static_assert(sizeof(struct record) == 12, "as bench/hub/peers/room.mjs writes it");

struct record_frame {
    uint8_t kind, reserved;
    uint16_t count;
    uint32_t tick;
};
static_assert(sizeof(struct record_frame) == 8, "as bench/hub/peers/room.mjs writes it");
