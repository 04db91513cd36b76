# Makes the table of compare.sh. A line of input is: row, goals, round, server, clock ticks, managed bytes,
# peak KiB, requests, bytes, microseconds, errors. A ratio is to the first server of the row, the median of the ratios within each round.
function median(list,    values, count, i, j, value) {
    count = split(list, values, " ")
    for (i = 2; i <= count; i++) {
        value = values[i] + 0
        for (j = i - 1; j >= 1 && values[j] + 0 > value; j--) {
            values[j + 1] = values[j]
        }
        values[j + 1] = value
    }
    return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
}

function number(value) {
    return value >= 1000 ? sprintf("%d", value) : value >= 100 ? sprintf("%.0f", value) : value >= 10 ? sprintf("%.1f", value) : sprintf("%.2f", value)
}

# Marks, not goals; without a managed heap.
function is_foreign(server) {
    return server == "nginx" || server == "apache"
}

function add(key, value) {
    lists[key] = lists[key] " " sprintf("%.6f", value)
}

# What became of the goals of a row: "requests:0.90,cpu:1.10".
function verdict(goals, rate_ratio, cost_ratio,    list, goal, count, i, good, text) {
    count = split(goals, list, ",")
    for (i = 1; i <= count; i++) {
        split(list[i], goal, ":")
        good = goal[1] == "requests" ? rate_ratio >= goal[2] + 0 : cost_ratio <= goal[2] + 0
        text = text (i > 1 ? "; " : "") (goal[1] == "requests" ? "throughput ≥ " : "CPU ≤ ") goal[2] (good ? ": reached" : ": not reached")
    }
    return text
}

$8 > 0 {
    key = $1 SUBSEP $4
    if (!(key in lists_of)) {
        lists_of[key] = 1
        order[++rows] = key
    }
    if (!($1 in base)) {
        base[$1] = $4
    }
    goals[$1] = $2
    seconds = $10 / 1e6
    rate = $9 / seconds
    cpu = $5 / hertz
    add(key SUBSEP "requests", $8 / seconds)
    add(key SUBSEP "micros", cpu / $8 * 1e6)
    add(key SUBSEP "cpu", cpu / $9 * 1073741824)
    add(key SUBSEP "heap", $6 / $8)
    add(key SUBSEP "peak", $7 / 1024)
    errors[key] += $11
    rates[$1, $3, $4] = rate
    costs[$1, $3, $4] = cpu / $9
    if ($4 != base[$1] && (($1, $3, base[$1]) in rates)) {
        add(key SUBSEP "rate-ratio", rate / rates[$1, $3, base[$1]])
        add(key SUBSEP "cost-ratio", costs[$1, $3, $4] / costs[$1, $3, base[$1]])
    }
}

END {
    print "| row | server | requests/s | CPU µs per request | CPU s per GiB | throughput to the first | CPU to the first | goal | managed bytes per request | peak MiB |"
    print "|---|---|---:|---:|---:|---:|---:|---|---:|---:|"
    for (i = 1; i <= rows; i++) {
        split(order[i], part, SUBSEP)
        key = order[i]
        rate_ratio = cost_ratio = reached = "–"
        if (part[2] == base[part[1]]) {
            rate_ratio = cost_ratio = "1"
        } else if (lists[key SUBSEP "rate-ratio"] != "") {
            rate_ratio = sprintf("%.2f", median(lists[key SUBSEP "rate-ratio"]))
            cost_ratio = sprintf("%.2f", median(lists[key SUBSEP "cost-ratio"]))
        }
        if (part[2] != base[part[1]] && !is_foreign(part[2])) {
            reached = verdict(goals[part[1]], rate_ratio, cost_ratio)
        }
        printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", part[1], part[2] (errors[key] ? " (" errors[key] " errors)" : ""),
            number(median(lists[key SUBSEP "requests"])), number(median(lists[key SUBSEP "micros"])), number(median(lists[key SUBSEP "cpu"])),
            rate_ratio, cost_ratio, reached, is_foreign(part[2]) ? "–" : number(median(lists[key SUBSEP "heap"])),
            number(median(lists[key SUBSEP "peak"]))
    }
}
