#!/usr/bin/env bash
# Puts in place what the native modules and the tests need: a C compiler, mingw-w64, Wine and a Wine prefix (artifacts/wine).
# Does nothing when all is there. Installs with apt when it may; says what is missing otherwise.
# Usage: eng/setup.sh [--serve]     with --serve only what it takes to build and serve an extension on Linux
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

if ! command -v dotnet >/dev/null; then
    echo "setup: the .NET SDK is missing; global.json says which (https://dot.net)" >&2
    exit 1
fi

# command, Debian package
needed=("gcc gcc" "curl curl")
if [[ ${1:-} != --serve ]]; then
    needed+=("x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64" "i686-w64-mingw32-gcc gcc-mingw-w64-i686" "wine wine"
        "zip zip" "unzip unzip" "ip iproute2" "unshare util-linux")
fi

missing=()
packages=()
for pair in "${needed[@]}"; do
    read -r command package <<<"$pair"
    if ! command -v "$command" >/dev/null; then
        missing+=("$command")
        packages+=("$package")
        [[ $package != wine ]] || packages+=(wine64)
    fi
done

if ((${#missing[@]} > 0)); then
    if ((EUID == 0)) && command -v apt-get >/dev/null; then
        echo "setup: installing ${packages[*]}"
        export DEBIAN_FRONTEND=noninteractive
        log=$(mktemp)
        if ! { apt-get update && apt-get install -y --no-install-recommends "${packages[@]}"; } >"$log" 2>&1; then
            tail -n 20 "$log" >&2
            echo "setup: apt could not install all of: ${packages[*]}; tests that need them are skipped" >&2
        fi
        rm -f "$log"
    else
        echo "setup: missing: ${missing[*]}; install with: sudo apt-get install ${packages[*]}" >&2
    fi
fi

command -v gcc >/dev/null || {
    echo "setup: without a C compiler nothing can be served or tested" >&2
    exit 1
}

# A prefix of our own, so that the tests neither read nor change the user's ~/.wine.
if [[ ${1:-} != --serve ]] && command -v wine >/dev/null && [[ ! -f artifacts/wine/.ready ]]; then
    echo "setup: preparing a Wine prefix in artifacts/wine"
    mkdir -p artifacts/wine
    export WINEPREFIX=$root/artifacts/wine WINEARCH=win64 WINEDEBUG=-all DISPLAY= WINEDLLOVERRIDES="mscoree,mshtml="
    if timeout 180 wine wineboot -i </dev/null >/dev/null 2>&1 && timeout 60 wineserver -w; then
        touch artifacts/wine/.ready
    else
        timeout 10 wineserver -k || true
        echo "setup: Wine did not start; the tests on Windows DLLs are skipped" >&2
    fi
fi

# 32-bit Wine is a matter of its own.
[[ ${1:-} == --serve ]] || ./eng/setup-wine32.sh
