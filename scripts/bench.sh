# Runs the benchmarks one after the other: what bench/ registers with Meson, in release; then what a frame of
# the web client costs in a full plaza, and its longest tasks. ONLY=name runs one (ONLY=client: the last
# two; ONLY=hitches: the longest tasks).
. "$(dirname "$0")/step.sh"
. scripts/configure.sh

say "Benchmarks on $(nproc) cores, $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)"
if [ "${ONLY:-}" != client ] && [ "${ONLY:-}" != hitches ]; then
    bash scripts/packages.sh build
    configure bench --buildtype=release -Dtests=false
    step bench-build "Building the benchmarks" "mend the error above" ninja --quiet -C build/bench
    # shellcheck disable=SC2086
    meson test -C build/bench --no-rebuild --benchmark --verbose --num-processes 1 ${ONLY:-}
fi
if [ "${ONLY:-client}" = client ] || [ "${ONLY:-}" = hitches ]; then
    bash scripts/packages.sh browser
    bash scripts/build.sh
    . scripts/node.sh
    . scripts/modules.sh
    if [ "${ONLY:-client}" = client ]; then FLUX_BINARY=$ROOT/build/flux node bench/client/frame_cost.mjs; fi
    FLUX_BINARY=$ROOT/build/flux node bench/client/hitches.mjs
fi
