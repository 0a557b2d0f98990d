// Reads the examples of docs/protocol.md (its path is the argument) and decodes their own bytes: a
// block that opens with ```hex name=…, followed by a ```json block that says what the bytes mean.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wire/expectation.h"

enum { EXAMPLES_MIN = 5 };

static const char *page_name;

static char *page_read(void)
{
    FILE *file = fopen(page_name, "rb");
    if (!file)
        fail_msg("cannot open %s", page_name);
    size_t size_max = 1 << 20;
    char *text = calloc(1, size_max);
    assert_non_null(text);
    assert_in_range(fread(text, 1, size_max - 1, file), 1, size_max - 2);
    fclose(file);
    return text;
}

// A fenced block: its text lies between the line of its opening and the fence that closes it.
struct block {
    const char *info; // after the ```, to the end of its line
    const char *text;
    size_t length;
};

// The next block at or after `from`; false when there is none. *next is set past it.
static bool block_find(const char *from, struct block *block, const char **next)
{
    const char *open = strncmp(from, "```", 3) == 0 ? from : strstr(from, "\n```");
    if (!open)
        return false;
    block->info = open + (*open == '\n' ? 4 : 3);
    const char *line_end = strchr(block->info, '\n');
    const char *close = line_end ? strstr(line_end, "\n```") : NULL;
    if (!close)
        fail_msg("a block that never closes: %.40s", block->info);
    block->text = line_end + 1;
    block->length = close >= block->text ? (size_t)(close - block->text) : 0;
    *next = close + 4;
    return true;
}

static void assert_example_met(const struct block *hex, const struct block *json)
{
    int name_length = (int)strcspn(hex->info, "\n");
    json_error_t error;
    char reason[EXPECTATION_REASON_BYTES];
    size_t size = 0;
    if (strncmp(json->info, "json\n", 5) != 0)
        fail_msg("%.*s: no json block follows", name_length, hex->info);
    uint8_t *bytes = expectation_bytes(hex->text, hex->length, &size);
    if (!bytes)
        fail_msg("%.*s: bad hex", name_length, hex->info);
    json_t *expect = json_loadb(json->text, json->length, JSON_REJECT_DUPLICATES, &error);
    if (!expect)
        fail_msg("%.*s: json line %d: %s", name_length, hex->info, error.line, error.text);
    bool met = expectation_is_met(expect, bytes, size, reason);
    json_decref(expect);
    free(bytes);
    if (!met)
        fail_msg("%.*s: %s", name_length, hex->info, reason);
}

static void the_page_decodes_as_it_says(void **state)
{
    (void)state;
    char *page = page_read();
    const char *at = page;
    struct block block, after;
    int examples = 0;
    while (block_find(at, &block, &at)) {
        if (strncmp(block.info, "hex name=", 9) != 0)
            continue;
        if (!block_find(at, &after, &at))
            fail_msg("an example without its meaning: %.40s", block.info);
        assert_example_met(&block, &after);
        examples++;
    }
    free(page);
    assert_in_range(examples, EXAMPLES_MIN, 1000);
}

int main(int argc, char **argv)
{
    page_name = argc > 1 ? argv[1] : "docs/protocol.md";
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_page_decodes_as_it_says),
    };
    return cmocka_run_group_tests_name("wire/protocol_page", tests, NULL, NULL);
}
