"""The words of a mail that are its own: without signatures, the notes of mailing lists, and what replies repeat."""

from __future__ import annotations

import re

__all__ = ["own_words", "unflowed"]

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
_LONG_RULE = re.compile(r"[_=-]{10,}")


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
    while place < len(lines):
        end = place
        while end < len(lines) and _HEADER.match(lines[end].lstrip("> ")):
            end += 1
        if end - place >= 3:
            place = end
            continue
        if not _FORWARD_RULE.fullmatch(lines[place].lstrip("> ")):
            kept.append(lines[place])
        place += 1
    return kept


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
