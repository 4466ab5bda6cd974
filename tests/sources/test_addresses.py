"""One page has one address."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from entente.sources.addresses import clean_address, has_scheme, is_web_address

PAGE = "https://kurier.example/2024/05/harbour-talks"


@pytest.mark.parametrize(
    "tracking",
    [
        "utm_source=rss&utm_medium=feed",
        "UTM_Campaign=spring",
        "fbclid=IwAR0&gclid=1",
        "mc_cid=a&mc_eid=b",
        "at_medium=RSS&at_campaign=x&at_custom1=y",
        "xtor=RSS-1",
        "CMP=share_btn_tw",
        "ncid=a&ocid=b&smid=c&cmpid=d&s_cid=e&igshid=f",
        "src=rss",
        "ref=rss",
        "ref=Twitter",
        "partner=rss&emc=rss",
        "%75tm_source=x",
        "",
        "&&",
    ],
)
def test_what_only_tracks_the_reader_is_no_part_of_an_address(tracking: str):
    assert clean_address(f"{PAGE}?{tracking}") == PAGE


@pytest.mark.parametrize(
    "query",
    ["id=7", "p=12&page=2", "story=9&article=4", "ref=main", "src=archive", "feed=rss2", "b=1&a=2", "q=a+b%26c"],
)
def test_what_names_a_page_stays_in_its_order(query: str):
    assert clean_address(f"{PAGE}?utm_source=x&{query}&fbclid=1") == f"{PAGE}?{query}"


@pytest.mark.parametrize(
    "wrapped",
    [
        "https://news.example.com/rd?url={}&ct=ga",
        "https://www.google.com/url?rct=j&sa=t&url={}&ct=ga&usg=x",
        "https://www.google.co.uk/url?q={}&sa=U",
        "https://news.google.com/news/url?sa=t&url={}",
        "https://l.facebook.com/l.php?u={}&h=AT0",
        "https://feedproxy.example/~r/desk/1?to={}",
        "https://click.example/?url={}",
    ],
)
def test_a_redirector_leads_to_the_page_itself(wrapped: str):
    once = wrapped.format(quote(f"{PAGE}?utm_source=x", safe=""))
    assert clean_address(once) == PAGE
    assert clean_address(wrapped.format(quote(once, safe=""))) == PAGE


@pytest.mark.parametrize(
    "about",
    [
        f"https://translate.example/translate?u={PAGE}",
        f"https://example.org/oembed?url={PAGE}",
        f"https://example.org/login?redirect={PAGE}",
        f"https://example.org/find?q={PAGE}",
        "https://example.org/rd?url=/2024/05",
    ],
)
def test_a_page_about_another_address_is_a_page_of_its_own(about: str):
    assert clean_address(about) == about


@pytest.mark.parametrize(
    ("written", "one"),
    [
        ("HTTPS://Kurier.EXAMPLE:443/a", "https://kurier.example/a"),
        ("http://kurier.example:80", "http://kurier.example/"),
        ("http://kurier.example:8080?x=1", "http://kurier.example:8080/?x=1"),
        ("http://kurier.example./a/", "http://kurier.example/a/"),
        ("https://anna:secret@kurier.example/a", "https://kurier.example/a"),
        ("https://kurier.example/a#part-2", "https://kurier.example/a"),
        ("https://kurier.example/#!/a/2", "https://kurier.example/#!/a/2"),
        ("https://kurier.example/a/./b/../c/%2e%2E/d", "https://kurier.example/a/d"),
        ("https://kurier.example/../..", "https://kurier.example/"),
        ("https://kurier.example/%7eanna/%c3%a9t%C3%A9%2fx", "https://kurier.example/~anna/%C3%A9t%C3%A9%2Fx"),
        ("https://kurier.example/été 1", "https://kurier.example/%C3%A9t%C3%A9%201"),
        ("https://kurier.example/100%", "https://kurier.example/100%25"),
        ("https://Zürich.example/a", "https://xn--zrich-kva.example/a"),
        ("https://XN--zrich-kva.example/a", "https://xn--zrich-kva.example/a"),
        ("https://zürich。example/a", "https://xn--zrich-kva.example/a"),
        ("https://[::0:1]:443/a", "https://[::1]/a"),
        ("https://kurier.example/a;jsessionid=0F3?id=1", "https://kurier.example/a?id=1"),
        (f"  {PAGE}\n", PAGE),
    ],
)
def test_all_ways_to_write_an_address_are_one(written: str, one: str):
    assert clean_address(written) == one


@pytest.mark.parametrize(
    "text",
    [
        "",
        "report.txt",
        "mailto:a@b.example",
        "ftp://a.example/",
        "http://",
        "https://[::1",
        "http://a..b/",
        "http://a:x/",
    ],
)
def test_what_is_no_web_address_stays_as_it_is(text: str):
    assert clean_address(f" {text} ") == text
    assert not is_web_address(text)


def test_a_wrong_address_is_still_told_from_a_path():
    assert has_scheme("https://")
    assert has_scheme("ftp://a.example/x")
    assert not has_scheme("reports/a.txt")
    assert not has_scheme("C:\\reports\\a.txt")


_PARTS = st.sampled_from(
    ["a", "B", ".", "..", "/", "%", "%2e", "%41", "%2F", "é", "ß", "İ", "\u3002", "?", "&", "=", "url=", "u=", "utm_x=", ";",
     "#", "#!", ":", "@", "[", "]", "\\", " ", "\t", "\0", "\ud800", "https://", "https%3A%2F%2F", "h.example", ";jsessionid=", ":80"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PARTS, max_size=14).map("".join)).map(lambda rest: f"https://{rest}"))
@example("https://h.example/?url=https%3A%2F%2Fh.example%2F%3Fu%3Dhttps%253A%252F%252Fg.example")
@example("https://h.example/?url=%68ttps://g.example/%2e%2e/a")
def test_an_address_cleaned_twice_is_the_same_as_once(url: str):
    once = clean_address(url)
    assert clean_address(once) == once
    assert not is_web_address(once) or once.isascii()


@given(st.text())
def test_any_text_at_all_is_taken(text: str):
    assert isinstance(clean_address(text), str)
