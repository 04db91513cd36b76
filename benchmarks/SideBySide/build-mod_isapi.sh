#!/usr/bin/env bash
# Builds Apache's mod_isapi for this system, where nobody packages it: from the sources of the distribution's own Apache, with apxs.
# Usage: build-mod_isapi.sh FOLDER      leaves FOLDER/mod_isapi.so; needs apache2-dev and the package sources of Debian or Ubuntu
# The lists of package sources are kept in that folder: nothing in /etc is changed.
set -euo pipefail

mkdir -p "$1"
cd "$1"
[[ ! -f mod_isapi.so ]] || exit 0

mkdir -p apt/lists/partial apt/cache/archives/partial
# Not the suites of updates and security: the file is the same there.
apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' 'Component: main' |
    grep -E '/(debian|ubuntu)/ [a-z]+ ' | sort -u >apt/sources.list
[[ -s apt/sources.list ]] || { echo "build-mod_isapi: apt knows no archive of Debian or Ubuntu" >&2 && exit 1; }
apt=(apt-get -qq -o "Dir::Etc::SourceList=$PWD/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State::Lists=$PWD/apt/lists" -o "Dir::Cache=$PWD/apt/cache" -o APT::Sandbox::User=root)
"${apt[@]}" update >&2
"${apt[@]}" --download-only source apache2 >&2
archives=(apache2_*.orig.tar.[gx]z)
tar --strip-components=4 --wildcards -xf "${archives[0]}" '*/modules/arch/win32/mod_isapi.[ch]'
apxs -c mod_isapi.c >&2
cp .libs/mod_isapi.so .
