// test_failure: cmocka's fail_msg() calls its fail(), a name that base/error.h has for its own.
#pragma once

#define FAIL_WITH(...)                                                                             \
    do {                                                                                           \
        print_error(__VA_ARGS__);                                                                  \
        print_error("\n");                                                                         \
        _fail(__FILE__, __LINE__);                                                                 \
    } while (0)
