"""The words of a mail that are its own: without signatures, the notes of mailing lists, and what replies repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

__all__ = ["Forwarded", "forwarded", "own_words", "unflowed"]

_SIGNATURE_LINES = 20
_OWN_WORDS = 20
_LAST_PARAGRAPHS = 6
_OF_THE_LIST = re.compile(
    r"\bunsubscrib|\bsubscription (?:preferences|settings|options)|\bmanage your (?:subscription|preferences|email)"
    r"|\byou(?: are|’re|'re|) (?:receiving|received|getting|got) this (?:e-?mail|message|newsletter)"
    r"|\bmailing list\b.*\bhttps?://|\b(?:view|read) (?:this|it|the) ?(?:e-?mail|message|newsletter)? (?:in|on) (?:your|a|the) (?:web )?browser"
    r"|\bupdate your (?:e-?mail )?preferences",
    re.IGNORECASE | re.DOTALL,
)
_FORWARD_RULE = re.compile(
    r"\s*(?:-{2,}|_{2,})\s*(?:original|forwarded|begin forwarded) message\s*(?:-{2,}|_{2,})?\s*|begin forwarded message:\s*",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(r"(?:On|Am|Le|El)\b.{6,200}\b(?:wrote|schrieb|a écrit|escribió)\s*:", re.DOTALL)
_HEADER = re.compile(
    r"[*_]{0,2}(From|Sent|Date|To|Cc|Subject|Reply-To|Von|Gesendet|An|Betreff):[*_]{0,2}\s", re.IGNORECASE
)
_DAY = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?[ -](?:{m})[a-z]*\.?,?[ -]\d{4}|(?:{m})[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d\d-\d\d)\b".replace(
        "{m}", "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    )
)
_LONG_RULE = re.compile(r"[_=-]{10,}")


class Forwarded(msgspec.Struct, frozen=True):
    """Who wrote a mail that somebody passed on, and the day it was sent on; None for what its headers do not say."""

    sender: str | None
    day: str | None


def forwarded(text: str) -> Forwarded | None:
    """What a mail says of the one that it passes on with hardly a word of its own; None for any other mail.

    Its report is told from that day on: "on Monday" is not the Monday before somebody forwarded it.
    """
    lines = text.split("\n")
    found, words, place = None, 0, 0
    for begin, end in _header_runs(lines):
        words += sum(len(line.split()) for line in lines[place:begin] if not _FORWARD_RULE.fullmatch(line.lstrip("> ")))
        if words >= _OWN_WORDS:
            break
        headers = {name.lower(): value for name, value in map(_name_and_value, lines[begin:end])}
        day = _DAY.search(headers.get("date", headers.get("sent", "")))
        found, place = Forwarded(_sender(headers.get("from", "")), day.group() if day else None), end
    return found


def own_words(text: str) -> str:
    """A mail's text without its signature, list footers, and the headers and quotations of what it answers.

    A mail that is little more than a quotation keeps it, without the marks: somebody passed a report on.
    """
    lines = _without_signature(text.split("\n"))
    lines = _without_repeated_headers(lines)
    unquoted = [line for line in lines if not line.startswith(">")]
    if len(" ".join(unquoted).split()) >= _OWN_WORDS:
        lines = unquoted
    else:
        lines = [re.sub(r"^(?:> ?)+", "", line) for line in lines]
    return _without_list_notes(_without_attribution("\n".join(lines))).strip("\n") or text


def unflowed(text: str, *, delete_space: bool = False) -> str:
    """A text in the flowed form with its paragraphs as lines. Source: RFC 3676, section 4."""
    joined: list[str] = []
    depth, open_line = -1, False
    for line in text.replace("\r\n", "\n").split("\n"):
        quotes = len(line) - len(line.lstrip(">"))
        words = line[quotes:].removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        content = words[:-1] if flows and delete_space else words
        if open_line and quotes == depth and words != "-- ":
            joined[-1] += content
        else:
            joined.append(">" * quotes + (" " if quotes else "") + content)
        depth, open_line = quotes, flows
    return "\n".join(joined)


def _without_signature(lines: list[str]) -> list[str]:
    for place in range(len(lines) - 1, max(-1, len(lines) - _SIGNATURE_LINES - 1), -1):
        if lines[place].rstrip("\r") in ("-- ", "--"):
            return lines[:place]
    return lines


def _without_repeated_headers(lines: list[str]) -> list[str]:
    """Without "Forwarded message" and the From, Date, Subject lines that mail programs repeat under it."""
    kept: list[str] = []
    place = 0
    for begin, end in (*_header_runs(lines), (len(lines), len(lines))):
        kept += [line for line in lines[place:begin] if not _FORWARD_RULE.fullmatch(line.lstrip("> "))]
        place = end
    return kept


def _header_runs(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Where the headers of a mail are repeated: three or more such lines, which may have blank ones between them."""
    place = 0
    while place < len(lines):
        begin, count, end = place, 0, place
        while place < len(lines) and (not lines[place].strip("> ") or _HEADER.match(lines[place].lstrip("> "))):
            if lines[place].strip("> "):
                count += 1
                end = place + 1
            elif not count:
                break
            place += 1
        if count >= 3:
            yield begin, end
        place = max(place, begin + 1)


def _name_and_value(line: str) -> tuple[str, str]:
    name, _, value = line.lstrip("> ").partition(":")
    return name.strip("*_ "), value.strip("*_ \r")


def _sender(value: str) -> str | None:
    """The name in a From line, else the host of its address, as for the mail's own sender."""
    name, _, address = re.sub(r"[<\[](?:mailto:)?|$", "\t", value, count=1).partition("\t")
    name = name.strip("\"' ")
    if "@" in name:
        name, address = "", name
    return name or address.rpartition("@")[2].strip("]> ") or None


def _without_attribution(text: str) -> str:
    """Without paragraphs such as "On 3 May, the press office wrote:"."""
    return "\n\n".join(one for one in re.split(r"\n[ \t]*\n", text) if not _ATTRIBUTION.fullmatch(one.strip()))


def _without_list_notes(text: str) -> str:
    """Without the notes of a mailing list at the end, and "view in your browser" at the beginning."""
    paragraphs = re.split(r"\n[ \t]*\n", text)
    if len(paragraphs) > 1 and _OF_THE_LIST.search(paragraphs[0]) and len(paragraphs[0].split()) < 30:
        del paragraphs[0]
    for place in range(max(1, len(paragraphs) - _LAST_PARAGRAPHS), len(paragraphs)):
        if _OF_THE_LIST.search(paragraphs[place]):
            before = re.split(r"\n(?=[_=-]{10,}\s*\n)", paragraphs[place])[0]
            keeps = before != paragraphs[place] and not _OF_THE_LIST.search(before)
            paragraphs[place:] = [before] if keeps else []
            break
    while paragraphs and _LONG_RULE.fullmatch(paragraphs[-1].strip()):
        paragraphs.pop()
    return "\n\n".join(paragraphs)
