# The C tests beside the code, under AddressSanitizer and UndefinedBehaviorSanitizer.
. "$(dirname "$0")/../step.sh"
. scripts/configure.sh

bash scripts/packages.sh build test
configure asan -Db_sanitize=address,undefined -Db_lundef=false
step unit-build "Building the tests with AddressSanitizer and UBSan" "mend the error above" \
    ninja --quiet -C build/asan

export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
status=0
meson test -C build/asan --no-rebuild --timeout-multiplier 4 >build/log/unit.log 2>&1 </dev/null || status=$?
python3 scripts/count.py meson unit "$status" build/asan/meson-logs/testlog.json build/log/unit.log
