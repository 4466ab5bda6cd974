import subprocess
import sys

import pytest
from benchmarks.speed import REPORT, ROOT, START_BAR, _page, _timed

from entente.records import Incoming
from entente.reports.prepare import prepare


def test_a_process_is_timed_with_its_own_peak_of_memory():
    # In a process of its own: a child's peak counts what its parent held when it was started.
    code = (
        "import sys; from benchmarks.speed import _timed\n"
        "print(*_timed([sys.executable, '-c', 'import time; time.sleep(0.2)']))\n"
        "print(*_timed([sys.executable, '-c', 'x = bytearray(80_000_000)']))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    (seconds, small), (_, large) = (line.split() for line in run.stdout.splitlines())
    assert 0.2 <= float(seconds) < 5
    assert int(large) - int(small) > 60_000_000


def test_a_process_that_fails_stops_the_benchmark_with_its_words():
    with pytest.raises(SystemExit, match="no such luck"):
        _timed([sys.executable, "-c", "raise SystemExit('no such luck')"])


def test_the_report_is_an_english_one_of_about_four_hundred_words():
    text = REPORT.read_text(encoding="utf-8")
    ready = prepare(Incoming(text=text, origin="x", source_id="x"))
    assert 380 <= len(text.split()) <= 460
    assert (ready.codable, ready.report.published) == (True, "2024-05-17")


def test_the_page_sets_each_figure_beside_its_baseline():
    rates = [{"sentences": 100, "per_second": 300.0, "memory": 1}, {"sentences": 100, "per_second": 200.0, "memory": 1}]
    page = _page("small", 1.25, 300 * 1024 * 1024, 0.2, [("status", 0.25)], rates)
    assert "**1.25 s** (bar 2 s)" in page
    assert "| `entente status` | 0.25 | 1.25 |" in page
    assert "| entente, text to record | 300 | 1.50 |" in page
    assert str(START_BAR) in page
