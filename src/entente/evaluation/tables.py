"""Files of test cases: tab-separated with named columns, or one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from entente.errors import InputError

__all__ = ["read_jsonl", "read_tsv", "write_jsonl"]


def read_tsv(path: Path, needed: Iterable[str]) -> list[dict[str, str]]:
    """Return the rows of a tab-separated file whose first line names its columns; quotes mean nothing.

    Raises
    ------
    InputError
        It cannot be read, lacks a column, or a row has another number of fields than the first line.
    """
    lines = _text(path).split("\n")
    columns = lines[0].rstrip("\r").split("\t")
    missing = [c for c in needed if c not in columns]
    if missing:
        raise InputError(
            str(path), f"has no column {', '.join(missing)}.", f"Its first line names: {', '.join(columns)}."
        )
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        fields = line.rstrip("\r").split("\t")
        if fields == [""]:
            continue
        if len(fields) != len(columns):
            raise InputError(
                f"{path}:{number}", f"has {len(fields)} fields, not {len(columns)}.", "Separate them by tabs."
            )
        rows.append(dict(zip(columns, fields, strict=True)))
    return rows


def read_jsonl(path: Path, needed: Iterable[str]) -> list[dict[str, object]]:
    """Return the objects of a file with one JSON object a line.

    Raises
    ------
    InputError
        It cannot be read, a line is no JSON object, or an object lacks a key.
    """
    rows = []
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{path}:{number}", f"is not JSON: {error}.") from error
        missing = [k for k in needed if not isinstance(row, dict) or k not in row]
        if missing:
            raise InputError(f"{path}:{number}", f"lacks {', '.join(missing)}.")
        rows.append(row)
    return rows


def write_jsonl(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write one JSON object a line.

    Raises
    ------
    InputError
        The file cannot be written.
    """
    try:
        with path.open("w", encoding="utf-8") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror}).") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror}).", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "is not UTF-8.", "Save it as UTF-8.") from error
