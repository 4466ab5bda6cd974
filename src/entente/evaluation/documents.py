"""Documents of annotated events, as readers wrote them or as a coder did."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

import msgspec

from entente.errors import InputError
from entente.records import Span

__all__ = ["AnnotatedEvent", "Document", "Reading", "as_event", "codes_of", "document_of", "read_folder"]


class Reading(msgspec.Struct, frozen=True):
    """One way to code an event: its type, the country codes on each side, its status."""

    event: str
    actor: frozenset[str]
    recipient: frozenset[str]
    status: str


class AnnotatedEvent(msgspec.Struct, frozen=True):
    """An event with the words that tell of it and every reading that counts as right, the main one first.

    ``clear`` is False for one that a careful reader may leave out.
    """

    span: Span
    readings: tuple[Reading, ...]
    clear: bool
    words: str


class Promise(msgspec.Struct, frozen=True):
    """The words of a commitment, and whether its holder undertook it."""

    span: Span
    undertaken: bool


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """All that was coded in one report; ``people`` are the words of a name with country codes."""

    name: str
    text: str | None
    published: str | None
    events: tuple[AnnotatedEvent, ...]
    people: tuple[tuple[frozenset[str], frozenset[str]], ...]
    promises: tuple[Promise, ...]


Json = Mapping[str, object]


def read_folder(folder: Path, *, main_only: bool = False, all_clear: bool = False) -> dict[str, Document]:
    """Return the documents of a folder by name: files ``NAME.gold.json`` or ``NAME.json``, in either format.

    ``main_only`` leaves out the readings that are accepted beside the main one; ``all_clear`` counts arguable events
    like the clear ones.

    Raises
    ------
    InputError
        There is no such folder, or a file is damaged.
    """
    if not folder.is_dir():
        raise InputError(str(folder), "is no folder.", "Name one that holds NAME.gold.json files.")
    documents: dict[str, Document] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            table = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise InputError(str(path), f"is not JSON: {error}.") from error
        if isinstance(table, dict) and "events" in table:
            name = path.name.removesuffix(".json").removesuffix(".gold")
            text = _text(path, name, table)
            try:
                documents[name] = document_of(name, table, text, main_only=main_only, all_clear=all_clear)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise InputError(str(path), f"is no document of events: {type(error).__name__} {error}.") from error
    return documents


def _text(path: Path, name: str, table: Json) -> str | None:
    """A document's text: given in it, or in the file that it names, beside it or in the folder ``texts`` next door."""
    report = table.get("report")
    given = table.get("text") or (report.get("text") if isinstance(report, dict) else None) or f"{name}.txt"
    text = str(given)
    if "\n" in text or not text.endswith(".txt"):
        return text
    places = (path.with_name(text), path.parent.parent / "texts" / text)
    return next((p.read_text(encoding="utf-8") for p in places if p.exists()), None)


def document_of(
    name: str, table: Json, text: str | None, *, main_only: bool = False, all_clear: bool = False
) -> Document:
    """Return a document from its JSON, in the gold format or the machine format ``entente/1``."""
    report = table.get("report")
    published = report.get("published") if isinstance(report, dict) else table.get("published")
    events = [as_event(e, main_only=main_only, all_clear=all_clear) for e in _tables(table, "events")]
    promises = [
        Promise(_span(c), c.get("kind", "undertaken") == "undertaken") for c in _tables(table, "commitments")
    ]  # fmt: skip
    return Document(
        name=name, text=text, published=str(published) if published else None, events=tuple(events),
        people=_people(_tables(table, "people")), promises=tuple(promises),
    )  # fmt: skip


def _tables(table: Json, key: str) -> list[Json]:
    return cast("list[Json]", table.get(key) or [])


def as_event(table: Json, *, main_only: bool = False, all_clear: bool = False) -> AnnotatedEvent:
    """Return one event with all its readings; fields that an alternative does not name stay as given."""
    kind = table.get("type") or table.get("event")
    main: dict[str, object] = {"type": kind, "status": table.get("status", "actual")}
    main |= {side: table.get(side) for side in ("actor", "recipient")}
    others = [] if main_only else [{k: a[k] for k in main if k in a} for a in _tables(table, "also_accept")]
    readings = tuple(_reading(main | other) for other in [{}, *others])
    evidence = table.get("evidence")
    words = evidence if isinstance(evidence, str) else cast("Json", evidence or {}).get("text", "")
    clear = all_clear or table.get("certainty", "clear") == "clear"
    return AnnotatedEvent(_span(table), readings, clear, str(words))


def _reading(table: Json) -> Reading:
    actor, recipient = (codes_of(cast("list[object]", table[side])) for side in ("actor", "recipient"))
    return Reading(str(table["type"]), actor, recipient, str(table["status"]))


def codes_of(entities: Iterable[object] | None) -> frozenset[str]:
    """Return the country codes of entities: strings, or objects with ``code`` or ``country`` (maybe an object)."""
    codes = set()
    for entity in entities or ():
        code = entity if isinstance(entity, str) else _code(cast("Json", entity))
        if code:
            codes.add(code)
    return frozenset(codes)


def _code(entity: Json) -> str | None:
    code = entity.get("code") or entity.get("country")
    if isinstance(code, dict):
        code = code.get("code")
    return str(code) if code else None


def _span(table: Json) -> Span:
    """The place of an item's words: its own offsets, or those of its evidence."""
    evidence = table.get("evidence")
    at = cast("Json", evidence) if isinstance(evidence, dict) else table
    return Span(int(cast("int", at["start"])), int(cast("int", at["end"])))


def _people(tables: Iterable[Json]) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Each named person once with the country codes given; offices without a name are left out."""
    people = set()
    for table in tables:
        name, country = table.get("name"), table.get("country")
        if isinstance(name, str) and name:
            words = frozenset(name.casefold().replace(".", " ").split())
            people.add((words, codes_of(country if isinstance(country, list) else [country] if country else [])))
    return tuple(sorted(people, key=lambda p: (sorted(p[0]), sorted(p[1]))))
