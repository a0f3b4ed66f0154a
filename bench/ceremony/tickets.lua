-- For wrk: each request sends the next form, each with its own ticket; every answer is written down.
-- Arguments: file of forms, path, file for the answers.
local forms, spent = {}, 0
local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }

function init(arguments)
  for line in io.lines(arguments[1]) do forms[#forms + 1] = line end
  path = arguments[2]
  answers = io.open(arguments[3], "w")
  answers:setvbuf("full", 65536)
end

function request()
  spent = spent + 1
  return wrk.format("POST", path, headers, forms[spent] or "")
end

function response(status, header, body)
  answers:write(status, " ", header["location"] or "-", "\n")
end

function done(summary, latency)
  io.write(string.format(
    "SUMMARY {\"requests\": %d, \"microseconds\": %d, \"p50\": %d, \"p99\": %d}\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99)))
end
