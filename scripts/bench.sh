# Runs what bench/ registers as Meson benchmarks, in release, one after the other; ONLY=name runs one.
. "$(dirname "$0")/step.sh"
. scripts/configure.sh

bash scripts/packages.sh build
configure bench --buildtype=release -Dtests=false
step bench-build "Building the benchmarks" "mend the error above" ninja --quiet -C build/bench
if [ "$(meson introspect --benchmarks build/bench)" = "[]" ]; then
    die "bench/meson.build registers no benchmark" "register one: benchmark('name', executable, args: [...])"
fi
say "Benchmarks on $(nproc) cores, $(sed -n 's/^model name\s*: //p' /proc/cpuinfo | head -n 1)"
# shellcheck disable=SC2086
meson test -C build/bench --no-rebuild --benchmark --verbose --num-processes 1 ${ONLY:-}
