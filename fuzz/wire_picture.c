// Whatever frames come, a picture stays sound. The input is frames, each after its size (two bytes,
// little-endian); the picture is small, so that its limits are met.
#include "fuzz/target.h"
#include "wire/picture.h"

enum { CAPACITY = 12 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t *block;
    if (!block)
        block = aligned_alloc(16, picture_bytes(CAPACITY));
    TARGET_CHECK(block);
    struct picture *picture = picture_init(block, CAPACITY);
    while (size >= 2) {
        size_t frame_size = data[0] | (size_t)data[1] << 8;
        data += 2;
        size -= 2;
        if (frame_size > size)
            frame_size = size;
        uint8_t *exact = target_copy(data, frame_size);
        picture_apply(picture, exact, frame_size, (double)picture_tick(picture) + 1.5);
        free(exact);
        data += frame_size;
        size -= frame_size;
    }
    TARGET_CHECK(picture_is_sound(picture));
    return 0;
}
