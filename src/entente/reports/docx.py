"""Word files (DOCX) as reports: their text, and the title and date that they give."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lxml import etree

from entente.errors import InputError
from entente.records import Document, Incoming
from entente.reports.docx_body import Block, Styles, as_text, blocks_of, note_numbers
from entente.reports.properties import made_on, real_title

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["extract_docx"]

PART_BYTES = 100_000_000
TITLE_BLOCKS = 5
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CONVERT = "Convert it with `soffice --headless --convert-to docx {name}`, then add that file."


def extract_docx(document: Document) -> Incoming:
    """The report that a Word file holds.

    Its changes count as accepted; field codes, comments and hidden text are no text. Tables of contents, heads and feet
    are left out, footnotes follow at the end.

    Raises
    ------
    InputError
        The file is damaged, of an older kind, protected by a password, or holds no text.
    """
    _check_kind(document)
    try:
        with zipfile.ZipFile(io.BytesIO(document.content)) as package:
            return _report(package, document)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as problem:
        raise _damaged(document, str(problem)) from problem
    except etree.XMLSyntaxError as problem:
        raise _damaged(document, problem.msg or "no XML") from problem


def _check_kind(document: Document) -> None:
    """Refuse what is no DOCX file, whatever its name says."""
    content, name = document.content, document.origin.rsplit("/", 1)[-1]
    if content.startswith(_OLD_WORD) and _ENCRYPTED in content:
        remedy = (
            "Save it without its password, or use `msoffcrypto-tool -p PASSWORD FILE NEW.docx`, then add that file."
        )
        raise InputError(document.origin, "needs a password.", remedy)
    if content.startswith(_OLD_WORD):
        raise InputError(document.origin, "is a Word file of the old kind (.doc).", _CONVERT.format(name=name))
    if content.startswith(b"{\\rtf"):
        raise InputError(document.origin, "is a file in rich text format (RTF).", _CONVERT.format(name=name))


def _damaged(document: Document, reason: str) -> InputError:
    return InputError(document.origin, f"is a damaged Word file ({reason.rstrip('.')}).", "Fetch it again.")


def _report(package: zipfile.ZipFile, document: Document) -> Incoming:
    main = _main_part(package)
    root = _part(package, main, document.origin)
    if root is None:
        reason = "is a zip file without a Word document in it."
        raise InputError(document.origin, reason, "If it holds other files, name it .zip.")
    folder = posixpath.dirname(main)
    styles = Styles(_part(package, f"{folder}/styles.xml", document.origin))
    blocks = list(blocks_of(root, styles))
    blocks += _notes(package, folder, root, styles, document.origin)
    text = as_text(block for block in blocks if block.kind != "contents")
    if not text:
        raise InputError(document.origin, *_no_text(package, document.origin))
    heads = list(_edges(package, folder, "header", styles, document.origin))
    feet = list(_edges(package, folder, "footer", styles, document.origin))
    whole = as_text([*heads, *blocks, *feet])
    title, made = _properties(package, document.origin)
    warning = made_on(text, made, "Word file") if made and document.published is None else None
    return Incoming(
        text=text,
        origin=document.origin,
        source_id=document.source_id,
        url=document.url,
        publisher=document.publisher,
        title=document.title or real_title(title) or _headline(blocks),
        published=document.published,
        obtained=document.obtained,
        whole=whole if whole != text else None,
        warnings=(warning,) if warning else (),
    )


def _main_part(package: zipfile.ZipFile) -> str:
    """The part that holds the text: the package says which, since only most programs call it word/document.xml."""
    try:
        relations = etree.fromstring(package.read("_rels/.rels"), _parser())
    except KeyError:
        return "word/document.xml"
    for relation in relations:
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
    return "word/document.xml"


def _part(package: zipfile.ZipFile, name: str, origin: str) -> _Element | None:
    """The XML of a part, None where there is none of that name.

    Raises
    ------
    InputError
        The part is larger than any text, as in a file made to fill the memory.
    """
    try:
        with package.open(name) as stream:
            content = stream.read(PART_BYTES + 1)
    except KeyError:
        return None
    if len(content) > PART_BYTES:
        raise InputError(origin, f"holds more than {PART_BYTES // 1_000_000} MB of text.", "Split it.")
    return etree.fromstring(content, _parser())


def _parser() -> etree.XMLParser:
    """A parser that follows no reference out of the file, nor one that grows within it."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )


def _notes(package: zipfile.ZipFile, folder: str, root: _Element, styles: Styles, origin: str) -> Iterator[Block]:
    """The footnotes and endnotes that the text points to."""
    numbers = note_numbers(root)
    notes: dict[str, _Element] = {}
    for kind in sorted({number.split(" ", 1)[0] for number in numbers}):
        part = _part(package, f"{folder}/{kind}s.xml", origin)
        for note in [] if part is None else part:
            number = next((str(v) for k, v in note.items() if etree.QName(k).localname == "id"), "")
            notes[f"{kind} {number}"] = note
    for number in dict.fromkeys(numbers):
        if number in notes:
            yield from blocks_of(notes[number], styles)


def _edges(package: zipfile.ZipFile, folder: str, kind: str, styles: Styles, origin: str) -> Iterator[Block]:
    """What stands at the head or foot of the pages, once."""
    seen: set[str] = set()
    for name in sorted(package.namelist()):
        if re.fullmatch(rf"{re.escape(folder)}/{kind}\d*\.xml", name):
            part = _part(package, name, origin)
            for block in [] if part is None else blocks_of(part, styles):
                if block.text not in seen:
                    seen.add(block.text)
                    yield block


def _properties(package: zipfile.ZipFile, origin: str) -> tuple[str | None, str | None]:
    """The title and the day of making that the file gives."""
    core = _part(package, "docProps/core.xml", origin)
    if core is None:
        return None, None
    made = re.match(r"\d{4}-\d{2}-\d{2}", core.findtext("{*}created") or "")
    return core.findtext("{*}title"), made.group() if made else None


def _headline(blocks: Sequence[Block]) -> str | None:
    """The title or first heading, where it stands at the top."""
    top = blocks[:TITLE_BLOCKS]
    found = next((b for b in top if b.level == 0), None) or next((b for b in top if b.level == 1), None)
    return " ".join(found.text.split()) if found else None


def _no_text(package: zipfile.ZipFile, origin: str) -> tuple[str, str]:
    name = origin.rsplit("/", 1)[-1]
    pictures = sum("/media/" in part for part in package.namelist())
    if not pictures:
        return "no text found.", "Leave it out, or check where it was written."
    what = "1 image" if pictures == 1 else f"{pictures:,} images"
    pdf = re.sub(r"(\.docx)?$", ".pdf", name, count=1, flags=re.IGNORECASE)
    remedy = f"Make a PDF of it with `soffice --headless --convert-to pdf {name}` and run OCR on that, e.g. `ocrmypdf {pdf} {pdf}`."
    return f"no text found ({what}).", remedy
