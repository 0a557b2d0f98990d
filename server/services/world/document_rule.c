#include "services/world/document_rule.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>

bool rule_fail(struct rule_walk *walk, const char *format, ...)
{
    char sentence[192];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    const char *path = walk->path_size > 0 ? walk->path : "/";
    return fail(walk->err, ERR_INVALID, "%s: %s", path, sentence);
}

static void path_put(struct rule_walk *walk, const char *text)
{
    size_t room = sizeof walk->path - 1 - walk->path_size, size = strlen(text);
    if (size > room)
        size = room;
    memcpy(walk->path + walk->path_size, text, size);
    walk->path_size += size;
    walk->path[walk->path_size] = '\0';
}

// As a JSON pointer (RFC 6901) writes it; what would disturb a terminal becomes '?'.
size_t rule_enter_member(struct rule_walk *walk, const char *name)
{
    size_t mark = walk->path_size;
    path_put(walk, "/");
    for (const char *c = name; *c != '\0'; c++) {
        char plain[2] = {(unsigned char)*c < ' ' || *c == 127 ? '?' : *c, '\0'};
        path_put(walk, *c == '~' ? "~0" : *c == '/' ? "~1" : plain);
    }
    return mark;
}

size_t rule_enter_item(struct rule_walk *walk, size_t index)
{
    size_t mark = walk->path_size;
    char text[24];
    snprintf(text, sizeof text, "/%zu", index);
    path_put(walk, text);
    return mark;
}

void rule_leave(struct rule_walk *walk, size_t mark)
{
    walk->path_size = mark;
    walk->path[mark] = '\0';
}

static const struct rule *find_rule(const struct rule *const *tables, size_t table_count,
                                    const char *name)
{
    for (size_t i = 0; i < table_count; i++) {
        for (const struct rule *rule = tables[i]; rule && rule->name; rule++) {
            if (strcmp(rule->name, name) == 0)
                return rule;
        }
    }
    return NULL;
}

static bool check_required(struct rule_walk *walk, const json_t *value, const struct rule *table)
{
    for (const struct rule *rule = table; rule && rule->name; rule++) {
        if (rule->required && !json_object_get(value, rule->name))
            return rule_fail(walk, "needs a member \"%s\"", rule->name);
    }
    return true;
}

static bool check_member(struct rule_walk *walk, const char *name, const json_t *value,
                         const struct rule *const *tables, size_t table_count)
{
    if (strncmp(name, "x-", 2) == 0)
        return true;
    size_t mark = rule_enter_member(walk, name);
    const struct rule *rule = find_rule(tables, table_count, name);
    if (!rule)
        return rule_fail(walk, "no such member here (one of your own begins with \"x-\")");
    if (!rule->check(walk, value, rule))
        return false;
    rule_leave(walk, mark);
    return true;
}

bool rule_check_members(struct rule_walk *walk, const json_t *value,
                        const struct rule *const *tables, size_t table_count)
{
    if (!json_is_object(value))
        return rule_fail(walk, "must be an object");
    const char *name;
    json_t *member;
    json_object_foreach((json_t *)value, name, member)
    {
        if (!check_member(walk, name, member, tables, table_count))
            return false;
    }
    for (size_t i = 0; i < table_count; i++) {
        if (!check_required(walk, value, tables[i]))
            return false;
    }
    return true;
}

bool rule_object(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    return rule_check_members(walk, value, &rule->inner, 1);
}

static bool check_count(struct rule_walk *walk, size_t count, const struct rule *rule,
                        const char *what)
{
    if ((double)count < rule->least)
        return rule_fail(walk, "must have at least %.0f %s", rule->least, what);
    if ((double)count > rule->most)
        return rule_fail(walk, "has %zu %s, at most %.0f are allowed", count, what, rule->most);
    return true;
}

bool rule_list(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!json_is_array(value))
        return rule_fail(walk, "must be a list");
    if (!check_count(walk, json_array_size(value), rule, "items"))
        return false;
    size_t i;
    json_t *item;
    json_array_foreach(value, i, item)
    {
        size_t mark = rule_enter_item(walk, i);
        if (!rule->inner->check(walk, item, rule->inner))
            return false;
        rule_leave(walk, mark);
    }
    return true;
}

bool rule_map(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!json_is_object(value))
        return rule_fail(walk, "must be an object");
    if (!check_count(walk, json_object_size(value), rule, "members"))
        return false;
    const char *name;
    json_t *member;
    json_object_foreach((json_t *)value, name, member)
    {
        size_t mark = rule_enter_member(walk, name);
        if (!rule_is_name(name, strlen(name)))
            return rule_fail(walk, "its name must be 1 to 64 of a-z, 0-9 and \"-\"");
        if (!rule->inner->check(walk, member, rule->inner))
            return false;
        rule_leave(walk, mark);
    }
    return true;
}

bool rule_number(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!json_is_number(value))
        return rule_fail(walk, "must be a number");
    double number = json_number_value(value);
    if (rule->above && !(number > rule->least))
        return rule_fail(walk, "must be greater than %g", rule->least);
    if (!(number >= rule->least))
        return rule_fail(walk, "must be at least %g", rule->least);
    if (!(number <= rule->most))
        return rule_fail(walk, "must be at most %g", rule->most);
    return true;
}

bool rule_integer(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!rule_number(walk, value, rule))
        return false;
    double number = json_number_value(value);
    return number == floor(number) || rule_fail(walk, "must be a whole number");
}

bool rule_vector(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!json_is_array(value) || json_array_size(value) != (size_t)rule->count)
        return rule_fail(walk, "must be a list of %d numbers", rule->count);
    for (size_t i = 0; i < (size_t)rule->count; i++) {
        size_t mark = rule_enter_item(walk, i);
        if (!rule_number(walk, json_array_get(value, i), rule))
            return false;
        rule_leave(walk, mark);
    }
    return true;
}

bool rule_boolean(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    return json_is_boolean(value) || rule_fail(walk, "must be true or false");
}

bool rule_choice(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    char all[160] = "";
    size_t size = 0;
    for (const char *const *choice = rule->choices; *choice; choice++) {
        if (json_is_string(value) && strcmp(json_string_value(value), *choice) == 0)
            return true;
        int more = snprintf(all + size, sizeof all - size, "%s%s", size > 0 ? ", " : "", *choice);
        size = size + (size_t)more < sizeof all ? size + (size_t)more : sizeof all - 1;
    }
    return rule_fail(walk, "must be one of: %s", all);
}

bool rule_string(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!json_is_string(value))
        return rule_fail(walk, "must be a string");
    return (double)json_string_length(value) <= rule->most ||
           rule_fail(walk, "must be at most %.0f bytes long", rule->most);
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool rule_color(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    const char *text = json_string_value(value);
    bool good = text && json_string_length(value) == 7 && text[0] == '#';
    for (int i = 1; good && i < 7; i++)
        good = is_hex(text[i]);
    return good || rule_fail(walk, "must be a colour like \"#f3e2c7\"");
}

bool rule_is_name(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
            return false;
    }
    return size >= 1 && size <= 64;
}

static bool is_url_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Parts of letters, digits, "_", "." and "-", none beginning with "." or "-": so no "..", no "//".
static bool is_path(const char *text, size_t size)
{
    bool at_start = true;
    for (size_t i = size > 0 && text[0] == '/'; i < size; i++) {
        bool inner = !at_start && (text[i] == '.' || text[i] == '-' || text[i] == '/');
        if (!inner && !is_url_character(text[i]))
            return false;
        at_start = text[i] == '/';
    }
    return true;
}

bool rule_is_file_url(const char *text, size_t size, const char *const *endings)
{
    if (!is_path(text, size))
        return false;
    for (; *endings; endings++) {
        size_t end_size = strlen(*endings);
        if (size > end_size && memcmp(text + size - end_size, *endings, end_size) == 0)
            return true;
    }
    return false;
}

bool rule_name(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (json_is_string(value) && rule_is_name(json_string_value(value), json_string_length(value)))
        return true;
    return rule_fail(walk, "must be 1 to 64 of a-z, 0-9 and \"-\"");
}

bool rule_id(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!rule_name(walk, value, rule))
        return false;
    const char *id = json_string_value(value);
    if (json_object_get(walk->ids, id))
        return rule_fail(walk, "\"%.64s\" is used already", id);
    return json_object_set_new(walk->ids, id, json_true()) == 0 ||
           fail(walk->err, ERR_SYSTEM, "out of memory");
}

static bool rule_words(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    if (!json_is_string(value))
        return rule_fail(walk, "must be a string");
    const unsigned char *text = (const unsigned char *)json_string_value(value);
    size_t characters = 0;
    for (size_t i = 0; i < json_string_length(value); i++) {
        characters += (text[i] & 0xC0) != 0x80; // the parser has checked that it is UTF-8
        bool line_break = text[i] == '\n' && !rule->above;
        if ((text[i] < ' ' && !line_break) || text[i] == 127)
            return rule_fail(walk, "has a control character");
    }
    return check_count(walk, characters, rule, "characters");
}

bool rule_text(struct rule_walk *walk, const json_t *value, const struct rule *rule)
{
    const struct rule languages[] = {
        {.name = "en",
         .check = rule_words,
         .required = true,
         .above = rule->above,
         .least = 1,
         .most = rule->most},
        {.name = "ko", .check = rule_words, .above = rule->above, .least = 1, .most = rule->most},
        {0},
    };
    const struct rule *table = languages;
    return rule_check_members(walk, value, &table, 1);
}
