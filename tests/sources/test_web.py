"""An address holds what a file of the same bytes would."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from entente.records import Document, Failure, Incoming
from entente.sources.contents import Reading, Taken
from entente.sources.fetching import Fetcher
from entente.sources.files import read_inputs
from entente.sources.web import read_address
from tests.web import Answer, Clock, Server

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Desk</title>
<item><title>Patrol agreed</title><link>https://kurier.example/patrol?utm_source=rss</link>
<description>&lt;p&gt;Two ministers agreed on a patrol of the strait.&lt;/p&gt;</description></item>
<item><title>Talks go on</title><link>https://kurier.example/talks</link>
<description>&lt;p&gt;The talks on fishing rights go on in June.&lt;/p&gt;</description></item></channel></rss>"""


def _read(url: str) -> list[Taken]:
    return list(read_address(url, Reading()))


def test_a_page_is_a_document_with_its_one_address(server: Server):
    server.page("/talks", "<html><p>Talks</p></html>")
    (got,) = _read(f"{server.url}/talks?id=7&utm_source=rss#top")
    assert isinstance(got, Document)
    assert (got.media, got.content, got.charset, got.obtained) == ("page", b"<html><p>Talks</p></html>", "utf-8", "web")
    assert got.origin == f"{server.url}/talks?id=7&utm_source=rss#top"
    assert got.url == got.source_id == f"{server.url}/talks?id=7"


def test_a_page_that_moved_has_the_address_of_where_it_is(server: Server):
    moved = server.page("/new", "<html><p>Talks</p></html>")
    (got,) = _read(server.answer("/old", Answer(redirect="/new")))
    assert isinstance(got, Document)
    assert (got.source_id, got.url) == (f"{server.url}/old", moved)


def test_a_feed_gives_its_items_as_they_stand_in_it(server: Server):
    got = _read(server.page("/feed", FEED, "application/rss+xml"))
    assert [(one.url, one.title) for one in got if isinstance(one, Document | Incoming)] == [
        ("https://kurier.example/patrol", "Patrol agreed"),
        ("https://kurier.example/talks", "Talks go on"),
    ]
    assert len(server.asked) == 1


@pytest.mark.parametrize("content_type", ["application/pdf", "application/octet-stream", "text/html", None])
def test_a_pdf_is_told_by_its_content(server: Server, content_type: str | None):
    (got,) = _read(server.answer("/get?id=3", Answer(body=b"%PDF-1.7\n%more", content_type=content_type)))
    assert isinstance(got, Document)
    assert got.media == "pdf"


def test_a_text_without_markup_is_a_report(server: Server):
    (got,) = _read(
        server.page("/talks.txt", "Zwei Minister in Zürich".encode("latin-1"), "text/plain; charset=latin-1")
    )
    assert isinstance(got, Incoming)
    assert got.text == "Zwei Minister in Zürich"


@pytest.mark.parametrize("path", ["/rows.jsonl.gz", "/download?file=7"])
@pytest.mark.parametrize("unpacked_on_the_way", [True, False])
def test_compressed_rows_are_reports(server: Server, path: str, unpacked_on_the_way: bool):
    body = gzip.compress(b'{"id": "r1", "text": "Talks began."}\n{"id": "r2", "text": "Talks ended."}\n')
    headers = {"Content-Encoding": "gzip"} if unpacked_on_the_way else {}
    got = _read(server.answer(path, Answer(body=body, content_type="application/gzip", headers=headers)))
    assert [(one.source_id, one.obtained) for one in got if isinstance(one, Incoming)] == [("r1", "web"), ("r2", "web")]


def test_an_archive_is_unrolled(server: Server):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "Talks began.")
        archive.writestr("b.html", "<html><p>Talks ended.</p></html>")
    got = _read(server.page("/box.zip", packed.getvalue(), "application/zip"))
    assert [type(one) for one in got] == [Incoming, Document]


def test_what_is_no_report_says_what_it_is(server: Server):
    (got,) = _read(server.page("/map.png", b"\x89PNG\r\n\x1a\n....", "image/png"))
    assert isinstance(got, Failure)
    assert got.reason == "is a picture, not a text."


def test_a_fault_is_a_failure_with_the_address_as_typed(server: Server):
    (got,) = _read(f"{server.url}/nowhere?utm_source=rss")
    assert got == Failure(
        origin=f"{server.url}/nowhere?utm_source=rss",
        source_id=f"{server.url}/nowhere",
        reason="answers 404: there is no such page.",
        remedy="Check the address; the page may have moved.",
    )


def test_a_password_in_an_address_is_used_and_told_to_nobody(server: Server):
    server.page("/a", "<html><p>x</p></html>")
    with_password = server.url.replace("//", "//anna:secret@")
    for one in (*_read(f"{with_password}/a"), *_read(f"{with_password}/nowhere")):
        assert "secret" not in repr(one)
    assert server.asked[0].headers["Authorization"].startswith("Basic ")


def test_addresses_stand_beside_files_in_their_order(server: Server, tmp_path):
    (tmp_path / "a.txt").write_text("A text.")
    first, last = server.page("/1.txt", "One.", "text/plain"), server.page("/2.txt", "Two.", "text/plain")
    got = list(read_inputs([first, str(tmp_path / "a.txt"), f"{server.url}/no", last], published="2024-05-21"))
    assert [one.text if isinstance(one, Incoming) else "-" for one in got] == ["One.", "A text.", "-", "Two."]
    assert [one.published for one in got if isinstance(one, Incoming)] == ["2024-05-21"] * 3


def test_addresses_of_one_site_are_fetched_by_one_fetcher(server: Server, monkeypatch: pytest.MonkeyPatch):
    made: list[Fetcher] = []
    clock = Clock()

    def make(*, timeout_seconds: float) -> Fetcher:
        made.append(Fetcher(timeout_seconds=timeout_seconds, spares_own_machine=False, clock=clock, sleep=clock.sleep))
        return made[-1]

    monkeypatch.setattr("entente.sources.fetching.Fetcher", make)
    urls = [server.page(f"/{number}.txt", "x", "text/plain") for number in range(3)]
    assert len(list(read_inputs(urls))) == 3
    assert (len(made), clock.slept) == (1, [1.0, 1.0])
