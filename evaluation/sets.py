"""The test sets: each scores a coder and says what it measured."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from entente.coders.protocol import Coder, PairCoder
from entente.evaluation import actors, gsr, petrarch, plv, record
from entente.evaluation.agreement import Measure, agreement
from entente.evaluation.baselines import MostFrequent
from entente.evaluation.coding import Text, code_texts
from entente.evaluation.documents import Document, read_folder
from entente.evaluation.scores import ClassScores, ShareScore, share_right
from evaluation.challenge import score as challenge
from evaluation.gate import fingerprint

__all__ = [
    "Figure",
    "System",
    "most_frequent_root",
    "score_actors",
    "score_challenge",
    "score_field_cases",
    "score_gsr",
    "score_petrarch",
    "score_plv",
    "score_prose",
    "score_reports",
]

ROOT = Path(__file__).parent.parent
PROSE = Path(__file__).with_name("prose")


class System(Coder, PairCoder, Protocol):
    """A coder that does all that is scored."""


@dataclass(frozen=True)
class Figure:
    """One measured number: of which set, what, how many cases, and the fingerprint of its gold."""

    set: str
    measure: str
    value: float
    interval: tuple[float, float] | None
    n: int
    gold: str
    beside: str = ""
    gated: bool = True


def _share(name: str, measure: str, s: ShareScore, gold: str, beside: str = "", *, gated: bool = True) -> Figure:
    return Figure(name, measure, s.share, s.interval, s.n, gold, beside, gated)


def score_plv(system: System, path: Path) -> list[Figure]:
    """Score the published training rows of PLV: for coders that were not trained on them."""
    cases = plv.read_plv(path)
    scores = plv.score(cases, plv.predict(system, cases))
    if scores is None:
        raise ValueError(f"{path} names no classes")
    gold = fingerprint([path])
    parts: list[tuple[str, ClassScores]] = [("root", scores.root), ("quad", scores.penta), ("binary", scores.binary)]
    return [
        Figure("PLV", f"{n} macro-F1", s.macro_f1, s.macro_interval, s.n, gold, f"micro {s.micro_f1:.3f}")
        for n, s in parts
    ]


def most_frequent_root(path: Path) -> MostFrequent:
    """The baseline that always says PLV's largest class."""
    roots = [c.gold for c in plv.read_plv(path) if c.gold]
    return MostFrequent.of("CONCEDE" if r == "YIELD" else r for r in roots)


def score_gsr(system: System, path: Path) -> list[Figure]:
    """Score PLOVER's gold standard records."""
    cases = gsr.read_gsr(path)
    scores = gsr.score(cases, gsr.predict(system, cases))
    beside = f"{scores.events_per_record:.2f} events a record"
    gold = fingerprint([path])
    return [
        _share("Gold standard records", "type and countries", scores.right, gold, beside),
        _share("Gold standard records", "type", scores.type_right, gold, gated=False),
    ]


def score_petrarch(system: System, path: Path, name: str) -> list[Figure]:
    """Score one file of PETRARCH's test records."""
    cases = petrarch.read_petrarch(path)
    scores = petrarch.score(cases, petrarch.predict(system, cases))
    left_out = f"{scores.left_out} codings without a PLOVER type or party left out"
    beside = f"{scores.events_per_record:.2f} events a record, {left_out}"
    gold = fingerprint([path])
    figures = [_share(name, "codings", scores.right, gold, beside)]
    if scores.silent:
        figures.append(_share(name, "rightly no event", scores.silent, gold, gated=False))
    return figures


def score_reports(system: System, folder: Path, name: str) -> list[Figure]:
    """Score whole reports against careful readings."""
    gold = read_folder(folder)
    found = record.predict(system, gold, folder)
    theirs: dict[str, Document] = {n: record.as_document(n, c) for n, c in found.items()}
    mark = fingerprint(folder / f"{n}.gold.json" for n in gold)
    result = agreement(gold, theirs)
    figures = []
    for measure, m in result.measures.items():
        if isinstance(m, Measure) and m.f1 is not None and m.gold:
            beside = f"P {_figure(m.precision)} R {_figure(m.recall)}"
            figures.append(
                Figure(name, f"{measure} F1", m.f1, m.interval, m.gold, mark, beside, measure == "countries")
            )
    events = sum(len(c.events) for c in found.values()) / max(1, len(found))
    beside = f"gold {sum(len(d.events) for d in gold.values()) / len(gold):.1f}"
    figures.append(Figure(name, "events a report", events, None, len(gold), mark, beside, gated=False))
    return figures


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def score_actors(path: Path, *, by_name_alone: bool = False) -> list[Figure]:
    """Score the resolution of phrases to countries and sectors."""
    resolve = actors.by_name_alone if by_name_alone else actors.by_resolution
    scores = actors.score(actors.read_actors(path), resolve)
    gold = fingerprint([path])
    return [
        _share("NGEC's actors", part, s, gold) for part, s in (("country", scores.country), ("sector", scores.sector))
    ]


def score_field_cases(tool: Path, cases: Path, model: str) -> list[Figure]:
    """Run the field cases through the command line, as their own judge does."""
    command = [sys.executable, str(tool), str(cases), "--all", "--entente", str(_with_model(model))]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    verdicts = re.findall(r"^\S+ (right|core right|wrong):", run.stdout, re.M)
    gold = fingerprint([cases])
    core, full = [v != "wrong" for v in verdicts], [v == "right" for v in verdicts]
    return [
        _share("Field cases", "core", share_right(core), gold),
        _share("Field cases", "full", share_right(full), gold),
    ]


def _with_model(model: str) -> Path:
    """The command that the judge starts; for other weights than the default a line of shell."""
    command = Path(sys.executable).with_name("entente")
    if model == "small":
        return command
    script = ROOT / ".cache" / f"entente-{model}"
    script.parent.mkdir(exist_ok=True)
    script.write_text(f'#!/bin/sh\nexec "{command}" "$@" --model {model}\n', encoding="utf-8")
    script.chmod(0o755)
    return script


def score_challenge(system: System) -> list[Figure]:
    """Score the sentences of ``evaluation/challenge``."""
    gold = [challenge.HERE / f"{name}.jsonl" for name in ("status", "direction")]
    status = challenge.score_status(system, challenge.read_cases("status"))
    direction = challenge.score_direction(system, challenge.read_cases("direction"))
    mark = fingerprint(gold)
    name = "Challenge set"
    return [
        _share(name, "status: act found", status.found, mark, gated=False),
        _share(name, "status: right, of those found", status.right, mark),
        _share(name, "status: not happened, told as actual", status.wrong, mark, gated=False),
        _share(name, "direction: act found with its type", direction.found, mark, gated=False),
        _share(name, "direction: right, of those found", direction.right, mark),
        _share(name, "direction: actor and recipient swapped", direction.wrong, mark, gated=False),
    ]


def score_prose(system: System, folder: Path = PROSE) -> list[Figure]:
    """Count what is found in prose without political events, for each thousand words."""
    texts = [Text(p.stem, p.read_text(encoding="utf-8"), "2024-06-01") for p in sorted(folder.glob("*.txt"))]
    events = sum(len(coding.events) for coding in code_texts(system, texts))
    words = sum(len(t.text.split()) for t in texts)
    beside = f"{events} events in {words:,} words"
    mark = fingerprint(folder.glob("*.txt"))
    return [
        Figure(
            "Prose without political events",
            "events a thousand words",
            1000 * events / words,
            None,
            len(texts),
            mark,
            beside,
            gated=False,
        )
    ]
