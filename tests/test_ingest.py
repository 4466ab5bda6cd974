"""Adding reports: once each, in order, whatever fails or was there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from entente.ingest import BATCH_REPORTS, Outcome, add, read
from entente.records import Failure, Incoming
from entente.sources.files import read_inputs
from entente.store import Store
from entente.store.reading import EventFilter, events, failures, status
from tests.handmade import TEXT, HandmadeCoder, incoming


def told(store: Store) -> int:
    with store.reading() as connection:
        return len(events(connection, EventFilter()))


def collect(outcomes: list[Outcome]) -> Callable[[Outcome], None]:
    return outcomes.append


def test_the_same_reports_from_two_folders_are_added_once(tmp_path: Path) -> None:
    for folder in ("here", "there/deep"):
        (tmp_path / folder).mkdir(parents=True)
        for number in range(3):
            (tmp_path / folder / f"{number}.txt").write_text(
                f"date 2023-02-24\n{TEXT}\nNumber {number}.", encoding="utf-8"
            )
    store, coder = Store(tmp_path / "entente.duckdb"), HandmadeCoder()
    first = add(read_inputs([str(tmp_path / "here")]), coder, store)
    second = add(read_inputs([str(tmp_path / "there")]), coder, store)
    assert (first.added, first.already_there, first.events) == (3, 0, 6)
    assert (second.added, second.already_there, second.events) == (0, 3, 0)
    assert len(coder.coded) == 3, "a report that is there was coded again"
    assert told(store) == 6


def test_a_report_twice_in_one_batch_is_added_once(tmp_path: Path) -> None:
    store = Store(tmp_path / "entente.duckdb")
    summary = add([incoming(1), incoming(1)], HandmadeCoder(), store)
    assert (summary.added, summary.already_there) == (1, 1)
    assert told(store) == 2


def test_adding_nothing_new_does_not_touch_the_file(tmp_path: Path) -> None:
    store = Store(tmp_path / "entente.duckdb")
    add([incoming(1)], HandmadeCoder(), store)
    before = store.path.stat().st_mtime_ns
    add([incoming(1)], HandmadeCoder(), store)
    assert store.path.stat().st_mtime_ns == before


def test_a_new_text_under_the_same_address_is_a_new_version_and_the_older_no_longer_counts(tmp_path: Path) -> None:
    store = Store(tmp_path / "entente.duckdb")
    page = "https://example.org/readout"
    add([incoming(1, url=page)], HandmadeCoder(), store)
    summary = add([incoming(2, url=page)], HandmadeCoder(), store)
    assert (summary.added, summary.new_versions) == (0, 1)
    with store.reading() as connection:
        found = events(connection, EventFilter())
        state = status(connection, store.path)
        kept = connection.execute("SELECT source_id, superseded_by IS NULL FROM reports ORDER BY serial").fetchall()
    assert {one.report.source_id for one in found} == {"r2"}
    assert (state.reports, state.superseded, state.events) == (2, 1, 2)
    assert kept == [("r1", False), ("r2", True)]


def test_an_older_version_that_comes_later_is_kept_as_the_older_one(tmp_path: Path) -> None:
    store = Store(tmp_path / "entente.duckdb")
    page = "https://example.org/readout"
    newer, older = incoming(1, url=page, published="2023-03-02"), incoming(2, url=page, published="2023-03-01")
    add([newer], HandmadeCoder(), store)
    add([older], HandmadeCoder(), store)
    with store.reading() as connection:
        assert {one.report.source_id for one in events(connection, EventFilter())} == {"r1"}


def test_a_report_that_the_coder_cannot_take_is_recorded_and_does_not_stop_the_rest(tmp_path: Path) -> None:
    store, outcomes = Store(tmp_path / "entente.duckdb"), []
    inputs = [incoming(1), incoming(2, text=TEXT + "BREAK THE CODER"), incoming(3)]
    summary = add(inputs, HandmadeCoder(), store, on_outcome=outcomes.append)
    assert [one.result for one in outcomes] == ["added", "failed", "added"]
    assert (summary.added, summary.failed) == (2, 1)
    with store.reading() as connection:
        (failure,) = failures(connection)
    assert failure.origin == "box/2.txt"
    assert "a text that no coder can take" in failure.reason
    assert told(store) == 4


def test_a_failure_counts_up_and_a_later_success_clears_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "entente.duckdb")
    failed = Failure(origin="box/1.txt", reason="is empty.", remedy="Fill it.", source_id="1")
    add([failed], HandmadeCoder(), store)
    add([failed], HandmadeCoder(), store)
    with store.reading() as connection:
        (found,) = failures(connection)
    assert (found.reason, found.remedy, found.count) == ("is empty.", "Fill it.", 2)
    assert found.first_seen <= found.last_seen
    add([incoming(1)], HandmadeCoder(), store)
    with store.reading() as connection:
        assert failures(connection) == ()


def test_a_report_that_is_there_clears_the_failure_of_its_input_too(tmp_path: Path) -> None:
    store = Store(tmp_path / "entente.duckdb")
    add([incoming(1), Failure(origin="copy.txt", reason="locked.")], HandmadeCoder(), store)
    add([incoming(1, origin="copy.txt")], HandmadeCoder(), store)
    with store.reading() as connection:
        assert failures(connection) == ()


def test_a_file_whose_rows_are_read_after_all_is_no_failure_any_more(tmp_path: Path) -> None:
    store = Store(tmp_path / "entente.duckdb")
    table = tmp_path / "a.csv"
    table.write_text("id,body\n1,Peru met Chile.\n2\n", encoding="utf-8")
    add(read_inputs([str(table)]), HandmadeCoder(), store)
    with store.reading() as connection:
        assert [one.origin for one in failures(connection)] == [str(table)]
    for _ in range(2):
        add(read_inputs([str(table)], text_column="body"), HandmadeCoder(), store)
        with store.reading() as connection:
            assert [one.origin for one in failures(connection)] == [f"{table}:3"]


def test_outcomes_come_one_for_each_input_in_order_with_empty_lists_where_nothing_was_coded(tmp_path: Path) -> None:
    outcomes: list[Outcome] = []
    inputs: list[Incoming | Failure] = [
        incoming(1),
        Failure(origin="a.pdf", reason="is a PDF.", remedy="Take its text out.", source_id="a"),
        incoming(2, text="Le ministre a rencontré son homologue à Paris. Ils ont parlé de commerce et de défense."),
        incoming(1),
        incoming(3, published=None),
    ]
    summary = add(inputs, HandmadeCoder(), Store(tmp_path / "x.duckdb"), on_outcome=collect(outcomes))
    assert [one.result for one in outcomes] == ["added", "failed", "added", "already there", "added"]
    assert [one.coding.report.source_id for one in outcomes] == ["r1", "a", "r2", "r1", "r3"]
    assert [len(one.coding.events) for one in outcomes] == [2, 0, 0, 0, 2]
    assert outcomes[1].coding.report.text == ""
    assert outcomes[1].coding.warnings == ("is a PDF. Take its text out.",)
    assert all(outcomes[place].coding.warnings for place in (2, 3))
    assert (summary.added, summary.not_coded, summary.undated, summary.failed) == (3, 1, 1, 1)


def test_reading_codes_every_input_also_a_repeated_one_and_says_which_it_equals() -> None:
    outcomes = list(read([incoming(1), incoming(2), incoming(1, origin="copy.txt")], HandmadeCoder()))
    assert [len(one.coding.events) for one in outcomes] == [2, 2, 2]
    assert [one.coding.warnings for one in outcomes] == [(), (), ("Same report as box/1.txt.",)]


def test_no_more_than_a_batch_of_inputs_is_taken_before_the_first_outcome_is_given() -> None:
    taken: list[int] = []

    def endless() -> object:
        for number in range(10 * BATCH_REPORTS):
            taken.append(number)
            yield incoming(number)

    outcomes = read(endless(), HandmadeCoder())  # type: ignore[arg-type]
    next(outcomes)
    assert len(taken) == BATCH_REPORTS


def test_adding_in_one_go_or_in_parts_gives_the_same_record(tmp_path: Path) -> None:
    whole, parts = Store(tmp_path / "whole.duckdb"), Store(tmp_path / "parts.duckdb")
    add((incoming(number) for number in range(40)), HandmadeCoder(), whole)
    for first in (0, 7, 30):
        add((incoming(number) for number in range(first + 10)), HandmadeCoder(), parts)
    dumps = []
    for store in (whole, parts):
        with store.reading() as connection:
            rows = connection.execute("SELECT report_id, ordinal, record FROM events ORDER BY ALL").fetchall()
            dumps.append((rows, connection.execute("SELECT id, serial FROM reports ORDER BY serial").fetchall()))
    assert dumps[0] == dumps[1]
