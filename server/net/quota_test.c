#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "net/address.h"
#include "net/quota.h"

static struct address parsed(const char *text)
{
    struct address address;
    assert_true(address_parse(text, strlen(text), &address));
    return address;
}

static struct quota *created(uint32_t in_all, uint32_t per_address)
{
    struct error err;
    struct quota *quota = quota_create(in_all, per_address, &err);
    assert_non_null(quota);
    return quota;
}

static void an_address_has_its_own_limit(void **state)
{
    struct quota *quota = created(100, 2);
    struct address a = parsed("192.0.2.1"), b = parsed("192.0.2.2");
    uint32_t first, second, other, none = 77;
    assert_int_equal(quota_take(quota, &a, &first), QUOTA_OK);
    assert_int_equal(quota_take(quota, &a, &second), QUOTA_OK);
    assert_int_equal(quota_take(quota, &a, &none), QUOTA_ADDRESS_FULL);
    assert_int_equal(none, 77);
    assert_int_equal(quota_take(quota, &b, &other), QUOTA_OK);
    assert_int_equal(quota_count(quota), 3);
    quota_release(first);
    assert_int_equal(quota_take(quota, &a, &first), QUOTA_OK);
    assert_int_equal(quota_take(quota, &a, &none), QUOTA_ADDRESS_FULL);
    quota_release(first);
    quota_release(second);
    quota_release(other);
    assert_int_equal(quota_count(quota), 0);
    quota_destroy(quota);
}

static void an_ipv6_household_is_one_address(void **state)
{
    struct quota *quota = created(100, 1);
    struct address a = parsed("2001:db8:1:2::1"), b = parsed("2001:db8:1:2:ffff::9"),
                   c = parsed("2001:db8:1:3::1");
    uint32_t first, second;
    assert_int_equal(quota_take(quota, &a, &first), QUOTA_OK);
    assert_int_equal(quota_take(quota, &b, &second), QUOTA_ADDRESS_FULL);
    assert_int_equal(quota_take(quota, &c, &second), QUOTA_OK);
    quota_release(first);
    quota_release(second);
    quota_destroy(quota);
}

static void all_together_have_a_limit(void **state)
{
    struct quota *quota = created(3, 0);
    struct address a = parsed("192.0.2.1");
    uint32_t slots[3], none;
    for (int i = 0; i < 3; i++)
        assert_int_equal(quota_take(quota, i == 1 ? NULL : &a, &slots[i]), QUOTA_OK);
    assert_int_equal(quota_take(quota, &a, &none), QUOTA_FULL);
    quota_release(slots[1]);
    assert_int_equal(quota_take(quota, &a, &slots[1]), QUOTA_OK);
    for (int i = 0; i < 3; i++)
        quota_release(slots[i]);
    quota_destroy(quota);
}

static void no_slot_is_given_back_for_nothing(void **state)
{
    quota_release(0);
    quota_release(ADDRESS_SLOT_NONE);
}

static void a_slot_may_come_back_after_its_table_went(void **state)
{
    struct quota *quota = created(10, 1);
    struct address a = parsed("192.0.2.1");
    uint32_t slot;
    assert_int_equal(quota_take(quota, &a, &slot), QUOTA_OK);
    quota_destroy(quota);
    quota_release(slot); // frees the table: the sanitizer would see it lost
}

static void tables_have_a_bound_and_are_reused(void **state)
{
    struct quota *all[QUOTA_TABLES_MAX];
    struct error err;
    for (int i = 0; i < QUOTA_TABLES_MAX; i++)
        all[i] = created(10, 1);
    assert_null(quota_create(10, 1, &err));
    assert_int_equal(err.code, ERR_LIMIT);
    quota_destroy(all[5]);
    all[5] = created(10, 1);
    for (int i = 0; i < QUOTA_TABLES_MAX; i++)
        quota_destroy(all[i]);
}

// Many more addresses than entries pass through; a plain count beside it says what must be.
static void addresses_come_and_go_for_ever(void **state)
{
    enum { ADDRESSES = 500, OPEN_MAX = 32, STEPS = 20000, EACH = 3 };
    static uint32_t counts[ADDRESSES];
    struct {
        uint32_t slot, address;
    } open[OPEN_MAX];
    uint32_t open_count = 0;
    struct quota *quota = created(OPEN_MAX, EACH);
    struct random random;
    random_seed(&random, 5);
    for (int i = 0; i < STEPS; i++) {
        if (random_below(&random, 2) && open_count > 0) {
            uint32_t which = random_below(&random, open_count);
            quota_release(open[which].slot);
            counts[open[which].address]--;
            open[which] = open[--open_count];
            continue;
        }
        uint32_t n = random_below(&random, 4) ? random_below(&random, ADDRESSES) : 7, slot;
        struct address address = parsed("10.0.0.0");
        address.bytes[14] = (uint8_t)(n >> 8);
        address.bytes[15] = (uint8_t)n;
        enum quota_result expected = open_count == OPEN_MAX ? QUOTA_FULL
                                     : counts[n] == EACH    ? QUOTA_ADDRESS_FULL
                                                            : QUOTA_OK;
        assert_int_equal(quota_take(quota, &address, &slot), expected);
        if (expected != QUOTA_OK)
            continue;
        counts[n]++;
        open[open_count].slot = slot;
        open[open_count++].address = n;
        assert_int_equal(quota_count(quota), open_count);
    }
    while (open_count > 0)
        quota_release(open[--open_count].slot);
    quota_destroy(quota);
}

enum { HANDED = 4096, TURNS = 30000 };
static _Atomic uint32_t handed[HANDED];
static atomic_bool handing_done;

static void *release_thread(void *context)
{
    for (;;) {
        bool done = atomic_load(&handing_done);
        for (int i = 0; i < HANDED; i++) {
            uint32_t slot = atomic_exchange(&handed[i], 0);
            quota_release(slot);
        }
        if (done)
            return NULL;
    }
}

static void other_threads_give_back(void **state)
{
    struct quota *quota = created(HANDED, 2);
    pthread_t threads[2];
    int taken = 0;
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, release_thread, NULL), 0);
    for (uint32_t i = 0; i < TURNS; i++) {
        struct address address = parsed("10.0.0.0");
        uint32_t slot;
        address.bytes[14] = (uint8_t)(i >> 8 & 7);
        address.bytes[15] = (uint8_t)i;
        if (quota_take(quota, &address, &slot) != QUOTA_OK)
            continue;
        taken++;
        quota_release(atomic_exchange(&handed[i % HANDED], slot));
    }
    atomic_store(&handing_done, true);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    assert_true(taken > 0);
    assert_int_equal(quota_count(quota), 0);
    quota_destroy(quota);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_has_its_own_limit),
        cmocka_unit_test(an_ipv6_household_is_one_address),
        cmocka_unit_test(all_together_have_a_limit),
        cmocka_unit_test(no_slot_is_given_back_for_nothing),
        cmocka_unit_test(a_slot_may_come_back_after_its_table_went),
        cmocka_unit_test(tables_have_a_bound_and_are_reused),
        cmocka_unit_test(addresses_come_and_go_for_ever),
        cmocka_unit_test(other_threads_give_back),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("quota", tests, NULL, NULL);
}
