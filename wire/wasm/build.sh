#!/bin/sh
# Compiles wire/ to WebAssembly: build/wasm/flux_wire.wasm, or the file named as the argument.
# CLANG and WASM_LD name other tools than Debian's clang 14 and lld 14.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
out=${1:-$root/build/wasm/flux_wire.wasm}
clang=${CLANG:-clang-14}
linker=${WASM_LD:-wasm-ld-14}
bytes_max=12288

objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT

compile() {
    source=$1
    shift
    # Bulk memory: copying is one instruction, so that no libc is wanted for it.
    "$clang" --target=wasm32 -std=gnu17 -mbulk-memory -ffreestanding -fvisibility=hidden \
        -fno-strict-aliasing -Wall -Wextra -Werror -I"$root" "$@" \
        -c "$root/wire/$source.c" -o "$objects/$(basename "$source").o"
}

# Unpacking bits is worth its size; the rest is told to be small.
compile section_read -O3
for source in cell change_list frame level move picture picture_index picture_rows wasm/exports; do
    compile "$source" -Oz
done

mkdir -p "$(dirname "$out")"
"$linker" --no-entry --strip-all --gc-sections -O2 --compress-relocations \
    -z stack-size=16384 --stack-first -o "$out" "$objects"/*.o

bytes=$(wc -c <"$out")
if [ "$bytes" -gt "$bytes_max" ]; then
    echo "$out has $bytes bytes; it must not pass $bytes_max" >&2
    exit 1
fi
echo "$out: $bytes bytes"
