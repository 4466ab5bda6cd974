"""Copies of a store, and stores brought back from them."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from entente.errors import StoreError
from entente.ingest import add
from entente.store import Store, migration, shelf
from entente.store.backup import back_up, restore
from entente.store.merging import merge
from entente.store.reading import status
from entente.store.takedown import forget
from entente.store.update_lock import lone_update
from tests.handmade import HandmadeCoder, incoming

ROOT = Path(__file__).parents[2]
OLD_STORES = Path(__file__).parents[1] / "stores"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "entente.duckdb")
    add([incoming(1), incoming(2)], HandmadeCoder(), store)
    return store


def reports_in(path: Path) -> int:
    with Store(path).reading() as connection:
        return status(connection, path).reports


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_backup_holds_what_the_store_holds_and_is_a_store_itself(store: Store, tmp_path: Path) -> None:
    counts = back_up(store, tmp_path / "monday")
    assert (counts["reports"], counts["events"], counts["migrations"]) == (2, 4, migration.latest(migration.FOLDER))
    add([incoming(3)], HandmadeCoder(), store)
    assert reports_in(tmp_path / "monday") == 2
    assert add([incoming(2), incoming(4)], HandmadeCoder(), Store(tmp_path / "monday")).added == 1


def test_a_backup_is_made_while_others_read(store: Store, tmp_path: Path) -> None:
    script = f"import duckdb; c = duckdb.connect({str(store.path)!r}, read_only=True); print('in', flush=True); input()"
    reader = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert reader.stdout is not None
    reader.stdout.readline()
    try:
        back_up(store, tmp_path / "monday")
    finally:
        reader.communicate("\n")
    assert reports_in(tmp_path / "monday") == 2


def test_a_backup_replaces_a_file_only_by_force(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "monday"
    target.write_text("something else", encoding="utf-8")
    with pytest.raises(StoreError, match=r"monday: is there already. .*--force"):
        back_up(store, target)
    assert target.read_text(encoding="utf-8") == "something else"
    back_up(store, target, force=True)
    assert reports_in(target) == 2
    with pytest.raises(StoreError, match="is the store itself"):
        back_up(store, store.path, force=True)


@pytest.mark.parametrize(("name", "reason"), [("no/such/file", "folder does not exist"), ("", "is a folder")])
def test_a_backup_that_can_go_nowhere_says_so(name: str, reason: str, store: Store, tmp_path: Path) -> None:
    before = names(tmp_path)
    with pytest.raises(StoreError, match=reason):
        back_up(store, tmp_path / name)
    assert names(tmp_path) == before


def test_a_pipe_or_device_is_not_replaced_by_a_backup_even_by_force(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError, match=r"pipe: is no file to write a copy to\. Name a file\."):
        back_up(store, tmp_path / "pipe", force=True)
    assert (tmp_path / "pipe").is_fifo()


def test_a_restored_store_is_as_it_was_and_the_one_that_was_there_is_kept(store: Store, tmp_path: Path) -> None:
    back_up(store, tmp_path / "monday")
    add([incoming(3)], HandmadeCoder(), store)
    assert restore(tmp_path / "monday", store.path) == (2, 0, tmp_path / "entente.duckdb.before-restore")
    assert reports_in(store.path) == 2
    assert reports_in(tmp_path / "entente.duckdb.before-restore") == 3
    kept = restore(tmp_path / "entente.duckdb.before-restore", store.path).kept
    assert kept == tmp_path / "entente.duckdb.before-restore-2"
    assert reports_in(store.path) == 3


@pytest.mark.parametrize("is_old", [False, True])
def test_what_was_forgotten_does_not_come_back_with_an_older_copy(is_old: bool, store: Store, tmp_path: Path) -> None:
    monday = tmp_path / "monday"
    if is_old:
        monday.write_bytes(gzip.decompress((OLD_STORES / "schema-1.duckdb.gz").read_bytes()))
        merge(store, monday)
    else:
        back_up(store, monday)
    with Store(monday).reading(as_it_is=True) as connection:
        ids = sorted(str(row[0]) for row in connection.execute("SELECT id FROM reports").fetchall())
    forget(store, [ids[0]], reason="asked for")
    restored = restore(monday, store.path)
    assert (restored.reports, restored.left_out) == (len(ids) - 1, 1)
    assert reports_in(store.path) == len(ids) - 1
    assert not [name for name in names(tmp_path) if ".new-" in name]
    with store.reading() as connection:
        assert [one.report_id for one in shelf.tombstones(connection)] == [ids[0]]


def test_no_store_is_replaced_under_an_update(store: Store, tmp_path: Path) -> None:
    back_up(store, tmp_path / "monday")
    add([incoming(3)], HandmadeCoder(), store)
    with lone_update(store.path), pytest.raises(StoreError, match=r"another update is at work .*Nothing was changed"):
        restore(tmp_path / "monday", store.path)
    assert reports_in(store.path) == 3
    assert restore(tmp_path / "monday", store.path).reports == 2


def test_a_damaged_store_is_replaced_and_kept(store: Store, tmp_path: Path) -> None:
    back_up(store, tmp_path / "monday")
    store.path.write_bytes(store.path.read_bytes()[:50_000])
    restore(tmp_path / "monday", store.path)
    assert reports_in(store.path) == 2
    assert (tmp_path / "entente.duckdb.before-restore").stat().st_size == 50_000


def test_a_store_is_restored_where_there_is_none(store: Store, tmp_path: Path) -> None:
    back_up(store, tmp_path / "monday")
    assert restore(tmp_path / "monday", tmp_path / "new.duckdb") == (2, 0, None)
    assert reports_in(tmp_path / "new.duckdb") == 2


def test_an_older_copy_is_restored_and_upgraded_on_its_first_use(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(gzip.decompress((OLD_STORES / "schema-1.duckdb.gz").read_bytes()))
    before = old.read_bytes()
    restore(old, tmp_path / "entente.duckdb")
    assert old.read_bytes() == before
    assert reports_in(tmp_path / "entente.duckdb") == 4
    assert (tmp_path / "entente.duckdb.schema-1.backup").exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"only notes\n" * 1000, "is no store of entente"), (b"", "is no store of entente"), (None, "no such file")],
)
def test_what_is_no_store_is_not_restored(content: bytes | None, reason: str, store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    if content is not None:
        copy.write_bytes(content)
    before = store.path.read_bytes()
    with pytest.raises(StoreError, match=reason):
        restore(copy, store.path)
    assert store.path.read_bytes() == before
    assert not list(tmp_path.glob("*.before-restore*"))


def test_a_copy_that_is_damaged_in_its_middle_is_not_restored(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    back_up(store, copy)
    damage(copy)
    with pytest.raises(StoreError, match=r"copy: .*may be damaged"):
        restore(copy, store.path)
    assert reports_in(store.path) == 2
    assert names(tmp_path) == ["copy", "entente.duckdb", "entente.duckdb.lock"]


def damage(path: Path) -> None:
    """Overwrite a stretch in the middle of a store's words."""
    content = bytearray(path.read_bytes())
    place = content.index(b"Khawaja")
    content[place - 100 : place + 2000] = os.urandom(2100)
    path.write_bytes(content)


def test_of_a_damaged_store_no_backup_is_made_and_the_store_is_named(store: Store, tmp_path: Path) -> None:
    damage(store.path)
    with pytest.raises(StoreError, match=r"entente\.duckdb: .*may be damaged"):
        back_up(store, tmp_path / "monday")
    assert names(tmp_path) == ["entente.duckdb", "entente.duckdb.lock"]


def test_a_log_left_by_a_killed_writer_stays_with_its_store(store: Store, tmp_path: Path) -> None:
    back_up(store, tmp_path / "monday")
    script = (
        "import sys, os, signal; from entente.store import Store; from entente.ingest import add;"
        "from tests.handmade import HandmadeCoder, incoming\n"
        "from entente.store.writing import record_failure; from entente.records import Failure\n"
        "with Store(sys.argv[1]).writing() as c:\n"
        "    record_failure(c, Failure(origin='x', reason='y'))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, store.path], cwd=ROOT, check=False)
    assert (tmp_path / "entente.duckdb.wal").exists()
    restore(tmp_path / "monday", store.path)
    assert not (tmp_path / "entente.duckdb.wal").exists()
    with Store(store.path).reading() as connection:
        assert status(connection, store.path).failures == 0
    kept = tmp_path / "entente.duckdb.before-restore"
    with Store(kept).reading() as connection:
        assert status(connection, kept).failures == 1


RESTORE = """
import sys
from pathlib import Path
from entente.store.backup import restore
print("ready", flush=True)
restore(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_restoring_killed_at_any_moment_leaves_the_one_store_or_the_other(store: Store, tmp_path: Path) -> None:
    back_up(store, tmp_path / "monday")
    add([incoming(3)], HandmadeCoder(), store)
    for moment in (0.0, 0.02, 0.05, 0.1):
        process = subprocess.Popen(
            [sys.executable, "-c", RESTORE, tmp_path / "monday", store.path], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(moment)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert reports_in(store.path) in (2, 3)
