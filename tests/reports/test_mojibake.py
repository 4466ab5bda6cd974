"""Texts that were decoded wrongly on their way here: repaired, said, and genuine letters left alone."""

import subprocess
import sys

import ftfy.bad_codecs  # noqa: F401 - makes the codec sloppy-windows-1252 known
import pytest

from entente.records import Incoming
from entente.reports.mojibake import repair_mojibake
from entente.reports.prepare import prepare


def prepared(text: str, **given: str):
    return prepare(Incoming(text=text, origin="a.txt", source_id="a.txt", **given))


@pytest.mark.parametrize(
    "words",
    [
        "Envoy Inês Falcão won’t sign.",
        "The chargé d’affaires left for Côte d’Ivoire.",
        "“We shall be back,” she said — and meant it…",
        "Aid of £40 million, or €46 million, for Müller’s clinic.",
        "Посол Лидия Громова прибыла в Минск.",
    ],
)
def test_utf8_that_was_read_as_windows_1252_is_repaired(words):
    read_wrongly = words.encode().decode("sloppy-windows-1252")
    assert repair_mojibake(read_wrongly)[0] == words


def test_windows_1252_that_was_read_as_latin_1_is_repaired():
    assert repair_mojibake("She said \x93no\x94 \x96 and it\x92s final.") == ("She said “no” – and it’s final.", 4)


def test_what_was_decoded_wrongly_twice_is_one_place():
    assert repair_mojibake("The envoy wonÃ¢â‚¬â„¢t sign.") == ("The envoy won’t sign.", 1)


@pytest.mark.parametrize(
    "words",
    [
        "São Tomé and Príncipe",
        "A DECLARAÇÃO DA MINISTRA INÊS FALCÃO: “NÃO É A NOSSA IRMÃ”.",
        "«CAPITALA ESTE ÎN ROMÂNIA, NU COBORÂ», a spus.",
        "Il a dit : « voilà… l’été » au café”…",
        "The word “CAFÉ” and the mark naïve™",
        "Türkiye’s Erdoğan met Łukasz Wiśniewski in İzmir.",
        "Hà Nội và Đà Nẵng",
    ],
)
def test_genuine_letters_stay(words):
    assert repair_mojibake(words) == (words, 0)


def test_only_the_lines_that_were_decoded_wrongly_change():
    text = "INÊS FALCÃO: “IRMÔ\nThe envoy donâ€™t agree.\n“Türkiye”"
    assert repair_mojibake(text)[0] == "INÊS FALCÃO: “IRMÔ\nThe envoy don’t agree.\n“Türkiye”"


def test_report_is_repaired_before_its_offsets_are_counted_and_says_in_how_many_places():
    report = prepared(
        "Peruâ€™s envoy left Chile. â€œSoon,â€\x9d she said.", title="Peruâ€™s envoy", publisher="La NaciÃ³n"
    )
    assert report.report.text == "Peru’s envoy left Chile. “Soon,” she said."
    assert (report.report.title, report.report.publisher) == ("Peru’s envoy", "La Nación")
    assert next(report.report.text[s.start : s.end] for s in report.sentences) == "Peru’s envoy left Chile."
    assert any("3 places repaired" in warning for warning in report.warnings)


def test_lost_characters_are_counted_and_not_guessed():
    report = prepared("Peru\ufffds envoy left Chile\ufffd.")
    assert report.report.text == "Peru\ufffds envoy left Chile\ufffd."
    assert any("2 characters were lost before the text came here" in warning for warning in report.warnings)
    assert not any("lost" in warning for warning in prepared("Peru’s envoy left Chile.").warnings)


def test_clean_text_does_not_load_the_library_that_repairs():
    words = "São Tomé’s “chargé d’affaires” — Türkiye"
    program = f"import sys; from entente.reports.mojibake import repair_mojibake as r; r({words!r}); print('ftfy' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "False\n"
    )
