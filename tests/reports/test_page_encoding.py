"""The letters of a page survive, whatever it says of its encoding."""

import pytest

from entente.reports.page_encoding import decode_page

WORDS = "Lithuania’s chargé d’affaires said: “We stay” — and left."
CYRILLIC = "Министры двух стран встретились во вторник и договорились открыть дорогу, закрытую девять лет назад. " * 3


@pytest.mark.parametrize(
    ("content", "charset", "warned"),
    [
        (WORDS.encode(), None, False),
        (WORDS.encode("utf-8-sig"), "windows-1251", False),
        (WORDS.encode("utf-16"), None, False),
        (f"<html>{WORDS}</html>".encode("utf-16-le"), None, False),
        (WORDS.encode("cp1252"), None, False),
        (WORDS.encode("cp1252"), "iso-8859-1", False),
        (b"<meta charset=iso-8859-1>" + WORDS.encode("cp1252"), None, False),
        (b"<meta charset=utf-8>" + WORDS.encode("cp1252"), None, True),
        (WORDS.encode("cp1252"), "utf-8", True),
        (b"<meta charset=windows-1252>" + WORDS.encode("cp1252"), "utf-8", True),
        (WORDS.encode(), "iso-8859-1", True),
        (WORDS.encode(), "no-such-thing", False),
        (WORDS.encode(), "hex", False),
        ("é, è, ü, ö, â, ê and ’ again: ".encode() + WORDS.encode() + b" caf\xe9", "utf-8", True),
        ("Â£5 — â€™tis ".encode() + WORDS.encode(), None, True),
    ],
)
def test_letters_and_quotation_marks_survive(content, charset, warned):
    text, warnings = decode_page(content, charset)
    assert WORDS in text
    assert "\ufffd" not in text
    assert bool(warnings) == warned


def test_other_scripts_are_told_by_their_letters():
    assert CYRILLIC in decode_page(b"<html><p>" + CYRILLIC.encode("cp1251") + b"</p></html>", None)[0]
    assert CYRILLIC in decode_page(CYRILLIC.encode("koi8-r"), "koi8-r")[0]


def test_words_garbled_before_they_came_here_are_mended():
    garbled = WORDS.encode().decode("cp1252", "ignore").replace("â€ ", "â€œ ")
    text, warnings = decode_page(garbled.encode(), None)
    assert "Lithuania’s chargé d’affaires" in text
    assert warnings


def test_any_bytes_give_text():
    for content in (bytes(range(256)), b"\xff\xfe", b"\xef\xbb\xbf", b"\x81\x8d\x8f", b"\0\0\0"):
        text, _ = decode_page(content, None)
        assert "\0" not in text
