"""``python -m benchmarks.sources``: many small files beside one long one, and a feed that is updated again.

Each time stands beside a baseline of the same run: the same reports in one JSONL file; a first update of the same feed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

ENTENTE = Path(sys.executable).with_name("entente")
FILES, ITEMS = 10_000, 1_000
FILES_BAR = 1.3

_STATES = "Norway Morocco Peru Ghana Nepal Chile Latvia Kenya Oman Fiji Malta Togo Laos Cuba Iraq".split()
_ACTS = (
    "{a}'s foreign minister met the ambassador of {b} on {day} to discuss case {n} of the joint fisheries commission.",
    "{a} urged {b} on {day} to release the crew of trawler {n}, which was stopped outside the harbour.",
    "A delegation from {a} arrived in {b} on {day} for talks about tender {n} for the railway.",
    "The weather office of {a} recorded {n} hours of sunshine; {b} had fewer.",
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday".split()


def main() -> int:
    """Measure both and print a table; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=FILES, help="how many small files")
    parser.add_argument("--items", type=int, default=ITEMS, help="how many items the feed has")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        one_file, many_files = _small_files(Path(folder), options.files)
        first, again, requests = _feed(Path(folder), options.items)
    ratio = many_files / one_file
    print(f"| {options.files:,} reports | seconds | ratio |\n| --- | --- | --- |")
    print(f"| in one JSONL file | {one_file:.1f} | 1 |\n| in a folder of files | {many_files:.1f} | {ratio:.2f} |\n")
    print(f"| a feed of {options.items:,} items | seconds | requests |\n| --- | --- | --- |")
    print(f"| first update | {first:.1f} | {requests[0]:,} |\n| second update | {again:.1f} | {requests[1]:,} |")
    return int(ratio > FILES_BAR or requests[1] > 1)


def report(number: int) -> str:
    """A short report of our own, different for each number."""
    act = _ACTS[number % len(_ACTS)]
    a, b = _STATES[number % len(_STATES)], _STATES[(number // 7 + 1 + number) % len(_STATES)]
    return act.format(a=a, b=b if b != a else "Portugal", day=_DAYS[number % len(_DAYS)], n=number)


def _small_files(folder: Path, count: int) -> tuple[float, float]:
    """Seconds of adding the same reports from one JSONL file and from a folder of files."""
    files = folder / "files"
    files.mkdir()
    with (folder / "all.jsonl").open("w", encoding="utf-8") as lines:
        for number in range(count):
            name, text = f"{number:05}.txt", f"date 2023-02-24\n\n{report(number)}\n"
            (files / name).write_text(text, encoding="utf-8")
            lines.write(json.dumps({"id": name, "text": text}) + "\n")
    return (
        _seconds(["add", str(folder / "all.jsonl"), "--db", str(folder / "one.duckdb")]),
        _seconds(["add", str(files), "--db", str(folder / "many.duckdb")]),
    )


def _feed(folder: Path, count: int) -> tuple[float, float, tuple[int, int]]:
    """Seconds and requests of two updates from a feed on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    _Pages.count = count
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/feed.xml"
    store = ["--db", str(folder / "feed.duckdb")]
    _seconds(["source", "add", address, *store])
    _Pages.asked.clear()
    first = _seconds(["update", *store])
    once = _Pages.asked.total()
    again = _seconds(["update", *store])
    server.shutdown()
    return first, again, (once, _Pages.asked.total() - once)


class _Pages(BaseHTTPRequestHandler):
    """A feed and the pages that it names; what was asked for is counted."""

    asked: ClassVar[Counter[str]] = Counter()
    count: ClassVar[int] = 0
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the feed (or that it has not changed) or with a page."""
        self.asked[self.path] += 1
        if self.path == "/feed.xml" and self.headers.get("If-None-Match") == '"1"':
            self.send_response(304)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        is_feed = self.path == "/feed.xml"
        body = (_feed_xml(self.count) if is_feed else _page(int(self.path.rsplit("/", 1)[1]))).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml" if is_feed else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"1"')
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def _feed_xml(count: int) -> str:
    start = datetime(2023, 2, 24, tzinfo=UTC)
    items = "".join(
        f"<item><title>Report {n}</title><link>/reports/{n}</link><guid>/reports/{n}</guid>"
        f"<pubDate>{format_datetime(start - timedelta(hours=n))}</pubDate></item>"
        for n in range(count)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Bench</title>{items}</channel></rss>'


def _page(number: int) -> str:
    words = "".join(f"<p>{report(number * 3 + part)}</p>" for part in range(3))
    return (
        f'<!doctype html><html lang="en"><head><title>Report {number}</title><meta property="article:published_time" '
        f'content="2023-02-24T08:00:00Z"></head><body><nav><a href="/">Home</a></nav><article><h1>Report {number}</h1>'
        f"{words}</article><footer>Bench</footer></body></html>"
    )


def _seconds(words: Sequence[str]) -> float:
    """Seconds that a command takes, which must succeed."""
    begin = time.perf_counter()
    run = subprocess.run([str(ENTENTE), *words], capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"entente {' '.join(words)} failed: {run.stderr[-500:]}")
    return time.perf_counter() - begin


if __name__ == "__main__":
    sys.exit(main())
