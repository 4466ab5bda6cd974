"""What sitemaps, lists and folders name."""

from __future__ import annotations

import gzip
import os
import threading
import time
from pathlib import Path

import pytest

from entente.errors import InputError
from entente.sources.listings import folder_items, list_items, read_sitemap

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def test_the_pages_of_a_sitemap_come_the_latest_first_and_once_each() -> None:
    body = (
        f"<urlset {SPACE}><url><loc> https://example.org/a </loc><lastmod>2026-11-01</lastmod></url>"
        "<url><loc>https://example.org/b</loc><lastmod>2026-11-03</lastmod></url>"
        "<url><loc>https://example.org/a</loc></url><url><loc>mailto:desk@example.org</loc></url><url/></urlset>"
    )
    found = read_sitemap(body.encode(), "https://example.org/sitemap.xml")
    assert [(one.url, one.stamp) for one in found.items] == [
        ("https://example.org/b", "2026-11-03"),
        ("https://example.org/a", "2026-11-01"),
    ]


@pytest.mark.parametrize("space", [SPACE, "", 'xmlns="https://www.sitemaps.org/schemas/sitemap/0.9"'])
def test_a_sitemap_is_read_whatever_its_namespace_is_called(space: str) -> None:
    body = f"<urlset {space}><url><loc>https://example.org/a</loc></url></urlset>"
    assert [one.url for one in read_sitemap(body.encode(), "x").items] == ["https://example.org/a"]


def test_an_index_names_sitemaps_with_the_time_of_their_change() -> None:
    body = f"<sitemapindex {SPACE}><sitemap><loc>https://example.org/1.xml</loc><lastmod>2026</lastmod></sitemap></sitemapindex>"
    found = read_sitemap(gzip.compress(body.encode()), "x")
    assert [(one.address, one.stamp) for one in found.sitemaps] == [("https://example.org/1.xml", "2026")]
    assert found.items == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<urlset><url>", "is no XML"),
        (b"", "is no XML"),
        (b"not xml at all", "is no XML"),
        (b"<html><body/></html>", "is no sitemap"),
        (gzip.compress(b"<urlset></urlset>")[:-12], "is no XML"),
        (b"\x1f\x8bnot gzip", "damaged"),
    ],
)
def test_what_is_no_sitemap_is_said_to_be_none(body: bytes, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        read_sitemap(body, "https://example.org/sitemap.xml")


def test_entities_of_a_sitemap_read_no_file_and_blow_nothing_up(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://example.org/secret", encoding="utf-8")
    doctype = f'<!DOCTYPE urlset [<!ENTITY s SYSTEM "file://{secret}"><!ENTITY a "x"><!ENTITY b "&a;&a;&a;">]>'
    body = f"{doctype}<urlset><url><loc>&s;</loc></url><url><loc>https://example.org/&b;</loc></url></urlset>"
    found = read_sitemap(body.encode(), "x")
    assert all("secret" not in (one.url or "") and "xxx" not in (one.url or "") for one in found.items)


def test_a_list_has_an_address_a_line_and_comments_after_a_hash() -> None:
    text = (
        "# the ministry\nhttps://example.org/a#top\r\n\n  https://example.org/b?x=1  # weekly\nhttps://example.org/a\n"
    )
    assert [one.url for one in list_items(text, "x.txt").items] == [
        "https://example.org/a",
        "https://example.org/b?x=1",
    ]


def test_lines_of_a_list_that_are_no_addresses_are_told_of_and_leave_the_others() -> None:
    found = list_items("https://example.org\nexample\n-\nhttps://example.org/b", "x.txt")
    assert [one.url for one in found.items] == ["https://example.org/", "https://example.org/b"]
    (problem,) = found.problems
    assert str(problem).startswith("x.txt:2: is no web address: 'example'; nor is 1 more line. Write one address")


@pytest.mark.parametrize(("text", "place"), [("example\n", "x.txt:1"), ("# nothing\n\n", "x.txt")])
def test_a_list_without_an_address_is_refused(text: str, place: str) -> None:
    with pytest.raises(InputError, match=f"^{place}: "):
        list_items(text, "x.txt")


def test_a_folder_in_a_folder_that_cannot_be_read_is_told_of_and_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One.", encoding="utf-8")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):  # so deep that no path is long enough to lead there
        os.mkdir("deep" * 60, dir_fd=here)
        deeper = os.open("deep" * 60, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    found = folder_items(tmp_path)
    assert [one.id for one in found.items] == ["a.txt"]
    assert [problem.reason for problem in found.problems] == ["cannot be read (File name too long)."]
    with pytest.raises(InputError, match="gone: cannot be read"):
        folder_items(tmp_path / "gone")


def test_a_file_that_is_still_being_written_is_listed_when_it_is_done(tmp_path: Path) -> None:
    done, growing = tmp_path / "done.txt", tmp_path / "growing.txt"
    done.write_text("Done.", encoding="utf-8")
    growing.write_text("Grow", encoding="utf-8")
    stop = threading.Event()

    def grow() -> None:
        while not stop.wait(0.05):
            with growing.open("a", encoding="utf-8") as out:
                out.write("ing")

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        assert [one.id for one in folder_items(tmp_path).items] == ["done.txt"]
    finally:
        stop.set()
        writer.join()
    assert [one.id for one in folder_items(tmp_path).items] == ["done.txt", "growing.txt"]


def test_a_folder_of_settled_files_is_listed_without_waiting(tmp_path: Path) -> None:
    for name in ("b.txt", "a/x.txt", ".git/y.txt", "z.tmp"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Old.", encoding="utf-8")
        os.utime(path, (1e9, 1e9))
    os.mkfifo(tmp_path / "pipe")
    begun = time.monotonic()
    assert [(one.id, one.stamp) for one in folder_items(tmp_path).items] == [
        ("a/x.txt", f"4 {10**18}"),
        ("b.txt", f"4 {10**18}"),
    ]
    assert time.monotonic() - begun < 0.5


def test_what_is_no_report_in_a_folder_is_not_listed_and_any_name_can_be_stored(tmp_path: Path) -> None:
    (tmp_path / "Talks_files").mkdir()
    for name in (b"Talks.html", b"Talks_files/frame.html", b"~$a.docx", b"entente.duckdb", b"Gespr\xe4ch.txt"):
        path = os.fsencode(tmp_path) + b"/" + name
        with open(path, "wb") as file:
            file.write(b"Old.")
        os.utime(path, (1e9, 1e9))
    page, text = sorted(folder_items(tmp_path).items, key=lambda one: one.id.endswith(".txt"))
    assert (page.id, text.id) == ("Talks.html", r"Gespr\xe4ch.txt")
    assert text.path is not None
    assert os.path.exists(text.path)
