"""The command line's way in: exit codes, and how errors look."""

from __future__ import annotations

import gc
import io
import os
import sys

from entente.cli import interrupts

__all__ = ["main", "run"]

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
STOPPED = "entente: stopped. What was added stays; run the same command again to go on."


def run() -> None:
    """Run the command line and leave with 0 (done), 1 (something failed and is named) or 2 (wrong usage)."""
    gc.set_threshold(200_000, 10, 10)  # a command makes many objects and ends: looking for cycles would cost it 8 ms
    _open_closed_streams()
    _speak_utf8()
    interrupts.listen()
    try:
        code = main(sys.argv[1:])
    except KeyboardInterrupt:  # before or after the command itself
        code = _complain(STOPPED, INTERRUPTED)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    except OSError as error:
        code = _complain(f"standard output: {error.strerror or error}.", FAILED)
        _drop_output()
    sys.stderr.flush()
    os._exit(code)  # everything is written and closed; taking the interpreter apart would cost another 15 ms


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code; errors are named on standard error, without a traceback."""
    from cyclopts import CycloptsError

    from entente.cli.commands import app
    from entente.errors import EntenteError

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
    except OSError as error:
        return _complain(f"{error.filename or 'entente'}: {error.strerror or error}.", FAILED)
    except KeyboardInterrupt:
        return _complain(STOPPED, INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the last door: whatever comes here is a fault of ours
        if interrupts.was_interrupted():  # libraries in C make other errors of an interrupt
            return _complain(STOPPED, INTERRUPTED)
        return _complain(_fault_words(error), FAILED)
    return answer if isinstance(answer, int) else DONE


def _fault_words(error: Exception) -> str:
    """What to report of an error that nobody foresaw, and where in the code it came up."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    kind = type(error).__name__
    return f"entente: a fault of entente ({kind}: {error}){place}. Please report it with this text and the command."


def _open_closed_streams() -> None:
    """Let a standard stream that was closed lead nowhere, lest a file take its number and its output."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open until the end


def _speak_utf8() -> None:
    """Print UTF-8 into files and pipes, whatever the locale is; a terminal keeps its own encoding."""
    for out in (sys.stdout, sys.stderr):
        if isinstance(out, io.TextIOWrapper):
            out.reconfigure(encoding=None if out.isatty() else "utf-8", errors="backslashreplace")


def _complain(message: str, code: int) -> int:
    from entente.views.paper import harmless

    print(harmless(message), file=sys.stderr)
    return code


def _drop_output() -> None:
    """Keep Python from complaining, when it ends, that nobody listens."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    run()
