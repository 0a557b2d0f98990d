// document_rule: what a member of a world document may be, as tables, and the check of a value
// against its rule. For this room only.
//
// A check answers true, or false with the error filled: "/objects/3/size/1: must be greater than
// 0".
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum { RULE_PATH_BYTES = 120 };

// The way through one document: where we are, and what names can be referred to.
struct rule_walk {
    char path[RULE_PATH_BYTES];
    size_t path_size;
    const json_t *materials, *prefabs; // NULL when the document has none
    json_t *ids;                       // those met in this scope: the world, or one prefab
    int level;                         // of groups within groups
    struct error *err;
};

struct rule {
    const char *name; // NULL ends a table
    bool (*check)(struct rule_walk *walk, const json_t *value, const struct rule *rule);
    bool required;
    bool above;                 // greater than `least`, not equal to it
    double least, most;         // a number's range, or a list's, map's or text's length
    int count;                  // how many numbers a vector has
    const char *const *choices; // ends with NULL
    const struct rule *inner;   // an object's members, or the rule of each of a list's items
};

bool rule_fail(struct rule_walk *walk, const char *format, ...) PRINTF_LIKE(2, 3);
// Goes down to a member or an item; give what they return to rule_leave().
size_t rule_enter_member(struct rule_walk *walk, const char *name);
size_t rule_enter_item(struct rule_walk *walk, size_t index);
void rule_leave(struct rule_walk *walk, size_t mark);

// An object whose members are those of the tables, and no others but "x-…".
bool rule_check_members(struct rule_walk *walk, const json_t *value,
                        const struct rule *const *tables, size_t table_count);

bool rule_object(struct rule_walk *walk, const json_t *value, const struct rule *rule);
bool rule_list(struct rule_walk *walk, const json_t *value, const struct rule *rule);
bool rule_map(struct rule_walk *walk, const json_t *value, const struct rule *rule);
bool rule_number(struct rule_walk *walk, const json_t *value, const struct rule *rule);
bool rule_integer(struct rule_walk *walk, const json_t *value, const struct rule *rule);
bool rule_vector(struct rule_walk *walk, const json_t *value, const struct rule *rule);
bool rule_boolean(struct rule_walk *walk, const json_t *value, const struct rule *rule);
bool rule_choice(struct rule_walk *walk, const json_t *value, const struct rule *rule);
bool rule_string(struct rule_walk *walk, const json_t *value, const struct rule *rule);
bool rule_color(struct rule_walk *walk, const json_t *value, const struct rule *rule);
// 1 to 64 of a-z, 0-9 and "-".
bool rule_name(struct rule_walk *walk, const json_t *value, const struct rule *rule);
// As a name, and met for the first time in this scope.
bool rule_id(struct rule_walk *walk, const json_t *value, const struct rule *rule);
// {"en": …, "ko": …}, each of at most `most` characters; `above`: on one line.
bool rule_text(struct rule_walk *walk, const json_t *value, const struct rule *rule);

bool rule_is_name(const char *text, size_t size);
// A relative URL of a file whose name ends in one of `endings`: no "..", host or query.
bool rule_is_file_url(const char *text, size_t size, const char *const *endings);
