# A real server over real sockets.
. "$(dirname "$0")/../step.sh"

config=tests/integration/vitest.config.ts
[ -f "$config" ] || die "$config is missing" "restore it: git checkout $config"
bash scripts/packages.sh test integration
bash scripts/build.sh
. scripts/node.sh
export FLUX_BINARY=$ROOT/build/flux
status=0
npx vitest run --config "$config" --reporter=json \
    --outputFile="$ROOT/build/report/integration.json" >build/log/integration.log 2>&1 </dev/null || status=$?
python3 scripts/count.py vitest integration "$status" build/report/integration.json build/log/integration.log
