"""What office files say of themselves: a title, and the day they were made."""

from __future__ import annotations

import re

from entente.reports.normalise import normalise_text
from entente.reports.prose import read_layout

__all__ = ["made_on", "real_title"]

HEAD_CHARACTERS = 4000
# What programs write where nobody gave a title: their own name, that of the file, or that there is none.
_NO_TITLE = re.compile(
    r"microsoft\s+(?:word|powerpoint|excel)\b.*|(?:untitled|document|doc|dokument|presentation|slide|layout|print|"
    r"powerpoint presentation|title|no title|blank|scan|scanned document|news|press release|statement)[\s_-]*\d*"
    r"|.*\.(?:docx?|odt|rtf|txt|pdf|indd|qxd|pptx?|xlsx?|html?|tmp|wpd|pub|ai)|\S*[_\d/\\]\S*|https?:\S+",
    re.IGNORECASE,
)


def real_title(title: str | None) -> str | None:
    """The title that a file gives, None where a program wrote it ("Microsoft Word - note.doc", "untitled")."""
    words = " ".join((title or "").split())
    if not re.search(r"[^\W\d_]{2}", words) or _NO_TITLE.fullmatch(words) or "\ufffd" in words:
        return None
    return words


def made_on(text: str, made: str, what: str) -> str | None:
    """A warning with the day a file was made, where its text gives no date; that day is no day of publication."""
    head = normalise_text(text[:HEAD_CHARACTERS])
    if read_layout(head).published is not None:
        return None
    return f"the {what} was made on {made}; if that is its date, give --published {made}."
