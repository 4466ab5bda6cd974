"""What stands around a report's prose: captions, credits, links to other stories, notices, sign-offs."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import msgspec

__all__ = ["agencies", "find_tail", "heads_list", "is_furniture", "is_listed"]

# A paragraph longer than this is prose, however it begins.
LONGEST = 600
LONGEST_CAPTION, LONGEST_LABELLED, LONGEST_LISTED = 450, 320, 160

# Markdown's marks and the signs that pages set in front of such lines.
_MARKS = re.compile(r"^(?:(?:#{1,6}|[>•▪●■►▶→»|–—-])\s+|[*_►▶→»]+)+(?=\S)|[\s*_]+$")
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\([^()\s]*\)")
# Whoever is quoted with an order gives it in prose: "Subscribe to the pact, the envoy said."
_QUOTED = re.compile(
    r",[”\"’']*\s(?:[^,]{0,60}\s)?(?:said|says|told|tells|added|asked|wrote|claimed|warned|replied|announced)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!][\"”’')\]*_]*$")


class _Furniture(msgspec.Struct, frozen=True):
    """The expressions of ``data/furniture.toml``, each list as one."""

    lines: re.Pattern[str]
    labels: re.Pattern[str]
    captions: re.Pattern[str]
    tails: re.Pattern[str]
    list_heads: re.Pattern[str]


@cache
def _table() -> dict[str, list[str]]:
    found: dict[str, list[str]] = tomllib.loads(
        (Path(__file__).parent / "data/furniture.toml").read_text(encoding="utf-8")
    )
    return found


@cache
def agencies() -> str:
    """News agencies as they sign, as an expression of alternatives, longest first."""
    return "|".join(re.escape(name) for name in sorted(_table()["agencies"], key=lambda n: (-len(n), n)))


@cache
def _furniture() -> _Furniture:
    table = {key: "|".join(f"(?:{form})" for form in forms) for key, forms in _table().items()}
    sign = rf"(?-i:{agencies()})(?:(?: ?/ ?|, | and )(?-i:{agencies()}))*"
    signed = rf"(?<=[.!?…”\"’')])\s*(?:(?:—|–|--?|/)\s?{sign}|[(\[]{sign}[)\]]|(?-i:(?:{agencies()})(?:[ /][A-Z]{{2,4}}){{0,6}}))"
    return _Furniture(
        lines=re.compile(rf"(?:{table['lines']}|(?:—|–|--?)?\s?{sign}|[(\[]{sign}[)\]])", re.IGNORECASE),
        labels=re.compile(rf"[(\[]?(?:{table['labels']})\s?(?:[:|]|\s[-–—])(?!//)\s*.*", re.IGNORECASE),
        captions=re.compile(rf".*(?:{table['captions']})", re.IGNORECASE),
        tails=re.compile(rf"(?:(?:^|(?<=[\s.!?”\"’)]))(?:{table['tails']})|{signed}\.?)\s*$", re.IGNORECASE),
        list_heads=re.compile(table["list_heads"], re.IGNORECASE),
    )


def is_furniture(words: str) -> bool:
    """Whether a paragraph, or a line that is one, is no prose but stands around it.

    ``words`` are a caption or its credit, a credit of reporters, a link to another story, a notice of rights, a
    newsletter's or a page's own words, a contact, a press release's number. A sentence that only begins like one
    ("Related talks were held", "Read more broadly, the deal") is prose.
    """
    plain = _plain(words)
    if not plain or len(plain) > LONGEST:
        return False
    forms = _furniture()
    whole = forms.lines.fullmatch(plain) or forms.list_heads.fullmatch(plain)
    if (whole and not _QUOTED.search(plain)) or (len(plain) <= LONGEST_LABELLED and forms.labels.fullmatch(plain)):
        return True
    tail = forms.tails.search(plain)
    if tail and not plain[: tail.start()].strip(" .–—-"):
        return True
    return len(plain) <= LONGEST_CAPTION and bool(forms.captions.fullmatch(plain))


def find_tail(words: str) -> int | None:
    """Where the credits and sign-offs after a paragraph's last sentence begin; None where there are none."""
    end = len(words)
    # Two may follow each other: "(With inputs from agencies) (PTI)".
    for _ in range(3):
        found = _furniture().tails.search(words[:end].rstrip(), max(0, end - 400))
        if found is None:
            break
        end = len(words[: found.start()].rstrip())
    return end if end < len(words.rstrip()) else None


def heads_list(words: str) -> bool:
    """Whether a line is the heading of a list of other stories or of contacts ("You may also like", "Media contact:")."""
    return bool(_furniture().list_heads.fullmatch(_plain(words)))


def is_listed(words: str) -> bool:
    """Whether a line can stand in such a list: short, and no sentence with its full stop."""
    plain = _plain(words)
    return len(plain) <= LONGEST_LISTED and not _SENTENCE_END.search(plain)


def _plain(words: str) -> str:
    """The words in one line, without Markdown's marks and the targets of links."""
    words = _LINK.sub(r"\1", re.sub(r"\s+", " ", words))
    return _MARKS.sub("", words).strip()
