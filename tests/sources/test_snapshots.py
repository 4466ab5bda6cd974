"""Pages that a browser saved in one file: the page is read as one, the parts that it was saved with are not."""

import io
import sys

import pytest

from entente.records import Document, Failure
from entente.reports.extract import extract
from entente.sources.files import read_inputs

STORY = (
    "Peru and Chile signed a treaty on fishing in Lima on Monday, the ministry said in a note to reporters.",
    "The Peruvian minister promised to send two ships before the end of the year, and Bolivia criticised the plan.",
)
PAGE = (
    "<html><head><title>Treaty on fishing signed | La Onda</title>"
    "<meta property='article:published_time' content='2024-05-20T18:02:00-05:00'></head><body><nav><a href=/>Home</a></nav>"
    f"<article><h1>Treaty on fishing signed</h1><p>{STORY[0]}</p><p>{STORY[1]}</p></article></body></html>"
)


def saved(head="Snapshot-Content-Location: https://onda.example/1", page=PAGE, before="", end="--B--"):
    frame = "<html><body><p>Boots are cheap this week, and so are coats and hats in all our shops.</p></body></html>"
    parts = [
        ("text/css", "https://onda.example/a.css", "p {}"),
        ("text/html; charset=utf-8", "https://onda.example/1", page),
        ("text/html", "https://ads.example/2", frame),
    ]
    text = before + f"{head}\r\nFrom: <Saved by Blink>\r\nSubject: Treaty\r\nDate: Wed, 22 May 2024 10:00:00 +0200\r\n"
    text += 'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n'
    for kind, address, content in parts:
        text += f"--B\r\nContent-Type: {kind}\r\nContent-Location: {address}\r\n\r\n{content}\r\n"
    return (text + end).encode()


@pytest.fixture
def read(tmp_path):
    def read(content, name):
        path = tmp_path / name
        path.write_bytes(content)
        return list(read_inputs([str(path)]))

    return read


@pytest.mark.parametrize("name", ["a.mhtml", "a.mht", "a", "a.eml", "a.html"])
def test_saved_page_is_a_page_with_its_own_address_and_date_whatever_its_name(read, name):
    (document,) = read(saved(), name)
    assert isinstance(document, Document)
    report = extract(document)
    assert report.text == "\n\n".join(STORY)
    assert (report.url, report.published, report.title) == (
        "https://onda.example/1",
        "2024-05-20T18:02:00-05:00",
        "Treaty on fishing signed",
    )


def test_page_saved_by_an_older_program_has_the_address_of_its_part(read):
    (document,) = read(saved("X-MimeOLE: Produced By", before="\r\n"), "a.mht")
    assert (document.url, document.charset) == ("https://onda.example/1", "utf-8")


def test_saved_page_on_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(saved())))
    (document,) = read_inputs(["-"])
    assert (document.media, document.url) == ("page", "https://onda.example/1")


@pytest.mark.parametrize("content", [saved(page=" "), saved()[:300], b"MIME-Version: 1.0\n\nwords"])
def test_saved_page_without_its_page_is_a_failure(read, content):
    (failure,) = read(content, "a.mhtml")
    assert isinstance(failure, Failure)
    assert "holds no page" in failure.reason
    assert failure.remedy
