"""Reading reports from files, folders and standard input: what comes in, and how what does not is named."""

import gzip
import io
import json
import os
import sys
import tracemalloc

import pytest

from entente.records import Failure, Incoming
from entente.reports.extract import extract
from entente.sources.files import read_inputs


def read(*paths, **options):
    return list(read_inputs([str(path) for path in paths], **options))


def only_failure(*paths, **options):
    (failure,) = read(*paths, **options)
    assert isinstance(failure, Failure)
    return failure


def test_text_file_comes_in_as_found_with_its_name_as_source_id(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b" date 2023-02-24 Peru and Chile met.\r\n")
    (report,) = read(path)
    assert report == Incoming(
        text=" date 2023-02-24 Peru and Chile met.\r\n", origin=str(path), source_id="a.txt", obtained="file"
    )


def test_markdown_title_stays_in_the_text(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("# Talks\n\nPeru and Chile met.\n")
    assert read(path)[0].text.startswith("# Talks\n")


@pytest.mark.parametrize("name", ["missing.txt", "missing", "x\0y.txt", "n" * 300 + ".txt"])
def test_missing_file_is_named_with_a_remedy(tmp_path, name):
    failure = only_failure(tmp_path / name)
    assert name in failure.origin
    assert failure.reason
    assert failure.remedy


def test_address_without_its_scheme_is_told_how_one_begins():
    assert "https://" in only_failure("www.example.org/news").remedy


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "empty"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.csv", b"", "empty"),
        ("a.json", b"", "empty"),
        ("a.txt", b"abc\0def", "binary"),
        ("a.jsonl", b"\0\x01\x02", "binary"),
        ("a.txt", b"charg\x81 d'affaires", "UTF-8"),
        ("a.pdf", b"no such thing", "is called .pdf but is not a PDF file"),
        ("a.xyz", b"Peru", ".xyz"),
        ("README", b"Peru\0", "binary"),
        ("a.txt.gz", b"not gzip at all", "compressed"),
        ("a.jsonl.gz", gzip.compress(b'{"text": "Peru met Chile."}\n' * 999)[:40], "compressed"),
        ("a.json", b"{", "JSON"),
        ("a.json", b"[]", "empty"),
        ("a.csv", b"id,text\n\n", "no rows"),
        ("a.csv", b"id,text,caf\x81\n1,Peru,x\n", "line 1 is not UTF-8"),
    ],
)
def test_unreadable_file_is_one_failure_with_reason_and_remedy(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    failure = read(path)[-1]
    assert isinstance(failure, Failure)
    assert reason in failure.reason
    assert failure.remedy
    assert failure.origin == str(path)


def test_file_without_permission_is_named(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = tmp_path / "a.txt"
    path.write_text("Peru")
    path.chmod(0)
    assert "may not be read" in only_failure(path).reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("kind", ["txt", "jsonl", "csv"])
def test_encodings_that_announce_themselves_are_read(tmp_path, encoding, kind):
    words = "Türkiye’s chargé d’affaires left Minsk."
    written = {"txt": words, "jsonl": json.dumps({"text": words}, ensure_ascii=False) + "\n", "csv": f"text\n{words}\n"}
    path = tmp_path / f"a.{kind}"
    path.write_bytes(written[kind].encode(encoding))
    assert [report.text for report in read(path)] == [words]


def test_one_bad_file_never_stops_the_rest(tmp_path):
    (tmp_path / "a.txt").write_text("Peru met Chile.")
    (tmp_path / "b.txt").write_bytes(b"\xff\xff")
    (tmp_path / "c.txt").write_text("Chile met Peru.")
    assert [type(item) for item in read(tmp_path)] == [Incoming, Failure, Incoming]


def test_folder_is_read_by_name_and_hidden_files_are_passed_over(tmp_path):
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.md", ".git/x.txt", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("Peru met Chile.")
    assert [report.source_id for report in read(tmp_path)] == ["a.txt", "c.md", "1.txt", "2.txt"]


def test_pipe_in_a_folder_is_named_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("Peru met Chile.")
    (tmp_path / "c.txt").symlink_to("nowhere.txt")
    pipe, report, link = read(tmp_path)
    assert (pipe.origin, pipe.reason) == (str(tmp_path / "a.txt"), "is a pipe, socket or device, not a file.")
    assert report.text == "Peru met Chile."
    assert "link to nothing" in link.reason


def test_empty_folder_is_a_failure(tmp_path):
    assert "no files" in only_failure(tmp_path).reason


def test_json_lines_give_their_fields(tmp_path):
    path = tmp_path / "a.jsonl"
    row = {
        "id": 7,
        "published": "2023-02-24",
        "title": "Talks",
        "text": "Peru.",
        "url": "https://x.org/a",
        "publisher": "X",
    }
    path.write_text(json.dumps(row) + "\n\n" + json.dumps({"text": "Chile."}) + "\n")
    first, second = read(path)
    assert (first.source_id, first.published, first.title, first.url, first.publisher) == (
        "7",
        "2023-02-24",
        "Talks",
        "https://x.org/a",
        "X",
    )
    assert (second.source_id, second.origin) == ("a.jsonl:3", f"{path}:3")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "JSON"),
        (b"[1]", "a list"),
        (b"null", "nothing"),
        (b'"text"', "text"),
        (b'{"body": "Peru", "id": "1"}', "found: body, id"),
        (b'{"text": ["Peru"]}', "a list"),
        (b'{"text": 5}', "a number"),
        (b'{"text": "Peru", "published": {"day": 1}}', "an object"),
        (b'{"text": "Peru", "title": true}', "true or false"),
        (b'{"text": ""}', "holds nothing"),
        (b'{"text": null}', "holds nothing"),
        (b'{"text": "Per\x81"}', "UTF-8"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_bad_json_line_is_named_by_file_and_line_and_the_next_is_read(tmp_path, line, reason):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "Chile."}\n' + line + b'\n{"text": "Bolivia."}\n')
    before, failure, after = read(path)
    assert (before.text, after.text) == ("Chile.", "Bolivia.")
    assert failure.origin == f"{path}:2"
    assert reason in failure.reason
    assert failure.remedy


def test_columns_may_have_other_names(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('key,day,head,body,link\n1,2023-02-24,Talks,"Peru, and\nChile",https://x.org\n')
    (report,) = read(
        path, text_column="body", id_column="key", date_column="day", title_column="head", url_column="link"
    )
    assert (report.source_id, report.published, report.title, report.text, report.url) == (
        "1",
        "2023-02-24",
        "Talks",
        "Peru, and\nChile",
        "https://x.org",
    )


def test_table_without_a_text_column_names_the_columns_it_has(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("key\tbody\n1\tPeru\n")
    failure = only_failure(path)
    assert "key, body" in failure.reason
    assert "--text-column" in failure.remedy


def test_bad_table_row_is_named_by_the_line_it_begins_on(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,"Peru\nand Chile"\n2,a,b,c\n3,"x"y\n4,Bolivia\n')
    first, too_long, misquoted, last = read(path)
    assert (first.text, last.text) == ("Peru\nand Chile", "Bolivia")
    assert (too_long.origin, misquoted.origin) == (f"{path}:4", f"{path}:5")


def test_table_row_in_another_encoding_is_named_and_the_next_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b'id,text\n1,Peru\n2,"charg\x81\nd\'affaires"\n3,Bolivia\n4,\0\n5,Chile\n')
    first, in_latin, after, with_nul, last = read(path)
    assert [report.text for report in (first, after, last)] == ["Peru", "Bolivia", "Chile"]
    assert (in_latin.origin, with_nul.origin) == (f"{path}:3", f"{path}:6")
    assert "UTF-8" in in_latin.reason


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"The charg\xe9 d\x92affaires left."),
        ("a.jsonl", b'{"text": "The charg\xe9 d\x92affaires left."}\n{"text": "Peru"}\n'),
        ("a.csv", b'id,text\n1,"The charg\xe9 d\x92affaires left."\n2,Peru\n'),
    ],
)
def test_windows_1252_is_read_and_said_of_the_report_that_it_concerns(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    first, *others = read(path)
    assert first.text == "The chargé d’affaires left."
    assert first.warnings == ("encoding: read as windows-1252, since the file is not UTF-8.",)
    assert [other.warnings for other in others] == [()] * len(others)


@pytest.mark.parametrize(
    ("name", "content"), [("a.txt", "Посол"), ("a.csv", "text\nПосол\n"), ("a.json", '{"text": "Посол"}')]
)
def test_named_encoding_is_read(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content.encode("koi8-r"))
    assert [report.text for report in read(path, encoding="koi8-r")] == ["Посол"]


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ";"), ("a.csv", "\t"), ("a.tsv", ","), ("a.csv", "|")])
def test_table_may_be_parted_by_other_marks_whatever_its_name(tmp_path, name, mark):
    path = tmp_path / name
    path.write_text(f'id{mark}text\n1{mark}"Peru{mark} Chile"\n')
    assert [report.text for report in read(path)] == [f"Peru{mark} Chile"]


@pytest.mark.parametrize(
    "table",
    [
        b"sep=;\r\nid;text\r\n1;Peru\r\n2;Chile\r\n",
        b"id,text\r1,Peru\r2,Chile\r",
        b"id,text\n1,Peru,,\n,,,\n2,Chile\n , \n,,\n",
    ],
    ids=["a mark of the separator", "carriage returns", "empty cells and rows"],
)
def test_table_as_a_spreadsheet_writes_it_is_read(tmp_path, table):
    path = tmp_path / "a.csv"
    path.write_bytes(table)
    assert [(item.source_id, item.text) for item in read(path)] == [("1", "Peru"), ("2", "Chile")]


def test_table_without_names_is_named_without_all_its_words(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("1," + "Peru met Chile. " * 9000 + "\n")
    assert len(only_failure(path).reason) < 200


def test_json_lines_called_json_are_read(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('{"text": "Peru"}\n{"text": "Chile"}\n{"text":\n')
    first, second, bad = read(path)
    assert (first.text, second.text, second.origin) == ("Peru", "Chile", f"{path}:2")
    assert (bad.origin, "JSON" in bad.reason) == (f"{path}:3", True)


def test_transcript_longer_than_the_table_readers_own_limit_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text\n" + "x" * 300_000 + "\n")
    assert len(read(path)[0].text) == 300_000


def test_published_fills_in_only_where_the_source_gives_no_date(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Peru", "published": "2020-01-01"}\n{"text": "Chile"}\n')
    assert [report.published for report in read(path, published="2023-02-24")] == ["2020-01-01", "2023-02-24"]


def test_published_fills_in_only_where_a_page_gives_no_date_itself(tmp_path):
    dated = '<meta property="article:published_time" content="2020-01-01T10:00:00Z">'
    words = "<p>" + "Peru and Chile met in Lima, where ministers spoke of fishing in the north. " * 12 + "</p>"
    for name, meta in (("a.html", dated), ("b.html", "")):
        page = f"<!doctype html><html><head><title>Talks</title>{meta}</head><body><article>{words}</article></body></html>"
        (tmp_path / name).write_text(page)
    first, second = (extract(document) for document in read(tmp_path, published="2023-02-24"))
    assert (first.published[:10], second.published) == ("2020-01-01", "2023-02-24")


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        (b"Peru met\nChile.\n", ["Peru met\nChile.\n"]),
        (b'{"text": "Peru."}\n{"text": "Chile."}\n', ["Peru.", "Chile."]),
    ],
)
def test_standard_input_is_a_text_or_json_lines(monkeypatch, given, texts):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    reports = read("-")
    assert [report.text for report in reports] == texts
    assert {report.obtained for report in reports} == {"stdin"}


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        (b'{"id": 1, "text": \n{"text": "Peru"}\n', [Failure, Incoming]),
        (b'{\n "text": "Peru"\n}\n', [Incoming]),
        (b'[\n {"text": "Peru"},\n {"text": "Chile"}\n]\n', [Incoming, Incoming]),
        (b'[{"text": "Peru"}, {"text": "Chile"}]\n', [Incoming, Incoming]),
        (b"[Lima] Peru met Chile.\n", [Incoming]),
    ],
)
def test_json_on_standard_input_is_no_text_also_where_it_is_damaged_or_over_several_lines(monkeypatch, given, kinds):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert [type(item) for item in read("-")] == kinds


def test_empty_standard_input_is_a_failure(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert "nothing came in" in only_failure("-").reason


def test_json_document_may_be_an_object_or_a_list(tmp_path):
    (tmp_path / "a.json").write_text('{"id": "1", "text": "Peru"}')
    (tmp_path / "b.json").write_text('[{"text": "Chile"}, 5]')
    one, two, bad = read(tmp_path)
    assert (one.source_id, two.source_id, bad.source_id) == ("1", "b.json:1", "b.json:2")
    assert "a number" in bad.reason


@pytest.mark.parametrize(
    ("row", "source_id", "title", "text"),
    [
        (r'{"text": "Peru", "title": NaN, "id": NaN}', "a.jsonl:1", None, "Peru"),
        (r'{"text": "Peru", "id": 7.0}', "7", None, "Peru"),
        (r'{"text": "Peru \ud83d", "title": "Talks \ude00"}', "a.jsonl:1", "Talks \ufffd", "Peru \ufffd"),
        (r'{"text": "Peru \ud83d\ude00", "id": -Infinity}', "a.jsonl:1", None, "Peru 😀"),
        ('{"text": "Peru\tmet"}', "a.jsonl:1", None, "Peru\tmet"),
    ],
)
def test_rows_as_other_programs_write_json_are_read(tmp_path, row, source_id, title, text):
    path = tmp_path / "a.jsonl"
    path.write_text(row + "\n")
    (report,) = read(path)
    assert (report.source_id, report.title, report.text) == (source_id, title, text)


def test_long_file_is_streamed(tmp_path):
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wt") as out:
        for _ in range(3000):
            out.write(json.dumps({"text": "Peru and Chile met in Lima. " * 200}) + "\n")
    tracemalloc.start()
    try:
        assert sum(len(report.text) for report in read_inputs([str(path)])) > 16_000_000
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_what_browsers_office_and_systems_leave_beside_reports_is_passed_over(tmp_path):
    (tmp_path / "Talks in Lima.html").write_text("<p>Peru and Chile met.</p>")
    parts = tmp_path / "Talks in Lima_files"
    parts.mkdir()
    (parts / "frame.html").write_text("<p>Boots are cheap this week.</p>")
    (parts / "style.css").write_text("p {}")
    for name in ("Thumbs.db", "desktop.ini", "~$note.docx", "entente.duckdb", "entente.duckdb.lock"):
        (tmp_path / name).write_bytes(b"\0")
    assert [item.source_id for item in read(tmp_path)] == ["Talks in Lima.html"]


def test_folder_of_a_pages_name_without_its_page_is_read(tmp_path):
    (tmp_path / "talks_files").mkdir()
    (tmp_path / "talks_files" / "a.txt").write_text("Peru met Chile.")
    assert len(read(tmp_path)) == 1
    assert len(read(tmp_path / "talks_files")) == 1


def test_file_whose_name_is_not_utf_8_is_read_under_a_name_that_can_be_printed(tmp_path):
    path = os.fsencode(tmp_path) + b"/Gespr\xe4ch.txt"
    with open(path, "wb") as file:
        file.write(b"Peru met Chile.")
    for given in (tmp_path, os.fsdecode(path)):
        (report,) = read(given)
        assert report.source_id == r"Gespr\xe4ch.txt"
        assert report.origin.encode("utf-8").endswith(rb"Gespr\xe4ch.txt")
    assert only_failure(os.fsdecode(path) + "x").origin.encode("utf-8")
