"""The command line as a process: start-up, pipes, exit codes."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from entente import __version__
from entente.cli.main import main
from entente.ingest import add
from entente.store import Store
from entente.views.schema import record_schema
from tests.handmade import HandmadeCoder, incoming

ENTENTE = [str(Path(sys.executable).with_name("entente"))]
ROOT = Path(__file__).parents[2]
HEAVY = ("onnxruntime", "numpy", "pyarrow", "tokenizers", "scipy", "pandas")


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "entente.duckdb"
    add((incoming(number) for number in range(100)), HandmadeCoder(), Store(path))
    return path


def call(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*ENTENTE, *arguments], capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload,no-any-return]


def test_version_and_help_end_with_0() -> None:
    version = call("--version")
    assert (version.returncode, version.stdout.strip()) == (0, __version__)
    shown = call("--help")
    assert shown.returncode == 0
    for name in (
        "read",
        "add",
        "relation",
        "events",
        "people",
        "show",
        "status",
        "failures",
        "source",
        "update",
        "new",
        "watch",
        "actor",
        "schema",
        "evaluate",
    ):
        assert name in shown.stdout


@pytest.mark.parametrize(
    "command",
    [
        "read",
        "add",
        "relation",
        "events",
        "people",
        "show",
        "status",
        "failures",
        "update",
        "new",
        "watch",
        "actor",
        "schema",
    ],
)
def test_the_help_of_every_command_ends_with_an_example(command: str) -> None:
    shown = call(command, "--help")
    assert shown.returncode == 0
    assert shown.stdout.rstrip().splitlines()[-1].startswith(f"Example: entente {command}")


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("events",),
        ("events", "--jsonl"),
        ("people",),
        ("failures",),
        ("relation", "USA", "PAK"),
        ("show", "zz"),
    ],
)
def test_commands_that_need_no_model_load_nothing_heavy(arguments: tuple[str, ...], db: Path) -> None:
    script = f"import sys; from entente.cli.main import main; main({[*arguments, '--db', str(db)]!r}); " + (
        f"sys.stderr.write(repr([name for name in {HEAVY!r} if name in sys.modules]))"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stderr.endswith("[]")


def test_commands_that_need_no_model_start_almost_as_fast_as_their_libraries(tmp_path: Path) -> None:
    db = tmp_path / "small.duckdb"
    add((incoming(number) for number in range(3)), HandmadeCoder(), Store(db))
    libraries = [sys.executable, "-c", "import duckdb, cyclopts, rich"]
    commands = [["status"], ["failures"], ["people"], ["events", "--type", "CONSULT"], ["relation", "USA", "PAK"]]
    ratios: dict[str, list[float]] = {command[0]: [] for command in commands}

    def seconds(command: list[str]) -> float:
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begun

    for _ in range(11):  # each beside the libraries at that moment, so that whatever else runs here slows both alike
        for command in commands:
            baseline = seconds(libraries)
            ratios[command[0]].append(seconds([*ENTENTE, *command, "--db", str(db)]) / baseline)
    medians = {name: round(statistics.median(found), 2) for name, found in ratios.items()}
    slow = {name: ratio for name, ratio in medians.items() if ratio > 1.5}
    assert not slow, f"these take more than 1.5 times as long: {slow}"


def test_a_reader_that_has_seen_enough_ends_the_output_quietly(db: Path) -> None:
    command = " ".join([*ENTENTE, "events", "--jsonl", "--db", str(db)])
    ended = subprocess.run(["bash", "-c", f"{command} | head -n 1"], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert len(ended.stdout.splitlines()) == 1


def test_a_pipe_gets_lines_of_any_length_whatever_the_terminal_is_said_to_be(db: Path) -> None:
    narrow = {**os.environ, "COLUMNS": "40", "TERM": "xterm-256color", "FORCE_COLOR": "1"}
    shown = call("events", "--db", str(db), env=narrow)
    assert len(shown.stdout.splitlines()) == 201
    assert "\x1b" not in shown.stdout
    assert "Defence Minister Khawaja Muhammad Asif met US Ambassador Donald Blome in Islamabad" in shown.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ('status --db "$DB" >&-', 0, ""),
        ("read - <&-", 1, "nothing came in"),
        ("status --db nowhere.duckdb 2>&-", 1, ""),
    ],
)
def test_a_closed_stream_is_no_fault(words: str, code: int, said: str, db: Path) -> None:
    environment = os.environ | {"DB": str(db)}
    ended = subprocess.run(
        ["bash", "-c", f"exec '{ENTENTE[0]}' {words}"], capture_output=True, text=True, check=False, env=environment
    )
    assert ended.returncode == code
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("starts", [1.5, 2.0, 2.5, 3.0, 5.0])
def test_ctrl_c_stops_at_any_moment_without_a_traceback(starts: float, tmp_path: Path) -> None:
    began = time.monotonic()
    call("--version")
    seconds = starts * (time.monotonic() - began)  # how long a start takes here and now
    reader, writer = os.pipe()
    with subprocess.Popen(
        [*ENTENTE, "read", "-"],
        stdin=reader,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        # A test run started in the background inherits an ignored SIGINT, and would pass it on.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        try:
            _, said = process.communicate(timeout=30)
        finally:
            process.kill()
    os.close(reader)
    os.close(writer)
    assert process.returncode == 130
    assert said == "entente: stopped. What was added stays; run the same command again to go on.\n"


def test_a_fault_of_entente_is_told_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down() -> str:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr("entente.views.schema.record_schema", break_down)
    assert main(["schema"]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"entente: a fault of entente (ZeroDivisionError: by nought) in {__file__}:")
    assert "Please report it" in said


def test_output_is_utf_8_whatever_the_locale_says(db: Path) -> None:
    plain = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ended = subprocess.run(
        [*ENTENTE, "relation", "USA", "PAK", "--db", str(db)], capture_output=True, check=False, env=plain
    )
    assert ended.returncode == 0
    assert "USA → PAK" in ended.stdout.decode("utf-8")


def test_a_real_report_read_by_the_shipped_model_gives_a_valid_record_of_exact_words() -> None:
    ended = call("read", "--json", str(ROOT / "examples" / "us-pakistan-2023-02-24.txt"))
    assert (ended.returncode, ended.stderr) == (0, "")
    record = json.loads(ended.stdout)
    jsonschema.validate(record, json.loads(record_schema()))
    assert record["events"]
    for event in record["events"]:
        for words in (event["evidence"], event["trigger"]):
            assert record["report"]["text"][words["start"] : words["end"]] == words["text"]
