#!/usr/bin/env bash
# Runs a command with a loopback network, process ids and /etc/hosts of its own, so that every port is free and nothing is left running:
#
#   eng/own-network.sh COMMAND…
#
# The names of the docs (old-server, old-iis, …) mean this machine there. ISAPIHOST_OWN_NETWORK=1 tells the command so; where the system does
# not allow it, the command runs as it is, without that variable.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

if [[ ${1:-} == --inside ]]; then
    shift
    ip link set lo up
    hosts=$(mktemp)
    cp /etc/hosts "$hosts"
    echo "127.0.0.1 old-server old-iis app.internal" >>"$hosts"
    mount --bind "$hosts" /etc/hosts
    rm -f "$hosts"

    # Wine's server must be in this network too, so it has a prefix of its own; what fills the prefix is shared.
    wine=$root/artifacts/wine
    if [[ -f $wine/.ready ]]; then
        own=$root/artifacts/docs/wine
        rm -rf "$own"
        mkdir -p "$own"
        cp -a "$wine"/dosdevices "$wine"/*.reg "$wine"/.update-timestamp "$own"/
        ln -s "$wine/drive_c" "$own/drive_c"
        export ISAPIHOST_DOCS_WINE=$own
    fi

    ISAPIHOST_OWN_NETWORK=1 exec "$@"
fi

spaces=(--net --mount --pid --fork --kill-child --mount-proc)
((EUID == 0)) || spaces+=(--map-root-user)
if command -v ip >/dev/null && unshare "${spaces[@]}" true 2>/dev/null; then
    exec unshare "${spaces[@]}" -- "${BASH_SOURCE[0]}" --inside "$@"
fi

echo "own-network: this system gives no network of one's own (unshare, ip)" >&2
exec "$@"
