"""Web archives: pages come in with their address, and every damaged record is named while the rest is read."""

import base64
import gzip
import hashlib
import io
import os
import tracemalloc
import zipfile
import zlib

import brotli
import pytest

from entente.records import Document, Failure, Incoming
from entente.sources.files import read_inputs

HEADERS = "Content-Type: text/html; charset=utf-8"


def page(words):
    return f"<!doctype html><html><body><p>{words}</p></body></html>".encode()


def answer(body, headers=HEADERS, status="200 OK"):
    return f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body


def record(address, block, *, kind="response", length=None, fields=""):
    media = "application/http; msgtype=response" if kind == "response" else "text/plain"
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
    head += f"WARC-Target-URI: {address}\r\n" if address else ""
    head += f"Content-Type: {media}\r\n" if "Content-Type" not in fields else ""
    head += f"{fields}Content-Length: {len(block) if length is None else length}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


LIMA = record("https://example.org/lima", answer(page("Peru and Chile met in Lima.")))
QUITO = record("https://example.org/quito", answer(page("Ecuador and Peru met in Quito.")))
LOST = record("https://example.org/lost", answer(page("Nobody will read this to its end, since it was cut off.")))


@pytest.fixture
def read(tmp_path):
    def read(content, name="a.warc"):
        path = tmp_path / (name + ".gz" if content.startswith(b"\x1f\x8b") else name)
        path.write_bytes(content)
        return list(read_inputs([str(path)]))

    return read


def addresses(items):
    return [item.url if isinstance(item, Document | Incoming) else "failure" for item in items]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "whole file compressed"])
def test_pages_come_with_their_address_and_declared_encoding(read, tmp_path, pack):
    first, second = read(pack(LIMA + QUITO))
    assert (first.media, first.url, first.charset) == ("page", "https://example.org/lima", "utf-8")
    assert first.content == page("Peru and Chile met in Lima.")
    assert second.source_id == "https://example.org/quito"


def test_offset_of_a_page_is_that_in_the_file(read, tmp_path):
    packed = gzip.compress(LIMA)
    first, second = read(packed + gzip.compress(QUITO))
    assert first.origin == f"{tmp_path}/a.warc.gz:0"
    assert second.origin == f"{tmp_path}/a.warc.gz:{len(packed)}"


@pytest.mark.parametrize(
    "other",
    [
        record("https://example.org/x", b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(None, b"software: x\r\n", kind="warcinfo"),
        record("https://example.org/x", b"fetchTimeMs: 3", kind="metadata"),
        record("https://example.org/x", answer(b""), kind="revisit"),
        record("dns:example.org", b"2024 example.org. A 192.0.2.1", fields="Content-Type: text/dns\r\n"),
        record("https://example.org/x", answer(page("Gone"), status="404 Not Found")),
        record("https://example.org/x", answer(b"", "Location: /y", status="301 Moved")),
        record("https://example.org/x.png", answer(b"\x89PNG\r\n", "Content-Type: image/png")),
        record("https://example.org/x.css", answer(b"p {}", "Content-Type: text/css")),
        record("https://example.org/x.js", answer(b"var x", "Content-Type: application/javascript")),
        record("https://example.org/x", answer(b'{"a": 1}', "Content-Type: application/json")),
        record("https://example.org/robots.txt", answer(b"User-agent: *", "Content-Type: text/plain")),
    ],
)
def test_records_that_are_no_pages_are_passed_over(read, other):
    assert addresses(read(other + LIMA)) == ["https://example.org/lima"]


def test_archive_without_pages_says_so(read):
    (failure,) = read(record(None, b"software: x\r\n", kind="warcinfo"))
    assert "holds no pages (1 records of other kinds)" in failure.reason


def test_files_texts_and_feeds_in_an_archive_are_read(read):
    feed = b'<rss version="2.0"><channel><title>N</title><item><title>Talks</title></item></channel></rss>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "x")
    pdf, docx, text, item, converted = read(
        record("https://example.org/a.pdf", answer(b"%PDF-1.7 x", "Content-Type: application/pdf"))
        + record("https://example.org/b", answer(packed.getvalue(), "Content-Type: application/octet-stream"))
        + record("https://example.org/c", answer(b"Peru met Chile.", "Content-Type: text/plain"))
        + record("https://example.org/d", answer(feed, "Content-Type: application/rss+xml"))
        + record("https://example.org/e", b"Chile met Peru.", kind="conversion")
    )
    assert (pdf.media, docx.media) == ("pdf", "docx")
    assert (text.text, text.url) == ("Peru met Chile.", "https://example.org/c")
    assert (item.text, item.publisher) == ("Talks", "N")
    assert (converted.text, converted.url) == ("Chile met Peru.", "https://example.org/e")


BODY = page("Peru and Chile met in Lima, and then again in Arica.")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        (
            "Transfer-Encoding: chunked",
            b"10\r\n" + BODY[:16] + b"\r\n%x;x=y\r\n" % len(BODY[16:]) + BODY[16:] + b"\r\n0\r\n\r\n",
        ),
        ("Transfer-Encoding: chunked", BODY),
        ("Content-Encoding: gzip", gzip.compress(BODY)),
        ("Content-Encoding: gzip", BODY),
        ("Content-Encoding: deflate", zlib.compress(BODY)),
        ("Content-Encoding: deflate", zlib.compress(BODY)[2:-4]),
        ("Content-Encoding: br", brotli.compress(BODY)),
        ("Content-Encoding: br", BODY),
    ],
)
def test_encodings_of_the_transfer_are_undone_where_the_crawler_has_not_done_it(read, encoding, body):
    (document,) = read(record("https://example.org/a", answer(body, f"{HEADERS}\r\n{encoding}")))
    assert document.content == BODY


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("Transfer-Encoding: chunked", b"100\r\n" + BODY),
        ("Content-Encoding: gzip", gzip.compress(os.urandom(99) + BODY)[:-20]),
        ("Content-Encoding: gzip", gzip.compress(b" " * 100_000_001)),
        (f"Content-Length: {len(BODY) + 50}", BODY),
    ],
)
def test_page_that_the_crawler_got_in_part_is_no_page(read, encoding, body):
    failure, after = read(record("https://example.org/a", answer(body, f"{HEADERS}\r\n{encoding}")) + LIMA)
    assert isinstance(failure, Failure)
    assert "https://example.org/a at byte 0" in failure.reason
    assert after.url == "https://example.org/lima"


def test_record_without_an_address_is_named_by_its_place_and_its_page_not_taken(read, tmp_path):
    nameless = record(None, answer(page("Whose words?")))
    before, failure, after = read(LIMA + nameless + QUITO)
    assert failure.origin == f"{tmp_path}/a.warc:{len(LIMA)}"
    assert f"at byte {len(LIMA)} does not say which address" in failure.reason
    assert addresses([before, after]) == ["https://example.org/lima", "https://example.org/quito"]


def test_record_that_says_it_was_cut_off_is_named(read):
    cut = record("https://example.org/lost", answer(page("Peru")), fields="WARC-Truncated: length\r\n")
    failure, after = read(cut + LIMA)
    assert "WARC-Truncated: length" in failure.reason
    assert after.url == "https://example.org/lima"


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
@pytest.mark.parametrize("write", [lambda raw: base64.b32encode(raw).decode().rstrip("="), bytes.hex])
def test_content_that_does_not_fit_its_digest_is_damaged(read, algorithm, write):
    block = answer(page("Peru and Chile met in Lima."))
    digest = write(hashlib.new(algorithm, block, usedforsecurity=False).digest())
    whole = record("https://example.org/a", block, fields=f"WARC-Block-Digest: {algorithm}:{digest}\r\n")
    assert addresses(read(whole)) == ["https://example.org/a"]
    failure, after = read(whole.replace(b"Chile", b"Chole") + QUITO)
    assert "does not fit its digest" in failure.reason
    assert after.url == "https://example.org/quito"


def test_bytes_between_records_are_named_and_the_next_record_is_found(read, tmp_path):
    before, failure, after = read(LIMA + b"<html>no record</html>\r\n\r\n" * 9 + QUITO)
    assert "no record" in failure.reason
    assert failure.origin == f"{tmp_path}/a.warc:{len(LIMA)}"
    assert addresses([before, after]) == ["https://example.org/lima", "https://example.org/quito"]


def test_record_without_a_length_is_named_and_the_next_is_read(read):
    failure, after = read(LOST.replace(b"Content-Length: ", b"X-Length: ", 1) + LIMA)
    assert "gives no length" in failure.reason
    assert after.url == "https://example.org/lima"


# Siblings of the case "a cut-off archive is read as if it were whole".


@pytest.mark.parametrize("missing", [1 + len(b"\r\n\r\n"), 40, 150])
def test_record_cut_off_at_the_end_is_named_with_its_address_and_place(read, tmp_path, missing):
    whole, failure = read(LIMA + LOST[:-missing])
    assert whole.url == "https://example.org/lima"
    assert failure.origin == f"{tmp_path}/a.warc:{len(LIMA)}"
    assert f"the record of https://example.org/lost at byte {len(LIMA)}" in failure.reason
    assert "cut off" in failure.reason


@pytest.mark.parametrize("missing", [8, 20, 60])
def test_compressed_record_cut_off_at_the_end_is_named_with_its_place_in_the_file(read, tmp_path, missing):
    packed = gzip.compress(LIMA)
    whole, failure = read(packed + gzip.compress(LOST)[:-missing])
    assert whole.url == "https://example.org/lima"
    assert failure.origin == f"{tmp_path}/a.warc.gz:{len(packed)}"
    assert f"https://example.org/lost at byte {len(packed)}" in failure.reason


@pytest.mark.parametrize("missing", [1, 30, 100])
def test_record_cut_off_in_the_middle_of_an_archive_does_not_swallow_the_next(read, missing):
    before, failure, after = read(LIMA + LOST[: -missing - 4] + QUITO)
    assert "https://example.org/lost" in failure.reason
    assert addresses([before, after]) == ["https://example.org/lima", "https://example.org/quito"]


@pytest.mark.parametrize("missing", [1, 8, 30, 200])
def test_compressed_record_cut_off_in_the_middle_does_not_swallow_the_next(read, tmp_path, missing):
    packed = gzip.compress(LIMA)
    before, failure, after = read(packed + gzip.compress(LOST)[:-missing] + gzip.compress(QUITO))
    assert failure.origin == f"{tmp_path}/a.warc.gz:{len(packed)}"
    assert addresses([before, after]) == ["https://example.org/lima", "https://example.org/quito"]


@pytest.mark.parametrize("place", range(12, 200, 23))
def test_damaged_byte_loses_its_own_record_only(read, place):
    lost = bytearray(gzip.compress(LOST))
    lost[place] ^= 0x55
    before, failure, after = read(gzip.compress(LIMA) + bytes(lost) + gzip.compress(QUITO))
    assert isinstance(failure, Failure)
    assert addresses([before, after]) == ["https://example.org/lima", "https://example.org/quito"]


def test_compressed_archive_in_a_zip_is_read_record_by_record(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("crawl.warc.gz", gzip.compress(LIMA) + gzip.compress(LOST)[:-30])
    whole, failure = read_inputs([str(tmp_path / "a.zip")])
    assert whole.origin == f"{tmp_path}/a.zip/crawl.warc.gz:0"
    assert "https://example.org/lost" in failure.reason


def test_long_archive_is_streamed(tmp_path):
    path = tmp_path / "a.warc.gz"
    film = record("https://example.org/x", answer(bytes(110_000_000), "Content-Type: video/mp4"), kind="metadata")
    with path.open("wb") as file:
        for _ in range(300):
            file.write(gzip.compress(LIMA + b"\r\n" * 1000))
        file.write(gzip.compress(film, compresslevel=0))
        file.write(gzip.compress(QUITO))
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_inputs([str(path)])) == 301
        assert tracemalloc.get_traced_memory()[1] < 80_000_000
    finally:
        tracemalloc.stop()
