"""What the store answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from entente.errors import StoreError
from entente.ingest import add
from entente.records import EventDate
from entente.reports.prepare import prepare
from entente.store import Store
from entente.store.days import days_of_event, first_and_last_day
from entente.store.reading import (
    Dyad,
    EventFilter,
    coding_of,
    commitments,
    event_in_context,
    events,
    people,
    statements,
    status,
)
from tests.handmade import HandmadeCoder, incoming


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "entente.duckdb")
    french = incoming(2, text="Le ministre a rencontré son homologue à Paris. Ils ont parlé de commerce.")
    undated = incoming(3, published=None)
    add([incoming(1), french, undated], HandmadeCoder(), store)
    return store


def kinds(store: Store, wanted: EventFilter) -> list[str]:
    with store.reading() as connection:
        return [one.event for one in events(connection, wanted)]


def test_a_coding_comes_back_exactly_as_it_was_added(store: Store) -> None:
    prepared = prepare(incoming(1))
    (coding,) = HandmadeCoder().code_many([prepared])
    with store.reading() as connection:
        assert coding_of(connection, coding.report.id) == coding
        assert coding_of(connection, "no such report") is None


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (EventFilter(), 4),
        (EventFilter(types=("CONSULT",)), 2),
        (EventFilter(types=("CONSULT", "AGREE")), 4),
        (EventFilter(types=("AID",)), 0),
        (EventFilter(statuses=("actual",)), 4),
        (EventFilter(statuses=("negated",)), 0),
        (EventFilter(actor="PAK"), 2),
        (EventFilter(recipient="PAK"), 2),
        (EventFilter(country="PAK"), 4),
        (EventFilter(country="IND"), 0),
        (EventFilter(contexts=("military",)), 4),
        (EventFilter(contexts=("terrorism",)), 0),
        (EventFilter(contexts=("terrorism",), topic_types=("AGREE",)), 2),
        (EventFilter(min_probability=0.6), 2),
        (EventFilter(dyad=Dyad("USA", "PAK")), 4),
        (EventFilter(dyad=Dyad("PAK", "IND")), 0),
        (EventFilter(since=date(2023, 2, 23)), 1),
        (EventFilter(until=date(2023, 2, 22)), 2),
        (EventFilter(since=date(2023, 2, 22), until=date(2023, 2, 22)), 2),
    ],
)
def test_events_are_filtered(store: Store, wanted: EventFilter, count: int) -> None:
    assert len(kinds(store, wanted)) == count


def test_an_event_is_found_by_the_beginning_of_its_id_and_shown_in_its_sentence(store: Store) -> None:
    with store.reading() as connection:
        (first, *_) = events(connection, EventFilter(types=("AGREE",)))
        found = event_in_context(connection, first.id, store.path)
        assert found.event == first
        assert [one.text for one in found.sentences] == ["The United States will train Pakistani pilots, Blome said."]
        assert event_in_context(connection, "zzz", store.path) is None
        with pytest.raises(StoreError, match="several events"):
            event_in_context(connection, "", store.path)


def test_people_are_one_row_for_each_office_with_the_days_that_reports_say_so(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.duckdb")
    add([incoming(1, published="2023-03-01"), incoming(2, published="2023-02-01"), incoming(3)], HandmadeCoder(), store)
    with store.reading() as connection:
        (asif,) = people(connection, countries=["PAK"])
        assert (asif.name, asif.office, asif.reports) == ("Khawaja Muhammad Asif", "Defence Minister", 3)
        assert (asif.first, asif.last) == ("2023-02-01", "2023-03-01")
        assert asif.report.source_id == "r1"
        assert [one.name for one in people(connection, name="blome")] == ["Donald Blome"]
        assert people(connection, since=date(2024, 1, 1)) == ()


def test_statements_and_commitments_of_two_countries_are_found_in_either_order(store: Store) -> None:
    with store.reading() as connection:
        for dyad in (Dyad("USA", "PAK"), Dyad("PAK", "USA")):
            assert len(statements(connection, dyad, contexts=None, since=None, until=None)) == 2
            assert len(commitments(connection, dyad, since=None, until=None)) == 2
        assert statements(connection, Dyad("USA", "IND"), contexts=None, since=None, until=None) == ()


def test_status_counts_what_is_there(store: Store) -> None:
    with store.reading() as connection:
        found = status(connection, store.path)
    assert (found.reports, found.undated, found.not_coded) == (3, 1, 1)
    assert found.languages == {"en": 2, "fr": 1}
    assert (found.events, found.undated_events) == (4, 2)
    assert found.events_by_type == {"AGREE": 2, "CONSULT": 2}
    assert (found.people, found.statements, found.commitments, found.failures) == (4, 2, 2, 0)
    assert found.coders == {"handmade/1 none": 2}
    assert (found.first_published, found.last_published) == ("2023-02-24", "2023-02-24")


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-02-05", "2024-02-05", "2024-02-05"),
        ("2024-02-05T10:00:00+05:00", "2024-02-05", "2024-02-05"),
        ("2024-W06", "2024-02-05", "2024-02-11"),
    ],
)
def test_a_date_of_any_precision_is_two_days(value: str, first: str, last: str) -> None:
    assert [day.isoformat() for day in first_and_last_day(value)] == [first, last]


@pytest.mark.parametrize("value", ["", "24", "2023-13", "2023-02-30", "yesterday", "2023-2-4", "2023-02-24-01"])
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        first_and_last_day(value)


def test_an_event_takes_the_days_that_its_date_allows() -> None:
    week = EventDate(value="2023-02-20", precision="week")
    stretch = EventDate(value="2023-02-20", end="2023-03", precision="day")
    assert days_of_event(week) == (date(2023, 2, 20), date(2023, 2, 26))
    assert days_of_event(stretch) == (date(2023, 2, 20), date(2023, 3, 31))
    assert days_of_event(EventDate(value=None)) is None
    assert days_of_event(EventDate(value="soon")) is None
    assert days_of_event(None) is None
