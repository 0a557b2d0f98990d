# Checks without changing: C format, clang's warnings as errors, clang-tidy, Biome, types, shell scripts.
. "$(dirname "$0")/step.sh"
. scripts/node.sh
. scripts/modules.sh
. scripts/configure.sh

bash scripts/packages.sh build lint
failed=0

# As step, but the other checks still run.
check() {
    (step "$@") || failed=1
}

mapfile -d '' -t sources < <(find server wire fuzz bench -name '*.[ch]' -print0 | LC_ALL=C sort -z)
check lint-format "Format of ${#sources[@]} C files" "run: make format" \
    clang-format-14 --dry-run -Werror "${sources[@]}"

export CC=clang-14
configure lint -Dwerror=true
check lint-build "Building with clang, warnings as errors" "mend the warning above" ninja --quiet -C build/lint
# Only what Meson compiles: a fuzz target, for one, is not in this folder's list of commands.
mapfile -d '' -t compiled < <(python3 -c '
import json, os
for row in json.load(open("build/lint/compile_commands.json")):
    path = os.path.relpath(os.path.join(row["directory"], row["file"]))
    if not path.startswith("build/"):
        print(path, end="\0")' | LC_ALL=C sort -zu)
# tidy_each OPTION...: on the files named on standard input, each ended by a zero byte.
tidy_each() {
    # One file each: within one run over several, clang 14 takes the second's va_list for uninitialized.
    xargs -0 -P "$(nproc)" -n 1 clang-tidy-14 -p build/lint --quiet --warnings-as-errors='*' "$@" 2>&1 |
        sed '/warnings\? generated\.$/d'
}
tidy() {
    local status=0
    printf '%s\0' "${compiled[@]}" | grep -zv '_test\.c$' | tidy_each || status=1
    # A failed assert of cmocka ends the test, which the analyzer does not know: to it, every pointer that
    # was just asserted may still be NULL.
    printf '%s\0' "${compiled[@]}" | grep -z '_test\.c$' |
        tidy_each --checks='-clang-analyzer-core.*' || status=1
    return "$status"
}
check lint-tidy "clang-tidy on ${#compiled[@]} files" "mend the warnings above" tidy

check lint-biome "Biome on the clients" "run: make format; mend what stays" npx biome ci --colors=off .
bash scripts/wasm.sh
check lint-types "Types of the clients" "mend the errors above" npm run types
check lint-shell "shellcheck on scripts" "mend the warnings above" \
    shellcheck --shell=bash --exclude=SC1091 scripts/*.sh scripts/stage/*.sh .ci/run
[ "$failed" = 0 ] || die "see above" "mend it, then: make lint"
say "Nothing to complain about"
