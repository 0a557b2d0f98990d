#include "hub/ticket.h"

#include <jansson.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/assert.h"
#include "base/text.h"

enum {
    MAC_BYTES = 16, // of SHA-256's 32: forging takes 2^128 tries
    MAC_TEXT_BYTES = 22,
    CLAIMS_BYTES_MAX = 700, // in base64url with the MAC this stays below TICKET_TEXT_BYTES_MAX
    PERSON_TEXT_BYTES = 22,
};

_Static_assert((CLAIMS_BYTES_MAX * 4 + 2) / 3 + 1 + MAC_TEXT_BYTES + 1 <= TICKET_TEXT_BYTES_MAX,
               "the largest ticket fits");

static void mac_make(const void *text, size_t length, const uint8_t *secret,
                     uint8_t out[EVP_MAX_MD_SIZE])
{
    unsigned size = 0;
    const uint8_t *made = HMAC(EVP_sha256(), secret, TICKET_SECRET_BYTES, text, length, out, &size);
    ASSERT(made && size >= MAC_BYTES);
}

// --- writing -------------------------------------------------------------------------------------

static json_t *claims_make(const struct ticket *ticket)
{
    char person[PERSON_TEXT_BYTES + 1];
    text_base64url_encode(ticket->person, sizeof ticket->person, person);
    json_t *claims =
        json_pack("{s:s, s:s, s:I, s:s, s:s, s:I, s:I}", "u",
                  ticket->use == TICKET_RETURN ? "return" : "enter", "w", ticket->world, "i",
                  (json_int_t)ticket->instance, "p", person, "n", ticket->name, "l",
                  (json_int_t)ticket->look, "e", (json_int_t)ticket->expires_wall_ms);
    if (claims && ticket->spawn > 0 &&
        json_object_set_new(claims, "s", json_integer(ticket->spawn)) != 0) {
        json_decref(claims);
        return NULL;
    }
    if (claims && ticket->use == TICKET_RETURN) {
        const struct wire_state *at = &ticket->place;
        json_t *place = json_pack("[i,i,i,i,i,i]", (int)at->x_cm, (int)at->y_cm, (int)at->z_cm,
                                  (int)at->yaw, (int)at->pose, (int)at->flags);
        if (json_object_set_new(claims, "at", place) != 0) {
            json_decref(claims);
            return NULL;
        }
    }
    return claims;
}

size_t ticket_write(const struct ticket *ticket, const uint8_t secret[TICKET_SECRET_BYTES],
                    char out[TICKET_TEXT_BYTES_MAX])
{
    json_t *claims = claims_make(ticket);
    ASSERT(claims); // a name that is not UTF-8 was let in
    char text[CLAIMS_BYTES_MAX];
    size_t size = json_dumpb(claims, text, sizeof text, JSON_COMPACT);
    json_decref(claims);
    ASSERT(size > 0 && size <= sizeof text);

    size_t length = text_base64url_encode(text, size, out);
    uint8_t mac[EVP_MAX_MD_SIZE];
    mac_make(out, length, secret, mac);
    out[length++] = '.';
    return length + text_base64url_encode(mac, MAC_BYTES, out + length);
}

// --- reading -------------------------------------------------------------------------------------

// True when the part before the dot was signed by us; *claims_length is that part's length.
static bool signature_is_ours(const char *text, size_t length, const uint8_t *secret,
                              size_t *claims_length)
{
    if (length <= MAC_TEXT_BYTES + 1 || length >= TICKET_TEXT_BYTES_MAX)
        return false;
    *claims_length = length - MAC_TEXT_BYTES - 1;
    uint8_t stated[MAC_BYTES], mac[EVP_MAX_MD_SIZE];
    size_t size = 0;
    if (text[*claims_length] != '.' ||
        !text_base64url_decode(text + *claims_length + 1, MAC_TEXT_BYTES, stated, sizeof stated,
                               &size) ||
        size != MAC_BYTES)
        return false;
    mac_make(text, *claims_length, secret, mac);
    return CRYPTO_memcmp(stated, mac, MAC_BYTES) == 0;
}

static bool text_read(const json_t *claims, const char *key, char *out, size_t capacity)
{
    const json_t *value = json_object_get(claims, key);
    size_t length = json_string_length(value);
    if (!json_is_string(value) || length >= capacity)
        return false;
    memcpy(out, json_string_value(value), length + 1);
    return true;
}

static bool number_read(const json_t *value, int64_t least, int64_t most, int64_t *out)
{
    if (!json_is_integer(value) || json_integer_value(value) < least ||
        json_integer_value(value) > most)
        return false;
    *out = json_integer_value(value);
    return true;
}

static bool person_read(const json_t *claims, uint8_t person[16])
{
    char text[PERSON_TEXT_BYTES + 1];
    size_t size = 0;
    return text_read(claims, "p", text, sizeof text) &&
           text_base64url_decode(text, strlen(text), person, 16, &size) && size == 16;
}

static bool place_read(const json_t *claims, struct wire_state *out)
{
    static const int64_t least[] = {
        WIRE_COORDINATE_MIN_CM, INT16_MIN, WIRE_COORDINATE_MIN_CM, 0, 0, 0};
    static const int64_t most[] = {WIRE_COORDINATE_MAX_CM, INT16_MAX,
                                   WIRE_COORDINATE_MAX_CM, UINT8_MAX,
                                   WIRE_POSES - 1,         UINT8_MAX};
    const json_t *place = json_object_get(claims, "at");
    int64_t value[6];
    if (json_array_size(place) != 6)
        return false;
    for (size_t i = 0; i < 6; i++)
        if (!number_read(json_array_get(place, i), least[i], most[i], &value[i]))
            return false;
    *out = (struct wire_state){
        .x_cm = (int32_t)value[0],
        .y_cm = (int16_t)value[1],
        .z_cm = (int32_t)value[2],
        .yaw = (uint8_t)value[3],
        .pose = (uint8_t)value[4],
        .flags = (uint8_t)value[5],
    };
    return true;
}

static bool use_read(const json_t *claims, enum ticket_use *out)
{
    char use[8];
    if (!text_read(claims, "u", use, sizeof use))
        return false;
    *out = strcmp(use, "return") == 0 ? TICKET_RETURN : TICKET_ENTER;
    return *out == TICKET_RETURN || strcmp(use, "enter") == 0;
}

static bool claims_read(const json_t *claims, struct ticket *out)
{
    int64_t instance, look, expires, spawn = 0;
    struct ticket ticket = {0};
    if (!use_read(claims, &ticket.use) ||
        !text_read(claims, "w", ticket.world, sizeof ticket.world) ||
        !text_read(claims, "n", ticket.name, sizeof ticket.name) ||
        !person_read(claims, ticket.person) ||
        !number_read(json_object_get(claims, "i"), 0, UINT32_MAX, &instance) ||
        !number_read(json_object_get(claims, "l"), 0, UINT32_MAX, &look) ||
        (json_object_get(claims, "s") &&
         !number_read(json_object_get(claims, "s"), 0, UINT8_MAX, &spawn)) ||
        !number_read(json_object_get(claims, "e"), 0, INT64_MAX, &expires) ||
        (ticket.use == TICKET_RETURN && !place_read(claims, &ticket.place)))
        return false;
    ticket.instance = (uint32_t)instance;
    ticket.look = (uint32_t)look;
    ticket.spawn = (uint8_t)spawn;
    ticket.expires_wall_ms = (uint64_t)expires;
    *out = ticket;
    return true;
}

static bool signed_read(const char *text, size_t length, struct ticket *out)
{
    char claims_text[TICKET_TEXT_BYTES_MAX];
    size_t size = 0;
    if (!text_base64url_decode(text, length, claims_text, sizeof claims_text, &size))
        return false;
    json_t *claims = json_loadb(claims_text, size, JSON_REJECT_DUPLICATES, NULL);
    bool read = claims && claims_read(claims, out);
    json_decref(claims);
    return read;
}

bool ticket_read(const char *text, size_t length, const uint8_t secret[TICKET_SECRET_BYTES],
                 uint64_t now_wall_ms, struct ticket *out, struct error *err)
{
    struct ticket ticket;
    size_t claims_length = 0;
    if (!signature_is_ours(text, length, secret, &claims_length) ||
        !signed_read(text, claims_length, &ticket) || now_wall_ms >= ticket.expires_wall_ms)
        return fail(err, ERR_UNAUTHENTICATED,
                    "the ticket is not valid or no longer: ask for a new one");
    *out = ticket;
    return true;
}
