"""How a record is compared with what a field case expects; the rules are those of the cases' own README."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from entente.records import Coding, Event, Failure, Party

Wanted = Mapping[str, Any]


class Output(msgspec.Struct, frozen=True):
    """What came out of a case: a record for each report, and what could not be read."""

    codings: tuple[Coding, ...]
    failures: tuple[Failure, ...] = ()


def differences(expect: Wanted, output: Output) -> list[str]:
    """What of a case's expectations does not hold, in words; nothing where all is right."""
    events = [e for c in output.codings for e in c.events]
    return [
        *_events(expect, events),
        *_absent(expect, events),
        *_people(expect, output),
        *_dates(expect, output),
        *_reports(expect, output),
        *_statements(expect, output),
    ]


def _events(expect: Wanted, events: Sequence[Event]) -> list[str]:
    wrong, used = [], set()
    for want in expect.get("events", []):
        found = [e for e in events if _is_kind(want, e) and _has_parties(want, e)]
        used |= {e.id for e in found}
        name = f"{want['type']} {_codes(want.get('actor'))} > {_codes(want.get('recipient'))}"
        if not found and not want.get("optional"):
            wrong.append(f"missing {name}")
        elif found and not any(_has_details(want, e) for e in found):
            wrong.append(f"date, mode, place or sector of {name}: {[_told(e) for e in found]}")
    if expect.get("events_exact") and len(used) < len(events):
        wrong.append(f"too many events: {[_told(e) for e in events if e.id not in used]}")
    for kind, count in expect.get("events_count", {}).items():
        if sum(e.event == kind for e in events) != count:
            wrong.append(f"not {count} of {kind}")
    return wrong


def _any_of(want: Wanted, key: str) -> set[str]:
    """The values that are right: the field's own, its ``_any`` list's, and those of ``also_accept``."""
    found: set[str] = set(want.get(f"{key}_any", []))
    for form in (want, *want.get("also_accept", [])):
        value = form.get(key)
        found |= set(value) if isinstance(value, list) else {value} if value is not None else set()
    return found


def _codes(parties: Iterable[Any] | None) -> set[str]:
    codes = {p if isinstance(p, str) else p.get("code") or p.get("country") for p in parties or []}
    return {code for code in codes if code}


def _countries(parties: Sequence[Party]) -> set[str]:
    return {p.country for p in parties if p.country}


def _is_kind(want: Wanted, event: Event) -> bool:
    return event.event in _any_of(want, "type") and event.status in (_any_of(want, "status") or {"actual"})


def _has_parties(want: Wanted, event: Event) -> bool:
    ours = _countries(event.actor), _countries(event.recipient)
    for form in (want, *({**want, **more} for more in want.get("also_accept", []))):
        actor, recipient = _codes(form.get("actor")), _codes(form.get("recipient"))
        if form.get("parties_any_order"):
            if actor | recipient <= ours[0] | ours[1]:
                return True
        elif (form.get("actor_code_optional") or actor <= ours[0]) and recipient <= ours[1]:
            return True
    return False


def _has_details(want: Wanted, event: Event) -> bool:
    day = (event.date.value if event.date else None) or ""
    sectors = {s for p in (*event.actor, *event.recipient) for s in p.sectors}
    named = [p for side in ("actor", "recipient") for p in want.get(side) or [] if isinstance(p, dict)]
    wanted = {p["sector"] for p in named if p.get("sector")}
    modes, place = _any_of(want, "mode"), want.get("place")
    return (
        day.startswith(want.get("date") or "")
        and (not modes or bool(modes & set(event.mode)))
        and (not place or (event.place is not None and event.place.country == place["country"]))
        and (wanted <= sectors or bool(set(want.get("sector_any", [])) & sectors))
    )


def _told(event: Event) -> tuple[object, ...]:
    return (
        event.event,
        event.mode,
        [(p.country, p.sectors) for p in event.actor],
        [(p.country, p.sectors) for p in event.recipient],
        event.date and event.date.value,
        event.place and event.place.name,
    )


def _absent(expect: Wanted, events: Sequence[Event]) -> list[str]:
    return [
        f"must be absent: {entry}"
        for entry in expect.get("absent", [])
        if set(entry) & {"type", "actor", "recipient", "date", "place", "status"}
        and any(_hits(entry, e) for e in events)
    ]


def _hits(entry: Wanted, event: Event) -> bool:
    day = (event.date.value if event.date else None) or ""
    place = entry.get("place")
    names = {event.place.name, event.place.country} if event.place else set()
    return (
        entry.get("type", event.event) == event.event
        and entry.get("status", event.status) == event.status
        and _codes(entry.get("actor")) <= _countries(event.actor)
        and _codes(entry.get("recipient")) <= _countries(event.recipient)
        and (not entry.get("date") or day.startswith(entry["date"]))
        and (not place or ({place} if isinstance(place, str) else set(place.values())) <= names)
    )


def _people(expect: Wanted, output: Output) -> list[str]:
    people = [p for c in output.codings for p in c.people]
    wrong = []
    for want in expect.get("people", []):
        named = [p for p in people if (want.get("name") or want["name_nfc"]).split()[-1] in p.name]
        if not any(want.get("country", p.country) == p.country and _is_office(want, p.office or "") for p in named):
            wrong.append(f"person {want}: {[(p.name, p.office, p.country) for p in named]}")
    return wrong


def _is_office(want: Wanted, office: str) -> bool:
    """Whether one of the offices that are right is the one found, or either is the other told more fully."""
    right = [words.casefold() for words in _any_of(want, "office")]
    return not right or any(bool(office) and (w in office.casefold() or office.casefold() in w) for w in right)


def _dates(expect: Wanted, output: Output) -> list[str]:
    dates = {(m.text, m.entity) for c in output.codings for m in c.mentions if m.kind == "date"}
    return [
        f"date {want}: {sorted(map(str, dates))}"
        for want in expect.get("dates", [])
        if (want["text"], want["value"]) not in dates
    ]


def _reports(expect: Wanted, output: Output) -> list[str]:
    wrong = []
    if "sentences_count" in expect and expect["sentences_count"] != sum(len(c.sentences) for c in output.codings):
        wrong.append(f"not {expect['sentences_count']} sentences")
    if "reports_count" in expect and expect["reports_count"] != len({c.report.id for c in output.codings}):
        wrong.append(f"not {expect['reports_count']} report(s): {[c.report.url for c in output.codings]}")
    want = expect.get("report", {})
    for field in ("title", "url", "publisher", "language"):
        if field in want and all(getattr(c.report, field) != want[field] for c in output.codings):
            wrong.append(f"{field}: {[getattr(c.report, field) for c in output.codings]}")
    if "published" in want and not any(
        (c.report.published or "").startswith(want["published"]) for c in output.codings
    ):
        wrong.append(f"published: {[c.report.published for c in output.codings]}")
    prose = "\n".join(" ".join(c.report.text.split()) for c in output.codings)
    wrong += [f"text lacks {words!r}" for words in want.get("text_contains", []) if words not in prose]
    wrong += [f"text has {words!r}" for words in want.get("text_lacks", []) if words in prose]
    for error in expect.get("errors", []):
        told = [f"{f.origin} {f.source_id} {f.reason}" for f in output.failures]
        if not any(error.get("uri_contains", "") in words for words in told):
            wrong.append(f"no failure about {error}: {told}")
    return wrong


def _statements(expect: Wanted, output: Output) -> list[str]:
    statements = [s for c in output.codings for s in c.statements]
    return [
        f"statement {want}: {[(s.speaker and s.speaker.country, s.content.text) for s in statements]}"
        for want in expect.get("statements", [])
        if not any(
            want.get("words", "") in s.content.text
            and ("speaker_country" not in want or (s.speaker and s.speaker.country == want["speaker_country"]))
            for s in statements
        )
    ]
