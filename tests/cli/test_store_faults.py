"""Stores and disks that are not as they should be: a clear message, exit status 1, nothing lost.

The command line runs in a process of its own, with the coder of `tests.handmade` in the built-in one's place.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from entente.ingest import add
from entente.store import Store, migration
from tests.cli.conftest import Answer, Run
from tests.handmade import TEXT, HandmadeCoder, incoming

ROOT = Path(__file__).parents[2]
CLI = """
import resource, sys
limit = int(sys.argv.pop(1))
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.path.insert(0, sys.argv.pop(1))
from entente.cli import inputs
from entente.cli.main import run
from tests.handmade import HandmadeCoder
inputs.load_coder = lambda model: HandmadeCoder()
run()
"""
QUERIES = ("status", "events", "reports", "people", "failures", "show x", "relation USA PAK")


def entente(folder: Path, *arguments: str, limit: int = 0, before: tuple[str, ...] = ()) -> Answer:
    command = [*before, sys.executable, "-c", CLI, str(limit), str(ROOT), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "a fault of entente" not in done.stderr
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "entente.duckdb"
    add([incoming(number) for number in range(20)], HandmadeCoder(), Store(path))
    return path


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Two hundred reports of some kilobytes each that cannot be packed much."""

    def number() -> int:
        return int.from_bytes(os.urandom(8))

    told = [" ".join(f"The {number()} ships were in the ports of {number()}." for _ in range(50)) for _ in range(200)]
    lines = [{"id": f"x{n}", "published": "2023-02-24", "text": f"{TEXT}\n{one}"} for n, one in enumerate(told)]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def reports_in(folder: Path) -> int:
    answer = entente(folder, "status", "--json")
    assert answer.code == 0, answer.err
    found = json.loads(answer.out)
    assert found["events"] == 2 * found["reports"]
    return int(found["reports"])


@pytest.mark.parametrize("query", QUERIES)
def test_a_store_with_other_bytes_in_its_middle_is_named_as_damaged(query: str, store: Path, tmp_path: Path) -> None:
    content = bytearray(store.read_bytes())
    size = len(content)
    content[12_288 : size - 1000] = os.urandom(size - 13_288)  # all but the head
    store.write_bytes(content)
    answer = entente(tmp_path, *query.split())
    assert (answer.code, answer.out) == (1, "")
    assert re.match(r"entente.duckdb: .*may be damaged .*entente restore FILE", answer.err)


def test_a_damaged_store_points_to_the_backup_beside_it(store: Path, tmp_path: Path) -> None:
    assert entente(tmp_path, "backup", "entente.duckdb.monday.backup").code == 0
    store.write_bytes(store.read_bytes()[:60_000])
    (tmp_path / "entente.duckdb.tuesday.backup.part-4711").write_bytes(b"the beginning of a copy")
    for command in (("status",), ("add", "box")):
        (tmp_path / "box").mkdir(exist_ok=True)
        (tmp_path / "box" / "a.txt").write_text(TEXT, encoding="utf-8")
        answer = entente(tmp_path, *command)
        assert answer.code == 1
        assert "`entente restore entente.duckdb.monday.backup --db entente.duckdb`" in answer.err
    assert entente(tmp_path, "restore", "entente.duckdb.monday.backup").code == 0
    assert reports_in(tmp_path) == 20


@pytest.mark.parametrize(
    "command", ["status", "add box", "backup b", "restore box/a.txt", "merge box/a.txt", "forget x"]
)
def test_a_file_that_is_no_store_is_refused_and_stays(command: str, tmp_path: Path) -> None:
    (tmp_path / "box").mkdir()
    (tmp_path / "box" / "a.txt").write_text(TEXT * 20, encoding="utf-8")
    shutil.copy(tmp_path / "box" / "a.txt", tmp_path / "entente.duckdb")
    answer = entente(tmp_path, *command.split())
    assert answer.code == 1
    assert "is no store of entente" in answer.err
    assert (tmp_path / "entente.duckdb").read_text(encoding="utf-8") == TEXT * 20


def test_a_store_of_a_newer_entente_is_refused_by_every_command(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(migration.FOLDER, folder)
    (folder / f"{migration.latest(folder) + 1:04d}_next.sql").write_text("CREATE TABLE later (a INTEGER);")
    with Store(store, migrations=folder).writing():
        pass
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    before = store.read_bytes()
    for command in (
        "status",
        "add a.txt",
        "backup b",
        "forget x",
        "restore entente.duckdb --db c",
        "merge entente.duckdb --db c",
    ):
        answer = entente(tmp_path, *command.split())
        assert answer.code == 1, command
        assert re.search(r"entente.duckdb: a newer entente wrote it .*pip install -U entente", answer.err), command
    assert store.read_bytes() == before


@pytest.mark.parametrize("kilobytes", [40, 200, 600])
def test_a_full_disk_stops_adding_loses_nothing_and_the_next_run_goes_on(
    kilobytes: int, store: Path, rows: Path, tmp_path: Path
) -> None:
    stopped = entente(tmp_path, "add", "rows.jsonl", limit=kilobytes * 1024)
    assert stopped.code == 1
    assert re.search(r"entente.duckdb: .*the disk is full, or a limit .*Make room and run the same", stopped.err)
    there = reports_in(tmp_path)
    assert 20 <= there < 220
    goes_on = entente(tmp_path, "add", "rows.jsonl")
    assert goes_on.code == 0, goes_on.err
    assert f"Added {220 - there} reports" in goes_on.out
    assert reports_in(tmp_path) == 220


def test_no_store_is_half_made_on_a_full_disk(rows: Path, tmp_path: Path) -> None:
    answer = entente(tmp_path, "add", "rows.jsonl", limit=20_000)
    assert answer.code == 1
    assert "the disk is full" in answer.err
    assert not [
        file.name for file in tmp_path.iterdir() if file.name.startswith("entente.duckdb") and file.stat().st_size
    ]


@pytest.mark.parametrize(
    "command", ["backup b", "restore copy --db entente.duckdb", "forget r3 --yes", "merge copy --db small.duckdb"]
)
def test_on_a_full_disk_the_store_stays_as_it_is(command: str, store: Path, tmp_path: Path) -> None:
    shutil.copy(store, tmp_path / "copy")
    add([incoming(99)], HandmadeCoder(), Store(tmp_path / "small.duckdb"))
    before = {name: (tmp_path / name).read_bytes() for name in ("entente.duckdb", "copy")}
    files = {file.name for file in tmp_path.iterdir()}
    answer = entente(tmp_path, *command.split(), limit=20_000)
    assert answer.code == 1, answer.out
    written = {"backup": "b", "merge": "small.duckdb"}.get(command.split()[0], "entente.duckdb")
    assert re.search(rf"^{written}: .*the disk is full, or a limit", answer.err)
    assert {name: (tmp_path / name).read_bytes() for name in before} == before
    left = {file.name for file in tmp_path.iterdir()} - files
    assert left <= {"entente.duckdb.lock", "small.duckdb.wal", "small.duckdb.lock"}
    with Store(tmp_path / "small.duckdb").reading() as connection:
        assert connection.execute("SELECT count(*) FROM reports").fetchone() == (1,)


def test_lock_files_left_over_and_a_log_left_by_a_kill_are_no_hindrance(
    store: Path, tmp_path: Path, rows: Path
) -> None:
    (tmp_path / "entente.duckdb.lock").write_text("left over", encoding="utf-8")
    command = [sys.executable, "-c", CLI, "0", str(ROOT), "add", "rows.jsonl"]
    adding = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    log = tmp_path / "entente.duckdb.wal"
    deadline = time.monotonic() + 20
    while not (log.exists() and log.stat().st_size) and time.monotonic() < deadline:
        time.sleep(0.002)
    os.kill(adding.pid, signal.SIGKILL)
    adding.wait()
    there = reports_in(tmp_path)
    assert there >= 20
    assert entente(tmp_path, "add", "rows.jsonl").code == 0
    assert reports_in(tmp_path) == 220
    assert {file.name for file in tmp_path.iterdir()} == {"entente.duckdb", "entente.duckdb.lock", "rows.jsonl"}


def nobody() -> tuple[str, ...]:
    """How to run a command as somebody who may write nothing; skips the test where that cannot be."""
    if os.geteuid() != 0:
        return ()
    program = shutil.which("setpriv")
    if program is None:
        pytest.skip("as root, and without setpriv, every folder can be written")
    before = (program, "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all")
    probe = subprocess.run(
        [*before, sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); import tests.handmade"],
        cwd="/",
        capture_output=True,
        check=False,
    )
    if probe.returncode:
        pytest.skip("another user cannot read this checkout")
    return before


@pytest.fixture
def locked(store: Path, tmp_path: Path) -> Path:
    """A folder with a store, and a report, in which nothing can be written."""
    folder = Path(os.path.realpath(f"/tmp/entente-locked-{os.getpid()}"))  # noqa: S108 - others must be able to enter
    folder.mkdir()
    shutil.copy(store, folder / "entente.duckdb")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    for file in folder.iterdir():
        file.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_store_in_a_read_only_folder_can_be_read(locked: Path) -> None:
    answer = entente(locked, "status", "--json", before=nobody())
    assert answer.code == 0, answer.err
    assert json.loads(answer.out)["reports"] == 20


@pytest.mark.parametrize(
    "command", ["add a.txt", "forget r3 --yes", "backup", "restore entente.duckdb --db b", "add a.txt --db b"]
)
def test_a_read_only_folder_is_named_with_what_to_do(command: str, locked: Path) -> None:
    answer = entente(locked, *command.split(), before=nobody())
    assert answer.code == 1
    assert re.search(r"(entente\.duckdb|b)\S*: .*cannot write here \(.*\)\. Name another file", answer.err), answer.err
    assert {file.name for file in locked.iterdir()} == {"entente.duckdb", "a.txt"}


READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec "$@"'


@pytest.fixture
def read_only(store: Path, tmp_path: Path) -> tuple[str, ...]:
    """What to write before a command, so that the folder of the store is a read-only file system to it."""
    before = ("unshare", "--map-root-user", "--mount", "sh", "-c", READ_ONLY, str(tmp_path))
    if (
        shutil.which("unshare") is None
        or subprocess.run([*before, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("no file system can be made read-only here")
    return before


@pytest.mark.parametrize("command", ["backup", "restore b.duckdb", "merge b.duckdb", "forget r3", "watch USA PAK"])
def test_a_read_only_file_system_is_named_with_what_to_do(
    command: str, read_only: tuple[str, ...], tmp_path: Path
) -> None:
    add([incoming(99)], HandmadeCoder(), Store(tmp_path / "b.duckdb"))
    answer = entente(tmp_path, *command.split(), before=read_only)
    assert answer.code == 1
    assert re.search(r"^entente\.duckdb\S*: cannot write here \(Read-only file system\)\. Name", answer.err, re.M)


def test_an_older_store_that_cannot_be_upgraded_where_it_is_can_be_read_from_a_copy(
    read_only: tuple[str, ...], tmp_path: Path
) -> None:
    older = ROOT / "tests" / "stores" / "schema-1.duckdb.gz"
    (tmp_path / "old.duckdb").write_bytes(gzip.decompress(older.read_bytes()))
    answer = entente(tmp_path, "status", "--db", "old.duckdb", before=read_only)
    assert answer.code == 1
    assert "has to be upgraded to be read: cannot write here (Read-only file system)." in answer.err
    assert "`entente restore old.duckdb --db COPY`" in answer.err
    assert entente(tmp_path, "restore", "old.duckdb", "--db", "copy.duckdb").code == 0
    assert "Reports     4" in entente(tmp_path, "status", "--db", "copy.duckdb").out


def test_a_store_that_nobody_may_read_says_so(locked: Path) -> None:
    (locked / "entente.duckdb").chmod(0)
    answer = entente(locked, "status", before=nobody())
    assert answer.code == 1
    assert "entente.duckdb: may not be opened. Change its permissions" in answer.err


@pytest.mark.parametrize("place", [".", "", "/", "..", "box"])
def test_a_folder_in_the_stores_place_is_named_by_every_command(place: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "box").mkdir()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    for command in ("status", "new", "watch", "update", "source list", "add a.txt", "forget x", "backup", "backup x"):
        answer = run(*command.split(), "--db", place)
        assert answer.code == 1, (command, answer)
        assert re.search(r"is a folder\. Name a file in it: --db .*entente\.duckdb", answer.err), (command, answer)
    assert "is a folder" in run("merge", place).err
