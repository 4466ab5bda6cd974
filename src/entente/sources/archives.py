"""The files in a zip archive, one after the other."""

from __future__ import annotations

import io
import lzma
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, cast

import msgspec

from entente.errors import InputError
from entente.records import Failure
from entente.sources.byproducts import is_byproduct, is_folder_of_page
from entente.sources.contents import Part, Place
from entente.sources.kinds import refusal

__all__ = ["seekable", "word_file", "zip_parts"]

_IN_MEMORY = 10_000_000
_NESTED_BYTES = 1_000_000_000
_HIGHEST_RATIO = 200
_RATIO_COUNTS_FROM = 20_000_000
"""Nobody's texts get two hundred times smaller; an archive made to fill up a machine does."""
_AGAIN = "Fetch it again, or pack it again."
_ENCRYPTED = 0x1
_OTHER_METHODS = {9: "Deflate64", 93: "Zstandard", 95: "xz", 98: "PPMd", 99: "AES"}
_OFFICE_FILES = {"xl/workbook.xml": ".xlsx", "ppt/presentation.xml": ".pptx"}
_MEDIA_TYPES = {
    b"application/epub+zip": ".epub",
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
}
# A damaged list of files makes the library look for them at places that no file has.
_DAMAGE = (zipfile.BadZipFile, EOFError, lzma.LZMAError, zlib.error, ValueError, NotImplementedError)


@contextmanager
def seekable(stream: BinaryIO, place: Place) -> Iterator[BinaryIO]:
    """The same bytes with free access, which a zip archive needs since its list of files stands at its end.

    Raises
    ------
    InputError
        They would have to be laid on the disk and are more than 1 GB.
    """
    if isinstance(stream, io.BytesIO | io.BufferedReader) and stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as laid_down:
        size = 0
        while chunk := stream.read(1 << 20):
            size += len(chunk)
            if size > _NESTED_BYTES:
                reason = f"is an archive of more than {_NESTED_BYTES // 1_000_000:,} MB in another one."
                raise InputError(place.origin, reason, "Unpack the outer one first.")
            laid_down.write(chunk)
        laid_down.seek(0)
        yield cast(BinaryIO, laid_down)


def word_file(stream: BinaryIO) -> bool:
    """Whether a zip archive is a Word file; the stream is where it was afterwards."""
    start = stream.tell()
    try:
        with zipfile.ZipFile(stream) as archive:
            return "word/document.xml" in archive.namelist()
    except (*_DAMAGE, OSError):  # zip_parts says what is wrong
        return False
    finally:
        stream.seek(start)


def zip_parts(stream: BinaryIO, place: Place) -> Iterator[Part | Failure]:
    """The files of an archive by name; nothing is unpacked onto the disk, so no name in it can do harm.

    Raises
    ------
    InputError
        The archive is damaged, empty, or the file of another program.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except _DAMAGE as problem:
        reason = f"the archive is damaged or cut off ({problem})."
        raise InputError(place.origin, reason, _AGAIN) from problem
    with archive:
        if ending := _other_program(archive):
            raise InputError(place.origin, *refusal(ending, b""))
        files = _files(archive)
        if not files:
            raise InputError(place.origin, "the archive holds no files.", "Leave it out, or check how it was made.")
        for info in sorted(files, key=lambda one: one.filename):
            yield from _part(archive, info, place)


def _other_program(archive: zipfile.ZipFile) -> str:
    """A name as the file of an office program should have it, empty for an archive of files."""
    names = set(archive.namelist())
    if "mimetype" in names:
        try:
            with archive.open("mimetype") as file:
                media_type = file.read(200).strip()
        except (*_DAMAGE, RuntimeError, OSError):
            return ""
        return "x" + _MEDIA_TYPES[media_type] if media_type in _MEDIA_TYPES else ""
    return next(("x" + ending for name, ending in _OFFICE_FILES.items() if name in names), "")


def _files(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The members that are files which their owner put there, as in a folder."""
    members = [(one.filename.replace("\\", "/").split("/"), one) for one in archive.infolist()]
    beside: dict[tuple[str, ...], set[str]] = {}
    for steps, _ in members:
        beside.setdefault(tuple(steps[:-1]), set()).add(steps[-1])

    def is_passed_over(place: int, steps: list[str]) -> bool:
        step = steps[place]
        if step in (".", ".."):
            return False
        return is_byproduct(step) or (
            place < len(steps) - 1 and is_folder_of_page(step, beside.get(tuple(steps[:place]), ()))
        )

    return [one for steps, one in members if steps[-1] and not any(is_passed_over(n, steps) for n in range(len(steps)))]


def _part(archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: Place) -> Iterator[Part | Failure]:
    name = info.filename.replace("\\", "/")
    where = msgspec.structs.replace(
        place, origin=f"{place.origin}/{name}", source_id=name.rpartition("/")[2], title=None, url=None
    )
    if why := _refused(info):
        yield Failure(origin=where.origin, source_id=where.source_id, reason=why[0], remedy=why[1])
        return
    try:
        with archive.open(info) as file:
            yield Part(name=name, stream=cast(BinaryIO, io.BufferedReader(_Member(file), 1 << 16)), place=where)
    except (*_DAMAGE, RuntimeError, OSError) as problem:
        reason = f"is damaged in the archive ({problem})."
        yield Failure(origin=where.origin, source_id=where.source_id, reason=reason, remedy=_AGAIN)


def _refused(info: zipfile.ZipInfo) -> tuple[str, str] | None:
    """Why a member is not unpacked, and what to do about it."""
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted.", "Unpack the archive with its password, then read the folder."
    known = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
    if info.compress_type not in known:
        name = _OTHER_METHODS.get(info.compress_type, f"method {info.compress_type}")
        return f"is compressed in a way that is not read ({name}).", "Unpack the archive, then read the folder."
    if info.file_size > _RATIO_COUNTS_FROM and info.file_size > _HIGHEST_RATIO * max(1, info.compress_size):
        ratio = info.file_size // max(1, info.compress_size)
        return f"would unpack to {ratio:,} times its size, which no text does.", "Unpack it by hand if you trust it."
    return None


class _Member(io.RawIOBase):
    """The bytes of one member; what is wrong with them is said in one way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # any buffer will do
        try:
            content = self._file.read(len(buffer))
        except (*_DAMAGE, RuntimeError) as problem:
            raise EOFError(str(problem)) from problem
        buffer[: len(content)] = content
        return len(content)
