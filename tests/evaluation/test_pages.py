import re
from collections import Counter
from html import unescape

import pytest
from evaluation.pages import later
from evaluation.pages.made import EACH, FINGERPRINT, LAYOUTS, fingerprint, make, make_all
from evaluation.pages.material import Draw
from evaluation.pages.score import Found, as_markdown, by_trafilatura, judge, measured, summarise, word_f1, words

WITHOUT_ARTICLE = {"front", "missing", "listing"}


@pytest.fixture(scope="module")
def pages():
    return make_all()


@pytest.fixture(scope="module")
def later_pages():
    return later.make_all()


def visible(page):
    """All words of a page that are no tags; of an application also its data."""
    source = page.content.decode(page.charset or ("cp1252" if page.layout == "old" else "utf-8"))
    if page.layout == "app":
        return unescape(re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), source).replace("\\n", "\n"))
    source = re.sub(r'(<span class="Initial">)([^<]*)</span>(<span class="Lead-in">)?', r"\2", source)
    source = re.sub(r"<(script|style)\b.*?</\1>", " ", source, flags=re.S | re.I)
    return unescape(re.sub(r"<[^>]*>", " ", source))


def test_the_set_is_the_one_that_was_frozen(pages):
    assert fingerprint(pages) == FINGERPRINT


def test_the_later_set_is_the_one_that_was_frozen(later_pages):
    assert fingerprint(later_pages) == later.FINGERPRINT


def test_a_page_does_not_depend_on_what_was_made_before(pages):
    assert make("live", 24) == next(p for p in pages if (p.layout, p.number) == ("live", 24))


def test_a_later_page_does_not_depend_on_what_was_made_before(later_pages):
    assert later.make("speech", 9) == next(p for p in later_pages if (p.layout, p.number) == ("speech", 9))


def test_chance_is_the_same_on_every_python():
    draw = Draw("a seed")
    assert [draw.number(1, 100) for _ in range(6)] == [40, 4, 77, 41, 88, 91]
    assert sorted(draw.some("abcdef", 6)) == list("abcdef")


def test_there_are_twenty_layouts_of_twenty_five_different_pages(pages):
    assert len(LAYOUTS) == 20
    for layout in LAYOUTS:
        of_layout = [p for p in pages if p.layout == layout]
        assert len({p.content for p in of_layout}) == EACH


def test_there_are_eight_later_layouts_of_ten_different_pages(later_pages):
    assert len(later.LAYOUTS) == 8
    assert not set(later.LAYOUTS) & set(LAYOUTS)
    for layout in later.LAYOUTS:
        of_layout = [p for p in later_pages if p.layout == layout]
        assert len({p.content for p in of_layout}) == later.EACH


def test_every_word_expected_stands_in_the_page(pages, later_pages):
    for page in pages + later_pages:
        missing = Counter(words(page.text)) - Counter(words(visible(page)))
        assert not missing, f"{page.layout} {page.number}: {missing}"


def test_only_pages_without_an_article_expect_nothing(pages, later_pages):
    for page in pages + later_pages:
        assert bool(page.text) == (page.day is not None) == (page.layout not in WITHOUT_ARTICLE)


def test_pages_are_as_heavy_as_pages_are(pages, later_pages):
    sizes = [len(p.content) for p in pages + later_pages if p.layout != "old"]
    assert min(sizes) > 15_000
    assert max(sizes) < 120_000


def test_an_undeclared_page_is_in_windows_1252():
    content = b"".join(make("old", number).content for number in range(EACH))
    assert b"charset" not in content
    assert re.search(rb"[\x91-\x94]", content)


def test_the_decoys_are_there(pages, later_pages):
    """Most pages name another day than theirs, or the day could be found by taking the first."""
    dated = [p for p in pages + later_pages if p.day]
    decoyed = [p for p in dated if len(set(re.findall(rb"(?:19|20)\d\d", p.content))) > 1]
    assert len(decoyed) > 0.95 * len(dated)


def test_another_date_of_the_embassy_tells_the_order_of_the_figures(later_pages):
    for page in (p for p in later_pages if p.layout == "embassy"):
        figures = re.findall(rb"(\d\d)/(\d\d)/(\d{4})", page.content)
        first, second = max(int(f[0]) for f in figures), max(int(f[1]) for f in figures)
        assert (first > 12) != (second > 12)


def test_words_are_counted_as_a_bag():
    assert word_f1("The cat sat.", "the CAT sat") == 1
    assert word_f1("one two", "two three") == 0.5
    assert word_f1("", "") == 1
    assert word_f1("", "a word") == word_f1("a word", "") == 0


def test_silence_is_right_where_there_is_no_article():
    nothing, something = Found("", None, 0.0), Found("Some words.", "2023-02-24", 0.0)
    page = make("missing", 0)
    assert (judge(page, nothing).f1, judge(page, nothing).same_day) == (1, True)
    assert (judge(page, something).f1, judge(page, something).same_day) == (0, False)


def test_an_instant_is_right_in_any_zone_and_a_bare_day_is_none():
    page = next(p for p in (make("broadsheet", n) for n in range(EACH)) if p.instant)
    assert judge(page, Found(page.text, page.instant, 0.0)).same_instant
    assert judge(page, Found(page.text, page.day, 0.0)).same_instant is False
    assert judge(page, Found(page.text, page.day, 0.0)).same_day


def test_trafilatura_is_scored_beside():
    judged = [judge(p, by_trafilatura(p)) for p in (make("wordpress", 0), make("broadsheet", 0), make("missing", 0))]
    assert all(0 <= j.f1 <= 1 for j in judged)
    assert judged[0].f1 > 0.5
    results = summarise({"trafilatura": judged, "entente": judged})
    whole = [r for r in results if r.layout == "all"]
    assert {r.tool for r in whole} == {"trafilatura", "entente"}
    assert all(r.n == 3 and r.f1_interval[0] <= r.f1 <= r.f1_interval[1] for r in whole)
    assert [m.name for m in measured(results)][:2] == ["Pages: main text, word F1", "Pages: day"]


def test_the_document_sets_the_two_tools_side_by_side():
    judged = [judge(page, Found(page.text, page.day, 0.01)) for page in (make("amp", 0), make("front", 0))]
    section = as_markdown(summarise({"trafilatura": judged, "entente": judged}))
    assert "| amp | 1 | 1.000 (1.000–1.000) | 1.000 (1.000–1.000) |" in section
    assert section.splitlines()[-1].startswith("| all | 2 |")
