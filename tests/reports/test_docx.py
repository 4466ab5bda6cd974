"""Word files as reports: what a reader of the last state sees, in order, and files that are none."""

import datetime
import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml

from entente.errors import InputError
from entente.records import Document, Incoming
from entente.reports.docx import extract_docx

W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
FIRST = "The harbour ministers of Peru and Chile met in Ilo on Monday."
SECOND = "Minister Lucía Ferrán said that patrols would begin in spring."


def word() -> WordDocument:
    paper = docx.Document()
    paper.core_properties.title = ""
    paper.core_properties.created = datetime.datetime(2023, 3, 5, 12, 0)
    return paper


def saved(paper: WordDocument) -> bytes:
    sink = io.BytesIO()
    paper.save(sink)
    return sink.getvalue()


def extracted(paper: WordDocument | bytes, **given: str) -> Incoming:
    content = paper if isinstance(paper, bytes) else saved(paper)
    return extract_docx(Document(content=content, media="docx", origin="box/a.docx", source_id="a.docx", **given))


def add(paper: WordDocument, inside: str) -> None:
    """A paragraph as its XML has it."""
    paper.element.body.insert(len(paper.element.body) - 1, parse_xml(f"<w:p {W}>{inside}</w:p>"))


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one of its parts rewritten."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(sink, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return sink.getvalue()


def test_paragraphs_lists_and_tables_come_in_order():
    paper = word()
    paper.add_heading("Two coasts", level=1)
    paper.add_paragraph(FIRST)
    paper.add_paragraph("exchange what they know;", style="List Bullet")
    paper.add_paragraph("meet twice a year.", style="List Number")
    table = paper.add_table(rows=0, cols=2)
    for cells in (("Year", "Vessels"), ("2022", "98")):
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    paper.add_paragraph(SECOND)
    report = extracted(paper)
    assert report.text == (
        f"Two coasts\n\n{FIRST}\n\n- exchange what they know;\n- meet twice a year.\n\nYear\tVessels\n2022\t98\n\n{SECOND}"
    )
    assert (report.title, report.origin, report.source_id, report.whole) == ("Two coasts", "box/a.docx", "a.docx", None)


def test_table_that_lays_out_the_page_is_read_as_paragraphs():
    paper = word()
    left, right = paper.add_table(rows=1, cols=2).rows[0].cells
    left.text = "Ministry of Fisheries"
    right.text = FIRST
    right.add_paragraph(SECOND)
    assert extracted(paper).text == f"Ministry of Fisheries\n\n{FIRST}\n\n{SECOND}"


def test_tracked_changes_count_as_accepted():
    paper = word()
    add(
        paper,
        run("The talks ")
        + '<w:del w:id="1" w:author="x"><w:r><w:delText>failed</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2" w:author="x">{run("ended")}</w:ins>'
        + f'<w:moveFrom w:id="3" w:author="x">{run(" twice")}</w:moveFrom>'
        + run(" on Monday."),
    )
    add(paper, f'<w:pPr><w:rPr><w:del w:id="4" w:author="x"/></w:rPr></w:pPr>{run("The envoy left")}')
    add(paper, run(" Lima."))
    assert extracted(paper).text == "The talks ended on Monday.\n\nThe envoy left Lima."


def test_links_and_fields_give_their_words_and_not_their_codes_comments_and_hidden_text_give_none():
    paper = word()
    add(
        paper,
        run("See ")
        + f'<w:hyperlink w:anchor="x">{run("the treaty")}</w:hyperlink>'
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a \\h </w:instrText></w:r>'
        + f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(" of 2014")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>(draft)</w:t></w:r>"
        + '<w:commentRangeStart w:id="0"/>'
        + run(", page")
        + "<w:r><w:noBreakHyphen/><w:t>wise</w:t><w:tab/><w:t>first</w:t><w:br/><w:t>line</w:t></w:r>",
    )
    assert extracted(paper).text == "See the treaty of 2014, page-wise\tfirst\nline"


def test_text_box_is_read_once_after_its_paragraph():
    paper = word()
    box = f"<w:txbxContent><w:p>{run('Press office: Ilo')}</w:p></w:txbxContent>"
    add(
        paper,
        run(FIRST)
        + f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        + f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    paper.add_paragraph(SECOND)
    assert extracted(paper).text == f"{FIRST}\n\nPress office: Ilo\n\n{SECOND}"


def test_content_controls_are_read_but_their_prompts_are_not():
    paper = word()
    prompt = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here</w:t></w:r></w:sdtContent>"
    add(paper, f"<w:sdt><w:sdtContent>{run(FIRST)}</w:sdtContent></w:sdt><w:sdt>{prompt}</w:sdt>")
    assert extracted(paper).text == FIRST


def test_heads_feet_and_contents_are_left_out_and_seen_in_the_whole():
    paper = word()
    paper.sections[0].header.paragraphs[0].text = "Ministry of Fisheries"
    paper.sections[0].footer.paragraphs[0].text = "Not for release before noon"
    contents = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    line = f"<w:sdt {W}>{contents}<w:sdtContent><w:p>{run('1. Patrols .... 4')}</w:p></w:sdtContent></w:sdt>"
    paper.element.body.insert(0, parse_xml(line))
    paper.add_paragraph(FIRST)
    report = extracted(paper)
    assert report.text == FIRST
    assert report.whole is not None
    assert report.whole.split("\n\n") == [
        "Ministry of Fisheries",
        "1. Patrols .... 4",
        FIRST,
        "Not for release before noon",
    ]


def test_footnotes_follow_the_text():
    paper = word()
    add(paper, run(FIRST) + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    paper.add_paragraph(SECOND)
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="0" w:type="separator"><w:p>{run("x")}</w:p></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" Judgment of 2014.")}</w:p></w:footnote></w:footnotes>'
    )
    sink = io.BytesIO(saved(paper))
    with zipfile.ZipFile(sink, "a") as package:
        package.writestr("word/footnotes.xml", notes)
    assert extracted(sink.getvalue()).text == f"{FIRST}\n\n{SECOND}\n\nJudgment of 2014."


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Peru and Chile renew their treaty", "Peru and Chile renew their treaty"),
        ("Document1", "Two coasts"),
        ("", "Two coasts"),
    ],
)
def test_title_is_the_files_own_if_a_person_gave_it_else_the_one_at_the_top(given, title):
    paper = word()
    paper.core_properties.title = given
    paper.add_heading("Two coasts", level=0)
    paper.add_paragraph(FIRST)
    assert extracted(paper).title == title
    assert extracted(paper, title="Given").title == "Given"


def test_day_on_which_the_file_was_made_is_named_but_not_taken():
    paper = word()
    paper.add_paragraph(FIRST)
    report = extracted(paper)
    assert report.published is None
    assert report.warnings == (
        "the Word file was made on 2023-03-05; if that is its date, give --published 2023-03-05.",
    )
    assert extracted(paper, published="2023-02-24").warnings == ()
    dated = word()
    dated.add_paragraph("24 February 2023")
    dated.add_paragraph(FIRST)
    assert extracted(dated).warnings == ()


def test_entities_are_not_followed_out_of_the_file(tmp_path):
    (tmp_path / "secret.txt").write_text("the secret")
    paper = word()
    paper.add_paragraph(FIRST + "PLACE")
    declared = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'.encode()

    def with_entity(content: bytes) -> bytes:
        head, mark, body = content.partition(b"?>")
        return head + mark + declared + body.replace(b"PLACE", b"&e;")

    assert extracted(changed(saved(paper), "word/document.xml", with_entity)).text == FIRST


@pytest.mark.parametrize(
    ("content", "reason", "remedy"),
    [
        (b"", "damaged Word file", "Fetch it again"),
        (b"PK\x03\x04 and no more", "damaged Word file", "Fetch it again"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old kind", "soffice --headless --convert-to docx a.docx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "needs a password",
            "without its password",
        ),
        (b"{\\rtf1 Peru met Chile.}", "RTF", "soffice"),
    ],
)
def test_what_is_no_word_file_is_an_error_with_a_remedy(content, reason, remedy):
    with pytest.raises(InputError, match=reason) as caught:
        extracted(content)
    assert remedy in caught.value.remedy


def test_damaged_parts_are_an_error():
    paper = word()
    paper.add_paragraph(FIRST)
    content = saved(paper)
    with pytest.raises(InputError, match="damaged Word file"):
        extracted(content[: len(content) // 2])
    with pytest.raises(InputError, match="damaged Word file"):
        extracted(changed(content, "word/document.xml", lambda part: part[:-40]))


def test_zip_without_a_document_is_an_error():
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as package:
        package.writestr("a.txt", FIRST)
    with pytest.raises(InputError, match="without a Word document"):
        extracted(sink.getvalue())


def test_file_without_text_says_what_it_holds(tmp_path):
    with pytest.raises(InputError, match="no text found"):
        extracted(word())
    from PIL import Image

    Image.new("L", (9, 9)).save(tmp_path / "a.png")
    paper = word()
    paper.add_picture(str(tmp_path / "a.png"))
    with pytest.raises(InputError, match=r"no text found \(1 image\)") as caught:
        extracted(paper)
    assert "ocrmypdf" in caught.value.remedy
