"""Addresses on the command line: `entente read https://…` and `entente add https://…`."""

from __future__ import annotations

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fpdf import FPDF

from tests.cli.conftest import Run
from tests.handmade import TEXT
from tests.web import Answer, Server

FIRST, SECOND = TEXT.strip().split("\n\n")
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>Minister meets ambassador</title>
<meta property="article:published_time" content="2023-02-24T09:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Minister meets ambassador</h1>
<p>{FIRST}</p><p>{SECOND}</p>
<p>The two spoke for an hour about the harbour, the new railway and the students who wait for their visas.</p>
</article><footer>All rights reserved.</footer></body></html>"""
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Desk</title><item>
<title>Minister meets ambassador</title><link>https://kurier.example/1</link><pubDate>Fri, 24 Feb 2023 09:00:00 GMT</pubDate>
<description>&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</description></item></channel></rss>"""


def _pdf() -> bytes:
    file = FPDF()
    file.add_page()
    file.set_font("helvetica", size=11)
    file.multi_cell(0, 6, f"{FIRST}\n\n{SECOND}")
    return bytes(file.output())


def _rows() -> bytes:
    return gzip.compress(json.dumps({"id": "r1", "text": TEXT, "published": "2023-02-24"}).encode())


@pytest.mark.parametrize(
    ("path", "body", "content_type"),
    [
        ("/talks", PAGE.encode(), "text/html; charset=utf-8"),
        ("/feed", FEED.encode(), "application/rss+xml"),
        ("/talks.pdf", _pdf(), "application/pdf"),
        ("/rows.jsonl.gz", _rows(), "application/gzip"),
    ],
    ids=["page", "feed", "pdf", "rows"],
)
def test_an_address_is_read_and_added_like_a_file(run: Run, server: Server, path: str, body: bytes, content_type: str):
    url = server.page(path, body, content_type)
    answer = run("read", url, "--published", "2023-02-24", "--json")
    assert (answer.code, answer.err) == (0, "")
    record = json.loads(answer.out)
    assert "met US Ambassador Donald Blome in Islamabad" in record["report"]["text"]
    assert record["report"]["published"].startswith("2023-02-24")
    assert [event["event"] for event in record["events"]] == ["CONSULT", "AGREE"]
    assert "Added 1 report " in run("add", url, "--published", "2023-02-24").out
    assert "1 already there" in run("add", url, "--published", "2023-02-24").out


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(status=404), "answers 404: there is no such page. Check the address; the page may have moved."),
        (Answer(redirect="/a"), "redirects without end (20 times). Open it in a browser"),
        (
            Answer(hangs=True),
            "the server does not answer within 0.5 seconds. Try again later, or with a longer --timeout.",
        ),
        (
            Answer(body=b"<p>half", claimed_length=5000),
            "the download broke off after 7 of 5,000 bytes. Try again later.",
        ),
    ],
    ids=["missing", "circular", "hanging", "torn"],
)
def test_a_fault_is_named_and_nothing_else_is_lost(
    run: Run, server: Server, monkeypatch: pytest.MonkeyPatch, answer: Answer, reason: str
):
    monkeypatch.setattr("entente.sources.fetching.FIRST_BACK_OFF_SECONDS", 0.01)
    bad = server.answer("/a", answer)
    good = server.page("/good.txt", TEXT, "text/plain")
    for command in ("read", "add"):
        got = run(command, bad, good, "--timeout", "0.5")
        assert got.code == 1
        assert got.err.startswith(f"{bad}: {reason}")
        assert "Traceback" not in got.err
    assert "Added 1 report " in got.out
    assert bad in run("failures").out


def test_a_refused_connection_is_named(run: Run):
    url = f"http://127.0.0.1:{_closed_port()}/a"
    got = run("read", url)
    assert (got.code, got.out) == (1, "")
    assert got.err.startswith(f"{url}: the connection is refused: no server answers there.")


@pytest.mark.parametrize("typed", ["https://", "ftp://kurier.example/a", "http://[::1"])
def test_an_address_that_is_none_is_named(run: Run, typed: str):
    got = run("read", typed)
    assert got.code == 1
    assert got.err.startswith(f"{typed}: ")


@pytest.mark.parametrize("seconds", ["0", "-1", "nan"])
def test_a_timeout_is_a_time(run: Run, server: Server, seconds: str):
    got = run("read", server.page("/a.txt", TEXT, "text/plain"), f"--timeout={seconds}")
    assert got.code == 2
    assert "--timeout" in got.err
    assert server.asked == []


def test_a_page_that_came_back_is_known_by_its_address(run: Run, server: Server):
    server.answer("/b", Answer(redirect="/talks"))
    url = server.page("/talks", TEXT, "text/plain")
    run("add", f"{url}?utm_source=rss")
    assert "1 already there" in run("add", f"{server.url}/b").out
    server.page("/talks", f"{TEXT}\nBoth will meet again in June.\n", "text/plain")
    assert "new version" in run("add", url).out


def test_ctrl_c_while_a_server_is_waited_for_leaves_nothing_half(server: Server, tmp_path: Path):
    url = server.answer("/a", Answer(hangs=True))
    command = [sys.executable, "-c", "from entente.cli.main import run; run()", "add", url]
    started = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, env=dict(os.environ))
    try:
        until = time.monotonic() + 60
        while not server.count("/a") and started.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        started.send_signal(signal.SIGINT)
        _, said = started.communicate(timeout=30)
    finally:
        started.kill()
    assert started.returncode == 130, said
    assert "Traceback" not in said
    assert not (tmp_path / "entente.duckdb").exists()
