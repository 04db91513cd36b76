#!/usr/bin/env bash
# Runs and compiles the code blocks of the docs; docs/contributing.md has the rules. eng/test.sh does so too.
# Usage: eng/check-docs.sh [PAGE…]      such as README.md docs/filters.md; all pages without one
# Modules, build and the Windows build are those that are there: eng/build-native.sh, and the publish command of eng/test.sh, renew them.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 NO_COLOR=1 MSBUILDTERMINALLOGGER=off
dotnet build tests/IsapiHost.Docs.Tests -c Release -v quiet --nologo
ISAPIHOST_DOCS_PAGES="$*" exec eng/own-network.sh dotnet test tests/IsapiHost.Docs.Tests -c Release --no-build --nologo -v quiet \
    --logger "console;verbosity=normal"
