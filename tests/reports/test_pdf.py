"""PDF files as reports: reading order, paragraphs, what stands around the text, and files without any."""

import datetime
from pathlib import Path

import pytest
from fpdf import FPDF

from entente.errors import InputError
from entente.records import Document, Incoming
from entente.reports.pdf import extract_pdf

FIRST = (
    "The delegations of Peru and Chile met in Lima on Monday to discuss the fisheries treaty that both sides signed two "
    "years ago, the foreign ministry said. Ambassador Lucía Ferrán told reporters that the yards would take part."
)
SECOND = (
    "Under the agreement, patrol vessels of the two countries will exchange information on fishing, and a joint "
    "commission will meet twice a year. It reports to both parliaments and may propose amendments at any time."
)


def paper(size: float = 11) -> FPDF:
    pdf = FPDF()
    pdf.set_creation_date(datetime.datetime(2023, 3, 5, 12, 0, tzinfo=datetime.UTC))
    pdf.add_page()
    pdf.set_font("Times", size=size)
    return pdf


def block(pdf: FPDF, words: str, *, align: str = "L", width: float = 0, step: float = 5) -> None:
    pdf.multi_cell(width, step, words, align=align, new_x="LMARGIN", new_y="NEXT")


def lines(pdf: FPDF, *rows: str, indent: float = 6) -> None:
    """Lines that end where they are told to; one that begins with a blank is indented."""
    for row in rows:
        pdf.set_x(20 + (indent if row.startswith(" ") else 0))
        pdf.cell(0, 5, row.strip(), new_x="LMARGIN", new_y="NEXT")


def extracted(pdf: FPDF | bytes, **given: str) -> Incoming:
    content = pdf if isinstance(pdf, bytes) else bytes(pdf.output())
    return extract_pdf(Document(content=content, media="pdf", origin="box/a.pdf", source_id="a.pdf", **given))


@pytest.mark.parametrize("align", ["L", "J"])
def test_lines_are_joined_to_paragraphs(align):
    pdf = paper()
    for words in (FIRST, SECOND):
        block(pdf, words, align=align)
        pdf.ln(3)
    report = extracted(pdf)
    assert report.text == f"{FIRST}\n\n{SECOND}"
    assert (report.origin, report.source_id, report.whole) == ("box/a.pdf", "a.pdf", None)


def test_paragraphs_without_a_gap_are_told_by_their_short_last_line_and_their_indent():
    pdf = paper()
    lines(
        pdf,
        " The ministers agreed that the navies would go on with their",
        "joint patrols, and that two ships would be built.",
        " A second paragraph follows here without a gap, and it has a",
        "last line that is full to the margin, as it may well happen.",
        " The third one is as long as the others are, and it says that",
        "the talks end on Friday.",
    )
    assert [one.split()[0] for one in extracted(pdf).text.split("\n\n")] == ["The", "A", "The"]


def test_words_parted_at_line_ends_are_joined_and_compounds_keep_their_hyphen():
    pdf = paper()
    lines(
        pdf,
        "The two ministers agreed that their coope-",
        "ration will go on and that the state-",
        "owned yards will build ships. The Anglo-",
        "Peruvian company will not join the under-",
        "taking, nor will their so-called re-",
        "entry programme, known as the re-entry fund.",
    )
    assert extracted(pdf).text == (
        "The two ministers agreed that their cooperation will go on and that the state-owned yards will build ships. The "
        "Anglo-Peruvian company will not join the undertaking, nor will their so-called re-entry programme, "
        "known as the re-entry fund."
    )


class _Bulletin(FPDF):
    def header(self) -> None:
        self.set_font("Times", "I", 9)
        self.cell(0, 8, "Bulletin of the Harbour Office", new_x="LMARGIN", new_y="NEXT")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Times", size=8)
        self.cell(0, 8, f"Page {self.page_no()} of {{nb}}", align="C")


def test_running_heads_and_page_numbers_are_dropped_and_seen_in_the_whole():
    pdf = _Bulletin()
    third = "The two navies will begin with the patrols in spring, off the coast of Arica and to the south of it."
    for words in (FIRST, SECOND, third):
        pdf.add_page()
        pdf.set_font("Times", size=11)
        block(pdf, words)
    report = extracted(pdf)
    assert report.text == f"{FIRST}\n\n{SECOND}\n\n{third}"
    assert report.whole is not None
    for words in ("Bulletin of the Harbour Office", "Page 2 of 3", *report.text.split("\n\n")):
        assert words in report.whole.split("\n")


def test_head_that_differs_on_every_page_is_known_by_the_number_beside_it():
    pdf = FPDF()
    for number, (head, words) in enumerate(
        (("Talks", FIRST), ("Patrols", SECOND), ("Fleets", "Both fleets rest.")), start=7
    ):
        pdf.add_page()
        pdf.set_font("Times", size=9)
        pdf.cell(0, 8, f"{head}   {number}", align="R", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("Times", size=11)
        block(pdf, words)
    assert extracted(pdf).text == f"{FIRST}\n\n{SECOND}\n\nBoth fleets rest."


def test_letters_drawn_as_one_are_letters_of_the_word():
    font = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
    if not font.exists():
        pytest.skip("needs a font with ligatures")
    pdf = paper()
    pdf.add_font("serif", fname=font)
    pdf.set_font("serif", size=11)
    block(pdf, "The o\ufb03ce con\ufb01rmed the \ufb02eet’s arrival — at last.")
    assert extracted(pdf).text == "The office confirmed the fleet’s arrival — at last."


def test_line_that_reaches_over_the_margin_does_not_part_the_paragraphs_beside_it():
    pdf = paper()
    block(pdf, FIRST, width=120)
    pdf.ln(3)
    pdf.cell(0, 5, "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z A B C D E F G H I J K L M N", new_y="NEXT")
    pdf.set_x(pdf.l_margin)
    pdf.ln(3)
    block(pdf, SECOND, width=120)
    found = extracted(pdf).text.split("\n\n")
    assert (found[0], found[-1]) == (FIRST, SECOND)


def test_paragraph_that_runs_over_the_end_of_a_page_is_joined():
    pdf = paper()
    lines(
        pdf, "The ministers said that the patrols would begin in spring and that", "the two navies would use the har-"
    )
    pdf.set_y(-20)
    pdf.cell(0, 5, "- 1 -", align="C")
    pdf.add_page()
    lines(pdf, "bour of Ilo until the end of the year. They added that the fleet of", "Chile will come first.")
    assert extracted(pdf).text == (
        "The ministers said that the patrols would begin in spring and that the two navies would use the harbour of Ilo "
        "until the end of the year. They added that the fleet of Chile will come first."
    )


@pytest.mark.parametrize("shift", [0, 2])
def test_columns_are_read_one_after_the_other_between_what_spans_them(shift):
    pdf = paper(10)
    pdf.set_font("Times", "B", 16)
    block(pdf, "Two coasts, one treaty", step=9)
    pdf.set_font("Times", size=10)
    top = pdf.get_y() + 4
    pdf.set_xy(15, top)
    pdf.multi_cell(85, 4.5, f"{FIRST}\n\n{SECOND}", align="L")
    pdf.set_xy(110, top + shift)
    pdf.multi_cell(85, 4.5, f"On the right, {SECOND}\n\nLast, {FIRST}", align="L")
    pdf.set_xy(15, top + 75)
    pdf.multi_cell(180, 4.5, f"Below both: {SECOND}", align="L")
    report = extracted(pdf)
    assert report.text.split("\n\n") == [
        "Two coasts, one treaty",
        FIRST,
        SECOND,
        f"On the right, {SECOND}",
        f"Last, {FIRST}",
        f"Below both: {SECOND}",
    ]
    assert report.title == "Two coasts, one treaty"


def press_release() -> FPDF:
    pdf = paper()
    pdf.set_font("Helvetica", "B", 12)
    for words in ("REPUBLIC OF PERU", "Ministry of Fisheries"):
        pdf.cell(0, 6, words, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(6)
    pdf.set_font("Helvetica", size=10)
    pdf.cell(90, 5, "Press release No. 41/2023")
    pdf.cell(0, 5, "24 February 2023", align="R", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(4)
    pdf.set_font("Helvetica", "B", 15)
    block(pdf, "Peru and Chile agree on joint patrols in the waters\nbetween Arica and Ilo", align="C", step=7)
    pdf.ln(3)
    pdf.set_font("Helvetica", size=11)
    block(pdf, FIRST)
    for words in ("exchange what they know of vessels that fish without a licence;", "meet twice a year."):
        pdf.cell(6, 5, "\x95")
        block(pdf, words)
    return pdf


def test_letterhead_date_headline_and_list_stand_on_lines_of_their_own():
    report = extracted(press_release())
    assert report.title == "Peru and Chile agree on joint patrols in the waters between Arica and Ilo"
    found = report.text.split("\n")
    for line in (
        "REPUBLIC OF PERU",
        "Ministry of Fisheries",
        "24 February 2023",
        report.title,
        FIRST,
        "- exchange what they know of vessels that fish without a licence;",
        "- meet twice a year.",
    ):
        assert line in found
    assert report.warnings == ()


def test_table_is_read_by_its_rows():
    pdf = paper()
    block(pdf, FIRST)
    pdf.ln(3)
    for row in (("Year", "Vessels", "Catch in tonnes"), ("2021", "112", "34,500"), ("2022", "98", "29,120")):
        for cell in row:
            pdf.cell(45, 6, cell, border=1)
        pdf.ln()
    assert extracted(pdf).text == f"{FIRST}\n\nYear\tVessels\tCatch in tonnes\n2021\t112\t34,500\n2022\t98\t29,120"


def test_marks_of_footnotes_go_exponents_stay_and_footnotes_follow_the_text():
    pdf = paper()

    def put(*parts: tuple[str, float, float]) -> None:
        for words, size, rise in parts:
            pdf.set_font("Times", size=size)
            pdf.set_xy(pdf.get_x(), pdf.get_y() - rise)
            pdf.cell(text=words, h=5, new_x="RIGHT", new_y="TOP")
            pdf.set_xy(pdf.get_x() - 2 * pdf.c_margin, pdf.get_y() + rise)
        pdf.ln(5)

    put(("Both sides recalled the accord of 2014.", 11, 0), ("3", 7, 1.2), (" They closed 20 km", 11, 0), ("2", 7, 1.2))
    pdf.set_y(-40)
    put(("3", 5, 1), ("Judgment of the Court, paragraph 12.", 8, 0))
    pdf.add_page()
    pdf.set_font("Times", size=11)
    block(pdf, FIRST)
    assert extracted(pdf).text == (
        f"Both sides recalled the accord of 2014. They closed 20 km²\n\n{FIRST}\n\nJudgment of the Court, paragraph 12."
    )


@pytest.mark.parametrize("turn", [90, 180, -90])
def test_text_across_the_margin_is_no_part_of_the_report_and_a_turned_page_is_read(turn):
    pdf = paper()
    block(pdf, FIRST)
    with pdf.rotation(90, 8, 200):
        pdf.text(8, 200, "Downloaded by somebody")
    pdf.add_page()
    with pdf.rotation(turn, 60, 150):
        pdf.text(60, 150, "The second page was turned")
        pdf.text(60, 155, "by somebody, and it can be read.")
    assert extracted(pdf).text == f"{FIRST}\n\nThe second page was turned by somebody, and it can be read."


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Peru and Chile renew their treaty", "Peru and Chile renew their treaty"),
        ("Microsoft Word - release final.doc", "A larger line"),
        ("untitled", "A larger line"),
        ("release_2023_02", "A larger line"),
    ],
)
def test_title_is_the_files_own_if_a_person_gave_it_else_the_largest_line(given, title):
    pdf = paper()
    pdf.set_title(given)
    pdf.set_font("Times", size=17)
    block(pdf, "A larger line", step=9)
    pdf.set_font("Times", size=11)
    block(pdf, FIRST)
    assert extracted(pdf).title == title
    assert extracted(pdf, title="Given").title == "Given"


def test_day_on_which_the_file_was_made_is_named_but_not_taken():
    pdf = paper()
    block(pdf, FIRST)
    report = extracted(pdf)
    assert report.published is None
    assert report.warnings == ("the PDF was made on 2023-03-05; if that is its date, give --published 2023-03-05.",)
    assert extracted(pdf, published="2023-02-24").warnings == ()


def picture(pdf: FPDF) -> None:
    from PIL import Image

    pdf.image(Image.new("L", (40, 40), 128), x=10, y=10, w=100)


def test_scanned_pages_are_an_error_that_names_the_remedy():
    pdf = paper()
    for _ in range(2):
        picture(pdf)
        pdf.add_page()
    picture(pdf)
    with pytest.raises(InputError) as caught:
        extracted(pdf)
    assert str(caught.value) == (
        "box/a.pdf: no text found (3 pages, all images). Run OCR on it first, e.g. `ocrmypdf a.pdf a-ocr.pdf`, then add "
        "that file."
    )


def test_single_page_without_text_among_others_is_said():
    pdf = paper()
    block(pdf, FIRST)
    pdf.add_page()
    picture(pdf)
    report = extracted(pdf, published="2023-02-24")
    assert report.text == FIRST
    assert report.warnings == ("page 2 is an image without text and left out; `ocrmypdf` can read it.",)


def test_password_is_asked_for_by_name_of_the_remedy():
    pdf = paper()
    block(pdf, FIRST)
    pdf.set_encryption(owner_password="owner", user_password="user")  # noqa: S106 - of a file that holds nothing
    with pytest.raises(InputError, match="needs a password") as caught:
        extracted(pdf)
    assert "qpdf" in caught.value.remedy


@pytest.mark.parametrize("keep", [0, 9, 200])
def test_damaged_file_is_an_error(keep):
    pdf = paper()
    block(pdf, FIRST)
    with pytest.raises(InputError, match="damaged PDF") as caught:
        extracted(bytes(pdf.output())[:keep])
    assert caught.value.remedy
