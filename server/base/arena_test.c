#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"

static void what_is_handed_out_is_zeroed_and_aligned(void **state)
{
    struct arena arena;
    arena_init(&arena, 300);
    for (size_t round = 0; round < 2; round++) {
        for (size_t bytes = 0; bytes < 400; bytes += 7) {
            uint8_t *start = arena_alloc(&arena, bytes);
            assert_int_equal((uintptr_t)start % 16, 0);
            for (size_t i = 0; i < bytes; i++)
                assert_int_equal(start[i], 0);
            memset(start, 0xA5, bytes);
        }
        arena_reset(&arena);
        assert_int_equal(arena.used_bytes, 0);
    }
    arena_done(&arena);
}

static void pieces_do_not_overlap(void **state)
{
    struct arena arena;
    arena_init(&arena, 256);
    uint8_t *pieces[200];
    for (size_t i = 0; i < 200; i++) {
        pieces[i] = arena_alloc(&arena, i + 1);
        memset(pieces[i], (int)i, i + 1);
    }
    for (size_t i = 0; i < 200; i++) {
        assert_int_equal(pieces[i][0], i);
        assert_int_equal(pieces[i][i], i);
    }
    arena_done(&arena);
}

static void a_reset_arena_uses_its_memory_again(void **state)
{
    struct arena arena;
    arena_init(&arena, 1024);
    void *first = arena_alloc(&arena, 600);
    void *second = arena_alloc(&arena, 2000);
    arena_reset(&arena);
    assert_ptr_equal(arena_alloc(&arena, 600), first);
    assert_ptr_equal(arena_alloc(&arena, 2000), second);
    arena_done(&arena);
}

static void a_piece_larger_than_a_chunk_gets_a_chunk(void **state)
{
    struct arena arena;
    arena_init(&arena, 256);
    char *large = arena_alloc(&arena, 100000);
    large[99999] = 'x';
    char *small = arena_alloc(&arena, 8);
    small[7] = 'y';
    assert_int_equal(arena.used_bytes, 100000 + 16);
    arena_done(&arena);
}

static void an_impossible_size_is_refused_without_changing_anything(void **state)
{
    struct arena arena;
    arena_init(&arena, 256);
    assert_null(arena_try_alloc(&arena, SIZE_MAX));
    assert_null(arena_try_alloc(&arena, SIZE_MAX - 15));
    assert_null(arena_try_alloc(&arena, PTRDIFF_MAX));
    assert_int_equal(arena.used_bytes, 0);
    arena_done(&arena);
}

static void texts_are_copied_whole_and_terminated(void **state)
{
    struct arena arena;
    arena_init(&arena, 64);
    assert_string_equal(arena_strndup(&arena, "stadium", 4), "stad");
    assert_string_equal(arena_strndup(&arena, "no", 40), "no");
    assert_string_equal(arena_strndup(&arena, "", 0), "");
    assert_string_equal(arena_printf(&arena, "%s-%d", "cell", 17), "cell-17");
    char long_text[1000];
    memset(long_text, 'a', sizeof(long_text) - 1);
    long_text[sizeof(long_text) - 1] = '\0';
    assert_string_equal(arena_printf(&arena, "%s", long_text), long_text);
    arena_done(&arena);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_handed_out_is_zeroed_and_aligned),
        cmocka_unit_test(pieces_do_not_overlap),
        cmocka_unit_test(a_reset_arena_uses_its_memory_again),
        cmocka_unit_test(a_piece_larger_than_a_chunk_gets_a_chunk),
        cmocka_unit_test(an_impossible_size_is_refused_without_changing_anything),
        cmocka_unit_test(texts_are_copied_whole_and_terminated),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
