"""A text becomes a report: what counts as its date, title, place and language, and what identifies it."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entente.records import Incoming
from entente.reports.mojibake import repair_mojibake
from entente.reports.normalise import normalise_text, report_id
from entente.reports.prepare import prepare
from entente.reports.prose import read_layout

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.txt"))


def prepared(text, **fields):
    return prepare(Incoming(text=text, origin="test", source_id="test", **fields))


def words(text, **fields):
    ready = prepared(text, **fields)
    return [ready.report.text[sentence.start : sentence.end] for sentence in ready.sentences]


@pytest.mark.parametrize(
    ("text", "published", "place", "first"),
    [
        (" date 2023-02-24 Peru met Chile.", "2023-02-24", None, "Peru met Chile."),
        ("2023-02-24\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
        ("2023-02-24T10:00:00Z\nPeru met Chile.", "2023-02-24T10:00:00+00:00", None, "Peru met Chile."),
        ("Date: 24 February 2023\n\nPeru met Chile.", "2023-02-24", None, "Peru met Chile."),
        ("(September 23, 2021)\n\nPeru met Chile.", "2021-09-23", None, "Peru met Chile."),
        ("Friday, August 21, 2015\n\nPeru met Chile.", "2015-08-21", None, "Peru met Chile."),
        ("For Immediate Release\tFebruary 27, 2009\n\nPeru met Chile.", "2009-02-27", None, "Peru met Chile."),
        ("Published: Aug. 21, 2015\nPeru met Chile.", "2015-08-21", None, "Peru met Chile."),
        ("ISLAMABAD, Feb 24 (APP) — Peru met Chile.", None, "ISLAMABAD", "Peru met Chile."),
        ("LIMA, Feb. 24, 2023 (AFP) – Peru met Chile.", "2023-02-24", "LIMA", "Peru met Chile."),
        ("PARIS (Reuters) - Peru met Chile.", None, "PARIS", "Peru met Chile."),
        ("MOSCOW, March 3. /TASS/. Peru met Chile.", None, "MOSCOW", "Peru met Chile."),
        ("Tehran, IRNA – Peru met Chile.", None, "Tehran", "Peru met Chile."),
        ("Riyadh, March 3, 2022, SPA -- Peru met Chile.", "2022-03-03", "Riyadh", "Peru met Chile."),
        ("New Delhi, Mar 3 (PTI) Peru met Chile.", None, "New Delhi", "Peru met Chile."),
        ("ADDIS ABABA, 3 March 2022 (ENA) Peru met Chile.", "2022-03-03", "ADDIS ABABA", "Peru met Chile."),
        ("CAIRO - 3 March 2022: Peru met Chile.", "2022-03-03", "CAIRO", "Peru met Chile."),
        ("3 March 2022, Geneva - Peru met Chile.", "2022-03-03", "Geneva", "Peru met Chile."),
        ("PORT-AU-PRINCE, Haiti (AP) _ Peru met Chile.", None, "PORT-AU-PRINCE", "Peru met Chile."),
        ("RIO DE JANEIRO, Mar 3 (EFE).- Peru met Chile.", None, "RIO DE JANEIRO", "Peru met Chile."),
        ("Berlin (dpa) - Peru met Chile.", None, "Berlin", "Peru met Chile."),
        ("Islamabad, the 3rd of March, 2022: Peru met Chile.", "2022-03-03", "Islamabad", "Peru met Chile."),
        ("Washington, DC – Peru met Chile.", None, "Washington", "Peru met Chile."),
        ("MOSCOW, March 3, 2022 /TASS/. Peru met Chile.", "2022-03-03", "MOSCOW", "Peru met Chile."),
        ("BEIJING, Aug. 21 (Xinhua) -- Peru met Chile.", None, "BEIJING", "Peru met Chile."),
        ("KYIV — Peru met Chile.", None, "KYIV", "Peru met Chile."),
        ("Kyiv — Peru met Chile.", None, "Kyiv", "Peru met Chile."),
        ("ISLAMABAD: Peru met Chile.", None, "ISLAMABAD", "Peru met Chile."),
        ("WASHINGTON, D.C. – Peru met Chile.", None, "WASHINGTON", "Peru met Chile."),
        ("New Delhi [India], August 12 (ANI): Peru met Chile.", None, "New Delhi", "Peru met Chile."),
        ("Geneva, 3 March 2022 – Peru met Chile.", "2022-03-03", "Geneva", "Peru met Chile."),
        ("Jan. 5 (UPI) -- Peru met Chile.", None, None, "Peru met Chile."),
        ("Rivals talk\nSEOUL, March 3 (Yonhap) -- Peru met Chile.", None, "SEOUL", "Rivals talk"),
        (
            "Peru and Chile settle terms for more power, differ over the lake\n\nLIMA, May 3, 2021 — Peru met Chile.",
            "2021-05-03",
            "LIMA",
            "Peru and Chile settle terms for more power, differ over the lake",
        ),
        ("By Ana Rojas\nLIMA — Peru met Chile.", None, "LIMA", "Peru met Chile."),
    ],
)
def test_date_line_and_dateline_are_metadata_not_prose(text, published, place, first):
    ready = prepared(text)
    assert ready.report.published == published
    assert (ready.place and text[ready.place.start : ready.place.end]) == place
    assert words(text)[0] == first
    assert any(warning.startswith("undated") for warning in ready.warnings) == (published is None)


@pytest.mark.parametrize(
    "text",
    [
        "Ukraine — Peru’s neighbour — said no.",
        "3 May 2021 was a dark day for Peru and Chile.",
        "Peru met Chile on 3 May 2021.",
        "The talks - long delayed - began.",
        "Monday was calm.",
        "NATO said on Friday that it would help.",
    ],
)
def test_prose_that_begins_like_a_dateline_stays_prose(text):
    assert words(text) == [text]
    assert prepared(text).report.published is None


def test_date_within_the_prose_is_not_the_reports_date():
    assert prepared("Peru met Chile. They agreed.\n\n3 May 2021\n\nBolivia left.").report.published is None


@pytest.mark.parametrize(
    ("given", "published"),
    [
        ("2023-02-24", "2023-02-24"),
        ("20230224", "2023-02-24"),
        ("24 February 2023", "2023-02-24"),
        ("Feb. 24, 2023", "2023-02-24"),
        ("2023/02/24", "2023-02-24"),
        ("2023-02-24T10:00:00", "2023-02-24"),
        ("2023-02-24T10:00:00Z", "2023-02-24T10:00:00+00:00"),
        ("2023-02-24T10:00:00+05:00", "2023-02-24T10:00:00+05:00"),
        ("Fri, 24 Feb 2023 10:00:00 +0500", "2023-02-24T10:00:00+05:00"),
    ],
)
def test_given_date_wins_and_becomes_iso(given, published):
    ready = prepared("date 2001-01-01 Peru met Chile.", published=given)
    assert ready.report.published == published
    assert ready.warnings == ()


@pytest.mark.parametrize("given", ["yesterday", "2023-02-30", "0001-01-01", "24/02/2023 or so", "99999999"])
def test_given_date_that_is_none_is_left_out_with_a_warning(given):
    ready = prepared("Peru met Chile.", published=given)
    assert ready.report.published is None
    assert any(given in warning for warning in ready.warnings)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Talks in Lima\n\nPeru met Chile.", "Talks in Lima"),
        ("Talks in Lima\n\nPeru met Chile.", "Talks in Lima"),
        ("**Talks in Lima**\n\nPeru met Chile.", "Talks in Lima"),
        ("Talks in Lima\n=============\nPeru met Chile.", "Talks in Lima"),
        ("Talks in Lima\nFriday, August 21, 2015\n\nPeru met Chile.", "Talks in Lima"),
        ("Peru met Chile.\n\nIt went well.", None),
        ("Peru met Chile", None),
    ],
)
def test_first_heading_is_the_title_and_stays_a_sentence(text, title):
    ready = prepared(text)
    assert ready.report.title == title
    assert len(ready.headings) == (title is not None)
    assert set(ready.headings) <= set(ready.sentences)


def test_given_title_wins():
    assert prepared("# Other\n\nPeru met Chile.", title="Talks").report.title == "Talks"


def test_id_depends_on_text_and_publisher_not_on_path_or_line_ends():
    one = prepare(Incoming(text="Peru.\r\nChile.", origin="a/1.txt", source_id="1"))
    two = prepare(Incoming(text="Peru.\nChile.", origin="b/2.txt", source_id="2", published="2023-02-24"))
    other = prepare(Incoming(text="Peru.\nChile.", origin="b/2.txt", source_id="2", url="https://www.x.org/1"))
    assert one.report.id == two.report.id != other.report.id
    assert other.report.id == report_id("Peru.\nChile.", publisher="X.org ", url=None)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le ministre a dit que la France ne participera pas aux négociations avec l’Allemagne.", "fr"),
        ("Россия заявила о выводе войск из Херсона.", "ru"),
        ("El presidente de Chile viajó a Lima para firmar un acuerdo comercial con el Perú este viernes.", "es"),
        ("Der Außenminister reiste am Freitag nach Warschau und sprach dort mit seinem Kollegen über Hilfen.", "de"),
        ("两国外长在北京举行会谈。", "zh"),
        ("التقى وزير الخارجية نظيره في القاهرة.", "ar"),
    ],
)
def test_report_in_another_language_is_kept_and_not_coded(text, language):
    ready = prepared(text, published="2023-02-24")
    assert (ready.report.language, ready.codable, ready.report.text) == (language, False, text)
    assert any(language in warning for warning in ready.warnings)


@pytest.mark.parametrize(
    "text", ["China, Japan sign pact.", "Peru met Chile.", "Zelenskyy, Macron, Scholz meet", "Talks fail."]
)
def test_short_english_is_taken_as_english(text):
    assert prepared(text).codable


def test_text_without_letters_is_kept_and_not_coded():
    ready = prepared(" ** ?! \n")
    assert (ready.report.language, ready.codable, ready.sentences) == ("und", False, ())


@given(st.text())
def test_normalising_twice_is_the_same_as_once_and_leaves_no_other_line_end(text):
    once = normalise_text(text)
    assert normalise_text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once


MARKUP = ["\n", "\n\n", "\r\n", "\t", "\xa0", "# ", "- ", "* ", "**", "_", "> ", "1. ", "---\n", "\\###"]
PROSE = [
    "Peru met Chile",
    ". ",
    "! ",
    "? ",
    "...",
    " “",
    "” ",
    "U.S.",
    "Lt. Gen. A. ",
    "5 p.m. ",
    "said he ",
    "e\u0301",
]
METADATA = ["MR. LEE: ", "Q  ", "LIMA — ", "date 2023-02-24 ", "(Reuters) - ", "ENDS\n", "[link](https://x.org/a_b) "]
PIECES = st.sampled_from(MARKUP) | st.sampled_from(PROSE) | st.sampled_from(METADATA)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
def test_sentences_are_ordered_trimmed_and_leave_out_only_blanks_marks_and_metadata(text):
    ready = prepared(text)
    kept = ready.report.text
    assert kept == normalise_text(repair_mojibake(text)[0])
    covered = set()
    end = 0
    for sentence in ready.sentences:
        assert end <= sentence.start < sentence.end <= len(kept)
        quote = kept[sentence.start : sentence.end]
        assert quote == quote.strip()
        assert sentence.end == len(kept) or not (kept[sentence.end - 1].isalnum() and kept[sentence.end].isalnum())
        covered.update(range(sentence.start, sentence.end))
        end = sentence.end
    layout = read_layout(kept)
    for span in layout.metadata:
        assert not covered & set(range(span.start, span.end))
        covered.update(range(span.start, span.end))
    rest = [kept[i] for i in range(len(kept)) if i not in covered]
    letters = "".join(character for character in rest if character.isalnum())
    assert letters in ("", "httpsxorgab" * (len(letters) // 11))


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_preparing_twice_gives_the_same(text):
    assert prepared(text) == prepared(text)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_are_dated_english_and_their_text_is_kept(path):
    text = path.read_text(encoding="utf-8")
    ready = prepared(text)
    assert ready.report.published
    assert ready.codable
    assert ready.report.text == normalise_text(repair_mojibake(text)[0])
    assert len(ready.sentences) >= 5


@pytest.mark.parametrize("url", ["n/a", "-", "/news/1", "https://[x/", "ftp://x.org/1"])
def test_words_that_are_no_web_address_are_no_address(url):
    ready = prepared("Peru met Chile.", url=url)
    assert ready.report.url is None
    assert any(url in warning for warning in ready.warnings)


def test_address_is_kept_without_what_only_tracks_the_reader():
    ready = prepared("Peru met Chile.", url=" https://X.org/1?utm_source=feed ", published="2024-03-05")
    assert (ready.report.url, ready.warnings) == ("https://x.org/1", ())
