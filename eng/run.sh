#!/usr/bin/env bash
# Builds the sample extension "hello" and serves it. Options are passed on to isapihost: eng/run.sh --urls http://localhost:9000
# MODULE=form eng/run.sh serves another one of samples/extensions.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
module=${MODULE:-hello}

url=http://localhost:8080
for ((i = 1; i < $#; i++)); do
    [[ ${!i} != --urls ]] || { next=$((i + 1)) && url=${!next%%;*}; }
done

"$root/eng/setup.sh" --serve
"$root/eng/build-native.sh" --linux "$module"
dotnet build "$root/src/IsapiHost.Cli" -c Release -v quiet --nologo

case $(uname -m) in
aarch64 | arm64) folder=linux-arm64 ;;
*) folder=linux-x64 ;;
esac

echo
echo "Try it, from another terminal:"
echo
echo "    curl -i $url/$module.so/some/path?name=world"
echo
exec dotnet "$root/artifacts/bin/IsapiHost.Cli/release/IsapiHost.Cli.dll" --dll "$root/artifacts/native/$folder/$module.so" "$@"
