"""The terminal as paper: colours, and tables that fit its width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from entente.views.paper import Column, Words, harmless

__all__ = ["TerminalPaper"]


class TerminalPaper:
    """Prints on a terminal, in colour unless NO_COLOR is set.

    Parameters
    ----------
    out : text file
        The terminal.
    width : int, optional
        Its width in cells; by default what it says itself.
    """

    is_terminal = True

    def __init__(self, out: TextIO, *, width: int | None = None) -> None:
        self._console = Console(file=out, highlight=False, width=width)

    def line(self, words: Words = "") -> None:
        """Print a line, wrapped at the edge."""
        self._console.print(_text(words))

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[Words]]) -> None:
        """Print a table that is no wider than the terminal; cells wrap."""
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 2, 0, 0), show_edge=False, header_style="bold")
        table.expand = any(column.share for column in columns)
        table.leading = int(table.expand)
        for column in columns:
            table.add_column(
                column.name,
                justify="right" if column.right else "left",
                width=column.width,
                ratio=column.share,
                overflow="fold",
            )
        for row in rows:
            table.add_row(*map(_text, row))
        self._console.print(table)


def _text(words: Words) -> Text:
    if isinstance(words, str):
        return Text(harmless(words))
    text = Text(harmless(words.text))
    for start, end, style in words.marks:
        text.stylize(style, start, end)
    return text
