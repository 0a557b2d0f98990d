# Builds build/flux, the server with the web client inside, and whatever that needs.
. "$(dirname "$0")/step.sh"

bash scripts/packages.sh build
bash scripts/wasm.sh
bash scripts/client.sh
bash scripts/server.sh
say "Ready: build/flux ($(($(stat -c %s build/flux) / 1024)) kB)"
