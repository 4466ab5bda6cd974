"""Two desks' stores joined into one."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from entente.errors import StoreError
from entente.ingest import add
from entente.records import Failure, Incoming
from entente.records.standing import StandingSource, Watch
from entente.store import Store, migration, shelf, takedown
from entente.store.merging import merge
from entente.store.reading import EventFilter, coding_of, events, failures, status
from entente.store.standing import add_source, add_watch, sources, watches
from tests.handmade import HandmadeCoder, incoming

OLD_STORES = Path(__file__).parents[1] / "stores"
PAGE = "https://news.example/meeting"


def made(path: Path, *inputs: Incoming | Failure) -> Store:
    store = Store(path)
    add(inputs, HandmadeCoder(), store)
    return store


def ids(store: Store) -> set[str]:
    with store.reading() as connection:
        return {one.id for one in shelf.reports(connection)}


def counting(store: Store) -> set[str]:
    with store.reading() as connection:
        return {one.source_id for one in shelf.reports(connection) if one.superseded_by is None}


def forget(store: Store, source_id: str, reason: str = "asked to") -> None:
    with store.reading() as connection:
        (found,) = shelf.reports(connection, source_id=source_id)
    takedown.forget(store, [found.id], reason=reason)


def test_reports_that_are_missing_join_with_their_records_and_doubled_ones_do_not(tmp_path: Path) -> None:
    here = made(tmp_path / "a.duckdb", incoming(1), incoming(2))
    there = made(tmp_path / "b.duckdb", incoming(2), incoming(3), incoming(4))
    before = there.path.read_bytes()
    summary = merge(here, there.path)
    assert (summary.reports, summary.already_there, summary.events, summary.versions) == (2, 1, 4, 0)
    assert there.path.read_bytes() == before
    with here.reading() as connection, there.reading() as others:
        found = status(connection, here.path)
        assert (found.reports, found.events, found.people) == (4, 8, 8)
        for one in ids(there):
            assert coding_of(connection, one) == coding_of(others, one)
        assert connection.execute("SELECT source_id, serial FROM reports ORDER BY serial").fetchall() == [
            ("r1", 1),
            ("r2", 2),
            ("r3", 3),
            ("r4", 4),
        ]


def test_merging_twice_changes_nothing(tmp_path: Path) -> None:
    here = made(tmp_path / "a.duckdb", incoming(1, url=PAGE))
    there = made(tmp_path / "b.duckdb", incoming(2, url=PAGE), incoming(3), Failure(origin="x", reason="y"))
    merge(here, there.path)
    with here.reading() as connection:
        before = connection.execute("SELECT * FROM reports ORDER BY serial").fetchall()
    again = merge(here, there.path)
    assert (again.reports, again.failures, again.already_there) == (0, 0, 2)
    with here.reading() as connection:
        assert connection.execute("SELECT * FROM reports ORDER BY serial").fetchall() == before
        assert len(failures(connection)) == 1


def test_a_dry_run_says_the_same_and_changes_nothing(tmp_path: Path) -> None:
    here = made(tmp_path / "a.duckdb", incoming(1), incoming(5))
    there = made(tmp_path / "b.duckdb", incoming(2), incoming(5))
    forget(there, "r5")
    before = here.path.read_bytes()
    planned = merge(here, there.path, dry_run=True)
    assert here.path.read_bytes() == before
    done = merge(here, there.path)
    assert planned.dry_run
    assert (planned.reports, planned.removed) == (done.reports, done.removed) == (1, 1)


def test_the_existing_coding_stays(tmp_path: Path) -> None:
    class Other(HandmadeCoder):
        name = "other/2"

    here = made(tmp_path / "a.duckdb", incoming(1))
    there = Store(tmp_path / "b.duckdb")
    add([incoming(1), incoming(2)], Other(), there)
    merge(here, there.path)
    with here.reading() as connection:
        assert status(connection, here.path).coders == {"handmade/1 none": 1, "other/2 none": 1}


@pytest.mark.parametrize("there_first", [True, False])
def test_both_ways_of_merging_give_the_same_reports_and_the_same_versions_count(
    there_first: bool, tmp_path: Path
) -> None:
    page = {"url": PAGE, "obtained": "web"}
    one = made(
        tmp_path / "a.duckdb",
        incoming(1, **page),
        incoming(2, **page, published="2023-02-26"),
        incoming(9),
        incoming(6, url="https://news.example/gone"),
        incoming(5),
    )
    other = made(
        tmp_path / "b.duckdb",
        incoming(3, **{**page, "url": "http://www.news.example/meeting/"}, published="2023-02-25"),
        incoming(1, **page),
        incoming(9),
        incoming(7, url="https://news.example/gone"),
    )
    forget(one, "r9")
    forget(other, "r7")
    into, source = (one, other) if there_first else (other, one)
    summary = merge(into, source.path)
    assert summary.removed == 1
    assert counting(into) == {"r2", "r5"}
    with into.reading() as connection:
        assert {found.source_id for found in shelf.reports(connection)} == {"r1", "r2", "r3", "r5"}
        assert len(events(connection, EventFilter())) == 4
        assert {stone.reason for stone in shelf.tombstones(connection)} == {"asked to"}


def test_a_report_forgotten_there_is_gone_from_the_file_here(tmp_path: Path) -> None:
    word = "Quillfeather"
    here = made(tmp_path / "a.duckdb", incoming(1), incoming(2, text=f"A note by the envoy {word} in Oslo."))
    there = made(tmp_path / "b.duckdb", incoming(2, text=f"A note by the envoy {word} in Oslo."), incoming(3))
    forget(there, "r2", "an order of the court")
    assert word.encode() in here.path.read_bytes()
    summary = merge(here, there.path)
    assert (summary.removed, summary.reports, summary.tombstones) == (1, 1, 1)
    assert word.encode() not in here.path.read_bytes()
    with here.reading() as connection:
        (stone,) = shelf.tombstones(connection)
    assert (stone.reason, stone.serial) == ("an order of the court", 2)
    assert add([incoming(2, text=f"A note by the envoy {word} in Oslo.")], HandmadeCoder(), here).forgotten == 1


def test_another_version_of_a_page_that_one_desk_forgot_a_text_of_stays(tmp_path: Path) -> None:
    here = made(tmp_path / "a.duckdb", incoming(1, url=PAGE))
    there = made(tmp_path / "b.duckdb", incoming(1, url=PAGE), incoming(2, url=PAGE))
    forget(there, "r1")
    merge(here, there.path)
    assert counting(here) == {"r2"}
    merge(there, here.path)
    assert ids(there) == ids(here)


def test_sources_on_the_web_and_watched_relations_join(tmp_path: Path) -> None:
    here, there = made(tmp_path / "a.duckdb", incoming(1)), made(tmp_path / "b.duckdb", incoming(2))
    feed = StandingSource(address="https://news.example/feed", kind="feed", added_at="2023-02-24T00:00:00Z")
    folder = StandingSource(address="/desk/b/reports", kind="folder", added_at="2023-02-24T00:00:00Z")
    with there.writing() as connection:
        add_source(connection, feed)
        add_source(connection, folder)
        add_watch(connection, Watch("PAK", "USA"))
        connection.execute("INSERT INTO listings VALUES (?, ?, 's', NULL, NULL)", [feed.address, feed.address])
    summary = merge(here, there.path)
    assert (summary.sources, summary.watches) == (1, 1)
    assert merge(here, there.path).sources == 0
    with here.reading() as connection:
        assert [one.address for one in sources(connection)] == [feed.address]
        assert watches(connection) == (Watch("PAK", "USA"),)
        assert connection.execute("SELECT count(*) FROM listings").fetchone() == (1,)


def test_an_older_store_is_joined_from_a_copy(tmp_path: Path) -> None:
    old = tmp_path / "old.duckdb"
    old.write_bytes(gzip.decompress((OLD_STORES / "schema-1.duckdb.gz").read_bytes()))
    before = old.read_bytes()
    here = made(tmp_path / "a.duckdb", incoming(50))
    assert merge(here, old).reports == 4
    assert old.read_bytes() == before
    assert len(ids(here)) == 5
    assert not list(tmp_path.glob("old.duckdb.*"))


def test_a_newer_store_a_missing_one_and_the_same_one_are_refused(tmp_path: Path) -> None:
    here = made(tmp_path / "a.duckdb", incoming(1))
    folder = tmp_path / "migrations"
    shutil.copytree(migration.FOLDER, folder)
    (folder / f"{migration.latest(folder) + 1:04d}_next.sql").write_text("CREATE TABLE later (a INTEGER);")
    with Store(tmp_path / "newer.duckdb", migrations=folder).writing():
        pass
    before = here.path.read_bytes()
    for other, reason in (
        ("newer", "a newer entente wrote it"),
        ("none", "no store here"),
        ("a", "is the store itself"),
    ):
        with pytest.raises(StoreError, match=rf"{other}.duckdb: .*{reason}"):
            merge(here, tmp_path / f"{other}.duckdb")
    assert here.path.read_bytes() == before
