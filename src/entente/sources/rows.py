"""Reports out of the rows of JSON lines and tables with named columns."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from math import isnan
from typing import NoReturn

import msgspec

from entente.errors import InputError
from entente.records import Failure, Incoming
from entente.sources.decoding import LineError, NotedLine

__all__ = ["Columns", "json_document", "no_text", "report_of_fields", "rows_of_json_lines", "rows_of_table"]

_EXCEL_MARK = re.compile(r"\ufeff?sep=.\s*", re.IGNORECASE)
_LONGEST_NAME = 40
_FIELD_LIMIT = 1 << 30
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_TYPE_NAMES = {
    dict: "an object",
    list: "a list",
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
}


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Which field of a row holds what."""

    text: str = "text"
    id: str = "id"
    published: str = "published"
    title: str = "title"
    url: str = "url"
    publisher: str = "publisher"


def rows_of_json_lines(
    lines: Iterable[str | NotedLine | LineError], origin: str, name: str, columns: Columns
) -> Iterator[Incoming | Failure]:
    """The reports of a file with one JSON object a line; blank lines are passed over."""
    empty = True
    for number, line in enumerate(lines, start=1):
        place, fallback = f"{origin}:{number}", f"{name}:{number}"
        if isinstance(line, LineError):
            yield Failure(origin=place, source_id=fallback, reason=line.reason, remedy=line.remedy)
            empty = False
            continue
        text, warnings = (line.text, (line.warning,)) if isinstance(line, NotedLine) else (line, ())
        if text.strip():
            yield _warned(_from_json(text, place, fallback, columns), warnings)
            empty = False
    if empty:
        raise InputError(origin, "the file is empty.", "Leave it out, or check where it was written.")


def json_document(text: str, origin: str, name: str, columns: Columns) -> Iterator[Incoming | Failure]:
    """The report of a JSON document that is one object, or those of one that is a list of objects.

    JSON lines are often called .json too.
    """
    if not text.strip():
        raise InputError(origin, "the file is empty.", "Leave it out, or check where it was written.")
    try:
        document = _decoded(text, origin)
    except InputError:
        if not _begins_with_rows(text):
            raise
        yield from rows_of_json_lines(text.split("\n"), origin, name, columns)
        return
    if not isinstance(document, list):
        yield _from_value(document, origin, name, columns)
        return
    if not document:
        raise InputError(origin, "the list is empty.", "Leave it out, or check where it was written.")
    for number, value in enumerate(document, start=1):
        yield _from_value(value, f"{origin}:{number}", f"{name}:{number}", columns)


def _begins_with_rows(text: str) -> bool:
    """Whether the first line is an object of its own and another follows."""
    line, _, rest = text.lstrip().partition("\n")
    if not rest.lstrip().startswith("{"):
        return False
    try:
        return isinstance(_decoded(line, ""), dict)
    except InputError:
        return False


def rows_of_table(
    lines: Iterable[str | NotedLine | LineError], origin: str, name: str, columns: Columns, *, delimiter: str
) -> Iterator[Incoming | Failure]:
    """The reports of a table whose first row names its columns; a row's place is the line that it begins on.

    Fields are parted by ``delimiter``, or by the semicolon, tab or bar that the first row shows. Empty rows, which
    spreadsheets write below the last, are passed over.
    """
    csv.field_size_limit(_FIELD_LIMIT)  # the module's own limit is shorter than many a transcript
    numbered = _Lines(_ended_alike(lines))
    first = next((line for line in numbered if line.strip() and not _EXCEL_MARK.fullmatch(line)), None)
    if first is None:
        raise InputError(origin, "the file is empty.", "Leave it out, or check where it was written.")
    reader = csv.reader(chain([first], numbered), delimiter=_delimiter(first, delimiter, columns), strict=True)
    header: list[str] | None = None
    empty = True
    begins = numbered.count
    while True:
        place, fallback = f"{origin}:{begins}", f"{name}:{begins}"
        try:
            row = next(reader, None)
            problem, notes = numbered.take_problem(), numbered.take_notes()
        except csv.Error as error:
            row, problem = [], (f"is not a row of a table ({error}).", "Mend its quotes.")
            numbered.take_problem()
            notes = numbered.take_notes()
        begins = numbered.count + 1
        if row is None:
            break
        if header is None:
            if problem:
                raise InputError(origin, f"line {numbered.count} {problem[0]}", problem[1])
            header = [cell.strip() for cell in row]
            _check_header(header, origin, columns)
        elif problem:
            yield Failure(origin=place, source_id=fallback, reason=problem[0], remedy=problem[1])
            empty = False
        elif any(cell.strip() for cell in row):
            yield _warned(_from_row(row, header, place, fallback, columns), notes)
            empty = False
    if empty:
        raise InputError(origin, "the table has no rows below its first.", "Leave it out, or check how it was made.")


def _delimiter(first: str, usual: str, columns: Columns) -> str:
    """What parts the fields: spreadsheets write semicolons where a comma is the decimal point."""
    for mark in (usual, ";", "\t", ",", "|"):
        if columns.text in (cell.strip() for row in csv.reader([first], delimiter=mark) for cell in row):
            return mark
    return usual


def _ended_alike(lines: Iterable[str | NotedLine | LineError]) -> Iterator[str | NotedLine | LineError]:
    """Lines of which none holds others: old programs for the Mac end each with a carriage return alone."""
    for line in lines:
        if isinstance(line, LineError):
            yield line
            continue
        text = line.text if isinstance(line, NotedLine) else line
        for part in re.split(r"(?<=\r)(?!\n|$)", text) if "\r" in text else (text,):
            yield NotedLine(part, line.warning) if isinstance(line, NotedLine) else part


class _Lines:
    """Lines for the table reader, counted, since it gives no line for a row that fails."""

    def __init__(self, lines: Iterable[str | NotedLine | LineError]) -> None:
        self.lines, self.count = iter(lines), 0
        self._problem: LineError | None = None
        self._notes: tuple[str, ...] = ()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.count += 1
        if isinstance(line, LineError):
            self._problem = self._problem or line
            return line.text
        if isinstance(line, NotedLine):
            self._notes = (line.warning,)
            return line.text
        return line

    def take_problem(self) -> tuple[str, str] | None:
        """Reason and remedy of the first line that could not be decoded since this was last asked."""
        problem, self._problem = self._problem, None
        return (problem.reason, problem.remedy) if problem else None

    def take_notes(self) -> tuple[str, ...]:
        """What is to be known of the lines read since this was last asked."""
        notes, self._notes = self._notes, ()
        return notes


def _warned(item: Incoming | Failure, warnings: tuple[str, ...]) -> Incoming | Failure:
    return msgspec.structs.replace(item, warnings=warnings) if warnings and isinstance(item, Incoming) else item


def _check_header(header: list[str], origin: str, columns: Columns) -> None:
    if columns.text not in header:
        raise InputError(origin, *no_text(header, columns))


def no_text(found: Iterable[str], columns: Columns) -> tuple[str, str]:
    """Reason and remedy for rows that have no column of the name that the text should be in."""
    names = ", ".join(name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…" for name in found) or "none"
    return f"no column {columns.text!r} (found: {names}).", "Name the one that holds the text with --text-column."


def _from_row(row: list[str], header: list[str], place: str, fallback: str, columns: Columns) -> Incoming | Failure:
    if any(cell.strip() for cell in row[len(header) :]):
        reason = f"has {len(row)} fields where the first row names {len(header)}."
        return Failure(origin=place, source_id=fallback, reason=reason, remedy="Put fields with commas in quotes.")
    return report_of_fields(dict(zip(header, row, strict=False)), place, fallback, columns)


def _decoded(text: str, place: str) -> object:
    try:
        value: object = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as problem:
        try:
            return _leniently_decoded(text)
        except (ValueError, RecursionError):
            raise InputError(place, f"is not JSON ({problem}).", "Mend or remove it.") from problem
    return value


def _leniently_decoded(text: str) -> object:
    """JSON with what many programs write into it: NaN for nothing, halves of characters, bare control characters."""
    value: object = json.loads(text, parse_constant=lambda _: None, strict=False)
    written = json.dumps(value, ensure_ascii=False)
    return json.loads(_HALF_CHARACTER.sub("\ufffd", written))


def _from_json(line: str, place: str, fallback: str, columns: Columns) -> Incoming | Failure:
    try:
        value = _decoded(line, place)
    except InputError as problem:
        return Failure(origin=place, source_id=fallback, reason=problem.reason, remedy=problem.remedy)
    return _from_value(value, place, fallback, columns)


def _from_value(value: object, place: str, fallback: str, columns: Columns) -> Incoming | Failure:
    if not isinstance(value, dict):
        reason = f"is {_type_name(value)}, not an object with named fields."
        remedy = 'Write each report as {"id": …, "published": …, "title": …, "text": …, "url": …}.'
        return Failure(origin=place, source_id=fallback, reason=reason, remedy=remedy)
    return report_of_fields(value, place, fallback, columns)


def report_of_fields(fields: Mapping[str, object], place: str, fallback: str, columns: Columns) -> Incoming | Failure:
    """The report that a row's fields describe; numbers stand for the text they are written as."""
    try:
        given = {name: _as_text(fields.get(column), column, place) for name, column in _names(columns)}
        if not isinstance(fields.get(columns.text), str | None):
            _refuse(fields[columns.text], columns.text, place)
    except InputError as problem:
        return Failure(origin=place, source_id=fallback, reason=problem.reason, remedy=problem.remedy)
    source_id = given["id"] or fallback
    text = given["text"]
    if text is None:
        reason, remedy = no_text(fields, columns)
        if columns.text in fields:
            reason, remedy = f"the column {columns.text!r} holds nothing.", "Leave the row out, or give its text."
        return Failure(origin=place, source_id=source_id, reason=reason, remedy=remedy)
    if not text.strip():
        reason = f"the column {columns.text!r} holds nothing."
        return Failure(origin=place, source_id=source_id, reason=reason, remedy="Leave the row out, or give its text.")
    return Incoming(
        text=text,
        origin=place,
        source_id=source_id,
        url=given["url"],
        publisher=given["publisher"],
        title=given["title"],
        published=given["published"],
    )


def _names(columns: Columns) -> list[tuple[str, str]]:
    return [(name, getattr(columns, name)) for name in ("id", "published", "title", "text", "url", "publisher")]


def _as_text(value: object, column: str, place: str) -> str | None:
    """A field as text, None for nothing; a number stands for the text it is written as, be it ``7`` or ``7.0``."""
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, float):
        return None if isnan(value) else str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    _refuse(value, column, place)


def _refuse(value: object, column: str, place: str) -> NoReturn:
    raise InputError(place, f"the field {column!r} is {_type_name(value)}, not text.", "Write it as text in quotes.")


def _type_name(value: object) -> str:
    return "nothing (null)" if value is None else _TYPE_NAMES.get(type(value), type(value).__name__)
