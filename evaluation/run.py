"""Score the shipped weights and the baselines on what they never saw: ``python -m evaluation.run`` (``make evaluate``).

Writes its section of ``docs/evaluation.md`` and compares with ``evaluation/floors.json``: a lower score fails.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from entente.coders.dictionary import DictionaryCoder
from entente.errors import ModelError
from entente.evaluation.baselines import MostFrequent
from entente.evaluation.documents import read_folder
from evaluation.gate import FLOORS, Measured, check, raise_floors
from evaluation.pages import score as pages
from evaluation.report import table, write_section
from evaluation.sets import (
    Figure,
    System,
    most_frequent_root,
    score_actors,
    score_challenge,
    score_field_cases,
    score_gsr,
    score_petrarch,
    score_plv,
    score_prose,
    score_reports,
)
from evaluation.standoff import kept_back, kept_back_folder

SHARED = Path(__file__).parent.parent.parent / "shared"
Scores = dict[str, list[Figure]]


def main() -> int:
    """Score, write, compare."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "--shared", type=Path, default=SHARED, help="where the data, examples, field cases and tools are"
    )
    parser.add_argument("--systems", nargs="+", choices=["small", "base", "dictionary", "frequent"], default=None)
    parser.add_argument("--raise", dest="raise_floors", action="store_true", help="move floors up to what was measured")
    parser.add_argument("--allow-lower", metavar="REASON", help="let floors fall, and keep the reason")
    options = parser.parse_args()
    if not (options.shared / "data").is_dir():
        print(f"{options.shared}: there is no folder data in it. Name the right one with --shared.", file=sys.stderr)
        return 2
    scores = dict(score_systems(options.shared, options.systems))
    write_section("On what the weights never saw", as_markdown(scores))
    gated = [f for f in scores.get("small", []) if f.gated]
    measured = [Measured(f"{f.set}: {f.measure}", f.value, f.gold) for f in gated]
    print("scoring pages …", file=sys.stderr, flush=True)
    of_pages = pages.scores()
    write_section("Text and day of pages", pages.as_markdown(of_pages))
    measured += pages.measured(of_pages)
    wrong = check(measured)
    if options.raise_floors or options.allow_lower:
        for line in raise_floors(measured, allow_lower=options.allow_lower):
            print(line)
        wrong = check(measured)
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"docs/evaluation.md written; floors in {FLOORS.name}: {len(wrong)} problem(s)")
    return 1 if wrong else 0


def score_systems(shared: Path, chosen: list[str] | None) -> list[tuple[str, list[Figure]]]:
    """Score every system that is there on every set."""
    out = []
    for name in chosen or ["small", "base", "dictionary", "frequent"]:
        try:
            system = _load(name, shared)
        except ModelError as error:
            if chosen or name == "small":
                raise
            print(f"without {name}: {error}", file=sys.stderr)
            continue
        print(f"scoring {name} …", file=sys.stderr, flush=True)
        out.append((name, _score(name, system, shared)))
    return out


def _load(name: str, shared: Path) -> System:
    if name == "dictionary":
        return DictionaryCoder()
    if name == "frequent":
        kept = set(kept_back())
        gold = read_folder(shared / "data/annotations/gold")
        return MostFrequent.of(e.readings[0].event for n, d in gold.items() if n not in kept for e in d.events)
    from entente.coders.builtin import load

    return load(name)


def _score(name: str, system: System, shared: Path) -> list[Figure]:
    data = shared / "data"
    trained = name in ("small", "base")
    figures: list[Figure] = []
    steps: list[Callable[[], list[Figure]]] = [
        lambda: score_reports(system, shared / "examples", "The three examples"),
        lambda: _score_kept_back(system, data),
        lambda: score_gsr(system, data / "gsr/records.jsonl"),
        lambda: score_petrarch(system, data / "petrarch/validation.jsonl", "PETRARCH, validation"),
        lambda: score_petrarch(system, data / "petrarch/unit.jsonl", "PETRARCH, unit"),
        lambda: score_challenge(system),
        lambda: score_prose(system),
    ]
    if name == "small":
        steps.append(lambda: score_actors(data / "ngec/actors.jsonl"))
    if name == "dictionary":
        steps.append(lambda: score_actors(data / "ngec/actors.jsonl", by_name_alone=True))
    if trained:
        tool, cases = shared / "tools/field_cases.py", shared / "field-cases/cases.jsonl"
        steps.append(lambda: score_field_cases(tool, cases, name))
    elif name == "frequent":
        steps.append(lambda: score_plv(most_frequent_root(data / "plv/train.jsonl"), data / "plv/train.jsonl"))
    else:
        steps.append(lambda: score_plv(system, data / "plv/train.jsonl"))
    for step in steps:
        figures += step()
    return figures


def _score_kept_back(system: System, data: Path) -> list[Figure]:
    with kept_back_folder(data) as folder:
        return score_reports(system, folder, "Annotated reports kept back")


TITLES = {"small": "small", "base": "base", "dictionary": "dictionary", "frequent": "most frequent class"}


def as_markdown(scores: Scores) -> str:
    """Return the section of the document: a table of each set, systems side by side."""
    lines = [
        "`make evaluate` (`python -m evaluation.run`). Baselines: a dictionary of phrases (`--coder dictionary`) and",
        "the most frequent class, which codes each sentence with two countries as that class between the first two.",
        "For actors the dictionary column is the first country named, and GOV. PLV is cross-validated for the weights",
        "(`make crossval`); the dictionary learns nothing from it and is scored on all its training rows.",
    ]
    sets = list(dict.fromkeys(f.set for figures in scores.values() for f in figures))
    for name in sets:
        lines += ["", f"### {name}", "", _set_table(name, scores)]
    return "\n".join(lines)


def _set_table(name: str, scores: Scores) -> str:
    found = {s: {f.measure: f for f in figures if f.set == name} for s, figures in scores.items()}
    systems = [s for s, figures in found.items() if figures]
    sizes: Counter[str] = Counter()
    for figures in found.values():
        sizes |= Counter({m: f.n for m, f in figures.items()})
    rows = []
    for measure in dict.fromkeys(m for figures in found.values() for m in figures):
        cells = [_cell(found[s].get(measure)) for s in systems]
        rows.append([measure, str(sizes[measure]), *cells])
    return table(["", "n", *(TITLES[s] for s in systems)], rows)


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return ""
    interval = f" ({figure.interval[0]:.3f}–{figure.interval[1]:.3f})" if figure.interval else ""
    beside = f"; {figure.beside}" if figure.beside else ""
    return f"{figure.value:.3f}{interval}{beside}"


if __name__ == "__main__":
    sys.exit(main())
