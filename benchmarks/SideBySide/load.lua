-- For wrk. After "--": the number of body bytes of a POST, or 0 for GET. Ends with one line for compare.sh to read.
function init(args)
    local bytes = tonumber(args[1] or "0")
    if bytes > 0 then
        wrk.method = "POST"
        wrk.body = string.rep("0123456789abcde\n", bytes / 16)
    end
end

function done(summary)
    local e = summary.errors
    io.write(string.format("RESULT %d %d %d %d\n",
        summary.requests, summary.bytes, summary.duration, e.connect + e.read + e.write + e.status + e.timeout))
end
