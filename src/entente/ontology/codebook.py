"""A codebook: which kinds of event there are, what each is worth, and what may be said about it beside."""

from __future__ import annotations

import difflib
import functools
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, cast, get_args

import msgspec

from entente.errors import CodebookError

__all__ = ["Codebook", "EventType", "Mode", "QuadClass", "load_codebook"]

QuadClass = Literal["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
QUAD_CLASSES: tuple[str, ...] = get_args(QuadClass)
SCORES = (-10.0, 10.0)
PLOVER = Path(__file__).parent / "plover" / "codebook.toml"


class Mode(msgspec.Struct, frozen=True):
    """How an event of its type was done; ``context`` is one that always comes with it."""

    description: str
    score: float
    context: str | None = None


class EventType(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of event, with its place on the scale from conflict (-10) to cooperation (10).

    ``future`` is the type under which such an act is recorded while it is only announced, None where it keeps its own.
    """

    quad_class: QuadClass
    score: float
    requires_recipient: bool
    description: str
    future: str | None = None
    modes: Mapping[str, Mode]


class Codebook(msgspec.Struct, frozen=True, kw_only=True):
    """Types, contexts, sectors and codes of international organisations, in the codebook's order."""

    name: str
    version: str
    types: Mapping[str, EventType]
    contexts: Mapping[str, str]
    sectors: Mapping[str, str]
    organisations: Mapping[str, str]

    def score(self, event: str, modes: Iterable[str] = ()) -> float:
        """Return what an event is worth on the scale: its first mode's score, without modes its type's.

        Raises
        ------
        CodebookError
            The codebook has no such type, or the type no such mode.
        """
        kind = self._type(event)
        for mode in modes:
            if mode not in kind.modes:
                raise CodebookError(self.name, f"{event} has no mode {mode!r}{_meant(mode, kind.modes)}.")
            return kind.modes[mode].score
        return kind.score

    def quad_class(self, event: str) -> QuadClass:
        """Return whether a type of event is conflict or cooperation, verbal or material.

        Raises
        ------
        CodebookError
            The codebook has no such type.
        """
        return self._type(event).quad_class

    def _type(self, event: str) -> EventType:
        if event not in self.types:
            raise CodebookError(self.name, f"no type {event!r}{_meant(event, self.types)}.")
        return self.types[event]


def load_codebook(path: Path | None = None) -> Codebook:
    """Return the codebook of a TOML file, by default PLOVER as the manual of 2024-02-04 has it.

    Raises
    ------
    CodebookError
        The file cannot be read, or has problems: all of them are listed.
    """
    return _load(path or PLOVER)


@functools.cache
def _load(path: Path) -> Codebook:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CodebookError(str(path), f"cannot be read ({error.strerror}).", "Check the path.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CodebookError(str(path), f"is not TOML: {error}.", "Mend that line.") from error
    problems = _problems(table)
    if problems:
        count = f"{len(problems)} problem" + ("s" if len(problems) > 1 else "")
        raise CodebookError(str(path), f"{count}: {' · '.join(problems)}")
    for kind in table["types"].values():
        kind["modes"] = {m: {"score": kind["score"], **d} for m, d in kind.get("modes", {}).items()}
    return msgspec.convert(table, Codebook, strict=False)


# The keys of each part: its name, the kind of its value, whether it must be there.
BOOK_KEYS: dict[str, tuple[type | tuple[type, ...], bool]] = {
    "name": (str, True), "version": (str, True), "types": (dict, True), "contexts": (dict, True),
    "sectors": (dict, True), "organisations": (dict, True),
}  # fmt: skip
TYPE_KEYS: dict[str, tuple[type | tuple[type, ...], bool]] = {
    "quad_class": (str, True), "score": ((int, float), True), "requires_recipient": (bool, True),
    "description": (str, True), "future": (str, False), "modes": (dict, False),
}  # fmt: skip
MODE_KEYS: dict[str, tuple[type | tuple[type, ...], bool]] = {
    "score": ((int, float), False), "context": (str, False), "description": (str, True),
}  # fmt: skip


def _problems(table: dict[str, object]) -> list[str]:
    """Everything that is wrong with a codebook, each with the place of the fault."""
    out = _keys("", table, BOOK_KEYS)
    types, contexts = _table(table, "types"), _table(table, "contexts")
    for part in ("contexts", "sectors", "organisations"):
        out += [f"{part}.{k}: must be a description" for k, v in _table(table, part).items() if not isinstance(v, str)]
    if not types and isinstance(table.get("types"), dict):
        out.append("types: there must be one at least")
    for name, kind in types.items():
        where = f"types.{name}"
        if not isinstance(kind, dict):
            out.append(f"{where}: must be a table")
            continue
        out += _keys(f"{where}.", kind, TYPE_KEYS) + _range(where, kind)
        out += _reference(f"{where}.quad_class", kind.get("quad_class"), QUAD_CLASSES, "quad class")
        out += _reference(f"{where}.future", kind.get("future"), types, "type")
        for mode, detail in _table(kind, "modes").items():
            place = f"{where}.modes.{mode}"
            if not isinstance(detail, dict):
                out.append(f"{place}: must be a table")
                continue
            out += _keys(f"{place}.", detail, MODE_KEYS) + _range(place, detail)
            out += _reference(f"{place}.context", detail.get("context"), contexts, "context")
    return out


def _table(parent: Mapping[str, object], key: str) -> dict[str, object]:
    value = parent.get(key)
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _keys(
    where: str, table: Mapping[str, object], keys: Mapping[str, tuple[type | tuple[type, ...], bool]]
) -> list[str]:
    """Keys that are missing, unknown or of another kind."""
    out = [f"{where}{key}: missing" for key, (_, needed) in keys.items() if needed and key not in table]
    for key, value in table.items():
        if key not in keys:
            out.append(f"{where}{key}: unknown{_meant(key, keys)}")
        elif not isinstance(value, keys[key][0]) or (isinstance(value, bool) and keys[key][0] is not bool):
            kind = {str: "text", dict: "a table", bool: "true or false"}.get(cast("type", keys[key][0]), "a number")
            out.append(f"{where}{key}: must be {kind}")
    return out


def _range(where: str, table: Mapping[str, object]) -> list[str]:
    score = table.get("score")
    if isinstance(score, int | float) and not SCORES[0] <= score <= SCORES[1]:
        return [f"{where}.score: {score:g} is outside {SCORES[0]:g} to {SCORES[1]:g}"]
    return []


def _reference(where: str, value: object, known: Iterable[str], kind: str) -> list[str]:
    names = list(known)
    if isinstance(value, str) and value not in names:
        return [f'{where}: no {kind} "{value}"{_meant(value, names)}']
    return []


def _meant(word: str, known: Iterable[str]) -> str:
    """Ask whether a known word was meant, where one is near."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f', did you mean "{near[0]}"?' if near else ""
