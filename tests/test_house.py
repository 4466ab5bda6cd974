"""The house rules that no other tool checks: sizes, import order, names of folders and migrations, clean data."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "entente"
MODULES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted(path for room in ("training", "evaluation", "benchmarks") for path in (ROOT / room).rglob("*.py"))
MOST_LINES = 450
DUMPING_GROUNDS = {"utils", "util", "helpers", "common", "misc", "core", "base", "tools", "lib"}


def tracked_files():
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listing.stdout.splitlines()]


@pytest.mark.parametrize("path", MODULES + SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_is_short_enough_to_be_read(path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MOST_LINES, f"{lines} lines: split it by meaning"


def test_import_order_is_kept():
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_room_has_its_place_in_the_import_order():
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    rooms |= {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    missing = sorted(room for room in rooms if f'"entente.{room}"' not in contract)
    assert not missing, f"not in the import contract of pyproject.toml: {missing}"


def test_migrations_are_numbered_one_after_the_other():
    numbers = [int(path.name.split("_")[0]) for path in sorted((PACKAGE / "store" / "migrations").glob("*.sql"))]
    assert numbers
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_folder_or_module_is_a_dumping_ground():
    inside = [path.relative_to(PACKAGE) for path in MODULES]
    found = sorted(
        str(path) for path in inside if DUMPING_GROUNDS & {part.removesuffix(".py").lower() for part in path.parts}
    )
    assert not found


def test_package_files_only_re_export():
    pattern = re.compile(r"^\s*(?:def|class|for|while|if)\b", re.MULTILINE)
    busy = [str(path) for path in PACKAGE.rglob("__init__.py") if pattern.search(path.read_text(encoding="utf-8"))]
    assert not busy, f"move what they do into a module: {busy}"


def test_the_package_never_imports_what_only_training_may():
    forbidden = re.compile(r"^\s*(?:import|from)\s+(?:torch|transformers|onnx|spacy)\b", re.MULTILINE)
    assert not [str(path) for path in MODULES if forbidden.search(path.read_text(encoding="utf-8"))]


def test_only_the_command_line_and_the_terminal_print():
    printing = re.compile(r"^\s*print\(", re.MULTILINE)
    allowed = {PACKAGE / "views" / "terminal.py"}
    found = [
        str(path.relative_to(PACKAGE))
        for path in MODULES
        if path not in allowed and path.parent != PACKAGE / "cli" and printing.search(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_nothing_kept_is_a_pickle_or_too_big_for_a_host():
    for path in tracked_files():
        assert path.suffix not in {".pkl", ".pickle", ".joblib"}, path
        assert not path.exists() or path.stat().st_size < 95_000_000, path


def test_todo_names_its_issue():
    loose = re.compile(r"\b(?:TODO|FIXME|XXX)\b(?!.*#\d)")
    found = [str(path) for path in MODULES + SCRIPTS if loose.search(path.read_text(encoding="utf-8"))]
    assert not found


def test_every_make_target_is_listed_by_help():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split())
    explained = set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
    assert named == explained
