#!/usr/bin/env bash
# Puts 32-bit Wine in place for the tests of 32-bit DLLs: artifacts/wine32/wine runs it, with a prefix of its own (artifacts/wine32/prefix).
#
# Where the system has 32-bit Wine (dpkg --add-architecture i386 && apt-get update && apt-get install wine32:i386) that one is used. Otherwise the
# packages are unpacked into a folder, with a package state of their own: the system's architectures and lists stay as they are, which matters where a
# mirror's i386 index is behind. Nothing is installed but a link for the 32-bit loader, which takes root.
# Bounded in time; when it does not succeed, the tests are skipped and say so.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
to=$root/artifacts/wine32
[[ ! -f $to/.ready ]] || exit 0

give_up() {
    echo "setup: no 32-bit Wine: $1; tests of 32-bit DLLs are skipped" >&2
    exit 0
}

command -v wine >/dev/null || give_up "Wine is not installed"
mkdir -p "$to"

if [[ -x /usr/lib/wine/wine ]]; then
    cat >"$to/wine" <<'END'
#!/bin/sh
exec /usr/lib/wine/wine "$@"
END
else
    command -v apt-get >/dev/null && [[ $(dpkg --print-architecture) == amd64 ]] || give_up "its packages come with apt on amd64 only"
    archive=$(sed -n 's/^URIs: *//p; s/^deb  *\(http[^ ]*\) .*/\1/p' /etc/apt/sources.list.d/*.sources /etc/apt/sources.list 2>/dev/null | head -n 1 || true)
    release=$(. /etc/os-release && echo "$VERSION_CODENAME")
    [[ -n $archive ]] || give_up "no archive is named in /etc/apt"

    echo "setup: unpacking 32-bit Wine into artifacts/wine32"
    apt=$to/apt
    mkdir -p "$apt"/{lists/partial,archives/partial,etc} "$to/root"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive $release main" >"$apt/etc/sources.list"
    : >"$apt/status"
    options=(-o APT::Architecture=i386 -o APT::Architectures=i386 -o Dir::State::status="$apt/status" -o Dir::State::lists="$apt/lists"
        -o Dir::Cache="$apt" -o Dir::Etc::sourcelist="$apt/etc/sources.list" -o Dir::Etc::sourceparts=- -o APT::Install-Recommends=false
        -o Debug::NoLocking=1 -o APT::Sandbox::User=root)
    log=$to/log
    timeout 120 apt-get "${options[@]}" update >"$log" 2>&1 || give_up "the archive's i386 index cannot be read (artifacts/wine32/log)"
    timeout 400 apt-get "${options[@]}" install -y --download-only wine32 >>"$log" 2>&1 || give_up "its packages cannot be fetched (artifacts/wine32/log)"
    for package in "$apt"/archives/*.deb; do dpkg-deb -x "$package" "$to/root"; done
    rm -rf "$apt"

    # Wine looks for it beside its own DLLs; the package's installation would link it there.
    cp "$to/root/usr/i686-w64-mingw32/lib/zlib1.dll" "$to/root/usr/lib/i386-linux-gnu/wine/i386-windows/" 2>/dev/null || true

    # The loader's place is fixed in every 32-bit program. A link to a folder that is gone is made anew.
    if [[ ! -e /lib/ld-linux.so.2 ]]; then
        ln -sf "$to/root/lib/ld-linux.so.2" /lib/ld-linux.so.2 2>/dev/null || give_up "/lib/ld-linux.so.2 cannot be made"
    fi

    cat >"$to/wine" <<END
#!/bin/sh
export LD_LIBRARY_PATH="$to/root/lib/i386-linux-gnu:$to/root/usr/lib/i386-linux-gnu"
export WINESERVER="\${WINESERVER:-/usr/lib/wine/wineserver64}"
exec "$to/root/usr/lib/wine/wine" "\$@"
END
fi

chmod +x "$to/wine"
export WINEPREFIX=$to/prefix WINEARCH=win32 WINEDEBUG=-all DISPLAY= WINEDLLOVERRIDES="mscoree,mshtml="
timeout 180 "$to/wine" wineboot.exe -i </dev/null >>"$to/log" 2>&1 || true
if [[ -f $to/prefix/drive_c/windows/system32/kernel32.dll ]]; then
    touch "$to/.ready"
else
    give_up "it does not start (artifacts/wine32/log)"
fi
