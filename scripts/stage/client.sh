# The clients' types, and the vitest tests beside their sources.
. "$(dirname "$0")/../step.sh"

[ -f vitest.config.ts ] || die "vitest.config.ts is missing" "restore it: git checkout vitest.config.ts"
. scripts/node.sh
. scripts/modules.sh

bash scripts/packages.sh test
bash scripts/wasm.sh
status=0
npm run types >build/log/types.log 2>&1 </dev/null || status=$?
python3 scripts/count.py command client-types "$status" "the types agree" build/log/types.log

status=0
npx vitest run --reporter=json --outputFile=build/report/client.json >build/log/client.log 2>&1 </dev/null ||
    status=$?
python3 scripts/count.py vitest client "$status" build/report/client.json build/log/client.log
python3 scripts/count.py add client client-types
