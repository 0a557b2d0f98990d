#!/bin/sh
# Writes a C file that holds the named files' bytes: embed_worlds.sh OUT.c FILE...
# The assembler reads the files itself (.incbin), so that their size costs no compile time.
set -eu
out=$1
shift
exec >"$out"

echo '#include "services/world/embedded.h"'
echo
n=0
for file; do
    printf '__asm__(".pushsection .rodata.embedded_worlds, \\"a\\"\\n"\n'
    printf '        ".globl embedded_world_%d, embedded_world_%d_end\\n"\n' $n $n
    printf '        ".hidden embedded_world_%d, embedded_world_%d_end\\n"\n' $n $n
    printf '        "embedded_world_%d: .incbin \\"%s\\"\\n"\n' $n "$(realpath "$file")"
    printf '        "embedded_world_%d_end: .byte 0\\n.popsection\\n");\n' $n
    printf 'extern const char embedded_world_%d[], embedded_world_%d_end[];\n\n' $n $n
    n=$((n + 1))
done
echo 'const struct embedded_world embedded_worlds[] = {'
n=0
for file; do
    printf '    {"%s", embedded_world_%d, embedded_world_%d_end},\n' "$(basename "$file")" $n $n
    n=$((n + 1))
done
echo '};'
echo "const size_t embedded_world_count = $n;"
