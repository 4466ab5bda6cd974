"""The command line: its commands, and how errors look."""

from __future__ import annotations

import io
import os
import sys

from cyclopts import App, CycloptsError, Parameter

from entente import __version__
from entente.errors import EntenteError

__all__ = ["COMMANDS", "app", "main", "run"]

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

app = App(
    name="entente",
    help="Reads reports on relations between states and keeps a verifiable record of the relationship.",
    help_epilogue="Begin with: entente read REPORT.txt",
    version=__version__,
    help_format="markdown",
    default_parameter=Parameter(negative=(), show_default=lambda value: value or None),
)

# Each command's import path, so that it loads only what it needs; what it does; and an example that ends its help.
COMMANDS = {
    "read": (
        "inputs:read",
        "Read reports and print their records. Stores nothing.\n\nWith --json one report is one object and several are a "
        "list; with --jsonl each input is a line, in order, also one that failed or is not English: its lists are empty "
        "and its warnings say why.",
        "entente read examples/us-pakistan-2023-02-24.txt",
    ),
    "add": (
        "inputs:add",
        "Add reports to the record. Safe to repeat; picks up where it stopped.\n\nThe same report is added once, from "
        "wherever it comes. A new text under the same address is a new version: both are kept, the older no longer counts.",
        "entente add examples --db demo.duckdb",
    ),
    "relation": (
        "outputs:relation",
        "Say how the relationship of two countries stands and moves.",
        "entente relation USA Pakistan --since 2023-01",
    ),
    "events": (
        "outputs:events",
        "List events, the latest first.",
        "entente events --type CONSULT --actor Pakistan --since 2023",
    ),
    "people": (
        "outputs:people",
        "List who holds which office, and between which days reports say so.",
        "entente people --country Pakistan",
    ),
    "show": ("outputs:show", "Show an event in the sentence that tells it.", "entente show 3f2a9c01d4"),
    "status": ("outputs:status", "Say what the record holds.", "entente status --json"),
    "failures": (
        "outputs:failures",
        "List inputs that could not be taken in, and why.\n\nAdding one again with success clears it.",
        "entente failures",
    ),
    "actor": (
        "lookups:actor",
        "Say whom a phrase means: its country and sectors, and why.",
        'entente actor "Pakistan\'s Defence Minister" --on 2023-02-24',
    ),
    "schema": ("lookups:schema", "Print the JSON Schema of a report's record.", "entente schema"),
}
for _name, (_path, _help, _example) in COMMANDS.items():
    app.command(f"entente.cli.{_path}", name=_name, help=_help, help_epilogue=f"Example: {_example}")
app.command("entente.cli.evaluate:app", name="evaluate", help="Score the coder on texts with known answers.")


def run() -> None:
    """Run the command line and leave with 0 (done), 1 (something failed and is named) or 2 (wrong usage)."""
    _speak_utf8()
    code = main(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    sys.stderr.flush()
    os._exit(code)  # everything is written and closed; taking the interpreter apart would cost another 15 ms


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code; errors are named on standard error, without a traceback."""
    try:
        answer = app(arguments, result_action="return_value", exit_on_error=False, print_error=False)
    except CycloptsError as error:
        return _complain(f"entente: {error} See `entente --help`.", WRONG_USAGE)
    except EntenteError as error:
        from entente.cli.options import UsageError

        return _complain(str(error), WRONG_USAGE if isinstance(error, UsageError) else FAILED)
    except BrokenPipeError:  # the reader of our output has seen enough
        _drop_output()
        return DONE
    except KeyboardInterrupt:
        return _complain("entente: stopped. What was added stays; run the same command again to go on.", INTERRUPTED)
    return answer if isinstance(answer, int) else DONE


def _speak_utf8() -> None:
    """Print UTF-8 into files and pipes, whatever the locale is; a terminal keeps its own encoding."""
    for out in (sys.stdout, sys.stderr):
        if isinstance(out, io.TextIOWrapper):
            out.reconfigure(encoding=None if out.isatty() else "utf-8", errors="backslashreplace")


def _complain(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code


def _drop_output() -> None:
    """Keep Python from complaining, when it ends, that nobody listens."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    run()
