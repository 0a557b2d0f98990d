// Stands in for the packed client when the server is built without one.
#include "gateway/asset.h"

const struct asset client_assets[1] = {{0}};
const size_t client_asset_count = 0;
