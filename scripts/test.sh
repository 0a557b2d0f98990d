# Runs the stages of tests one after the other and adds up their counts. ONLY="unit client" picks some.
# The last line is "N passed, N failed"; what could not run counts as failed.
. "$(dirname "$0")/step.sh"

stages="tidy unit threads fuzz art client stranger integration browser"
for stage in ${ONLY:-}; do
    case " $stages " in
    *" $stage "*) ;;
    *) die "there is no stage \"$stage\"" "name some of: $stages" ;;
    esac
done

# Two at once would overwrite each other's reports. Descriptor 9 stays this shell's own (9>&- below), so that
# nothing a test leaves behind keeps the lock.
exec 9>build/test.lock
flock -n 9 || die "another make test runs in this folder" "wait for it, or use another clone"
rm -rf build/report
mkdir -p build/report
passed=0 failed=0 started=$SECONDS
for stage in ${ONLY:-$stages}; do
    stage_started=$SECONDS
    say "Tests: $stage"
    bash "scripts/stage/$stage.sh" 2>&1 9>&- || true
    # Written last by a stage that ran: "PASSED FAILED".
    if ! read -r stage_passed stage_failed 2>/dev/null <"build/report/$stage.count"; then
        stage_passed=0 stage_failed=1
        printf '    the stage %s could not run\n' "$stage"
    fi
    printf '    %s: %d passed, %d failed (%d s)\n' "$stage" "$stage_passed" "$stage_failed" \
        $((SECONDS - stage_started))
    passed=$((passed + stage_passed)) failed=$((failed + stage_failed))
done

say "All stages in $((SECONDS - started)) s"
printf '%d passed, %d failed\n' "$passed" "$failed" | tee build/report/total
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
