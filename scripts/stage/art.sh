# What art/made holds: valid, within its budgets, and made from the scripts as they stand; and the facts that
# the scripts themselves are held to. Needs no Blender.
. "$(dirname "$0")/../step.sh"

. scripts/node.sh
. scripts/modules.sh
bash scripts/packages.sh test artfacts
status=0
# Debian's own Python: numpy comes from a package.
/usr/bin/python3 -B -m unittest discover -v -s art -p '*_test.py' -t . >build/log/art-facts.log 2>&1 </dev/null || status=$?
python3 scripts/count.py unittest art-facts "$status" build/log/art-facts.log build/log/art-facts.log

status=0
npx vitest run --config tests/art/vitest.config.ts --reporter=json \
    --outputFile="$ROOT/build/report/art.json" >build/log/art-test.log 2>&1 </dev/null || status=$?
python3 scripts/count.py vitest art "$status" build/report/art.json build/log/art-test.log
python3 scripts/count.py add art art-facts
