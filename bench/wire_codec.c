// What the codec costs for each entity: a crowd in cells of 25, everyone moving every tick.
//
// Usage: wire_codec [smoke]. Prints nanoseconds an entity for each work, the best of several
// rounds, and a hash of all that was written and read: a faster run with another hash is another
// program.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/assert.h"
#include "base/clock.h"
#include "base/random.h"
#include "wire/picture.h"

enum { CELL_PEOPLE = 25, CELL_SIDE_EXPONENT = 11, GRID = 128, FRAME_CELLS = 50 };

struct size {
    uint32_t cells, rounds;
};

static const struct size size_real = {400, 30}, size_smoke = {20, 2};

struct crowd {
    uint32_t cell_count, tick;
    uint32_t *keys;
    struct wire_slot *slots; // CELL_PEOPLE for each cell
    uint8_t *sections;       // one room for each cell
    size_t *section_bytes, room_bytes;
    struct random random;
    uint64_t hash;
};

static void hash_add(struct crowd *crowd, uint64_t value)
{
    crowd->hash = (crowd->hash ^ value) * 0x100000001b3u; // FNV-1a, by words
}

static void *room_for(size_t count, size_t size)
{
    void *room = calloc(count, size);
    ASSERT(room);
    return room;
}

static struct crowd crowd_open(uint32_t cell_count)
{
    struct crowd crowd = {.cell_count = cell_count,
                          .tick = 1000,
                          .keys = room_for(cell_count, sizeof(uint32_t)),
                          .slots = room_for(cell_count * CELL_PEOPLE, sizeof(struct wire_slot)),
                          .section_bytes = room_for(cell_count, sizeof(size_t)),
                          .room_bytes = wire_section_bytes_max(CELL_PEOPLE),
                          .hash = 0xcbf29ce484222325u};
    crowd.sections = room_for(cell_count, crowd.room_bytes);
    random_seed(&crowd.random, 1);
    for (uint32_t cell = 0; cell < cell_count; cell++) {
        int32_t x_cm = (int32_t)(cell % GRID << CELL_SIDE_EXPONENT) + WIRE_COORDINATE_MIN_CM;
        int32_t z_cm = (int32_t)(cell / GRID << CELL_SIDE_EXPONENT) + WIRE_COORDINATE_MIN_CM;
        crowd.keys[cell] = wire_key_at(x_cm, z_cm, WIRE_GROUND_EXPONENT - CELL_SIDE_EXPONENT);
        for (uint32_t i = 0; i < CELL_PEOPLE; i++) {
            struct wire_slot *slot = &crowd.slots[cell * CELL_PEOPLE + i];
            slot->use = WIRE_SLOT_TAKEN;
            slot->identity.id = cell * CELL_PEOPLE + i + 1;
            slot->identity.look = (uint32_t)random_u64(&crowd.random);
            slot->member_tick = slot->changed_tick = 1;
        }
    }
    return crowd;
}

static void crowd_close(struct crowd *crowd)
{
    free(crowd->keys);
    free(crowd->slots);
    free(crowd->sections);
    free(crowd->section_bytes);
}

static void crowd_move(struct crowd *crowd)
{
    crowd->tick++;
    for (uint32_t i = 0; i < crowd->cell_count * CELL_PEOPLE; i++) {
        struct wire_cell cell = wire_key_cell(crowd->keys[i / CELL_PEOPLE]);
        struct wire_slot *slot = &crowd->slots[i];
        uint64_t chance = random_u64(&crowd->random);
        slot->state.x_cm = cell.x_cm + (int32_t)(chance & ((1u << CELL_SIDE_EXPONENT) - 1));
        slot->state.z_cm = cell.z_cm + (int32_t)(chance >> 16 & ((1u << CELL_SIDE_EXPONENT) - 1));
        slot->state.y_cm = (int16_t)(chance >> 32 & 127);
        slot->state.yaw = (uint8_t)(chance >> 40);
        slot->state.pose = (uint8_t)(chance >> 48 & 3);
        slot->state.flags = (uint8_t)((chance >> 56 & 7) == 0);
        slot->changed_tick = crowd->tick;
    }
}

typedef void (*work)(struct crowd *crowd, enum wire_level level);

static void encode_full(struct crowd *crowd, enum wire_level level)
{
    for (uint32_t i = 0; i < crowd->cell_count; i++)
        crowd->section_bytes[i] = wire_full_write(crowd->keys[i], level, (uint8_t)crowd->tick,
                                                  crowd->slots + i * CELL_PEOPLE, CELL_PEOPLE,
                                                  crowd->sections + i * crowd->room_bytes);
}

static void encode_delta(struct crowd *crowd, enum wire_level level)
{
    for (uint32_t i = 0; i < crowd->cell_count; i++)
        crowd->section_bytes[i] = wire_delta_write(
            crowd->keys[i], level, (uint8_t)crowd->tick, crowd->tick - 1, crowd->tick,
            crowd->slots + i * CELL_PEOPLE, CELL_PEOPLE, crowd->sections + i * crowd->room_bytes);
}

static void decode(struct crowd *crowd, enum wire_level level)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < crowd->cell_count; i++) {
        struct wire_frame frame = {.rest = crowd->sections + i * crowd->room_bytes,
                                   .rest_size = crowd->section_bytes[i]};
        struct wire_section section;
        struct wire_reader reader;
        struct wire_change change;
        ASSERT(wire_section_read(&frame, &section) == WIRE_DONE);
        ASSERT(wire_reader_open(&reader, &section) == WIRE_DONE);
        while (wire_reader_next(&reader, &change) == WIRE_NEXT_CHANGE)
            sum += (uint64_t)change.state.x_cm * 31 + (uint64_t)change.state.z_cm * 17 +
                   (uint64_t)change.state.y_cm * 7 + change.state.yaw + change.state.pose +
                   change.state.flags;
    }
    hash_add(crowd, sum);
    (void)level;
}

static struct picture *picture;
static uint8_t *frame_bytes;

// Hands all sections to the picture, FRAME_CELLS to a frame.
static void apply(struct crowd *crowd, enum wire_level level)
{
    for (uint32_t i = 0; i < crowd->cell_count; i += FRAME_CELLS) {
        size_t size = WIRE_FRAME_HEADER_BYTES;
        wire_frame_header_write(0, crowd->tick, frame_bytes);
        for (uint32_t j = i; j < crowd->cell_count && j < i + FRAME_CELLS; j++) {
            memcpy(frame_bytes + size, crowd->sections + j * crowd->room_bytes,
                   crowd->section_bytes[j]);
            size += crowd->section_bytes[j];
        }
        ASSERT(picture_apply(picture, frame_bytes, size, (double)crowd->tick) == WIRE_DONE);
    }
    hash_add(crowd, (uint64_t)picture_rows(picture)->exact[0]);
    (void)level;
}

static uint64_t time_of(work run, struct crowd *crowd, enum wire_level level)
{
    uint64_t start_us = clock_now_us(&clock_system);
    run(crowd, level);
    return clock_now_us(&clock_system) - start_us;
}

static void best(uint64_t *best_us, uint64_t us)
{
    if (us < *best_us)
        *best_us = us;
}

static void sections_hash(struct crowd *crowd, uint64_t *bytes)
{
    *bytes = 0;
    for (uint32_t i = 0; i < crowd->cell_count; i++) {
        *bytes += crowd->section_bytes[i];
        for (size_t at = 0; at < crowd->section_bytes[i]; at++)
            hash_add(crowd, crowd->sections[i * crowd->room_bytes + at]);
    }
}

struct result {
    uint64_t encode_us, decode_us, apply_us, bytes;
};

static struct result measure(struct crowd *crowd, work encode, enum wire_level level,
                             uint32_t rounds)
{
    struct result result = {UINT64_MAX, UINT64_MAX, UINT64_MAX, 0};
    encode_full(crowd, level);
    apply(crowd, level);
    for (uint32_t i = 0; i < rounds; i++) {
        crowd_move(crowd);
        best(&result.encode_us, time_of(encode, crowd, level));
        best(&result.decode_us, time_of(decode, crowd, level));
        best(&result.apply_us, time_of(apply, crowd, level));
        sections_hash(crowd, &result.bytes);
    }
    return result;
}

static void print_result(const char *name, const struct crowd *crowd, const struct result *result)
{
    double people = (double)crowd->cell_count * CELL_PEOPLE;
    printf("%-14s %6.1f ns written  %6.1f ns read  %6.1f ns taken into a picture  %5.1f bytes\n",
           name, (double)result->encode_us * 1000 / people,
           (double)result->decode_us * 1000 / people, (double)result->apply_us * 1000 / people,
           (double)result->bytes / people);
}

int main(int argc, char **argv)
{
    const struct size *size = argc > 1 && strcmp(argv[1], "smoke") == 0 ? &size_smoke : &size_real;
    struct crowd crowd = crowd_open(size->cells);
    uint32_t people = size->cells * CELL_PEOPLE;
    void *block = aligned_alloc(16, picture_bytes(people));
    frame_bytes = malloc(WIRE_FRAME_HEADER_BYTES + FRAME_CELLS * crowd.room_bytes);
    ASSERT(block && frame_bytes);
    picture = picture_init(block, people);
    printf("%u entities in cells of %d, each of them:\n", people, CELL_PEOPLE);

    static const char *const names[WIRE_LEVELS] = {"near", "middle", "far"};
    crowd_move(&crowd);
    for (unsigned level = 0; level < WIRE_LEVELS; level++) {
        char name[32];
        struct result delta = measure(&crowd, encode_delta, (enum wire_level)level, size->rounds);
        snprintf(name, sizeof name, "delta, %s", names[level]);
        print_result(name, &crowd, &delta);
    }
    struct result full = measure(&crowd, encode_full, WIRE_NEAR, size->rounds);
    print_result("full, near", &crowd, &full);
    ASSERT(picture_anomalies(picture) == 0 && picture_count(picture) == people);
    printf("hash %016" PRIx64 "\n", crowd.hash);

    free(frame_bytes);
    free(block);
    crowd_close(&crowd);
    return 0;
}
