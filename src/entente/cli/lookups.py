"""Commands that need neither a report nor the record: actor, schema."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
from cyclopts import Parameter

from entente.cli.countries import title_of
from entente.cli.options import Output, UsageError, first_day
from entente.errors import EntenteError, InputError

if TYPE_CHECKING:
    from entente.resolution.actors import ResolvedActor

__all__ = ["actor", "schema"]


class _Question(msgspec.Struct):
    """A line of the file that ``actor`` reads."""

    phrase: str
    id: str | int | None = None
    on: str | None = None


class _Answer(msgspec.Struct):
    """A line that ``actor`` prints for it."""

    id: str | int | None
    country: str | None
    sectors: tuple[str, ...]
    name: str | None
    resolved_by: str


def actor(
    phrase: Annotated[
        str, Parameter(help='The phrase, or a JSONL file of {"id", "phrase", "on"}; - for standard input.')
    ],
    /,
    *,
    on: Annotated[str | None, Parameter(help="The day on which the phrase was used: 2023-02-24.")] = None,
    output: Output = Output(),  # noqa: B008 - frozen
) -> int:
    """Say whom a phrase means: its country and sectors, and why."""
    day = _day(on)
    if phrase == "-" or phrase.endswith((".jsonl", ".ndjson")) or (output.jsonl and Path(phrase).is_file()):
        return _answer_file(phrase, day, output)
    from entente.resolution.actors import resolve_actor

    found = resolve_actor(phrase, on=day)
    if output.is_for_programs:
        _print_answers(iter([_answer(None, found)]), output, always_list=False)
        return 0
    _print_for_people(phrase, found)
    return 0


def schema() -> int:
    """Print the JSON Schema of a report's record, the format of --json and --jsonl."""
    from entente.views.schema import record_schema

    sys.stdout.write(record_schema())
    return 0


def _answer_file(path: str, on: str | None, output: Output) -> int:
    """Resolve each line of a file; a bad line is named and its answer left empty, so that lines keep their places."""
    failed = 0

    def answers() -> Iterator[_Answer]:
        from entente.resolution.actors import resolve_actor

        nonlocal failed
        for number, line in enumerate(_lines(path), 1):
            if not line.strip():
                continue
            try:
                question = _question(line.removeprefix(codecs.BOM_UTF8), f"{path}:{number}")
                when = _day(question.on or None) or on
            except EntenteError as error:
                failed += 1
                print(error, file=sys.stderr)
                yield _Answer(_id_of(line), None, (), None, "unreadable")
            else:
                yield _answer(question.id, resolve_actor(question.phrase, on=when))

    _print_answers(answers(), output if output.is_for_programs else Output(jsonl=True), always_list=True)
    return int(failed > 0)


def _question(line: bytes, place: str) -> _Question:
    """The question that a line asks."""
    try:
        question = msgspec.json.decode(line, type=_Question)
        _day(question.on or None)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        remedy = 'Write {"id": …, "phrase": …, "on": …} in UTF-8.'
        raise InputError(place, f"is no question ({error}).", remedy) from error
    except UsageError as error:
        raise InputError(place, f'"on": {error.what} {error.reason}', error.remedy) from error
    return question


def _id_of(line: bytes) -> str | int | None:
    """The id of a line that cannot be answered, where at least that can be read."""
    try:
        given = msgspec.json.decode(line, type=dict[str, object]).get("id")
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return given if isinstance(given, str | int) and not isinstance(given, bool) else None


def _lines(path: str) -> Iterator[bytes]:
    if path == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(path).open("rb") as lines:
            yield from lines
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror}).", "Check the path.") from error


def _answer(question_id: str | int | None, found: ResolvedActor) -> _Answer:
    return _Answer(question_id, found.country, found.sectors, found.name, found.resolved_by)


def _print_answers(answers: Iterator[_Answer], output: Output, *, always_list: bool) -> None:
    from entente.views.exports import JsonStream

    stream = JsonStream(sys.stdout, lines=output.jsonl, always_list=always_list)
    stream.write(answers)
    stream.close()


def _print_for_people(phrase: str, found: ResolvedActor) -> None:
    rows = [
        ("phrase", phrase),
        ("country", f"{found.country}  {title_of(found.country)}" if found.country else "not resolved"),
        ("sectors", " ".join(found.sectors)),
        ("name", found.name),
        ("office", found.office),
        ("by", f"{found.resolved_by}, probability {found.probability:.2f}"),
        ("why", found.explanation),
        ("or", ", ".join(found.alternatives)),
    ]
    for name, words in rows:
        if words:
            print(f"{name:<9}{words}")


def _day(typed: str | None) -> str | None:
    first = first_day(typed)
    return first.isoformat() if first else None
