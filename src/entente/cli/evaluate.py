"""Commands that score the coder on texts with known answers: evaluate plv, gsr, petrarch, record."""

from __future__ import annotations

import json as jsonlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from cyclopts import App, Parameter

from entente.cli.coding import Model, ModelChoice

if TYPE_CHECKING:
    from entente.coders.builtin import BuiltinCoder
    from entente.coders.dictionary import DictionaryCoder
    from entente.evaluation.agreement import Agreement
    from entente.evaluation.scores import ClassScores, ShareScore
    from entente.records import Coding

__all__ = ["app", "gsr", "petrarch", "plv", "record"]

app = App(name="evaluate", help="Score the coder on texts with known answers.")

File = Annotated[Path, Parameter(help="The file of test cases.")]
Predictions = Annotated[Path | None, Parameter(help="Write what was found to this file, one JSON object a line.")]
CoderChoice = Annotated[Literal["builtin", "dictionary"], Parameter(help="The coder, or the baseline it must beat.")]
Json = Annotated[bool, Parameter(name="--json", help="Print the scores as JSON.")]


@app.command(help_epilogue="Example: entente evaluate plv plv-test.tsv --predictions plv.jsonl")
def plv(
    file: File,
    /,
    *,
    predictions: Predictions = None,
    model: ModelChoice = "small",
    coder: CoderChoice = "builtin",
    json: Json = False,
) -> int:
    """Classify the act between two marked parties: the PLV benchmark.

    FILE is tab-separated and unquoted, with the columns sentence_id, sentence, marked_sentence, source and target;
    scores are printed where there is also a column gold.
    """
    from entente.evaluation.plv import predict, read_plv, score
    from entente.evaluation.tables import write_jsonl

    cases = read_plv(file)
    chosen = _coder(coder, model)
    found = predict(chosen, cases)
    if predictions:
        write_jsonl(predictions, [msgspec.to_builtins(p) for p in found])
    scores = score(cases, found)
    if json:
        _print_json(chosen, {"cases": len(cases), "scores": scores})
    elif scores is None:
        _say(f"{len(cases)} sentences classified; no column gold, so nothing to score.")
        if not predictions:
            _print_lines(msgspec.to_builtins(p) for p in found)
    else:
        rows = [_class_row("root (15)", scores.root), _class_row("quad (4)", scores.penta)]
        rows.append(_class_row("conflict or cooperation (2)", scores.binary))
        title = f"PLV, {scores.root.n} sentences, {chosen.name} {chosen.model}"
        _table(title, ["", "macro-F1", "95 %", "micro-F1", "95 %"], rows)
        _table("", ["root", "F1"], [[name, f"{f1:.3f}"] for name, f1 in scores.root.by_class.items()])
    return 0


@app.command(help_epilogue="Example: entente evaluate gsr gsr.jsonl")
def gsr(
    file: File,
    /,
    *,
    predictions: Predictions = None,
    model: ModelChoice = "small",
    coder: CoderChoice = "builtin",
    json: Json = False,
) -> int:
    """Score PLOVER's gold standard records.

    A record is right when some event has its type, all its countries and at most one other.
    """
    from entente.evaluation.gsr import predict, read_gsr, score

    cases = read_gsr(file)
    chosen = _coder(coder, model)
    codings = predict(chosen, cases)
    _write_events(predictions, [c.id for c in cases], codings)
    scores = score(cases, codings)
    if json:
        _print_json(chosen, {"cases": len(cases), "scores": scores})
        return 0
    rows = [_share_row("type and countries", scores.right), _share_row("type", scores.type_right)]
    rows += [_share_row(kind, share) for kind, share in scores.by_type.items()]
    _table(f"Gold standard records, {chosen.name} {chosen.model}", ["right", "n", "of", "share", "95 %"], rows)
    _say(f"{scores.events_per_record:.2f} events a record")
    return 0


@app.command(help_epilogue="Example: entente evaluate petrarch validation.jsonl")
def petrarch(
    file: File,
    /,
    *,
    predictions: Predictions = None,
    model: ModelChoice = "small",
    coder: CoderChoice = "builtin",
    json: Json = False,
) -> int:
    """Score the test records of PETRARCH.

    A coding is right when some event has its type and both its parties, and at most three in all.
    """
    from entente.evaluation.petrarch import predict, read_petrarch, score

    cases = read_petrarch(file)
    chosen = _coder(coder, model)
    codings = predict(chosen, cases)
    _write_events(predictions, [c.id for c in cases], codings)
    scores = score(cases, codings)
    if json:
        _print_json(chosen, {"cases": len(cases), "scores": scores})
        return 0
    rows = [_share_row("codings found", scores.right)]
    rows += [_share_row("rightly no event", scores.silent)] if scores.silent else []
    _table(f"PETRARCH's records, {chosen.name} {chosen.model}", ["right", "n", "of", "share", "95 %"], rows)
    _say(f"{scores.events_per_record:.2f} events a record; {scores.left_out} codings have no PLOVER type or no party")
    return 0


@app.command(help_epilogue="Example: entente evaluate record gold/")
def record(
    gold: Annotated[Path, Parameter(help="A folder of NAME.gold.json files with their texts.")],
    /,
    *,
    records: Annotated[Path | None, Parameter(help="Score the records of this folder instead of coding.")] = None,
    main_only: Annotated[Literal["A", "B", "both"] | None, Parameter(help="Ignore also_accept on this side.")] = None,
    all_events: Annotated[bool, Parameter(name="--all", help="Count arguable events like clear ones.")] = False,
    missing_as_empty: Annotated[bool, Parameter(help="A report without a record counts as coded empty.")] = False,
    details: Annotated[bool, Parameter(help="Print a line for each disagreement.")] = False,
    samples: Annotated[int, Parameter(help="How often reports are drawn for the intervals.")] = 5000,
    seed: Annotated[int, Parameter(help="Where the drawing begins.")] = 0,
    predictions: Predictions = None,
    model: ModelChoice = "small",
    coder: CoderChoice = "builtin",
    json: Json = False,
) -> int:
    """Score whole reports: events, parties, direction, people, commitments.

    The gold is A, the coder or the folder of records B.
    """
    from entente.evaluation.agreement import agreement
    from entente.evaluation.documents import read_folder
    from entente.evaluation.record import as_document, predict

    ours = read_folder(gold, main_only=main_only in ("A", "both"), all_clear=all_events)
    if records is not None:
        theirs = read_folder(records, main_only=main_only in ("B", "both"), all_clear=all_events)
    else:
        codings = predict(_coder(coder, model), ours, gold)
        theirs = {name: as_document(name, coding) for name, coding in codings.items()}
        _write_events(predictions, list(codings), list(codings.values()))
    result = agreement(
        ours, theirs, missing_as_empty=missing_as_empty, details=details, samples=samples, seed=seed
    )  # fmt: skip
    if result.alone:
        _say(f"{len(result.alone)} reports are on one side only and not compared: {', '.join(result.alone)}")
    if json:
        print(_json(result))
    else:
        _print_agreement(result)
    return 0


def _coder(coder: str, model: Model) -> BuiltinCoder | DictionaryCoder:
    if coder == "dictionary":
        from entente.coders.dictionary import DictionaryCoder

        return DictionaryCoder()
    from entente.coders.builtin import load

    return load(model)


def _write_events(path: Path | None, ids: Sequence[str], codings: Sequence[Coding]) -> None:
    """Write the events found in each text, where a file is asked for."""
    if path is not None:
        from entente.evaluation.tables import write_jsonl

        rows = zip(ids, codings, strict=True)
        write_jsonl(path, [{"id": i, "events": msgspec.to_builtins(c.events)} for i, c in rows])


def _json(value: object) -> str:
    return jsonlib.dumps(msgspec.to_builtins(value), indent=1, ensure_ascii=False)


def _print_json(coder: BuiltinCoder | DictionaryCoder, values: Mapping[str, object]) -> None:
    print(_json({"coder": coder.name, "model": coder.model, **values}))


def _print_lines(rows: Iterable[Mapping[str, object]]) -> None:
    for row in rows:
        print(jsonlib.dumps(row, ensure_ascii=False))


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def _interval(interval: tuple[float, float] | None) -> str:
    return f"{interval[0]:.3f}–{interval[1]:.3f}" if interval else ""


def _class_row(name: str, s: ClassScores) -> list[str]:
    macro, micro = f"{s.macro_f1:.3f}", f"{s.micro_f1:.3f}"
    return [name, macro, _interval(s.macro_interval), micro, _interval(s.micro_interval)]


def _share_row(name: str, s: ShareScore) -> list[str]:
    return [name, str(s.right), str(s.n), f"{s.share:.3f}", _interval(s.interval)]


def _table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from entente.views.paper import Column, marked, open_paper

    paper = open_paper(sys.stdout)
    if title:
        paper.line(marked((title, "bold")))
    paper.table([Column(name, right=at > 0) for at, name in enumerate(columns)], rows)


def _print_agreement(result: Agreement) -> None:
    from entente.evaluation.agreement import Measure

    labels = {"countries": "type and countries", "direction": "type, countries and direction"}
    labels["both clear"] = "type and countries, partner clear too"
    rows, shares = [], []
    for name, m in result.measures.items():
        if isinstance(m, Measure):
            figures = ["–" if x is None else f"{x:.3f}" for x in (m.precision, m.recall, m.f1)]
            found, right = f"{m.gold_hit}/{m.gold}", f"{m.other_hit}/{m.other}"
            rows.append([labels.get(name, name), *figures, _interval(m.interval), found, right])
        else:
            share = "–" if m.share is None else f"{m.share:.3f}"
            shares.append([f"same {name}", "", "", share, _interval(m.interval), f"{m.same}/{m.n}", ""])
    title = f"{len(result.documents)} reports; events A {result.events[0]}, B {result.events[1]}"
    _table(title, ["measure", "precision", "recall", "F1", "95 %", "A found", "B right"], rows + shares)
    for line in result.disagreements or ():
        print(line)
