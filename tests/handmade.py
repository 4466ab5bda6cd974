"""Codings made by hand, for tests of what happens to codings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from entente.records import (
    Coding,
    Commitment,
    Event,
    EventDate,
    Evidence,
    Incoming,
    Mention,
    Party,
    Person,
    Prepared,
    Statement,
)

TEXT = (
    "Defence Minister Khawaja Muhammad Asif met US Ambassador Donald Blome in Islamabad on 22 February 2023.\n\n"
    'The United States will train Pakistani pilots, Blome said. "We are old friends," Asif said of the United States.\n'
)


def incoming(number: int, *, text: str | None = None, **more: str | None) -> Incoming:
    """The report of a meeting, unlike every other by its number."""
    given = {"published": "2023-02-24", "source_id": f"r{number}", "origin": f"box/{number}.txt", **more}
    return Incoming(text=text or f"{TEXT}\nThis is report number {number}.\n", **given)  # type: ignore[arg-type]


class HandmadeCoder:
    """Codes the meeting of ``TEXT`` wherever its words are found, and fails on a text that says so."""

    name = "handmade/1"
    model = "none"

    def __init__(self) -> None:
        self.coded: list[str] = []

    def code_many(self, prepared: Iterable[Prepared]) -> Iterator[Coding]:
        """One record for each report."""
        for one in prepared:
            self.coded.append(one.report.source_id)
            if "BREAK THE CODER" in one.report.text:
                raise ValueError("a text that no coder can take")
            if one.codable and TEXT[:40] in one.report.text:
                yield meeting(one)
            else:
                yield Coding(report=one.report, sentences=one.sentences, warnings=one.warnings)


def meeting(prepared: Prepared) -> Coding:
    """The record of ``TEXT``."""
    report = prepared.report
    text = report.text

    def words(quote: str) -> Evidence:
        start = text.index(quote)
        return Evidence.of(text, start, start + len(quote))

    def party(quote: str, country: str, sectors: tuple[str, ...], name: str | None = None) -> Party:
        found = words(quote)
        return Party(text=quote, start=found.start, end=found.end, country=country, sectors=sectors, name=name)

    asif = party("Khawaja Muhammad Asif", "PAK", ("GOV", "MIL"), "Khawaja Muhammad Asif")
    blome = party("Donald Blome", "USA", ("GOV",), "Donald Blome")
    america, pilots = party("The United States", "USA", ()), party("Pakistani pilots", "PAK", ("MIL",))
    met = words("Defence Minister Khawaja Muhammad Asif met US Ambassador Donald Blome in Islamabad")
    train = words("The United States will train Pakistani pilots")
    day = words("22 February 2023")
    return Coding(
        report=report,
        sentences=prepared.sentences,
        mentions=(
            Mention(
                id="m1", kind="person", text="Donald Blome", start=blome.start or 0, end=blome.end or 0, country="USA"
            ),
            Mention(
                id="m2", kind="date", text=day.text, start=day.start, end=day.end, entity="2023-02-22", precision="day"
            ),
        ),
        events=(
            Event(
                id=f"{report.id}-a",
                event="CONSULT",
                mode=("meet",),
                contexts=("military",),
                quad_class="verbal_cooperation",
                score=2.5,
                probability=0.9,
                actor=(asif, blome),
                date=EventDate(value="2023-02-22", precision="day", text=day.text, start=day.start, end_char=day.end),
                evidence=met,
                trigger=words("met"),
                coder="handmade/1",
                model="none",
            ),
            Event(
                id=f"{report.id}-b",
                event="AGREE",
                contexts=("military",),
                quad_class="verbal_cooperation",
                score=3.0,
                probability=0.5,
                actor=(america,),
                recipient=(pilots,),
                evidence=train,
                trigger=words("will train"),
                speaker=blome,
                coder="handmade/1",
                model="none",
            ),
        ),
        people=(
            Person(id="p1", name="Khawaja Muhammad Asif", office="Defence Minister", country="PAK", evidence=met),
            Person(
                id="p2",
                name="Donald Blome",
                office="Ambassador",
                country="USA",
                evidence=words("US Ambassador Donald Blome"),
            ),
        ),
        statements=(
            Statement(
                id="s1",
                speaker=asif,
                kind="quoted",
                cue=words("Asif said"),
                content=words("We are old friends,"),
                evidence=words('"We are old friends," Asif said of the United States.'),
                about=("USA",),
            ),
        ),
        commitments=(
            Commitment(
                id="c1",
                kind="undertaken",
                who=(america,),
                towards=(pilots,),
                what="train Pakistani pilots",
                evidence=train,
            ),
        ),
        warnings=prepared.warnings,
    )
