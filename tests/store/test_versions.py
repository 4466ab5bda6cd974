"""Of the texts of one page one counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from entente.ingest import Summary, add
from entente.records import Incoming
from entente.store import Store, shelf
from tests.handmade import HandmadeCoder, incoming

PAGE = "https://news.example/meeting"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "entente.duckdb")


def page(number: int, *, url: str = PAGE, obtained: str = "web", published: str = "2023-02-24") -> Incoming:
    return incoming(number, url=url, obtained=obtained, published=published)


def added(store: Store, *inputs: Incoming) -> Summary:
    return add(inputs, HandmadeCoder(), store)


def counting(store: Store) -> list[str]:
    with store.reading() as connection:
        return [one.source_id for one in shelf.reports(connection) if one.superseded_by is None]


@pytest.mark.parametrize(
    "address",
    [
        "http://news.example/meeting",
        "https://www.news.example/meeting/",
        "https://news.example/meeting?utm_source=rss#top",
    ],
)
def test_a_page_is_the_same_however_its_address_is_written(address: str, store: Store) -> None:
    added(store, page(1))
    assert added(store, page(2, url=address)).new_versions == 1
    assert counting(store) == ["r2"]


@pytest.mark.parametrize("address", ["https://news.example/meeting2", "https://news.example/meeting?page=2"])
def test_another_page_is_no_version(address: str, store: Store) -> None:
    added(store, page(1))
    assert added(store, page(2, url=address)).new_versions == 0
    assert sorted(counting(store)) == ["r1", "r2"]


def test_a_page_that_went_back_to_an_earlier_text_counts_with_that_text(store: Store) -> None:
    added(store, page(1), page(2))
    summary = added(store, page(1))
    assert (summary.back_again, summary.already_there, summary.added) == (1, 0, 0)
    assert counting(store) == ["r1"]
    assert added(store, page(1)).already_there == 1
    added(store, page(2))
    assert counting(store) == ["r2"]


def test_an_old_file_added_again_changes_nothing(store: Store) -> None:
    added(store, page(1, obtained="file"), page(2, obtained="file"))
    before = store.path.read_bytes()
    assert added(store, page(1, obtained="file")).already_there == 1
    assert counting(store) == ["r2"]
    assert store.path.read_bytes() == before


def test_what_the_web_reads_now_counts_whatever_date_it_gives(store: Store) -> None:
    added(store, page(1, published="2023-03-01"))
    added(store, page(2, published="2023-02-01"))
    assert counting(store) == ["r2"]


def test_of_files_the_one_published_later_counts(store: Store) -> None:
    added(store, page(1, obtained="file", published="2023-03-01"))
    added(store, page(2, obtained="file", published="2023-02-01"))
    assert counting(store) == ["r1"]


def test_the_same_text_with_a_later_date_is_the_same_report(store: Store) -> None:
    added(store, page(1))
    assert added(store, page(1, published="2023-03-09")).already_there == 1
    with store.reading() as connection:
        assert [one.published for one in shelf.reports(connection)] == ["2023-02-24"]


def test_a_feed_s_own_text_never_takes_the_place_of_its_page(store: Store) -> None:
    added(store, page(1, obtained="feed"))
    added(store, page(2))
    added(store, page(3, obtained="feed"))
    assert counting(store) == ["r2"]


def test_the_same_text_of_a_page_is_one_report_whoever_publishes_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "entente.duckdb")
    first = incoming(1, url="https://example.org/a", publisher="The Daily")
    again = incoming(1, url="http://www.example.org/a/", publisher=None)
    other = incoming(1, url="https://example.org/b", publisher=None)
    summary = add([first, again], HandmadeCoder(), store)
    assert (summary.added, summary.already_there, summary.new_versions) == (1, 1, 0)
    assert add([again], HandmadeCoder(), store).already_there == 1
    assert add([other], HandmadeCoder(), store).added == 1


def test_a_text_of_which_nobody_says_who_published_it_is_the_report_with_these_words(tmp_path: Path) -> None:
    store = Store(tmp_path / "entente.duckdb")
    add([incoming(1, url="https://example.org/a", publisher="The Daily")], HandmadeCoder(), store)
    copied = incoming(1, url=None, publisher=None, origin="copied.txt")
    assert add([copied], HandmadeCoder(), store).already_there == 1
    assert add([incoming(1, url=None, publisher="The Weekly")], HandmadeCoder(), store).added == 1
