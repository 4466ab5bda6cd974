"""forget, backup, restore, merge: what they print and how they end."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from entente.ingest import add
from entente.records.kept import BackupSummary, KeptReport, MergeSummary, Takedown, Tombstone
from entente.store import Store
from tests.cli.conftest import Run
from tests.handmade import TEXT, HandmadeCoder, incoming

PAGE = "https://news.example/meeting"


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    """The command line in a folder with three reports, two of them versions of one page."""
    reports = [incoming(1, url=PAGE), incoming(2, url=PAGE), incoming(3)]
    add(reports, HandmadeCoder(), Store(tmp_path / "entente.duckdb"))
    return run


def left(run: Run) -> list[str]:
    found = msgspec.json.decode(run("reports", "--json").out, type=list[KeptReport])
    return sorted(one.source_id for one in found)


def test_forgetting_shows_what_goes_and_says_what_may_hold_it_still(filled: Run) -> None:
    filled("backup", "entente.duckdb.monday.backup")
    answer = filled("forget", "r2", "--reason", "asked to")
    assert answer.code == 0, answer.err
    assert "With it: 2 events, 2 tellings of an office, 1 statement, 1 commitment." in answer.out
    assert "The older version" in answer.out
    assert "counts again." in answer.out
    assert "Forgot 1 report: no word of it is left in the store." in answer.err
    assert "These copies may hold it still: entente.duckdb.monday.backup." in answer.err
    assert left(filled) == ["r1", "r3"]
    assert json.loads(filled("status", "--json").out)["forgotten"] == 1
    assert "Forgotten   1" in filled("status").out


def test_a_store_behind_a_link_is_the_one_that_the_link_leads_to(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    link = tmp_path / "desk" / "record.duckdb"
    link.symlink_to(Path("..") / "entente.duckdb")
    filled("backup", "monday.backup", "--db", "desk/record.duckdb")
    assert filled("forget", "r3", "--db", "desk/record.duckdb").code == 0
    assert left(filled) == ["r1", "r2"]
    assert filled("forget", "--undo", filled("forget").out.split("\n")[1].split()[0]).code == 0
    assert filled("restore", "monday.backup", "--db", "desk/record.duckdb").code == 0
    assert left(filled) == ["r1", "r2", "r3"]
    assert [file.name for file in link.parent.iterdir()] == ["record.duckdb"]
    assert link.is_symlink()


def test_the_copies_of_a_store_are_found_whatever_it_is_called(run: Run, tmp_path: Path) -> None:
    add([incoming(1)], HandmadeCoder(), Store(tmp_path / "desk[1]*.duckdb"))
    run("backup", "--db", "desk[1]*.duckdb", "desk[1]*.duckdb.monday.backup")
    answer = run("forget", "r1", "--db", "desk[1]*.duckdb")
    assert "These copies may hold it still: desk[1]*.duckdb.monday.backup." in answer.err
    assert run("restore", "desk[1]*.duckdb.monday.backup", "--db", "desk[1]*.duckdb").code == 0
    assert not [file.name for file in tmp_path.iterdir() if ".new-" in file.name]


@pytest.mark.parametrize("arguments", [(PAGE,), ("r1", "--all-versions"), ("r1", "r2")])
def test_a_page_is_forgotten_with_all_its_versions(arguments: tuple[str, ...], filled: Run) -> None:
    answer = filled("forget", *arguments, "--json")
    (going,) = (msgspec.json.decode(answer.out, type=Takedown),)
    assert {one.source_id for one in going.reports} == {"r1", "r2"}
    assert (going.events, going.counting_again) == (4, ())
    assert left(filled) == ["r3"]


def test_adding_names_what_was_forgotten_and_undoing_lets_it_come_back(filled: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    filled("add", "a.txt")
    filled("forget", "a.txt", "--reason", "a draft")
    again = filled("add", "a.txt")
    assert again.code == 0
    assert "1 forgotten before, so left out (see `entente forget --help`)" in again.out
    (stone,) = msgspec.json.decode(filled("forget", "--json").out, type=list[Tombstone])
    assert stone.reason == "a draft"
    assert "a draft" in filled("forget").out
    assert "Removed 1 tombstone." in filled("forget", "--undo", stone.report_id[:6]).out
    assert filled("forget", "--undo", stone.report_id).code == 1
    assert "Added 1 report" in filled("add", "a.txt").out


def test_one_wrong_name_and_nothing_is_forgotten(filled: Run) -> None:
    answer = filled("forget", "r1", "r99")
    assert answer.code == 1
    assert "r99: no report in entente.duckdb is called so." in answer.err
    assert left(filled) == ["r1", "r2", "r3"]
    assert filled("forget", "--undo").code == 2


ASK = """
import sys
from entente.cli.main import run
sys.argv = ["entente", "forget", "r3"]
run()
"""


@pytest.mark.parametrize(("typed", "code", "kept"), [("n\n", 1, True), ("\n", 1, True), ("y\n", 0, False)])
def test_on_a_terminal_it_asks_first(typed: str, code: int, kept: bool, filled: Run, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    asking = subprocess.Popen([sys.executable, "-c", ASK], cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    seen = b""
    while b"[y/N]" not in seen:
        assert select.select([ours], [], [], 20)[0], seen
        seen += os.read(ours, 4096)
    os.write(ours, typed.encode())
    assert asking.wait(20) == code
    os.close(ours)
    assert ("r3" in left(filled)) is kept


def test_a_backup_is_made_and_brought_back(filled: Run, tmp_path: Path) -> None:
    answer = filled("backup")
    assert answer.code == 0
    (copy,) = tmp_path.glob("entente.duckdb.*Z.backup")
    assert answer.out == f"Copied entente.duckdb with 3 reports to {copy.name}. `entente restore` brings it back.\n"
    assert filled("backup", copy.name).code == 1
    made = msgspec.json.decode(filled("backup", copy.name, "--force", "--json").out, type=BackupSummary)
    assert (made.reports, made.size_bytes) == (3, copy.stat().st_size)
    filled("forget", PAGE)
    back = filled("restore", copy.name)
    assert back.code == 0
    assert back.out == (
        f"Restored entente.duckdb with 1 report from {copy.name}. 2 reports of it had been forgotten since and stayed "
        "out. What was there is kept as entente.duckdb.before-restore.\n"
    )
    assert left(filled) == ["r3"]
    filled("forget", "--undo", PAGE)
    assert filled("restore", copy.name).out == (
        f"Restored entente.duckdb with 3 reports from {copy.name}. "
        "What was there is kept as entente.duckdb.before-restore-2.\n"
    )
    assert left(filled) == ["r1", "r2", "r3"]


def test_a_merge_says_what_it_joined(filled: Run, tmp_path: Path) -> None:
    add([incoming(3), incoming(4, url=PAGE), incoming(5)], HandmadeCoder(), Store(tmp_path / "other.duckdb"))
    planned = filled("merge", "other.duckdb", "--dry-run")
    assert planned.out == (
        "Would join 2 reports with 4 events into entente.duckdb; 1 of them other versions of pages that are here; "
        "1 already there.\n"
    )
    assert left(filled) == ["r1", "r2", "r3"]
    found = msgspec.json.decode(filled("merge", "other.duckdb", "--json").out, type=MergeSummary)
    assert (found.reports, found.already_there, found.dry_run) == (2, 1, False)
    assert left(filled) == ["r1", "r2", "r3", "r4", "r5"]
    assert (
        filled("merge", "other.duckdb").out == "Joined 0 reports with 0 events into entente.duckdb; 3 already there.\n"
    )
    filled("watch", "USA", "PAK", "--db", "other.duckdb")
    assert filled("merge", "other.duckdb").out.endswith("; 3 already there; 1 watched relation.\n")


@pytest.mark.parametrize("typed", ["", " ", "beginning"])
def test_a_name_that_says_next_to_nothing_forgets_nothing_and_undoes_nothing(
    typed: str, run: Run, tmp_path: Path
) -> None:
    add([incoming(1)], HandmadeCoder(), Store(tmp_path / "entente.duckdb"))
    (only,) = msgspec.json.decode(run("reports", "--json").out, type=list[KeptReport])
    name = only.id[:3] if typed == "beginning" else typed
    answer = run("forget", name)
    assert (answer.code, left(run)) == (1, ["r1"])
    assert "no report in entente.duckdb is called so" in answer.err
    assert run("forget", only.id[:4]).code == 0
    assert run("forget", "--undo", name).code == 1
    assert run("forget", "--undo", only.id[:4]).code == 0
