"""Medians, tables and the load generators that the benchmarks beside this file share."""

import json, pathlib, re, statistics, tempfile
from daemon import ROOT, fail, run


def spread(values):
    return {"median": statistics.median(values), "min": min(values), "max": max(values)}


def one(value):
    return {"median": value, "min": value, "max": value}


def quantile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def show(rows, figures, schema, path=None):
    """A table for people and one JSON object for programs."""
    print(f"{'':52}{'median':>12}{'min':>12}{'max':>12}  unit")
    for label, value, unit, ratio, target in rows:
        print(f"{label:52}{value['median']:12,.2f}{value['min']:12,.2f}{value['max']:12,.2f}  {unit:24}{ratio:28}{target}")
    text = json.dumps({"schema": schema, **figures})
    print(text)
    if path:
        pathlib.Path(path).write_text(text)


def check_release(binary, allows_debug=False):
    if not pathlib.Path(binary).exists():
        fail("no release build: swift build -c release --product primary-conect")
    if "release" not in run(binary, "version") and not allows_debug:
        fail("this is a debug build")


def check_durable(daemon):
    for setting in ("fsync", "synchronous_commit"):
        if daemon.psql(f"show {setting}") != "on":
            fail(f"{setting} is not on")


def pgbench(connection, file, clients, seconds, variables=()):
    binary = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/pgbench"))[-1]
    named = [word for name, value in variables for word in ("-D", f"{name}={value}")]
    out = run(binary, "-n", "-M", "prepared", "-c", clients, "-j", min(clients, 2), "-T", seconds, *named, "-f", file, connection)
    if int((re.search(r"number of failed transactions: (\d+)", out) or [0, 0])[1]):
        fail("pgbench: transactions failed")
    return {"per_second": float(re.search(r"tps = ([\d.]+)", out).group(1)),
            "latency_ms": float(re.search(r"latency average = ([\d.]+)", out).group(1))}


def load(generator, daemon, seed, count, warmup=0, connections=16, pipeline=64):
    """What `mllp-load` says of so many messages, as fast as they are taken; each seed is another run of patients."""
    out = run(generator, "--port", daemon.mllp, "--seed", seed, "--warmup", warmup, "--connections", connections,
              "--pipeline", pipeline, "--count", count)
    return json.loads(out.strip().splitlines()[-1])


DONE = """
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format('{"per_second":%.2f,"requests":%d,"errors":%d,"p50_ms":%.3f,"p99_ms":%.3f,"max_ms":%.3f}\\n',
    summary.requests / summary.duration * 1e6, summary.requests, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
"""


def wrk(url, clients, seconds, headers=()):
    """Requests on keep-alive connections, as fast as they are answered; any status from 400 on is an error."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(DONE)
        script.flush()
        words = [word for header in headers for word in ("-H", header)]
        out = run("wrk", "-t", min(clients, 2), "-c", clients, "-d", f"{seconds}s", "-s", script.name, *words, url)
    result = json.loads(out.strip().splitlines()[-1])
    if result["errors"]:
        fail(f"wrk: {result['errors']} errors")
    return result


def find_load(path, scratch):
    """`mllp-load`, built where it is not named."""
    if path:
        return path
    source = ROOT.parent / "shared/tools/mllp-load"
    if not source.is_dir():
        fail("mllp-load was not found; name it with --mllp-load")
    run("make", "-C", source, f"OUT={scratch}", "TLS=no", f"{scratch}/mllp-load")
    return f"{scratch}/mllp-load"
