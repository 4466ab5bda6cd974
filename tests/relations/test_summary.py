"""How a relationship stands in the events told of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from entente.ingest import add, read
from entente.ontology.codebook import load_codebook
from entente.records import Event, EventDate, Party
from entente.records.relation import StoredEvent, events_with_report
from entente.relations.summary import find_relation, month_of, summarise_directions, summarise_months
from entente.relations.topics import Topic, load_topics
from entente.store import Store
from tests.handmade import HandmadeCoder, incoming


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "entente.duckdb")
    add([incoming(1), incoming(2, published="2023-03-05")], HandmadeCoder(), store)
    return store


def told(actor: str, recipient: str = "", **more: object) -> StoredEvent:
    (outcome,) = read([incoming(1)], HandmadeCoder())
    sides = [
        tuple(Party(text=None, start=None, end=None, country=code) for code in side.split())
        for side in (actor, recipient)
    ]
    event = events_with_report(outcome.coding)[0]
    return msgspec.structs.replace(event, actor=sides[0], recipient=sides[1], **more)


def test_each_direction_and_what_both_do_together_are_counted_apart() -> None:
    events = [
        told("USA", "PAK"),
        told("USA GBR", "PAK"),
        told("PAK", "USA", status="negated"),
        told("PAK USA"),
        told("USA", "PAK", quad_class="material_conflict", event="SANCTION", score=-5.0),
    ]
    there, back, together = summarise_directions(events, "USA", "PAK")
    assert (there.actor, there.recipient, there.events, there.actual) == ("USA", "PAK", 3, 3)
    assert there.by_type == {"CONSULT": 2, "SANCTION": 1}
    assert there.by_quad_class == {"verbal_cooperation": 2, "material_conflict": 1}
    assert (back.actor, back.recipient, back.events, back.actual) == ("PAK", "USA", 1, 0)
    assert back.mean_score is None
    assert back.by_status == {"negated": 1}
    assert (together.recipient, together.events) == (None, 1)


def test_the_mean_score_weighs_events_by_their_probability_and_leaves_out_what_is_not_actual() -> None:
    events = [
        told("USA", "PAK", score=10.0, probability=0.75),
        told("USA", "PAK", score=-10.0, probability=0.25),
        told("USA", "PAK", score=-10.0, probability=1.0, status="hypothetical"),
    ]
    (there, _, _) = summarise_directions(events, "USA", "PAK")
    assert there.mean_score == 5.0
    assert [(month.month, month.events, month.mean_score) for month in summarise_months(events)] == [
        ("2023-02", 2, 5.0)
    ]


@pytest.mark.parametrize(
    ("when", "month"),
    [
        (EventDate(value="2023-02-22"), "2023-02"),
        (EventDate(value="2023-02"), "2023-02"),
        (EventDate(value="2023"), None),
        (EventDate(value="2023-W08"), None),
        (EventDate(value=None), None),
        (None, None),
    ],
)
def test_an_event_belongs_to_a_month_only_if_its_date_says_so(when: EventDate | None, month: str | None) -> None:
    assert month_of(told("USA", "PAK", date=when)) == month


def test_a_relation_holds_its_events_people_statements_commitments_and_coverage(store: Store) -> None:
    found = find_relation(store, "USA", "PAK")
    assert [len(some) for some in (found.events, found.people, found.statements, found.commitments)] == [4, 2, 2, 2]
    assert (found.coverage.reports, found.coverage.undated_events) == (2, 2)
    assert (found.coverage.first, found.coverage.last) == ("2023-02-24", "2023-03-05")


def test_a_relation_is_the_same_from_either_side(store: Store) -> None:
    one, other = find_relation(store, "USA", "PAK"), find_relation(store, "PAK", "USA")
    assert one.events == other.events
    assert one.directions[:2] == other.directions[1::-1]
    assert one.months == other.months


def test_a_relation_can_be_limited_to_days_and_to_a_topic(store: Store) -> None:
    late = find_relation(store, "USA", "PAK", since=date(2023, 3, 1))
    assert [event.event for event in late.events] == ["AGREE"]  # undated, so it counts on its report's day
    assert late.since == "2023-03-01"
    energy = find_relation(store, "USA", "PAK", topic=load_topics()["energy"], topic_name="energy")
    assert (energy.events, energy.commitments, energy.topic) == ((), (), "energy")
    defence = find_relation(store, "USA", "PAK", topic=load_topics()["defence"], topic_name="defence")
    assert len(defence.events) == 4
    assert len(defence.commitments) == 2


def test_countries_that_no_report_joins_have_an_empty_relation(store: Store) -> None:
    found = find_relation(store, "USA", "FJI")
    assert (found.events, found.people, found.months, found.coverage.reports) == ((), (), (), 0)


def test_topics_are_groups_of_the_codebooks_contexts_and_types() -> None:
    codebook = load_codebook()
    topics = load_topics()
    for topic in topics.values():
        assert set(topic.contexts) <= set(codebook.contexts)
        assert set(topic.types) <= set(codebook.types)
    assert topics["trade"].contexts == ("economic", "natural_resource")
    assert topics["cyber"] == Topic(contexts=("cyber",))
    grouped = {context for topic in topics.values() for context in topic.contexts}
    assert grouped == set(codebook.contexts)


def test_an_event_with_its_report_is_otherwise_the_event() -> None:
    (outcome,) = read([incoming(1)], HandmadeCoder())
    (event, *_) = events_with_report(outcome.coding)
    assert Event(**{name: getattr(event, name) for name in Event.__struct_fields__}) == outcome.coding.events[0]
    assert event.report.id == outcome.coding.report.id
