"""Small gold documents written for the tests."""

from __future__ import annotations

import json
from pathlib import Path

TEXT = "Norway thanked Morocco. Morocco accused Mauritania of piracy. Spain may send ships to Mauritania.\n"
WORDS = {
    "thanks": "Norway thanked Morocco",
    "charge": "Morocco accused Mauritania of piracy",
    "ships": "Spain may send ships to Mauritania",
}


def event(words: str, kind: str, actor: list[object], recipient: list[object], **more: object) -> dict[str, object]:
    """An event in the gold format, whose evidence is one of ``WORDS``."""
    quote = WORDS[words]
    start = TEXT.index(quote)
    sides = {"actor": actor, "recipient": recipient}
    return {"type": kind, **sides, "evidence": quote, "start": start, "end": start + len(quote), **more}


def write(folder: Path, name: str, events: list[dict[str, object]], **more: object) -> Path:
    """Write a document and its text; return its folder."""
    folder.mkdir(exist_ok=True)
    table = {"text": f"{name}.txt", "events": events, **more}
    (folder / f"{name}.gold.json").write_text(json.dumps(table), encoding="utf-8")
    (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    return folder
