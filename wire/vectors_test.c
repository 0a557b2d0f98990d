// Decodes every golden vector of the files named as arguments.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "wire/expectation.h"

static int file_count;
static char **file_names;

static void assert_vector_met(const char *file, const json_t *vector)
{
    const char *name = json_string_value(json_object_get(vector, "name"));
    const char *hex = json_string_value(json_object_get(vector, "hex"));
    char reason[EXPECTATION_REASON_BYTES];
    size_t size = 0;
    if (!name || !hex)
        fail_msg("%s: a vector without name or hex", file);
    uint8_t *bytes = expectation_bytes(hex, strlen(hex), &size);
    if (!bytes)
        fail_msg("%s: %s: bad hex", file, name);
    bool met = expectation_is_met(json_object_get(vector, "expect"), bytes, size, reason);
    free(bytes);
    if (!met)
        fail_msg("%s: %s: %s", file, name, reason);
}

static void every_vector_reads_as_it_says(void **state)
{
    (void)state;
    size_t count = 0;
    for (int i = 0; i < file_count; i++) {
        json_error_t error;
        json_t *vectors = json_load_file(file_names[i], JSON_REJECT_DUPLICATES, &error);
        if (!vectors)
            fail_msg("%s:%d: %s", file_names[i], error.line, error.text);
        size_t at;
        json_t *vector;
        json_array_foreach(vectors, at, vector) assert_vector_met(file_names[i], vector);
        count += at;
        json_decref(vectors);
    }
    assert_in_range(count, 60, 10000);
}

static void a_wrong_expectation_is_noticed(void **state)
{
    (void)state;
    static const uint8_t life_sign[] = {1, 0, 7, 0, 0, 0};
    static const struct {
        const char *json;
        bool met;
    } cases[] = {
        {"{\"kind\":\"frame\",\"reset\":false,\"tick\":7,\"sections\":[]}", true},
        {"{\"kind\":\"frame\",\"reset\":true,\"tick\":7,\"sections\":[]}", false},
        {"{\"kind\":\"frame\",\"reset\":false,\"tick\":8,\"sections\":[]}", false},
        {"{\"kind\":\"frame\",\"tick\":7,\"sections\":[{\"op\":\"gone\",\"key\":1}]}", false},
        {"{\"kind\":\"refused\",\"as\":\"frame\"}", false},
        {"{\"kind\":\"refused\",\"as\":\"move\"}", true},
        {"{\"kind\":\"move\"}", false},
        {"{}", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char reason[EXPECTATION_REASON_BYTES];
        json_t *expect = json_loads(cases[i].json, 0, NULL);
        assert_non_null(expect);
        assert_int_equal(expectation_is_met(expect, life_sign, sizeof life_sign, reason),
                         cases[i].met);
        json_decref(expect);
    }
}

int main(int argc, char **argv)
{
    file_count = argc - 1;
    file_names = argv + 1;
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_vector_reads_as_it_says),
        cmocka_unit_test(a_wrong_expectation_is_noticed),
    };
    return cmocka_run_group_tests_name("wire/vectors", tests, NULL, NULL);
}
