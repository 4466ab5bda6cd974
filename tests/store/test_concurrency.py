"""Several real processes at one store, and one killed while it writes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from entente.ingest import add
from entente.store import Store
from entente.store.reading import EventFilter, events, status
from tests.handmade import HandmadeCoder, incoming

ROOT = Path(__file__).parents[2]

ADD = """
import sys
from entente.ingest import add
from entente.store import Store
from tests.handmade import HandmadeCoder, incoming
print("ready", flush=True)
add((incoming(n) for n in range(int(sys.argv[2]))), HandmadeCoder(), Store(sys.argv[1]))
"""

QUERY = """
import json, sys, time
from pathlib import Path
from entente.store import Store
from entente.store.reading import EventFilter, Dyad, events, status
print("ready", flush=True)
store, seen, waits = Store(sys.argv[1]), [], []
while not Path(sys.argv[2]).exists():
    begun = time.monotonic()
    with store.reading() as connection:
        waits.append(time.monotonic() - begun)
        reports = status(connection, store.path).reports
        told = len(events(connection, EventFilter(dyad=Dyad("USA", "PAK"))))
    seen.append((reports, told))
print(json.dumps({"longest": max(waits), "queries": len(waits), "seen": seen}))
"""


def start(script: str, *arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_readers_in_other_processes_see_whole_reports_and_never_wait_long_while_one_adds(tmp_path: Path) -> None:
    path, done = tmp_path / "entente.duckdb", tmp_path / "done"
    add([incoming(0)], HandmadeCoder(), Store(path))
    readers = [start(QUERY, path, done) for _ in range(4)]
    for reader in readers:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "ready\n"
    writer = start(ADD, path, "300")
    _, complaints = writer.communicate(timeout=60)
    assert writer.returncode == 0, complaints
    done.touch()
    for reader in readers:
        answer, complaints = reader.communicate(timeout=20)
        assert reader.returncode == 0, complaints
        told = json.loads(answer)
        assert told["longest"] < 5.0
        assert all(events == 2 * reports for reports, events in told["seen"])
        assert len({reports for reports, _ in told["seen"]}) > 3
    with Store(path).reading() as connection:
        assert status(connection, path).reports == 300


def test_two_processes_that_add_the_same_reports_at_once_add_each_once(tmp_path: Path) -> None:
    path = tmp_path / "entente.duckdb"
    writers = [start(ADD, path, "60") for _ in range(2)]
    for writer in writers:
        _, complaints = writer.communicate(timeout=60)
        assert writer.returncode == 0, complaints
    with Store(path).reading() as connection:
        assert status(connection, path).reports == 60
        assert len(events(connection, EventFilter())) == 120


def test_adding_killed_at_any_moment_resumes_without_a_lost_or_doubled_event(tmp_path: Path) -> None:
    path, moments = tmp_path / "entente.duckdb", random.Random(7)  # noqa: S311 - only spreads the moments
    before = 0
    for _ in range(10):
        writer = start(ADD, path, "200")
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(moments.uniform(0.0, 0.5))
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()
        if not path.exists():
            continue
        with Store(path).reading() as connection:
            reports = status(connection, path).reports
            told = [one.id for one in events(connection, EventFilter())]
        assert reports >= before, "a stored report was lost"
        assert len(told) == len(set(told)) == 2 * reports
        before = reports
    assert before > 0
    summary = add((incoming(number) for number in range(200)), HandmadeCoder(), Store(path))
    assert summary.added == 200 - before
    assert summary.already_there == before
    with Store(path).reading() as connection:
        told = [one.id for one in events(connection, EventFilter())]
    assert len(told) == len(set(told)) == 400
