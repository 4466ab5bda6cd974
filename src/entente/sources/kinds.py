"""What kind of thing some bytes are: told by the bytes where they are certain, else by the name or the content type."""

from __future__ import annotations

import codecs
import re
from typing import Literal

__all__ = ["HEAD", "KINDS_READ", "Kind", "ending_of", "kind_of", "refusal"]

Kind = Literal[
    "text", "json", "jsonl", "csv", "tsv", "page", "pdf", "docx", "feed",
    "mail", "mbox", "snapshot", "warc", "parquet", "zip", "gzip",
]  # fmt: skip
HEAD = 1 << 13
"""How many of the first bytes are looked at."""

KINDS_READ = (
    "Kinds read: .txt .md .jsonl .json .csv .tsv .html .mhtml .pdf .docx .parquet .eml .mbox .warc, feeds (.rss .atom .xml), "
    "each also in .gz and .zip."
)
_ENDINGS: dict[str, Kind] = {
    ".txt": "text", ".md": "text", ".markdown": "text", ".text": "text",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "tsv",
    ".html": "page", ".htm": "page", ".xhtml": "page", ".xht": "page", ".shtml": "page",
    ".mht": "snapshot", ".mhtml": "snapshot", ".eml": "mail", ".mbox": "mbox", ".mbx": "mbox",
    ".rss": "feed", ".atom": "feed", ".rdf": "feed",
}  # fmt: skip
_MARKED_ENDINGS = {
    ".pdf": "a PDF file", ".docx": "a Word file (.docx)", ".zip": "a zip archive", ".gz": "compressed with gzip",
    ".tgz": "compressed with gzip", ".parquet": "a Parquet file", ".warc": "a WARC file",
}  # fmt: skip
_CONTENT_TYPES: dict[str, Kind] = {
    "text/html": "page", "application/xhtml+xml": "page", "text/markdown": "text", "text/csv": "csv",
    "text/tab-separated-values": "tsv", "application/json": "json", "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl", "application/rss+xml": "feed", "application/atom+xml": "feed",
    "application/rdf+xml": "feed", "application/feed+json": "feed", "message/rfc822": "mail",
    "application/mbox": "mbox", "multipart/related": "snapshot", "application/x-mimearchive": "snapshot",
}  # fmt: skip
_FEED_ROOTS = ("rss", "feed", "rdf", "channel")
_PARTS_OF_A_PAGE = re.compile(
    r"<(?:!doctype html|html|head|body|title|meta|link|script|style|div|p|h[1-6]|article|main|section|table|br|ul)\b",
    re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s/>]")
_BEFORE_THE_ROOT = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_MAIL_BOX = re.compile(r"From \S.{0,120}\d{1,2}:\d\d.{0,60}\r?\n[A-Za-z][\w-]*: ?\S")
_SNAPSHOT = re.compile(r"^(?:Snapshot-Content-Location:|From: <?Saved by )", re.MULTILINE | re.IGNORECASE)
_COLUMNS = frozenset("text id date published title headline url link publisher source body content author".split())
_COLUMN = re.compile(r"[\w .-]{0,40}")
_HEADER_LINE = re.compile(r"[A-Za-z][\w-]*:(?=[ \t])")
_MAIL_HEADERS = frozenset("from to date subject received message-id mime-version return-path delivered-to".split())

_CONVERT = "Convert it first, e.g. `soffice --headless --convert-to docx FILE`, then read that."
_TABLE = "Save the sheet as CSV, e.g. `soffice --headless --convert-to csv FILE`, then read that."
_SLIDES = "Convert it first, e.g. `soffice --headless --convert-to pdf FILE`, then read that."
_UNPACK = "Unpack it first, then read the folder."
_PICTURE = ("is a picture, not a text.", "If it shows a text, take that out first, e.g. `tesseract FILE FILE`.")
_RECORDING = ("is a sound or film recording, not a text.", "Give its transcript as text.")
_UNREAD_ENDINGS = {
    ".doc": ("is an old Word file, which is not read.", _CONVERT),
    ".rtf": ("is a rich text file, which is not read.", _CONVERT),
    ".odt": ("is an OpenDocument text, which is not read.", _CONVERT),
    ".xls": ("is an old Excel file, which is not read.", _TABLE),
    ".xlsx": ("is an Excel file, which is not read.", _TABLE),
    ".ods": ("is an OpenDocument table, which is not read.", _TABLE),
    ".ppt": ("is an old PowerPoint file, which is not read.", _SLIDES),
    ".pptx": ("is a PowerPoint file, which is not read.", _SLIDES),
    ".odp": ("is an OpenDocument slide show, which is not read.", _SLIDES),
    ".epub": ("is an e-book, which is not read.", "Convert it first, e.g. `pandoc FILE -o FILE.html`, then read that."),
    ".msg": ("is an Outlook message, which is not read.", "Save it as .eml in the mail program, then read that."),
    ".pst": ("is an Outlook mailbox, which is not read.", "Write it as mbox first, e.g. `readpst -o FOLDER FILE`."),
    ".tar": ("is a tar archive, which is not read.", _UNPACK),
    ".7z": ("is a 7-Zip archive, which is not read.", _UNPACK),
    ".rar": ("is a RAR archive, which is not read.", _UNPACK),
    ".bz2": ("is compressed with bzip2, which is not read.", "Unpack it first, e.g. `bunzip2 FILE`."),
    ".xz": ("is compressed with xz, which is not read.", "Unpack it first, e.g. `unxz FILE`."),
    ".zst": ("is compressed with Zstandard, which is not read.", "Unpack it first, e.g. `unzstd FILE`."),
    ".duckdb": ("is a database, not a report.", "`entente merge FILE` joins another desk's store to yours."),
}
_OLD_OFFICE = (
    "is a file of an old Office program, which is not read.",
    "Convert it first, e.g. `soffice --headless --convert-to docx FILE`, then read that.",
)
_UNREAD_MARKS: tuple[tuple[int, bytes, tuple[str, str]], ...] = (
    (0, b"\x89PNG", _PICTURE),
    (0, b"\xff\xd8\xff", _PICTURE),
    (0, b"GIF8", _PICTURE),
    (8, b"WEBP", _PICTURE),
    (0, b"II*\0", _PICTURE),
    (0, b"MM\0*", _PICTURE),
    (4, b"ftyphei", _PICTURE),
    (4, b"ftypavif", _PICTURE),
    (4, b"ftyp", _RECORDING),
    (0, b"ID3", _RECORDING),
    (0, b"OggS", _RECORDING),
    (0, b"fLaC", _RECORDING),
    (0, b"RIFF", _RECORDING),
    (0, b"\xff\xfb", _RECORDING),
    (0, b"\x1aE\xdf\xa3", _RECORDING),
    (0, b"\xd0\xcf\x11\xe0", _OLD_OFFICE),
    (0, b"{\\rtf", _UNREAD_ENDINGS[".rtf"]),
    (0, b"7z\xbc\xaf", _UNREAD_ENDINGS[".7z"]),
    (0, b"Rar!", _UNREAD_ENDINGS[".rar"]),
    (0, b"BZh", _UNREAD_ENDINGS[".bz2"]),
    (0, b"\xfd7zXZ", _UNREAD_ENDINGS[".xz"]),
    (0, b"\x28\xb5\x2f\xfd", _UNREAD_ENDINGS[".zst"]),
    (257, b"ustar", _UNREAD_ENDINGS[".tar"]),
    (8, b"DUCK", _UNREAD_ENDINGS[".duckdb"]),
    (0, b"SQLite format 3", ("is a database, not a report.", "Write its reports as JSONL or CSV first.")),
)


def kind_of(name: str, first: bytes, content_type: str | None = None) -> Kind | None:
    """The kind that some bytes are to be read as, None for what is not read (`refusal` says why).

    Parameters
    ----------
    name : str
        A file name or path; its ending counts where the bytes leave a doubt.
    first : bytes
        The first `HEAD` bytes, or all there are.
    content_type : str, optional
        What an HTTP header or a mail part says; it counts before the name, where it says more than "some text".
    """
    if marked := _marked(first):
        return marked
    if _unread_mark(first):
        return None
    words = _words(first)
    said, ending = _said(content_type), ending_of(name)
    if written := _written(words):
        return written
    if _root(words) in ("urlset", "sitemapindex", "opml", "svg"):
        return None
    if kind := said or _ENDINGS.get(ending):
        return kind
    if ending in _MARKED_ENDINGS or ending in _UNREAD_ENDINGS:
        return None
    if content_type and content_type.lower().startswith("text/plain"):
        return "text"
    return _guessed(words) if not ending else None


def ending_of(name: str) -> str:
    """The ending of a file's name in small letters with its dot, empty where it has none."""
    stem, dot, ending = name.replace("\\", "/").rpartition("/")[2].rpartition(".")
    return f".{ending.lower()}" if stem and dot and re.fullmatch(r"\w{1,10}", ending) else ""


def refusal(name: str, first: bytes) -> tuple[str, str]:
    """Why bytes that have no kind are not read, and what to do about it."""
    ending = ending_of(name)
    if mark := _unread_mark(first):
        known = _UNREAD_ENDINGS.get(ending)
        return known if mark is _OLD_OFFICE and known else mark
    if ending in _UNREAD_ENDINGS:
        return _UNREAD_ENDINGS[ending]
    if ending in _MARKED_ENDINGS:
        return f"is called {ending} but is not {_MARKED_ENDINGS[ending]}.", "Fetch it again, or name it as what it is."
    words = _words(first)
    if "\0" in words and ending in ("", *_ENDINGS):
        return "is binary, not text (it holds NUL bytes).", "Give the text that it was made from."
    root = _root(words)
    if root in ("urlset", "sitemapindex"):
        return "is a sitemap, a list of pages and no report.", "`entente source add ADDRESS` reads the pages it lists."
    if root == "opml":
        return "is a list of feeds and no report.", "`entente source add ADDRESS` reads a feed."
    if root == "svg":
        return _PICTURE
    if root and (not ending or ending == ".xml"):
        return f"is XML of another kind (<{root}>), which is not read.", KINDS_READ
    return f"files of the kind {ending} are not read." if ending else "is no kind of file that is read.", KINDS_READ


def _marked(first: bytes) -> Kind | None:
    """The kind that the first bytes declare beyond doubt."""
    start = first.removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if first.startswith(b"\x1f\x8b"):
        return "gzip"
    if first.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"  # a Word file is told from an archive by the list of its members, at the end
    if first.startswith(b"PAR1"):
        return "parquet"
    return "warc" if re.match(rb"WARC/\d\.\d\r?\n", start) else None


def _unread_mark(first: bytes) -> tuple[str, str] | None:
    return next((why for place, mark, why in _UNREAD_MARKS if first[place : place + len(mark)] == mark), None)


def _words(first: bytes) -> str:
    """The first bytes as characters, good enough to tell kinds apart."""
    for mark, encoding in (
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if first.startswith(mark):
            return first[: len(first) // 4 * 4].decode(encoding, errors="replace").lstrip()
    if first.startswith((b"<\0", b"\0<")):  # a page in UTF-16 without its mark
        return first.decode("utf-16-le" if first.startswith(b"<") else "utf-16-be", errors="replace")
    return first.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()


def _said(content_type: str | None) -> Kind | None:
    return _CONTENT_TYPES.get((content_type or "").partition(";")[0].strip().lower())


def _written(words: str) -> Kind | None:
    """The kind that the first words declare beyond doubt, whatever the name says."""
    root = _root(words)
    if root == "html" or re.match(r"<!doctype\s+html", words, re.IGNORECASE):
        return "page"
    if root in _FEED_ROOTS and (root != "rdf" or "purl.org/rss" in words or "netscape.com/rdf" in words):
        return "feed"
    if words.startswith("{") and "jsonfeed.org/version/" in words[:2000]:
        return "feed"
    if _MAIL_BOX.match(words):
        return "mbox"
    head = _head(words)
    return "snapshot" if _SNAPSHOT.search(head) and "multipart/related" in head.lower() else None


def _root(words: str) -> str:
    """The name of the first element in small letters, without its prefix; empty where there is no markup."""
    place = 0
    while found := _BEFORE_THE_ROOT.match(words, place):
        place = found.end()
    match = _ROOT.match(words, place)
    return match.group(1).lower() if match else ""


def _guessed(words: str) -> Kind | None:
    """What a text without a name is."""
    if "\0" in words:
        return None
    line = words.partition("\n")[0].strip()
    if re.match(r'\{\s*"', line):
        return "jsonl"
    if line in ("{", "[") or re.match(r'\[\s*\{\s*"', line):
        return "json"
    if words.startswith("<?xml") or _PARTS_OF_A_PAGE.match(words):
        return "page" if _PARTS_OF_A_PAGE.search(words) else None
    if _is_mail(words):
        return "mail"
    return "csv" if _is_table(words) else "text"


def _is_table(words: str) -> bool:
    """Whether a text begins with a line of names that tables give their columns, and another follows."""
    first, _, rest = re.sub(r"^sep=.\r?\n", "", words, flags=re.IGNORECASE).partition("\n")
    cells = [cell.strip("\"' \r").lower() for cell in re.split(r"[,;\t|]", first)]
    return rest.strip() != "" and len(_COLUMNS.intersection(cells)) >= 2 and all(map(_COLUMN.fullmatch, cells))


def _head(words: str) -> str:
    """What stands before the first blank line, as the headers of a mail do."""
    return words.replace("\r\n", "\n").partition("\n\n")[0]


def _is_mail(words: str) -> bool:
    """Whether a text begins with at least three lines that a mail begins with."""
    lines = _head(words).split("\n")
    names = [match.group()[:-1].lower() for line in lines if (match := _HEADER_LINE.match(line))]
    others = [line for line in lines if not line.startswith((" ", "\t")) and not _HEADER_LINE.match(line)]
    return len(_MAIL_HEADERS.intersection(names)) >= 3 and not others[:-1]
