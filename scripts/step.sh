# Sourced by every script: moves to the project's folder and shows work as steps.
# shellcheck shell=bash
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$(pwd -P)
export ROOT
mkdir -p build/log build/stamp
export NO_COLOR=1 # logs are read later, by people and by scripts

say() {
    printf '==> %s\n' "$*"
}

# die WHAT ADVICE: the last words of a step that cannot go on.
die() {
    printf '\n==> FAILED: %s\n    What to do: %s\n' "$1" "$2" >&2
    exit 1
}

# The first and the last lines of a log: some tools say at the beginning what is wrong, some at the end.
log_excerpt() {
    if [ "$(wc -l <"$1")" -le 60 ]; then
        cat "$1"
    else
        head -n 16 "$1"
        printf '[...]\n'
        tail -n 40 "$1"
    fi | sed 's/^/    /'
}

# step NAME WHAT ADVICE COMMAND...: runs the command quietly, its output in build/log/NAME.log; when it
# fails, shows the beginning and the end of that, and what to do.
step() {
    local name=$1 what=$2 advice=$3 log
    shift 3
    log=build/log/$name.log
    say "$what"
    if "$@" >"$log" 2>&1 </dev/null; then
        return
    fi
    {
        printf '\n'
        log_excerpt "$log"
        printf '\n==> FAILED: %s\n    The whole log: %s\n    What to do: %s\n' "$what" "$log" "$advice"
    } >&2
    exit 1
}

# hash_files PATH...: one hash over the names and contents of all files there. What was built, installed or
# stored does not count.
hash_files() {
    local path existing=()
    for path in "$@"; do
        if [ -e "$path" ]; then existing+=("$path"); fi
    done
    find "${existing[@]}" \( -name node_modules -o -name dist -o -name .vite \) -prune -o -type f -print0 |
        LC_ALL=C sort -z | xargs -0 -r sha256sum | sha256sum | cut -d ' ' -f 1
}

# stamp_is NAME VALUE: whether the last stamp_set NAME had the same value.
stamp_is() {
    [ "$(cat "build/stamp/$1" 2>/dev/null)" = "$2" ]
}

stamp_set() {
    printf '%s\n' "$2" >"build/stamp/$1"
}
