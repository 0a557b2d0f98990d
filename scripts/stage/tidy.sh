# The text itself: floors, names, leftovers (tests/tidy says all).
. "$(dirname "$0")/../step.sh"

bash scripts/packages.sh test
status=0
python3 tests/tidy >build/report/tidy.tap 2>build/log/tidy.log || status=$?
python3 scripts/count.py tap tidy "$status" build/report/tidy.tap build/log/tidy.log
