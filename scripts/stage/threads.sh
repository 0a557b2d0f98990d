# The tests of the suite "threads" under ThreadSanitizer.
. "$(dirname "$0")/../step.sh"
. scripts/configure.sh

bash scripts/packages.sh build test
configure tsan -Db_sanitize=thread -Db_lundef=false
# Only what these tests run: the rest would take as long again.
mapfile -t programs < <(meson introspect --tests build/tsan | python3 -c '
import json, os, sys
for test in json.load(sys.stdin):
    if any(suite.endswith("threads") for suite in test["suite"]):
        print(os.path.relpath(test["cmd"][0], "build/tsan"))')
[ ${#programs[@]} -gt 0 ] || die "no test is in the suite \"threads\"" "add it to a test: suite: ['unit', 'threads']"
step threads-build "Building the tests with ThreadSanitizer" "mend the error above" \
    ninja --quiet -C build/tsan "${programs[@]}"

# Where the kernel spreads addresses widely, gcc 12's ThreadSanitizer does not start: fixed addresses help.
fixed=()
if setarch -R true 2>/dev/null; then fixed=(setarch -R); fi
export TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1
status=0
"${fixed[@]}" meson test -C build/tsan --no-rebuild --suite threads --timeout-multiplier 6 \
    >build/log/threads.log 2>&1 </dev/null || status=$?
python3 scripts/count.py meson threads "$status" build/tsan/meson-logs/testlog.json build/log/threads.log
