"""The command line in this process, with the coder of `tests.handmade` in the built-in one's place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from entente.cli import inputs
from entente.cli.main import main
from tests.handmade import TEXT, HandmadeCoder


class Answer(msgspec.Struct):
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    monkeypatch.setattr(inputs, "load_coder", lambda model: HandmadeCoder())
    monkeypatch.chdir(tmp_path)

    def run_once(*arguments: str) -> Answer:
        code = main(list(arguments))
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return run_once


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A folder with two reports, one of them French."""
    folder = tmp_path / "box"
    folder.mkdir()
    (folder / "a.txt").write_text(f"date 2023-02-24\n{TEXT}", encoding="utf-8")
    french = "Le ministre a rencontré son homologue à Paris. Ils ont parlé de commerce et de défense."
    (folder / "b.txt").write_text(french, encoding="utf-8")
    return folder
