// section: what the writer and the reader of sections share. For wire/ only.
//
//   head 8: level 2 | op 2 | 0 4     key 24     sequence 8     length: LEB128, 1 to 3 bytes body
//   body:   slot_count 16 | y_base 16 | y_bits 5 | one record for each slot
#pragma once

#include "wire/codec.h"

enum {
    SECTION_LEVEL_BITS = 2,
    SECTION_OP_BITS = 2,
    SECTION_GONE_BYTES = 4,
    SECTION_LENGTH_BYTES_MAX = 3,
    SECTION_HEAD_BYTES_MAX = 8,
    SECTION_BODY_BYTES_MAX = (1 << 21) - 1, // what three bytes of LEB128 hold

    SLOT_COUNT_BITS = 16,
    Y_BASE_BITS = 16,
    Y_BITS_BITS = 5,
    Y_BITS_MAX = 16,
    BODY_HEADER_BITS = SLOT_COUNT_BITS + Y_BASE_BITS + Y_BITS_BITS,

    ID_BITS = 24,
    KIND_BITS = 3,
    LOOK_BITS = 32,
    YAW_BITS = 8,
    POSE_BITS = 6,
    FLAGS_BITS = 8,
    // A delta's TAKE, described, with flags, in the root cell: 3 control bits, the entry, the
    // state.
    SLOT_BITS_MAX = 3 + ID_BITS + 1 + KIND_BITS + LOOK_BITS + 2 * WIRE_GROUND_EXPONENT +
                    Y_BITS_MAX + YAW_BITS + POSE_BITS + 1 + FLAGS_BITS,
};

_Static_assert((BODY_HEADER_BITS + (uint64_t)WIRE_SLOTS_MAX * SLOT_BITS_MAX + 7) / 8 <=
                   SECTION_BODY_BYTES_MAX,
               "the fullest cell fits into a section");
