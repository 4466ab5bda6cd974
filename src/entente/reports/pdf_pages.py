"""What stands where on the pages of a PDF file: its characters, gathered into pieces of lines."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from contextlib import closing

import msgspec
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

__all__ = ["Page", "Piece", "read_page"]

# In sizes of the letter: what parts two words in any case, what two pieces of a line, and how far from each other the
# letters of a line may stand in height.
WORD_GAP, PIECE_GAP, SAME_LINE = 0.35, 1.5, 0.35
_MARKS = re.compile(r"[\d*†‡§,]+")
_UNIT = re.compile(r"(?:^|[\d\s])[kcm]?m$")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LINE_END_HYPHENS = ("\x02", "\ufffe", "\u00ad")
_BOLD_WEIGHT = 600


class Piece(msgspec.Struct, kw_only=True):
    """Letters side by side on one line without a wide gap; ``base`` counts downwards, in points like all else.

    ``marked`` says that a footnote's mark stood before them; ``raised_from`` is where letters begin that stand higher
    than the line, while these are gathered.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool = False
    marked: bool = False
    raised_from: int | None = None


class Page(msgspec.Struct, kw_only=True):
    """A page's pieces in the order in which they were drawn, and the letters that name none."""

    pieces: list[Piece]
    pictures: bool
    letters: int = 0
    unknown: int = 0


class _Glyph(msgspec.Struct):
    """A character as it stands on the page; ``spaced`` says that pdfium sees a blank or a line end before it."""

    letter: str
    left: float
    right: float
    base: float
    size: float
    quarter: int
    index: int
    spaced: bool = False


def read_page(document: pdfium.PdfDocument, number: int) -> Page:
    """The pieces of a page; text that stands across the page (a stamp in its margin) is left out.

    Raises
    ------
    pypdfium2.PdfiumError
        The page is damaged.
    """
    with closing(document[number]) as page, closing(page.get_textpage()) as words:
        glyphs = _glyphs(words)
        quarters = Counter(glyph.quarter for glyph in glyphs if not glyph.letter.isspace())
        upright = quarters.most_common(1)[0][0] if quarters else 0
        glyphs = [_turned(glyph, upright) for glyph in glyphs if glyph.quarter == upright]
        found = Page(
            pieces=_pieces(glyphs, words),
            pictures=any(True for _ in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,))),
        )
        for glyph in glyphs:
            found.letters += not glyph.letter.isspace()
            found.unknown += unicodedata.category(glyph.letter[0]) in ("Co", "Cn", "Cc") or glyph.letter == "\ufffd"
        return found


def _glyphs(words: pdfium.PdfTextPage) -> list[_Glyph]:
    """Each character of the file with its place."""
    glyphs = []
    spaced = False
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium_c.FS_MATRIX()
    for index in range(words.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(words, index)
        letter = chr(code) if code else "\ufffd"
        if pdfium_c.FPDFText_IsGenerated(words, index):
            spaced = True
            continue
        if 0xD800 <= code < 0xE000:
            continue
        pdfium_c.FPDFText_GetCharOrigin(words, index, x, y)
        left, bottom, right, top = words.get_charbox(index, loose=True)
        size = pdfium_c.FPDFText_GetFontSize(words, index)
        if pdfium_c.FPDFText_GetMatrix(words, index, matrix):
            size *= math.hypot(matrix.c, matrix.d) or 1.0
        quarter = round(pdfium_c.FPDFText_GetCharAngle(words, index) / (math.pi / 2)) % 4
        if quarter % 2:
            left, right, base = bottom, top, x.value
        else:
            base = y.value
        glyphs.append(_Glyph(letter, left, right, base, abs(size) or 1.0, quarter, index, spaced))
        spaced = False
    return glyphs


def _turned(glyph: _Glyph, quarter: int) -> _Glyph:
    """The glyph as it stands once the page is held so that its text can be read; down is positive."""
    if quarter in (1, 2):
        glyph.left, glyph.right = -glyph.right, -glyph.left
    if quarter in (0, 1):
        glyph.base = -glyph.base
    return glyph


def _pieces(glyphs: list[_Glyph], words: pdfium.PdfTextPage) -> list[Piece]:
    pieces: list[Piece] = []
    seen: set[tuple[str, int, int]] = set()
    piece: Piece | None = None
    members: list[_Glyph] = []
    blank = False

    def close() -> None:
        if piece is not None:
            _settle(piece)
        if piece is not None and piece.text.strip():
            piece.size = Counter(glyph.size for glyph in members).most_common(1)[0][0]
            piece.bold = _is_bold(words, members[0].index) and _is_bold(words, members[-1].index)
            # Some programs make letters bold by drawing them twice.
            key = (piece.text, round(piece.left / 2), round(piece.base / 2))
            if key not in seen:
                seen.add(key)
                pieces.append(piece)

    for glyph in glyphs:
        letter = _normal(glyph.letter)
        blank |= glyph.spaced or letter.isspace()
        if letter.isspace() or not letter:
            continue
        if piece is not None and (_is_of_ligature(members[-1], glyph) or _goes_on(piece, glyph)):
            _take(piece, glyph, letter, blank)
        else:
            close()
            piece, members = _begun(glyph, letter), []
        members.append(glyph)
        blank = False
    close()
    return pieces


def _begun(glyph: _Glyph, letter: str) -> Piece:
    return Piece(text=letter, left=glyph.left, right=glyph.right, base=glyph.base, size=glyph.size)


def _normal(letter: str) -> str:
    if letter in _LINE_END_HYPHENS:
        return "\u00ad"
    if "\ufb00" <= letter <= "\ufb06" or letter in "\u2010\u2011":
        return "-" if letter in "\u2010\u2011" else unicodedata.normalize("NFKC", letter)
    return "" if letter in "\u200b\u200c\u200d\ufeff\x00" else letter


def _is_of_ligature(previous: _Glyph, glyph: _Glyph) -> bool:
    """Whether two letters are drawn as one; pdfium gives each the place of both."""
    return (previous.left, previous.right, previous.base) == (glyph.left, glyph.right, glyph.base)


def _goes_on(piece: Piece, glyph: _Glyph) -> bool:
    size = max(piece.size, glyph.size)
    gap = glyph.left - piece.right
    if not -0.6 * size < gap < PIECE_GAP * size:
        return False
    if abs(glyph.base - piece.base) <= SAME_LINE * min(piece.size, glyph.size):
        return max(piece.size, glyph.size) < 1.7 * min(piece.size, glyph.size)
    return gap < 0.5 * size and (_is_raised(glyph.base, glyph.size, piece) or _is_led_by_mark(piece, glyph))


def _is_raised(base: float, size: float, piece: Piece) -> bool:
    return size < 0.85 * piece.size and 0.1 * piece.size < piece.base - base < 0.7 * piece.size


def _is_led_by_mark(piece: Piece, glyph: _Glyph) -> bool:
    """Whether the piece so far is the raised mark of the footnote that begins here."""
    raised = 0.1 * glyph.size < glyph.base - piece.base < 0.7 * glyph.size
    return raised and piece.size < 1.05 * glyph.size and _MARKS.fullmatch(piece.text) is not None


def _take(piece: Piece, glyph: _Glyph, letter: str, blank: bool) -> None:
    """Add a letter to a piece."""
    if _is_led_by_mark(piece, glyph):
        piece.text, piece.base, piece.size, piece.marked = letter, glyph.base, glyph.size, True
        piece.right = glyph.right
        return
    if not _is_raised(glyph.base, glyph.size, piece):
        _settle(piece)
    elif piece.raised_from is None:
        piece.raised_from = len(piece.text)
    if blank or glyph.left - piece.right > WORD_GAP * piece.size:
        piece.text += " "
    piece.text += letter
    piece.right = max(piece.right, glyph.right)
    if piece.raised_from is None:
        piece.size = max(piece.size, glyph.size)


def _settle(piece: Piece) -> None:
    """Decide on the raised letters at a piece's end: the mark of a footnote goes, all else stays."""
    if piece.raised_from is None:
        return
    before, raised = piece.text[: piece.raised_from], piece.text[piece.raised_from :]
    piece.raised_from = None
    if _MARKS.fullmatch(raised.strip()):
        piece.text = before + (raised.translate(_RAISED) if _UNIT.search(before) else "")


def _is_bold(words: pdfium.PdfTextPage, index: int) -> bool:
    if pdfium_c.FPDFText_GetFontWeight(words, index) >= _BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    pdfium_c.FPDFText_GetFontInfo(words, index, name, 128, flags)
    return b"bold" in name.value.lower() or b"black" in name.value.lower()
