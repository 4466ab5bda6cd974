"""Zip and gzip archives: what is in them comes in, and what is damaged in them is named and loses nothing else."""

import gzip
import io
import os
import sys
import tracemalloc
import zipfile

import pytest

from entente.records import Document, Failure, Incoming
from entente.sources.files import read_inputs


def zipped(files, method=zipfile.ZIP_DEFLATED):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def read(tmp_path, content, name="a.zip"):
    path = tmp_path / name
    path.write_bytes(content)
    return list(read_inputs([str(path)]))


def test_files_of_an_archive_come_by_name_with_their_place_in_it(tmp_path):
    content = {"b/2.html": "<html><p>Lima</p></html>", "b/1.txt": "Peru", "a.csv": "text\nChile\n"}
    row, text, page = read(tmp_path, zipped(content))
    archive = tmp_path / "a.zip"
    assert (row.text, row.origin, row.source_id) == ("Chile", f"{archive}/a.csv:2", "a.csv:2")
    assert (text.text, text.origin, text.source_id) == ("Peru", f"{archive}/b/1.txt", "1.txt")
    assert (page.media, page.origin) == ("page", f"{archive}/b/2.html")


def test_files_that_their_owner_does_not_see_are_passed_over(tmp_path):
    content = {
        "__MACOSX/._a.txt": "x",
        ".DS_Store": "x",
        ".git/a.txt": "x",
        "b/Thumbs.db": "x",
        "b/Talks.htm": "<p>Peru met Chile.</p>",
        "b/Talks-Dateien/frame.html": "<p>Boots are cheap.</p>",
        "d/other_files/b.txt": "Chile",
        "a.txt": "Peru",
        "c/": "",
    }
    found = [report.source_id for report in read(tmp_path, zipped(content))]
    assert found == ["a.txt", "Talks.htm", "b.txt"]


def test_archives_in_archives_are_read_to_a_depth(tmp_path):
    inner = zipped({"x.jsonl.gz": gzip.compress(b'{"text": "Peru"}\n'), "y.txt": "Chile"})
    assert [report.text for report in read(tmp_path, zipped({"in.zip": inner}))] == ["Peru", "Chile"]
    deeper = zipped({"3.zip": zipped({"2.zip": zipped({"1.zip": inner})}), "z.txt": "Bolivia"})
    failure, report = read(tmp_path, deeper)
    assert "archives already" in failure.reason
    assert report.text == "Bolivia"


def test_compressed_archive_is_read(tmp_path):
    (report,) = read(tmp_path, gzip.compress(zipped({"a.txt": "Peru"})), "a.zip.gz")
    assert report.text == "Peru"


def test_archive_on_standard_input_is_read(tmp_path, monkeypatch):
    path = tmp_path / "pipe"
    os.mkfifo(path)
    if not os.fork():
        path.write_bytes(zipped({"a.txt": "Peru"}))
        os._exit(0)
    with path.open("rb") as pipe:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(pipe))
        (report,) = read_inputs(["-"])
    os.wait()
    assert (report.text, report.obtained) == ("Peru", "stdin")


def damaged(content, name):
    """The archive with one byte of a file's content changed."""
    broken = bytearray(content)
    broken[content.index(name) + len(name) + 2] ^= 0xFF
    return bytes(broken)


def test_damaged_file_is_named_and_the_others_are_read(tmp_path):
    content = zipped({"a.txt": "Peru met Chile in Lima.", "b.txt": "Chile met Peru."}, zipfile.ZIP_STORED)
    failure, report = read(tmp_path, damaged(content, b"a.txt"))
    assert failure.origin == f"{tmp_path}/a.zip/a.txt"
    assert "damaged" in failure.reason
    assert report.text == "Chile met Peru."


def test_encrypted_file_is_named_with_a_remedy(tmp_path):
    content = bytearray(zipped({"a.txt": "Peru", "b.txt": "Chile"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    failure, report = read(tmp_path, bytes(content))
    assert (failure.reason, report.text) == ("is encrypted.", "Chile")
    assert "password" in failure.remedy


def test_unknown_compression_is_named(tmp_path):
    content = bytearray(zipped({"a.txt": "Peru", "b.txt": "Chile"}))
    content[content.index(b"PK\x01\x02") + 10] = 9
    failure, report = read(tmp_path, bytes(content))
    assert "Deflate64" in failure.reason
    assert report.text == "Chile"


@pytest.mark.parametrize("cut", [10, 60, 200])
def test_cut_archive_is_a_failure(tmp_path, cut):
    content = zipped({f"{number}.txt": f"Peru met Chile {number} times." for number in range(5)})
    (failure,) = read(tmp_path, content[:-cut])
    assert "damaged or cut off" in failure.reason


def test_empty_archive_is_a_failure(tmp_path):
    (failure,) = read(tmp_path, zipped({}))
    assert "no files" in failure.reason


def test_name_that_leads_out_of_the_archive_writes_nothing(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (report,) = read(folder, zipped({"../../evil.txt": "Peru"}))
    assert report.text == "Peru"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_archive_made_to_fill_up_a_machine_does_not(tmp_path):
    zeros = "0" * 60_000_000
    inner = zipped({"a.jsonl": zeros})
    content = zipped({"a.txt": zeros, "b.zip": inner, "c.txt": "Peru"})
    tracemalloc.start()
    try:
        first, second, report = read(tmp_path, content)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    assert "times its size" in first.reason
    assert second.origin.endswith("/b.zip/a.jsonl")
    assert report.text == "Peru"


def test_text_longer_than_a_report_is_named_with_its_size(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(200_000_000)
        file.write(b"Peru met Chile.")
    (failure,) = read_inputs([str(tmp_path / "a.txt")])
    assert failure.reason == "is 200 MB; one report is at most 50 MB."
    assert "JSONL" in failure.remedy


@pytest.mark.parametrize(("name", "start"), [("a.html", b"<html>"), ("a.eml", b"From: a@example.org\n\n")])
def test_other_reports_have_the_same_limit(tmp_path, name, start):
    (failure,) = read(tmp_path, start + b"x" * 50_000_001, name)
    assert "at most 50 MB" in failure.reason


def test_compressed_text_longer_than_a_report_is_not_unpacked_whole(tmp_path):
    packed = gzip.compress(b"Peru met Chile. " * 20_000_000, compresslevel=1)
    (failure,) = read(tmp_path, packed, "a.txt.gz")
    assert "more than 50 MB" in failure.reason


def test_line_longer_than_a_report_is_named_and_the_next_is_read(tmp_path):
    content = b'{"text": "Peru"}\n{"text": "' + b"x" * 120_000_000 + b'"}\n{"text": "Chile"}\n'
    first, failure, last = read(tmp_path, content, "a.jsonl")
    assert (first.text, last.text) == ("Peru", "Chile")
    assert failure.origin == f"{tmp_path}/a.jsonl:2"
    assert "more than 50 MB" in failure.reason


# Three siblings of the case "a cut-off archive is read as if it were whole".


def test_cut_gzip_of_rows_gives_the_whole_rows_and_says_that_it_is_cut(tmp_path):
    rows = b"".join(b'{"text": "Peru met Chile %s."}\n' % os.urandom(40).hex().encode() for _ in range(400))
    *reports, failure = read(tmp_path, gzip.compress(rows)[:-2000], "a.jsonl.gz")
    assert {type(report) for report in reports} <= {Incoming, Failure}
    assert reports
    assert "damaged or cut off" in failure.reason


def test_cut_gzip_of_a_page_gives_no_half_page(tmp_path):
    page = b"<html><body><p>" + os.urandom(3000).hex().encode() + b"</p></body></html>"
    (failure,) = read(tmp_path, gzip.compress(page)[:-100], "a.html.gz")
    assert "damaged or cut off" in failure.reason


def test_cut_compressed_file_in_an_archive_is_named_and_the_others_are_read(tmp_path):
    content = {"a.txt.gz": gzip.compress(os.urandom(3000).hex().encode())[:-100], "b.html": "<html>Peru</html>"}
    failure, page = read(tmp_path, zipped(content))
    assert failure.origin == f"{tmp_path}/a.zip/a.txt.gz"
    assert isinstance(page, Document)
