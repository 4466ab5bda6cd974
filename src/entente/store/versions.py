"""Which of the texts of one page counts.

A page is known by its address, with or without ``www.``, a closing slash and encryption. All its texts are kept; one of them counts, the others are superseded. A page read from
the web reads so now, whatever date it gives: its text counts, also where the page went back to one that is known. Of
texts that come from elsewhere the one published later counts or, where that is not known of both, the one added later;
adding one of them again changes nothing, since a file says nothing of what its page has become. A feed's own text of a
page, often only its beginning, never takes the place of the page's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from entente.records import Report
from entente.records.kept import KeptReport
from entente.store.transactions import transaction

if TYPE_CHECKING:
    import duckdb

__all__ = [
    "PAGE_OF",
    "READ_NOW",
    "Head",
    "addresses_of_page",
    "count_again",
    "let_newest_count",
    "next_to_count",
    "place_among_versions",
    "settle_orphans",
    "superseded",
]

PAGE_OF = r"CREATE TEMP MACRO page_of(url) AS rtrim(regexp_replace(url, '^https?://(?:www\.)?', ''), '/')"
"""What every connection is told first: the name of the page that an address leads to."""
_PAGE = "coalesce(page_of(url), reports.id)"
READ_NOW = "web"
"""How a report was obtained, where that shows what its page reads at the moment."""
OF_A_FEED = "feed"


class Head(msgspec.Struct, frozen=True, order=True):
    """A report that may be the one of its page that counts; among those with no date the later ``added`` does."""

    page: str
    added: tuple[str, int, str]
    id: str
    published: str | None = None


def place_among_versions(connection: duckdb.DuckDBPyConnection, report: Report) -> tuple[bool, str | None]:
    """Mark what a new report supersedes; say whether it is its page's first, and which supersedes it."""
    if report.url is None:
        return True, None
    row = connection.execute(
        "SELECT id, published, obtained FROM reports WHERE url IN (SELECT unnest(?::VARCHAR[])) "
        "AND superseded_by IS NULL ORDER BY serial DESC LIMIT 1",
        [addresses_of_page(report.url)],
    ).fetchone()
    if row is None:
        return True, None
    current_id, current_published, current_obtained = str(row[0]), row[1], row[2]
    is_excerpt = report.obtained == OF_A_FEED and current_obtained != OF_A_FEED
    if is_excerpt or (report.obtained != READ_NOW and _is_earlier(report.published, current_published)):
        return False, current_id
    connection.execute("UPDATE reports SET superseded_by = ? WHERE id = ?", [report.id, current_id])
    return False, None


def superseded(connection: duckdb.DuckDBPyConnection, reports: Iterable[Report]) -> set[str]:
    """The ids of those of the reports, read from the web just now, that the store holds as superseded ones."""
    ids = [report.id for report in reports if report.obtained == READ_NOW]
    if not ids:
        return set()
    rows = connection.execute(
        "SELECT id FROM reports WHERE superseded_by IS NOT NULL AND id IN (SELECT unnest(?::VARCHAR[]))", [ids]
    ).fetchall()
    return {str(row[0]) for row in rows}


def count_again(connection: duckdb.DuckDBPyConnection, report_id: str) -> bool:
    """Let a superseded report count again, since its page went back to it; False if it counted already."""
    with transaction(connection):
        row = connection.execute(
            "SELECT url FROM reports WHERE id = ? AND superseded_by IS NOT NULL", [report_id]
        ).fetchone()
        if row is not None:
            connection.execute(
                "UPDATE reports SET superseded_by = ? WHERE page_of(url) = page_of(?) AND superseded_by IS NULL",
                [report_id, row[0]],
            )
            connection.execute("UPDATE reports SET superseded_by = NULL WHERE id = ?", [report_id])
    return row is not None


def next_to_count(page: Iterable[KeptReport], gone: Set[str]) -> KeptReport | None:
    """Which text of a page counts once others of it are gone; None where that is the same, or there is none."""
    left = [one for one in sorted(page, key=lambda one: one.version) if one.id not in gone]
    if any(one.superseded_by is None for one in left):
        return None
    heads = [Head("", ("", one.version, one.id), one.id, one.published) for one in left if one.superseded_by in gone]
    return next((one for one in left if heads and one.id == _newest(heads).id), None)


def settle_orphans(connection: duckdb.DuckDBPyConnection, catalog: str) -> None:
    """Settle the pages that lost the text that counted; a report without an address is a page of its own."""
    orphaned = f"superseded_by NOT IN (SELECT id FROM {catalog}.reports)"  # noqa: S608 - quoted
    rows = connection.execute(
        f"SELECT {_PAGE}, serial, id, published, superseded_by IS NULL FROM {catalog}.reports "  # noqa: S608 - quoted
        f"WHERE (superseded_by IS NULL OR {orphaned}) "
        f"AND {_PAGE} IN (SELECT {_PAGE} FROM {catalog}.reports WHERE {orphaned})"
    ).fetchall()
    counting = {row[0] for row in rows if row[4]}
    heads = [
        Head(page, ("", serial, report_id), report_id, published)
        for page, serial, report_id, published, counts in rows
        if counts or page not in counting
    ]
    let_newest_count(connection, catalog, heads)


def let_newest_count(connection: duckdb.DuckDBPyConnection, catalog: str, heads: Iterable[Head]) -> dict[str, str]:
    """Of the heads of each page let the newest count, and supersede those that nothing supersedes; return which."""
    winners = {page: _newest(list(ones)).id for page, ones in groupby(sorted(heads), key=lambda head: head.page)}
    if not winners:
        return {}
    connection.execute(
        f"UPDATE {catalog}.reports AS reports SET superseded_by = nullif(w.id, reports.id) "  # noqa: S608 - quoted
        "FROM (SELECT unnest(?::VARCHAR[]) AS page, unnest(?::VARCHAR[]) AS id) AS w "
        f"WHERE {_PAGE} = w.page AND (reports.id = w.id OR superseded_by IS NULL "
        f"OR superseded_by NOT IN (SELECT id FROM {catalog}.reports))",
        [list(winners), list(winners.values())],
    )
    return winners


def addresses_of_page(url: str) -> list[str]:
    """The addresses that lead to the page of an address: for look-ups that must not read through all reports."""
    bare = re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/")
    starts = ["http://", "https://", "http://www.", "https://www."] if bare != url.rstrip("/") else [""]
    return [f"{start}{bare}{end}" for start in starts for end in ("", "/")]


def _newest(heads: list[Head]) -> Head:
    newest = heads[0]
    for head in heads[1:]:  # in the order in which they were added
        if not _is_earlier(head.published, newest.published):
            newest = head
    return newest


def _is_earlier(published: str | None, other: str | None) -> bool:
    return published is not None and other is not None and published < other
