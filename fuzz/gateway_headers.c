// Any bytes as the headers that choose a file's form and part: what is chosen is there.
#include "base/assert.h"
#include "gateway/asset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    unsigned have = data[0] & 7;
    size_t file_size = data[1], first = 1, last = 0, text_size = size - 2;
    char *text = malloc(text_size + 1);
    ASSERT(text);
    memcpy(text, data + 2, text_size);
    text[text_size] = '\0';

    int coding = asset_choose_coding(text, have);
    ASSERT(coding == -1 || (have >> coding & 1) == 1);
    if (asset_read_range(text, file_size, &first, &last) == ASSET_RANGE_PART)
        ASSERT(first <= last && last < file_size);
    asset_tag_matches(text, "\"0123456789abcdef-br\"");
    free(text);
    return 0;
}
