# Sourced: makes sure that `node` is one the client's tools run on, and `npm` is there.
#
# Vite 8 and the test tools want Node 22.12 or later, and Debian 12 has 18: npm then brings one for this
# folder alone, into .tools/node.
# shellcheck shell=bash

NODE_FOLDER=$ROOT/.tools/node

node_fits() {
    node -e 'const [a, b] = process.versions.node.split(".").map(Number);
        process.exit(a > 22 || (a === 22 && b >= 12) ? 0 : 1)' 2>/dev/null
}

if [ -d "$NODE_FOLDER/node_modules/.bin" ]; then
    PATH=$NODE_FOLDER/node_modules/.bin:$PATH
fi
if ! node_fits || ! command -v npm >/dev/null; then
    if ! command -v npm >/dev/null; then bash scripts/packages.sh node; fi
    if ! node_fits; then
        mkdir -p "$NODE_FOLDER"
        printf '{ "private": true }\n' >"$NODE_FOLDER/package.json"
        step node "Fetching Node 22 for this folder (the system's is $(node --version 2>/dev/null || echo missing))" \
            "check the network (npm ping), then try again" \
            npm install --prefix "$NODE_FOLDER" --no-audit --no-fund node@22
        PATH=$NODE_FOLDER/node_modules/.bin:$PATH
        hash -r
        node_fits || die "the Node that npm brought does not run here" \
            "install Node 22 by hand and put it on the PATH"
    fi
fi
export PATH
