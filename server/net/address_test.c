#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "net/address.h"
#include "net/test_failure.h"

static struct address parsed(const char *text)
{
    struct address address;
    if (!address_parse(text, strlen(text), &address))
        FAIL_WITH("%s was refused", text);
    return address;
}

static void addresses_come_back_as_they_went_in(void **state)
{
    static const struct {
        const char *text, *host;
        uint16_t port;
    } rows[] = {
        {"192.0.2.1", "192.0.2.1", 0},
        {"192.0.2.1:65535", "192.0.2.1", 65535},
        {"2001:db8::1", "2001:db8::1", 0},
        {"[2001:db8::1]", "2001:db8::1", 0},
        {"[2001:DB8:0::1]:80", "2001:db8::1", 80},
        {"::ffff:192.0.2.7", "192.0.2.7", 0},
        {"::1", "::1", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct address address = parsed(rows[i].text);
        char text[ADDRESS_TEXT_BYTES_MAX];
        address_format(&address, text);
        assert_string_equal(text, rows[i].host);
        assert_int_equal(address.port, rows[i].port);
    }
}

static void what_is_no_address_changes_nothing(void **state)
{
    static const char *const rows[] = {
        "",           "unknown",         "192.0.2",          "192.0.2.256",
        "192.0.2.1:", "192.0.2.1:65536", "192.0.2.1:1x",     "[::1",
        "[::1]x",     "[::1]:",          "[192.0.2.1]",      "::1::",
        "fe80::1%1",  " 192.0.2.1",      "192.0.2.1:123456", "_hidden",
        ":80",        "[]:80",
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct address address = {.port = 7};
        if (address_parse(rows[i], strlen(rows[i]), &address))
            FAIL_WITH("%s was taken", rows[i]);
        assert_int_equal(address.port, 7);
    }
}

static void sockets_addresses_are_taken(void **state)
{
    struct sockaddr_in ipv4 = {.sin_family = AF_INET, .sin_port = htons(80)};
    struct sockaddr_in6 ipv6 = {.sin6_family = AF_INET6, .sin6_port = htons(81)};
    struct sockaddr other = {.sa_family = AF_UNIX};
    struct address address;
    ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ipv6.sin6_addr = in6addr_loopback;
    assert_true(address_from_socket((struct sockaddr *)&ipv4, sizeof ipv4, &address));
    assert_true(address_is_loopback(&address));
    assert_true(address_is_ipv4(&address));
    assert_int_equal(address.port, 80);
    assert_true(address_from_socket((struct sockaddr *)&ipv6, sizeof ipv6, &address));
    assert_true(address_is_loopback(&address));
    assert_false(address_is_ipv4(&address));
    assert_int_equal(address.port, 81);
    assert_false(address_from_socket(&other, sizeof other, &address));
    assert_false(address_from_socket((struct sockaddr *)&ipv6, 8, &address));
}

static void ranges_hold_what_is_in_them(void **state)
{
    static const struct {
        const char *range, *address;
        bool inside;
    } rows[] = {
        {"10.0.0.0/8", "10.255.0.1", true},
        {"10.0.0.0/8", "11.0.0.0", false},
        {"192.0.2.128/25", "192.0.2.128", true},
        {"192.0.2.128/25", "192.0.2.127", false},
        {"192.0.2.1", "192.0.2.1", true},
        {"192.0.2.1", "192.0.2.2", false},
        {"0.0.0.0/0", "203.0.113.9", true},
        {"0.0.0.0/0", "2001:db8::1", false},
        {"::/0", "203.0.113.9", true},
        {"fd00::/8", "fdff::1", true},
        {"fd00::/8", "fc00::1", false},
        {"2001:db8::/33", "2001:db8:7fff::", true},
        {"2001:db8::/33", "2001:db8:8000::", false},
        {"::1", "::1", true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct address_range range;
        struct address address = parsed(rows[i].address);
        struct error err;
        assert_true(address_range_parse(rows[i].range, &range, &err));
        if (address_in_range(&address, &range) != rows[i].inside)
            FAIL_WITH("%s in %s", rows[i].address, rows[i].range);
    }
}

static void bad_ranges_are_refused_with_a_sentence(void **state)
{
    static const char *const rows[] = {
        "",           "10.0.0.0/", "10.0.0.0/33",   "10.0.0.1/8",   "fd00::/129",
        "fd00::1/64", "10.0.0/8",  "proxy.example", "10.0.0.0/8/8", "10.0.0.0/-1"};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct address_range range;
        struct error err = {0};
        if (address_range_parse(rows[i], &range, &err))
            FAIL_WITH("%s was taken", rows[i]);
        assert_int_equal(err.code, ERR_INVALID);
        assert_non_null(strstr(err.text, rows[i]));
    }
}

static bool is_ten(void *context, const struct address *address)
{
    return address_is_ipv4(address) && address->bytes[12] == 10;
}

static void the_rightmost_untrusted_address_is_the_person(void **state)
{
    static const struct {
        const char *list, *person;
    } rows[] = {
        {"192.0.2.1", "192.0.2.1"},
        {"192.0.2.1, 10.0.0.2", "192.0.2.1"},
        {"192.0.2.1 ,10.0.0.2,10.0.0.3", "192.0.2.1"},
        {"198.51.100.1, 192.0.2.1, 10.0.0.2", "192.0.2.1"}, // the first is the person's invention
        {"192.0.2.1:5000", "192.0.2.1"},
        {"\"[2001:db8::1]\", 2001:db8::2", "2001:db8::2"},
        {"10.0.0.4, 10.0.0.2", "10.0.0.4"},
        {"192.0.2.1, junk, 10.0.0.2", "10.0.0.2"},
        {"junk", "10.0.0.1"},
        {"", "10.0.0.1"},
        {"192.0.2.1,", "10.0.0.1"},
    };
    struct address peer = parsed("10.0.0.1");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct address person = address_forwarded(&peer, rows[i].list, is_ten, NULL);
        char text[ADDRESS_TEXT_BYTES_MAX];
        address_format(&person, text);
        assert_string_equal(text, rows[i].person);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_come_back_as_they_went_in),
        cmocka_unit_test(what_is_no_address_changes_nothing),
        cmocka_unit_test(sockets_addresses_are_taken),
        cmocka_unit_test(ranges_hold_what_is_in_them),
        cmocka_unit_test(bad_ranges_are_refused_with_a_sentence),
        cmocka_unit_test(the_rightmost_untrusted_address_is_the_person),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
