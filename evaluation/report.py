"""Sections of ``docs/evaluation.md``, each written by the program that measured it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

__all__ = ["DOCUMENT", "table", "write_section"]

DOCUMENT = Path(__file__).parent.parent / "docs" / "evaluation.md"
HEAD = """# Evaluation

How good entente's records are, measured on texts that its weights never saw. Every section is written by the command
that it names; intervals are 95 % percentile bootstraps over documents.
"""


def write_section(name: str, markdown: str, document: Path = DOCUMENT) -> None:
    """Write one section, headed by its name, between its markers; leave all others as they are.

    A new section goes to the end.
    """
    text = document.read_text(encoding="utf-8") if document.exists() else HEAD
    begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
    section = f"{begin}\n## {name}\n\n{markdown.strip()}\n{end}"
    if begin in text:
        pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.S)
        text = pattern.sub(lambda _: section, text, count=1)
    else:
        text = f"{text.rstrip()}\n\n{section}\n"
    document.parent.mkdir(exist_ok=True)
    document.write_text(text, encoding="utf-8")


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
