# Builds what changed and starts Flux. FLUX_LISTEN and FLUX_DATA say where; `build/flux help serve` tells all.
. "$(dirname "$0")/step.sh"

bash scripts/build.sh
say "Starting Flux (Ctrl-C stops it)"
exec build/flux serve
