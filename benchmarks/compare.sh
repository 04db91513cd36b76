#!/usr/bin/env bash
# Measures an extension in the host beside a plain Kestrel middleware, nginx and Apache's mod_isapi, on this machine, in alternating rounds.
# The answers must be the same bytes from all of them before anything is measured. Prints a Markdown table.
#
#   benchmarks/compare.sh                 5 rounds of 3 s per row and server: about 80 minutes on top of the build
#   benchmarks/compare.sh --quick         3 rounds of 1 s: about 15 minutes, for a first impression
#   benchmarks/compare.sh --rows hello,echo
#   benchmarks/compare.sh --server-cpus 0 --load-cpus 1      which processors the servers and the load get (the default with two)
#   benchmarks/compare.sh --shared        all processors to both
#   benchmarks/compare.sh --no-build
#
# Uses the loopback interface and free ports only. Needs wrk and h2load; nginx and Apache are optional.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
here=$root/benchmarks/SideBySide
work=$root/artifacts/benchmarks
cd "$root"

rounds=5 seconds=3 warmup=20 build=1 wanted=
server_cpus=0 load_cpus=$(($(nproc) > 1 ? 1 : 0))
while (($# > 0)); do
    case $1 in
    --quick) rounds=3 seconds=1 warmup=5 ;;
    --rounds) rounds=$2 && shift ;;
    --seconds) seconds=$2 && shift ;;
    --rows) wanted=$2 && shift ;;
    --server-cpus) server_cpus=$2 && shift ;;
    --load-cpus) load_cpus=$2 && shift ;;
    --shared) server_cpus=0-$(($(nproc) - 1)) load_cpus=$server_cpus ;;
    --no-build) build= ;;
    *) sed -n '2,/^set /{s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" && exit 2 ;;
    esac
    shift
done

for pair in "wrk wrk" "h2load nghttp2-client" "openssl openssl" "gcc gcc" "taskset util-linux" "curl curl" "sha256sum coreutils"; do
    read -r command package <<<"$pair"
    command -v "$command" >/dev/null || {
        echo "compare: $command is missing; install it with: sudo apt-get install $package" >&2
        exit 1
    }
done
nginx=$(command -v nginx || ls /usr/sbin/nginx 2>/dev/null || true)
[[ -n $nginx ]] || echo "compare: nginx is missing and left out; install it with: sudo apt-get install nginx-light" >&2
apache=$(command -v apache2 || ls /usr/sbin/apache2 2>/dev/null || true)
if [[ -z $apache ]] || ! command -v apxs >/dev/null || ! "$here/build-mod_isapi.sh" "$work/mod_isapi"; then
    echo "compare: Apache with mod_isapi is left out; it needs: sudo apt-get install apache2-bin apache2-dev" >&2
    apache=
fi

# The rows: name, protocol, target URL below /bench.so/, connections (on HTTP/2 with the streams of each), bytes to post, servers, and the goals for
# the ratios to the first server: requests/s at least, CPU for each byte at most.
rows="
hello           http1     hello           64   0     plain,isapi,nginx,apache requests:0.95
64k             http1     64k             32   0     plain,isapi,nginx,apache cpu:0.90
64k-unknown     http1     64k-unknown     32   0     plain,isapi,apache       cpu:0.90
1m              http1     1m              16   0     plain,isapi,apache       cpu:0.55
1m-unknown      http1     1m-unknown      16   0     plain,isapi,apache       cpu:0.55
pieces          http1     pieces          32   0     plain,isapi,apache       requests:0.90
pieces-unknown  http1     pieces-unknown  32   0     plain,isapi,apache       requests:0.90
1m.bin          http1     1m.bin          16   0     plain,isapi,nginx,apache cpu:0.45
100m.bin        http1     100m.bin        4    0     plain,isapi,nginx,apache cpu:0.25
echo            http1     echo            32   65536 plain,isapi,apache       cpu:0.65
hello-preproc   http1     hello           64   0     isapi,preproc            requests:0.85
hello-send-raw  http1     hello           64   0     isapi,send-raw           requests:0.70
tls-hello       tls       hello           64   0     plain,isapi              requests:1.00
tls-64k         tls       64k             32   0     plain,isapi              cpu:0.95
tls-1m          tls       1m              16   0     plain,isapi              cpu:0.95
tls-1m.bin      tls       1m.bin          16   0     plain,isapi              cpu:0.95
tls-send-raw    tls       hello           64   0     isapi,send-raw           requests:0.70
http2-hello     http2     hello           8x32 0     plain,isapi              requests:0.90,cpu:1.10
http2-64k       http2     64k             8x4  0     plain,isapi              cpu:0.95
http2-1m        http2     1m              4x4  0     plain,isapi              cpu:0.95
http2-echo      http2     echo            8x4  65536 plain,isapi              cpu:0.80
tls-http2-hello tls-http2 hello           8x32 0     plain,isapi              requests:0.90,cpu:1.10
tls-http2-64k   tls-http2 64k             8x4  0     plain,isapi              cpu:0.95
hello-16        http1     hello           16   0     plain,isapi              requests:0.95
hello-256       http1     hello           256  0     plain,isapi              requests:0.95
hello-1024      http1     hello           1024 0     plain,isapi              requests:0.95
hello-10000     http1     hello           10000 0    plain,isapi              requests:0.95
tls-hello-16    tls       hello           16   0     plain,isapi              requests:1.00
tls-hello-256   tls       hello           256  0     plain,isapi              requests:1.00
tls-hello-1024  tls       hello           1024 0     plain,isapi              requests:1.00
tls-hello-10000 tls       hello           10000 0    plain,isapi              requests:1.00
"

# A descriptor for each connection, in the server and in the load.
ulimit -n "$(ulimit -Hn)" 2>/dev/null || true

mkdir -p "$work/files"
server=$root/artifacts/bin/SideBySide/release/SideBySide.dll
if [[ -n $build ]]; then
    dotnet build "$here" -c Release -v quiet --nologo >&2
fi
gcc -shared -fPIC -O2 -Wall -Wextra -Werror -I src/include -o "$work/bench.so" "$here/bench.c"
for filter in preproc send-raw; do
    gcc -shared -fPIC -O2 -Wall -Wextra -Werror -I src/include -o "$work/$filter.so" "tests/native/filters/$filter.c"
done
for file in 64k:65536 1m:1048576 100m:104857600; do
    [[ $(stat -c %s "$work/files/${file%:*}.bin" 2>/dev/null) == "${file#*:}" ]] ||
        { yes 0123456789abcde || true; } | head -c "${file#*:}" >"$work/files/${file%:*}.bin"
done
head -c 65536 "$work/files/64k.bin" >"$work/post.bin"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null

declare -A pid port
site=
stop() {
    ((${#pid[@]} == 0)) || kill "${pid[@]}" 2>/dev/null || true
    wait
    [[ -z $site ]] || rm -rf "$site"
}
trap stop EXIT
trap 'exit 130' INT TERM

free_port() {
    local candidate=$((20000 + RANDOM % 10000))
    while (exec 3<>"/dev/tcp/127.0.0.1/$candidate") 2>/dev/null; do ((candidate++)); done
    echo "$candidate"
}

# One endpoint for each protocol: HTTP/2 without TLS has to be expected to be understood.
endpoints() {
    cat >"$work/$1.json" <<END
{ "Kestrel": {
    "Certificates": { "Default": { "Path": "$work/certificate.pem", "KeyPath": "$work/key.pem" } },
    "Endpoints": {
        "http1": { "Url": "http://127.0.0.1:${port[$1]}", "Protocols": "Http1" },
        "http2": { "Url": "http://127.0.0.1:${port[$1-http2]}", "Protocols": "Http2" },
        "tls": { "Url": "https://127.0.0.1:${port[$1-tls]}", "Protocols": "Http1AndHttp2" } } } }
END
}

url() { # server protocol target
    case $2 in
    http1) echo "http://127.0.0.1:${port[$1]}/bench.so/$3" ;;
    http2) echo "http://127.0.0.1:${port[$1-http2]}/bench.so/$3" ;;
    tls*) echo "https://127.0.0.1:${port[$1-tls]}/bench.so/$3" ;;
    esac
}

start() {
    local name=$1
    shift
    taskset -c "$server_cpus" "$@" >"$work/$name.log" 2>&1 </dev/null &
    pid[$name]=$!
    for _ in {1..100}; do
        if curl -sf -o "$work/answer" "$(url "$name" http1 hello)"; then
            return
        fi
        sleep 0.1
    done
    echo "compare: $name does not answer; see $work/$name.log" >&2
    exit 1
}

for name in plain isapi preproc send-raw; do
    port[$name]=$(free_port) port[$name-http2]=$(free_port) port[$name-tls]=$(free_port)
    endpoints "$name"
done
[[ -z $nginx ]] || port[nginx]=$(free_port)
[[ -z $apache ]] || port[apache]=$(free_port)
start plain dotnet "$server" plain "$work/plain.json" "$work/files"
start isapi dotnet "$server" isapi "$work/isapi.json" "$work/files" "$work/bench.so"
for filter in preproc send-raw; do
    start "$filter" dotnet "$server" isapi "$work/$filter.json" "$work/files" "$work/bench.so" "$work/$filter.so"
done
if [[ -n $nginx ]]; then
    [[ $server_cpus == *[-,]* ]] && workers=2 || workers=1
    sed "s|@FOLDER@|$work/files|; s|@PORT@|${port[nginx]}|; s|@WORKERS@|$workers|" "$here/nginx.conf" >"$work/nginx.conf"
    # Started as root it would give its worker another user, who may not see the files.
    [[ $EUID != 0 ]] || sed -i '1i user root;' "$work/nginx.conf"
    start nginx "$nginx" -p "$work/files" -c "$work/nginx.conf"
fi

# Where Apache is started as root its worker has another user, who may see a folder of /tmp rather than one of this repository.
if [[ -n $apache ]]; then
    site=$(mktemp -d)
    chmod 755 "$site"
    gcc -shared -fPIC -O2 -Wall -Wextra -Werror -DDESCRIPTORS -I src/include -o "$site/bench.so" "$here/bench.c"
    cp "$work/files/"*.bin "$site/"
    [[ $EUID != 0 ]] && user= || user="User nobody\nGroup nogroup"
    sed "s|@FOLDER@|$site|; s|@PORT@|${port[apache]}|; s|@WORK@|$work|; s|@MODULES@|$(apxs -q LIBEXECDIR)|; s|@USER@|$user|" \
        "$here/apache.conf" >"$work/apache.conf"
    start apache "$apache" -f "$work/apache.conf" -DFOREGROUND
fi

# A server's processes: nginx and Apache work in children.
processes() {
    echo "${pid[$1]} $(cat "/proc/${pid[$1]}/task/"*/children 2>/dev/null || true)"
}

# Clock ticks of all threads, living and ended, in user and kernel mode.
cpu_ticks() {
    local sum=0 process line
    for process in $(processes "$1"); do
        line=$(<"/proc/$process/stat")
        set -- ${line##*) }
        ((sum += ${12} + ${13}))
    done
    echo "$sum"
}

reset_peak() {
    local process
    for process in $(processes "$1"); do
        { echo 5 >"/proc/$process/clear_refs"; } 2>/dev/null || true
    done
}

peak_kib() {
    local process
    for process in $(processes "$1"); do
        sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$process/status"
    done | awk '{ sum += $1 } END { print sum }'
}

allocated() {
    [[ $1 != nginx && $1 != apache ]] && curl -sf "http://127.0.0.1:${port[$1]}/allocated" || echo 0
}

digest() { # server protocol target post
    local options=()
    case $2 in
    http2) options=(--http2-prior-knowledge) ;;
    tls) options=(--insecure --http1.1) ;;
    tls-http2) options=(--insecure --http2) ;;
    esac
    (($4 == 0)) || options+=(--data-binary "@$work/post.bin" -H "Expect:")
    curl -sf "${options[@]}" "$(url "$1" "$2" "$3")" | sha256sum
}

# Prints requests, bytes, microseconds and errors.
load() { # server protocol target connections post seconds
    local url post=()
    url=$(url "$1" "$2" "$3")
    if [[ $2 != *http2 ]]; then
        timeout $(($6 + 20)) taskset -c "$load_cpus" wrk -t1 -c"$4" -d"$6s" --timeout 30s -s "$here/load.lua" "$url" -- "$5" | sed -n 's/^RESULT //p'
        return
    fi

    # With windows as large as a browser's.
    (($5 == 0)) || post=(-d "$work/post.bin")
    timeout $(($6 + 20)) taskset -c "$load_cpus" h2load -t1 -c"${4%x*}" -m"${4#*x}" -D"$6" -w24 -W24 "${post[@]}" "$url" |
        awk -v micros="$6e6" '
            /^requests:/ { bad = $10 + $12 + $14 }
            /^status codes:/ { good = $3; bad += $5 + $7 + $9 }
            /^traffic:/ { gsub(/[()]/, ""); bytes = $3 }
            END { printf "%d %d %d %d\n", good, bytes, micros, bad }'
}

hertz=$(getconf CLK_TCK)
results=$work/results.tsv
: >"$results"
while read -r row protocol target connections post servers goals; do
    [[ -n $row ]] || continue
    [[ -z $wanted || ,$wanted, == *,$row,* ]] || continue
    echo "compare: $row" >&2

    present=()
    for name in ${servers//,/ }; do
        [[ -n ${pid[$name]:-} ]] || continue
        if [[ $(digest "$name" "$protocol" "$target" "$post") == "$(digest plain "$protocol" "$target" "$post")" ]]; then
            present+=("$name")
        else
            echo "compare: $name does not give the answer of plain Kestrel to $target: not measured" >&2
        fi
    done

    # The handshakes of thousands of connections take most of a short round.
    length=$seconds pieces=$warmup
    [[ $connections != 1024 && $connections != 10000 ]] || length=$((seconds * 5)) pieces=3

    # With pauses: on one busy processor the runtime takes half a minute to compile what is hot to its last tier, and less when it is let alone.
    for name in "${present[@]}"; do
        for ((piece = 0; piece < pieces; piece++)); do
            load "$name" "$protocol" "$target" "$connections" "$post" 1 >/dev/null
            sleep 0.5
        done
    done

    for ((round = 1; round <= rounds; round++)); do
        for name in "${present[@]}"; do
            reset_peak "$name"
            heap=$(allocated "$name")
            ticks=$(cpu_ticks "$name")
            result=$(load "$name" "$protocol" "$target" "$connections" "$post" "$length")
            ticks=$(($(cpu_ticks "$name") - ticks))
            # No process: a server of its own has no managed heap.
            heap=$(($(allocated "$name") - heap))
            # shellcheck disable=SC2086
            printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$row" "$goals" "$round" "$name" "$ticks" "$heap" "$(peak_kib "$name") $result"
        done
    done >>"$results"
done <<<"$rows"

awk -v hertz="$hertz" -f "$here/table.awk" "$results"
echo
echo "Medians of $rounds rounds of $seconds s, servers on processor $server_cpus, the load (wrk; h2load for HTTP/2) on $load_cpus; $(nproc) processors, Linux $(uname -r)," \
    "commit $(git rev-parse --short HEAD 2>/dev/null || echo '?'), .NET $(dotnet --version)${nginx:+, $("$nginx" -v 2>&1 | sed 's/.*: //')}" \
    "${apache:+and $("$apache" -v | sed -n 's/^Server version: //p') with mod_isapi}."
