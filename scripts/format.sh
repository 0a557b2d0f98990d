# Rewrites all sources in the project's format.
. "$(dirname "$0")/step.sh"
. scripts/node.sh
. scripts/modules.sh

bash scripts/packages.sh lint
mapfile -d '' -t sources < <(find server wire fuzz bench -name '*.[ch]' -print0 | LC_ALL=C sort -z)
step format-c "Formatting ${#sources[@]} C files" "see the error above" clang-format-14 -i "${sources[@]}"
step format-clients "Formatting the clients" "mend what Biome could not, above" npx biome check --colors=off --write .
