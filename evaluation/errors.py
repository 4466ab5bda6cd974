"""Where events are lost: ``python -m evaluation.errors`` sorts the errors on the development reports by stage.

For each annotated event that no event of the record matches (type and countries), the first stage that lost it; for each
event of the record that matches none, that it is too many. The development reports are no test: they are read to find what
to mend. With ``--lines`` every error is printed with its words.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.data import SPLIT

from entente.coders.builtin import BuiltinCoder, load
from entente.evaluation.documents import AnnotatedEvent, Document, document_of
from entente.evaluation.matching import overlap, pair_events
from entente.evaluation.record import as_document
from entente.events.detect import Draft, find_drafts
from entente.records import Coding, Event, Incoming, Prepared, Span
from entente.reports.prepare import prepare
from entente.tagger.reading import read_sentences
from entente.tagger.units import units_of
from evaluation.report import table, write_section

SHARED = Path(__file__).parent.parent.parent / "shared"
STAGES = {
    "not seen": "the first look finds no act there",
    "taken for none": "the second look finds that it is no act, or not surely enough",
    "left out": "no party is known, or the calibrated probability is too low",
    "other type": "an act is found there, of another type",
    "party not marked": "words of a party are not marked",
    "party too many": "words are marked that are no party of this act",
    "party resolved wrongly": "the right words are marked, their country is wrong or unknown",
    "party without words": "the sentence implies the party",
    "too many": "no reader has this event",
}
Error = tuple[str, bool, str]


def main() -> None:
    """Sort, print, write the section."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--model", default="small")
    parser.add_argument("--lines", action="store_true", help="print every error")
    options = parser.parse_args()
    coder = load(options.model)
    errors: list[Error] = []
    gold = 0
    for name in json.loads(SPLIT.read_text(encoding="utf-8"))["dev"]:
        path = options.shared / f"data/annotations/gold/{name}.gold.json"
        text = (options.shared / f"data/annotations/texts/{name}.txt").read_text(encoding="utf-8")
        raw = json.loads(path.read_text(encoding="utf-8"))
        document = document_of(name, raw, text)
        gold += len(document.events)
        errors += errors_of(coder, name, text, raw, document)
    if options.lines:
        for stage, clear, words in errors:
            print(f"{stage:24} {'clear   ' if clear else 'arguable'} {words}")
    counts = Counter((stage, clear) for stage, clear, _ in errors)
    rows = [
        [stage, STAGES[stage], str(counts[stage, True]), str(counts[stage, False]) if stage != "too many" else ""]
        for stage in STAGES
    ]
    markdown = "\n".join(
        [
            f"`python -m evaluation.errors` on the development reports ({gold} annotated events): the first stage at which an",
            "event was lost, whose type and countries no event of the record has.",
            "",
            table(["stage", "what happened", "clear", "arguable"], rows),
        ]
    )
    write_section("Where events are lost", markdown)
    print(markdown)


def errors_of(coder: BuiltinCoder, name: str, text: str, raw: dict[str, Any], document: Document) -> Iterator[Error]:
    """The errors of a report: stage, whether the event is clear, the words."""
    prepared = prepare(Incoming(text=text, origin=name, source_id=name, published=raw.get("published")))
    coding = coder.code(prepared)
    drafts, least = _drafts(coder, prepared), coder.tagger.manifest.thresholds.get("draft", 0.5)
    found = as_document(name, coding).events
    pairs = pair_events(document.events, found, "countries")
    matched, used = {i for i, _ in pairs}, {j for _, j in pairs}
    same_type = dict(pair_events(document.events, found, "type"))
    for i, (event, source) in enumerate(zip(document.events, raw["events"], strict=True)):
        if i not in matched:
            stage = _stage(source, event, coding, drafts, same_type.get(i), least)
            yield stage, event.clear, f"{event.readings[0].event} {event.words[:110]!r}"
    for j, event in enumerate(found):
        if j not in used and j not in same_type.values():
            yield "too many", True, f"{event.readings[0].event} {event.words[:110]!r}"


def _drafts(coder: BuiltinCoder, prepared: Prepared) -> list[Draft]:
    text = prepared.report.text
    return find_drafts(coder.tagger, read_sentences(coder.tagger, text, units_of(text, prepared.sentences)))


def _stage(
    source: dict[str, Any],
    event: AnnotatedEvent,
    coding: Coding,
    drafts: list[Draft],
    same_type: int | None,
    least: float,
) -> str:
    trigger = source.get("trigger") or source
    at = Span(trigger["start"], trigger["end"])
    if same_type is not None:
        return _party_stage(source, coding.events[same_type])
    told = [e for e in coding.events if e.trigger.start < at.end and e.trigger.end > at.start]
    near = [e for e in coding.events if overlap(Span(e.evidence.start, e.evidence.end), event.span) > 0.5]
    if told or any(e.event in {r.event for r in event.readings} for e in near):
        return "other type"
    seen = [d for d in drafts if d.trigger.start < at.end and d.trigger.end > at.start]
    if not seen:
        return "not seen"
    return "taken for none" if all(d.probability < least for d in seen) else "left out"


def _party_stage(source: dict[str, Any], event: Event) -> str:
    """What is wrong with the parties of an event of the right type, the annotated ones in order."""
    codes = {p.country for p in (*event.actor, *event.recipient)}
    for side, parties in (("actor", event.actor), ("recipient", event.recipient)):
        for wanted in source.get(side) or []:
            if wanted.get("start") is None:
                if wanted.get("code") not in codes:
                    return "party without words"
                continue
            beside = [
                p
                for p in parties
                if p.start is not None and p.end is not None and p.start < wanted["end"] and p.end > wanted["start"]
            ]
            if not beside:
                return "party not marked"
            if not any(p.country == wanted.get("code") for p in beside):
                return "party resolved wrongly"
    return "party too many"


if __name__ == "__main__":
    main()
