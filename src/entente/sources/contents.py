"""What is read out of some bytes of a known kind: one report, many, or a document whose text is taken out later."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, TypeAlias, cast

import msgspec

from entente.errors import InputError
from entente.records import Document, Failure, Incoming, Media
from entente.sources.decoding import Decoded, LineError, NotedLine, decode_noting, decoded_lines, is_encoding
from entente.sources.kinds import HEAD, Kind, kind_of, refusal
from entente.sources.rows import Columns, json_document, rows_of_json_lines, rows_of_table
from entente.sources.streams import BoundedLines, damage, head_of, whole

__all__ = ["PDF_BYTES", "REPORT_BYTES", "Part", "Place", "Reading", "Taken", "read_content", "read_named"]

REPORT_BYTES = 50_000_000
PDF_BYTES = 100_000_000
JSON_BYTES = 500_000_000
DEEPEST = 3
"""A zip in a zip may hold files that are compressed once more."""
_CONTAINERS = ("zip", "gzip", "mail", "mbox", "warc")

Taken: TypeAlias = Incoming | Document | Failure


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where some bytes come from, and what that place says of the report they hold.

    ``charset`` is declared beside the bytes, None where nobody says; ``depth`` counts the archives around them.
    """

    origin: str
    source_id: str
    url: str | None = None
    charset: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    obtained: str = "file"
    depth: int = 0


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """How to read: which field of a row holds what, and the encoding of texts where the user names it."""

    columns: Columns = Columns()
    encoding: str | None = None


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One thing inside an archive, a mail or a mailbox, to be read before the next is asked for."""

    name: str
    stream: BinaryIO
    place: Place
    content_type: str | None = None
    kind: Kind | None = None


def read_content(stream: BinaryIO, kind: Kind, place: Place, reading: Reading) -> Iterator[Taken]:
    """The reports and documents that the bytes of a stream hold, each as the stream is read.

    What is wrong with them becomes a `Failure` in its place, and never an exception.
    """
    if kind in _CONTAINERS and place.depth >= DEEPEST:
        yield _failed(place, f"lies in {DEEPEST} archives already.", "Unpack the outer ones first.")
        return
    try:
        yield from _READERS[kind](stream, place, reading)
    except InputError as problem:
        yield _failed(place, problem.reason, problem.remedy)
    except (EOFError, OSError, zlib.error) as problem:
        yield _failed(place, *damage(problem))
    except Exception as error:  # noqa: BLE001 - what a library did not foresee must not stop the other inputs
        reason = f"could not be read ({type(error).__name__}: {error})."
        yield _failed(place, reason, "This is a fault of entente: please report it with this text.")


def read_named(
    stream: BinaryIO, name: str, place: Place, reading: Reading, content_type: str | None = None
) -> Iterator[Taken]:
    """The same for bytes whose kind is told by themselves, by their name, or by the content type given with them."""
    try:
        head, stream = head_of(stream)
    except (EOFError, OSError, zlib.error) as problem:
        yield _failed(place, *damage(problem))
        return
    if not head:
        yield _failed(place, "the file is empty.", "Leave it out, or check where it was written.")
    elif kind := kind_of(name, head, content_type):
        yield from read_content(stream, kind, place, reading)
    else:
        yield _failed(place, *refusal(name, head))


def _failed(place: Place, reason: str, remedy: str) -> Failure:
    return Failure(origin=place.origin, source_id=place.source_id, reason=reason, remedy=remedy)


def _read_text(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Taken]:
    decoded = _decoded(stream, REPORT_BYTES, place, reading)
    if not decoded.text.strip():
        raise InputError(place.origin, "the file is empty.", "Leave it out, or check where it was written.")
    yield Incoming(
        text=decoded.text,
        origin=place.origin,
        source_id=place.source_id,
        url=place.url,
        publisher=place.publisher,
        title=place.title,
        published=place.published,
        obtained=place.obtained,
        warnings=decoded.warnings,
    )


def _read_json(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Taken]:
    decoded = _decoded(stream, JSON_BYTES, place, reading)
    for row in _of(place, json_document(decoded.text, place.origin, place.source_id, reading.columns)):
        if decoded.warnings and isinstance(row, Incoming):
            yield msgspec.structs.replace(row, warnings=decoded.warnings + row.warnings)
        else:
            yield row


def _decoded(stream: BinaryIO, limit: int, place: Place, reading: Reading) -> Decoded:
    return decode_noting(whole(stream, limit, place.origin), place.origin, encoding=_encoding(place, reading))


def _encoding(place: Place, reading: Reading) -> str | None:
    """The encoding that the user names, else the one declared beside the bytes if there is such a one."""
    declared = place.charset if place.charset and is_encoding(place.charset) else None
    return reading.encoding or declared


def _read_json_lines(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Taken]:
    yield from _of(
        place, rows_of_json_lines(_lines(stream, place, reading), place.origin, place.source_id, reading.columns)
    )


def _read_table(stream: BinaryIO, place: Place, reading: Reading, *, delimiter: str = ",") -> Iterator[Taken]:
    lines = _lines(stream, place, reading)
    yield from _of(place, rows_of_table(lines, place.origin, place.source_id, reading.columns, delimiter=delimiter))


def _read_tabbed(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Taken]:
    return _read_table(stream, place, reading, delimiter="\t")


def _read_parquet(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Taken]:
    from entente.sources.parquet import rows_of_parquet

    yield from _of(place, rows_of_parquet(stream, place.origin, place.source_id, reading.columns))


def _of(place: Place, rows: Iterable[Incoming | Failure]) -> Iterator[Taken]:
    """Rows, with what their place says where they do not say it themselves."""
    for row in rows:
        if isinstance(row, Incoming) and (place.published or place.publisher or place.obtained != "file"):
            yield msgspec.structs.replace(
                row,
                published=row.published or place.published,
                publisher=row.publisher or place.publisher,
                obtained=place.obtained,
            )
        else:
            yield row


def _lines(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[str | NotedLine | LineError]:
    """The decoded lines of a stream."""
    raw = BoundedLines(stream, REPORT_BYTES)
    for number, line in enumerate(decoded_lines(raw, place.origin, encoding=_encoding(place, reading)), start=1):
        if number == raw.too_long:
            reason = f"is a line of more than {REPORT_BYTES // 1_000_000} MB, so no report."
            yield LineError(f"{place.origin}:{number}", reason, "Check how the file was written.", text="")
        else:
            yield line


def _document(media: Media, limit: int = REPORT_BYTES) -> Callable[[BinaryIO, Place, Reading], Iterator[Taken]]:
    """The reader of things that are one document each."""

    def read(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Taken]:
        yield Document(
            content=whole(stream, limit, place.origin),
            media=media,
            origin=place.origin,
            source_id=place.source_id,
            url=place.url,
            charset=_encoding(place, reading) if media == "page" else None,
            publisher=place.publisher,
            title=place.title,
            published=place.published,
            obtained=place.obtained,
        )

    return read


def _read_feed(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Taken]:
    from entente.sources.feeds import read_feed

    yield from read_feed(whole(stream, REPORT_BYTES, place.origin), place)


def _read_mail(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Taken]:
    from entente.sources.mails import read_mail

    yield from _unrolled(read_mail(whole(stream, REPORT_BYTES, place.origin), place), reading)


def _read_snapshot(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Taken]:
    from entente.sources.snapshots import read_snapshot

    yield read_snapshot(whole(stream, REPORT_BYTES, place.origin), place)


def _read_mailbox(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Taken]:
    from entente.sources.mails import read_mailbox

    yield from _unrolled(read_mailbox(stream, place), reading)


def _read_web_archive(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Taken]:
    from entente.sources.warc import read_warc

    yield from _unrolled(read_warc(stream, place), reading)


def _read_zip(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Taken]:
    from entente.sources.archives import seekable, word_file, zip_parts

    with seekable(stream, place) as archive:
        if word_file(archive):
            yield from _document("docx")(archive, place, reading)
        else:
            yield from _unrolled(zip_parts(archive, place), reading)


def _read_gzip(stream: BinaryIO, place: Place, reading: Reading) -> Iterator[Taken]:
    """What is compressed; a web archive gets the compressed bytes, since each of its records is compressed alone."""
    head, stream = head_of(stream)
    inside = zlib.decompressobj(31).decompress(head, HEAD)
    name = place.origin
    for ending, plain in ((".gz", ""), (".tgz", ".tar")):
        if name.lower().endswith(ending):
            name = name[: -len(ending)] + plain
    if kind_of(name, inside) == "warc":
        yield from _read_web_archive(stream, place, reading)
        return
    with gzip.GzipFile(fileobj=stream) as unpacked:
        part = Part(name=name, stream=cast(BinaryIO, unpacked), place=place)
        yield from _unrolled([part], reading)


def _unrolled(parts: Iterable[Taken | Part], reading: Reading) -> Iterator[Taken]:
    """What is in the parts of an archive or a mail, one after the other."""
    for part in parts:
        if not isinstance(part, Part):
            yield part
            continue
        place = msgspec.structs.replace(part.place, depth=part.place.depth + 1)
        if part.kind:
            yield from read_content(part.stream, part.kind, place, reading)
        else:
            yield from read_named(part.stream, part.name, place, reading, part.content_type)


_READERS: dict[Kind, Callable[[BinaryIO, Place, Reading], Iterator[Taken]]] = {
    "text": _read_text,
    "json": _read_json,
    "jsonl": _read_json_lines,
    "csv": _read_table,
    "tsv": _read_tabbed,
    "parquet": _read_parquet,
    "page": _document("page"),
    "pdf": _document("pdf", PDF_BYTES),
    "docx": _document("docx"),
    "feed": _read_feed,
    "mail": _read_mail,
    "mbox": _read_mailbox,
    "snapshot": _read_snapshot,
    "warc": _read_web_archive,
    "zip": _read_zip,
    "gzip": _read_gzip,
}
