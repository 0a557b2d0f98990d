# Builds build/wasm/flux_wire.wasm, the wire codec for the clients, when its sources changed.
. "$(dirname "$0")/step.sh"

hash=$(hash_files wire docs/protocol.md)
if [ -f build/wasm/flux_wire.wasm ] && stamp_is wasm "$hash"; then exit 0; fi
bash scripts/packages.sh build
step wasm "Building the wire codec (WebAssembly)" "mend the error above in wire/" bash wire/wasm/build.sh
stamp_set wasm "$hash"
