"""Everything the network learns from, as samples with character offsets.

Reads ``../shared/data`` (or another folder in the same layout) and ``training/written``. The gold standard records, the
PETRARCH suites, the peer's actor phrases, the examples and the field cases are never opened here.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from entente.reports.normalise import normalise_text
from entente.reports.prose import read_layout
from entente.reports.sentences import split_block
from entente.tagger.units import units_of
from training import labels
from training.samples import Ask, Labelled, Sample, Span, Text

HERE = Path(__file__).parent
SPLIT = HERE / "split.json"


@dataclass
class Frame:
    """An annotated event inside its sentence."""

    trigger: Span
    type: dict[str, float]
    roles: list[Labelled]
    status: str
    modes: list[str]
    contexts: list[str]
    clear: bool


@dataclass
class Line:
    """An annotated sentence: the source of token samples, frame samples and negative frames."""

    doc: str
    text: str
    triggers: list[Labelled] = field(default_factory=list)
    attribution: list[Labelled] | None = None
    frames: list[Frame] = field(default_factory=list)


# ---- annotated reports ------------------------------------------------------------------------------------------


def sentences_of(doc: str, text: str) -> list[Span]:
    """Sentence spans of a report as the coder will see them; a text is taken as it is, also where it is damaged."""
    assert normalise_text(text) == text, f"{doc}: text is not normalised"
    sentences = [sentence for block in read_layout(text).blocks for sentence in split_block(text, block)]
    return [(s.start, s.end) for s in units_of(text, tuple(sentences))]


def locate(text: str, quote: str, inside: Span | None = None) -> Span | None:
    """The best place of a quote: inside a span if given, else the last before it, else the first; whole words first."""
    starts = [m.start() for m in re.finditer(re.escape(quote), text)] if quote else []

    def whole(start: int) -> bool:
        end = start + len(quote)
        left = start and text[start - 1].isalnum() and text[start].isalnum()
        right = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
        return not (left or right)

    starts = [s for s in starts if whole(s)] or starts
    if not starts:
        return None
    if inside:
        within = [s for s in starts if inside[0] <= s and s + len(quote) <= inside[1]]
        before = [s for s in starts if s < inside[0]]
        start = within[0] if within else before[-1] if before else starts[0]
    else:
        start = starts[0]
    return start, start + len(quote)


def with_offsets(text: str, draft: dict[str, Any]) -> dict[str, Any]:
    """An annotation whose quotes carry offsets, from one that has quotes only (the drafts of ``training/written``)."""

    def place(item: Any, inside: Span) -> Any:
        item = {"text": item} if isinstance(item, str) else dict(item or {})
        at = locate(text, item.get("text") or "", inside)
        return item | ({"start": at[0], "end": at[1]} if at else {})

    out: dict[str, Any] = {"events": [], "statements": [], "people": draft.get("people", [])}
    for source in draft.get("events", []):
        at = locate(text, source["evidence"])
        if at is None:
            continue
        event = dict(source) | {"start": at[0], "end": at[1]}
        for side in ("actor", "recipient"):
            event[side] = [place(p, at) if isinstance(p, dict) else {"code": p} for p in source.get(side) or []]
        for key in ("trigger", "place", "date", "speaker"):
            if source.get(key):
                event[key] = place(source[key], at)
        out["events"].append(event)
    for source in draft.get("statements", []):
        at = locate(text, source.get("evidence") or "")
        if at is None:
            continue
        statement = dict(source) | {"start": at[0], "end": at[1]}
        for key in ("speaker", "cue", "content"):
            if source.get(key):
                statement[key] = place(source[key], at)
        out["statements"].append(statement)
    return out


def _clip(item: Any, sentence: Span) -> Span | None:
    """Offsets of an item relative to the sentence that holds it whole."""
    if not isinstance(item, dict) or item.get("start") is None:
        return None
    start, end = item["start"], item["end"]
    return (start - sentence[0], end - sentence[0]) if sentence[0] <= start < end <= sentence[1] else None


def _frame(event: dict[str, Any], sentence: Span) -> Frame | None:
    trigger = _clip(event.get("trigger"), sentence)
    if trigger is None:
        return None
    kind = event["type"]
    others = sorted({a["type"] for a in event.get("also_accept") or [] if a.get("type", kind) != kind})
    types = {kind: 1.0 if not others else 0.75} | {t: 0.25 / len(others) for t in others}
    roles: list[Labelled] = []
    for role in ("actor", "recipient"):
        roles += [(*at, role) for p in event.get(role) or [] if (at := _clip(p, sentence))]
    roles += [(*at, role) for role in ("place", "date", "speaker") if (at := _clip(event.get(role), sentence))]
    status = event.get("status", "actual")
    clear = event.get("certainty", "clear") == "clear"
    modes = [f"{kind}:{mode}" for mode in event.get("mode") or []]
    return Frame(trigger, types, roles, status, modes, event.get("contexts") or [], clear)


def _merge(frames: list[Frame]) -> list[Frame]:
    """One frame for each trigger: two tellings by the same word share it, the clear one first."""
    by_trigger: dict[Span, Frame] = {}
    for frame in sorted(frames, key=lambda f: not f.clear):
        kept = by_trigger.setdefault(frame.trigger, frame)
        if kept is frame:
            continue
        taken = {(s, e) for s, e, _ in kept.roles}
        kept.roles += [r for r in frame.roles if (r[0], r[1]) not in taken]
        kinds = sorted(kept.type.keys() | frame.type.keys())
        kept.type = {k: (2 * kept.type.get(k, 0.0) + frame.type.get(k, 0.0)) / 3 for k in kinds}
    return list(by_trigger.values())


def lines_of(doc: str, text: str, gold: dict[str, Any], published: str | None) -> list[Line]:
    """The sentences of an annotated report with their events and statements."""
    lines = []
    for start, end in sentences_of(doc, text):
        line = Line(doc, text[start:end], attribution=[])
        frames = [f for e in gold["events"] if (f := _frame(e, (start, end)))]
        line.frames = _merge(frames)
        line.triggers = [(*f.trigger, max(f.type, key=lambda k: f.type[k])) for f in line.frames]
        for statement in gold.get("statements", []):
            for key, part in (("speaker", "source"), ("cue", "cue"), ("content", "content")):
                if at := _clip(statement.get(key), (start, end)):
                    line.attribution.append((*at, part))  # type: ignore[union-attr]
        lines.append(line)
    return lines


def annotated(data: Path) -> list[Line]:
    """Sentences of the annotated reports in ``annotations/gold``."""
    out = []
    for path in sorted((data / "annotations/gold").glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (data / f"annotations/texts/{name}.txt").read_text(encoding="utf-8")
        out += lines_of(name, text, gold, gold.get("published"))
    return out


def written(folder: Path = HERE / "written") -> list[Line]:
    """Sentences of the reports written for this project."""
    out = []
    for path in sorted(folder.glob("*.jsonl")):
        for row in path.read_text(encoding="utf-8").splitlines():
            draft = json.loads(row)
            out += lines_of(draft["id"], draft["text"], with_offsets(draft["text"], draft), draft.get("published"))
    return out


def standoff(data: Path, folder: Path = HERE / "standoff") -> list[Line]:
    """Sentences of further reports of ``../shared/data``, annotated here as offsets without their texts."""
    out = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = gold_text(data, gold["source"])
        out += lines_of(path.stem, text, gold, gold.get("published"))
    return out


def gold_text(data: Path, source: dict[str, str]) -> str:
    """The text that a stand-off annotation speaks of, checked by its hash."""
    import hashlib

    with gzip.open(data / source["file"], "rt", encoding="utf-8") as rows:
        found = [r["text"] for r in map(json.loads, rows) if source["id"] in (r["id"], r.get("doc"))]
    # An article stored sentence by sentence was annotated as its first sentences joined, cut at a full stop.
    text = " ".join(found[: int(source.get("sentences", 1))])[: int(source.get("length", 10**9))]
    if source.get("stop"):  # a full stop was put where the cut took none along
        text = text[: int(source["length"]) - 1] + "."
    if hashlib.sha256(text.encode()).hexdigest() != source["sha256"]:
        raise ValueError(f"{source['id']}: not in {source['file']}, or the text has changed since it was annotated")
    return text


def quoted(value: Any, text: str) -> Any:
    """The value with the words of each span beside its offsets, as ``evidence`` where it is a record of its own."""
    if isinstance(value, list):
        return [quoted(one, text) for one in value]
    if not isinstance(value, Mapping):
        return value
    found = {key: quoted(one, text) for key, one in value.items()}
    if "start" in value and "end" in value:
        is_record = bool(value.keys() & {"type", "kind", "mention", "office"})
        found["evidence" if is_record else "text"] = text[value["start"] : value["end"]]
    return found


# ---- other sets -------------------------------------------------------------------------------------------------


def plv(data: Path) -> list[dict[str, Any]]:
    """Rows of PLV's training half with character spans of source and target."""
    out = []
    for row in map(json.loads, (data / "plv/train.jsonl").read_text(encoding="utf-8").splitlines()):
        text, spans = row["marked"], {}
        for name, tag in (("source", "s"), ("target", "t")):
            found = re.search(rf"<{tag}>(.*?)</{tag}>", text, re.S)
            inner = re.sub(r"</?[st]>", "", found.group(1)) if found else row[name]
            before = re.sub(r"</?[st]>", "", text[: found.start()]) if found else ""
            spans[name] = (len(before), len(before) + len(inner))
        out.append({"id": row["id"], "text": re.sub(r"</?[st]>", "", text), "root": row["root"], **spans})
    return out


def plv_sample(row: dict[str, Any]) -> Sample:
    """A PLV row as a frame without trigger; YIELD leaves CONCEDE or RETREAT open."""
    kinds = [t for t in labels.TYPES if labels.PLV_ROOT[t] == row["root"]]
    marks = (("source", *row["source"]), ("target", *row["target"]))
    return Sample((Text(row["text"]),), (Ask(marks=marks, type=dict.fromkeys(kinds, 1.0)),))


_ENTITY = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "place",
    "MISC": "other",
    "Person": "person",
    "Nationality": "other",
    "Organisation": "organisation",
    "Location": "place",
    "MilitaryPlatform": "other",
    "Weapon": "other",
}


def entities(data: Path) -> list[Sample]:
    """Names in Wikipedia prose (wikigold) and in government prose (re3d, less non-commercial and kept-back texts)."""
    out = []
    kept_back = kept_back_sources(data)
    for row in map(json.loads, (data / "ner/wikigold.jsonl").read_text(encoding="utf-8").splitlines()):
        spans = [(e["start"], e["end"], _ENTITY[e["type"]]) for e in row["entities"] if e["type"] in _ENTITY]
        out.append(Sample((Text(row["text"], entities=spans),)))
    for row in map(json.loads, (data / "ner/re3d.jsonl").read_text(encoding="utf-8").splitlines()):
        if "NC" in row["licence"] or row["id"] in kept_back:
            continue
        for start, end in sentences_of(row["id"], row["text"]) if is_normal(row["text"]) else []:
            inside = [e for e in row["entities"] if start <= e["start"] < e["end"] <= end and e["type"] in _ENTITY]
            spans = [(e["start"] - start, e["end"] - start, _ENTITY[e["type"]]) for e in inside]
            out.append(Sample((Text(row["text"][start:end], entities=spans),)))
    return out


def is_normal(text: str) -> bool:
    import unicodedata

    return unicodedata.normalize("NFC", text) == text and "\r" not in text


def attributions(data: Path, articles: int = 250) -> list[Sample]:
    """Who said what in political news (PolNeAR's training months)."""
    out = []
    with gzip.open(data / "attribution/polnear.train.jsonl.gz", "rt", encoding="utf-8") as rows:
        for _, row in zip(range(articles), map(json.loads, rows), strict=False):
            if not is_normal(row["text"]):
                continue
            layers = next(iter(row["attributions"].values()), [])
            spans = [(s, e, part) for a in layers for part in labels.PARTS for s, e in a[part]]
            for start, end in sentences_of(row["id"], row["text"]):
                inside = [(s - start, e - start, p) for s, e, p in spans if start <= s < e <= end]
                out.append(Sample((Text(row["text"][start:end], attribution=inside),)))
    return out


def factuality(data: Path) -> list[Sample]:
    """Predicates that did not happen or are open, from newspaper-like parts of It-Happened and from MEANTIME."""
    out = []
    with gzip.open(data / "factuality/uds-ih2.jsonl.gz", "rt", encoding="utf-8") as rows:
        sentences = [r for r in map(json.loads, rows) if r.get("genre") in ("newsgroup", "weblog")]
    sentences += map(json.loads, (data / "factuality/meantime.jsonl").read_text(encoding="utf-8").splitlines())
    for row in sentences:
        for t in row["targets"]:
            value = t["factuality"]
            status = "negated" if value < -1.5 else "hypothetical" if -1 <= value <= 0.8 else "actual"
            if status != "actual" or hash_share(row["text"] + t["text"]) < 0.15:
                marks = (("event", t["start"], t["end"]),)
                out.append(Sample((Text(row["text"]),), (Ask(marks=marks, status=status, weight=0.5),)))
    return out


# Roles of ACE, RAMS and WikiEvents that say who acts, on whom, where; others have no counterpart in a PLOVER event.
_ROLE = {
    **dict.fromkeys(("attacker", "agent", "entity", "giver", "communicator", "participant", "injurer", "killer", "jailer",
                     "judgecourt", "investigator", "preventer", "demonstrator", "granter", "seller", "extraditer"), "actor"),
    **dict.fromkeys(("target", "victim", "person", "recipient", "jailed", "detainee", "defendant", "crashobject",
                     "beneficiary", "prosecutedperson", "investigatee"), "recipient"),
    "place": "place",
}  # fmt: skip


def kept_back_sources(data: Path) -> set[str]:
    """What the sets call the texts of the reports that ``split.json`` keeps back, also those annotated elsewhere."""
    split = json.loads(SPLIT.read_text(encoding="utf-8"))
    index = map(json.loads, (data / "annotations/index.jsonl").read_text(encoding="utf-8").splitlines())
    return {r["source_id"] for r in index if r["id"] in split["test"] + split["dev"]} | set(split["test_elsewhere"])


def arguments(data: Path) -> list[Sample]:
    """Who acts on whom where, in events annotated elsewhere; the reports kept back here are left out there."""
    kept_back = kept_back_sources(data)
    rows = []
    for name in ("m2e2-voa.jsonl.gz", "rams-devtest.jsonl.gz", "wikievents-devtest.jsonl"):
        path = data / "events" / name
        with gzip.open(path, "rt", encoding="utf-8") if name.endswith("gz") else path.open(encoding="utf-8") as file:
            rows += [r for r in map(json.loads, file) if r.get("doc") not in kept_back]
    return [s for r in rows for e in r["events"] if (s := _argument_sample(r, e))]


def _argument_sample(row: dict[str, Any], event: dict[str, Any]) -> Sample | None:
    sentences = [s[:2] if isinstance(s, list) else (s["start"], s["end"]) for s in row.get("sentences") or []]
    around = [s for s in sentences or [(0, len(row["text"]))] if s[0] <= event["start"] and event["end"] <= s[1]]
    if not around:
        return None
    start, end = around[0]
    roles = []
    for a in event["arguments"]:
        role = _ROLE.get(a["role"].casefold())
        if role and start <= a["start"] < a["end"] <= end:
            roles.append((a["start"] - start, a["end"] - start, role))
    if not roles or end - start > 700:
        return None
    marks = (("event", event["start"] - start, event["end"] - start),)
    return Sample((Text(row["text"][start:end]),), (Ask(marks=marks, roles=roles, weight=0.5),))


def hash_share(key: str) -> float:
    """A share in [0, 1) that depends on the key alone."""
    import hashlib

    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) / 2**32
