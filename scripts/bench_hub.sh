# The hub beside a bare C loop and other servers, at the same work: bench/hub/README.md. ONLY=flux,bare picks systems,
# PEOPLE=500,1000 picks steps, MEASURE_SECONDS=6 is how long each is measured.
. "$(dirname "$0")/step.sh"
. scripts/configure.sh

out=build/bench/hub
if [ -n "${ONLY:-}${PEOPLE:-}" ]; then
    out=build/bench/hub-part
    export HUB_PART=yes
fi
wanted=${ONLY:-flux,bare,ws,uwebsockets,socket.io,colyseus}
unset ONLY
bash scripts/packages.sh build
. scripts/node.sh
configure bench --buildtype=release -Dtests=false
step bench-hub-build "Building the load generator and the bare loop" "mend the error above" \
    ninja --quiet -C build/bench bench/hub_bare bench/hub_load
if [ -z "${FLUX_BINARY:-}" ] && [[ ,$wanted, == *,flux,* ]]; then bash scripts/build.sh; fi

# In a folder of its own: nobody else needs them. What cannot be had becomes a row that says so, and the others run.
PEERS=$ROOT/.tools/peers
peers="ws@8.23.0 uwebsockets@3.0.6 socket.io@4.8.4 @colyseus/core@0.18.17 @colyseus/schema@5.0.34
    @colyseus/ws-transport@0.18.4"
install_peer() { # FOLDER PACKAGE...
    local folder=$1
    shift
    mkdir -p "$folder"
    [ -f "$folder/package.json" ] || printf '{ "private": true }\n' >"$folder/package.json"
    npm install --prefix "$folder" --no-audit --no-fund --save-exact "$@"
}
case $wanted in *ws* | *uweb* | *socket.io* | *colyseus*)
    if ! [ "$(cat "$PEERS/.stamp" 2>/dev/null)" = "$peers" ]; then
        say "Fetching the other servers for this folder"
        mkdir -p "$PEERS"
        fetched=yes
        for peer in $peers; do
            if ! install_peer "$PEERS" "$peer" >"build/log/bench-hub-npm-${peer//[@\/]/_}.log" 2>&1; then
                say "NOT INSTALLABLE HERE: $peer (build/log/bench-hub-npm-${peer//[@\/]/_}.log)"
                fetched=no
            fi
        done
        # uwebsockets' binary for Node 22 wants a newer C library than Debian 12 has; the one for Node 20 does not.
        if ! install_peer "$PEERS/node20" node@20 >build/log/bench-hub-npm-node20.log 2>&1; then
            say "Node 20 is not installable here: uwebsockets will be tried with Node 22"
            fetched=no
        fi
        if [ "$fetched" = yes ]; then printf '%s\n' "$peers" >"$PEERS/.stamp"; fi
    fi
    ;;
esac
if [ -x "$PEERS/node20/node_modules/.bin/node" ]; then
    export UWEBSOCKETS_NODE=$PEERS/node20/node_modules/.bin/node
fi

FLUX_COMMIT=$(git rev-parse --short HEAD 2>/dev/null || echo unknown)
if [ -n "$(git status --porcelain -- server wire 2>/dev/null)" ]; then FLUX_COMMIT=$FLUX_COMMIT+changes; fi
export PEERS FLUX_COMMIT ONLY=$wanted FLUX_BINARY=${FLUX_BINARY:-$ROOT/build/flux}
export HUB_BARE=$ROOT/build/bench/bench/hub_bare HUB_LOAD=$ROOT/build/bench/bench/hub_load
rm -f build/log/bench-hub-{flux,bare,ws,uwebsockets,socket.io,colyseus}.log
node bench/hub/run.mjs
if command -v rsvg-convert >/dev/null; then
    rsvg-convert $out.svg -o $out.png
elif command -v chromium >/dev/null; then
    step bench-hub-png "Drawing $out.png" "look at $out.svg instead" \
        chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=960,550 \
        --screenshot=$out.png "file://$ROOT/$out.svg"
fi
if [[ ,$wanted, == *,flux,* ]]; then node bench/hub/model.mjs "$out.json"; fi
