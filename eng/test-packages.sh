#!/usr/bin/env bash
# Makes the packages and archives (eng/pack.sh) and uses each as a stranger would: from a local feed, in fresh folders outside this
# repository.
# The last line is "N passed, N failed, N skipped".
# Usage: eng/test-packages.sh [--no-pack]
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1

# Never a version that somebody's cache knows.
version=0.0.0-test.$(date +%s)
feed=$root/artifacts/packages
if [[ ${1:-} == --no-pack ]]; then
    version=$(cd "$feed" && ls IsapiHost.Cli.*.nupkg) && version=${version#IsapiHost.Cli.} && version=${version%.nupkg}
else
    eng/pack.sh --version "$version" --no-ready-to-run || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
fi

work=$(mktemp -d)
host=""
stop() {
    [[ -z $host ]] || kill -KILL "$host" 2>/dev/null
}
trap 'stop; rm -rf "$work"' EXIT

known=$(dotnet nuget locals global-packages --list | sed -n 's/^global-packages: //p')
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDTERMINALLOGGER=off NUGET_PACKAGES=$work/cache
unset DOTNET_ROOT

# The feed comes before those that the machine is set up with; what it has downloaded already is not downloaded again.
cat >"$work/NuGet.config" <<XML
<configuration>
  <packageSources>
    <add key="local" value="$feed" />
  </packageSources>
  <fallbackPackageFolders>
    <add key="machine" value="$known" />
  </fallbackPackageFolders>
</configuration>
XML

gcc -shared -fPIC -pthread -I src/include -o "$work/hello.so" samples/extensions/hello.c
passed=0 failed=0 skipped=0

# Runs a function of this file in a folder of its own; exit code 77 means skipped.
check() {
    local folder=$work/$1 code
    mkdir -p "$folder"
    (cd "$folder" && set -e && "$1") >"$work/$1.log" 2>&1
    code=$?
    case $code in
    0) ((passed += 1)) && echo "  passed   ${1//_/ }" ;;
    77) ((skipped += 1)) && echo "  skipped  ${1//_/ }: $(tail -n 1 "$work/$1.log")" ;;
    *) ((failed += 1)) && echo "  FAILED   ${1//_/ }" && sed 's/^/           /' "$work/$1.log" | tail -n 40 ;;
    esac
}

# Starts a server, asks it for a URL, and stops it: serve SIGNAL PATH EXPECTED COMMAND…
serve() {
    local signal=$1 path=$2 expected=$3 address="" answer i
    shift 3
    set -m
    "$@" </dev/null >server.log 2>&1 &
    host=$!
    set +m
    for ((i = 0; i < 600 && ${#address} == 0; i++)); do
        sleep 0.1
        address=$(sed -n 's/.*Now listening on: \(http:[^ ]*\).*/\1/p' server.log | tr -d '\r' | head -n 1)
        kill -0 "$host" 2>/dev/null || break
    done
    cat server.log
    answer=$(curl -sS --fail-with-body --max-time 60 "${address:-http://127.0.0.1:9}$path")
    echo "$answer"
    kill -"$signal" "$host"
    wait "$host"
    local code=$?
    host=""
    [[ $answer == "$expected"* ]] && ((code == 0))
}

the_packages_have_what_a_gallery_shows() {
    for id in IsapiHost IsapiHost.Testing IsapiHost.Cli; do
        rm -rf content && mkdir content
        unzip -q "$feed/$id.$version.nupkg" -d content
        ls content/README.md content/icon.png
        grep -q "<license type=\"expression\">MIT</license>" content/*.nuspec
        grep -q "<tags>isapi" content/*.nuspec
        grep -q "<readme>README.md</readme>" content/*.nuspec
        [[ $id == IsapiHost.Cli ]] || ls "$feed/$id.$version.snupkg"
    done
}

the_documentation_has_public_members_only() {
    unzip -q "$feed/IsapiHost.$version.nupkg" -d content
    xml=$(echo content/lib/*/IsapiHost.xml)
    grep -q 'name="T:IsapiHost.IsapiOptions"' "$xml"
    grep -q 'MapIsapi' "$xml"
    ! grep -E 'name=".:IsapiHost\.(Interop|Transport|Threading)\.' "$xml"
}

the_sums_are_right() {
    cd "$feed"
    sha256sum --check --quiet SHA256SUMS
    files=(*)
    (($(wc -l <SHA256SUMS) == ${#files[@]} - 1))
}

the_tool_is_installed_and_serves() {
    dotnet tool install --tool-path tool IsapiHost.Cli --version "$version" --configfile "$work/NuGet.config"
    tool/isapihost --version
    serve TERM "/hello.so?name=tool" "Hello, tool!" tool/isapihost --dll "$work/hello.so" --urls http://127.0.0.1:0
}

an_application_serves_an_extension() {
    cp "$work/NuGet.config" .
    dotnet new web --output site
    cd site
    dotnet add package IsapiHost --version "$version"
    sed -i "s:^app.Run():app.MapIsapi(\"/app\", \"$work/hello.so\");\n&:; s:^var app:builder.Services.AddIsapi();\n&:" Program.cs
    dotnet build -v quiet
    serve TERM "/app/x?name=web" "Hello, web!" bin/Debug/net10.0/site --urls http://127.0.0.1:0
}

a_test_project_tests_an_extension() {
    cp "$work/NuGet.config" .
    dotnet new xunit --output tests
    cd tests
    dotnet add package IsapiHost.Testing --version "$version"
    cat >UnitTest1.cs <<CS
using IsapiHost.Testing;

public sealed class HelloTests
{
    [Fact]
    public async Task It_greets()
    {
        await using var host = await IsapiTestHost.StartAsync("$work/hello.so");

        Assert.StartsWith("Hello, test!", await host.Client.GetStringAsync("/hello.so?name=test"));
    }
}
CS
    dotnet test -v quiet | tee output
    grep -q "Passed: *1" output
}

the_archive_for_this_machine_needs_nothing() {
    local target=linux-x64
    [[ $(uname -m) != aarch64 ]] || target=linux-arm64
    tar -xzf "$feed/isapihost-$version-$target.tar.gz"
    mkdir home
    PATH=$PWD/isapihost-$version-$target:/usr/bin:/bin
    serve TERM "/hello.so?name=file" "Hello, file!" \
        env -i PATH="$PATH" HOME="$PWD/home" isapihost --dll "$work/hello.so" --urls http://127.0.0.1:0
}

the_archive_for_the_other_processor_is_one_file_for_it() {
    tar -xzf "$feed/isapihost-$version-linux-arm64.tar.gz"
    cd "isapihost-$version-linux-arm64"
    [[ $(od -An -tx1 -j18 -N2 isapihost | tr -d ' ') == b700 ]]
    ls
    ! ls ./*.dll ./*.so 2>/dev/null
}

the_archive_for_windows_serves_under_Wine() {
    command -v wine >/dev/null && [[ -f $root/artifacts/wine/.ready ]] || { echo "needs Wine: eng/setup.sh"; exit 77; }
    command -v x86_64-w64-mingw32-gcc >/dev/null || { echo "needs mingw-w64: eng/setup.sh"; exit 77; }
    x86_64-w64-mingw32-gcc -shared -static-libgcc -I "$root/src/include" -o hello.dll "$root/samples/extensions/hello.c"
    unzip -q "$feed/isapihost-$version-win-x64.zip"
    command=isapihost-$version-win-x64/isapihost.exe
    ! ls "${command%/*}"/*.dll 2>/dev/null
    export WINEPREFIX=$root/artifacts/wine WINEDEBUG=-all DOTNET_EnableWriteXorExecute=0
    unset DISPLAY
    serve INT "/hello.dll?name=Wine" "Hello, Wine!" wine "$command" --dll hello.dll --urls http://127.0.0.1:0
}

check the_packages_have_what_a_gallery_shows
check the_documentation_has_public_members_only
check the_sums_are_right
check the_tool_is_installed_and_serves
check an_application_serves_an_extension
check a_test_project_tests_an_extension
check the_archive_for_this_machine_needs_nothing
check the_archive_for_the_other_processor_is_one_file_for_it
check the_archive_for_windows_serves_under_Wine

echo "$passed passed, $failed failed, $skipped skipped"
((failed == 0))
