#!/usr/bin/env bash
# Makes what is released, into artifacts/packages:
#
#   IsapiHost.VERSION.nupkg, IsapiHost.Testing.VERSION.nupkg    the libraries
#   IsapiHost.Cli.VERSION.nupkg                                 the dotnet tool isapihost
#   *.snupkg                                                    symbols, with links to the sources
#   isapihost-VERSION-linux-x64.tar.gz, -linux-arm64.tar.gz, -win-x64.zip
#                                                               the command as one file that needs nothing installed
#   SHA256SUMS                                                  of all of these
#
# Usage: eng/pack.sh [--version VERSION] [--no-ready-to-run]
#   --version             Directory.Build.props has the version otherwise
#   --no-ready-to-run     leaves the compilation ahead of time out of the archives: it takes minutes for each; for tests of the rest
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDTERMINALLOGGER=off

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
archive=()
while (($# > 0)); do
    case $1 in
    --version) version=$2 && shift ;;
    --no-ready-to-run) archive=(-p:PublishReadyToRun=false) ;;
    *) echo "pack: $1 is no option" >&2 && exit 2 ;;
    esac
    shift
done

packages=$root/artifacts/packages
rm -rf "$packages"
mkdir -p "$packages"

# The same commit gives the same files, wherever it is built. What is built here leaves other builds as they are.
build=$root/artifacts/pack/build
options=(-c Release -v quiet --nologo --artifacts-path "$build" "-p:Version=$version" -p:ContinuousIntegrationBuild=true)

# Links to the sources need to know where they are; without that the symbols carry them along.
if git remote get-url origin 2>/dev/null | grep -q github.com; then
    symbols=(-p:LinkSources=true)
else
    symbols=(-p:EmbedAllSources=true)
fi

for project in IsapiHost IsapiHost.Testing IsapiHost.Cli; do
    echo "pack: $project"
    dotnet build "src/$project" "${options[@]}" "${symbols[@]}"
    if [[ $project != IsapiHost.Cli ]]; then
        dotnet run eng/keep-public-documentation.cs -- \
            "$build/bin/$project/release/$project.dll" "$build/bin/$project/release/$project.xml" "$build/obj/$project/release/$project.xml"
    fi
    dotnet pack "src/$project" "${options[@]}" "${symbols[@]}" --no-build -o "$packages"
done

for target in linux-x64 linux-arm64 win-x64; do
    echo "pack: isapihost for $target"
    name=isapihost-$version-$target
    folder=artifacts/pack/$name
    rm -rf "$folder"
    dotnet publish src/IsapiHost.Cli -r "$target" --self-contained "${options[@]}" \
        "${archive[@]}" -p:PublishSingleFile=true -p:DebugType=none -p:GenerateDocumentationFile=false -o "$folder"
    cp LICENSE "$folder/"
    find "$folder" -exec touch -d "@$(git log -1 --format=%ct)" {} +
    case $target in
    win-*) (cd artifacts/pack && rm -f "$packages/$name.zip" && zip -qrX9 "$packages/$name.zip" "$name") ;;
    *) tar -C artifacts/pack --sort=name --owner=0 --group=0 --numeric-owner -czf "$packages/$name.tar.gz" "$name" ;;
    esac
done

(cd "$packages" && sha256sum -- * >SHA256SUMS)
ls -l "$packages"
