"""show and reports: what the record holds of one report, and of which reports."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import msgspec
import pytest

from entente.ingest import add
from entente.records.kept import KeptReport, ReportInFull, ReportInRaw
from entente.store import Store, takedown
from entente.views.schema import record_schema
from tests.cli.conftest import Run
from tests.handmade import TEXT, HandmadeCoder, incoming

PAGE = "https://news.example/meeting"
WHOLE = f"Menu | Sport\nTwo ministers meet\n{TEXT}\nShare this page"


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    """The command line in a folder with four reports, two of them versions of one page."""
    reports = [
        incoming(1, publisher="The Example", title="An earlier version", url=PAGE),
        incoming(2, publisher="The Example", title="Two ministers meet", url=PAGE, published="2023-02-25",
                 text=f"Two ministers meet\n\n{TEXT}", whole=WHOLE),
        incoming(3, publisher="Another", title="A third report", published="2023-01-02"),
        incoming(4, text="Le ministre a rencontré son homologue à Paris. Ils ont parlé de commerce et de défense."),
    ]  # fmt: skip
    add(reports, HandmadeCoder(), Store(tmp_path / "entente.duckdb"))
    return run


def listed(run: Run, *arguments: str) -> list[KeptReport]:
    return msgspec.json.decode(run("reports", *arguments, "--json").out, type=list[KeptReport])


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        ((), ["r2", "r4", "r1", "r3"]),
        (("--since", "2023-02-25"), ["r2"]),
        (("--until", "2023-01"), ["r3"]),
        (("--publisher", "example"), ["r2", "r1"]),
        (("--publisher", "news.example"), ["r2", "r1"]),
        (("--language", "FR"), ["r4"]),
    ],
)
def test_reports_are_listed_the_latest_first(arguments: tuple[str, ...], names: list[str], filled: Run) -> None:
    assert [one.source_id for one in listed(filled, *arguments)] == names


def test_a_list_of_reports_tells_their_version_and_events(filled: Run) -> None:
    printed = filled("reports")
    assert printed.err == "4 reports.\n"
    (new,) = [line for line in printed.out.splitlines() if "Two ministers meet" in line]
    assert new.split() == [listed(filled)[0].id, *"25 Feb 2023 The Example Two ministers meet 2 2 of 2".split()]
    assert "1 of 2, old" in printed.out


@pytest.mark.parametrize("name", ["r2", PAGE, "http://www.news.example/meeting/?utm_source=rss", "id", "beginning"])
def test_a_report_is_shown_by_any_name_with_its_record_and_versions(name: str, filled: Run) -> None:
    report = listed(filled)[0]
    name = {"id": report.id, "beginning": report.id[:15]}.get(name, name)
    if name == report.id[:15]:  # the handmade events' ids begin with their report's
        name = report.id
    printed = filled("show", name)
    assert printed.code == 0, printed.err
    assert printed.out.startswith("Two ministers meet\n25 Feb 2023 · en · The Example · https://news.example/meeting\n")
    assert f"id {report.id}, added" in printed.out
    assert "version 2 of 2 of its page, the one that counts" in printed.out
    assert "CONSULT" in printed.out
    assert "An earlier version" in printed.out


def test_a_report_without_events_is_shown_by_the_beginning_of_its_id(filled: Run) -> None:
    (french,) = listed(filled, "--language", "fr")
    printed = filled("show", french.id[:7])
    assert printed.code == 0, printed.err
    assert "! language: the report is in 'fr'" in printed.out


def test_the_record_of_a_report_for_programs_is_a_record_with_its_versions(filled: Run) -> None:
    answer = filled("show", "r2", "--json")
    jsonschema.validate(json.loads(answer.out), json.loads(record_schema()))
    found = msgspec.json.decode(answer.out, type=ReportInFull)
    assert [one.source_id for one in found.versions] == ["r1", "r2"]
    assert found.kept.versions == 2
    assert [one.event for one in found.events] == ["CONSULT", "AGREE"]


def test_raw_shows_what_was_dropped_and_what_is_no_prose(filled: Run) -> None:
    printed = filled("show", "r2", "--raw")
    lines = printed.out.splitlines()
    assert lines[0] == "- Menu | Sport"
    assert lines[-1] == "- Share this page"
    assert any(line.startswith("  Defence Minister Khawaja") for line in lines)
    assert printed.err.startswith("6 words of the source dropped")
    found = msgspec.json.decode(filled("show", "r2", "--raw", "--json").out, type=ReportInRaw)
    assert found.whole == WHOLE
    assert [one.text for one in found.dropped] == ["Menu | Sport", "Share this page"]
    assert all(WHOLE[one.start : one.end] == one.text for one in (*found.dropped, *found.not_prose))


def test_raw_of_a_report_that_is_all_text_dims_what_is_no_prose(run: Run, tmp_path: Path) -> None:
    text = "date 2023-02-24\n\nThe minister met the envoy in Oslo and they spoke of the treaty.\n"
    add([incoming(1, text=text)], HandmadeCoder(), Store(tmp_path / "entente.duckdb"))
    assert run("show", "r1", "--raw").out.splitlines()[0] == "~ date 2023-02-24"
    found = msgspec.json.decode(run("show", "r1", "--raw", "--json").out, type=ReportInRaw)
    assert found.dropped == ()
    assert [one.text for one in found.not_prose] == ["date 2023-02-24"]


def test_raw_of_an_event_is_that_of_its_report(filled: Run) -> None:
    event = json.loads(filled("show", "r2", "--json").out)["events"][0]
    assert filled("show", event["id"], "--raw").out == filled("show", "r2", "--raw").out


def test_an_unknown_name_gets_suggestions_and_a_forgotten_one_its_tombstone(filled: Run, tmp_path: Path) -> None:
    unknown = filled("show", "https://news.example/meetings")
    assert (unknown.code, unknown.out) == (1, "")
    assert f"Did you mean {PAGE}?" in unknown.err
    assert "`entente events` or `entente reports`" in unknown.err
    (third,) = listed(filled, "--publisher", "Another")
    takedown.forget(Store(tmp_path / "entente.duckdb"), [third.id], reason="an order of the court")
    for raw in ((), ("--raw",)):
        gone = filled("show", third.id, *raw)
        assert gone.code == 1
        assert "was forgotten on" in gone.err
        assert "(an order of the court); none of its words is kept." in gone.err
