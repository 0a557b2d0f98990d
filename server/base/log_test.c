#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/log.h"
#include "base/text.h"

// stderr leads into a pipe (or a terminal) while `capture` is open; captured() closes it and reads.
static int stderr_before, reading_end;
static char output[1 << 16];

static void capture_into(int reading, int writing)
{
    fflush(stderr);
    stderr_before = dup(STDERR_FILENO);
    dup2(writing, STDERR_FILENO);
    close(writing);
    reading_end = reading;
}

static void capture(void)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    capture_into(ends[0], ends[1]);
}

static const char *captured(void)
{
    // The pipe holds 64 kB: whatever a test writes waits in it.
    fcntl(reading_end, F_SETFL, O_NONBLOCK);
    size_t size = 0;
    ssize_t got;
    while ((got = read(reading_end, output + size, sizeof(output) - 1 - size)) > 0)
        size += (size_t)got;
    output[size] = '\0';
    dup2(stderr_before, STDERR_FILENO);
    close(stderr_before);
    close(reading_end);
    return output;
}

static void a_line_is_one_json_object(void **state)
{
    capture();
    log_event(LOG_INFO, "hub.instance_opened", LOG_TEXT("world", "plaza"),
              LOG_NUMBER("capacity", -12));
    const char *line = captured();
    // {"ts":"2026-01-02T03:04:05.678Z",...
    assert_memory_equal(line, "{\"ts\":\"20", 9);
    assert_int_equal(line[17], 'T');
    assert_int_equal(line[26], '.');
    assert_string_equal(line + 30, "Z\",\"level\":\"info\",\"event\":\"hub.instance_opened\","
                                   "\"world\":\"plaza\",\"capacity\":-12}\n");
}

static void an_event_needs_no_fields(void **state)
{
    capture();
    log_event(LOG_ERROR, "app.stopped");
    assert_string_equal(captured() + 30, "Z\",\"level\":\"error\",\"event\":\"app.stopped\"}\n");
}

static void values_are_escaped(void **state)
{
    capture();
    log_event(LOG_WARN, "e", LOG_TEXT("a", "q\"b\\n\nr\rt\tesc\x1B\x7F"),
              LOG_TEXT("none", (char *)NULL));
    assert_non_null(
        strstr(captured(), ",\"a\":\"q\\\"b\\\\n\\nr\\rt\\tesc\\u001b\\u007f\",\"none\":\"\"}\n"));
}

static void what_is_not_utf8_is_replaced(void **state)
{
    capture();
    log_event(LOG_WARN, "e", LOG_TEXT("a", "\xFFok\xC3"), LOG_TEXT("b", "한\xED\xA0\x80"));
    const char *line = captured();
    assert_true(text_is_utf8(line, strlen(line)));
    assert_non_null(strstr(line, "\"a\":\"\xEF\xBF\xBDok\xEF\xBF\xBD\",\"b\":\"한\xEF\xBF\xBD"));
}

static void a_long_value_is_cut_and_says_so(void **state)
{
    char text[3000];
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    capture();
    log_event(LOG_WARN, "e", LOG_TEXT("a", text), LOG_NUMBER("after", 1));
    const char *line = captured();
    assert_in_range(strlen(line), 1024, 1200);
    assert_non_null(strstr(line, "x\xE2\x80\xA6\",\"after\":1}\n"));
}

static void a_line_over_the_limit_leaves_out_whole_fields(void **state)
{
    char text[1024];
    memset(text, '\x01', sizeof(text) - 1); // six bytes each when escaped
    text[sizeof(text) - 1] = '\0';
    capture();
    log_event(LOG_WARN, "e", LOG_TEXT("big", text), LOG_NUMBER("small", 7));
    const char *line = captured();
    assert_string_equal(line + 30,
                        "Z\",\"level\":\"warn\",\"event\":\"e\",\"small\":7,\"truncated\":1}\n");
    capture();
    log_event(LOG_WARN, text, LOG_NUMBER("small", 7));
    line = captured();
    assert_non_null(strstr(line, "\"event\":\"log.name_too_long\",\"small\":7}\n"));
}

static void what_is_below_the_level_is_not_written(void **state)
{
    capture();
    log_event(LOG_DEBUG, "quiet");
    log_set_level(LOG_ERROR);
    log_event(LOG_WARN, "quiet");
    log_event(LOG_ERROR, "loud");
    log_set_level(LOG_INFO);
    const char *line = captured();
    assert_null(strstr(line, "quiet"));
    assert_non_null(strstr(line, "loud"));
}

static void levels_have_names(void **state)
{
    enum log_level level = LOG_WARN;
    assert_true(log_level_parse("debug", &level));
    assert_int_equal(level, LOG_DEBUG);
    assert_true(log_level_parse("Error", &level));
    assert_int_equal(level, LOG_ERROR);
    assert_false(log_level_parse("loud", &level));
    assert_false(log_level_parse("", &level));
    assert_int_equal(level, LOG_ERROR);
}

static void a_terminal_gets_text_that_cannot_steer_it(void **state)
{
    int reading = posix_openpt(O_RDWR | O_NOCTTY);
    assert_true(reading >= 0);
    assert_int_equal(grantpt(reading) | unlockpt(reading), 0);
    int writing = open(ptsname(reading), O_RDWR | O_NOCTTY);
    struct termios settings;
    assert_int_equal(tcgetattr(writing, &settings), 0);
    cfmakeraw(&settings);
    assert_int_equal(tcsetattr(writing, TCSANOW, &settings), 0);
    int kept = dup(writing); // a terminal whose last user leaves forgets what it held
    capture_into(reading, writing);
    log_event(LOG_INFO, "app.ready", LOG_TEXT("url", "http://localhost:8080"),
              LOG_TEXT("name", "a b\x1B[2J\xC2\x9B"), LOG_NUMBER("n", 3));
    const char *line = captured();
    close(kept);
    // 03:04:05.678Z
    assert_string_equal(line + 13, " info  app.ready  url=http://localhost:8080  "
                                   "name=\"a b\\u001b[2J\xEF\xBF\xBD\"  n=3\n");
}

static void *write_lines(void *context)
{
    for (int i = 0; i < 100; i++)
        log_event(LOG_INFO, "thread.line", LOG_NUMBER("a", 1), LOG_TEXT("b", "0123456789"));
    return NULL;
}

static void lines_of_several_threads_do_not_mix(void **state)
{
    capture();
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_lines, NULL), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    int lines = 0;
    for (char *rest = (char *)captured(), *line; (line = strsep(&rest, "\n")) && *line; lines++)
        assert_string_equal(line + 30, "Z\",\"level\":\"info\",\"event\":\"thread.line\",\"a\":1,"
                                       "\"b\":\"0123456789\"}");
    assert_int_equal(lines, 400);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_one_json_object),
        cmocka_unit_test(an_event_needs_no_fields),
        cmocka_unit_test(values_are_escaped),
        cmocka_unit_test(what_is_not_utf8_is_replaced),
        cmocka_unit_test(a_long_value_is_cut_and_says_so),
        cmocka_unit_test(a_line_over_the_limit_leaves_out_whole_fields),
        cmocka_unit_test(what_is_below_the_level_is_not_written),
        cmocka_unit_test(levels_have_names),
        cmocka_unit_test(a_terminal_gets_text_that_cannot_steer_it),
        cmocka_unit_test(lines_of_several_threads_do_not_mix),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
