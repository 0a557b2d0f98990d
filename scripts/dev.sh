# Starts a debug server and Vite; both follow changes. Ctrl-C ends everything.
. "$(dirname "$0")/step.sh"
. scripts/node.sh
. scripts/modules.sh
. scripts/configure.sh

bash scripts/packages.sh build test
bash scripts/wasm.sh
configure dev --buildtype=debug -Dtests=false
step server-dev "Building the server (debug)" "mend the error above" ninja --quiet -C build/dev

server_pid='' client_pid=''

stop() {
    local pid=$1
    if [ -n "$pid" ] && kill "$pid" 2>/dev/null; then wait "$pid" 2>/dev/null || true; fi
}

stop_all() {
    trap - EXIT INT TERM
    stop "$client_pid"
    stop "$server_pid"
}

start_server() {
    build/dev/server/flux serve &
    server_pid=$!
}

trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

address=${FLUX_LISTEN:-127.0.0.1:8080}
start_server
(cd clients/web && FLUX_SERVER=http://$address exec ../../node_modules/.bin/vite) &
client_pid=$!
say "The page is at the address that Vite prints; the server, without a client, at http://$address"

changed() {
    [ -n "$(find server wire worlds meson.build -type f -newer build/stamp/dev -print -quit)" ]
}

touch build/stamp/dev
while kill -0 "$client_pid" 2>/dev/null; do
    # In the background, so that a signal ends it at once.
    sleep 0.5 &
    wait $! || true
    if ! changed; then continue; fi
    touch build/stamp/dev
    if (bash scripts/wasm.sh && step server-dev "Building the server again" "mend it; this goes on by itself" \
        ninja --quiet -C build/dev); then
        stop "$server_pid"
        start_server
    fi
done
