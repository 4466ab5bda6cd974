"""Bytes as text: what can be told from the bytes, what is said of it, and what only the writer knows."""

import pytest

from entente.errors import InputError
from entente.sources.decoding import LineError, NotedLine, decode_noting, decoded_lines, is_encoding

WESTERN = [
    "Lithuania’s chargé d’affaires left Minsk. “We shall be back,” she said — and meant it.",
    "Ministra Inês Falcão falou em São Tomé: «o acordo não será assinado», disse ela à noite.",
    "The aid of €40 million for Côte d’Ivoire… was “frozen” – for now, said Jürgen Weiß at the café.",
    "L’été dernier, à l’île, l’émissaire était déjà là où naît la rivière.",
]


@pytest.mark.parametrize("words", WESTERN)
def test_windows_1252_prose_keeps_its_quotes_dashes_and_accents_and_says_so(words):
    decoded = decode_noting(words.encode("windows-1252"), "a.txt")
    assert (decoded.text, decoded.encoding) == (words, "windows-1252")
    assert decoded.warnings == ("encoding: read as windows-1252, since the file is not UTF-8.",)


@pytest.mark.parametrize("words", WESTERN)
def test_utf8_prose_comes_without_a_word_on_its_encoding(words):
    assert decode_noting(words.encode(), "a.txt").warnings == ()


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Посол Лидия Громова прибыла в Минск.", "windows-1251"),
        ("Посол Лидия Громова прибыла в Минск.", "koi8-r"),
        ("The envoy Лидия Громова arrived in Minsk on Monday for talks on transit.", "windows-1251"),
        ("وصلت السفيرة إلى عمان يوم الاثنين", "windows-1256"),
        ("Η υπουργός έφθασε στη Λευκωσία.", "iso-8859-7"),
        ("外交部发言人李兰周一抵达河内。", "gb18030"),
        ("The envoy 李蘭周 arrived in Hanoi on Monday for talks on transit.", "big5"),
        ("大使は月曜日にハノイに到着した。", "shift_jis"),
        ("Minister Łukasz Wiśniewski złożył wizytę.", "windows-1250"),
        ("Bakan Çağrı Doğan görüşmeye geldi.", "windows-1254"),
        ("“We shall be back,” the chargé said. “Soon.”", "mac-roman"),
        ("The chargé d'affaires left Minsk.", "cp850"),
    ],
)
def test_other_encodings_are_not_guessed_and_read_once_they_are_named(words, encoding):
    raw = words.encode(encoding)
    with pytest.raises(InputError, match="is not UTF-8") as caught:
        decode_noting(raw, "a.txt")
    assert "--encoding" in caught.value.remedy
    assert decode_noting(raw, "a.txt", encoding=encoding).text == words


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("words", ["Peru met Chile.\nThey agreed.\n", "Посол Лидия Громова прибыла в Минск, и вот.\n"])
def test_wide_encodings_are_known_by_their_nul_bytes_without_a_mark(words, encoding):
    decoded = decode_noting(words.encode(encoding), "a.txt")
    assert (decoded.text, decoded.encoding) == (words, encoding)
    assert "".join(decoded_lines(words.encode(encoding).splitlines(keepends=True), "a.csv")) == words


@pytest.mark.parametrize("raw", [b"abc\0def", b"\0\x01\0\x02\0\x03", bytes(range(256)) * 9, b"\x7fELF\2\1\1\0\0\0\0\0"])
def test_binary_bytes_are_refused(raw):
    with pytest.raises(InputError, match="binary"):
        decode_noting(raw, "a.txt")


def test_utf8_with_a_damaged_place_is_called_that_and_not_read_as_western():
    raw = "“Peru’s envoy left,” she said — “for now”.".encode().replace("“for".encode(), b"\xe2\x80for")
    with pytest.raises(InputError, match="is damaged UTF-8 text") as caught:
        decode_noting(raw, "a.txt")
    assert "Fetch it again" in caught.value.remedy


def test_byte_order_mark_outdoes_the_encoding_that_was_named():
    assert decode_noting("Türkiye".encode("utf-8-sig"), "a.txt", encoding="windows-1251").text == "Türkiye"
    assert list(decoded_lines(["Türkiye\n".encode("utf-8-sig")], "a.csv", encoding="koi8-r")) == ["Türkiye\n"]


def test_a_page_that_says_iso_8859_1_is_read_as_windows_1252():
    assert decode_noting(b"\x93Soon\x94", "a.txt", encoding="ISO-8859-1").text == "“Soon”"


def test_a_page_that_wrongly_says_utf8_is_read_by_its_bytes():
    decoded = decode_noting(b"\x93Soon,\x94 said the charg\xe9 d\x92affaires.", "a.txt", encoding="utf8")
    assert decoded.text == "“Soon,” said the chargé d’affaires."
    assert decoded.warnings


def test_bytes_outside_the_named_encoding_are_an_error_that_names_it():
    with pytest.raises(InputError, match="is not euc-jp text"):
        decode_noting(b"abc \xff\xfe\xff", "a.txt", encoding="euc-jp")
    with pytest.raises(InputError, match="NUL"):
        decode_noting(b"abc\0", "a.txt", encoding="koi8-r")


def test_western_line_among_utf8_lines_is_noted_and_one_in_another_alphabet_is_an_error_in_its_place():
    lines = ["Türkiye\n".encode(), b"charg\xe9 d\x92affaires\n", "Громова\n".encode("koi8-r"), b"Peru\n"]
    first, western, russian, last = decoded_lines(lines, "a.csv")
    assert (first, last) == ("Türkiye\n", "Peru\n")
    assert isinstance(western, NotedLine)
    assert western.text == "chargé d’affaires\n"
    assert isinstance(russian, LineError)
    assert russian.what == "a.csv:3"


@pytest.mark.parametrize("encoding", ["koi8-r", "shift_jis", "utf-16-le", "utf-7"])
def test_lines_in_a_named_encoding_are_read(encoding):
    words = "id,text\n1,Громова\n"
    lines = words.encode(encoding).splitlines(keepends=True)
    assert "".join(decoded_lines(lines, "a.csv", encoding=encoding)) == words


@pytest.mark.parametrize(
    ("name", "known"), [("windows-1251", True), ("KOI8-R", True), ("wingdings", False), ("base64", False)]
)
def test_only_encodings_of_text_are_known(name, known):
    assert is_encoding(name) is known
