# Takes the views that scripts/shots/views.mjs names, and a sheet with all of them: build/shots/.
. "$(dirname "$0")/step.sh"

bash scripts/packages.sh browser
bash scripts/build.sh
. scripts/node.sh
. scripts/modules.sh
# shellcheck disable=SC2086
FLUX_BINARY=$ROOT/build/flux node scripts/shots/take.mjs ${ONLY:-}
say "Look at build/shots/sheet.png"
