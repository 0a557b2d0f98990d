# Lists the Makefile's targets with the line that stands behind each.
. "$(dirname "$0")/step.sh"

printf 'Flux: a self-hosted metaverse platform.\n\nusage: make TARGET\n\n'
sed -nE 's/^([a-z-]+):.* ## (.*)$/\1\t\2/p' Makefile | while IFS=$'\t' read -r target what; do
    printf '  %-9s %s\n' "$target" "$what"
done
printf '\nStart with: make run\n'
