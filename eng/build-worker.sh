#!/usr/bin/env bash
# Builds the worker (src/worker) that runs ISAPI modules outside the host:
#
#   artifacts/worker/linux-x64/isapihost-worker        gcc (linux-arm64 on Arm, and where aarch64-linux-gnu-gcc is there)
#   artifacts/worker/win-x64/isapihost-worker.exe      x86_64-w64-mingw32-gcc
#   artifacts/worker/win-x86/isapihost-worker.exe      i686-w64-mingw32-gcc
#
# Only what is older than its sources is built again. A target whose compiler is missing is left out, and said so.
# Usage: eng/build-worker.sh [--sanitize]      with --sanitize also artifacts/worker/sanitized/isapihost-worker, with AddressSanitizer and UBSan
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

common=(-std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -fcf-protection=none -I src/include)
shared=(calls extension lanes main message modules segment slots support)
newest=$(find src/worker src/include "${BASH_SOURCE[0]}" -type f -printf '%T@ %p\n' | sort -rn | sed -n '1s/^[^ ]* //p')

# TARGET FILE COMPILER OPTION…
build() {
    local target=$1 file=artifacts/worker/$1/$2 compiler=$3 system=linux sources=() scratch
    shift 3
    if ! command -v "$compiler" >/dev/null; then
        echo "build-worker: no $compiler, so nothing is built for $target (eng/setup.sh installs it)"
        return
    fi

    [[ $target != win-* ]] || system=windows
    [[ ! -f $file || $newest -nt $file ]] || return 0
    for name in "${shared[@]}" "platform_$system" "crash_$system"; do sources+=("src/worker/$name.c"); done
    mkdir -p "artifacts/worker/$target"

    # Built beside and moved: a process that runs the old file keeps it whole.
    scratch=$(mktemp "artifacts/worker/$target/.build-XXXXXX")
    trap "rm -f '$scratch'" EXIT
    "$compiler" "${common[@]}" "$@" -o "$scratch" "${sources[@]}"
    chmod 755 "$scratch"
    mv -f "$scratch" "$file"
    echo "  $file"
}

linux=(-pthread -fPIE -pie -fstack-protector-strong -Wl,-z,relro,-z,now)
case $(uname -m) in
aarch64 | arm64)
    common=("${common[@]/-fcf-protection=none/}")
    build linux-arm64 isapihost-worker gcc "${linux[@]}" -ldl -s
    ;;
*)
    build linux-x64 isapihost-worker gcc "${linux[@]}" -ldl -s
    ;;
esac

build win-x64 isapihost-worker.exe x86_64-w64-mingw32-gcc -municode -static-libgcc -Wl,--nxcompat,--dynamicbase -s
build win-x86 isapihost-worker.exe i686-w64-mingw32-gcc -municode -msse2 -static-libgcc -Wl,--nxcompat,--dynamicbase,--large-address-aware -s

if [[ ${1:-} == --sanitize ]]; then
    build sanitized isapihost-worker gcc -pthread -g -fsanitize=address,undefined -fno-omit-frame-pointer -ldl
fi
