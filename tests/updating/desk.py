"""A desk with a store, and a site with a feed: what tests of updating need of the world."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from entente.records.standing import SourceKind, SourceUpdate, StandingSource, StoredItem
from entente.sources.fetching import Fetcher
from entente.store import Store, reading, standing
from entente.updating.run import Settings, update
from tests.handmade import TEXT, HandmadeCoder
from tests.web import Answer, Server

MORNING = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


class Desk:
    """A store in a folder, whose sources are updated at the times that a test says."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "entente.duckdb")
        self.coder = HandmadeCoder()

    def add_source(
        self, address: str, kind: SourceKind, *, publisher: str | None = None, whole_pages: bool = True
    ) -> None:
        with self.store.writing() as connection:
            standing.add_source(
                connection,
                StandingSource(address=address, kind=kind, publisher=publisher, whole_pages=whole_pages),
            )

    def update(
        self,
        *,
        at: datetime = MORNING,
        limit: int | None = None,
        dry_run: bool = False,
        at_once: bool = False,
        polite: bool = False,
    ) -> list[SourceUpdate]:
        """Look at all sources; ``polite`` asks robots.txt also of the server on this machine."""
        with (
            self.store.reading() as connection,
        ):
            sources = standing.sources(connection)
        with Fetcher(rate_seconds=0, tries=1, respect_robots=True, spares_own_machine=not polite) as fetcher:
            settings = Settings(fetcher=fetcher, coder=self.coder, clock=lambda: at, limit=limit, dry_run=dry_run)
            return list(update(self.store, sources, settings, at_once=at_once))

    def reports(self) -> list[tuple[str, bool]]:
        """Each report's address (or source id) and whether it counts, in the order added."""
        with self.store.reading() as connection:
            return connection.execute(
                "SELECT coalesce(url, source_id), superseded_by IS NULL FROM reports ORDER BY serial"
            ).fetchall()

    def column(self, name: str) -> list[str | None]:
        """A column of the reports, in the order added."""
        with self.store.reading() as connection:
            return [row[0] for row in connection.execute(f"SELECT {name} FROM reports ORDER BY serial").fetchall()]  # noqa: S608

    def items(self, address: str) -> dict[str, StoredItem]:
        with self.store.reading() as connection:
            return standing.known_items(connection, address)

    def source(self, address: str) -> StandingSource:
        with self.store.reading() as connection:
            return next(one for one in standing.sources(connection) if one.address == address)

    def failures(self) -> list[str]:
        with self.store.reading() as connection:
            return [one.origin for one in reading.failures(connection)]


def publish(server: Server, *numbers: int, text: str = TEXT, kind: str = "text/plain; charset=utf-8") -> list[str]:
    """Put reports on a site, each unlike the others; returns their addresses."""
    return [
        server.answer(
            f"/reports/{number}",
            Answer(body=f"{text}\nThis is report number {number}.\n".encode(), content_type=kind, etag=f'"{number}"'),
        )
        for number in numbers
    ]


def publish_feed(
    server: Server, numbers: Iterable[int], *, etag: str | None = None, own_text: str = "", more: str = ""
) -> str:
    """Put a feed of these reports on a site; returns its address."""
    items = [item(server, number, own_text=own_text) for number in numbers]
    return answer_feed(server, [*items, more] if more else items, etag=etag)


def item(server: Server, number: int, *, title: str | None = None, when: str = "", own_text: str = "") -> str:
    """An item of a feed that links a report."""
    return (
        f"<item><guid isPermaLink='false'>item-{number}</guid><title>{title or f'Report {number}'}</title>"
        f"<link>{server.url}/reports/{number}</link>"
        f"<pubDate>{when or 'Fri, 24 Feb 2023 10:00:00 GMT'}</pubDate>"
        + (f"<description>{escape(own_text)}</description>" if own_text else "")
        + "</item>"
    )


def answer_feed(server: Server, items: Sequence[str], *, etag: str | None = None) -> str:
    body = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Example Times</title>'
        f"<link>{server.url}</link><description>News</description>{''.join(items)}</channel></rss>"
    )
    return server.answer("/feed.xml", Answer(body=body.encode(), content_type="application/rss+xml", etag=etag))
