"""Whether a word that names a state or city is part of a person's name there: Michael Jordan, Chad Wolf."""

from __future__ import annotations

import re

from entente.gazetteer.tables import load_names

__all__ = ["names_a_person"]

# States and cities that are given names, too.
GIVEN = frozenset(
    {
        "Chad", "Jordan", "Israel", "Kenya", "Georgia", "Cyrus", "Chelsea", "India", "Paris", "Florence", "Sydney", "Austin", "Virginia",
        "Carolina", "Santiago", "Adelaide", "Victoria", "Dallas", "Houston", "Lourdes", "Jamaica", "Cuba", "Ireland", "Dakota", "Sofia",
        "Lincoln", "Denver", "Charlotte", "Madison", "Phoenix", "Montana", "Savannah", "Brooklyn", "Havana", "London", "Kingston",
        "Washington",
    }
)  # fmt: skip
# Words after a state's name that do not make it a person's.
FOLLOWERS = frozenset(
    """President Prime Minister King Queen Foreign Defense Defence Army Navy Air Force Forces Police Government Parliament Ambassador
    Embassy General Supreme Court High National Central Bank Interior Finance Justice Trade Security Military Secretary Chief Governor Gov
    Senator Sen Rep Mayor Opposition Radio Television TV Times News Today Post Daily Herald Tribune Star Airlines Airways Aerospace
    Aircraft Defense Police Prison Securities Electric Antiquities Museum University College Institute Association Federation Union Party
    Council Committee Commission Ministry Department Office Agency Authority Chamber Red Human Labor Labour Student Teachers Journalists
    Bar Medical Football Cricket Olympic Open Cup Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April
    May June July August September October November December Vice Deputy Crown Prince Princess Sultan Emir Chancellor Premier First Lady
    Special State Attorney Health Energy Economy Education Agriculture Transport Tourism Strategic Peace Nuclear Atomic Oil Gas Petroleum
    Nationals Capitals Fair Week Summit Conference Agreement Accord Declaration Protocol Process Group Club Square Street Avenue Dispatch
    Investment Islamic Civil Country Desk Coast Border Rights Support Mission Task Team Program Programme Plan Policy Act Bill Fund
    River Valley Lake Mountains Dead West East North South Bay City County Republic Tech Power Public Social Liberation People Muslim
    Christian Jewish Arab Democratic Communist Republican Beirut Lawmakers Officials Troops The A In On At By And Or As But With For From
    To Of Is Has Was Will Says Said""".split()
)
PLACED = frozenset(
    "in of from to at near with and for against on by into over outside between across than the via".split()
)
NEXT = re.compile(r" ([A-Z][\w’'-]+)( [A-Z])?")
LAST = re.compile(r"(?:^|[^\w’'-])([\w’'-]+)[ ]$")


def names_a_person(text: str, start: int, end: int) -> bool:
    """Return whether the word at ``[start, end)`` stands in a person's name.

    It does after a given name ("Michael Jordan") and, where it can be a given name itself, before a capitalised word
    that is no office or body ("Chad Wolf", but "Chad President Idriss Déby").
    """
    word = text[start:end]
    before = LAST.search(text, max(0, start - 30), start)
    last = before[1] if before else ""
    if last in load_names().given_names:
        return True
    following = NEXT.match(text, end)
    if word not in GIVEN or following is None or last.casefold() in PLACED:
        return False
    return following[1].removesuffix("'s").removesuffix("’s") not in FOLLOWERS and following[2] is None
