"""A source's words as they came, on a terminal and in plain lines."""

from __future__ import annotations

import io

from entente.records import Evidence
from entente.records.kept import KeptReport, ReportInRaw
from entente.views.paper import Marked, PlainPaper
from entente.views.report_page import print_raw

WHOLE = "Menu\nOSLO, Feb 24 - The envoy came. Share this\n\nThe end."


def shown() -> ReportInRaw:
    report = KeptReport(
        id="1", source_id="a", url=None, publisher=None, title=None, published=None, language="en", obtained="file",
        added_at="", coded=True, coder="", model="", superseded_by=None, version=1, versions=1, events=0,
    )  # fmt: skip

    def words(quote: str) -> Evidence:
        return Evidence.of(WHOLE, WHOLE.index(quote), WHOLE.index(quote) + len(quote))

    return ReportInRaw(
        report=report, whole=WHOLE, dropped=(words("Menu"), words("Share this")), not_prose=(words("OSLO, Feb 24 -"),)
    )


def test_plain_lines_begin_with_what_they_are() -> None:
    out = io.StringIO()
    print_raw(PlainPaper(out), shown())
    assert out.getvalue().splitlines() == [
        "- Menu",
        "~ OSLO, Feb 24 -",
        "  The envoy came.",
        "- Share this",
        "",
        "  The end.",
    ]


def test_a_terminal_keeps_the_lines_and_strikes_and_dims_words() -> None:
    class Lines:
        is_terminal = True

        def __init__(self) -> None:
            self.lines: list[Marked] = []

        def line(self, words: Marked) -> None:
            self.lines.append(words)

    paper = Lines()
    print_raw(paper, shown())  # type: ignore[arg-type]  # it prints no table
    assert [line.text for line in paper.lines] == WHOLE.split("\n")
    assert paper.lines[1].marks == ((0, 14, "dim"), (31, 41, "strike red"))
