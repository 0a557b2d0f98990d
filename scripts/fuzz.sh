# Fuzzes every target of fuzz/: replays fuzz/corpus/NAME, then tries new inputs for FUZZ_SECONDS. New finds
# go to build/fuzz-found/NAME; a crash is kept there too and belongs into the corpus as a named seed.
. "$(dirname "$0")/step.sh"
. scripts/configure.sh

seconds=${FUZZ_SECONDS:-60}
mkdir -p build/report
bash scripts/packages.sh build test
export CC=clang-14
configure fuzz -Dfuzz=true -Dtests=false -Db_sanitize=address,undefined -Db_lundef=false \
    -Dc_args=-fsanitize=fuzzer-no-link
step fuzz-build "Building the fuzz targets" "mend the error above" ninja --quiet -C build/fuzz

export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-14
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1

# run NAME WHAT COMMAND...: one line of TAP; what a failing one printed follows as a comment.
count=0
run() {
    local name=$1 what=$2
    shift 2
    count=$((count + 1))
    if "$@" >"build/log/fuzz-$name.log" 2>&1 </dev/null; then
        printf 'ok %d - %s %s\n' "$count" "$name" "$what"
    else
        printf 'not ok %d - %s %s\n' "$count" "$name" "$what"
        tail -n 40 "build/log/fuzz-$name.log" | sed 's/^/# /'
    fi
}

replay() {
    if [ -z "$(ls -A "$2" 2>/dev/null)" ]; then
        echo "$2 is empty or missing: a target is born with seeds"
        return 1
    fi
    "$1" -runs=0 -timeout=20 "$2"
}

targets() {
    meson introspect --targets build/fuzz | python3 -c '
import json, sys
for target in json.load(sys.stdin):
    if target["type"] == "executable" and target["name"].startswith("fuzz_"):
        print(target["name"][5:], target["filename"][0], sep="\t")' | LC_ALL=C sort
}

fuzz_all() {
    local name program found
    while IFS=$'\t' read -r name program; do
        case " ${ONLY:-$name} " in *" $name "*) ;; *) continue ;; esac
        found=build/fuzz-found/$name
        mkdir -p "$found"
        run "$name" "takes its corpus" replay "$program" "fuzz/corpus/$name"
        run "$name" "withstands $seconds s of new inputs" \
            "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
            -artifact_prefix="$found/crash-" "$found" "fuzz/corpus/$name"
    done < <(targets)
}

fuzz_all | tee build/report/fuzz.tap | grep -v '^#' || true
python3 scripts/count.py tap fuzz 0 build/report/fuzz.tap build/log/fuzz-build.log
