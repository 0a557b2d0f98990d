# Builds build/flux: the server in release, with clients/web/dist inside.
. "$(dirname "$0")/step.sh"
. scripts/configure.sh

bash scripts/packages.sh build
. scripts/node.sh # packs the client
configure release --buildtype=release -Dtests=false "-Dclient=$ROOT/clients/web/dist"
step server "Building the server" "mend the error above in server/ or wire/" ninja --quiet -C build/release
# Only when it differs, and never in place: the old one may be running.
if ! cmp -s build/release/server/flux build/flux; then
    install -m 755 build/release/server/flux build/flux.part
    mv -f build/flux.part build/flux
fi
