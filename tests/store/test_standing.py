"""Sources, items and watched relations in the store, and what came in."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from entente.ingest import add
from entente.records.standing import Listing, StandingSource, StoredItem, Watch
from entente.store import Store, arrivals, standing, takedown
from tests.handmade import TEXT, HandmadeCoder, incoming


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "entente.duckdb")
    with store.writing() as connection:
        standing.add_source(connection, StandingSource(address="a", kind="feed", title="A", publisher="P"))
    return store


def item(name: str, **more: object) -> StoredItem:
    return StoredItem(id=name, stamp="1", fetched_at="2026-11-20T08:00:00Z", **more)  # type: ignore[arg-type]


def test_a_source_comes_back_as_it_was_written_with_the_numbers_of_its_items(store: Store) -> None:
    with store.writing() as connection:
        items = [item("1"), item("2", state="waiting"), item("3", state="given up"), item("4")]
        standing.record_items(connection, "a", items)
        (found,) = standing.sources(connection)
    assert (found.address, found.kind, found.title, found.publisher, found.whole_pages) == ("a", "feed", "A", "P", True)
    assert (found.items, found.waiting, found.given_up) == (2, 1, 1)
    assert found.added_at


def test_a_source_is_there_once(store: Store) -> None:
    with pytest.raises(Exception, match="Duplicate key"), store.writing() as connection:
        standing.add_source(connection, StandingSource(address="a", kind="folder"))


def test_an_item_written_again_replaces_what_was_known_of_it(store: Store) -> None:
    first = item("1", state="waiting", next_try="2026-11-20T09:00:00Z", reason="is down.", tries=1, url="u")
    with store.writing() as connection:
        standing.record_items(connection, "a", [first, item("2")])
        assert standing.known_items(connection, "a") == {"1": first, "2": item("2")}
        assert list(standing.waiting_items(connection, "a", "2026-11-20T08:59:59Z")) == []
        assert list(standing.waiting_items(connection, "a", "2026-11-20T09:00:00Z")) == ["1"]
        standing.record_items(connection, "a", [item("1", url="u", etag='"x"')])
        assert standing.known_items(connection, "a")["1"] == item("1", url="u", etag='"x"')


def test_a_removed_source_takes_its_items_and_listings_with_it_and_no_report(store: Store) -> None:
    add([incoming(1)], HandmadeCoder(), store)
    with store.writing() as connection:
        standing.record_items(connection, "a", [item("1")])
        standing.record_listings(connection, "a", [Listing(address="a", etag='"x"')])
        standing.remove_source(connection, "a")
        assert (standing.sources(connection), standing.known_items(connection, "a")) == ((), {})
        assert standing.listings(connection, "a") == {}
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (1,)


def test_what_an_update_learns_of_a_source_that_was_removed_meanwhile_is_not_kept(store: Store) -> None:
    with store.writing() as connection:
        standing.remove_source(connection, "a")
        standing.record_items(connection, "a", [item("1")])
        standing.record_listings(connection, "a", [Listing(address="a", etag='"x"')])
        assert (standing.known_items(connection, "a"), standing.listings(connection, "a")) == ({}, {})


def test_an_address_that_was_taken_in_is_found_unless_only_a_feeds_text_was_read(store: Store) -> None:
    with store.writing() as connection:
        standing.add_source(connection, StandingSource(address="b", kind="feed", whole_pages=False))
        standing.record_items(connection, "a", [item("1", url="u1"), item("2", url="u2", state="waiting")])
        standing.record_items(connection, "b", [item("3", url="u3")])
        assert list(standing.taken_in(connection, ["u1", "u2", "u3"])) == ["u1"]


def test_another_report_of_the_same_item_supersedes_the_one_before_unless_another_item_gives_that_too(
    store: Store,
) -> None:
    add([incoming(1), incoming(2), incoming(3)], HandmadeCoder(), store)
    with store.writing() as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM reports ORDER BY serial").fetchall()]
        standing.record_items(connection, "a", [item("1", report_id=ids[0]), item("2", report_id=ids[0])])
        standing.record_items(connection, "a", [item("1", report_id=ids[1])])
        assert superseded(connection) == [None, None, None]
        standing.record_items(connection, "a", [item("2", report_id=ids[2])])
        assert superseded(connection) == [ids[2], None, None]
        standing.record_items(connection, "a", [item("2", report_id=None)])
        assert superseded(connection) == [ids[2], None, None]


def superseded(connection: duckdb.DuckDBPyConnection) -> list[str | None]:
    return [row[0] for row in connection.execute("SELECT superseded_by FROM reports ORDER BY serial").fetchall()]


def test_a_relation_is_watched_once_and_no_longer(store: Store) -> None:
    with store.writing() as connection:
        for watch in (Watch("PAK", "USA"), Watch("KEN", "UGA"), Watch("PAK", "USA")):
            standing.add_watch(connection, watch)
        assert standing.watches(connection) == (Watch("KEN", "UGA"), Watch("PAK", "USA"))
        standing.remove_watch(connection, Watch("KEN", "UGA"))
        assert standing.watches(connection) == (Watch("PAK", "USA"),)


def test_what_came_in_is_counted_from_the_mark_on(store: Store) -> None:
    add([incoming(1, publisher="Example Times"), incoming(2, url="https://www.example.org/2")], HandmadeCoder(), store)
    with store.writing() as connection:
        first = arrivals.arrivals(connection, (), since=None, most=None)
        arrivals.move_mark(connection, first.last_serial)
    assert (first.since, first.reports, first.events) == (None, 2, 4)
    assert first.publishers == {"Example Times": 1, "example.org": 1}
    add(
        [
            incoming(3, url="https://example.org/2", published="2023-03-01"),
            incoming(4, published=None),
            incoming(5, text="Le ministre a rencontré son homologue à Paris. Ils ont parlé de commerce."),
        ],
        HandmadeCoder(),
        store,
    )
    with store.reading() as connection:
        second = arrivals.arrivals(connection, (), since=None, most=None)
    assert second.since is not None
    assert (second.reports, second.versions, second.undated, second.not_coded) == (3, 1, 1, 1)
    assert second.events == 4


def test_a_report_that_comes_after_one_that_was_seen_and_forgotten_is_new_also_once_that_is_undone(
    store: Store,
) -> None:
    add([incoming(1), incoming(2)], HandmadeCoder(), store)
    with store.writing() as connection:
        seen = arrivals.arrivals(connection, (), since=None, most=None)
        arrivals.move_mark(connection, seen.last_serial)
        (last,) = connection.execute("SELECT id FROM reports WHERE source_id = 'r2'").fetchone() or ("",)
    takedown.forget(store, [last])
    with store.writing() as connection:
        takedown.unforget(connection, [last])
    add([incoming(3)], HandmadeCoder(), store)
    with store.reading() as connection:
        assert arrivals.arrivals(connection, (), since=None, most=None).reports == 1


def test_a_day_in_the_marks_place_counts_all_from_that_day_on(store: Store) -> None:
    add([incoming(1), incoming(2)], HandmadeCoder(), store)
    with store.writing() as connection:
        connection.execute("UPDATE reports SET added_at = '2020-01-01T23:59:59Z' WHERE serial = 1")
        arrivals.move_mark(connection, 2)
        assert arrivals.arrivals(connection, (), since="2020-01-02", most=None).reports == 1
        assert arrivals.arrivals(connection, (), since="2020-01-01", most=None).reports == 2


def test_a_relation_counts_its_events_both_ways_and_shows_the_actual_one_that_tells_most(store: Store) -> None:
    add([incoming(1), incoming(2)], HandmadeCoder(), store)
    with store.reading() as connection:
        found = arrivals.arrivals(connection, (), since=None, most=None)
    (one,) = found.relations
    assert (one.a, one.b, one.reports, one.events, one.actual) == ("PAK", "USA", 2, 4, 4)
    assert one.by_quad_class == {"verbal_cooperation": 4}
    assert one.event is not None
    assert (one.event.event, one.event.report.source_id) == ("CONSULT", "r1"), "2.5 × 0.9 tells more than 3.0 × 0.5"
    assert TEXT[one.event.evidence.start : one.event.evidence.end] == one.event.evidence.text


def test_an_event_that_is_not_actual_stands_behind_any_that_is(store: Store) -> None:
    add([incoming(1)], HandmadeCoder(), store)
    with store.writing() as connection:
        connection.execute("UPDATE events SET status = 'future' WHERE event = 'CONSULT'")
        (one,) = arrivals.arrivals(connection, (), since=None, most=None).relations
    assert (one.actual, one.events, one.by_quad_class) == (1, 2, {"verbal_cooperation": 1})
    assert one.event is not None
    assert one.event.event == "AGREE"


def test_watched_relations_come_first_also_with_nothing_new_and_others_only_up_to_a_number(store: Store) -> None:
    add([incoming(1)], HandmadeCoder(), store)
    with store.writing() as connection:
        connection.execute(
            "INSERT INTO events SELECT * REPLACE ('z' AS id, 2 AS ordinal, ['KEN', 'UGA', 'TZA'] AS actors, [] AS recipients) "
            "FROM events WHERE event = 'CONSULT'"
        )
        watched = (Watch("CHL", "PER"), Watch("TZA", "UGA"))
        found = arrivals.arrivals(connection, watched, since=None, most=2)
        everything = arrivals.arrivals(connection, watched, since=None, most=None)
    shown = [(one.a, one.b, one.watched, one.events) for one in found.relations]
    assert shown == [
        ("CHL", "PER", True, 0),
        ("TZA", "UGA", True, 1),
        ("PAK", "USA", False, 2),
        ("KEN", "TZA", False, 1),
    ]
    assert (found.touched, len(everything.relations)) == (4, 5)
    assert found.relations[0].event is None


def test_failures_are_counted_since_somebody_looked(store: Store) -> None:
    from entente.records import Failure

    add([Failure(origin="x", reason="is empty.")], HandmadeCoder(), store)
    with store.writing() as connection:
        assert arrivals.arrivals(connection, (), since=None, most=None).failures == 1
        arrivals.move_mark(connection, 0)
        assert arrivals.arrivals(connection, (), since=None, most=None).failures == 0
        connection.execute("UPDATE failures SET last_seen = '2999-01-01T00:00:00Z'")
        assert arrivals.arrivals(connection, (), since=None, most=None).failures == 1
