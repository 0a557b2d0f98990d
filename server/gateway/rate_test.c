#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
// cmocka wants those before it
#include <cmocka.h>

#include "gateway/rate.h"

enum { SECOND_US = 1000000 };

static struct rate *make(double per_s, double burst, uint32_t addresses_max)
{
    struct rate_settings settings = {per_s, burst, addresses_max, 42};
    return rate_create(&settings);
}

static struct address ip4(uint32_t number)
{
    struct address out = {.bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}};
    for (int i = 0; i < 4; i++)
        out.bytes[12 + i] = (uint8_t)(number >> (24 - 8 * i));
    return out;
}

static void a_burst_is_let_through_and_then_one_at_a_time(void **state)
{
    struct rate *rate = make(0.5, 3, 64);
    struct address who = ip4(1);
    uint32_t wait_s = 0;
    for (int i = 0; i < 3; i++)
        assert_true(rate_take(rate, &who, 10 * SECOND_US, &wait_s));
    assert_false(rate_take(rate, &who, 10 * SECOND_US, &wait_s));
    assert_int_equal(wait_s, 2);
    assert_false(rate_take(rate, &who, 11 * SECOND_US, &wait_s));
    assert_int_equal(wait_s, 1);
    assert_true(rate_take(rate, &who, 12 * SECOND_US, &wait_s));
    assert_false(rate_take(rate, &who, 12 * SECOND_US, &wait_s));
    rate_destroy(rate);
}

static void rest_fills_no_more_than_a_burst(void **state)
{
    struct rate *rate = make(1, 2, 64);
    struct address who = ip4(1);
    uint32_t wait_s;
    assert_true(rate_take(rate, &who, 1, &wait_s));
    for (int i = 0; i < 2; i++)
        assert_true(rate_take(rate, &who, 1000 * (uint64_t)SECOND_US, &wait_s));
    assert_false(rate_take(rate, &who, 1000 * (uint64_t)SECOND_US, &wait_s));
    rate_destroy(rate);
}

static void addresses_do_not_share_a_bucket(void **state)
{
    struct rate *rate = make(1, 1, 64);
    struct address one = ip4(1), other = ip4(2);
    uint32_t wait_s;
    assert_true(rate_take(rate, &one, SECOND_US, &wait_s));
    assert_true(rate_take(rate, &other, SECOND_US, &wait_s));
    assert_false(rate_take(rate, &one, SECOND_US, &wait_s));
    rate_destroy(rate);
}

static void an_ipv6_address_counts_by_its_64(void **state)
{
    struct rate *rate = make(1, 1, 64);
    struct address one = {.bytes = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 1}}, same = one, other = one;
    same.bytes[15] = 9;
    other.bytes[7] = 2;
    uint32_t wait_s;
    assert_true(rate_take(rate, &one, SECOND_US, &wait_s));
    assert_false(rate_take(rate, &same, SECOND_US, &wait_s));
    assert_true(rate_take(rate, &other, SECOND_US, &wait_s));
    rate_destroy(rate);
}

static void a_crowd_of_addresses_does_not_free_the_one_held_back(void **state)
{
    struct rate *rate = make(0.001, 100, 64);
    struct address flooder = ip4(0xC0000201);
    uint32_t wait_s;
    for (int i = 0; i < 100; i++)
        assert_true(rate_take(rate, &flooder, SECOND_US, &wait_s));
    // Ten thousand others, each once, through 64 slots.
    for (uint32_t i = 0; i < 10000; i++) {
        struct address other = ip4(i + 1);
        assert_true(rate_take(rate, &other, SECOND_US + i, &wait_s));
    }
    assert_false(rate_take(rate, &flooder, 2 * SECOND_US, &wait_s));
    rate_destroy(rate);
}

static void time_that_goes_backwards_gives_nothing(void **state)
{
    struct rate *rate = make(1, 1, 64);
    struct address who = ip4(1);
    uint32_t wait_s;
    assert_true(rate_take(rate, &who, 100 * SECOND_US, &wait_s));
    assert_false(rate_take(rate, &who, 1, &wait_s));
    rate_destroy(rate);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_burst_is_let_through_and_then_one_at_a_time),
        cmocka_unit_test(rest_fills_no_more_than_a_burst),
        cmocka_unit_test(addresses_do_not_share_a_bucket),
        cmocka_unit_test(an_ipv6_address_counts_by_its_64),
        cmocka_unit_test(a_crowd_of_addresses_does_not_free_the_one_held_back),
        cmocka_unit_test(time_that_goes_backwards_gives_nothing),
    };
    return cmocka_run_group_tests_name("gateway/rate", tests, NULL, NULL);
}
