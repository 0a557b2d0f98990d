// GET /v1/worlds and /v1/worlds/{id}.
#include "gateway/gateway_internal.h"

void worlds_get(struct gateway *gateway, const struct http_request *request,
                const struct route_match *match, struct http_response *response)
{
    const struct gateway_hub *hub = &gateway->settings.hub;
    json_t *list = json_array();
    for (size_t i = 0; i < world_shelf_count(gateway->settings.shelf); i++) {
        const struct world_document *world = world_shelf_at(gateway->settings.shelf, i);
        json_int_t people = hub->people(hub->context, world->id);
        json_t *row = json_pack("{s:s, s:s, s:s, s:I}", "id", world->id, "name", world->name,
                                "description", world->description, "people", people);
        if (gateway->settings.player)
            json_object_set_new(row, "replay", json_true());
        json_array_append_new(list, row);
    }
    json_answer(request, response, 200, list);
}

void world_get(struct gateway *gateway, const struct http_request *request,
               const struct route_match *match, struct http_response *response)
{
    size_t count = world_shelf_count(gateway->settings.shelf);
    const struct asset *asset = asset_find(gateway->worlds, count, match->parts[0]);
    if (asset)
        asset_answer(asset, request, response);
    else
        problem_answer(request, response, 404, "NOT_FOUND", "there is no such world");
}
