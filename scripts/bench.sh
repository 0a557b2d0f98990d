# Runs the benchmarks one after the other: what bench/ registers with Meson, in release; then, of the web client,
# what a frame costs in a full plaza (client), its longest tasks (hitches), and how long it takes from a link to
# walking (entry). ONLY=name runs one.
. "$(dirname "$0")/step.sh"
. scripts/configure.sh

say "Benchmarks on $(nproc) cores, $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)"
in_client=" client hitches entry "
if [[ $in_client != *" ${ONLY:-none} "* ]]; then
    bash scripts/packages.sh build
    configure bench --buildtype=release -Dtests=false
    step bench-build "Building the benchmarks" "mend the error above" ninja --quiet -C build/bench
    # shellcheck disable=SC2086
    meson test -C build/bench --no-rebuild --benchmark --verbose --num-processes 1 ${ONLY:-}
    [ -z "${ONLY:-}" ] || exit 0
fi
bash scripts/packages.sh browser
bash scripts/build.sh
. scripts/node.sh
. scripts/modules.sh
export FLUX_BINARY=$ROOT/build/flux
status=0
case ${ONLY:-client} in client) node bench/client/frame_cost.mjs || status=1 ;; esac
case ${ONLY:-hitches} in hitches) node bench/client/hitches.mjs || status=1 ;; esac
case ${ONLY:-entry} in entry) node bench/client/entry_time.mjs || status=1 ;; esac
exit $status
