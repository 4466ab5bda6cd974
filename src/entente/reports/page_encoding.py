"""The bytes of a web page as text, by what is declared, what browsers do, and what the bytes can be."""

from __future__ import annotations

import codecs
import re

__all__ = ["decode_page"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The names that pages give and the wider encodings that browsers read them in (WHATWG Encoding Standard, section 4.2).
_WIDER = {
    "iso8859-1": "windows-1252",
    "ascii": "windows-1252",
    "iso8859-9": "windows-1254",
    "iso8859-11": "windows-874",
    "tis-620": "windows-874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",  # a declaration that could be read as ASCII is not in UTF-16
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
    "utf-7": "utf-8",
}
_DECLARED = (
    re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE),
    re.compile(rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE),
)
_DECLARATION_BYTES = 8192
_MOJIBAKE = re.compile("â€[™œ\x9d“”˜¦]|Ã[©¨¡³±¼¶¤]|Â[ «»°£]")
_C1 = {code: bytes([code]).decode("windows-1252", "replace") for code in range(0x80, 0xA0)}
_C1_TABLE = {code: None if mark == "\ufffd" else mark for code, mark in _C1.items()}
_HIGH_LETTER_SHARE = 0.25


def decode_page(content: bytes, charset: str | None) -> tuple[str, tuple[str, ...]]:
    """The text of a page, and warnings where a declaration did not hold.

    A byte-order mark wins, then the charset declared beside the bytes (by an HTTP header), then the page's own. Bytes
    that are not what is declared are read as something that they can be; a page that declares nothing and is not
    UTF-8 is read as windows-1252 where that gives plausible words.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _tidy(content.decode(encoding, "replace")), ()
    if wide := _unmarked_utf16(content):
        return _tidy(content.decode(wide, "replace")), ()
    declared = [name for name in (_known(charset), *_own(content)) if name]
    if declared and declared[0] == "utf-8" and (text := _strict(content, "utf-8")) is not None:
        return _unscrambled(text)
    for name in dict.fromkeys(declared):
        text = _strict(content, name)
        if text is not None and not (name != "utf-8" and _is_utf8(content)):
            return _unscrambled(text) if name == declared[0] else (_tidy(text), (_warning(declared[0], name),))
    text, name = _guess(content, utf8_likely="utf-8" in declared)
    mended, warnings = _unscrambled(text)
    return mended, ((_warning(declared[0], name),) if declared and declared[0] != name else ()) + warnings


def _warning(declared: str, used: str) -> str:
    return f"encoding: the page says {declared} but is not; it was read as {used}."


def _known(name: str | None) -> str | None:
    """The name of the encoding that browsers use for a declared one; None where nobody knows it."""
    if not name:
        return None
    try:
        codec = codecs.lookup(name.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    if not codec._is_text_encoding:  # else "hex" would be a charset
        return None
    plain = codec.name
    plain = {"cp1252": "windows-1252", "euc-kr": "euc_kr"}.get(plain, plain)
    return _WIDER.get(plain, plain)


def _own(content: bytes) -> list[str | None]:
    """The encodings that the page itself declares, in order."""
    head = content[:_DECLARATION_BYTES]
    found = (pattern.search(head) for pattern in _DECLARED)
    return [_known(match.group(1).decode("ascii", "replace")) for match in found if match]


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        if encoding != "windows-1252":
            return None
    # Browsers map the five undefined bytes to control characters rather than refuse them.
    text = content.decode("windows-1252", "replace")
    return text.replace("\ufffd", "") if text.count("\ufffd") <= 1 + len(text) // 2000 else None


def _is_utf8(content: bytes) -> bool:
    """Whether bytes hold letters in UTF-8; text in another encoding is practically never valid UTF-8 by chance."""
    return not content.isascii() and _strict(content, "utf-8") is not None


def _unmarked_utf16(content: bytes) -> str | None:
    """UTF-16 without a byte-order mark shows itself by a NUL in every other byte of its tags."""
    head = content[:400]
    if head.count(0) < len(head) * 0.3:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _guess(content: bytes, *, utf8_likely: bool) -> tuple[str, str]:
    """The text of bytes that are not what they are said to be, or of which nothing is said."""
    text = _strict(content, "utf-8")
    if text is not None:
        return text, "utf-8"
    if (mixed := _mixed(content)) is not None:
        return mixed, "utf-8 and windows-1252"
    single = _strict(content, "windows-1252")
    if single is not None and _is_plausible(single):
        return single, "windows-1252"
    from charset_normalizer import from_bytes  # only for the pages in other scripts that declare nothing

    best = from_bytes(_visible(content)).best()
    if best is not None and (text := _strict(content, best.encoding)) is not None:
        return text, best.encoding
    if single is not None:
        return single, "windows-1252"
    return content.decode("utf-8" if utf8_likely else "windows-1252", "replace").replace("\ufffd", ""), "utf-8"


def _mixed(content: bytes) -> str | None:
    """UTF-8 with some bytes of windows-1252 in it, as where a page was pasted together; None where it is not that."""
    strays: list[int] = []

    def as_browsers_do(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - decoding raises nothing else
        bad = error.object[error.start : error.start + 1]
        strays.append(error.start)
        return bad.decode("windows-1252", "replace").replace("\ufffd", ""), error.start + 1

    codecs.register_error("entente-page", as_browsers_do)
    text = content.decode("utf-8", "entente-page")
    letters = sum(character > "\x7f" for character in text) - len(strays)
    return text if letters > len(strays) else None


def _is_plausible(text: str) -> bool:
    """Whether words read as windows-1252 look like words: few letters beyond ASCII, and signs not inside words."""
    visible = re.sub(r"<[^<>]*>", " ", text)
    letters = sum(character.isalpha() for character in visible) or 1
    high = sum(character > "\x7f" and character.isalpha() for character in visible)
    inside = len(re.findall(r"[a-z][\xa1-\xb1\xb3-\xb6\xb8\xb9\xbc-\xbf\xd7\xf7][a-z]", visible))
    return high / letters < _HIGH_LETTER_SHARE and inside <= 1 + len(visible) // 2000


def _visible(content: bytes) -> bytes:
    """The bytes between a page's tags, which tell more of its language than the tags do."""
    bare = re.sub(rb"(?is)<(script|style)\b.*?</\1\s*>|<[^<>]*>", b" ", content)
    return bare[:200_000] or content[:200_000]


def _unscrambled(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with words mended that were read in the wrong encoding before they came here."""
    if len(_MOJIBAKE.findall(text)) < 2 and "â€" not in text:
        return _tidy(text), ()
    import ftfy  # most pages never need it

    lines = (ftfy.fix_encoding(line) if _MOJIBAKE.search(line) else line for line in text.split("\n"))
    return _tidy("\n".join(lines)), ("encoding: letters that had been garbled before (â€™, Ã©) were mended.",)


def _tidy(text: str) -> str:
    """The text without NUL bytes, with the control characters that stand for windows-1252's quotation marks read so."""
    text = text.removeprefix("\ufeff").replace("\0", "")
    return text if re.search("[\x80-\x9f]", text) is None else text.translate(_C1_TABLE)
