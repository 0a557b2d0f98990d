#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "base/random.h"

static void one_seed_gives_one_sequence(void **state)
{
    struct random first, second, other;
    random_seed(&first, 42);
    random_seed(&second, 42);
    random_seed(&other, 43);
    bool differs = false;
    for (int i = 0; i < 1000; i++) {
        uint64_t value = random_u64(&first);
        assert_true(value == random_u64(&second));
        differs = differs || value != random_u64(&other);
    }
    assert_true(differs);
}

// xoshiro256** from the state {1, 2, 3, 4}; the first values follow by hand from its definition:
// rotl(2 * 5, 7) * 9 = 11520, then state[1] becomes 0.
static void the_sequence_is_that_of_xoshiro256(void **state)
{
    struct random random = {{1, 2, 3, 4}};
    assert_true(random_u64(&random) == 11520);
    assert_true(random_u64(&random) == 0);
    assert_true(random_u64(&random) == 1509978240);
    assert_true(random_u64(&random) == 1215971899390074240);
}

static void below_reaches_every_value_about_equally(void **state)
{
    struct random random;
    random_seed(&random, 7);
    int counts[10] = {0};
    for (int i = 0; i < 100000; i++) {
        uint32_t value = random_below(&random, 10);
        assert_true(value < 10);
        counts[value]++;
    }
    for (int i = 0; i < 10; i++)
        assert_in_range(counts[i], 9500, 10500);
    assert_int_equal(random_below(&random, 1), 0);
}

static void unit_is_between_zero_and_one(void **state)
{
    struct random random;
    random_seed(&random, 0);
    double sum = 0;
    for (int i = 0; i < 100000; i++) {
        double value = random_unit(&random);
        assert_true(value >= 0 && value < 1);
        sum += value;
    }
    assert_true(sum > 49000 && sum < 51000);
}

static void secrets_fill_the_whole_and_differ(void **state)
{
    uint8_t first[600] = {0}, second[600] = {0}, none[600] = {0};
    random_secret(first, sizeof(first));
    random_secret(second, sizeof(second));
    assert_memory_not_equal(first, second, sizeof(first));
    // 32 zero bytes in a row at the end happen once in 2^256.
    assert_memory_not_equal(first + 568, none, 32);
    random_secret(none, 0);
    assert_int_equal(none[0], 0);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_seed_gives_one_sequence),
        cmocka_unit_test(the_sequence_is_that_of_xoshiro256),
        cmocka_unit_test(below_reaches_every_value_about_equally),
        cmocka_unit_test(unit_is_between_zero_and_one),
        cmocka_unit_test(secrets_fill_the_whole_and_differ),
    };
    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
