"""Text that was decoded in the wrong encoding before it came here ("donâ€™t"), repaired where that is certain."""

from __future__ import annotations

import re

__all__ = ["LOST", "repair_mojibake"]

LOST = "\ufffd"
"""What programs put in place of a character that they could not read."""

# A byte that begins a character of UTF-8 and those that go on with it, as windows-1252 or Latin-1 show them; or a
# control character, which is a quotation mark or dash of windows-1252 shown as Latin-1.
_CONTINUATION = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_ON = f"[{_CONTINUATION}{LOST}]"
_SUSPECT = re.compile(rf"(?:[Â-ß]{_ON}|[à-ï]{_ON}{{2}}|[ð-ô]{_ON}{{3}}|â€)+|[\x80-\x9f]+")
# "IRMÃ”" ends a quotation in Portuguese: a capital among capitals, then a mark that ends the word.
_GENUINE = re.compile(rf"(?<=[A-ZÀ-Þ])[ÂÃ][{_CONTINUATION}](?![^\W\d_])")


def repair_mojibake(text: str) -> tuple[str, int]:
    """The text with what was decoded wrongly decoded rightly, and the number of places where that was so.

    Only lines that hold a suspicious sequence are looked at, and of these only those change that ftfy finds to be
    UTF-8 read as another encoding: genuine letters such as those of "São Tomé" stay.

    Source: Speer (2019), ftfy (its repair of encodings only, none of its other changes).
    """
    if not _SUSPECT.search(text):
        return text, 0
    from ftfy import fix_encoding

    places = 0
    lines = text.split("\n")
    for i, line in enumerate(lines):
        suspects = len(_SUSPECT.findall(line))
        if suspects > len(_GENUINE.findall(line)) and (repaired := fix_encoding(line)) != line:
            lines[i] = repaired
            places += suspects
    return "\n".join(lines), places
