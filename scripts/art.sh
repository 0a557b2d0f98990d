# Makes what art/made holds: Blender runs the scripts of art/, then the results are packed. ONLY picks some.
. "$(dirname "$0")/step.sh"

bash scripts/packages.sh art
. scripts/node.sh
. scripts/modules.sh
# shellcheck disable=SC2086
step art "Making models, motions and bakes with Blender (minutes)" "mend the error above in art/" \
    bash -c 'blender -b -noaudio --python-exit-code 1 -P art/build.py -- "$@"' art ${ONLY:-}
# shellcheck disable=SC2086
step art-pack "Packing them into art/made" "mend the error above in art/pack.mjs" node art/pack.mjs ${ONLY:-}
