#!/usr/bin/env bash
# Builds the native modules (tests/native, tests/native/filters, samples/extensions, samples/filters) with our headers:
#
#   artifacts/native/linux-x64/NAME.so   gcc
#   artifacts/native/win-x64/NAME.dll    x86_64-w64-mingw32-gcc
#   artifacts/native/win-x86/NAME.dll    i686-w64-mingw32-gcc; only what the tests of the wrong processor need
#
# C++ sources (.cpp) need the g++ of the same target, Pascal ones (.pas) Free Pascal, which Debian has for Linux only; what lacks its compiler is
# left out. "build-flags: … --" in the first line of a source adds to the command line.
#
# Only what is older than its source or a header is built again. A target whose compiler is missing is left out, and said so.
# Usage: eng/build-native.sh [--linux] [NAME…]      with names, only these modules
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

win_x86_modules="hello echo-ecb crash exit-thread foreign-writer sleep write-large"

# The compiler of a source; none when there is none for the target.
compiler_for() {
    local prefix=""
    case $1 in
    win-x64) prefix=x86_64-w64-mingw32- ;;
    win-x86) prefix=i686-w64-mingw32- ;;
    esac
    case $2 in
    *.cpp) command -v "${prefix}g++" ;;
    *.pas) [[ -z $prefix ]] && command -v fpc ;;
    *) command -v "${prefix}gcc" ;;
    esac
}

# One module: TARGET SOURCE. Each build runs in a process of its own, so that xargs can run some at once.
build() {
    local target=$1 source=$2 name output extra=()
    name=$(basename "${source%.*}")
    read -ra extra <<<"$(sed -n '1s/.*build-flags: \(.*\) --.*/\1/p' "$source")"

    # A module whose name begins with "needs-" is linked with the library of that name in tests/native/neighbours.
    if [[ $name == needs-* ]]; then
        extra+=(-L"artifacts/native/$target" -l"${name#needs-}")
        [[ $target != linux-* ]] || extra+=("-Wl,-rpath,\$ORIGIN")
    fi

    case $target in
    linux-*)
        output=$name.so
        [[ $source != tests/native/neighbours/* ]] || output=lib$name.so
        set -- "$(compiler_for "$target" "$source")" -fPIC
        ;;
    win-x64)
        output=$name.dll
        set -- "$(compiler_for "$target" "$source")" -static-libgcc -static-libstdc++
        ;;
    win-x86)
        output=$name.dll
        set -- "$(compiler_for "$target" "$source")" -static-libgcc -Wl,--kill-at
        ;;
    esac

    # Linked in another folder (not under another name, which a DLL carries inside) and then moved: a process that has the old
    # file loaded keeps it whole.
    local file=artifacts/native/$target/$output scratch

    # Filters stand apart: they cannot be served as extensions.
    [[ $source != */filters/* ]] || file=artifacts/native/$target/filters/$output
    scratch=$(mktemp -d "artifacts/native/$target/.build-XXXXXX")
    trap "rm -rf '$scratch'" EXIT
    if [[ $source == *.pas ]]; then
        fpc -v0 -O2 -FU"$scratch" -o"$scratch/$output" "$source" >"$scratch/log" 2>&1 || { cat "$scratch/log" >&2; return 1; }
    else
        "$@" -shared -O2 -pthread -Wall -Wextra -Werror -I src/include -o "$scratch/$output" "$source" "${extra[@]}"
    fi
    mv -f "$scratch/$output" "$file"
    echo "  $file"
}

if [[ ${1:-} == --one ]]; then
    build "$2" "$3"
    exit
fi

newest_header=$(find src/include tests/native samples -name '*.h' -printf '%T@ %p\n' | sort -rn | sed -n '1s/^[^ ]* //p')

# Prints "TARGET SOURCE" for each module of the folders given that is to be built.
stale() {
    local target=$1 source name file
    shift
    for source in "$@"; do
        [[ -f $source ]] || continue
        name=$(basename "${source%.*}")
        compiler_for "$target" "$source" >/dev/null || continue
        [[ -z $wanted || " $wanted " == *" $name "* ]] || continue
        [[ $target != win-x86 || " $win_x86_modules " == *" $name "* ]] || continue
        case $target in
        linux-*) file=$name.so && [[ $source != tests/native/neighbours/* ]] || file=lib$name.so ;;
        *) file=$name.dll ;;
        esac
        [[ $source != */filters/* ]] || file=filters/$file
        file=artifacts/native/$target/$file
        if [[ ! -f $file || $source -nt $file || $newest_header -nt $file || ${BASH_SOURCE[0]} -nt $file ]]; then
            echo "$target $source"
        fi
    done
}

compilers=("gcc" "x86_64-w64-mingw32-gcc" "i686-w64-mingw32-gcc")
if [[ ${1:-} == --linux ]]; then
    compilers=("gcc")
    shift
fi

wanted="$*"
case $(uname -m) in
aarch64 | arm64) linux=linux-arm64 ;;
*) linux=linux-x64 ;;
esac

targets=()
for compiler in "${compilers[@]}"; do
    case $compiler in
    gcc) target=$linux ;;
    x86_64-*) target=win-x64 ;;
    i686-*) target=win-x86 ;;
    esac
    if command -v "$compiler" >/dev/null; then
        targets+=("$target")
        mkdir -p "artifacts/native/$target/filters"
    else
        echo "build-native: no $compiler, so nothing is built for $target (eng/setup.sh installs it)"
    fi
done

run() {
    xargs -r -P2 -L1 "${BASH_SOURCE[0]}" --one
}

# Neighbours come first: modules are linked with them.
for target in "${targets[@]}"; do wanted="" stale "$target" tests/native/neighbours/*.c; done | run
for target in "${targets[@]}"; do stale "$target" tests/native/*.{c,cpp,pas} samples/extensions/*.c tests/native/filters/*.c samples/filters/*.c; done | run
