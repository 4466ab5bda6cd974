"""Sources and what came in, as people see them on a terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from entente.ingest import add
from entente.records.standing import SourceState, SourceUpdate, Watch
from entente.store import Store, arrivals
from entente.views.arrivals_page import print_arrivals
from entente.views.console import TerminalPaper
from entente.views.standing_page import print_sources, time_words, update_words
from tests.handmade import HandmadeCoder, incoming

NAMES = {"PAK": "Pakistan", "USA": "United States", "KEN": "Kenya", "UGA": "Uganda"}


@pytest.mark.parametrize("width", [60, 80, 120])
def test_what_came_in_fits_a_terminal_and_puts_watched_relations_first(tmp_path: Path, width: int) -> None:
    store = Store(tmp_path / "entente.duckdb")
    add([incoming(number, publisher=f"Paper {number}") for number in range(10)], HandmadeCoder(), store)
    with store.reading() as connection:
        new = arrivals.arrivals(connection, (Watch("KEN", "UGA"),), since="2023-01-01", most=20)
    out = io.StringIO()
    print_arrivals(TerminalPaper(out, width=width), new, lambda code: NAMES[code])
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= width
    assert lines[0] == "10 new reports since 1 Jan 2023 with 20 events."
    text = " ".join(line.strip() for line in lines)
    assert "Paper 7 1, and 2 more" in text
    assert text.index("Kenya and Uganda  nothing new") < text.index("Pakistan and United States")
    assert "20 events in 10 reports, 20 actual · coop. words 20" in text
    assert "met US Ambassador Donald Blome" in text


def test_a_source_shows_its_state_and_what_is_wrong_with_it() -> None:
    out = io.StringIO()
    source = SourceState(
        address="https://example.org/feed.xml",
        kind="feed",
        title="Example  Times",
        whole_pages=False,
        checked_at="2026-11-20T08:00:00Z",
        next_try="2026-11-20T09:00:00Z",
        reason="answers 503: the server cannot answer now.",
        items=1,
        waiting=2,
        given_up=3,
    )
    print_sources(TerminalPaper(out, width=100), [source])
    assert [line.rstrip() for line in out.getvalue().splitlines()] == [
        "https://example.org/feed.xml  feed, its own text",
        "  Example Times",
        "  1 item, 2 to be tried again, 3 given up, checked 20 Nov 2026 08:00 UTC",
        "  ! answers 503: the server cannot answer now. Next try after 20 Nov 2026 09:00 UTC.",
    ]


def test_an_update_is_told_in_a_line_and_a_line_for_each_source_that_waits() -> None:
    done = SourceUpdate(source="a", kind="feed", added=2, new_versions=1, events=5, failed=1, left=7, own_text=1)
    waits = SourceUpdate(source="b", kind="list", result="waiting", next_try="2026-11-20T09:00:00Z", reason="is down.")
    assert update_words([done, waits], dry_run=False) == [
        "1 source: 3 new reports with 5 events; 1 of them new versions of a page; "
        "1 by the feed's own text, their pages not to be had; 7 left for the next time; "
        "1 failed, see `entente failures`.",
        "b: not tried before 2026-11-20T09:00:00Z; it failed last time: is down.",
    ]
    partly = SourceUpdate(source="c", kind="sitemap", back_again=1, failed=3, unread=2)
    assert update_words([partly], dry_run=False) == [
        "1 source: nothing new; 1 went back to an earlier version, which counts again; "
        "1 failed, see `entente failures`; 1 of the sources not read whole, see `entente source list`."
    ]
    assert update_words([waits], dry_run=False) == [
        "b: not tried before 2026-11-20T09:00:00Z; it failed last time: is down."
    ]
    assert update_words([SourceUpdate(source="a", kind="feed", due=2)], dry_run=True) == ["a: 2 items to fetch."]


def test_times_are_written_as_people_write_them() -> None:
    assert [time_words(when) for when in ("2026-11-20T08:00:00Z", "2026-11-20", None)] == [
        "20 Nov 2026 08:00 UTC",
        "20 Nov 2026",
        "never",
    ]
