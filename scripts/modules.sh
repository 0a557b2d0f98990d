# Sourced after node.sh: installs the npm packages that package-lock.json names, when it changed.
# shellcheck shell=bash

export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1

modules_wanted=$(printf '%s\n' "$(node --version)" "$(sha256sum package.json package-lock.json clients/*/package.json)")
# The stamp lives within what it speaks of, and goes with it.
if [ "$(cat node_modules/.flux-stamp 2>/dev/null)" != "$modules_wanted" ]; then
    step npm-ci "Installing npm packages" \
        "check the network (npm ping); if package.json and package-lock.json disagree, run: node scripts/lock.mjs" \
        npm ci --no-audit --no-fund
    printf '%s\n' "$modules_wanted" >node_modules/.flux-stamp
fi
