"""Records printed for people."""

from __future__ import annotations

import io
import os
import pty
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from entente.ingest import add, read
from entente.records import EventDate, Evidence, Party
from entente.records.relation import Relation
from entente.relations.summary import find_relation
from entente.store import Store, reading
from entente.views.console import TerminalPaper
from entente.views.paper import Column, Marked, Paper, PlainPaper, marked, open_paper
from entente.views.relation_page import highlighted, print_event_in_context, print_relation
from entente.views.terminal import print_coding, print_events, print_status, quoted
from entente.views.words import between_words, date_words, day_words, party_words
from tests.handmade import TEXT, HandmadeCoder, incoming


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "entente.duckdb")
    add((incoming(number) for number in range(30)), HandmadeCoder(), store)
    return store


def relation_of(store: Store) -> Relation:
    return find_relation(store, "USA", "PAK")


def plain(show: Callable[[PlainPaper], None]) -> str:
    out = io.StringIO()
    show(PlainPaper(out))
    return out.getvalue()


def on_terminal(show: Callable[[TerminalPaper], None], width: int = 100) -> str:
    out = io.StringIO()
    show(TerminalPaper(out, width=width))
    return out.getvalue()


def test_a_record_shows_its_events_people_statements_commitments_and_warnings() -> None:
    (outcome,) = read([incoming(1, published=None, title="A [bold]meeting[/bold] :smile:")], HandmadeCoder())
    printed = plain(lambda paper: print_coding(paper, outcome.coding))
    for words in (
        "A [bold]meeting[/bold] :smile:",
        "undated",
        "CONSULT meet",
        "PAK GOV MIL · Khawaja Muhammad Asif + USA GOV · Donald Blome",
        "“The United States will train Pakistani pilots”",
        "Defence Minister",
        "“We are old friends,”",
        "train Pakistani pilots",
    ):
        assert words in printed


def test_a_report_without_events_says_so() -> None:
    (outcome,) = read([incoming(1, text="The weather was fine on Monday. Nobody went anywhere.")], HandmadeCoder())
    assert "No event found." in plain(lambda paper: print_coding(paper, outcome.coding))


def test_on_a_terminal_nothing_is_wider_than_it(store: Store) -> None:
    relation = relation_of(store)
    for width in (80, 100, 140):
        printed = on_terminal(lambda paper: print_relation(paper, relation, ("United States", "Pakistan")), width)
        assert max(map(len, printed.splitlines())) <= width
        assert "Khawaja" in printed


def test_the_balance_fits_80_cells_without_a_word_cut(store: Store) -> None:
    relation = relation_of(store)
    printed = on_terminal(lambda paper: print_relation(paper, relation, ("United States", "Pakistan")), 80)
    for words in ("USA → PAK", "PAK → USA", "together", "Coop.", "Conflict", "deeds", "Actual", "CONSULT 30"):
        assert words in printed, words


def test_a_terminal_gets_the_latest_and_is_told_of_the_rest_while_a_pipe_gets_all(store: Store) -> None:
    relation = relation_of(store)
    short = on_terminal(lambda paper: print_relation(paper, relation, ("United States", "Pakistan")))
    whole = plain(lambda paper: print_relation(paper, relation, ("United States", "Pakistan")))
    assert "12 of 60; --json has all" in short
    assert whole.count("CONSULT meet") == 30
    assert whole.count("We are old friends") == 30


def test_where_no_terminal_listens_one_event_is_one_whole_line() -> None:
    wrapped = TEXT.replace("met US Ambassador", "met US\nAmbassador").replace(
        "pilots,", "pilots, " + "and engineers, " * 300
    )
    (outcome,) = read([incoming(1, text=TEXT)], HandmadeCoder())
    (event, *_) = outcome.coding.events
    whole = Evidence.of(wrapped, 0, len(wrapped))
    event = msgspec.structs.replace(event, evidence=whole)
    head, line = plain(lambda paper: print_events(paper, [event])).splitlines()
    assert head.startswith("Id")
    assert " ".join(wrapped.split()) in line


def test_a_pipe_gets_no_colour_codes(store: Store) -> None:
    relation = relation_of(store)
    assert "\x1b" not in plain(lambda paper: print_relation(paper, relation, ("United States", "Pakistan")))


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_a_real_terminal_gets_colours_unless_no_color_is_set(
    no_color: str, coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", no_color)
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        paper = open_paper(terminal)
        paper.line(marked(("CONSULT", "green"), " meet"))
        terminal.flush()
        printed = os.read(ours, 4096).decode()
    os.close(ours)
    assert paper.is_terminal
    assert ("\x1b[32m" in printed) is coloured
    assert "CONSULT" in printed


def test_one_older_version_is_told_as_one(tmp_path: Path) -> None:
    store = Store(tmp_path / "entente.duckdb")
    for number in (1, 2):
        add([incoming(number, url="https://example.org/readout")], HandmadeCoder(), store)
    with store.reading() as connection:
        found = reading.status(connection, store.path)
    assert "2, 1 older version of a page" in plain(lambda paper: print_status(paper, found))


def test_show_marks_the_trigger_and_the_parties_in_their_sentence(store: Store) -> None:
    with store.reading() as connection:
        (event, *_) = reading.events(connection, reading.EventFilter(types=("CONSULT",)))
        shown = reading.event_in_context(connection, event.id, store.path)
    (sentence,) = shown.sentences
    marked_words = {style: sentence.text[start:end] for start, end, style in highlighted(sentence, event).marks}
    assert marked_words["bold reverse"] == "met"
    assert marked_words["underline cyan"] == "Donald Blome"
    assert marked_words["not dim"] == event.evidence.text
    printed = plain(lambda paper: print_event_in_context(paper, shown))
    for words in ("22 Feb 2023", "trigger", "actor", event.id, sentence.text):
        assert words in printed


def test_words_keep_their_strong_part_at_its_place() -> None:
    evidence = Evidence.of("Asif\nmet  Blome", 0, 15)
    assert quoted(evidence, Evidence(5, 8, "met")) == Marked("“Asif met Blome”", ((6, 9, "bold underline"),))


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (None, "undated"),
        (EventDate(value=None), "undated"),
        (EventDate(value="2023-02-22", precision="day"), "22 Feb 2023"),
        (EventDate(value="2023-02", precision="month"), "Feb 2023"),
        (EventDate(value="2023", precision="year"), "2023"),
        (EventDate(value="2023-02-20", precision="week"), "week of 20 Feb 2023"),
        (EventDate(value="2023-02-24", precision="recent"), "shortly before 24 Feb 2023"),
        (EventDate(value="2023-02-20", end="2023-02-22", precision="day"), "20 Feb 2023 – 22 Feb 2023"),
    ],
)
def test_a_date_is_told_as_precisely_as_it_is_known(when: EventDate | None, words: str) -> None:
    assert date_words(when) == words


def test_a_span_of_days_is_one_day_where_both_are_and_a_dash_where_none_is() -> None:
    assert between_words("2023-02-24", "2023-03-01") == "24 Feb 2023 – 1 Mar 2023"
    assert between_words("2023-02-24", "2023-02-24") == "24 Feb 2023"
    assert between_words(None, None) == "–"


def test_odd_dates_and_unresolved_parties_are_told_as_they_are() -> None:
    assert day_words("2023-99-99") == "2023-99-99"
    assert day_words(None) == "undated"
    assert party_words(Party(text="the group", start=0, end=9)) == "? · the group"
    assert party_words(Party(text=None, start=None, end=None, country="USA", sectors=("GOV",))) == "USA GOV"


@pytest.mark.parametrize("open_on", [PlainPaper, lambda out: TerminalPaper(out, width=80)])
def test_no_title_or_text_commands_the_terminal(open_on: Callable[[io.StringIO], Paper]) -> None:
    out = io.StringIO()
    paper = open_on(out)
    hostile = "Talks\x1b]0;owned\x07 \x9b2Jin \u202eregnis\x00"
    paper.line(marked(hostile, (" and more", "bold")))
    paper.table([Column("Title")], [[hostile], ["Gespräche in Zürich\u200d"]])
    printed = out.getvalue()
    assert not {character for character in printed if not character.isprintable()} - {"\n", "\u200d"}
    assert printed.count("Talks\ufffd]0;owned\ufffd \ufffd2Jin \ufffdregnis\ufffd") == 2
    assert "Gespräche in Zürich" in printed
