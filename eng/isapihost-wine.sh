#!/bin/sh
# The command isapihost in the container of eng/wine.Containerfile: the Windows build under Wine.
# Paths may be given as on Linux when they are relative; an absolute one is Z:\path to Wine, which takes Z:/path as well.
set -eu

# The runtime cannot use memory that is mapped twice, once to write and once to execute, under Wine.
export DOTNET_EnableWriteXorExecute=0

# Wine refuses a prefix that belongs to somebody else.
if [ ! -O "$WINEPREFIX" ]; then
    home=$(mktemp -d)
    cp -R "$WINEPREFIX" "$home/wine"
    export WINEPREFIX="$home/wine" HOME="$home"
fi

exec wine /opt/isapihost/isapihost.exe "$@"
