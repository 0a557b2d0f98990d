#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "swarm/socket_memory.h"

static void the_pages_of_tcp_are_counted(void **state)
{
    double bytes = 0;
    assert_true(socket_memory_read("sockets: used 9\nTCP: inuse 5 orphan 0 tw 3 alloc 7 mem 12\n"
                                   "UDP: inuse 1 mem 99\n",
                                   4096, &bytes));
    assert_true(bytes == 12 * 4096);
}

static void a_text_without_them_says_nothing(void **state)
{
    double bytes = 7;
    assert_false(socket_memory_read("", 4096, &bytes));
    assert_false(socket_memory_read("TCP: inuse 5\nUDP: inuse 1 mem 99\n", 4096, &bytes));
    assert_false(socket_memory_read("TCP: inuse 5 mem x\n", 4096, &bytes));
    assert_true(bytes == 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pages_of_tcp_are_counted),
        cmocka_unit_test(a_text_without_them_says_nothing),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/socket_memory", tests, NULL, NULL);
}
