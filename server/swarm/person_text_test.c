#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "swarm/person_text.h"

static struct person_event hear(const char *text)
{
    struct person_event event;
    person_event_read(text, strlen(text), false, &event);
    return event;
}

static struct person_event hear_tokens(const char *text)
{
    struct person_event event;
    person_event_read(text, strlen(text), true, &event);
    return event;
}

#define WELCOME(protocol, you, at)                                                                 \
    "{\"t\":\"welcome\",\"protocol\":" protocol ",\"you\":" you                                    \
    ",\"instance\":2,\"world\":\"plaza\","                                                         \
    "\"tick\":5,\"tick_ms\":50,\"at\":" at                                                         \
    ",\"yaw\":64,\"speed_max_cm_s\":600,\"earshot_cm\":1500,"                                      \
    "\"resumed\":false,\"token\":\"x\",\"people\":1}"

static void a_welcome_is_read(void **state)
{
    struct person_event event = hear(WELCOME("1", "65537", "[-5,0,1200]"));
    assert_int_equal(event.kind, EVENT_WELCOME);
    assert_int_equal(event.id, 65537);
    assert_int_equal(event.instance, 2);
    assert_int_equal(event.speed_max_cm_s, 600);
    assert_int_equal(event.x_cm, -5);
    assert_int_equal(event.z_cm, 1200);
    assert_int_equal(event.yaw, 64);
}

static void a_welcome_that_lacks_something_is_bad(void **state)
{
    assert_int_equal(hear(WELCOME("2", "65537", "[0,0,0]")).kind, EVENT_BAD);
    assert_int_equal(hear(WELCOME("1", "0", "[0,0,0]")).kind, EVENT_BAD);
    assert_int_equal(hear(WELCOME("1", "16777216", "[0,0,0]")).kind, EVENT_BAD);
    assert_int_equal(hear(WELCOME("1", "1", "[0,0]")).kind, EVENT_BAD);
    assert_int_equal(hear(WELCOME("1", "1", "[0,0,1000000]")).kind, EVENT_BAD);
    assert_int_equal(hear(WELCOME("1", "1", "[0.5,0,0]")).kind, EVENT_BAD);
}

static void a_correction_is_read(void **state)
{
    struct person_event event = hear("{\"t\":\"correct\",\"sequence\":9,\"at\":[1,2,3],\"yaw\":4}");
    assert_int_equal(event.kind, EVENT_CORRECT);
    assert_int_equal(event.x_cm, 1);
    assert_int_equal(event.y_cm, 2);
    assert_int_equal(event.z_cm, 3);
    assert_int_equal(event.yaw, 4);
}

static void an_error_keeps_its_sentence(void **state)
{
    struct person_event event =
        hear("{\"t\":\"error\",\"code\":\"INVALID\",\"message\":\"not so\"}");
    assert_int_equal(event.kind, EVENT_ERROR);
    assert_string_equal(event.why.text, "the server says INVALID: not so");
    assert_int_equal(hear("{\"t\":\"error\"}").kind, EVENT_ERROR);
}

static void other_events_are_passed_over(void **state)
{
    assert_int_equal(hear("{\"t\":\"presence\",\"people\":3}").kind, EVENT_NONE);
    assert_int_equal(hear("{\"t\":\"chat\",\"text\":\"welcome, an error to correct\"}").kind,
                     EVENT_NONE);
    assert_int_equal(hear("{\"t\":\"drain\",\"reconnect_ms\":1}").kind, EVENT_DRAIN);
    assert_int_equal(hear("").kind, EVENT_NONE);
}

static void tokens_are_read_when_they_are_wanted(void **state)
{
    assert_int_equal(hear("{\"t\":\"token\",\"token\":\"a.b\"}").kind, EVENT_NONE);
    struct person_event event = hear_tokens("{\"t\":\"token\",\"token\":\"a-_.Z9\"}");
    assert_int_equal(event.kind, EVENT_TOKEN);
    assert_string_equal(event.token, "a-_.Z9");
    assert_int_equal(hear_tokens("{\"t\":\"token\",\"token\":\"a b\"}").kind, EVENT_BAD);
    assert_int_equal(hear_tokens("{\"t\":\"token\"}").kind, EVENT_BAD);
    event = hear_tokens(WELCOME("1", "5", "[0,0,0]"));
    assert_int_equal(event.kind, EVENT_WELCOME);
    assert_string_equal(event.token, "x");
    assert_false(event.resumed);
}

static void a_drain_says_when_to_come_back(void **state)
{
    assert_int_equal(hear("{\"t\":\"drain\",\"reconnect_ms\":1500}").reconnect_ms, 1500);
    assert_int_equal(hear("{\"t\":\"drain\"}").kind, EVENT_BAD);
    assert_int_equal(hear("{\"t\":\"drain\",\"reconnect_ms\":-1}").kind, EVENT_BAD);
}

static void what_should_matter_and_is_not_json_is_bad(void **state)
{
    assert_int_equal(hear("{\"t\":\"welcome\"").kind, EVENT_BAD);
    assert_int_equal(hear("[\"error\"]").kind, EVENT_BAD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_welcome_is_read),
        cmocka_unit_test(a_welcome_that_lacks_something_is_bad),
        cmocka_unit_test(a_correction_is_read),
        cmocka_unit_test(an_error_keeps_its_sentence),
        cmocka_unit_test(other_events_are_passed_over),
        cmocka_unit_test(tokens_are_read_when_they_are_wanted),
        cmocka_unit_test(a_drain_says_when_to_come_back),
        cmocka_unit_test(what_should_matter_and_is_not_json_is_bad),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests_name("swarm/person_text", tests, NULL, NULL);
}
