"""What the built-in coder owes every reader: exact evidence, the same record twice, nothing where nothing is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entente.coders.builtin import BuiltinCoder, load
from entente.records import Coding, Incoming
from entente.reports.prepare import prepare

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
FIELD_CASES = ROOT.parent / "shared/field-cases/cases.jsonl"


@pytest.fixture(scope="module")
def coder() -> BuiltinCoder:
    return load("small")


def code(coder: BuiltinCoder, text: str, published: str | None = "2023-02-24") -> Coding:
    return coder.code(prepare(Incoming(text=text, origin="test", source_id="test", published=published)))


def spans(item: Any) -> Iterator[tuple[int, int, str]]:
    """Every (start, end, words) of a record, wherever it stands."""
    if isinstance(item, dict):
        end = item.get("end_char", item.get("end"))
        if isinstance(item.get("start"), int) and isinstance(end, int):
            words = item.get("text") or item.get("name")
            if words is not None:
                yield item["start"], end, words
        for key, value in item.items():
            if key != "report":
                yield from spans(value)
    elif isinstance(item, list | tuple):
        for value in item:
            yield from spans(value)


def assert_exact(record: Coding) -> None:
    text = record.report.text
    for start, end, words in spans(msgspec.to_builtins(record)):
        assert text[start:end] == words
    for sentence in record.sentences:
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end] != ""
    for event in record.events:
        assert event.evidence.start <= event.trigger.start < event.trigger.end <= event.evidence.end
        assert any(p.country for p in (*event.actor, *event.recipient))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_every_span_of_an_example_is_exactly_its_words(coder: BuiltinCoder, path: Path) -> None:
    record = code(coder, path.read_text(encoding="utf-8"))
    assert record.events
    assert_exact(record)


@pytest.mark.skipif(not FIELD_CASES.exists(), reason="needs ../shared/field-cases beside the project")
def test_every_span_of_the_field_cases_is_exactly_its_words(coder: BuiltinCoder) -> None:
    for line in FIELD_CASES.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["input_format"] == "text":
            assert_exact(code(coder, case["input"], case["published"]))


WORDS = [
    "Kenya",
    "the minister",
    "met",
    "He",
    "“We agree,”",
    "said",
    "\n\n",
    "U.S.",
    "and",
    "accused",
    "Niger",
    "é",
    "🙂",
    "—",
    ".",
    "on Friday",
    "A\u0301",
    "\u202e",
    "  ",
    "MR. PRICE:",
    "#",
    "[x](http://y)",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=8)), max_size=40))
def test_every_span_of_any_text_is_exactly_its_words(coder: BuiltinCoder, parts: list[str]) -> None:
    text = " ".join(parts).encode("utf-8", "ignore").decode()
    assert_exact(code(coder, text, None))


def test_coding_twice_gives_the_same_bytes_whatever_was_coded_between(coder: BuiltinCoder) -> None:
    text = EXAMPLES[0].read_text(encoding="utf-8")
    first = msgspec.json.encode(code(coder, text))
    code(coder, "Chad thanked Niger. " * 30)
    assert msgspec.json.encode(code(coder, text)) == first


def test_a_report_that_is_not_english_is_kept_and_not_coded(coder: BuiltinCoder) -> None:
    text = "Der Außenminister der Bundesrepublik traf am Montag in Paris seine französische Kollegin zu Gesprächen über die gemeinsame Verteidigung und den Handel mit China."
    record = code(coder, text)
    assert record.events == ()
    assert record.report.text == text
    assert any("English" in w for w in record.warnings)


@pytest.mark.parametrize(
    "text",
    [
        "The harbour museum opens at nine. Rain is expected in the afternoon.",
        "The novelist recalled her school years and praised the acoustics of the hall.",
        "",
        "12 34 56.",
    ],
)
def test_where_nothing_happens_between_parties_nothing_is_recorded(coder: BuiltinCoder, text: str) -> None:
    assert code(coder, text).events == ()


def test_parties_of_a_plain_sentence_are_told_apart(coder: BuiltinCoder) -> None:
    record = code(coder, "Norway accused Russia on Monday of jamming satellite signals in the Barents Sea.")
    (event,) = [e for e in record.events if e.event == "ACCUSE"]
    assert [p.country for p in event.actor] == ["NOR"]
    assert [p.country for p in event.recipient] == ["RUS"]
    assert event.quad_class == "verbal_conflict"
    assert event.date is not None
    assert event.date.value == "2023-02-20"


def test_a_pair_of_given_parties_gets_a_probability_for_each_type(coder: BuiltinCoder) -> None:
    from entente.coders.protocol import MarkedPair
    from entente.records import Span

    text = "Norway accused Russia of jamming satellite signals."
    (shares,) = coder.classify_pairs([MarkedPair(text, Span(0, 6), Span(15, 21))])
    assert max(shares, key=lambda k: shares[k]) == "ACCUSE"
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-5)


def test_town_beside_the_day_is_where_an_act_took_place(coder: BuiltinCoder) -> None:
    coding = code(coder, "Honduras and Belize signed a trade agreement in Belmopan on Monday.")
    assert {e.place.name for e in coding.events if e.place} == {"Belmopan"}


def test_day_of_a_noun_in_a_phrase_is_not_that_of_the_act(coder: BuiltinCoder) -> None:
    coding = code(coder, "Peru apologised to Chile for the seizure of two Chilean boats in May 2022.")
    days = {e.event: e.date.value for e in coding.events if e.date}
    assert days["CONCEDE"] == "2023-02-24"


def test_speaker_may_be_known_by_state_and_office_alone(coder: BuiltinCoder) -> None:
    coding = code(coder, "Lithuania's chargé d'affaires left Minsk on Monday. “We shall be back,” she said.")
    assert [s.speaker and s.speaker.country for s in coding.statements if "We shall" in s.content.text] == ["LTU"]


def test_a_higher_least_probability_leaves_out_the_less_sure_events_and_no_others() -> None:
    text = EXAMPLES[0].read_text(encoding="utf-8")
    all_of_them = code(load("small", min_probability=0.0), text).events
    sure = code(load("small", min_probability=0.7), text).events
    assert 0 < len(sure) < len(all_of_them)
    assert {e.id for e in sure} <= {e.id for e in all_of_them}
    assert min(e.probability for e in sure) >= 0.7


def test_many_reports_at_a_time_give_the_records_that_each_gives_alone(coder: BuiltinCoder) -> None:
    texts = [path.read_text(encoding="utf-8") for path in EXAMPLES] * 4
    prepared = [prepare(Incoming(text=t, origin="test", source_id="test", published="2023-02-24")) for t in texts]
    assert list(coder.code_many(prepared)) == [coder.code(p) for p in prepared]
