# packages.sh WHAT...: installs the Debian packages that the jobs named need and that are missing.
. "$(dirname "$0")/step.sh"

declare -A packages=(
    [build]="gcc libc6-dev meson ninja-build pkg-config libmicrohttpd-dev libssl-dev libjansson-dev
        libutf8proc-dev zlib1g-dev clang-14 lld-14 libclang-rt-14-dev-wasm32"
    [node]="nodejs npm"
    [test]="python3 libcmocka-dev libclang-rt-14-dev llvm-14 openssl"
    [integration]="nginx-light openssl curl"
    [browser]="chromium fonts-noto-cjk fonts-noto-color-emoji"
    [art]="blender python3-numpy python3-pil"
    [artfacts]="python3-numpy"
    [pictures]="pngquant"
    [lint]="clang-format-14 clang-tidy-14 shellcheck libcmocka-dev"
)

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "This system has no apt-get: what Debian 12 calls ${packages[build]//$'\n'/ } must be here already"
    exit 0
fi

missing=()
for job in "$@"; do
    for package in ${packages[$job]}; do
        status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        if [ "$status" != installed ]; then missing+=("$package"); fi
    done
done
if [ ${#missing[@]} = 0 ]; then exit 0; fi

as_root=()
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
        die "Debian packages are missing: ${missing[*]}" \
            "run as root: apt-get install --no-install-recommends ${missing[*]}"
    fi
    # Asks for the password now, while it can be seen what for.
    if ! sudo -n true 2>/dev/null; then
        say "Debian packages are missing (${missing[*]}); sudo may ask for your password"
        sudo -v || die "sudo refused" "run as root: apt-get install --no-install-recommends ${missing[*]}"
    fi
    as_root=(sudo)
fi

# A package must not start a service here (nginx would take port 80): while it installs, a policy forbids
# it, and a web server that came only with this is not started at the next boot either.
# shellcheck disable=SC2016
install_script='
set -e
if [ ! -e /usr/sbin/policy-rc.d ]; then
    trap "rm -f /usr/sbin/policy-rc.d" EXIT
    printf "#!/bin/sh\nexit 101\n" >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
fi
apt-get -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "$@"
case " $* " in
*" nginx-light "*) if [ -d /run/systemd/system ]; then systemctl disable nginx || true; fi ;;
esac
'
advice="check the network and /etc/apt/sources.list, then try again"
# Once an hour is enough: several jobs may each find something missing.
if [ -z "$(find build/stamp/apt-update -mmin -60 2>/dev/null)" ]; then
    step apt-update "Updating the list of Debian packages" "$advice" \
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 update
    touch build/stamp/apt-update
fi
step apt-install "Installing Debian packages: ${missing[*]}" "$advice" \
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive sh -c "$install_script" sh "${missing[@]}"
