"""The reports that a store keeps: listed, and found by whatever people call them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from entente.errors import StoreError
from entente.records.kept import KeptReport, Tombstone
from entente.store.reading import query_rows

if TYPE_CHECKING:
    from datetime import date

    import duckdb

__all__ = ["find_report", "is_report", "names_near", "reports", "tombstones", "whole_of"]

ID_DIGITS = frozenset("0123456789abcdef")
SHORTEST_BEGINNING = 4
"""So much of an id has to be given: less may mean a report by chance, which is forgotten for good."""


def reports(
    connection: duckdb.DuckDBPyConnection,
    *,
    ids: Sequence[str] | None = None,
    url: str | None = None,
    source_id: str | None = None,
    prefix: str | None = None,
    superseded_by: Sequence[str] | None = None,
    since: date | None = None,
    until: date | None = None,
    publisher: str | None = None,
    language: str | None = None,
) -> tuple[KeptReport, ...]:
    """The reports that pass a filter, the latest first; ``publisher`` is any part of the publisher's name or host."""
    given = {
        "ids": None if ids is None else list(ids),
        "url": url,
        "source_id": source_id,
        "prefix": prefix,
        "superseded_by": None if superseded_by is None else list(superseded_by),
        "since": since,
        "until": until,
        "publisher": publisher,
        "language": language,
    }
    names = KeptReport.__struct_fields__
    rows = query_rows(connection, "reports", given)
    return tuple(msgspec.convert(dict(zip(names, row, strict=True)), KeptReport) for row in rows)


def find_report(
    connection: duckdb.DuckDBPyConnection, typed: str, path: Path, *, url: str | None = None
) -> KeptReport | None:
    """The report of that id, address, source id or beginning of an id; None where there is none.

    ``url`` is what was typed as a report's address is written, where it is one. Of several texts of one page it is the
    one that counts.

    Raises
    ------
    StoreError
        Several reports are called so.
    """
    if not typed.strip():  # such as a script's variable that is not set
        return None
    ways = [{"ids": [typed]}, {"url": url or typed}, {"source_id": typed}]
    if is_beginning(typed):
        ways.append({"prefix": typed})
    for way in ways:
        found = reports(connection, **way)  # type: ignore[arg-type]  # each names one parameter
        if found:
            return _the_one(found, typed, path)
    return None


def is_beginning(typed: str) -> bool:
    """Whether a text may stand for the report whose id begins so."""
    return len(typed) >= SHORTEST_BEGINNING and set(typed) <= ID_DIGITS


def _the_one(found: Sequence[KeptReport], typed: str, path: Path) -> KeptReport:
    pages = {one.url or one.id for one in found}
    if len(pages) > 1:
        several = ", ".join(f"{one.id} ({one.title or one.source_id})" for one in found[:5])
        more = " and more" if len(found) > 5 else ""
        raise StoreError(typed, f"several reports in {path} are called so: {several}{more}.", "Give one's id.")
    return next((one for one in found if one.superseded_by is None), found[0])


def is_report(connection: duckdb.DuckDBPyConnection, report_id: str) -> bool:
    """Whether there is a report of just this id."""
    return connection.execute("SELECT 1 FROM reports WHERE id = ?", [report_id]).fetchone() is not None


def names_near(connection: duckdb.DuckDBPyConnection, typed: str) -> list[str]:
    """Names of reports, and addresses, that look like what was typed."""
    return [str(row[0]) for row in query_rows(connection, "near_reports", {"typed": typed})]


def whole_of(connection: duckdb.DuckDBPyConnection, report_id: str) -> str | None:
    """All the words of the document that a report's text was taken out of, None where the text is all there is."""
    row = connection.execute("SELECT whole FROM reports WHERE id = ?", [report_id]).fetchone()
    return None if row is None or row[0] is None else str(row[0])


def tombstones(connection: duckdb.DuckDBPyConnection, typed: str | None = None) -> tuple[Tombstone, ...]:
    """What was taken down, the latest first; ``typed`` is an address or the beginning of a report's id."""
    beginning = typed if typed is not None and is_beginning(typed) else None
    rows = query_rows(connection, "tombstones", {"typed": typed, "beginning": beginning})
    names = Tombstone.__struct_fields__
    return tuple(msgspec.convert(dict(zip(names, row, strict=True)), Tombstone) for row in rows)
