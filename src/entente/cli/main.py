"""The command line: its commands, and how errors look."""

from __future__ import annotations

import os
import sys

from cyclopts import App, CycloptsError, Parameter

from entente import __version__
from entente.errors import EntenteError

__all__ = ["app", "main", "run"]

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

app = App(
    name="entente",
    help="Reads reports on relations between states and keeps a verifiable record of the relationship.",
    help_epilogue="Begin with: entente read REPORT.txt",
    version=__version__,
    help_format="plaintext",
    default_parameter=Parameter(negative=()),
)

# Named by import path, so that a command loads only what it needs.
_COMMANDS = {
    "read": ("inputs:read", "Read reports and print their records. Stores nothing."),
    "add": ("inputs:add", "Add reports to the record. Safe to repeat; picks up where it stopped."),
    "relation": ("outputs:relation", "How the relationship of two countries stands and moves."),
    "events": ("outputs:events", "List events, the latest first."),
    "people": ("outputs:people", "List who holds which office, and since when reports say so."),
    "show": ("outputs:show", "Show an event in the sentence that tells it."),
    "status": ("outputs:status", "Say what the record holds."),
    "failures": ("outputs:failures", "List inputs that could not be taken in, and why."),
    "actor": ("lookups:actor", "Say whom a phrase means: its country and sectors, and why."),
    "schema": ("lookups:schema", "Print the JSON Schema of a report's record."),
    "evaluate": ("evaluate:app", "Score the coder on texts with known answers."),
}
for _name, (_path, _help) in _COMMANDS.items():
    app.command(f"entente.cli.{_path}", name=_name, help=_help)


def run() -> None:
    """Run the command line and leave with 0 (done), 1 (something failed and is named) or 2 (wrong usage)."""
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


def _complain(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code


def _drop_output() -> None:
    """Keep Python from complaining, when it ends, that nobody listens."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    run()
