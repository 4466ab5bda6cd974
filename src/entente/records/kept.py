"""Reports as the store keeps them: their versions, their words as they came, and what was taken down."""

from __future__ import annotations

import msgspec

from entente.records.event import SCHEMA, Coding
from entente.records.report import Evidence

__all__ = ["BackupSummary", "KeptReport", "MergeSummary", "ReportInFull", "ReportInRaw", "Takedown", "Tombstone"]


class KeptReport(msgspec.Struct, frozen=True, kw_only=True):
    """A report without its text.

    ``version`` counts the texts of one page in the order in which they were added, from 1 to ``versions``; the one that
    counts has no ``superseded_by``. ``events`` are those coded of it.
    """

    id: str
    source_id: str
    url: str | None
    publisher: str | None
    title: str | None
    published: str | None
    language: str
    obtained: str
    added_at: str
    coded: bool
    coder: str
    model: str
    superseded_by: str | None
    version: int
    versions: int
    events: int


class ReportInFull(Coding, frozen=True, kw_only=True):
    """The record of a report with how it is kept, and all versions of its page, the first added first."""

    kept: KeptReport
    versions: tuple[KeptReport, ...]


class ReportInRaw(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a report's source as they came, with what is not prose in them.

    All offsets are into ``whole``: ``dropped`` never came into the report's text, ``not_prose`` stands in it outside
    its sentences.
    """

    schema: str = SCHEMA
    report: KeptReport
    whole: str
    dropped: tuple[Evidence, ...]
    not_prose: tuple[Evidence, ...]


class Tombstone(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of a report that was taken down: enough to keep it from coming back, none of its words."""

    report_id: str
    serial: int
    url: str | None
    publisher: str | None
    published: str | None
    reason: str | None
    forgotten_at: str


class Takedown(msgspec.Struct, frozen=True, kw_only=True):
    """What forgetting reports takes, or took, out of a store.

    ``counting_again`` are older versions that no newer one supersedes any more; ``copies`` are files beside the store
    that may hold the words still.
    """

    reports: tuple[KeptReport, ...]
    events: int
    people: int
    statements: int
    commitments: int
    counting_again: tuple[KeptReport, ...]
    copies: tuple[str, ...]


class BackupSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A copy that was made of a store, or put in its place; ``kept`` is where the store that was there is then.

    ``left_out`` reports of the copy had been forgotten in the store that was there, so they did not come back.
    """

    store: str
    copy: str
    size_bytes: int
    reports: int
    left_out: int = 0
    kept: str | None = None


class MergeSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What joining another store brought, or would bring.

    ``left_out`` reports of the other store were forgotten in either, ``removed`` ones were here and had been forgotten
    there; ``versions`` are the joined ones that are another text of a page that is here.
    """

    other: str
    dry_run: bool
    reports: int = 0
    events: int = 0
    versions: int = 0
    already_there: int = 0
    left_out: int = 0
    removed: int = 0
    tombstones: int = 0
    failures: int = 0
    sources: int = 0
    watches: int = 0
