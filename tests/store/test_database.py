"""The store's file: made, upgraded, refused."""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import msgspec
import pytest

from entente.errors import StoreError
from entente.ingest import add
from entente.reports.prepare import prepare
from entente.store import Store, database, migration
from entente.store.reading import coding_of, status
from entente.store.writing import write_coding
from tests.handmade import HandmadeCoder, incoming

OLD_STORES = Path(__file__).parents[1] / "stores"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "entente.duckdb")
    add([incoming(1), incoming(2)], HandmadeCoder(), store)
    return store


def reports_in(store: Store) -> int:
    with store.reading() as connection:
        return status(connection, store.path).reports


def more_migrations(tmp_path: Path, sql: str) -> Path:
    folder = tmp_path / "migrations"
    shutil.copytree(migration.FOLDER, folder)
    number = migration.latest(folder) + 1
    (folder / f"{number:04d}_next.sql").write_text(sql, encoding="utf-8")
    return folder


def unpacked(schema: int, folder: Path) -> Path:
    """A store that the entente of that schema wrote."""
    path = folder / f"schema-{schema}.duckdb"
    path.write_bytes(gzip.decompress((OLD_STORES / f"{path.name}.gz").read_bytes()))
    return path


def test_migrations_are_numbered_without_gap_and_logged_with_their_checksum(store: Store) -> None:
    numbers = sorted(int(file.name[:4]) for file in migration.FOLDER.glob("*.sql"))
    assert numbers == list(range(1, len(numbers) + 1))
    with store.reading() as connection:
        logged = connection.execute("SELECT number, length(checksum) FROM migrations ORDER BY number").fetchall()
    assert logged == [(number, 64) for number in numbers]


def test_an_older_store_is_upgraded_by_a_reader_after_a_backup(store: Store, tmp_path: Path) -> None:
    folder = more_migrations(tmp_path, "ALTER TABLE reports ADD COLUMN reviewed BOOLEAN DEFAULT false;")
    newer = Store(store.path, migrations=folder)
    assert reports_in(newer) == 2
    with newer.reading() as connection:
        assert connection.execute("SELECT count(*) FROM reports WHERE NOT reviewed").fetchone() == (2,)
    backup = tmp_path / f"entente.duckdb.schema-{migration.latest(migration.FOLDER)}.backup"
    assert reports_in(Store(backup)) == 2


def test_a_store_of_the_first_schema_is_upgraded_with_all_that_it_holds(tmp_path: Path) -> None:
    old = Store(unpacked(1, tmp_path))
    with duckdb.connect(str(old.path), read_only=True) as connection:
        before = connection.execute("SELECT id, title, text, superseded_by FROM reports ORDER BY serial").fetchall()
    with old.reading() as connection:
        held = status(connection, old.path)
        after = connection.execute("SELECT id, title, text, superseded_by FROM reports ORDER BY serial").fetchall()
        first = coding_of(connection, before[0][0])
        wholes = connection.execute("SELECT count(whole) FROM reports").fetchone()
    assert held.schema_version == migration.latest(migration.FOLDER)
    assert after == before
    assert (held.reports, held.superseded, held.not_coded, held.events, held.failures) == (4, 1, 1, 4, 1)
    assert first is not None
    assert [one.event for one in first.events] == ["CONSULT", "AGREE"]
    assert wholes == (0,)
    assert Path(f"{old.path}.schema-1.backup").exists()


def test_a_migration_that_fails_changes_nothing_and_stays_pending(store: Store, tmp_path: Path) -> None:
    folder = more_migrations(tmp_path, "CREATE TABLE extra (a INTEGER); INSERT INTO no_such_table VALUES (1);")
    with pytest.raises(StoreError, match="no_such_table"), Store(store.path, migrations=folder).writing():
        pass
    with store.reading() as connection:
        tables = {row[0] for row in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()}
    assert "extra" not in tables
    assert reports_in(store) == 2


def test_a_newer_store_is_refused_and_left_as_it_is(store: Store, tmp_path: Path) -> None:
    folder = more_migrations(tmp_path, "CREATE TABLE later (a INTEGER);")
    with Store(store.path, migrations=folder).writing():
        pass
    before = store.path.read_bytes()
    said = rf"a newer entente wrote it .schema {migration.latest(folder)}.*pip install -U"
    for use in (Store(store.path).reading, Store(store.path).writing):
        with pytest.raises(StoreError, match=said), use():
            pass
    assert store.path.read_bytes() == before


def test_a_store_made_by_another_first_migration_is_refused(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(migration.FOLDER, folder)
    (folder / "0001_first.sql").write_text("CREATE TABLE other (a INTEGER);", encoding="utf-8")
    with pytest.raises(StoreError, match="migration 1 is not the one"), Store(store.path, migrations=folder).writing():
        pass


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.duckdb"
    path.write_text("These are only notes.\n" * 1000, encoding="utf-8")
    for use in (Store(path).reading, Store(path).writing):
        with pytest.raises(StoreError, match=r"notes.duckdb: is no store of entente.*Nothing was changed.*--db"), use():
            pass
    assert path.read_text(encoding="utf-8").startswith("These are only notes.")


def test_a_store_cut_off_is_told_from_another_kind_of_file(store: Store) -> None:
    store.path.write_bytes(store.path.read_bytes()[:100_000])
    for use in (Store(store.path).reading, Store(store.path).writing):
        with pytest.raises(StoreError, match=r"may be damaged .*Bring it back from a copy"), use():
            pass


def test_a_folder_in_the_stores_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for use in (Store(tmp_path / "folder").reading, Store(tmp_path / "folder").writing):
        with pytest.raises(StoreError, match=r"is a folder. Name a file in it: --db .*folder/entente.duckdb"), use():
            pass


def test_a_store_that_was_never_finished_is_cleared_away_by_the_next_writer(tmp_path: Path) -> None:
    for leftover in ("entente.duckdb.new-1", "entente.duckdb.new-1.wal"):
        (tmp_path / leftover).write_bytes(b"half")
    add([incoming(1)], HandmadeCoder(), Store(tmp_path / "entente.duckdb"))
    assert {file.name for file in tmp_path.iterdir()} == {"entente.duckdb", "entente.duckdb.lock"}


def test_a_store_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    folder = more_migrations(tmp_path, "INSERT INTO no_such_table VALUES (1);")
    with (
        pytest.raises(StoreError, match="could not be made"),
        Store(tmp_path / "entente.duckdb", migrations=folder).writing(),
    ):
        pass
    assert not list(tmp_path.glob("entente.duckdb.new-*"))


def test_a_database_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sales.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE sales (amount INTEGER)")
    for use in (Store(path).reading, Store(path).writing):
        with pytest.raises(StoreError, match="entente did not make"), use():
            pass


def test_reading_where_there_is_no_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no store here. Make one with `entente add"), Store(tmp_path / "x").reading():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_store_in_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder does not exist"), Store(tmp_path / "a" / "b.duckdb").writing():
        pass


def test_a_reader_gives_up_with_a_clear_error_when_another_process_never_lets_go(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "READ_PATIENCE_SECONDS", 0.3)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import duckdb; c = duckdb.connect({str(store.path)!r}); print('in', flush=True); input()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(StoreError, match="another process kept it busy"), store.reading():
        pass
    holder.communicate("\n")
    assert reports_in(store) == 2


def test_an_error_in_a_report_leaves_nothing_of_it(store: Store) -> None:
    (coding,) = HandmadeCoder().code_many([prepare(incoming(3))])
    nameless = msgspec.structs.replace(coding.people[0], name=None)
    wrong = msgspec.structs.replace(coding, people=(nameless,))
    with pytest.raises(StoreError, match="NOT NULL"), store.writing() as connection:
        write_coding(connection, wrong, origin="x", coded=True, coder="handmade/1", model="none")
    with store.reading() as connection:
        assert coding_of(connection, coding.report.id) is None
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (4,)
