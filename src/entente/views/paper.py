"""What views print on: a terminal with colours and a width, or plain whole lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TextIO

import msgspec

__all__ = ["Column", "Marked", "Paper", "PlainPaper", "harmless", "marked", "open_paper"]


# Titles, names and texts come from anybody. These would command the terminal, or turn its line around.
_COMMANDS = dict.fromkeys(
    ({*range(0x20), *range(0x7F, 0xA0)} - {ord("\n"), ord("\t")}) | {0x202D, 0x202E}, "\N{REPLACEMENT CHARACTER}"
)


class Marked(msgspec.Struct, frozen=True):
    """A text, stretches of which stand out: (start, end, style), styles as rich names them."""

    text: str
    marks: tuple[tuple[int, int, str], ...] = ()


Words = str | Marked


class Column(msgspec.Struct, frozen=True):
    """A column of a table; on a terminal it has ``width`` cells or else takes its ``share`` of what is left."""

    name: str
    width: int | None = None
    share: int | None = None
    right: bool = False


class Paper(Protocol):
    """Where a view prints; ``is_terminal`` tells whether somebody reads it on a screen."""

    is_terminal: bool

    def line(self, words: Words = "") -> None:
        """Print a line, on a terminal wrapped at its edge."""
        ...

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Words]]) -> None:
        """Print a table; a cell may hold several lines on a terminal."""
        ...


class PlainPaper:
    """Prints for files and pipes: no colours, nothing ever wrapped or cut, one line a row.

    It is no rich console because that costs every start 20 ms, and a long table seconds.
    """

    is_terminal = False

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def line(self, words: Words = "") -> None:
        """Print a line."""
        self._out.write(_plain(words) + "\n")

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Words]]) -> None:
        """Print a table with its columns aligned."""
        lines = [[column.name for column in columns], *([_one_line(cell) for cell in row] for row in rows)]
        widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
        for cells in lines:
            aligned = (
                cell.rjust(width) if column.right else cell.ljust(width)
                for cell, width, column in zip(cells, widths, columns, strict=True)
            )
            self._out.write("  ".join(aligned).rstrip() + "\n")


def marked(*parts: str | tuple[str, str]) -> Marked:
    """A text of parts, some of them with their style."""
    text, marks = "", []
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        if style and words:
            marks.append((len(text), len(text) + len(words), style))
        text += words
    return Marked(text, tuple(marks))


def open_paper(out: TextIO) -> Paper:
    """The paper for an output: a rich console for a terminal."""
    if not out.isatty():
        return PlainPaper(out)
    from entente.views.console import TerminalPaper

    return TerminalPaper(out)


def harmless(words: str) -> str:
    """The words with a replacement for each character that would command a terminal; all others keep their places."""
    return words if words.isprintable() else words.translate(_COMMANDS)


def _plain(words: Words) -> str:
    return harmless(words if isinstance(words, str) else words.text)


def _one_line(cell: Words) -> str:
    return " ".join(_plain(cell).split())
