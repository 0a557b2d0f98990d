#include "base/assert.h"

#include <stdlib.h>

#include "base/log.h"

void assert_failed(const char *expression, const char *file, int line)
{
    log_event(LOG_ERROR, "process.assert_failed", LOG_TEXT("expression", expression),
              LOG_TEXT("file", file), LOG_NUMBER("line", line));
    abort();
}

void assert_memory_failed(size_t bytes)
{
    log_event(LOG_ERROR, "process.out_of_memory", LOG_NUMBER("bytes", bytes));
    abort();
}
