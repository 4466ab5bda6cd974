"""The store's file: opened for a batch or a query and closed again, created and upgraded whole."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from entente.errors import StoreError
from entente.store import copies, migration, turns
from entente.store.faults import busy, failing_clearly, is_busy, is_folder, unreadable, unwritable
from entente.store.versions import PAGE_OF

if TYPE_CHECKING:
    import duckdb

__all__ = ["Store"]

READ_PATIENCE_SECONDS = 5.0
WRITE_PATIENCE_SECONDS = 60.0
TURN_SECONDS = 1.0
"""How long a writer lets nobody in while it waits for readers to finish, before it lets others pass."""
GAP_SECONDS = 0.05
"""How long a writer stays away after it closed: several times the longest pause of a waiting reader."""


class Store:
    """A record of reports in one DuckDB file, that several processes may read while one adds to it.

    Parameters
    ----------
    path : Path
        The file; the first writer makes it. Of a link the file that it leads to, which others may know by its own name.
    migrations : Path, optional
        The folder of numbered SQL files that make and upgrade the tables.

    Raises
    ------
    StoreError
        The path names no file: ``.`` or ``/``.
    """

    def __init__(self, path: Path | str, *, migrations: Path = migration.FOLDER) -> None:
        self.path = Path(os.path.realpath(path)) if Path(path).is_symlink() else Path(path)
        if not self.path.name:
            raise is_folder(self.path)
        self._migrations = migrations
        self._closed_at = 0.0
        self._checked = False

    @property
    def is_current(self) -> bool:
        """Whether the store, opened before, has the tables of this entente."""
        return self._checked

    @contextmanager
    def reading(self, *, as_it_is: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the store to read; leave the block soon, for no writer gets in meanwhile.

        An older store is upgraded first, unless it is to be read ``as_it_is``.

        Raises
        ------
        StoreError
            There is no store, a newer entente wrote it, or writers kept it busy for five seconds.
        """
        self._require_store()
        connection = self._open_to_read()
        try:
            with failing_clearly(self.path, "read"):
                is_older = not self._checked and self._is_older(connection)
            if is_older and not as_it_is:
                connection.close()
                self._upgrade_to_read()
                connection = self._open_to_read()
            with failing_clearly(self.path, "read"):
                yield connection
        finally:
            connection.close()

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the store to write, made or upgraded where needed; waits up to a minute for others to finish.

        Raises
        ------
        StoreError
            The file cannot be written, a newer entente wrote it, or others kept it busy for a minute.
        """
        if not self.path.parent.is_dir():
            raise StoreError(
                str(self.path), "its folder does not exist.", f"Make it with `mkdir -p {self.path.parent}`."
            )
        time.sleep(max(0.0, self._closed_at + GAP_SECONDS - time.monotonic()))
        with self._turn() as connection:
            try:
                with failing_clearly(self.path, "written"):
                    yield connection
            finally:
                connection.close()
                self._closed_at = time.monotonic()

    @contextmanager
    def rewriting(self) -> Iterator[tuple[duckdb.DuckDBPyConnection, str]]:
        """Open the store beside a new one with the same tables, still empty, that takes its place after the block.

        Yields the connection and the new store's quoted name. What the block does not copy is in no file afterwards;
        an error leaves the store as it was.

        Raises
        ------
        StoreError
            As in `writing`, or the new file cannot be written.
        """
        with self._turn() as connection:
            unfinished = self._clear_unfinished()
            try:
                with failing_clearly(self.path, "rewritten"):
                    catalog = copies.attach(connection, unfinished, read_only=False)
                    connection.execute(f"COPY FROM DATABASE {copies.catalog_of(connection)} TO {catalog} (SCHEMA)")
                    yield connection, catalog
                    copies.detach(connection, catalog)
                    connection.execute("CHECKPOINT")  # no log of the old store may stay beside the new one
                connection.close()
                copies.put_in_place(unfinished, self.path)
            except OSError as error:
                raise unwritable(self.path, error) from error
            finally:
                connection.close()
                copies.remove(unfinished)
                self._closed_at = time.monotonic()

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Keep other writers out without opening the store, damaged or missing as it may be.

        Raises
        ------
        StoreError
            The folder cannot be written, or others kept the store busy for a minute.
        """
        with self._lock(time.monotonic() + WRITE_PATIENCE_SECONDS) as taken:
            if not taken:
                raise busy(self.path, WRITE_PATIENCE_SECONDS)
            self._checked = False
            yield

    def _upgrade_to_read(self) -> None:
        try:
            with self.writing():
                pass
        except StoreError as error:
            if not isinstance(error.__cause__, OSError):
                raise
            reason = f"an older entente wrote it, and it has to be upgraded to be read: {error.reason}"
            remedy = f"If it must stay as it is, read a copy: `entente restore {self.path} --db COPY`."
            raise StoreError(error.what, reason, remedy) from error

    def _require_store(self) -> None:
        if not self.path.exists():
            raise StoreError(
                str(self.path),
                "there is no store here.",
                "Make one with `entente add PATH…`, or name another with --db.",
            )

    def _is_older(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Whether the store needs an upgrade; a newer one is refused."""
        version = migration.version_of(connection, self.path)
        migration.refuse_newer(version, self.path, self._migrations)
        self._checked = version == migration.latest(self._migrations)
        return not self._checked

    def _open_to_read(self) -> duckdb.DuckDBPyConnection:
        deadline = time.monotonic() + READ_PATIENCE_SECONDS
        while True:
            late = time.monotonic() >= deadline
            if late or not turns.waits_for_writer(self.path):
                connection = self._try_open(read_only=True)
                if connection is not None:
                    return connection
            if late:
                raise busy(self.path, READ_PATIENCE_SECONDS)
            turns.pause()

    @contextmanager
    def _turn(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Wait for a turn to write, make or upgrade the store in it, and yield it open."""
        deadline = time.monotonic() + WRITE_PATIENCE_SECONDS
        while True:
            with self._lock(deadline) as taken:
                connection = self._prepared(min(deadline, time.monotonic() + TURN_SECONDS)) if taken else None
                if connection is not None:
                    yield connection
                    return
            if time.monotonic() >= deadline:
                raise busy(self.path, WRITE_PATIENCE_SECONDS)
            time.sleep(GAP_SECONDS)

    @contextmanager
    def _lock(self, deadline: float) -> Iterator[bool]:
        try:
            turn = turns.writer_turn(self.path, deadline)
            taken = turn.__enter__()
        except OSError as error:
            raise unwritable(self.path, error) from error
        try:
            yield taken
        finally:
            turn.__exit__(None, None, None)

    def _prepared(self, deadline: float) -> duckdb.DuckDBPyConnection | None:
        """The store open to write, with its tables up to date; None if the deadline passed."""
        if not self.path.exists():
            self._create()
        connection = self._open_to_write(deadline)
        if connection is None or self._checked:
            return connection
        try:
            with failing_clearly(self.path, "upgraded"):
                upgraded = self._upgraded(connection, deadline)
        except OSError as error:
            connection.close()
            raise unwritable(self.path, error) from error
        except BaseException:
            connection.close()
            raise
        self._checked = upgraded is not None
        return upgraded

    def _open_to_write(self, deadline: float) -> duckdb.DuckDBPyConnection | None:
        while (connection := self._try_open(read_only=False)) is None and time.monotonic() < deadline:
            turns.pause()
        return connection

    def _create(self) -> None:
        """Make the store beside its place and move it there whole, so that nobody ever opens half a store."""
        unfinished = self._clear_unfinished()
        try:
            with failing_clearly(self.path, "made"):
                connection = _connect(unfinished, read_only=False)
                try:
                    migration.apply_pending(connection, 0, self._migrations)
                    connection.execute("CHECKPOINT")  # closing alone does not tell of a full disk
                finally:
                    connection.close()
            copies.put_in_place(unfinished, self.path)
        finally:
            copies.remove(unfinished)

    def _clear_unfinished(self) -> Path:
        """Where to make a new store; what was left there by processes that were killed goes: ours is the only turn."""
        name = f"{self.path.name}.new-"
        for abandoned in os.listdir(self.path.parent):
            if abandoned.startswith(name):
                self.path.with_name(abandoned).unlink(missing_ok=True)
        return self.path.with_name(f"{name}{os.getpid()}")

    def _upgraded(self, connection: duckdb.DuckDBPyConnection, deadline: float) -> duckdb.DuckDBPyConnection | None:
        """The store open to write, after a copy and the pending migrations if it is an older one."""
        version = migration.version_of(connection, self.path)
        migration.refuse_newer(version, self.path, self._migrations)
        migration.check_applied(connection, self.path, self._migrations)
        if version == migration.latest(self._migrations):
            return connection
        # Copied while closed: the kernel drops DuckDB's lock when this process closes any handle of the file.
        connection.execute("CHECKPOINT")
        connection.close()
        migration.back_up(self.path, version)
        reopened = self._open_to_write(deadline)
        if reopened is None:
            return None
        try:
            migration.apply_pending(reopened, version, self._migrations)
        except BaseException:
            reopened.close()
            raise
        return reopened

    def _try_open(self, *, read_only: bool) -> duckdb.DuckDBPyConnection | None:
        """The open store; None where another process has it open."""
        import duckdb

        try:
            return _connect(self.path, read_only=read_only)
        except duckdb.Error as error:
            if is_busy(error):
                return None
            raise unreadable(self.path, error) from error


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    import duckdb

    connection = duckdb.connect(str(path), read_only=read_only)
    connection.execute(PAGE_OF)
    return connection
