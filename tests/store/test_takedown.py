"""What is forgotten is gone from the file, and does not come back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from entente.ingest import add
from entente.records import Failure
from entente.records.standing import Watch
from entente.store import Store, shelf, takedown
from entente.store.reading import EventFilter, coding_of, events, failures, status
from entente.store.standing import add_watch
from tests.handmade import TEXT, HandmadeCoder, incoming

ROOT = Path(__file__).parents[2]
WORD = "Quillfeather"
PAGE = "https://news.example/meeting"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three reports; the second one holds a word that no other does, in its text, its source and its title."""
    store = Store(tmp_path / "entente.duckdb")
    told = f"{TEXT}\nThe aide {WORD} took notes.\n"
    second = incoming(2, text=told, title=f"Notes of {WORD}", url=PAGE, whole=f"Menu\n{told}\nMore on {WORD}")
    failure = Failure(origin="box/2.txt", reason=f"{WORD} is no date.", source_id="r2")
    add([incoming(1), failure, second, incoming(3)], HandmadeCoder(), store)
    return store


def held(folder: Path, word: str) -> list[str]:
    return [file.name for file in folder.iterdir() if word.encode() in file.read_bytes()]


def named(store: Store, source_id: str) -> str:
    with store.reading() as connection:
        (found,) = shelf.reports(connection, source_id=source_id)
    return found.id


def test_no_file_of_the_store_holds_a_word_of_a_forgotten_report(store: Store, tmp_path: Path) -> None:
    assert held(tmp_path, WORD) == ["entente.duckdb"]
    assert takedown.forget(store, [named(store, "r2")], reason="asked to") == 1
    assert held(tmp_path, WORD) == []
    assert sorted(file.name for file in tmp_path.iterdir()) == ["entente.duckdb", "entente.duckdb.lock"]


def test_all_that_rests_on_a_report_goes_and_the_rest_stays_as_it_was(store: Store) -> None:
    gone, kept = named(store, "r2"), named(store, "r1")
    with store.reading() as connection:
        before = coding_of(connection, kept)
        going = takedown.rests_on(connection, store.path, shelf.reports(connection, ids=[gone]))
    assert (going.events, going.people, going.statements, going.commitments) == (2, 2, 1, 1)
    takedown.forget(store, [gone])
    with store.reading() as connection:
        tables = connection.execute(
            "SELECT table_name FROM duckdb_columns() WHERE column_name = 'report_id'"
        ).fetchall()
        assert len(tables) >= 7
        left = {
            table: connection.execute(f"SELECT count(*) FROM {table} WHERE report_id = ?", [gone]).fetchone()  # noqa: S608
            for (table,) in tables
        }
        assert {table for table, count in left.items() if count != (0,)} == {"tombstones"}
        assert coding_of(connection, gone) is None
        assert coding_of(connection, kept) == before
        assert len(events(connection, EventFilter())) == 4
        assert failures(connection) == ()
        (stone,) = shelf.tombstones(connection)
    assert (stone.report_id, stone.url, stone.serial) == (gone, PAGE, 2)


def test_neither_the_text_nor_another_version_of_its_page_comes_back_until_that_is_undone(store: Store) -> None:
    gone = named(store, "r2")
    takedown.forget(store, [gone])
    told = f"{TEXT}\nThe aide {WORD} took notes.\n"
    elsewhere = incoming(2, text=told, url="https://news.example/copy")
    other = incoming(7, url="http://www.news.example/meeting/?utm_source=x")
    again = [incoming(2, text=told, url=PAGE), other, incoming(8)]
    coder = HandmadeCoder()
    summary = add(again, coder, store)
    assert (summary.forgotten, summary.added, coder.coded) == (2, 1, ["r8"])
    assert add([elsewhere], HandmadeCoder(), store).forgotten == 1
    with store.writing() as connection:
        takedown.unforget(connection, [gone])
    assert add(again, HandmadeCoder(), store).added == 1


def test_other_versions_may_come_while_one_of_a_page_is_kept(tmp_path: Path) -> None:
    store = Store(tmp_path / "entente.duckdb")
    add([incoming(1, url=PAGE), incoming(2, url=PAGE)], HandmadeCoder(), store)
    takedown.forget(store, [named(store, "r1")])
    summary = add([incoming(1, url=PAGE), incoming(3, url=PAGE)], HandmadeCoder(), store)
    assert (summary.forgotten, summary.new_versions) == (1, 1)


def test_the_newest_version_that_is_left_counts_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "entente.duckdb")
    add([incoming(number, url=PAGE) for number in (1, 2, 3)], HandmadeCoder(), store)
    with store.reading() as connection:
        (third,) = shelf.reports(connection, source_id="r3")
        going = takedown.rests_on(connection, store.path, [third])
    assert [one.source_id for one in going.counting_again] == ["r2"]
    takedown.forget(store, [third.id])
    with store.reading() as connection:
        left = {one.source_id: one.superseded_by for one in shelf.reports(connection)}
    assert left["r2"] is None
    assert left["r1"] is not None
    takedown.forget(store, [named(store, "r1")])  # an old one: nothing else changes
    with store.reading() as connection:
        assert [one.superseded_by for one in shelf.reports(connection)] == [None]


def test_the_number_of_a_forgotten_report_is_never_given_again(store: Store) -> None:
    takedown.forget(store, [named(store, "r3")])
    add([incoming(4)], HandmadeCoder(), store)
    with store.reading() as connection:
        assert connection.execute("SELECT serial FROM reports ORDER BY serial").fetchall() == [(1,), (2,), (4,)]
        assert status(connection, store.path).forgotten == 1


def test_what_is_no_report_survives_the_rewriting(store: Store) -> None:
    with store.writing() as connection:
        add_watch(connection, Watch("PAK", "USA"))
    takedown.forget(store, [named(store, "r2")])
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM watches").fetchone() == (1,)
        keys = connection.execute("SELECT count(*) FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'")
        assert (keys.fetchone() or (0,))[0] >= 4
    add([incoming(1)], HandmadeCoder(), store)
    with store.reading() as connection:
        assert status(connection, store.path).reports == 2


FORGET = """
import sys
from entente.store import Store, shelf, takedown
store = Store(sys.argv[1])
with store.reading() as connection:
    ids = [one.id for one in shelf.reports(connection)][:30]
print("ready", flush=True)
takedown.forget(store, ids)
"""


def test_forgetting_killed_at_any_moment_is_done_wholly_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "entente.duckdb"
    add([incoming(number) for number in range(40)], HandmadeCoder(), Store(path))
    for moment in (0.0, 0.02, 0.05, 0.1, 0.2):
        process = subprocess.Popen([sys.executable, "-c", FORGET, path], cwd=ROOT, stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moment)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        with Store(path).reading() as connection:
            found = status(connection, path)
        assert (found.reports, found.events, found.forgotten) in {(40, 80, 0), (10, 20, 30)}
        if found.reports == 10:
            break
    add([incoming(99)], HandmadeCoder(), Store(path))
    assert sorted(file.name for file in tmp_path.iterdir()) == ["entente.duckdb", "entente.duckdb.lock"]
