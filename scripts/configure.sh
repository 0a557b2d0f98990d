# Sourced: sets Meson build folders up, and again only when the options or the place changed.
# shellcheck shell=bash

# configure NAME OPTION...
configure() {
    local name=$1 key
    shift
    key=$(printf '%s\n' "$ROOT" "$(meson --version)" "$(command -v node)" "${CC:-}" "${CFLAGS:-}" "$@")
    if [ -f "build/$name/build.ninja" ] && stamp_is "meson-$name" "$key"; then return; fi
    rm -rf "build/$name"
    step "meson-$name" "Configuring build/$name" \
        "mend the error above; if a library is missing: bash scripts/packages.sh build test" \
        meson setup "build/$name" -Db_colorout=never "$@"
    stamp_set "meson-$name" "$key"
}
