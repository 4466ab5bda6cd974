"""Whether a report is about politics at all: sport, business and recipes name states, but nobody who acts for one."""

from __future__ import annotations

import re

from entente.records import Person
from entente.resolution.scene import Scene
from entente.resolution.sectors import decide, find_sectors

__all__ = ["NOT_POLITICAL", "is_political"]

# Sectors of those whose acts PLOVER codes.
ACTING = frozenset("GOV MIL COP LEG JUD REB OPP SPY PTY IGO PRM SEP UAF REF".split())
# Offices that teams, firms and juries have too.
ANYBODYS = frozenset("captain director chief head chairman chairwoman chair deputy officer manager leader".split())
BODIES = frozenset({"organisation", "seat", "group"})
# None of 368 annotated reports has no such body or officer and fewer such words than this a sentence; of sixty texts about
# other things nearly all. A text of fewer sentences says too little to tell.
SHORTEST, FEWEST = 6, 0.33
# Words of politics of which other prose may have one or two, as pictures.
THEMES = re.compile(
    r"\b(?:sanctions?|cease-?fires?|missiles?|troops|military|treaty|treaties|bilateral(?:ly)?|multilateral|diplomatic|"
    r"diplomacy|embass(?:y|ies)|sovereignty|air ?strikes?|nuclear|militants?|extremis\w+|terroris\w+|asylum|refugees?|"
    r"parliaments?|constitutional|warplanes?|soldiers?|weapons?|hostages?|coups?|occupation|annex\w+|genocide|"
    r"protest(?:ers?|s)|detain\w+|arrest\w*|deport\w+|summit|tariffs?|humanitarian|foreign policy|national security)\b",
    re.I,
)
FEWEST_THEMES = 3
NOT_POLITICAL = "not political: no event is coded, since the report names no government, office, army, police, court, party or group."


def is_political(scene: Scene, speakers: int = 0) -> bool:
    """Whether anybody in a report could act for a state; ``speakers`` are its turns by people who do."""
    sentences = scene.prepared.sentences
    if len(sentences) < SHORTEST or speakers or any(n.kind in BODIES for n in scene.names):
        return True
    if len({word.casefold() for word in THEMES.findall(scene.text)}) >= FEWEST_THEMES:
        return True
    if any(_acts(p) for p in scene.people):
        return True
    words = sum(
        bool(found.sectors) and found.sectors[0] in ACTING
        for s in sentences
        for found in find_sectors(scene.text[s.start : s.end])
    )
    return words / len(sentences) >= FEWEST


def _acts(person: Person) -> bool:
    """Whether a person holds an office that nobody but a state or an armed body has."""
    office = decide(person.office) if person.office else None
    return office is not None and bool(ACTING & set(office.sectors[:1])) and office.word.casefold() not in ANYBODYS
