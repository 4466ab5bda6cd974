"""An update that is killed, and two at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from entente.errors import StoreError
from entente.store.update_lock import lone_update
from tests.updating.desk import Desk, publish, publish_feed
from tests.web import Server

ROOT = Path(__file__).parents[2]
UPDATE = """
import sys
from pathlib import Path
from entente.store.update_lock import lone_update
from tests.updating.desk import Desk
desk = Desk(Path(sys.argv[1]))
print("ready", flush=True)
with lone_update(desk.store.path):
    desk.update()
"""
HOLD = """
import sys, time
from pathlib import Path
from entente.store.update_lock import lone_update
with lone_update(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def start(script: str, *arguments: str | Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.readline()
    return process


def test_an_update_killed_at_any_moment_goes_on_with_nothing_lost_and_no_recorded_item_fetched_again(
    tmp_path: Path, server: Server
) -> None:
    desk, moments = Desk(tmp_path), random.Random(7)  # noqa: S311 - only spreads the moments
    publish(server, *range(120))
    feed = publish_feed(server, range(120), etag='"x"')
    desk.add_source(feed, "feed")
    kills = 0
    while kills < 6 and len(desk.items(feed)) < 120:
        before = {item.url for item in desk.items(feed).values()}
        server.asked.clear()
        process = start(UPDATE, tmp_path)
        time.sleep(moments.uniform(0.3, 1.2))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        kills += 1
        assert not {server.url + asked.path for asked in server.asked} & before, "a recorded item was fetched again"
        assert len(desk.items(feed)) <= len(desk.reports()), "an item was recorded before its report"
        assert server.count("/feed.xml") <= 1
    assert kills
    desk.update()
    assert sorted(desk.column("url")) == sorted(f"{server.url}/reports/{number}" for number in range(120))  # type: ignore[type-var]
    assert len(desk.items(feed)) == 120
    with desk.store.reading() as connection:
        told = [row[0] for row in connection.execute("SELECT id FROM events").fetchall()]
    assert len(told) == len(set(told)) == 240


def test_a_second_update_ends_at_once_and_names_the_first(tmp_path: Path) -> None:
    store = tmp_path / "entente.duckdb"
    holder = start(HOLD, store)
    try:
        with (
            pytest.raises(StoreError, match=rf"another update is at work since 20.*Z, pid {holder.pid}"),
            lone_update(store),
        ):
            pass
    finally:
        holder.kill()
        holder.communicate()
    with lone_update(store):  # the lock of a process that was killed is gone
        pass


def test_two_updates_at_once_fetch_each_page_once(tmp_path: Path, server: Server) -> None:
    desk = Desk(tmp_path)
    publish(server, *range(60))
    desk.add_source(publish_feed(server, range(60)), "feed")
    both = [start(UPDATE, tmp_path) for _ in range(2)]
    ends = [(process.communicate(timeout=60), process.returncode) for process in both]
    refused = [complaints for (_, complaints), code in ends if code]
    assert len(refused) <= 1
    assert all("another update is at work" in complaints for complaints in refused)
    assert max(server.count(f"/reports/{number}") for number in range(60)) == 1
    assert len(desk.reports()) == 60


def test_reading_and_adding_go_on_while_an_update_is_at_work(tmp_path: Path, server: Server) -> None:
    from entente.ingest import add
    from tests.handmade import HandmadeCoder, incoming

    desk = Desk(tmp_path)
    publish(server, *range(200))
    desk.add_source(publish_feed(server, range(200)), "feed")
    process = start(UPDATE, tmp_path)
    waits = []
    while process.poll() is None:
        begun = time.monotonic()
        desk.reports()
        waits.append(time.monotonic() - begun)
        if len(waits) == 3:
            add([incoming(1)], HandmadeCoder(), desk.store)
    _, complaints = process.communicate()
    assert process.returncode == 0, complaints
    assert len(waits) > 3
    assert max(waits) < 5.0
    assert len(desk.reports()) == 201
