# Deletes what was built. The data folder, node_modules and .tools stay.
. "$(dirname "$0")/step.sh"

rm -rf build clients/web/dist test-results playwright-report
say "Deleted build/ and clients/web/dist; data/, node_modules/ and .tools/ are kept"
