# A real server and a real browser.
. "$(dirname "$0")/../step.sh"

config=tests/browser/playwright.config.ts
[ -f "$config" ] || die "$config is missing" "restore it: git checkout $config"
bash scripts/packages.sh test browser
bash scripts/build.sh
. scripts/node.sh
export FLUX_BINARY=$ROOT/build/flux
status=0
# Its configuration lets it write build/report/browser.json.
npx playwright test --config "$config" >build/log/browser.log 2>&1 </dev/null || status=$?
python3 scripts/count.py playwright browser "$status" build/report/browser.json build/log/browser.log
