"""Options that several commands share, and what a typed country, date or topic means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from entente.errors import EntenteError

if TYPE_CHECKING:
    from datetime import date

    from entente.relations.topics import Topic

__all__ = [
    "DEFAULT_STORE",
    "Columns",
    "Database",
    "Encoding",
    "Output",
    "Timeout",
    "UsageError",
    "encoding_named",
    "first_day",
    "nearest",
    "one_of",
    "period",
    "topic_named",
]

DEFAULT_STORE = Path("entente.duckdb")

Timeout = Annotated[float, Parameter(name="--timeout", help="The seconds that an address may take to answer in full.")]
Database = Annotated[Path, Parameter(name="--db", help="The file that holds the record.")]
Encoding = Annotated[
    str | None, Parameter(help="The encoding of texts, tables and pages that do not show it: windows-1251.")
]


class UsageError(EntenteError):
    """A command that was given something it cannot mean: the process ends with 2."""


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Output:
    """How to print records: for people, or for programs."""

    json: Annotated[bool, Parameter(help="Print JSON, never limited: one document.")] = False
    jsonl: Annotated[bool, Parameter(help="Print JSON, never limited: one line for each record.")] = False

    def __post_init__(self) -> None:
        """Refuse two formats at once."""
        if self.json and self.jsonl:
            raise UsageError("entente", "--json and --jsonl are two formats.", "Give one of them.")

    @property
    def is_for_programs(self) -> bool:
        """Whether JSON is asked for."""
        return self.json or self.jsonl


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which columns of JSONL and CSV hold what."""

    text_column: Annotated[str, Parameter(help="JSONL and CSV: the column that holds the text.")] = "text"
    id_column: Annotated[str, Parameter(help="JSONL and CSV: the column of the report's id.")] = "id"
    date_column: Annotated[str, Parameter(help="JSONL and CSV: the column of the publication date.")] = "published"
    title_column: Annotated[str, Parameter(help="JSONL and CSV: the column of the title.")] = "title"
    url_column: Annotated[str, Parameter(help="JSONL and CSV: the column of the address.")] = "url"


def encoding_named(typed: str | None) -> str | None:
    """The typed encoding, if texts can be read in it.

    Raises
    ------
    UsageError
        There is none of that name.
    """
    from entente.sources.decoding import is_encoding

    if typed is not None and not is_encoding(typed):
        raise UsageError(
            f"--encoding {typed!r}", "is no known encoding.", "Write it as windows-1251, koi8-r or shift_jis."
        )
    return typed


def first_day(typed: str | None) -> date | None:
    """The first day of a typed year, month or day.

    Raises
    ------
    UsageError
        It is no ISO 8601 date.
    """
    return None if typed is None else _days(typed)[0]


def period(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The first day of ``since`` and the last of ``until``, each a typed year, month or day.

    Raises
    ------
    UsageError
        One is no ISO 8601 date, or the period ends before it begins.
    """
    first, last = first_day(since), None if until is None else _days(until)[1]
    if first and last and last < first:
        raise UsageError(f"--since {since} --until {until}", "ends before it begins.", "Exchange the two.")
    return first, last


def one_of(typed: Sequence[str], known: Sequence[str], what: str) -> tuple[str, ...] | None:
    """The typed codes as the codebook writes them, None where none was typed.

    Raises
    ------
    UsageError
        One is not among the known.
    """
    by_key = {_key(code): code for code in known}
    for code in typed:
        if _key(code) not in by_key:
            near = nearest(code, known)
            raise UsageError(f"{code!r}", f"is no {what}.", near or f"Known are: {', '.join(known)}.")
    return tuple(by_key[_key(code)] for code in typed) or None


def topic_named(typed: str | None) -> Topic | None:
    """The topic, or single PLOVER context, of that name.

    Raises
    ------
    UsageError
        There is none.
    """
    if typed is None:
        return None
    from entente.relations.topics import load_topics

    topics = load_topics()
    (found,) = one_of([typed], sorted(topics), "topic") or ("",)
    return topics[found]


def nearest(typed: str, known: Sequence[str]) -> str:
    """A question for the names nearest to what was typed, empty where none is near."""
    from rapidfuzz import fuzz, process, utils

    near = process.extract(typed, known, scorer=fuzz.WRatio, processor=utils.default_process, limit=3, score_cutoff=70)
    return f"Did you mean {' or '.join(dict.fromkeys(name for name, _, _ in near))}?" if near else ""


def _key(code: str) -> str:
    return code.casefold().replace("_", " ").replace("-", " ").strip()


def _days(typed: str) -> tuple[date, date]:
    from entente.store.days import first_and_last_day

    try:
        return first_and_last_day(typed)
    except ValueError as error:
        raise UsageError(f"{typed!r}", "is not a date.", "Write 2023, 2023-02 or 2023-02-24.") from error
