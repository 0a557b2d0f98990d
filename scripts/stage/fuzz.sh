# Every fuzz target: its corpus once, then FUZZ_SECONDS of new inputs.
. "$(dirname "$0")/../step.sh"

FUZZ_SECONDS=${FUZZ_SECONDS:-3} ONLY='' bash scripts/fuzz.sh
