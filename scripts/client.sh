# Builds the web client into clients/web/dist when its sources changed. The server packs and compresses it.
. "$(dirname "$0")/step.sh"
. scripts/node.sh
. scripts/modules.sh

hash=$(hash_files clients art/made worlds schema build/wasm package.json package-lock.json tsconfig.base.json \
    scripts/client.sh)
if [ -f clients/web/dist/index.html ] && stamp_is client "$hash"; then exit 0; fi
step client "Building the web client" "mend the error above in clients/" \
    npm run build --workspace clients/web
stamp_set client "$hash"
