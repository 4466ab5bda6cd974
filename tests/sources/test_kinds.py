"""What kind of thing some bytes are, told by themselves before their name."""

import gzip
import io
import zipfile

import pytest

from entente.records import Document, Failure, Incoming
from entente.sources.files import read_inputs
from entente.sources.kinds import kind_of, refusal

RSS = b'<?xml version="1.0"?>\n<!-- made by hand -->\n<rss version="2.0"><channel/></rss>'
PAGE = b"<!DOCTYPE html>\n<html><body><p>Peru met Chile.</p></body></html>"


@pytest.mark.parametrize(
    ("name", "first", "kind"),
    [
        ("a.txt", PAGE, "page"),
        ("a", b"\xef\xbb\xbf \n<HTML lang=en>", "page"),
        ("a.xml", b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html xmlns="z">', "page"),
        ("a.html", b"<p>Peru met Chile.</p>", "page"),
        ("a", b"<div>Peru met Chile.</div>", "page"),
        ("a.html", b"\xff\xfe" + "<html>".encode("utf-16-le"), "page"),
        ("a.html", b"%PDF-1.7", "pdf"),
        ("a.pdf", b"\n%PDF-1.4", "pdf"),
        ("a.txt", RSS, "feed"),
        ("a.xml", RSS, "feed"),
        ("a.xml", b'<rdf:RDF xmlns:rdf="x" xmlns="http://purl.org/rss/1.0/">', "feed"),
        ("a.xml", b'<atom:feed xmlns:atom="http://www.w3.org/2005/Atom">', "feed"),
        ("a.json", b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        ("a.txt", b"From cleo@example.org Mon Jan  1 10:00:00 2024\nSubject: Talks\n", "mbox"),
        ("a", b"From: cleo@example.org\nDate: today\nSubject: Talks\n\nPeru.", "mail"),
        ("a.eml", b"Received: by x\n", "mail"),
        ("a", b"WARC/1.1\r\nWARC-Type: response\r\n", "warc"),
        ("a.bin", b"\x1f\x8b\x08", "gzip"),
        ("a", b"PAR1", "parquet"),
        ("a.bin", b"PK\x03\x04", "zip"),
        ("a", b'{"text": "Peru"}\n', "jsonl"),
        ("a", b'[{"text": "Peru"}]', "json"),
        ("a", b'id,published,text\r\n1,2024-03-05,"Peru met Chile."\r\n', "csv"),
        ("a", b'sep=;\r\n"Date";"Body"\r\n2024-03-05;Peru\r\n', "csv"),
        ("a", b"Title, Date and Source\nPeru met Chile.", "text"),
        ("a", b"Text, title", "text"),
        ("minutes", b"Peru met Chile.", "text"),
        ("minutes.txt", b"From: the press office\nSubject: Talks\n\nPeru met Chile.", "text"),
        ("a.txt", b"From Lima to Santiago the road is long.\nNobody met.", "text"),
        ("a.md", b"<h1>Talks</h1>\nPeru met Chile.", "text"),
        ("a.TXT", b"Peru", "text"),
        ("v1.txt/minutes", b"Peru", "text"),
    ],
)
def test_bytes_tell_their_kind_before_their_name_does(name, first, kind):
    assert kind_of(name, first) == kind


@pytest.mark.parametrize(
    ("content_type", "first", "kind"),
    [
        ("text/html; charset=utf-8", b"Peru met Chile.", "page"),
        ("text/plain", b"Peru met Chile.", "text"),
        ("text/html", b"%PDF-1.7", "pdf"),
        ("application/pdf", PAGE, "page"),
        ("text/plain", PAGE, "page"),
        ("application/octet-stream", RSS, "feed"),
    ],
)
def test_content_type_counts_where_the_bytes_leave_a_doubt(content_type, first, kind):
    assert kind_of("index.php", first, content_type) == kind


@pytest.mark.parametrize(
    ("name", "first", "reason", "remedy"),
    [
        ("a.xml", b'<?xml version="1.0"?><urlset xmlns="x">', "sitemap", "entente source add"),
        ("a.xml", b"<sitemapindex>", "sitemap", "entente source add"),
        ("a.opml", b"<opml>", "list of feeds", "entente source add"),
        ("a.xml", b"<invoice>", "<invoice>", "Kinds read"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "old Word", "soffice"),
        ("a.xls", b"\xd0\xcf\x11\xe0", "Excel", "csv"),
        ("a", b"\xd0\xcf\x11\xe0", "old Office", "soffice"),
        ("a.msg", b"\xd0\xcf\x11\xe0", "Outlook", ".eml"),
        ("a.rtf", b"{\\rtf1", "rich text", "soffice"),
        ("a", b"\x89PNG\r\n", "picture", "tesseract"),
        ("a.txt", b"\xff\xd8\xff\xe0", "picture", "tesseract"),
        ("a.mp4", b"\0\0\0\x18ftypmp42", "film", "transcript"),
        ("a.mp3", b"ID3\x03", "sound", "transcript"),
        ("a.tar", b"\0" * 257 + b"ustar", "tar archive", "Unpack"),
        ("a.7z", b"7z\xbc\xaf", "7-Zip", "Unpack"),
        ("a.epub", b"", "e-book", "pandoc"),
        ("a.pdf", b"Peru", "is not a PDF file", "Fetch it again"),
        ("a.parquet", b"Peru", "is not a Parquet file", "Fetch it again"),
        ("a.docx", b"Peru", "is not a Word file", "Fetch it again"),
        ("a.duckdb", b"\0" * 8 + b"DUCK", "database", "entente merge"),
        ("a", b"\0\1\2\3", "binary", "text"),
        ("a.xyz", b"Peru", ".xyz", "Kinds read"),
    ],
)
def test_what_is_not_read_is_named_with_a_remedy(name, first, reason, remedy):
    assert kind_of(name, first) is None
    said = refusal(name, first)
    assert reason in said[0]
    assert remedy in said[1]


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "a.txt", "a"])
def test_page_comes_in_as_a_document_whatever_its_name(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(PAGE)
    (document,) = read_inputs([str(path)])
    assert document == Document(content=PAGE, media="page", origin=str(path), source_id=name)


def zipped(**files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"xl/workbook.xml": "x", "_rels/.rels": "x"}, "Excel"),
        ({"ppt/presentation.xml": "x", "_rels/.rels": "x"}, "PowerPoint"),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x"}, "OpenDocument text"),
        ({"mimetype": "application/epub+zip", "a.xhtml": "x"}, "e-book"),
    ],
)
def test_files_of_office_programs_are_no_archives_of_reports(tmp_path, files, reason):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(**files))
    (failure,) = read_inputs([str(path)])
    assert isinstance(failure, Failure)
    assert reason in failure.reason
    assert failure.remedy


@pytest.mark.parametrize("name", ["a.docx", "a.zip", "a"])
def test_word_file_is_told_by_what_is_in_it(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(zipped(**{"[Content_Types].xml": "x", "word/document.xml": "x"}))
    (document,) = read_inputs([str(path)])
    assert (document.media, document.source_id) == ("docx", name)


def test_archive_called_docx_is_read_as_what_it_is(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(zipped(**{"1.txt": "Peru met Chile."}))
    (report,) = read_inputs([str(path)])
    assert report == Incoming(text="Peru met Chile.", origin=f"{path}/1.txt", source_id="1.txt")


def test_encoding_that_the_user_names_goes_with_texts_and_pages(tmp_path):
    (tmp_path / "a.txt").write_bytes("Минск и Москва".encode("koi8-r"))
    (tmp_path / "b.html").write_bytes(PAGE)
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7")
    text, page, pdf = read_inputs([str(tmp_path)], encoding="koi8-r")
    assert (text.text, page.charset, pdf.charset) == ("Минск и Москва", "koi8-r", None)


def test_compressed_page_without_an_ending_is_read(tmp_path):
    path = tmp_path / "download"
    path.write_bytes(gzip.compress(PAGE))
    (document,) = read_inputs([str(path)])
    assert document.content == PAGE
