"""Records printed for people or for programs, and the options that say how many of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, TypeVar

from cyclopts import Parameter

from entente.cli.options import Output

if TYPE_CHECKING:
    from entente.views.paper import Paper

__all__ = ["Everything", "Since", "Until", "latest", "paper_for_people", "print_count", "print_json"]

_Record = TypeVar("_Record")

LATEST = 40
"""How many rows a terminal shows unless --all is given."""

Since = Annotated[str | None, Parameter(help="Only from this day on: 2023, 2023-02 or 2023-02-24.")]
Until = Annotated[str | None, Parameter(help="Only up to this day, month or year.")]
Everything = Annotated[bool, Parameter(name="--all", help=f"On a terminal, print more than the latest {LATEST}.")]


def paper_for_people() -> Paper:
    """Standard output as paper: with colours where it is a terminal."""
    from entente.views.paper import open_paper

    return open_paper(sys.stdout)


def print_json(records: Sequence[object], output: Output, *, always_list: bool = True) -> None:
    """Print records as JSON; one alone is no list unless ``always_list``."""
    from entente.views.exports import JsonStream

    stream = JsonStream(sys.stdout, lines=output.jsonl, always_list=always_list)
    stream.write(records)
    stream.close()


def latest(paper: Paper, found: Sequence[_Record], *, everything: bool) -> Sequence[_Record]:
    """What is printed: all of it, unless it is for a terminal, which gets the latest."""
    return found[:LATEST] if paper.is_terminal and not everything else found


def print_count(shown: int, total: int, what: str) -> None:
    """Say on standard error how many there are, and how to see the rest."""
    from entente.views.words import counted

    words = f"{counted(total, what)}." if total else f"No {what} found."
    print(words if shown == total else f"{shown} of {words} Print the rest with --all.", file=sys.stderr)
