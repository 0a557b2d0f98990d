# Lighthouse on the entry page with its mobile profile (a slow phone on a mobile network, simulated).
. "$(dirname "$0")/step.sh"

bash scripts/packages.sh browser
bash scripts/build.sh
. scripts/node.sh
. scripts/modules.sh
# In a folder of its own: nobody else needs its packages.
LIGHTHOUSE=$ROOT/.tools/lighthouse
if [ ! -d "$LIGHTHOUSE/node_modules/lighthouse" ]; then
    mkdir -p "$LIGHTHOUSE"
    printf '{ "private": true }\n' >"$LIGHTHOUSE/package.json"
    step lighthouse "Fetching Lighthouse for this folder" "check the network (npm ping), then try again" \
        npm install --prefix "$LIGHTHOUSE" --no-audit --no-fund lighthouse@13
fi
export LIGHTHOUSE FLUX_BINARY=$ROOT/build/flux
node scripts/audit.mjs
