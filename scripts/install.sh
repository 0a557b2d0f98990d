# Copies the program to $DESTDIR$PREFIX/bin. Builds it first only when it is not there, so that
# `make build && sudo make install` leaves no file of root's behind.
. "$(dirname "$0")/step.sh"

target=${DESTDIR:-}${PREFIX:-/usr/local}
if ! [ -x build/flux ]; then bash scripts/build.sh; fi
install -D -m 755 build/flux "$target/bin/flux"
install -D -m 644 LICENSE "$target/share/doc/flux/LICENSE"
say "Installed $target/bin/flux"
