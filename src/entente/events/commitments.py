"""What an act binds somebody to: undertaken, asked, or reminded of having been undertaken."""

from __future__ import annotations

import re
from typing import Literal

from entente.records import Event

__all__ = ["commitment_kind", "condition_in", "due_in"]

REMINDER = re.compile(
    r"\b(?:live|living|lived) up to\b|\b(?:honou?r|fulfil|fulfill|keep|meet|implement|uphold|respect|comply with|abide by|"
    r"adhere to|stick to|make good on|deliver on|carry out)\w*\b[^.;]{0,60}\b(?:commitments?|promises?|pledges?|obligations?|"
    r"undertakings?|word|agreements?|treaty|treaties|accords?|deals?|resolutions?)\b|\bas (?:it|they|he|she) (?:had )?"
    r"(?:promised|pledged|agreed|undertaken)\b", re.I)  # fmt: skip
CONDITION = re.compile(
    r"\b(?:if|unless|provided(?: that)?|as long as|on condition that|once|until)\b[^.;]{3,120}", re.I
)
DUE = re.compile(
    r"\b(?:by|before|within|until|no later than|in the (?:coming|next)|over the (?:coming|next)|later this|next)\s+"
    r"(?:the\s+)?(?:end of\s+)?(?:[\w,]+\s+){0,3}?(?:days?|weeks?|months?|years?|decade|summer|winter|spring|autumn|fall|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May|June|July|August|"
    r"September|October|November|December|20\d\d)\b(?:\s+\d{1,2}(?!\d))?(?:,?\s+20\d\d)?")  # fmt: skip


def commitment_kind(event: Event, sentence: str) -> Literal["undertaken", "asked", "reminded"] | None:
    """Say whether an event binds somebody: AGREE its actors, REQUEST its recipients; a threat is no commitment."""
    if event.status in ("negated", "hypothetical"):
        return None
    if event.event == "REQUEST":
        return "reminded" if REMINDER.search(sentence) else "asked"
    if event.event == "AGREE":
        return "undertaken"
    return None


def condition_in(sentence: str) -> str | None:
    """The words of a sentence that make its act conditional."""
    found = CONDITION.search(sentence)
    return found.group().strip() if found else None


def due_in(sentence: str) -> str | None:
    """The words of a sentence that say until when."""
    found = DUE.search(sentence)
    return found.group().strip() if found else None
