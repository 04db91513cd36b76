#!/usr/bin/env bash
# Everything that is checked before a change is taken: tools, native modules, a build without warnings, isapihost.exe for Wine, all tests.
# The last line is "N passed, N failed, N skipped"; the exit code is 0 only when nothing failed.
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1 MSBUILDTERMINALLOGGER=off

step() {
    echo
    echo "== $1"
}

step "tools"
./eng/setup.sh || exit 1

step "workers and native modules"
./eng/build-worker.sh || exit 1
./eng/build-native.sh || exit 1

step "build"
dotnet build IsapiHost.sln -c Release -warnaserror -v minimal || exit 1

step "isapihost.exe for Wine"
if command -v wine >/dev/null; then
    dotnet publish src/IsapiHost.Cli -c Release -r win-x64 --self-contained -o artifacts/publish/win-x64 -v minimal || exit 1
else
    echo "no Wine: not published, the tests on Windows DLLs are skipped"
fi

results=artifacts/test-results
rm -rf "$results"
passed=0 failed=0 skipped=0 summary=()

# Between two tests no Wine process may be left, and a new one that comes while Wine's server is about to end fails without a word:
# the server stays for a minute after the last of them.
keep_wine() {
    command -v wineserver >/dev/null || return 0
    WINEPREFIX=$root/artifacts/wine WINEDEBUG=-all timeout 20 wineserver -p60 </dev/null >/dev/null 2>&1 || true # it runs already
}

for project in tests/*/*.csproj samples/TestingWithXunit/*.csproj; do
    suite=$(basename "$project" .csproj)
    step "$suite"
    keep_wine
    # The docs use the ports that they name, so they get a network of their own.
    runner=()
    [[ $suite != IsapiHost.Docs.Tests ]] || runner=(eng/own-network.sh)

    # The blame timeout ends a suite that hangs, and then names the test.
    "${runner[@]}" dotnet test "$project" -c Release --no-build --nologo -v quiet --results-directory "$results" \
        --logger "trx;LogFileName=$suite.trx" --logger "console;verbosity=normal" \
        --blame-hang-timeout 10m --blame-hang-dump-type none </dev/null
    code=$?

    # The totals are attributes of <Counters/>; those of skipped tests are not counted there, but missing from "executed".
    counters=$(grep -o '<Counters [^>]*>' "$results/$suite.trx" 2>/dev/null)
    count() { sed -n "s/.*[ ]$1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
    p=$(count passed) f=$(count failed) t=$(count total)
    p=${p:-0} f=${f:-0} t=${t:-0}
    s=$((t - p - f))
    line="$suite: $p passed, $f failed, $s skipped"
    # A suite that broke off, or ran no test at all, has failed even though no single test says so.
    if ((f == 0)) && { ((code != 0)) || ((t == 0)); }; then
        f=1
        line="$suite: did not finish (exit code $code, $p passed)"
    fi
    ((passed += p, failed += f, skipped += s))
    summary+=("$line")
done

step "packages"
keep_wine
eng/test-packages.sh | tee "$results/packages.log"
line=$(tail -n 1 "$results/packages.log")
[[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]] || { BASH_REMATCH=("" 0 1 0) && line="did not finish"; }
((passed += BASH_REMATCH[1], failed += BASH_REMATCH[2], skipped += BASH_REMATCH[3]))
summary+=("packages: $line")

# What failed stands at the end, where a reader of a long log looks first.
failures() {
    awk '/<UnitTestResult [^>]*outcome="Failed"/ {
             match($0, /testName="[^"]*"/); print "  " substr($0, RSTART + 10, RLENGTH - 11); failed = 1 }
         failed && /<Message>/ { message = 1; lines = 0 }
         message { text = $0; gsub(/<\/?Message>/, "", text); if (lines++ < 12) print "      " text }
         /<\/Message>/ { message = 0 }
         /<\/UnitTestResult>/ { failed = message = 0 }' "$1" | sed 's/&quot;/"/g; s/&#xD;//g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'
}

echo
for trx in "$results"/*.trx; do
    ! grep -q 'outcome="Failed"' "$trx" || {
        echo "failed in $(basename "$trx" .trx):"
        failures "$trx"
    }
done
! grep -q '^  FAILED' "$results/packages.log" || {
    echo "failed in packages:"
    grep '^  FAILED' "$results/packages.log"
}
printf '%s\n' "${summary[@]}"
echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0))
