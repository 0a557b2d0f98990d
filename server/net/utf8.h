// utf8: a decoder's state that can be carried from fragment to fragment. Pure.
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { UTF8_BOUNDARY = 0, UTF8_BROKEN = 8 };

// The state after these bytes: UTF8_BOUNDARY when the text could end here, UTF8_BROKEN when no
// further byte can make it right (and it stays so), anything else inside a character.
uint32_t utf8_follow(uint32_t state, const uint8_t *bytes, size_t size);
