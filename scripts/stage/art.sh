# What art/made holds: valid, within its budgets, and made from the scripts as they stand. Needs no Blender.
. "$(dirname "$0")/../step.sh"

. scripts/node.sh
. scripts/modules.sh
bash scripts/packages.sh test
status=0
npx vitest run --config tests/art/vitest.config.ts --reporter=json \
    --outputFile="$ROOT/build/report/art.json" >build/log/art-test.log 2>&1 </dev/null || status=$?
python3 scripts/count.py vitest art "$status" build/report/art.json build/log/art-test.log
